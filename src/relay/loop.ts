/** A loop around the store: works while there is work, then sleeps until somebody rings, or until it looks for itself. */
import type { Clock, Log } from '../core/ports.ts'

export type Loop = {
  /** A doorbell: something may be there. Cheap; rings while working are one more round. */
  ring(): void
  /** Finishes the round in hand and begins no other. */
  stop(): Promise<void>
}

/** One round. True: there is more, at once. False: look again after the usual pause. A number: nothing before that instant (ms), unless somebody rings. */
export type Round = () => Promise<boolean | number>

/** Something is due already and this round could not have it: another worker has its contact in hand, or is busy. */
const HELD_MS = 20
/** Back-off while the store cannot be used: 100 ms, doubling to 2 s. */
const FIRST_PAUSE = 100
const LONGEST_PAUSE = 2_000

export const startLoop = (
  name: string,
  round: Round,
  options: { readonly clock: Clock; readonly log: Log; readonly pollMs: number; readonly fresh?: () => void },
): Loop => {
  const { clock, log, pollMs } = options
  let running = false
  let rung = false
  let stopped = false
  let pause = 0
  let cancel = () => {}
  let finish = () => {}

  const sleep = (ms: number) => {
    cancel()
    cancel = clock.after(ms, run)
  }
  const run = async () => {
    if (running || stopped) return
    running = true
    cancel()
    try {
      for (;;) {
        rung = false
        const next = await round()
        pause = 0
        if (stopped) break
        if (next === true || rung) continue
        const wait = next === false ? pollMs : next - clock.now()
        sleep(Math.min(wait > 0 ? wait : HELD_MS, pollMs))
        break
      }
    } catch (error) {
      pause = Math.min(pause * 2 || FIRST_PAUSE, LONGEST_PAUSE)
      log.warn('loop.failed', { loop: name, pauseMs: pause, error: error instanceof Error ? error.name : 'unknown', code: codeOf(error) })
      if (!stopped) sleep(pause)
    } finally {
      running = false
      if (stopped) finish()
    }
  }
  void run()
  return {
    ring: () => {
      rung = true
      // While the store is away the back-off decides.
      if (!running && !pause) void run()
    },
    stop: () => {
      stopped = true
      cancel()
      return running ? new Promise<void>((resolve) => (finish = resolve)) : Promise.resolve()
    },
  }
}

/** What an error may be logged as: its code, never its message, which can hold a customer's words. */
const codeOf = (error: unknown): string => (error !== null && typeof error === 'object' && 'code' in error ? String(error.code) : '')
