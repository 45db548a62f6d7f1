/**
 * `GET /api/v1/events`: the journal as server-sent events. One reader follows the journal for all listeners. A listener that comes back
 * with `Last-Event-ID` reads what it missed by itself, then joins. One that is too slow is cut off: it comes back and misses nothing.
 */
import { NOTICES } from '../core/event.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { JournalEntry, JournalPosition, Reading } from '../core/reading.ts'

/** What the stream tells of the journal; the rest of it is the house's own. */
export const TOLD: ReadonlySet<string> = new Set(NOTICES.filter((notice) => notice !== 'decision.made'))

export type StreamOptions = {
  readonly everyMs?: number
  readonly heartbeatMs?: number
  /** Bytes a listener may leave unread before it is cut off. */
  readonly buffer?: number
}
export type EventStream = {
  /** `lastEventId` as the browser sends it; null begins now. Throws where the store does not answer. */
  open(lastEventId: string | null): Promise<ReadableStream<Uint8Array>>
  /** Looks at once instead of at the next beat. */
  wake(): void
  /** Ends every listener: the process stops. */
  close(): void
  readonly listeners: () => number
}

const BATCH = 500
const encoder = new TextEncoder()

/**
 * One event of the stream. A decision is told before the message it is about, without an id: a listener cut off between the two hears it
 * again rather than never.
 */
export const frameOf = (entry: JournalEntry): string => {
  if (!TOLD.has(entry.kind)) return ''
  const { seq, kind, position: _, ...data } = entry
  const text = JSON.stringify({ kind, ...data })
  const made = entry.decisionId ? `event: decision.made\ndata: ${JSON.stringify({ kind: 'decision.made', ...data })}\n\n` : ''
  return `${made}id: ${seq}\nevent: ${kind}\ndata: ${text}\n\n`
}

/** `after` is the place up to which this listener knows the journal. */
type Listener = { readonly controller: ReadableStreamDefaultController<Uint8Array>; after: JournalPosition }

export const createStream = (
  reading: Pick<Reading, 'journal' | 'journalPosition'>,
  clock: Clock,
  log: Log,
  { everyMs = 200, heartbeatMs = 15_000, buffer = 1024 * 1024 }: StreamOptions = {},
): EventStream => {
  const live = new Set<Listener>()
  /** Where the common reader stands; null while nobody listens. */
  let position: JournalPosition | null = null
  let busy = false
  let stopTimer = () => {}
  let stopHeart = () => {}

  const drop = (listener: Listener): void => {
    if (!live.delete(listener) || live.size > 0) return
    stopTimer()
    stopHeart()
    position = null
  }
  const end = (listener: Listener): void => {
    drop(listener)
    listener.controller.close()
  }
  const write = (listener: Listener, text: string): void => {
    if ((listener.controller.desiredSize ?? 0) <= 0) end(listener)
    else if (text) listener.controller.enqueue(encoder.encode(text))
  }
  const tell = (entries: readonly JournalEntry[], to: JournalPosition): void => {
    for (const listener of [...live]) {
      write(
        listener,
        entries
          .filter((entry) => entry.position > listener.after)
          .map(frameOf)
          .join(''),
      )
      if (listener.after < to) listener.after = to
    }
  }

  /** Reads on until there is nothing new. */
  const follow = async (): Promise<void> => {
    while (position !== null) {
      const from: JournalPosition = position
      const { entries, position: next } = await reading.journal(from, BATCH)
      // Everybody may have left meanwhile, and somebody else have come.
      if (position !== from) return
      position = next
      tell(entries, next)
      if (entries.length < BATCH) return
    }
  }
  const beat = (): void => {
    stopTimer()
    if (busy) return
    busy = true
    void follow()
      .catch((error) => log.warn('stream.waits', { error: error instanceof Error ? error.name : 'unknown' }))
      .finally(() => {
        busy = false
        if (live.size > 0) stopTimer = clock.after(everyMs, beat)
      })
  }
  const heart = (): void => {
    for (const listener of [...live]) write(listener, ': beat\n\n')
    if (live.size > 0) stopHeart = clock.after(heartbeatMs, heart)
  }
  const join = (listener: Listener): void => {
    live.add(listener)
    if (live.size > 1) return
    position = listener.after
    stopHeart = clock.after(heartbeatMs, heart)
    beat()
  }

  /** Reads one page of what a listener missed. True once it knows as much as the others: from then on it is told with them. */
  const catchUp = async (listener: Listener): Promise<{ readonly told: boolean; readonly joined: boolean }> => {
    const { entries, position: next } = await reading.journal(listener.after, BATCH)
    listener.after = next
    const text = entries.map(frameOf).join('')
    if (text) listener.controller.enqueue(encoder.encode(text))
    return { told: text !== '', joined: entries.length < BATCH && (position === null || next >= position) }
  }

  return {
    async open(lastEventId) {
      const seq = lastEventId !== null && /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : null
      const after = await reading.journalPosition(seq)
      let listener: Listener | null = null
      let state: 'behind' | 'live' | 'gone' = 'behind'
      return new ReadableStream<Uint8Array>(
        {
          start(controller) {
            listener = { controller, after }
            controller.enqueue(encoder.encode(`retry: 2000\n: ${seq === null ? 'from now' : `after ${seq}`}\n\n`))
          },
          // Called when the listener has room: a slow one reads its past slowly, and holds no memory.
          async pull() {
            while (listener && state === 'behind') {
              const { told, joined } = await catchUp(listener)
              if (joined && state === 'behind') {
                state = 'live'
                join(listener)
              }
              if (told) return
            }
          },
          cancel() {
            state = 'gone'
            if (listener) drop(listener)
          },
        },
        { highWaterMark: buffer, size: (chunk) => chunk?.byteLength ?? 0 },
      )
    },
    wake() {
      if (live.size > 0) beat()
    },
    close() {
      for (const listener of [...live]) end(listener)
    },
    listeners: () => live.size,
  }
}
