/** One reader of the journal for all open pages of a process: each is told what happens to its contact. */
import type { ContactId } from '../../core/ids.ts'
import type { Clock, Log } from '../../core/ports.ts'
import type { JournalEntry, JournalPosition, Reading } from '../../core/reading.ts'

const BATCH = 500

type Tell = (entries: readonly JournalEntry[]) => void
export type Follower = {
  /** Tells of every entry after the place where this returns: nothing in between is lost. Gives how to stop. */
  join(contact: ContactId, tell: Tell): Promise<() => void>
  /** Looks at once instead of at the next beat. */
  wake(): void
  close(): void
}

export const createFollower = (reading: Pick<Reading, 'journal' | 'journalPosition'>, clock: Clock, log: Log, everyMs = 50): Follower => {
  const joined = new Map<ContactId, Set<Tell>>()
  let position: JournalPosition | null = null
  let beginning: Promise<void> | null = null
  let busy = false
  let again = false
  let closed = false
  let stopTimer = () => {}

  const tell = (entries: readonly JournalEntry[]): void => {
    for (const [contact, list] of Map.groupBy(entries, ({ contactId }) => contactId)) {
      if (contact === null) continue
      for (const one of [...(joined.get(contact) ?? [])]) one(list)
      // What was another contact's goes on as this one's.
      for (const { kind, data } of list)
        if (kind === 'contact.merged') for (const one of [...(joined.get(data?.other as ContactId) ?? [])]) one(list)
    }
  }
  const follow = async (): Promise<void> => {
    for (;;) {
      if (position === null || !joined.size) return
      const { entries, position: next } = await reading.journal(position, BATCH)
      position = next
      tell(entries)
      if (entries.length < BATCH) return
    }
  }
  const beat = (): void => {
    stopTimer()
    if (closed) return
    if (busy) {
      again = true
      return
    }
    busy = true
    void follow()
      .catch((error) => log.warn('chat.waits', { error: error instanceof Error ? error.name : 'unknown' }))
      .finally(() => {
        busy = false
        if (!joined.size) {
          position = null
          return
        }
        if (again) {
          again = false
          beat()
        } else stopTimer = clock.after(everyMs, beat)
      })
  }
  const begin = async (): Promise<void> => {
    position = await reading.journalPosition(null)
    beat()
  }

  return {
    async join(contact, one) {
      const all = joined.get(contact) ?? new Set()
      joined.set(contact, all.add(one))
      const leave = () => {
        all.delete(one)
        if (!all.size && joined.get(contact) === all) joined.delete(contact)
      }
      try {
        if (position === null) {
          beginning ??= begin().finally(() => {
            beginning = null
          })
          await beginning
        }
      } catch (error) {
        leave()
        throw error
      }
      return leave
    },
    wake: () => {
      if (joined.size && position !== null) beat()
    },
    close: () => {
      closed = true
      stopTimer()
      joined.clear()
    },
  }
}
