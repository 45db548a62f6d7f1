/** Waits for the turns of events: one question to the store for all who wait, a few times a second, and only while somebody waits. */
import type { EventId } from '../core/ids.ts'
import type { Clock } from '../core/ports.ts'
import type { Reading } from '../core/reading.ts'

type Waiter = { readonly event: EventId; readonly until: number; readonly tell: (handled: boolean) => void }

/**
 * `settled(event)` is true once the event's turn is over (handled, or set aside), false after `withinMs`. Ask only after the event was
 * appended: one that is not there counts as handled. A store that does not answer is waited for.
 */
export const createSettlement = (
  reading: Pick<Reading, 'waiting'>,
  clock: Clock,
  { everyMs = 20, withinMs = 5_000 }: { readonly everyMs?: number; readonly withinMs?: number } = {},
): ((event: EventId) => Promise<boolean>) => {
  let waiters: readonly Waiter[] = []

  const look = async (): Promise<void> => {
    const asked = waiters
    const waiting = await reading.waiting(asked.map((waiter) => waiter.event)).catch(() => new Set(asked.map((waiter) => waiter.event)))
    const now = clock.now()
    const over = new Set(asked.filter((waiter) => !waiting.has(waiter.event) || waiter.until <= now))
    waiters = waiters.filter((waiter) => !over.has(waiter))
    for (const waiter of over) waiter.tell(!waiting.has(waiter.event))
    if (waiters.length) clock.after(everyMs, look)
  }

  return (event) =>
    new Promise((tell) => {
      const first = waiters.length === 0
      waiters = [...waiters, { event, until: clock.now() + withinMs, tell }]
      if (first) clock.after(everyMs, look)
    })
}
