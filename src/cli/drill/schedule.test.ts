import { describe, expect, it, vi } from 'vitest'
import type { LastDrill } from '../../core/drill.ts'
import { silentLog } from '../../core/ports.ts'
import { isDue, scheduleDrills } from './schedule.ts'

const DAY = 86_400_000
/** A Tuesday, 10:05 in Paris. */
const TUESDAY = Date.UTC(2026, 10, 24, 9, 5)
const drill = { cut: ['chat'], everyMs: 14 * DAY, at: { weekday: 2, minute: 600 } }
const last = (thing: string, at: number): LastDrill => ({ thing, id: 'drl_1', at, mode: 'shadow', ok: true })
const due = (change: Partial<typeof drill>, drills: readonly LastDrill[], now = TUESDAY) =>
  isDue({ ...drill, ...change }, drills, 'Europe/Paris', now)

describe('a scheduled drill', () => {
  it('is due at its hour of its day, where there never was one', () => {
    expect(due({}, [])).toBe(true)
    expect(due({}, [], TUESDAY + DAY)).toBe(false)
    expect(due({}, [], TUESDAY - 6 * 60_000)).toBe(false)
    expect(due({}, [], TUESDAY + 60 * 60_000)).toBe(false)
  })
  it('is due again after as long as it says, whatever minute the last one ended', () => {
    expect(due({}, [last('chat', TUESDAY - 14 * DAY + 90_000)])).toBe(true)
    expect(due({}, [last('chat', TUESDAY - 7 * DAY)])).toBe(false)
  })
  it('that cuts two things is due when either was cut too long ago', () => {
    expect(due({ cut: ['chat', 'main'] }, [last('chat', TUESDAY - DAY)])).toBe(true)
  })
  it('on any day, goes by the hour alone', () => {
    expect(due({ at: { weekday: null, minute: 600 } as never }, [], TUESDAY + DAY)).toBe(true)
  })
})

describe('drills that begin by themselves', () => {
  it('are each begun, and what one of them could not do is told', async () => {
    const begun: string[] = []
    const told: unknown[] = []
    let look = () => {}
    scheduleDrills({
      drills: [drill, { ...drill, cut: ['main'] }],
      timezone: 'Europe/Paris',
      clock: {
        now: () => TUESDAY,
        after: (_, call) => {
          look = call
          return () => {}
        },
      },
      log: { ...silentLog, warn: (event, data) => void told.push([event, data]) },
      leads: () => true,
      last: async () => [],
      run: async ([thing = '']) => {
        begun.push(thing)
        if (thing === 'chat') throw new Error('exit 2')
      },
    })
    look()
    await vi.waitFor(() => expect(begun).toEqual(['chat', 'main']))
    expect(told).toEqual([['drill.failed', { cut: 'chat', error: 'exit 2' }]])
  })
})
