/** The thread as this page knows it: what the house told, put together. Pure. */
import type { Message, Owner, Start } from './shapes.ts'

/** An answer being written; `broken` once it was cut, and shown as such until another comes under its id. */
export type Writing = { readonly id: string; readonly text: string; readonly broken: boolean }
export type Thread = {
  readonly messages: readonly Message[]
  readonly more: string | null
  readonly writing: readonly Writing[]
  readonly owner: Owner
}
export type Frame =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'writing'; readonly id: string; readonly n: number; readonly text: string }
  | { readonly kind: 'withdrawn'; readonly id: string; readonly why: 'cut' | 'withheld' | 'replaced' }
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

const without = (writing: readonly Writing[], id: string): readonly Writing[] => writing.filter((one) => one.id !== id)

/** A piece continues what stands, or begins it anew; one after a gap waits for the whole answer. */
const writeOn = (writing: readonly Writing[], id: string, n: number, text: string): readonly Writing[] => {
  const before = writing.find((one) => one.id === id)
  if (n > (before?.text.length ?? 0)) return before ? writing : [...writing, { id, text: '', broken: false }]
  const next = { id, text: (n === 0 || !before ? '' : before.text.slice(0, n)) + text, broken: false }
  return before ? writing.map((one) => (one.id === id ? next : one)) : [...writing, next]
}

const withdraw = (writing: readonly Writing[], id: string, why: string): readonly Writing[] =>
  // What was cut may stay in sight, marked. What the house took back must not.
  writing.map((one) => (one.id === id ? { id, text: why === 'cut' ? one.text : '', broken: true } : one))

export const told = (thread: Thread, frame: Frame): Thread => {
  switch (frame.kind) {
    case 'message':
      return { ...thread, messages: merge(thread.messages, [frame.message]), writing: without(thread.writing, frame.message.id) }
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
      // Read anew while older ones are in sight: those stay.
      const oldest = messages[0]?.at ?? Number.POSITIVE_INFINITY
      const kept = thread.messages.filter((one) => one.at < oldest)
      const joined = kept.length > 0 && messages.some((one) => thread.messages.some((known) => known.id === one.id))
      const writing = thread.writing.filter((one) => !messages.some((message) => message.id === one.id))
      return { messages: joined ? merge(kept, messages) : messages, more: joined ? thread.more : more, writing, owner }
    }
  }
}
