/**
 * The store as the relay sees it: a few transactions, each whole or not at all. Two implementations, PostgreSQL (`store/postgres`) and a
 * model in memory (`store/memory`), are held to the same behaviour by one contract suite.
 *
 * Who calls what: `append` the intake; `turn` the turn loop; `claim` and `settle` the dispatcher of a channel; `claimJobs` and `finishJob`
 * the job runner; `sweep` every worker now and then. The callbacks given to `turn` and `claim` run inside the transaction, under the
 * contacts' locks: they must be pure and quick. Times are ms since 1970 and always the caller's.
 */
import type { Address } from './address.ts'
import type { Callback } from './callback.ts'
import type { Content } from './content.ts'
import type { Decision } from './decision.ts'
import type { ChannelChange, ChannelHealth, EngineHealth, PriceSeen, Quality, ReceiptStatus, TemplateState } from './event.ts'
import type {
  AttemptId,
  ChannelId,
  ContactId,
  ConversationId,
  DecisionId,
  Digest,
  EngineId,
  EventId,
  JobId,
  MessageId,
  VendorId,
} from './ids.ts'
import type { Refusal, SendResult, Status } from './outcome.ts'
import type { PlanMessage, Reach } from './plan.ts'
import type { Category, ConsentState, Situation } from './situation.ts'

// ── Intake ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Something one person did. `id` is a hash of channel, vendor id and kind: the second arrival of it is dropped. */
export type ContactArrival = {
  readonly id: EventId
  readonly channel: ChannelId
  readonly kind: string
  readonly at: number
  /** Addresses of the person, strongest first; unknown ones become known. */
  readonly addresses: readonly Address[]
  readonly name?: string | undefined
  readonly country?: string | undefined
  /** Our message on this channel that it proves to answer: its contact's, where nobody has these addresses; and they stay nobody's. */
  readonly proves?: VendorId | undefined
  readonly body: object
}
/** Something the house itself adds to a known contact: an agent's act, a call of the API. Dropped when `id` was seen before. */
export type OwnArrival = {
  readonly id: EventId
  readonly contact: ContactId
  readonly channel: ChannelId | null
  readonly kind: string
  readonly at: number
  readonly dueAt: number
  readonly body: object
}

export type ReceiptArrival = {
  readonly channel: ChannelId
  readonly target: VendorId
  readonly status: ReceiptStatus
  readonly at: number
  readonly attempt?: AttemptId | undefined
  readonly refusal?: Refusal | undefined
  readonly price?: PriceSeen | undefined
}
export type ChannelArrival = {
  readonly id: EventId
  readonly channel: ChannelId
  readonly at: number
  readonly change:
    | Exclude<ChannelChange, { kind: 'health' }>
    /**
     * Where the channel is cut, `degraded` changes nothing. `ends`: counts only while this is still the channel's reason. `observed`: found out
     * by us from what happens: it never takes the place of what the platform or a person said.
     */
    | (Extract<ChannelChange, { kind: 'health' }> & { readonly ends?: string; readonly observed?: true })
    | { readonly kind: 'paused'; readonly paused: boolean; readonly reason: string }
}
/** What a process found out about an engine by asking it. */
export type EngineChange = {
  readonly id: EventId
  readonly engine: EngineId
  readonly at: number
  readonly state: EngineHealth
  /** A class of failure or `probe`: never a question, an answer or a secret. */
  readonly reason: string
}

/** All automation at once, as a switch names it: no channel, engine or webhook may be called so. */
export const AUTOMATION = 'ai'
/** Due when automation goes on. */
export const HELD = Number.MAX_SAFE_INTEGER
export type SwitchKind = 'automation' | 'channel' | 'engine' | 'webhook'
/** What a person stops or starts, by its id or as `ai`. `kind`: it counts only for one of these. */
export type Switch = {
  readonly id: EventId
  readonly what: string
  readonly kind?: SwitchKind | undefined
  readonly paused: boolean
  readonly reason: string
}
/** Of `ai` and of engines: a channel tells its own. */
export type Pause = { readonly what: string; readonly reason: string; readonly at: number }

export type Arrivals = {
  readonly contacts: readonly ContactArrival[]
  readonly own: readonly OwnArrival[]
  readonly receipts: readonly ReceiptArrival[]
  readonly channels: readonly ChannelArrival[]
}

// ── Turn ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

export type PendingEvent = {
  readonly id: EventId
  readonly kind: string
  readonly channel: ChannelId | null
  readonly at: number
  readonly received: number
  readonly tries: number
  readonly body: unknown
}

