import { answerRequests, type Clock, type Handler } from '../wire.ts'
import { type Account, makeAccount } from './account.ts'
import { makePlatformAgent, type PlatformAgent } from './agent.ts'
import { type Faults, makeFaults } from './faults.ts'
import { answerGraph } from './graph.ts'
import { makeIds } from './ids.ts'
import { type Ledger, makeLedger } from './ledger.ts'
import { makeLimits } from './limits.ts'
import { type MediaStore, makeMediaStore } from './media.ts'
import { settle, type WhatsAppOptions } from './options.ts'
import { makePeople, type NewPerson } from './people.ts'
import { makeTemplateBook, type TemplateBook } from './templates.ts'
import { makeUser, type User } from './users.ts'
import { makeWebhooks, type Webhooks } from './webhooks.ts'
import { makeDate, type World } from './world.ts'

export interface WhatsAppSimulator extends Handler {
  /** The Graph API, in-process. */
  fetch(request: Request): Promise<Response>
  readonly ledger: Ledger
  readonly faults: Faults
  readonly account: Account
  readonly templates: TemplateBook
  readonly media: MediaStore
  readonly agent: PlatformAgent
  readonly webhooks: Pick<Webhooks, 'url' | 'subscribed' | 'fields' | 'waiting'>
  /** Messages per second the number is allowed, in and out. */
  throughput: number
  /** Origin that media addresses of webhooks carry: set it to the served address. */
  publicUrl: string
  /** The app's secret: another one is what resetting it in the dashboard does. */
  appSecret: string
  /** A new person with a phone. */
  user(person: NewPerson): User
  /** Somebody who exists, by number or user id. */
  findUser(to: string): User | undefined
  users(): readonly User[]
  /** GET handshake of the webhook. */
  verifyWebhook(): Promise<{ ok: boolean; status: number; body: string }>
  /** Sends any change as a signed webhook: for shapes nobody thought of. */
  tell(field: string, value: Record<string, unknown>): void
  /** Forgets people, threads, ledger, faults and everything waiting; settings and templates stay. */
  reset(): void
  /** Cancels every timer. */
  stop(): void
}

/** The WhatsApp Cloud API at the wire. No globals: time, chance and network are given. */
export function createWhatsAppSimulator(options: WhatsAppOptions): WhatsAppSimulator {
  const settings = settle(options)
  const clock = cancellable(options.clock)
  const { random } = options
  const ids = makeIds(random)
  const ledger = makeLedger()
  const faults = makeFaults(random)
  const limits = makeLimits(settings)
  const webhooks = makeWebhooks({ settings, clock, random, faults, ledger })
  const now = () => clock.now()
  const world: World = {
    settings,
    clock,
    random,
    ids,
    ledger,
    faults,
    limits,
    webhooks,
    account: makeAccount(settings, limits, webhooks, now),
    templates: makeTemplateBook(options.templates ?? [], ids, webhooks, now),
    media: makeMediaStore(ids, now),
    people: makePeople(ids, settings.displayNumber),
    date: makeDate(now),
  }
  const handle: Handler['handle'] = (call) => answerGraph(world, call)
  let told = 0
  return {
    handle,
    fetch: answerRequests({ handle }),
    ledger,
    faults,
    account: world.account,
    templates: world.templates,
    media: world.media,
    agent: makePlatformAgent(world),
    webhooks,
    get throughput() {
      return limits.throughput
    },
    set throughput(perSecond) {
      limits.throughput = perSecond
    },
    get publicUrl() {
      return settings.publicUrl
    },
    set publicUrl(url) {
      settings.publicUrl = url
    },
    get appSecret() {
      return settings.appSecret
    },
    set appSecret(secret) {
      settings.appSecret = secret
    },
    user: (person) => makeUser(world, world.people.add(person)),
    findUser(to) {
      const person = world.people.find(to)
      return person && makeUser(world, person)
    },
    users: () => [...world.people.all()].map((person) => makeUser(world, person)),
    verifyWebhook: () => webhooks.verify(),
    tell: (field, value) => webhooks.push({ field, part: field, items: [`${field}:told:${++told}`], value }),
    reset() {
      clock.cancelAll()
      ledger.reset()
      faults.clear()
      limits.reset()
      webhooks.reset()
      world.media.reset()
      world.people.reset()
    },
    stop() {
      clock.cancelAll()
      webhooks.reset()
    },
  }
}

/** The given clock, with all pending timers cancellable at once. */
function cancellable(clock: Clock): Clock & { cancelAll(): void } {
  const pending = new Set<() => void>()
  return {
    now: () => clock.now(),
    after(ms, run) {
      const cancel = clock.after(ms, () => {
        pending.delete(stop)
        run()
      })
      const stop = () => {
        pending.delete(stop)
        cancel()
      }
      pending.add(stop)
      return stop
    },
    cancelAll() {
      for (const stop of [...pending]) stop()
    },
  }
}
