/** One process of Relais: its memory is lost when it dies; the shared store stays. */

import { toolsWith } from '../../src/channels/contract/tools.ts'
import { channelOf } from '../../src/channels/index.ts'
import type { Abilities, OpenChannel } from '../../src/core/channel.ts'
import { RelaisError } from '../../src/core/errors.ts'
import { type AttemptId, type ChannelId, createIds } from '../../src/core/ids.ts'
import { silentMetrics } from '../../src/core/metrics.ts'
import { type Clock, silentLog } from '../../src/core/ports.ts'
import type { Head, Store } from '../../src/core/store.ts'
import { type House, type Performers, type Relay, startRelay } from '../../src/relay/index.ts'
import { createMemoryStore, type Shared } from '../../src/store/memory/index.ts'
import type { Random } from './chance.ts'
import { CHANNEL } from './house.ts'
import { SECOND, type Second } from './second.ts'
import type { Timeline } from './timeline.ts'
import type { Trace } from './trace.ts'
import type { Witness } from './witness.ts'

export type Plant = (store: Store, shared: Shared) => Store

export type World = {
  readonly timeline: Timeline
  readonly shared: Shared
  readonly trace: Trace
  readonly witness: Witness
  readonly house: House
  /** Where messages go on, in a house that has plans. */
  readonly second: Second | null
  /** The way to the provider. */
  readonly fetch: (request: Request) => Promise<Response>
  /** Chance that a call of the store fails, before or after it took effect; changes while the story runs. */
  readonly weather: { store: number }
  /** A store that breaks a promise: to see whether anybody notices. */
  readonly plant: Plant
}

export type Worker = {
  readonly name: string
  readonly alive: () => boolean
  readonly relay: () => Relay
  /** A webhook: 503 where it could not be kept. */
  receive(body: string, headers: Record<string, string>): Promise<Response>
  start(): Promise<void>
  /** kill −9. */
  kill(): void
  /** Its session with the store ends; the process lives. */
  loseSession(): void
}

const never = new Promise<never>(() => {})
const unavailable = () => new RelaisError('store-unavailable', 'simulated')

export const createWorker = (name: string, world: World, random: Random): Worker => {
  const { timeline, shared } = world
  let lives = 0
  let life = { alive: false }
  let relay: Relay | null = null
  let channel: (OpenChannel & Abilities) | null = null
  let kill = () => {}

  const clockOf = (mine: { alive: boolean }): Clock => ({
    now: timeline.now,
    after: (ms, call) => timeline.after(ms, () => mine.alive && call()),
  })

  const start = async (): Promise<void> => {
    const mine = { alive: true }
    life = mine
    lives += 1
    const worker = `${name}-${lives}`
    const clock = clockOf(mine)
    const ids = createIds(timeline.now, random.next)
    const memory = createMemoryStore(shared, { ids, worker })
    kill = () => {
      mine.alive = false
      memory.kill()
    }
    const store = distant(world.plant(memory, shared), worker, mine, world, random)
    const connector = channelOf('whatsapp')
    const setup = world.house.workspace.channels[0]
    if (!connector || !setup) throw new Error('There is no channel.')
    const fetch = async (request: Request) => {
      if (!mine.alive) return never
      const response = await world.fetch(request)
      return mine.alive ? response : never
    }
    channel = connector.open(setup.config, toolsWith({ fetch, now: timeline.now, channel: CHANNEL }))
    await memory.register(
      {
        channels: [{ id: CHANNEL, kind: 'whatsapp' }, ...(world.second ? [{ id: SECOND, kind: 'sms' }] : [])],
        rulebook: { digest: world.house.rulebook, content: {} },
        journeys: world.house.workspace.journeys.map((journey) => ({ digest: journey.version, content: journey })),
      },
      timeline.now(),
    )
    relay = startRelay({
      store,
      house: () => world.house,
      channels: new Map<ChannelId, OpenChannel & Abilities>([
        [CHANNEL, channel],
        ...(world.second ? [[SECOND, world.second.open(() => mine.alive)] as const] : []),
      ]),
      performers: performersOf(clock, random, channel),
      clock,
      ids,
      random: random.next,
      log: silentLog,
      metrics: silentMetrics,
      role: 'all',
    })
  }

  return {
    name,
    alive: () => life.alive,
    relay: () => {
      if (!relay) throw new Error(`${name} was never started.`)
      return relay
    },
    receive: async (body, headers) => {
      const mine = life
      if (!mine.alive || !channel || !relay) throw new TypeError('fetch failed')
      const bytes = new TextEncoder().encode(body)
      const { events, reply } = await channel.receive(
        new Request('https://relais.example/webhooks/whatsapp', { method: 'POST', body, headers }),
        bytes,
      )
      try {
        await relay.intake.submit(CHANNEL, events)
        return reply
      } catch {
        return new Response(null, { status: 503 })
      }
    },
    start,
    kill: () => kill(),
    loseSession: () => {
      for (const [held, holder] of shared.held) if (holder === `${name}-${lives}`) shared.held.delete(held)
      relay?.lose()
    },
  }
}

