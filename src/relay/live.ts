/** What is being written, for those who watch: heard within this process. Whoever comes later begins with what was written so far. */
import type { ContactId, MessageId } from '../core/ids.ts'
import type { Frame, Live } from '../core/visitor.ts'

/** Answers under way at once; the oldest is forgotten first, and then only seen once it is whole. */
const MOST = 1_000

type Writing = { readonly contact: ContactId; text: string }
type Listener = (frame: Frame) => void

export const createLive = (): Live => {
  const listeners = new Map<ContactId, Set<Listener>>()
  const writing = new Map<MessageId, Writing>()

  /** False where a piece before it was lost: it is of no use alone. */
  const keep = (contact: ContactId, frame: Frame): boolean => {
    if (frame.type !== 'writing') {
      writing.delete(frame.id)
      return true
    }
    const known = writing.get(frame.id)
    if (frame.n !== (known?.text.length ?? 0) && frame.n !== 0) return false
    if (!known && writing.size >= MOST) for (const [oldest] of [...writing].slice(0, 1)) writing.delete(oldest)
    writing.set(frame.id, { contact, text: (frame.n === 0 ? '' : (known?.text ?? '')) + frame.text })
    return true
  }

  return {
    say(contact, frame) {
      if (!keep(contact, frame)) return
      for (const listener of [...(listeners.get(contact) ?? [])]) listener(frame)
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
