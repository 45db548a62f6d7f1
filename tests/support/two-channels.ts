/** The real relay on a given PostgreSQL, with two channels whose providers answer in this process. */

import { systemClock } from '../../src/cli/clock.ts'
import { createHouse, openWorkspace } from '../../src/cli/house.ts'
import type { Address } from '../../src/core/address.ts'
import type { Capabilities } from '../../src/core/capability.ts'
import type { Abilities, OpenChannel, Outgoing } from '../../src/core/channel.ts'
import type { Inbound, ReceiptStatus } from '../../src/core/event.ts'
import {
  type AttemptId,
  type ChannelId,
  type ContactId,
  createIds,
  type EventId,
  type MessageId,
  type VendorId,
} from '../../src/core/ids.ts'
import { silentMetrics } from '../../src/core/metrics.ts'
import type { SendResult } from '../../src/core/outcome.ts'
import { silentLog } from '../../src/core/ports.ts'
import type { OwnArrival } from '../../src/core/store.ts'
import type { ReachStep } from '../../src/core/workspace.ts'
import { readCondition } from '../../src/policy/index.ts'
import { type House, type Relay, startRelay } from '../../src/relay/index.ts'
import type { Connection } from '../../src/store/connection.ts'
import { openStore } from '../../src/store/postgres/index.ts'
import { DEMO, ENV, WHATSAPP } from './deciding.ts'
import { SMS } from './reaching.ts'

export type Given = Outgoing & { readonly channel: ChannelId; readonly at: number; readonly vendorId: VendorId }
export type Two = {
  readonly relay: Relay
  /** What the providers were given, in order. */
  readonly given: readonly Given[]
  /** How a channel answers from now on; at first it accepts. */
  answers(channel: ChannelId, answer: (message: Outgoing) => Promise<SendResult>): void
  /** Customers who called once and agreed to be written to by SMS; `agreed` false: who did not. */
  people(count: number, agreed?: boolean): Promise<readonly ContactId[]>
  /** A business system writes to each. */
  notify(contacts: readonly ContactId[], text: string): Promise<readonly MessageId[]>
  writes(channel: ChannelId, person: number, text: string): Promise<void>
  receipt(given: Given, status: ReceiptStatus): Promise<void>
  /** Cuts, heals: durable when it resolves. */
  turns(channel: ChannelId, state: 'cut' | 'healthy'): Promise<void>
  stop(): Promise<void>
}

type Options = {
  readonly steps: readonly ReachStep[]
  readonly perSecond?: Partial<Record<'whatsapp' | 'sms', number>>
  readonly reconcileMs?: number
  readonly unknown?: 'park' | 'resend'
}

const houseOf = async ({ steps, perSecond = {}, unknown = 'park' }: Options): Promise<House> => {
  const demo = createHouse(await openWorkspace(DEMO, ENV), [])
  const table = demo.capabilities.get(WHATSAPP) as Capabilities
  const rates = (channel: 'whatsapp' | 'sms') => ({ perSecond: perSecond[channel] ?? 500, pair: null })
  return {
    ...demo,
    purposeOf: () => 'none',
    holds: (condition, situation) => readCondition(condition)(situation),
    capabilities: new Map([
      [WHATSAPP, { ...table, rates: rates('whatsapp') }],
      [SMS, { ...table, identities: ['sms'], templates: false, windowHours: null, rates: rates('sms') }],
    ]),
    workspace: {
      ...demo.workspace,
      channels: [
        ...demo.workspace.channels.filter(({ id }) => id === WHATSAPP).map((one) => ({ ...one, throughput: perSecond.whatsapp ?? 500 })),
        { id: SMS, kind: 'sms', scope: 'service', throughput: null, config: {} },
      ],
      plans: { think: {}, reach: { default: steps } },
      unknown: { marketing: unknown, utility: unknown, authentication: unknown, service: unknown },
      journeys: [],
    },
  }
}

const phone = (person: number): string => `+3361${String(person).padStart(7, '0')}`
const addressesOf = (person: number): readonly Address[] => [
  { kind: 'whatsapp', value: phone(person) },
  { kind: 'sms', value: phone(person) },
]

// Of all houses of a process: several may use one database, one after the other.
let count = 0
let people = 0