export type ContactFacts = {
  readonly contact: ContactId
  readonly conversation: ConversationId
  readonly name: string | null
  readonly country: string
  readonly language: string | null
  readonly addresses: readonly Address[]
  /** `<channel kind>/<category>` → the latest consent; absent = none. */
  readonly consents: Readonly<Record<string, ConsentState>>
  readonly owner: string
  readonly epoch: number
  /** Since when a person waits for an agent; null = nobody waits. */
  readonly waitingSince: number | null
  /** The relay's own state of the conversation; null at first sight. */
  readonly state: unknown
}
export type ChannelFacts = {
  readonly id: ChannelId
  /** Its medium: `sms` whoever operates it. */
  readonly kind: string
  readonly health: ChannelHealth
  readonly reason: string | null
  readonly quality: Quality
  /** What the provider last told; null = nothing. */
  readonly throughput: number | null
  /** People per 24 h outside the window: null = not told, -1 = no limit. */
  readonly perDay: number | null
  readonly paused: boolean
  /** A person stopped all automation, on every channel: nothing speaks but people, and the house's own notices. */
  readonly automationPaused?: boolean | undefined
  /** `name/language` → state. */
  readonly templates: Readonly<Record<string, TemplateState>>
  /** `name/language` → the category the platform files it under; absent = not told. */
  readonly categories: Readonly<Record<string, Category>>
}

export type Loaded = ContactFacts & {
  readonly events: readonly PendingEvent[]
  /** All messages of the reach plans that the events speak of (`planOf`), the oldest first; locked against receipts until the turn is written. */
  readonly plans: readonly PlanMessage[]
}

export type MessageRow = {
  readonly id: MessageId
  readonly channel: ChannelId
  readonly direction: 'in' | 'out'
  readonly at: number
  readonly author: string
  readonly content: Content
  readonly category: Category | null
  readonly ai: boolean
  readonly citations: readonly { readonly title: string; readonly passage: string; readonly url?: string | undefined }[] | null
  readonly replyTo: VendorId | null
  readonly vendorId: VendorId | null
  readonly status: Status | 'received'
  readonly decision: DecisionId | null
  readonly refusal: Refusal | null
  readonly price: Decision['price'] | null
  /** The business's own name of what it is about. */
  readonly reference?: string | undefined
  /** Where it stands in its reach plan; absent: it follows none. */
  readonly reach?: Reach | undefined
  /** The one in whose stead it goes has perhaps left: the customer may have both. */
  readonly duplicateRisk?: boolean | undefined
}
export type OutboxRow = {
  readonly message: MessageId
  readonly channel: ChannelId
  /** Its plan has another step: should its channel be cut or paused, it is asked for anew (`strand`) instead of waiting there. */
  readonly movable?: boolean | undefined
  /** Takes the place of this one in the line, which is among `remove`. */
  readonly place?: MessageId | undefined
  readonly dueAt: number
  readonly epoch: number
  readonly automatic: boolean
  readonly category: Category
  readonly decision: DecisionId
  /** What dispatch needs to send it, and decide to think of it again. */
  readonly body: object
}
export type JournalRow = {
  readonly id: EventId
  readonly kind: string
  readonly at: number
  readonly channel?: ChannelId | null
  readonly message?: MessageId | null
  readonly decision?: DecisionId | null
  readonly data?: object | null /** Personal; kept apart. */
  readonly payload?: object | null
}
export type TimerRow = {
  readonly id: EventId
  readonly kind: string
  readonly channel: ChannelId | null
  readonly dueAt: number
  readonly body: object
}
export type JobRow = {
  readonly id: JobId
  readonly kind: 'think' | 'call' | 'fetch' | 'mark'
  readonly channel: ChannelId
  readonly epoch: number
  readonly dueAt: number
  readonly body: object
}
export type ConsentRow = {
  readonly channelKind: string
  readonly category: string
  readonly given: boolean
  readonly at: number
  readonly words: string | null
  readonly proof: object | null
  readonly source: string
}
export type DecisionRow = Omit<Decision, 'situation'> & {
  readonly message: MessageId
  readonly situation: Situation
  readonly situationDigest: Digest
  readonly intent: object
}

