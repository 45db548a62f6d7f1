/** The turn loop: whatever is due for whoever is free. */
import type { ContactId, Ids } from '../core/ids.ts'
import type { Metrics } from '../core/metrics.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { Store } from '../core/store.ts'
import { decide } from './decide/index.ts'
import { type Loop, startLoop } from './loop.ts'
import type { House } from './world.ts'

const CONTACTS_PER_TURN = 100
const POLL_MS = 500
/** Who fills a turn rests, so that the others go first: nobody writes forty messages a second to be answered at once. */
const REST_MS = 100
/** While somebody rests, each of their arrivals would be a round that finds nothing: rounds keep this distance. */
const PACE_MS = 8

const CROSSING = 'crossing.'
const COUNTED = { 'message.moved': 'moved', 'message.late': 'late' } as const

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
  /** Until when. */
  const resting = new Map<ContactId, number>()
  let began = 0
  return startLoop(
    'turns',
    async () => {
      // A clock that was set back must not make a pause of it, nor a rest.
      const early = Math.min(began + PACE_MS - clock.now(), PACE_MS)
      if (resting.size && early > 0) await new Promise<void>((resolve) => clock.after(early, resolve))
      const at = clock.now()
      began = at
      const now = house()
      for (const [contact, until] of resting) if (until <= at || until > at + REST_MS) resting.delete(contact)
      const report = await store.turn({ at, limit: CONTACTS_PER_TURN, resting: [...resting.keys()] }, (loaded, channels) => {
        const change = decide(loaded, { ...now, at, ids, channels })
        for (const decision of change.decisions) metrics.decided(decision.outcome)
        for (const { kind, channel } of change.journal) {
          if (channel && kind in COUNTED) metrics[COUNTED[kind as keyof typeof COUNTED]](channel)
          if (channel && kind.startsWith(CROSSING)) metrics.crossed(channel, kind.slice(CROSSING.length))
        }
        return change
      })
      for (const contact of report.full) resting.set(contact, clock.now() + REST_MS)
      if (report.events) {
        metrics.took('turn', clock.now() - at)
        options.onTurn?.()
      }
      if (report.sends) options.onSends()
      if (report.jobs) options.onJobs()
      if (report.more || report.contacts > 0) return true
      if (resting.size) return Math.min(...resting.values())
      return (await store.nextEvent()) ?? false
    },
    { clock, log, pollMs: POLL_MS },
  )
}
