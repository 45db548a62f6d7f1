import type { Clock } from './wire.ts'

/** A clock that moves only when told, running what is due in order. */
export interface VirtualClock extends Clock {
  /** Moves `ms` milliseconds on; before and after each timer everything that waits for nothing but the processor is let run. */
  advance(ms: number): Promise<void>
  /** Lets everything that waits for no time run to its end. */
  settle(): Promise<void>
  /** Timers not yet due. */
  pending(): number
}

/** @param start milliseconds since 1970 */
export function makeVirtualClock(start: number): VirtualClock {
  let now = start
  let count = 0
  const timers = new Map<number, { at: number; run: () => void }>()
  const nextDue = (until: number): number | undefined => {
    let best: number | undefined
    for (const [id, timer] of timers) {
      if (timer.at <= until && (best === undefined || timer.at < (timers.get(best)?.at ?? 0))) best = id
    }
    return best
  }
  // Three turns of the event loop: in-process calls read bodies through streams, which take a turn of their own.
  const settle = async () => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((done) => setImmediate(done))
  }
  return {
    now: () => now,
    after(ms, run) {
      const id = ++count
      timers.set(id, { at: now + Math.max(0, ms), run })
      return () => void timers.delete(id)
    },
    async advance(ms) {
      const until = now + ms
      await settle()
      for (let id = nextDue(until); id !== undefined; id = nextDue(until)) {
        const timer = timers.get(id)
        timers.delete(id)
        now = Math.max(now, timer?.at ?? now)
        timer?.run()
        await settle()
      }
      now = until
    },
    settle,
    pending: () => timers.size,
  }
}

/** The machine's own time, for simulators on a port. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