/** What one contact's turn changes: written whole, with the events it handled gone from `pending`. */
export type Change = {
  readonly contact: ContactId
  readonly handled: readonly EventId[]
  readonly name?: string | undefined
  readonly language?: string | undefined
  readonly owner: string
  readonly epoch: number
  readonly state: object
  readonly lastAt: number
  /** Since when a person waits for an agent; null = nobody waits. */
  readonly waitingSince: number | null
  readonly messages: readonly MessageRow[]
  /** Changes of messages there are: an edit, a revocation, a status that no receipt tells. */
  readonly patches: readonly {
    readonly message: MessageId | null
    readonly vendorId: VendorId | null
    readonly channel: ChannelId
    readonly status?: Status | undefined
    readonly refusal?: Refusal | undefined
    readonly content?: Content | undefined
    readonly editedAt?: number | undefined
    readonly revokedAt?: number | undefined
    readonly decision?: DecisionId | undefined
    readonly category?: Category | undefined
    readonly price?: Decision['price'] | undefined
    readonly movedTo?: MessageId | undefined
    readonly reach?: Reach | undefined
    /** The channel it takes by now: it had waited for its time. */
    readonly onto?: ChannelId | undefined
  }[]
  readonly decisions: readonly DecisionRow[]
  readonly outbox: readonly OutboxRow[]
  /** Queued sends of a former owner end as `cancelled`, its jobs go: set when the epoch was raised. */
  readonly cancelBefore: number | null
  /** Rows of the outbox that end here. */
  readonly remove: readonly MessageId[]
  /** Rows of the outbox that `strand` asked for and that stay: for want of another way (`stuck`), or because nothing needs be done. */
  readonly stay: readonly { readonly message: MessageId; readonly stuck: boolean }[]
  /** Sends that are called off: those whose first byte has not left end as `cancelled`, the others go on. */
  readonly withdraw?: readonly MessageId[] | undefined
  /** Call-back requests as they are now. */
  readonly callbacks?: readonly Callback[] | undefined
  /** An unknown send goes once more, flagged as possibly double. */
  readonly resend: readonly { readonly message: MessageId; readonly dueAt: number }[]
  readonly timers: readonly TimerRow[]
  readonly jobs: readonly JobRow[]
  readonly consents: readonly ConsentRow[]
  /** Addresses that become the contact's, unless they are another's. Each is answered by an event `joined`: its body, and `other`, whose it is already, or null. */
  readonly claims: readonly {
    readonly event: EventId
    readonly address: Address
    readonly channel: ChannelId | null
    readonly body: object
  }[]
  readonly journal: readonly JournalRow[]
}

export type TurnReport = {
  readonly contacts: number
  readonly events: number
  readonly sends: boolean
  readonly jobs: boolean
  readonly more: boolean
  /** Who had as many events as one turn takes, and perhaps more. */
  readonly full: readonly ContactId[]
}

// ── Dispatch ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export type Head = ContactFacts & {
  readonly message: MessageId
  readonly decision: DecisionId
  readonly category: Category
  readonly automatic: boolean
  readonly sendEpoch: number
  readonly tries: number
  readonly dueAt: number
  /** When they were last written to outside their window, on any channel of this kind; null = never. */
  readonly openedAt: number | null
  readonly body: unknown
}

/** What dispatch says of a head under its contact's lock. */
export type Gate =
  | { readonly type: 'send'; readonly attempt: AttemptId; readonly opening: boolean }
  /** Keeps its place; tried again at `until`. */
  | { readonly type: 'wait'; readonly until: number; readonly rule: string }
  /** Back to decide, with what the second judging said. */
  | { readonly type: 'return'; readonly event: TimerRow }
  /** Its owner's epoch is over. */
  | { readonly type: 'cancel' }

export type Claimed = { readonly head: Head; readonly attempt: AttemptId }

export type Settlement = {
  readonly attempt: AttemptId
  readonly message: MessageId
  readonly contact: ContactId
  readonly channel: ChannelId
  readonly at: number
  readonly result: SendResult
  /** accepted: what follows for the contact (or null). Others: `retry` keeps its place until `dueAt`; `leave` gives the event to decide; `unknown` keeps its place and gives an event due later. */
  readonly next:
    | { readonly type: 'done'; readonly event: TimerRow | null }
    | { readonly type: 'retry'; readonly dueAt: number }
    | { readonly type: 'leave'; readonly event: TimerRow }
    | { readonly type: 'unknown'; readonly event: TimerRow }
}

/** Of one contact and kind. */
export const JOBS_AT_ONCE = 2
export type Job = JobRow & { readonly contact: ContactId; readonly tries: number }
export type StoredMedia = { readonly digest: Digest; readonly mime: string; readonly bytes: number; readonly at: number }

/** A lease: the right to dispatch one channel. Every claim names it; a newer one makes it void. */
export type Lease = { readonly channel: ChannelId; readonly number: number }

/** What was spent on one contact. `amount`: decimal digits. */
export type Spent = { readonly contact: ContactId; readonly currency: string | null; readonly amount: string }

export interface Store {
  /** Durable when it returns. A rotten arrival is set aside (`poison`), its neighbours go on. */
  append(arrivals: Arrivals, at: number): Promise<void>
  /** Handles up to `limit` contacts with something due, but for those that rest. Order per contact is order of arrival. */
  turn(
    request: { readonly at: number; readonly limit: number; readonly resting?: readonly ContactId[] },
    decide: (loaded: Loaded, channels: ReadonlyMap<ChannelId, ChannelFacts>) => Change,
  ): Promise<TurnReport>
  /** When the next event is due (timers included), or null. What is due already may tell any instant of the past. */
  nextEvent(): Promise<number | null>
  /** When the next send of a channel is due, or null. What a cut or paused channel holds waits for no time. */
  nextSend(channel: ChannelId): Promise<number | null>

