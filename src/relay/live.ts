/** What is being written, for those who watch: heard within this process. Whoever comes later begins with what was written so far. */
import type { ContactId, MessageId } from '../core/ids.ts'
import type { Frame, Live } from '../core/visitor.ts'

/** Answers under way at once; the oldest is forgotten first, and then only seen once it is whole. */
const MOST = 1_000

const forgetOldest = (all: Map<MessageId, unknown> | Set<MessageId>): void => {
  for (const oldest of all.keys()) {
    all.delete(oldest)
    return
  }
}

type Writing = { readonly contact: ContactId; text: string }
type Listener = (frame: Frame) => void

export const createLive = (): Live => {
  const listeners = new Map<ContactId, Set<Listener>>()
  const writing = new Map<MessageId, Writing>()
  /** Nobody hears of these again. */
  const dropped = new Set<MessageId>()

  /** False where a piece before it was lost: it is of no use alone. */
  const keep = (contact: ContactId, frame: Frame): boolean => {
    if (dropped.has(frame.id)) return false
    if (frame.type !== 'writing') {
      writing.delete(frame.id)
      return true
    }
    const known = writing.get(frame.id)
    if (frame.n !== (known?.text.length ?? 0) && frame.n !== 0) return false
    if (!known && writing.size >= MOST) forgetOldest(writing)
    writing.set(frame.id, { contact, text: (frame.n === 0 ? '' : (known?.text ?? '')) + frame.text })
    return true
  }

  const say = (contact: ContactId, frame: Frame): void => {
    if (!keep(contact, frame)) return
    for (const listener of [...(listeners.get(contact) ?? [])]) listener(frame)
  }

  return {
    say,
    drop(contact) {
      for (const [id, { contact: whose }] of [...writing]) {
        if (whose !== contact) continue
        say(contact, { type: 'withdrawn', id, why: 'replaced' })
        if (dropped.size >= MOST) forgetOldest(dropped)
        dropped.add(id)
      }
    },
    hear(contact, listener) {
      const all = listeners.get(contact) ?? new Set()
      listeners.set(contact, all.add(listener))
      for (const [id, { contact: whose, text }] of writing) if (whose === contact) listener({ type: 'writing', id, n: 0, text })
      return () => {
        all.delete(listener)
        if (all.size === 0 && listeners.get(contact) === all) listeners.delete(contact)
      }
    },
  }
}
