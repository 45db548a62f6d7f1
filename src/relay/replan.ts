/**
 * What waits for a channel that is cut or paused is asked for, so that its plan can take it elsewhere. Every worker looks; the store hands
 * each send to one of them.
 */
import type { Clock, Log } from '../core/ports.ts'
import type { Store } from '../core/store.ts'
import { type Loop, startLoop } from './loop.ts'

/** A cut is known at once where it came in; elsewhere it is seen within this. */
const POLL_MS = 400
const AT_ONCE = 500

export const startReplan = (options: {
  readonly store: Pick<Store, 'strand'>
  readonly clock: Clock
  readonly log: Log
  readonly onStranded: () => void
}): Loop => {
  const { store, clock, log, onStranded } = options
  return startLoop(
    'replan',
    async () => {
      const asked = await store.strand(clock.now(), AT_ONCE)
      if (!asked) return false
      log.info('replan.asked', { sends: asked })
      onStranded()
      return asked === AT_ONCE
    },
    { clock, log, pollMs: POLL_MS },
  )
}
