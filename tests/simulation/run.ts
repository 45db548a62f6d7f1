/**
 * The whole relay over the store's model, with virtual time and seeded faults: two workers, the WhatsApp connector and the imitation of the
 * platform in one process. The same seed gives the same run, to the last line of its trace.
 */
import { createWhatsAppSimulator, type User, type WhatsAppSimulator } from '../../simulators/whatsapp/index.ts'
import { type Address, addressKey } from '../../src/core/address.ts'
import type { ContactId, EventId, MessageId, VendorId } from '../../src/core/ids.ts'
import type { OwnArrival } from '../../src/core/store.ts'
import type { Bodies } from '../../src/relay/event.ts'
import { createShared, type Shared } from '../../src/store/memory/index.ts'
import { createRandom, type Random } from './chance.ts'
import { CHANNEL, houseOf, NUMBER, SECRETS, vendorTemplates } from './house.ts'
import { judgeRun } from './oracles.ts'
import { createSecond, type Receipt, SECOND } from './second.ts'
import { type Act, type Story, storyOf } from './story.ts'
import { createTimeline, type Timeline } from './timeline.ts'
import { createTrace } from './trace.ts'
import { createWitness } from './witness.ts'
import { createWorker, type Plant, type Worker, type World } from './worker.ts'

export type Report = {
  readonly seed: number
  /** Empty where the run kept every promise. */
  readonly faults: readonly string[]
  readonly trace: string
  /** The end of the trace, to be read. */
  readonly lines: readonly string[]
  /** How often what happened: kinds of the journal, final statuses, and what the provider saw. */
  readonly counts: Readonly<Record<string, number>>
}

/** Monday 2026-11-23, 10 h in Paris. */
const START = Date.UTC(2026, 10, 23, 9)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const TRACE_KEPT = 8_000

type Stage = {
  readonly world: World
  readonly timeline: Timeline
  readonly simulator: WhatsAppSimulator
  readonly workers: readonly Worker[]
  readonly users: readonly User[]
  readonly shared: Shared
  readonly random: Random
  owned: number
}

