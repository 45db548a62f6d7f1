/** The turn loop: whatever is due for whoever is free. */
import type { Ids } from '../core/ids.ts'
import type { Metrics } from '../core/metrics.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { Store } from '../core/store.ts'
import { decide } from './decide/index.ts'
import { type Loop, startLoop } from './loop.ts'
import type { House } from './world.ts'

const CONTACTS_PER_TURN = 100
const POLL_MS = 500

export const startTurns = (options: {
  readonly store: Store
  readonly house: () => House
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly metrics: Metrics
  readonly onSends: () => void
  readonly onJobs: () => void
  readonly onTurn?: () => void
}): Loop => {
  const { store, house, clock, ids, log, metrics } = options
  return startLoop(
    'turns',
    async () => {
      const at = clock.now()
      const now = house()
      const report = await store.turn({ at, limit: CONTACTS_PER_TURN }, (loaded, channels) => {
        const change = decide(loaded, { ...now, at, ids, channels })
        for (const decision of change.decisions) metrics.decided(decision.outcome)
        return change
      })
      if (report.events) {
        metrics.took('turn', clock.now() - at)
        options.onTurn?.()
      }
      if (report.sends) options.onSends()
      if (report.jobs) options.onJobs()
      if (report.more || report.contacts > 0) return true
      return (await store.nextEvent()) ?? false
    },
    { clock, log, pollMs: POLL_MS },
  )
}
