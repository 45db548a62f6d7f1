/** Waits for the turns of events: one question to the store for all who wait, a few times a second, and only while somebody waits. */
import type { EventId } from '../core/ids.ts'
import type { Clock } from '../core/ports.ts'
import type { Reading } from '../core/reading.ts'

type Waiter = { readonly event: EventId; readonly until: number; readonly tell: (handled: boolean) => void }

export type Settlement = {
  readonly settled: (event: EventId) => Promise<boolean>
  /** Looks at once: a batch of turns is over. */
  look(): void
}

/**
 * `settled(event)` is true once the event's turn is over (handled, or set aside), false after `withinMs`. Ask only after the event was
 * appended: one that is not there counts as handled. A store that does not answer is waited for.
 */
export const createSettlement = (
  reading: Pick<Reading, 'waiting'>,
  clock: Clock,
  { everyMs = 20, withinMs = 5_000 }: { readonly everyMs?: number; readonly withinMs?: number } = {},
): Settlement => {
  let stop = () => {}
  let waiters: readonly Waiter[] = []

  const look = async (): Promise<void> => {
    stop()
    const asked = waiters
    if (asked.length === 0) return
    const events = asked.map((waiter) => waiter.event)
    const waiting = await reading.waiting(events).catch(() => new Set(events))
    const now = clock.now()
    const over = new Set(asked.filter((waiter) => !waiting.has(waiter.event) || waiter.until <= now))
    waiters = waiters.filter((waiter) => !over.has(waiter))
    for (const waiter of over) waiter.tell(!waiting.has(waiter.event))
    stop()
    if (waiters.length) stop = clock.after(everyMs, look)
  }

  return {
    settled: (event) =>
      new Promise((tell) => {
        waiters = [...waiters, { event, until: clock.now() + withinMs, tell }]
        if (waiters.length === 1) stop = clock.after(everyMs, look)
      }),
    look: () => void look(),
  }
}