const openStage = async (seed: number, story: Story, plant: Plant): Promise<Stage> => {
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

const contactOf = ({ shared }: Stage, user: User): ContactId | null => {
  const { phone, userId } = user.person
  const known = [...shared.identities.values()].find(
    ({ address }) => address.value === userId || (phone !== null && address.value.endsWith(phone)),
  )
  return known?.contact ?? null
}

/** An act of an agent or a business system, through a living worker. Refused where the store is away: then it never happened. */
const add = (stage: Stage, user: User, kind: string, body: object): void => {
  const contact = contactOf(stage, user)
  const worker = stage.workers.find((one) => one.alive())
  if (!contact || !worker) return
  const at = stage.timeline.now()
  const own: OwnArrival = { id: `evt_own_${++stage.owned}` as EventId, contact, channel: CHANNEL, kind, at, dueAt: at, body }
  worker
    .relay()
    .intake.add([own])
    .catch(() => {})
}

const text = (words: string) => ({ type: 'text', text: words }) as const

const playForPerson = (stage: Stage, user: User, act: Act): void => {
  switch (act.act) {
    case 'write':
      user.sendText(act.text)
      return
    case 'tap': {
      const line = user.received.findLast((one) => one.buttons?.length && one.from === 'business')
      const button = line?.buttons?.[stage.random.below(line.buttons.length)]
      if (line && button) user.tapButton(button.id, line.id)
      return
    }
    case 'read':
      user.read()
      return
    case 'offline':
      user.goOffline()
      return
    case 'online':
      user.goOnline()
      return
    case 'stop-offers':
      user.stopMarketing()
      return
    case 'resume-offers':
      user.resumeMarketing()
      return
    case 'edit':
    case 'revoke': {
      const own = user.thread.findLast((line) => line.from === 'customer' && line.type === 'text')
      if (own) act.act === 'edit' ? user.edit(own.id, 'numéro corrigé') : user.revoke(own.id)
      return
    }
    case 'new-number':
      user.changeNumber(`+336130000${String(stage.owned++ % 100).padStart(2, '0')}`)
      return
    case 'ad':
      user.sendFromAd(`numéro ${1000 + ++stage.owned}`)
      return
    case 'consent':
      add(stage, user, 'consent', {
        channelKind: 'whatsapp',
        category: 'marketing',
        given: true,
        words: 'oui',
        proof: null,
        source: 'form',
      } satisfies Bodies['consent'])
      return
    case 'agrees':
    case 'withdraws':
      agree(stage, user, act.act === 'agrees')
      return
    case 'text':
      textIn(stage, user, `numéro ${2000 + act.n}`)
      return
    case 'notice':
    case 'code':
      add(stage, user, 'api.send', {
        key: 'api:shop',
        purpose: 'service',
        intent: {
          message: `msg_${act.act}_${stage.owned + 1}` as MessageId,
          channel: null,
          content: text(`${act.act} ${act.n}`),
          category: act.act === 'notice' ? 'utility' : 'authentication',
          ...(act.act === 'code' ? { plan: 'text' } : {}),
        },
      } satisfies Bodies['api.send'])
      return
    case 'offer':
      add(stage, user, 'api.send', {
        key: 'api:crm',
        purpose: null,
        intent: {
          message: `msg_offer_${stage.owned + 1}` as MessageId,
          channel: CHANNEL,
          content: { type: 'template', name: 'offer', language: 'fr', parameters: { '1': 'Zoé' }, text: '' },
          category: 'marketing',
        },
      } satisfies Bodies['api.send'])
      return
    case 'agent':
      add(stage, user, 'action', agentAct(stage, act.does))
      return
    default:
      return
  }
}

const numberOf = (stage: Stage, user: User): Address => ({ kind: 'sms', value: `+3369900000${stage.users.indexOf(user)}` })

/** They give their number for SMS, or take it back. */
const agree = (stage: Stage, user: User, given: boolean): void => {
  const words = { words: 'oui', proof: null, source: 'form' }
  if (given) add(stage, user, 'address', { address: numberOf(stage, user), consent: { for: ['service', 'marketing'], ...words } })
  else for (const category of ['service', 'marketing']) add(stage, user, 'consent', { channelKind: 'sms', category, given, ...words })
}

/** They write by SMS. */
const textIn = (stage: Stage, user: User, words: string): void => {
  const worker = stage.workers.find((one) => one.alive())
  const address = numberOf(stage, user)
  // Who never gave the number would be somebody new.
  if (!worker || !stage.shared.identities.has(addressKey(address))) return
  const vendorId = `sms.in.${++stage.owned}` as VendorId
  const message = { kind: 'message', vendorId, at: stage.timeline.now(), from: { addresses: [address] }, content: text(words) } as const
  worker
    .relay()
    .intake.submit(SECOND, [message])
    .catch(() => {})
}

/** Somebody cuts or pauses a channel, or finds it well again. */
const turnChannel = (stage: Stage, act: 'cut' | 'heal' | 'pause' | 'resume', second: boolean): void => {
  const worker = stage.workers.find((one) => one.alive())
  if (!worker) return
  const at = stage.timeline.now()
  const id = `evt_turn_${++stage.owned}` as EventId
  const change =
    act === 'pause' || act === 'resume'
      ? ({ kind: 'paused', paused: act === 'pause', reason: 'by hand' } as const)
      : ({ kind: 'health', state: act === 'cut' ? 'cut' : 'healthy', reason: 'drill' } as const)
  worker
    .relay()
    .intake.add([], [{ id, channel: second ? SECOND : CHANNEL, at, change }])
    .catch(() => {})
}

const agentAct = (stage: Stage, does: 'take' | 'reply' | 'give-back' | 'close'): Bodies['action'] => {
  const agent = 'agent:lea'
  if (does === 'reply') {
    const message = `msg_reply_${stage.owned + 1}` as MessageId
    return { action: 'reply', agent, intent: { message, channel: CHANNEL, content: text('Bonjour, ici Léa.'), category: 'service' } }
  }
  return does === 'close' ? { action: 'close', agent, reason: 'done' } : { action: does, agent }
}

const play = async (stage: Stage, act: Act): Promise<void> => {
  const { simulator, workers, users, world, timeline } = stage
  world.trace.add(timeline.now(), 'act', JSON.stringify(act))
  if ('who' in act) {
    const user = users[act.who % users.length]
    if (user) playForPerson(stage, user, act)
    return
  }
  switch (act.act) {
    case 'kill': {
      const worker = workers[act.worker]
      if (!worker?.alive()) return
      worker.kill()
      timeline.after(500 + stage.random.below(20_000), () => void worker.start())
      return
    }
    case 'lose-session':
      if (workers[act.worker]?.alive()) workers[act.worker]?.loseSession()
      return
    case 'ban':
      simulator.account.ban()
      return
    case 'reinstate':
      simulator.account.reinstate()
      return
    case 'red':
      simulator.account.setQuality('RED')
      return
    case 'green':
      simulator.account.setQuality('GREEN')
      return
    case 'upgrade':
      simulator.account.upgradeThroughput()
      return
    case 'fault':
      simulator.faults.chance(act.kind, act.probability, act.kind === 'fails-later' ? { code: act.code } : {})
      return
    case 'calm':
      simulator.faults.clear()
      return
    case 'weather':
      world.weather.store = act.store
      return
    case 'leap':
      await timeline.leap(act.ms, 12)
      return
    case 'mood':
      if (world.second) world.second.mood = act.mood
      return
    case 'cut':
    case 'heal':
    case 'pause':
    case 'resume':
      turnChannel(stage, act.act, act.second)
      return
  }
}

/** All is well again, and nothing new happens: until everything is at rest, or it is clear that it never will be. */
const comeToRest = async (stage: Stage): Promise<void> => {
  const { simulator, workers, users, world, timeline, shared } = stage
  world.weather.store = 0
  simulator.faults.clear()
  // The platform tells whole seconds: of a ban and its end within one nobody knows which was first.
  await timeline.advance(2_500)
  simulator.account.reinstate()
  simulator.account.setQuality('GREEN')
  for (const user of users) user.goOnline()
  for (const worker of workers) if (!worker.alive()) await worker.start()
  if (world.second) {
    world.second.mood = 'well'
    for (const second of [false, true]) turnChannel(stage, 'resume', second)
  }
  for (let rounds = 0; rounds < 12; rounds++) {
    await timeline.advance(4_000)
    await timeline.leap(rounds < 6 ? 10 * MINUTE : 8 * HOUR, 10)
    const now = timeline.now()
    const waits = [...shared.pending.values()].some(
      (row) => row.kind.startsWith('send.') || row.kind.startsWith('reach.') || row.dueAt <= now,
    )
    if (!waits && !shared.outbox.size && !shared.jobs.size && !simulator.webhooks.waiting()) break
  }
  await timeline.advance(3_000)
}

const honest: Plant = (store) => store

export const runStory = async (seed: number, story: Story, plant: Plant = honest): Promise<Report> => {
  const stage = await openStage(seed, story, plant)
  const { timeline, simulator, shared, world } = stage
  await timeline.advance(100)
  for (const { after, what } of story.steps) {
    await timeline.advance(after)
    await play(stage, what)
  }
  await comeToRest(stage)
  for (const worker of stage.workers) worker.kill()
  simulator.stop()
  const { ledger } = simulator
  for (const send of ledger.sends)
    world.trace.add(send.at, 'ledger', send.attempt, send.to, send.type, send.status, send.wamid, send.shownAt)
  for (const { id, status, contact } of shared.messages.values()) world.trace.add(0, 'message', id, contact, status)
  for (const { id, health, reason, quality } of shared.channels.values()) world.trace.add(0, 'channel', id, health, reason, quality)
  for (const hook of ledger.webhooks) world.trace.add(hook.at, 'webhook', hook.field, hook.items.join(','), hook.signature, hook.answer)
  return {
    seed,
    faults: judgeRun(
      {
        simulator,
        shared,
        witness: world.witness,
        judge: houseOf(story.engines, story.plans).judge,
        inLine: !story.engines,
        second: world.second,
      },
      timeline.now(),
    ),
    trace: world.trace.digest(),
    lines: world.trace.lines(),
    counts: countsOf(stage),
  }
}

const countsOf = ({ shared, simulator: { ledger } }: Stage): Record<string, number> => {
  const counts: Record<string, number> = { sends: ledger.sends.length, shown: ledger.shown().length }
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1
  }
  for (const { kind, data } of shared.events) count(kind === 'message.moved' && data && 'why' in data ? `moved: ${data.why}` : kind)
  for (const { status, duplicateRisk, content, lateAt } of shared.messages.values()) {
    count(`is ${status}`)
    if (duplicateRisk) count('flagged')
    if (lateAt !== null) count('late')
    if (content.type === 'template') count(`${content.name} ${status}`)
  }
  for (const { intent } of shared.decisions.values()) if ('insteadOf' in intent) count('turned away')
  for (const { fault } of ledger.sends) if (fault) count(`met ${fault}`)
  return counts
}

export const runSeed = (seed: number, plant?: Plant): Promise<Report> => runStory(seed, storyOf(seed), plant)

/** The shortest story found that fails in the same way: parts are left out as long as it does. */
export const shrink = async (seed: number, kind: string, tries = 200): Promise<Story> => {
  let story = storyOf(seed)
  let left = tries
  for (let size = story.steps.length >> 1; size >= 1 && left > 0; size = size > 1 ? size >> 1 : 0)
    for (let from = 0; from < story.steps.length && left > 0; ) {
      left -= 1
      const shorter = { ...story, steps: story.steps.toSpliced(from, size) }
      const { faults } = await runStory(seed, shorter)
      if (faults.some((fault) => kindOf(fault) === kind)) story = shorter
      else from += size
    }
  return story
}

export const kindOf = (fault: string): string => fault.split(':')[0] ?? ''