  /** Takes a channel's dispatch when nobody alive holds it; null otherwise. Sends left open by a dead holder come back as unknown. */
  lease(
    channel: ChannelId,
    at: number,
  ): Promise<{ readonly lease: Lease; readonly open: readonly OpenAttempt[]; readonly recent: readonly RecentAttempt[] } | null>
  /** `trial`: also of a channel that is cut for this reason, to try whether it works again. */
  claim(
    request: { readonly lease: Lease; readonly at: number; readonly limit: number; readonly trial?: string | undefined },
    gate: (head: Head, channel: ChannelFacts) => Gate,
  ): Promise<readonly Claimed[] | 'void' | 'stopped'>
  settle(settlements: readonly Settlement[]): Promise<void>
  /**
   * Different people written to outside their window since `since`, on this channel and all others of its kind (a platform counts over all
   * numbers of a business); `oldest`: when the first of them falls out.
   */
  openings(channel: ChannelId, since: number): Promise<{ readonly count: number; readonly oldest: number | null }>

  /** What a channel's sends since `since` cost, by the decisions they left on: known prices only, and what was refused cost nothing. */
  spent(channel: ChannelId, since: number): Promise<readonly Spent[]>

  /**
   * Up to `room` due jobs of each kind, the oldest first; of one contact and kind no more than two are under way at once. `running`: what this
   * worker has in hand. What it holds beside that (the answer to a claim was lost) is given to it again.
   */
  claimJobs(request: {
    readonly at: number
    readonly room: Readonly<Record<JobRow['kind'], number>>
    readonly running: readonly JobId[]
  }): Promise<readonly Job[]>
  /** Ends a job; `event` goes to its contact. A job whose epoch is over leaves nothing. */
  finishJob(job: Job, event: TimerRow | null): Promise<void>
  /** Of these, the jobs that this worker no longer has: a hand-over ended them, or it was taken for dead. */
  lostJobs(jobs: readonly JobId[]): Promise<readonly JobId[]>
  /** Gives a job back, for anybody to take from `dueAt` on. */
  postponeJob(job: Job, dueAt: number): Promise<void>

  /**
   * Asks for up to `limit` movable sends that wait for a channel that is cut or paused: an event `send.stranded` each, in the order of the line,
   * which waits for what is decided. Asked once, and again only when a channel has changed since. Gives how many; after the last of a cut,
   * an alert tells how many stay.
   */
  strand(at: number, limit: number): Promise<number>

  /** Where listening to a channel goes on from; null where nobody ever listened. */
  place(channel: ChannelId): Promise<string | null>
  keepPlace(channel: ChannelId, place: string): Promise<void>

  /** Frees what dead workers held, joins late receipts, passes over what a channel keeps that was cut or paused. */
  sweep(at: number): Promise<void>
  channels(): Promise<ReadonlyMap<ChannelId, ChannelFacts>>
  /** Stops or starts what a person names. Gives what it was; null where nobody knows of it. */
  turnSwitch(change: Switch, at: number): Promise<SwitchKind | null>
  pauses(): Promise<readonly Pause[]>
  /** Of what the channel accepted from `from` on and before `to`: how many, and of how many a receipt says at least that they came or failed. */
  delivery(channel: ChannelId, from: number, to: number): Promise<{ readonly accepted: number; readonly told: number }>
  /** Tells an engine's health in the journal if it is another than was told last, by whichever process; one nobody told of is `closed`. */
  engineChanged(change: EngineChange): Promise<void>
  /** Makes the configured channels known, cuts those it names no more (`not-configured`, an alert), and keeps the content of what decides by digest. */
  register(
    setup: {
      /** `kind`: the medium. */
      readonly channels: readonly { readonly id: ChannelId; readonly kind: string }[]
      readonly engines?: readonly EngineId[] | undefined
      readonly rulebook: { readonly digest: Digest; readonly content: object }
      readonly journeys: readonly { readonly digest: Digest; readonly content: object }[]
    },
    at: number,
  ): Promise<void>
  journeyVersions(): Promise<readonly unknown[]>
  keepMedia(media: StoredMedia): Promise<void>
}

export type OpenAttempt = {
  readonly attempt: AttemptId
  readonly message: MessageId
  readonly contact: ContactId
  readonly category: Category
  /** Of the conversation's owner when it was queued. */
  readonly epoch: number
  readonly body: unknown
}
export type RecentAttempt = { readonly contact: ContactId; readonly at: number }
