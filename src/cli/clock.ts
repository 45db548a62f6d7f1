/** The machine's clock: the only place where time comes from. */
import type { Clock } from '../core/ports.ts'

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, Math.min(ms, 2_147_483_647))
    return () => clearTimeout(timer)
  },
}
