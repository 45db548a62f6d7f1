/** Ids are branded strings: a UUIDv7 behind a prefix, so that they sort by time and say what they name. */
type Brand<Name extends string> = string & { readonly __brand: Name }

export type ContactId = Brand<'contact'>
export type ConversationId = Brand<'conversation'>
export type MessageId = Brand<'message'>
export type AttemptId = Brand<'attempt'>
export type DecisionId = Brand<'decision'>
export type EventId = Brand<'event'>
export type JobId = Brand<'job'>
export type CodeId = Brand<'code'>
export type CallbackId = Brand<'callback'>
export type TaskId = Brand<'task'>
export type LinkId = Brand<'link'>
export type VisitorId = Brand<'visitor'>
/** The name of a channel or engine in relais.yaml. */
export type ChannelId = Brand<'channel'>
export type EngineId = Brand<'engine'>
export type AgentId = Brand<'agent'>
/** A provider's own id of a message. */
export type VendorId = Brand<'vendor'>
/** SHA-256 of canonical content, hex. */
export type Digest = Brand<'digest'>

type ByPrefix = {
  con: ContactId
  cnv: ConversationId
  msg: MessageId
  att: AttemptId
  dec: DecisionId
  evt: EventId
  job: JobId
  lnk: LinkId
  vis: VisitorId
}
export type Prefix = keyof ByPrefix

/** Makes ids; passed in wherever one is needed, so that a seed repeats them. */
export type Ids = <P extends Prefix>(prefix: P) => ByPrefix[P]

/** `random` gives 0 ≤ x < 1; `at` is milliseconds since 1970. A counter keeps ids of one millisecond in order (RFC 9562 §6.2, method 1). */
export const createIds = (now: () => number, random: () => number): Ids => {
  let last = 0
  let counter = 0
  return <P extends Prefix>(prefix: P) => {
    const at = Math.max(now(), last)
    counter = at === last ? counter + 1 : Math.floor(random() * 1024)
    last = at
    const time = at.toString(16).padStart(12, '0')
    const low = (counter & 0xfff).toString(16).padStart(3, '0')
    const tail = () =>
      Math.floor(random() * 0x1000000)
        .toString(16)
        .padStart(6, '0')
    const hex = tail() + tail() + tail()
    const uuid = `${time.slice(0, 8)}-${time.slice(8)}-7${low}-${'89ab'[Math.floor(random() * 4)]}${hex.slice(0, 3)}-${hex.slice(3, 15)}`
    return `${prefix}_${uuid}` as ByPrefix[P]
  }
}

/** Marks a string that was checked at the door as the id it is. */
export const asId = <T extends string>(text: string): T => text as T
