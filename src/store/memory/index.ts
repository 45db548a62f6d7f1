/**
 * The store as a model in memory: what `store/postgres` does, without PostgreSQL. For simulation and for tests; nothing survives the process.
 * One `Shared` is one database, and several workers may open it.
 */
import { RelaisError } from '../../core/errors.ts'
import type { ChannelId, Digest, Ids } from '../../core/ids.ts'
import type { Store } from '../../core/store.ts'
import { AT_ONCE, RECEIPT_MS, SEEN_MS, TASK_MS } from '../retention.ts'
import { setupChanges } from '../setup.ts'
import { append } from './append.ts'
import { applyChannels, loadChannels } from './channels.ts'
import { claim, lastOpenings, passStopped, settle, spentOn, takeLease } from './dispatch.ts'
import { changeEngine } from './engines.ts'
import { claimJobs, finishJob, lostJobs, postponeJob } from './jobs.ts'
import { strand } from './plans.ts'
import { adoptReceipts } from './receipts.ts'
import { emit, type Shared } from './shared.ts'
import { deliveryOf, pausesOf, releaseHeld, turnSwitch } from './switches.ts'
import { turn } from './turn.ts'
import { buryWorkers, joinWorkers, killWorker } from './workers.ts'

export { createShared, type Shared } from './shared.ts'

export type MemoryStore = Store & {
  /** The worker dies: it holds nothing any more, and whatever it still asks is refused. */
  kill(): void
}

const soonest = (times: Iterable<number>): number | null => {
  const next = Math.min(...times)
  return next === Number.POSITIVE_INFINITY ? null : next
}
const nextEvent = (shared: Shared): number | null =>
  soonest([...shared.pending.values()].map((row) => (row.dueAt <= row.received ? 0 : row.dueAt)))
const nextSend = (shared: Shared, channel: ChannelId): number | null => {
  const state = shared.channels.get(channel)
  if (!state || state.health === 'cut' || state.paused) return null
  return soonest(
    [...shared.outbox.values()].filter((row) => row.channel === channel && row.head && row.state === 'queued').map((row) => row.dueAt),
  )
}

export const createMemoryStore = (shared: Shared, options: { readonly ids: Ids; readonly worker: string }): MemoryStore => {
  const { ids, worker } = options
  joinWorkers(shared, worker)
  const own = shared.workers.get(worker)
  /** Each call is one transaction: it happens at one instant. */
  const once = async <T>(work: () => T): Promise<T> => {
    if (!own?.alive) throw new RelaisError('store-unavailable', 'the worker is dead')
    return work()
  }
  return {
    append: (arrivals, at) => once(() => append(shared, arrivals, ids, at)),
    turn: (request, decide) => once(() => turn(shared, worker, request, decide)),
    nextEvent: () => once(() => nextEvent(shared)),
    nextSend: (channel) => once(() => nextSend(shared, channel)),
    lease: (channel, at) => once(() => takeLease(shared, worker, channel, at)),
    claim: (request, gate) => once(() => claim(shared, request, gate)),
    settle: (settlements) => once(() => settle(shared, settlements)),
    openings: (channel, since) =>
      once(() => {
        const people = [...lastOpenings(shared, channel).values()].filter((at) => at > since)
        return { count: people.length, oldest: people.length ? Math.min(...people) : null }
      }),
    spent: (channel, since) => once(() => spentOn(shared, channel, since)),
    claimJobs: (request) => once(() => claimJobs(shared, worker, request)),
    finishJob: (job, event) => once(() => finishJob(shared, job, event)),
    lostJobs: (jobs) => once(() => lostJobs(shared, worker, jobs)),
    postponeJob: (job, dueAt) => once(() => postponeJob(shared, worker, job, dueAt)),
    strand: (at, limit) => once(() => strand(shared, at, limit)),
    sweep: (at) =>
      once(() => {
        buryWorkers(shared, worker, at)
        adoptReceipts(shared, null, at)
        passStopped(shared)
        releaseHeld(shared, at)
        forget(shared, at)
      }),
    place: (channel) => once(() => shared.listened.get(channel) ?? null),
    keepPlace: (channel, place) => once(() => void shared.listened.set(channel, place)),
    channels: () => once(() => loadChannels(shared)),
    turnSwitch: (change, at) => once(() => turnSwitch(shared, change, at)),
    pauses: () => once(() => pausesOf(shared)),
    delivery: (channel, from, to) => once(() => deliveryOf(shared, channel, from, to)),
    engineChanged: (change) => once(() => changeEngine(shared, change)),
    register: (setup, at) =>
      once(() => {
        for (const { id, kind } of setup.channels) register(shared, id, kind)
        const configured = new Set(setup.channels.map((channel) => channel.id))
        applyChannels(shared, setupChanges([...shared.channels.values()], configured, ids, at), at)
        for (const engine of setup.engines ?? [])
          if (!shared.engines.has(engine)) shared.engines.set(engine, { health: 'closed', reason: null })
        keepRulebook(shared, setup.rulebook.digest, ids, at)
        for (const { digest, content } of setup.journeys) shared.journeys.set(digest, content)
      }),
    journeyVersions: () => once(() => [...shared.journeys.values()]),
    keepMedia: () => once(() => undefined),
    kill: () => killWorker(shared, worker),
  }
}

/** Forgets what is of no use any more. */
const forget = (shared: Shared, at: number): void => {
  const old = [...shared.seen].filter(([, taken]) => taken < at - SEEN_MS).sort((a, b) => a[1] - b[1])
  for (const [id] of old.slice(0, AT_ONCE)) shared.seen.delete(id)
  const orphans = [...shared.receipts].filter(([, receipt]) => receipt.received < at - RECEIPT_MS)
  for (const [key] of orphans.slice(0, AT_ONCE)) shared.receipts.delete(key)
  const told = [...shared.tasks.values()].filter(({ since }) => since < at - TASK_MS)
  for (const { id } of told.slice(0, AT_ONCE)) shared.tasks.delete(id)
}

const keepRulebook = (shared: Shared, digest: Digest, ids: Ids, at: number): void => {
  const [last] = [...shared.rulebooks].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
  shared.rulebooks.set(digest, Math.max(at, shared.rulebooks.get(digest) ?? at))
  if (last && last[0] !== digest)
    emit(shared, { id: ids('evt'), kind: 'rulebook.changed', at, received: at, data: { digest, former: last[0] } })
}

const register = (shared: Shared, id: Parameters<Shared['channels']['get']>[0], kind: string): void => {
  const known = shared.channels.get(id)
  if (known) {
    shared.channels.set(id, { ...known, kind })
    return
  }
  shared.channels.set(id, {
    id,
    kind,
    health: 'healthy',
    reason: null,
    quality: 'unknown',
    throughput: null,
    perDay: null,
    paused: false,
    lease: 0,
  })
}
