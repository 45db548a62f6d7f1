/** The whole relay over the store's model, with virtual time: two workers, the WhatsApp connector and the imitation of the platform in one process. */
import { createWhatsAppSimulator, type User, type WhatsAppSimulator } from '../../simulators/whatsapp/index.ts'
import type { VendorId } from '../../src/core/ids.ts'
import { createShared, type Shared } from '../../src/store/memory/index.ts'
import { createRandom, type Random } from './chance.ts'
import { houseOf, NUMBER, SECRETS, vendorTemplates } from './house.ts'
import { createSecond, type Receipt, SECOND } from './second.ts'
import type { Story } from './story.ts'
import { createTimeline, type Timeline } from './timeline.ts'
import { createTrace } from './trace.ts'
import { createWitness } from './witness.ts'
import { createWorker, type Plant, type Worker, type World } from './worker.ts'

/** Monday 2026-11-23, 10 h in Paris. */
const START = Date.UTC(2026, 10, 23, 9)
const TRACE_KEPT = 8_000

export type Stage = {
  readonly world: World
  readonly timeline: Timeline
  readonly simulator: WhatsAppSimulator
  readonly workers: readonly Worker[]
  readonly users: readonly User[]
  readonly shared: Shared
  readonly random: Random
  owned: number
}

export const openStage = async (seed: number, story: Story, plant: Plant): Promise<Stage> => {
  const timeline = createTimeline(START)
  const shared = createShared()
  const witness = createWitness(shared)
  const [chance, random] = [createRandom(seed, 1), createRandom(seed, 2)]
  const workers: Worker[] = []
  const simulator = createWhatsAppSimulator({
    clock: timeline,
    random: chance.next,
    fetch: async (_, { body = '', headers }) => {
      timeline.busy += 1
      try {
        const living = workers.filter((worker) => worker.alive())
        if (!living.length) throw new TypeError('fetch failed')
        return await hangUp(random.pick(living), body, headers, timeline)
      } finally {
        timeline.busy -= 1
      }
    },
    ...SECRETS,
    businessAccountId: NUMBER.businessAccountId,
    phoneNumberId: NUMBER.phoneNumberId,
    displayNumber: NUMBER.number,
    webhookUrl: 'https://relais.example/webhooks/whatsapp',
    templates: vendorTemplates(),
    batch: random.chance(0.3) ? { max: 20, withinMs: 40 } : { max: 1, withinMs: 0 },
    marketingPerDay: 5,
  })
  // A call that nobody answers is held by nothing else: collected as garbage, it would never hear that it was broken off.
  const calls = new Set<Request>()
  const fetch = async (request: Request): Promise<Response> => {
    timeline.busy += 1
    calls.add(request)
    try {
      if (random.chance(0.5)) await new Promise<void>((done) => timeline.after(random.below(60), done))
      return await simulator.fetch(request)
    } finally {
      calls.delete(request)
      timeline.busy -= 1
    }
  }
  const told = async ({ target, attempt, status, at }: Receipt): Promise<boolean> => {
    const worker = workers.find((one) => one.alive())
    if (!worker) return false
    const receipt = { kind: 'receipt', vendorId: `${target}:${status}` as VendorId, at, status, target, attempt } as const
    await worker.relay().intake.submit(SECOND, [receipt])
    return true
  }
  let given = 0
  const second = story.plans
    ? createSecond(timeline, createRandom(seed, 7), told, () => (simulator.ledger.sends.at(-1)?.n ?? 0) + ++given / 1e6)
    : null
  const world: World = {
    second,
    timeline,
    shared,
    trace: createTrace(TRACE_KEPT),
    witness,
    house: houseOf(story.engines, story.plans),
    fetch,
    weather: { store: 0 },
    plant,
  }
  for (const [n, name] of ['a', 'b'].entries()) workers.push(createWorker(name, world, createRandom(seed, 10 + n)))
  for (const worker of workers) await worker.start()
  const users = Array.from({ length: story.people }, (_, n) =>
    simulator.user(n === 3 ? { userId: 'FR.1234567890', name: `Zoé ${n}` } : { phone: `+3361200000${n}`, name: `Zoé ${n}` }),
  )
  return { world, timeline, simulator, workers, users, shared, random, owned: 0 }
}

/** A process that dies while it answers resets the connection. */
const hangUp = async (worker: Worker, body: string, headers: Record<string, string>, timeline: Timeline): Promise<Response> => {
  const answer = worker.receive(body, headers)
  return new Promise<Response>((resolve, reject) => {
    const look = () => {
      if (!worker.alive()) reject(new TypeError('fetch failed'))
      else stop = timeline.after(50, look)
    }
    let stop = timeline.after(50, look)
    answer.then(resolve, reject).finally(() => stop())
  })
}