export const openTwo = async (connection: Connection, options: Options): Promise<Two> => {
  const house = await houseOf(options)
  const ids = createIds(systemClock.now, Math.random)
  const store = await openStore(connection, { worker: `two-${ids('evt')}`, ids, at: systemClock.now(), log: silentLog })
  await store.register(
    {
      channels: [WHATSAPP, SMS].map((id) => ({ id, kind: id })),
      rulebook: { digest: house.rulebook, content: {} },
      journeys: [],
    },
    systemClock.now(),
  )
  const given: Given[] = []
  const answers = new Map<ChannelId, (message: Outgoing) => Promise<SendResult>>()
  const open = (channel: ChannelId): OpenChannel & Abilities => ({
    receive: async () => ({ events: [], reply: new Response(null) }),
    send: async (message) => {
      const vendorId = `${channel}.${message.attempt}` as VendorId
      given.push({ ...message, channel, at: systemClock.now(), vendorId })
      const answer = answers.get(channel)
      return answer ? answer(message) : { type: 'accepted', vendorId }
    },
  })
  const relay = startRelay({
    store,
    house: () => house,
    channels: new Map([WHATSAPP, SMS].map((channel) => [channel, open(channel)])),
    performers: {
      think: () => new Promise(() => {}),
      call: () => new Promise(() => {}),
      keep: async () => ({ error: 'none' }),
      mark: () => undefined,
    },
    clock: systemClock,
    ids,
    random: Math.random,
    log: silentLog,
    metrics: silentMetrics,
    role: 'all',
    reconcileMs: options.reconcileMs,
  })
  const own = (contact: ContactId, kind: string, body: object): OwnArrival => {
    const at = systemClock.now()
    return { id: `evt_two_${++count}` as EventId, contact, channel: null, kind, at, dueAt: at, body }
  }
  const submit = (channel: ChannelId, events: readonly Inbound[]) => relay.intake.submit(channel, events)
  return {
    relay,
    given,
    answers: (channel, answer) => void answers.set(channel, answer),
    people: async (many, agreed = true) => {
      const at = systemClock.now()
      const numbers = Array.from({ length: many }, () => ++people)
      await submit(
        WHATSAPP,
        numbers.map((n) => ({ kind: 'call', vendorId: `call.${n}` as VendorId, at, from: { addresses: addressesOf(n) } })),
      )
      const rows = await connection.query<{ key: string; contact: ContactId }>(
        'select key, contact_id as contact from identity where key = any($1)',
        [numbers.map((n) => `sms:${phone(n)}`)],
      )
      const byKey = new Map(rows.map(({ key, contact }) => [key, contact]))
      const contacts = numbers.map((n) => byKey.get(`sms:${phone(n)}`) as ContactId)
      const consent = { channelKind: 'sms', category: 'service', given: true, words: 'Oui', proof: null, source: 'test' }
      if (agreed) await relay.intake.add(contacts.map((contact) => own(contact, 'consent', consent)))
      const kept = () => connection.query('select from consent where contact_id = any($1)', [contacts])
      while (agreed && (await kept()).length < contacts.length) await new Promise((done) => setTimeout(done, 10))
      return contacts
    },
    notify: async (contacts, text) => {
      const messages = contacts.map(() => ids('msg'))
      await relay.intake.add(
        contacts.map((contact, n) => {
          const intent = { message: messages[n], channel: null, content: { type: 'text', text }, category: 'utility' }
          return own(contact, 'api.send', { key: 'api:shop', purpose: 'service', intent })
        }),
      )
      return messages
    },
    writes: (channel, person, text) => {
      const from = { addresses: addressesOf(person).filter(({ kind }) => kind === channel) }
      const vendorId = `in.${++count}` as VendorId
      return submit(channel, [{ kind: 'message', vendorId, at: systemClock.now(), from, content: { type: 'text', text } }])
    },
    receipt: ({ channel, vendorId, attempt }, status) =>
      submit(channel, [
        {
          kind: 'receipt',
          vendorId: `${vendorId}:${status}` as VendorId,
          at: systemClock.now(),
          status,
          target: vendorId,
          attempt: attempt as AttemptId,
        },
      ]),
    turns: (channel, state) => {
      const at = systemClock.now()
      return relay.intake.add([], [{ id: ids('evt'), channel, at, change: { kind: 'health', state, reason: 'test' } }])
    },
    stop: async () => {
      await relay.stop()
      await store.leave()
    },
  }
}
