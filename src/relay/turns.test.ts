/** The turn loop, on a store that says what is due and a clock that a test moves. */
import { describe, expect, it } from 'vitest'
import { stillClock } from '../../tests/support/rooms.ts'
import type { ContactId } from '../core/ids.ts'
import { silentMetrics } from '../core/metrics.ts'
import type { Store, TurnReport } from '../core/store.ts'
import { startTurns } from './turns.ts'
import type { House } from './world.ts'

const log = { debug() {}, info() {}, warn() {}, error() {} }
const FLOOD = 'con_flood' as ContactId
const NOTHING: TurnReport = { contacts: 0, events: 0, sends: false, jobs: false, more: false, full: [] }

/** A contact that fills every turn it is given. */
const floodedStore = (asked: { at: number; resting: readonly ContactId[] }[]) =>
  ({
    turn: async ({ at, resting = [] }: Parameters<Store['turn']>[0]): Promise<TurnReport> => {
      asked.push({ at, resting })
      return resting.includes(FLOOD) ? NOTHING : { ...NOTHING, contacts: 1, events: 4, more: true, full: [FLOOD] }
    },
    nextEvent: async () => 0,
  }) as Partial<Store> as Store

describe('somebody who writes without end', () => {
  it('rests after a full turn, and is asked again when the rest is over', async () => {
    const asked: { at: number; resting: readonly ContactId[] }[] = []
    const clock = stillClock(1_000)
    const loop = startTurns({
      store: floodedStore(asked),
      house: () => ({}) as House,
      clock,
      ids: (() => '') as never,
      log,
      metrics: silentMetrics,
      onSends: () => {},
      onJobs: () => {},
    })
    for (let ms = 0; ms < 250; ms++) {
      clock.advance(1)
      await new Promise((done) => setImmediate(done))
    }
    await loop.stop()
    const full = asked.filter(({ resting }) => !resting.includes(FLOOD)).map(({ at }) => Math.floor((at - 1_000) / 100))
    expect(full).toEqual([0, 1, 2])
    // Rounds meanwhile, for the others: few of them, for there was nothing.
    expect(asked.length).toBeLessThan(10)
  })
})
