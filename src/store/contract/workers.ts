import { expect } from 'vitest'
import type { ChannelId, Digest } from '../../core/ids.ts'
import type { Loaded } from '../../core/store.ts'
import {
  arrive,
  att,
  CHANNEL,
  claim,
  claimed,
  evt,
  jobRow,
  leased,
  messageOf,
  msg,
  namesOf,
  nothing,
  OTHER,
  queued,
  receipt,
  says,
  sendAll,
  T0,
  takeJobs,
  timer,
  turn,
  wrote,
} from './bench.ts'
import { casesOf, type Make } from './case.ts'

export const aboutWorkers = (make: Make): void => {
  const shows = casesOf(make)

  shows('gives a channel to one of two living workers', async ({ store }, bench) => {
    const second = await bench.join('second')
    expect((await store.lease(CHANNEL, T0))?.lease.number).toBe(1)
    expect(await second.store.lease(CHANNEL, T0)).toBeNull()
  })

  shows('gives no lease of a channel that nobody registered', async ({ store }) => {
    expect(await store.lease('nowhere' as typeof CHANNEL, T0)).toBeNull()
  })

  shows('gives a dead worker’s channel to another, with what was in flight', async (first, bench) => {
    const second = await bench.join('second')
    await queued(first.store, '+33600000001', ['a1', 'a2'])
    const old = await leased(first.store)
    await claimed(first.store, old)
    await first.die()
    const taken = await second.store.lease(CHANNEL, T0 + 1000)
    expect(taken?.lease.number).toBe(old.number + 1)
    expect(taken?.open).toMatchObject([{ attempt: att('a1'), message: msg('a1'), category: 'service', epoch: 0, body: { name: 'a1' } }])
    expect(taken?.recent).toMatchObject([{ at: T0 }])
    expect(await claim(second.store, old)).toBe('void')
    expect(await claimed(second.store, taken?.lease ?? old)).toEqual([])
  })

  shows('refuses whatever a dead worker still asks', async (first) => {
    await first.die()
    await expect(arrive(first.store, { contacts: [wrote('+33600000001', 'hello')] })).rejects.toThrow()
  })

  shows('forgets attempts of long ago when it gives a lease', async ({ store }) => {
    await queued(store, '+33600000001', ['a'])
    await claimed(store, await leased(store))
    expect((await store.lease(CHANNEL, T0 + 3_600_000))?.recent).toEqual([])
  })

  shows('gives a dead worker’s jobs to another after a sweep, and not before', async (first, bench) => {
    const second = await bench.join('second')
    await arrive(first.store, { contacts: [wrote('+33600000001', 'question')] })
    await turn(first.store, (loaded) => ({ ...nothing(loaded), jobs: [jobRow('think', loaded.epoch)] }))
    expect(await takeJobs(first.store)).toMatchObject([{ tries: 1 }])
    await second.store.sweep(T0)
    expect(await takeJobs(second.store)).toEqual([])
    await first.die()
    await second.store.sweep(T0)
    const [job] = await takeJobs(second.store)
    expect(job).toMatchObject({ tries: 2, kind: 'think' })
    if (job) await second.store.finishJob(job, timer('thought', 'thought'))
    expect((await bench.dump()).pending).toMatchObject([{ id: evt('thought') }])
  })

  shows('writes nothing of a turn whose worker died in it', async (_, bench) => {
    const doomed = await bench.join('doomed')
    await arrive(doomed.store, { contacts: [wrote('+33600000001', 'hello')] })
    const dying = turn(doomed.store, (loaded) => {
      doomed.dieNow()
      return { ...nothing(loaded), state: { written: true } }
    })
    await expect(dying).rejects.toThrow()
    await doomed.die()
    const { pending, conversations } = await bench.dump()
    expect(pending).toHaveLength(1)
    expect(conversations).toMatchObject([{ state: null }])
  })

  shows('sets aside the event that killed three processes, and no other', async (survivor, bench) => {
    const names = ['a', 'killer', 'b']
    await arrive(survivor.store, { contacts: names.map((name, n) => wrote(`+3360000000${n}`, name)) })
    const handled: string[] = []
    const decideIn = (worker: { dieNow(): void } | null) => (loaded: Loaded) => {
      if (loaded.events.some((event) => event.id === evt('killer'))) worker?.dieNow()
      else handled.push(...loaded.events.map((event) => event.id))
      return nothing(loaded)
    }
    for (let deaths = 0; deaths < 3; deaths++) {
      const doomed = await bench.join(`doomed-${deaths}`)
      handled.length = 0
      for (let turns = 0; turns < 5; turns++) {
        const done = await turn(doomed.store, decideIn(doomed)).catch(() => null)
        if (!done) break
      }
      await doomed.die()
      await survivor.store.sweep(T0)
    }
    const { poison, pending } = await bench.dump()
    expect(poison.map((event) => event.id)).toEqual([evt('killer')])
    expect(pending.filter((event) => event.id === evt('killer'))).toEqual([])
    for (let turns = 0; turns < 5; turns++) await turn(survivor.store)
    expect((await bench.dump()).pending).toEqual([])
    expect((await bench.dump()).poison).toHaveLength(1)
  })

  shows('gives a worker again what it holds and does not run: the answer to its claim was lost', async ({ store }) => {
    await arrive(store, { contacts: [wrote('+33600000001', 'question')] })
    await turn(store, (loaded) => ({ ...nothing(loaded), jobs: [jobRow('a', loaded.epoch), jobRow('b', loaded.epoch)] }))
    const [first] = await takeJobs(store)
    expect((await takeJobs(store, [first])).map((job) => [job.id, job.tries])).toEqual([['job_b', 2]])
  })

  shows('does not give a job before its time', async ({ store }) => {
    await arrive(store, { contacts: [wrote('+33600000001', 'question')] })
    await turn(store, (loaded) => ({ ...nothing(loaded), jobs: [{ ...jobRow('think', loaded.epoch), dueAt: T0 + 500 }] }))
    expect(await takeJobs(store)).toEqual([])
    expect(await takeJobs(store, [], T0 + 500)).toHaveLength(1)
  })

  shows('tells which jobs a hand-over ended', async ({ store }) => {
    await arrive(store, { contacts: [wrote('+33600000001', 'question')] })
    await turn(store, (loaded) => ({ ...nothing(loaded), jobs: [jobRow('think', 0), jobRow('file', 9, 'fetch')] }))
    const ids = (await takeJobs(store)).map((job) => job.id)
    expect([ids.length, await store.lostJobs(ids)]).toEqual([2, []])
    await arrive(store, { contacts: [wrote('+33600000001', 'person')] })
    await turn(store, (loaded) => ({ ...nothing(loaded), epoch: 1, cancelBefore: 1 }))
    expect(await store.lostJobs(ids)).toEqual(['job_think'])
  })

  shows('gives a job that was put back to anybody, from its new time on', async ({ store }, bench) => {
    const second = await bench.join('second')
    await arrive(store, { contacts: [wrote('+33600000001', 'question')] })
    await turn(store, (loaded) => ({ ...nothing(loaded), jobs: [jobRow('think', loaded.epoch)] }))
    const [job] = await takeJobs(store)
    if (job) await second.store.postponeJob(job, T0)
    expect(await takeJobs(second.store)).toEqual([])
    if (job) await store.postponeJob(job, T0 + 1000)
    expect([await takeJobs(store), await takeJobs(second.store)]).toEqual([[], []])
    expect(await takeJobs(second.store, [], T0 + 1000)).toMatchObject([{ id: 'job_think', tries: 2 }])
  })

  shows('lets two workers share the jobs, none twice', async ({ store }, bench) => {
    const second = await bench.join('second')
    await arrive(store, { contacts: Array.from({ length: 20 }, (_, n) => wrote(`+336000000${n}`, `question-${n}`)) })
    await turn(store, (loaded) => ({ ...nothing(loaded), jobs: [jobRow(loaded.contact, 0)] }))
    const taken = await Promise.all([store, second.store].map((one) => takeJobs(one)))
    const ids = taken.flat().map((job) => job.id)
    expect(new Set(ids).size).toBe(20)
  })

  shows('gives two jobs of one contact and kind at once: others do not wait behind a hundred questions', async ({ store }) => {
    await arrive(store, { contacts: [wrote('+33600000001', 'flood'), wrote('+33600000002', 'question')] })
    const flood = Array.from({ length: 100 }, (_, n) => jobRow(`flood-${100 + n}`, 0))
    await turn(store, (loaded) => ({
      ...nothing(loaded),
      jobs:
        loaded.events[0]?.id === evt('flood') ? [...flood, jobRow('flood-call', 0, 'call')] : [{ ...jobRow('other', 0), dueAt: T0 + 1 }],
    }))
    const taken = await takeJobs(store, [], T0 + 1)
    expect(taken.map((job) => job.id).toSorted()).toEqual(['job_flood-100', 'job_flood-101', 'job_flood-call', 'job_other'])
    const [first, ...rest] = taken.filter((job) => job.kind === 'think')
    if (first) await store.finishJob(first, null)
    expect((await takeJobs(store, [...rest, ...taken], T0 + 1)).map((job) => job.id)).toEqual(['job_flood-102'])
  })

  shows('gives as many jobs of each kind as there is room for, the oldest first', async ({ store }) => {
    const kinds = ['think', 'call', 'fetch'] as const
    await arrive(store, { contacts: Array.from({ length: 4 }, (_, n) => wrote(`+336000000${n}`, `hello-${n}`)) })
    await turn(store, (loaded) => {
      const n = Number(loaded.events[0]?.id.slice(-1))
      return { ...nothing(loaded), jobs: kinds.map((kind) => ({ ...jobRow(`${kind}-${n}`, 0, kind), dueAt: T0 - n })) }
    })
    const taken = await store.claimJobs({ at: T0, room: { think: 2, task: 0, call: 1, fetch: 0, mark: 5 }, running: [] })
    expect(taken.map((job) => job.id).toSorted()).toEqual(['job_call-3', 'job_think-2', 'job_think-3'])
  })

  shows('keeps journeys by version, and a channel’s health over a restart', async ({ store }, bench) => {
    const version = { digest: 'v1' as Digest, content: { name: 'menu' } }
    const setup = {
      channels: [{ id: CHANNEL, kind: 'whatsapp' }],
      rulebook: { digest: 'rules' as Digest, content: {} },
      journeys: [version],
    }
    await arrive(store, { channels: [{ id: evt('cut'), channel: CHANNEL, at: T0, change: { kind: 'health', state: 'cut', reason: 'x' } }] })
    await store.register(setup, T0)
    await store.register(setup, T0)
    expect(await store.journeyVersions()).toEqual([{ name: 'menu' }])
    expect((await bench.dump()).channels.find((channel) => channel.id === CHANNEL)?.health).toBe('cut')
  })

  shows('remembers for two weeks what it took, and for three days receipts that belong to nobody', async ({ store }, bench) => {
    const day = 86_400_000
    const again = async (at: number) => {
      await store.sweep(at)
      await arrive(store, { contacts: [wrote('+33600000001', 'hello')] }, at)
      return (await bench.dump()).pending.length
    }
    await arrive(store, { contacts: [wrote('+33600000001', 'hello')], receipts: [receipt('sent')] })
    await turn(store)
    expect([await again(T0 + 3 * day), (await bench.dump()).receipts.length]).toEqual([0, 1])
    expect([await again(T0 + 3 * day + 1), (await bench.dump()).receipts.length]).toEqual([0, 0])
    expect(await again(T0 + 14 * day)).toBe(0)
    expect(await again(T0 + 14 * day + 1)).toBe(1)
  })

  shows('tells that a start brought another rulebook, once, and that one went back', async ({ store }, bench) => {
    const start = async (worker: typeof store, digest: string, at: number) =>
      worker.register({ channels: [], journeys: [], rulebook: { digest: digest as Digest, content: {} } }, at)
    const { store: other } = await bench.join('second')
    await start(store, 'rules', T0 + 1)
    await Promise.all([start(store, 'newer', T0 + 2), start(other, 'newer', T0 + 2)])
    await start(store, 'rules', T0 + 3)
    await start(other, 'rules', T0 + 4)
    const told = (await bench.dump()).events.filter((event) => event.kind === 'rulebook.changed')
    expect(told.map((event) => event.at - T0)).toEqual([2, 3])
  })

  shows('cuts a channel that the setup names no more, and wakes somebody; named again, it goes on', async ({ store }, bench) => {
    const setup = (...channels: readonly ChannelId[]) => ({
      channels: channels.map((id) => ({ id, kind: id })),
      rulebook: { digest: 'rules' as Digest, content: {} },
      journeys: [],
    })
    const state = async (id: ChannelId) => (await store.channels()).get(id)
    await queued(store, '+33600000001', ['a1'])
    await arrive(store, { contacts: [wrote('+33600000001', 'more')] })
    await turn(store, (loaded) => says(loaded, ['a2'], { channel: OTHER }))
    await store.register(setup(OTHER), T0 + 1)
    await store.register(setup(OTHER), T0 + 2)
    expect(await state(CHANNEL)).toMatchObject({ health: 'cut', reason: 'not-configured' })
    expect(await state(OTHER)).toMatchObject({ health: 'healthy' })
    const alerts = (await bench.dump()).events.filter((event) => event.kind === 'alert')
    expect(alerts).toMatchObject([{ channel: CHANNEL, at: T0 + 1 }])
    await store.sweep(T0 + 3)
    expect(namesOf(await claimed(store, await leased(store, OTHER)))).toEqual(['a2'])
    await store.register(setup(CHANNEL, OTHER), T0 + 4)
    expect(await state(CHANNEL)).toMatchObject({ health: 'healthy' })
  })

  shows('leaves a channel cut for the reason it was cut for, named or not', async ({ store }) => {
    await arrive(store, {
      channels: [{ id: evt('cut'), channel: CHANNEL, at: T0, change: { kind: 'health', state: 'cut', reason: 'ban' } }],
    })
    const setup = { rulebook: { digest: 'rules' as Digest, content: {} }, journeys: [] }
    await store.register({ ...setup, channels: [{ id: OTHER, kind: 'sms' }] }, T0 + 1)
    await store.register({ ...setup, channels: [{ id: CHANNEL, kind: 'whatsapp' }] }, T0 + 2)
    expect((await store.channels()).get(CHANNEL)).toMatchObject({ health: 'cut', reason: 'ban' })
  })

  shows('lets a second worker go on with the line the first began', async (first, bench) => {
    const second = await bench.join('second')
    await queued(first.store, '+33600000001', ['a1', 'a2'])
    await queued(first.store, '+33600000002', ['b1'])
    const heads = await claimed(first.store, await leased(first.store), (head) =>
      head.message === msg('a1') ? sendAll(head) : { type: 'wait', until: T0 + 10, rule: 'x' },
    )
    expect(namesOf(heads)).toEqual(['a1'])
    await first.die()
    const lease = await leased(second.store)
    expect(namesOf(await claimed(second.store, lease, sendAll, T0 + 10))).toEqual(['b1'])
    expect(await messageOf(bench, 'a1')).toMatchObject({ status: 'sending' })
  })
}