/** The store at the other end of a wire: calls take time, fail before or after they took effect, and a dead caller hears nothing. */
const distant = (store: Store, worker: string, mine: { alive: boolean }, world: World, random: Random): Store => {
  const { timeline, trace, witness, weather } = world
  const wire = async () => {
    if (random.chance(0.3)) await new Promise<void>((done) => timeline.after(random.below(15), done))
    if (!mine.alive) await never
  }
  /** The model does its work as it is called: `seen` looks at the very instant after. */
  const call = async <T>(what: string, work: () => Promise<T>, seen?: () => void): Promise<T> => {
    await wire()
    if (random.chance(weather.store / 2)) throw unavailable()
    const working = work()
    seen?.()
    const result = await working
    trace.add(timeline.now(), worker, what)
    await wire()
    if (random.chance(weather.store / 2)) throw unavailable()
    return result
  }
  return {
    append: (arrivals, at) =>
      call(
        `append ${arrivals.contacts.length} ${arrivals.own.length} ${arrivals.receipts.length} ${arrivals.channels.length}`,
        async () => {
          witness.appended(arrivals)
          await store.append(arrivals, at)
        },
        witness.look,
      ),
    turn: (request, decide) =>
      call(
        'turn',
        () =>
          store.turn(request, (loaded, channels) => {
            witness.decided(loaded)
            for (const event of loaded.events) trace.add(timeline.now(), worker, loaded.contact, event.kind, event.id)
            return decide(loaded, channels)
          }),
        witness.look,
      ),
    nextEvent: () => store.nextEvent(),
    nextSend: (channel) => store.nextSend(channel),
    strand: (at, limit) => call('strand', () => store.strand(at, limit), witness.look),
    lease: (channel, at) => call('lease', () => store.lease(channel, at)),
    claim: (request, gate) => {
      const sends: { readonly head: Head; readonly attempt: AttemptId }[] = []
      return call(
        'claim',
        () =>
          store.claim(request, (head, channel) => {
            const judged = gate(head, channel)
            trace.add(timeline.now(), worker, head.message, judged.type)
            if (judged.type === 'send') sends.push({ head, attempt: judged.attempt })
            return judged
          }),
        () => {
          witness.claimed(sends, timeline.now())
          witness.look()
        },
      )
    },
    settle: (settlements) =>
      call(
        `settle ${settlements.map(({ message, result }) => `${message}:${result.type}`).join(' ')}`,
        () => store.settle(settlements),
        witness.look,
      ),
    openings: (channel, since) => store.openings(channel, since),
    spent: (channel, since) => store.spent(channel, since),
    claimJobs: (request) => call('jobs', () => store.claimJobs(request)),
    finishJob: (job, event) => call(`done ${job.id}`, () => store.finishJob(job, event)),
    lostJobs: (jobs) => store.lostJobs(jobs),
    postponeJob: (job, dueAt) => call(`again ${job.id}`, () => store.postponeJob(job, dueAt)),
    sweep: (at) => call('sweep', () => store.sweep(at), witness.look),
    place: (channel) => call(`place ${channel}`, () => store.place(channel)),
    keepPlace: (channel, place) => call(`keepPlace ${channel}`, () => store.keepPlace(channel, place)),
    channels: () => store.channels(),
    engineChanged: (change) => store.engineChanged(change),
    turnSwitch: (change, at) => store.turnSwitch(change, at),
    pauses: () => store.pauses(),
    delivery: (channel, from, to) => store.delivery(channel, from, to),
    register: (setup, at) => store.register(setup, at),
    journeyVersions: () => store.journeyVersions(),
    keepMedia: (media) => store.keepMedia(media),
  }
}

/** Engines and business systems as they are: slow, unsure, sometimes silent. */
const performersOf = (clock: Clock, random: Random, channel: Abilities): Performers => {
  const wait = (ms: number, signal: AbortSignal) =>
    new Promise<void>((done, fail) => {
      clock.after(ms, done)
      signal.addEventListener('abort', () => fail(signal.reason), { once: true })
    })
  return {
    think: async ({ question }, signal) => {
      const [slow, sure] = [random.below(4000), random.chance(0.7)]
      await wait(random.chance(0.05) ? 10_000_000 : slow, signal)
      const answer = { text: `Réponse : ${question.text}`, engine: 'faq', ai: slow % 2 === 0, citations: [] }
      return { answer: sure ? answer : null, attempts: [] }
    },
    call: async (_, signal) => {
      const [slow, ok] = [random.below(2000), random.chance(0.8)]
      await wait(slow, signal)
      return ok ? { ok, value: { id: 'VL204518', status: 'expédiée' } } : { ok, value: null }
    },
    keep: async () => ({ error: 'not simulated' }),
    mark: () => channel.markRead,
  }
}
