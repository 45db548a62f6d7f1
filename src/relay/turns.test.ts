/** The turn loop, on a store that says what is due and a clock that a test moves. */
import { describe, expect, it } from 'vitest'
import { stillClock } from '../../tests/support/rooms.ts'
import type { ContactId } from '../core/ids.ts'
import { silentMetrics } from '../core/metrics.ts'
import type { Clock } from '../core/ports.ts'
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

const startFlooded = (clock: Clock, asked: { at: number; resting: readonly ContactId[] }[]) =>
  startTurns({
    store: floodedStore(asked),
    house: () => ({}) as House,
    clock,
    ids: (() => '') as never,
    log,
    metrics: silentMetrics,
    onSends: () => {},
    onJobs: () => {},
  })

const passing = async (clock: { advance(ms: number): void }, ms: number) => {
  for (let passed = 0; passed < ms; passed++) {
    clock.advance(1)
    await new Promise((done) => setImmediate(done))
  }
}

describe('somebody who writes without end', () => {
  it('rests after a full turn, and is asked again when the rest is over', async () => {
    const asked: { at: number; resting: readonly ContactId[] }[] = []
    const clock = stillClock(1_000)
    const loop = startFlooded(clock, asked)
    await passing(clock, 250)
    await loop.stop()
    const full = asked.filter(({ resting }) => !resting.includes(FLOOD)).map(({ at }) => Math.floor((at - 1_000) / 100))
    expect(full).toEqual([0, 1, 2])
    // Rounds meanwhile, for the others: few of them, for there was nothing.
    expect(asked.length).toBeLessThan(10)
  })

  it('does not rest for an hour where the clock is set back by one', async () => {
    const asked: { at: number; resting: readonly ContactId[] }[] = []
    const clock = stillClock(1_000)
    let back = 0
    const loop = startFlooded({ ...clock, now: () => clock.now() - back }, asked)
    await passing(clock, 20)
    back = 3_600_000
    asked.length = 0
    await passing(clock, 600)
    await loop.stop()
    expect(asked.some(({ resting }) => !resting.includes(FLOOD))).toBe(true)
  })
})
