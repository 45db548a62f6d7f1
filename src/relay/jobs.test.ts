/** Jobs on the model of the store, on a clock that a test moves. */
import { describe, expect, it } from 'vitest'
import { stillClock } from '../../tests/support/rooms.ts'
import type { JobRow, Store } from '../core/store.ts'
import { arrive, countedIds, jobRow, nothing, open, T0, turn, wrote } from '../store/contract/bench.ts'
import { createMemoryStore } from '../store/memory/index.ts'
import { createShared } from '../store/memory/shared.ts'
import { type Performers, startJobs } from './jobs.ts'

const log = { debug() {}, info() {}, warn() {}, error() {} }
const never = <T>(signal: AbortSignal): Promise<T> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))

const PERFORMERS: Performers = {
  think: async () => ({ answer: null, attempts: [] }),
  call: async () => ({ ok: true, value: null }),
  keep: async () => ({ error: 'gone' }),
  mark: () => undefined,
}

const callRow = (name: string, dueAt = T0): JobRow => ({
  ...jobRow(name, 0, 'call'),
  dueAt,
  body: { call: 'order', method: 'POST', url: 'https://orders.example', body: {}, run: 1, asked: null },
})
const fetchRow = (name: string): JobRow => ({
  ...jobRow(name, 0, 'fetch'),
  epoch: 2_000_000_000,
  body: { message: 'msg_1', content: { type: 'media', media: { vendorId: 'file' } } },
})

const openJobs = async (performers: Partial<Performers>) => {
  const shared = createShared()
  const store: Store = createMemoryStore(shared, { ids: countedIds(), worker: 'w' })
  await open({ join: async () => ({ store, dieNow() {}, die: async () => {} }), dump: () => Promise.reject(), close: async () => {} })
  const clock = stillClock(T0)
  const jobs = startJobs({ store, performers: { ...PERFORMERS, ...performers }, clock, log, onDone: () => {} })
  return {
    store,
    clock,
    jobs,
    /** Jobs of somebody, made in their turn. */
    ask: async (who: string, rows: readonly JobRow[]) => {
      await arrive(store, { contacts: [wrote(who, `hello-${who}-${rows[0]?.id}`)] })
      await turn(store, (loaded) => ({ ...nothing(loaded), jobs: rows }))
      jobs.ring()
    },
    /** Lets time pass in steps until `done`; gives the ms it took. */
    pass: async (done: () => boolean, most = 600_000): Promise<number> => {
      const began = clock.now()
      while (!done()) {
        if (clock.now() - began > most) throw new Error(`not after ${most} ms`)
        for (let n = 0; n < 20; n++) await new Promise((resolve) => setImmediate(resolve))
        if (!done()) clock.advance(100)
      }
      return clock.now() - began
    },
    results: () =>
      [...shared.pending.values()].map((event) => ({ kind: event.kind, ...(event.body as { ok?: boolean; error?: string | null }) })),
  }
}

describe('jobs at once', () => {
  it('of engines that hang leave business systems and files their room', async () => {
    const house = await openJobs({ think: (_, signal) => never(signal) })
    for (let n = 0; n < 20; n++) {
      const body = { question: { channel: 'whatsapp', message: 'm', text: '?' }, language: 'fr', visit: null }
      await house.ask(`+3360000${1000 + n}`, [{ ...jobRow(`think-${n}`, 0), body }])
    }
    await house.ask('+33600000001', [callRow('order', T0 + 1), fetchRow('file')])
    expect(await house.pass(() => house.results().length >= 2)).toBeLessThan(5_000)
    expect(
      house
        .results()
        .map((event) => event.kind)
        .toSorted(),
    ).toEqual(['called', 'fetched'])
    await house.jobs.stop()
  })
})

describe('a hand-over', () => {
  it('ends an engine that is at work for the former owner, soon', async () => {
    let aborted = 0
    const house = await openJobs({
      think: (_, signal) => {
        signal.addEventListener('abort', () => (aborted += 1))
        return never(signal)
      },
    })
    const body = { question: { channel: 'whatsapp', message: 'm', text: '?' }, language: 'fr', visit: null }
    await house.ask('+33600000001', [{ ...jobRow('mine', 0), body }])
    await house.ask('+33600000002', [{ ...jobRow('other', 0), body }])
    await house.pass(() => house.clock.now() > T0 + 2_000)
    await arrive(house.store, { contacts: [wrote('+33600000001', 'person')] })
    await turn(house.store, (loaded) => ({ ...nothing(loaded), epoch: 1, cancelBefore: 1 }))
    expect(await house.pass(() => aborted > 0)).toBeLessThan(2_000)
    await house.pass(() => house.clock.now() > T0 + 10_000)
    expect([aborted, house.results()]).toEqual([1, []])
    await house.jobs.stop()
  })
})

describe('a job that throws', () => {
  it('is tried again, later each time, until it works', async () => {
    const at: number[] = []
    const house = await openJobs({
      call: async () => {
        at.push(house.clock.now() - T0)
        if (at.length < 4) throw new Error('status 503')
        return { ok: true, value: 'ready' }
      },
    })
    await house.ask('+33600000001', [callRow('order')])
    await house.pass(() => house.results().length > 0)
    expect(house.results()).toMatchObject([{ kind: 'called', ok: true, value: 'ready' }])
    const waits = at.slice(1).map((when, n) => when - (at[n] ?? 0))
    expect(waits).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)])
    for (const [n, wait] of waits.entries()) expect(Math.abs(wait - 1000 * 2 ** n)).toBeLessThanOrEqual(500)
    await house.jobs.stop()
  })

  it('is given up after the fifth time', async () => {
    let calls = 0
    const house = await openJobs({
      keep: () => {
        calls += 1
        return Promise.reject(new Error('reset'))
      },
    })
    await house.ask('+33600000001', [fetchRow('file')])
    await house.pass(() => house.results().length > 0)
    expect([calls, house.results()]).toMatchObject([5, [{ kind: 'fetched', error: 'gave-up' }]])
    await house.jobs.stop()
  })

  it('because its time is over is given up: a business system may be at work on it', async () => {
    let calls = 0
    const house = await openJobs({
      call: (_, signal) => {
        calls += 1
        return never(signal)
      },
    })
    await house.ask('+33600000001', [callRow('order')])
    await house.pass(() => house.results().length > 0)
    expect([calls, house.results()]).toMatchObject([1, [{ kind: 'called', ok: false }]])
    await house.jobs.stop()
  })

  it('has the same name at each try, for a business system to know it again', async () => {
    const names: string[] = []
    const house = await openJobs({
      call: async ({ id }) => {
        names.push(id)
        if (names.length < 2) throw new Error('status 503')
        return { ok: true, value: null }
      },
    })
    await house.ask('+33600000001', [callRow('order')])
    await house.pass(() => house.results().length > 0)
    expect(names).toEqual(['job_order', 'job_order'])
    await house.jobs.stop()
  })
})
