import type { Clock } from '../../src/core/ports.ts'

/** The machine's own clock, for tests that wait for real processes. */
export const realClock: Clock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
}
