/** The thread as this page knows it: what the house told, put together. Pure. */
import type { Message, Owner, Start } from './shapes.ts'

export type Why = 'cut' | 'withheld' | 'replaced'
/** An answer being written; `broken` once it does not hold, and shown as such until something takes its place. */
export type Writing = { readonly id: string; readonly text: string; readonly broken: Why | null }
export type Thread = {
  readonly messages: readonly Message[]
  readonly more: string | null
  readonly writing: readonly Writing[]
  readonly owner: Owner
}
export type Frame =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'writing'; readonly id: string; readonly n: number; readonly text: string }
  | { readonly kind: 'withdrawn'; readonly id: string; readonly why: Why }
  | { readonly kind: 'owner'; readonly owner: Owner }
  | { readonly kind: 'earlier'; readonly messages: readonly Message[]; readonly more: string | null }
  | { readonly kind: 'start'; readonly start: Start }
  | { readonly kind: 'ended' }

export const EMPTY: Thread = { messages: [], more: null, writing: [], owner: 'assistant' }

/** Later words for a message replace earlier ones; what is new stands in the order of time, after what came before it at the same. */
export const merge = (known: readonly Message[], news: readonly Message[]): readonly Message[] => {
  const byId = new Map(known.map((one) => [one.id, one]))
  for (const one of news) byId.set(one.id, one)
  return [...byId.values()].sort((a, b) => a.at - b.at)
}

/** What is said ends what was written under its id, and stands in the place of what did not hold. */
const without = (writing: readonly Writing[], { id, by }: Message): readonly Writing[] =>
  writing.filter((one) => one.id !== id && (by === 'me' || one.broken === null))

/** A piece continues what stands, or begins it anew; one after a gap waits for the whole answer. */
const writeOn = (writing: readonly Writing[], id: string, n: number, text: string): readonly Writing[] => {
  const before = writing.find((one) => one.id === id)
  if (n > (before?.text.length ?? 0)) return before ? writing : [...writing, { id, text: '', broken: null }]
  const next = { id, text: (n === 0 || !before ? '' : before.text.slice(0, n)) + text, broken: null }
  return before ? writing.map((one) => (one.id === id ? next : one)) : [...writing, next]
}

const withdraw = (writing: readonly Writing[], id: string, why: Why): readonly Writing[] =>
  // What was cut may stay in sight, marked. What the house took back must not.
  writing.map((one) => (one.id === id ? { id, text: why === 'cut' ? one.text : '', broken: why } : one))

export const told = (thread: Thread, frame: Frame): Thread => {
  switch (frame.kind) {
    case 'message':
      return { ...thread, messages: merge(thread.messages, [frame.message]), writing: without(thread.writing, frame.message) }
    case 'writing':
      if (thread.messages.some((one) => one.id === frame.id)) return thread
      return { ...thread, writing: writeOn(thread.writing, frame.id, frame.n, frame.text) }
    case 'withdrawn':
      return { ...thread, writing: withdraw(thread.writing, frame.id, frame.why) }
    case 'owner':
      return { ...thread, owner: frame.owner }
    case 'earlier':
      return { ...thread, messages: merge(frame.messages, thread.messages), more: frame.more }
    case 'ended':
      return EMPTY
    case 'start': {
      const { messages, more, owner } = frame.start
      // Read anew while older ones are in sight, or while the stream told of more: those stay, unless something fell between.
      const [oldest, youngest] = [messages[0]?.at ?? 0, messages.at(-1)?.at ?? 0]
      const joined = messages.some((one) => thread.messages.some((known) => known.id === one.id))
      const older = joined ? thread.messages.filter((one) => one.at < oldest) : []
      const younger = joined ? thread.messages.filter((one) => one.at >= youngest) : []
      const writing = thread.writing.filter((one) => !messages.some((message) => message.id === one.id))
      return { messages: merge([...older, ...younger], messages), more: older.length > 0 ? thread.more : more, writing, owner }
    }
  }
}
