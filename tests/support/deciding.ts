/** One person and what decide makes of what happens to them: no store, no clock, the demo's workspace and the rulebook that is shipped. */
import { join } from 'node:path'
import { createHouse, openWorkspace } from '../../src/cli/house.ts'
import { countryOfAddress } from '../../src/core/country.ts'
import type { ChannelId, ContactId, ConversationId, EventId, MessageId, VendorId } from '../../src/core/ids.ts'
import type { ConsentState } from '../../src/core/situation.ts'
import type { Change, ChannelFacts, ContactFacts } from '../../src/core/store.ts'
import { decide } from '../../src/relay/decide/index.ts'
import type { Bodies, EventKind, Intent } from '../../src/relay/event.ts'
import type { House } from '../../src/relay/world.ts'
import { countedIds } from '../../src/store/contract/bench.ts'

export const DEMO = join(import.meta.dirname, '..', '..', 'workspaces', 'demo')
export const ENV = Object.fromEntries(
  [
    'WHATSAPP_TOKEN',
    'WHATSAPP_APP_SECRET',
    'WHATSAPP_VERIFY_TOKEN',
    'ENGINE_URL',
    'ORDERS_URL',
    'BOOKING_URL',
    'WHATSAPP_API_URL',
    'SMS_API_URL',
    'SMS_TOKEN',
  ].map((name) => [name, name.endsWith('_URL') ? 'http://127.0.0.1:1' : 'secret']),
)
Object.assign(ENV, { MAIL_SMTP_PORT: '1', MAIL_IMAP_PORT: '1', MAIL_PASSWORD: 'secret' })
ENV.SMS_ACCOUNT = `AC${'0'.repeat(32)}`
export const WHATSAPP = 'whatsapp' as ChannelId
/** A Friday in November, ten in the morning in Paris. */
export const TEN = Date.UTC(2026, 10, 20, 9)
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const PHONE = '+33612345678'

export type Person = {
  /** Decides on one event at an instant, and keeps what came of it. */
  happens<K extends EventKind>(kind: K, body: Bodies[K], at: number, channel?: ChannelId): Change
  /** Several events in one turn. */
  together(events: readonly { readonly kind: EventKind; readonly body: object }[], at: number, channel?: ChannelId): Change
  writes(text: string, at: number): Change
  /** An engine answers the question asked last. */
  answers(text: string, at: number): Change
  /** To marketing on the demo's number, unless it says to what else. */
  agrees(what?: string): void
  readonly owner: string
  readonly epoch: number
  quality: ChannelFacts['quality']
}

/** A channel of which nothing is told but `more`. */
export const healthy = (id: ChannelId, kind: ChannelFacts['kind'], more: Partial<ChannelFacts> = {}): ChannelFacts => ({
  id,
  kind,
  health: 'healthy',
  reason: null,
  quality: 'unknown',
  throughput: null,
  perDay: null,
  paused: false,
  templates: {},
  categories: {},
  ...more,
})

/** The demo as decide and dispatch see it. */
export const house = openWorkspace(DEMO, ENV).then((opened) => createHouse(opened, []))

/** `change`: what is otherwise than in the demo. `phone`: where they write from; without +, a user id. `others`: channels beside the demo's number. */
export const openPerson = async (
  change: (demo: House) => House = (demo) => demo,
  phone = PHONE,
  others: readonly ChannelFacts[] = [],
): Promise<Person> => {
  const world = change(await house)
  const address = { kind: phone.startsWith('+') ? 'whatsapp' : 'whatsapp_user', value: phone } as const
  const from = { addresses: [address], name: 'Nour' }
  const ids = countedIds()
  let count = 0
  let facts: ContactFacts = {
    contact: 'con_1' as ContactId,
    conversation: 'cnv_1' as ConversationId,
    name: null,
    country: countryOfAddress(address),
    language: null,
    addresses: from.addresses,
    consents: {},
    owner: 'journey',
    epoch: 0,
    waitingSince: null,
    state: null,
  }
  const person: Person = {
    happens: (kind, body, at, on) => person.together([{ kind, body }], at, on),
    together: (happened, at, on = WHATSAPP) => {
      const events = happened.map((event) => {
        count += 1
        return { ...event, id: `evt_${count}` as EventId, channel: on, at, received: at, tries: 0 }
      })
      // As the store would give it back.
      const change: Change = JSON.parse(
        JSON.stringify(
          decide(
            { ...facts, events, plans: [] },
            {
              ...world,
              at,
              ids,
              channels: new Map([healthy(WHATSAPP, 'whatsapp', { quality: person.quality }), ...others].map((one) => [one.id, one])),
            },
          ),
        ),
      )
      const consents: Record<string, ConsentState> = { ...facts.consents }
      for (const { channelKind, category, given } of change.consents) consents[`${channelKind}/${category}`] = given ? 'given' : 'revoked'
      const { owner, epoch, waitingSince, state } = change
      facts = { ...facts, owner, epoch, waitingSince, state, consents, name: change.name ?? facts.name }
      return change
    },
    writes: (text, at) =>
      person.happens('message', { kind: 'message', vendorId: `wamid.${at}` as VendorId, at, from, content: { type: 'text', text } }, at),
    answers: (text, at) => {
      const question = { channel: WHATSAPP, message: 'wamid' as VendorId, text: 'question' }
      const answer = { text, engine: 'main', ai: true, citations: [] }
      return person.happens('thought', { epoch: facts.epoch, question, visit: null, attempts: [], answer }, at)
    },
    agrees: (what = 'whatsapp/marketing') => {
      facts = { ...facts, consents: { ...facts.consents, [what]: 'given' } }
    },
    get owner() {
      return facts.owner
    },
    get epoch() {
      return facts.epoch
    },
    quality: 'green',
  }
  return person
}

/** What is to be sent, as dispatch would have it. */
export const intentOf = (change: Change): Intent => {
  const [row] = change.outbox
  if (!row) throw new Error('nothing is queued')
  return (row.body as { intent: Intent }).intent
}

/** The demo's one marketing template, as a business system sends it. */
export const OFFER: Intent = {
  message: 'msg_offer' as MessageId,
  channel: WHATSAPP,
  content: {
    type: 'template',
    name: 'early_booking_offer',
    language: 'fr',
    parameters: { 1: 'Nour', 2: 'Lisbonne', 3: '31 mars' },
    text: 'Lisbonne',
  },
  category: 'marketing',
  purpose: 'service',
  purposeAssumed: true,
  author: 'api:shop',
  ai: false,
  automatic: false,
  reply: false,
  replyTo: null,
  citations: null,
  disclosed: false,
  offersHuman: false,
  rounds: 0,
}

export const alertsOf = (change: Change): readonly unknown[] =>
  change.journal.filter((row) => row.kind === 'alert').map((row) => (row.data as { about: string }).about)
