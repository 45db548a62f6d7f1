/** A small business on one WhatsApp number: four journeys, two templates, the rulebook that Relais ships. */

import type { Template as VendorTemplate } from '../../simulators/whatsapp/index.ts'
import { createHouse } from '../../src/cli/house.ts'
import { readRules } from '../../src/cli/rules/own-rules.ts'
import { digestOf } from '../../src/core/digest.ts'
import type { ChannelId, EngineId } from '../../src/core/ids.ts'
import type { Journey, JourneyStart, Step } from '../../src/core/journey.ts'
import type { Purpose } from '../../src/core/situation.ts'
import type { Template, Workspace } from '../../src/core/workspace.ts'
import type { House } from '../../src/relay/index.ts'
import { SECOND } from './second.ts'

export const CHANNEL = 'whatsapp' as ChannelId

export const SECRETS = { accessToken: 'token', appSecret: 'secret', verifyToken: 'verify' }
export const NUMBER = {
  businessAccountId: '102290129340398',
  phoneNumberId: '106540352242922',
  number: '+33465711000',
}
const CONFIG = { ...NUMBER, ...SECRETS, apiUrl: 'https://graph.example', apiVersion: 'v26.0', throughput: 80 }

const HOUR = 3_600_000

const journey = (name: string, starts: readonly JourneyStart[], steps: readonly Step[]): Journey => ({
  name,
  starts,
  steps,
  version: digestOf({ name, steps }),
  file: `journeys/${name}.yaml`,
})

const both = (text: string) => ({ fr: text, en: text })

/** What somebody writes comes back, numbered: the order on the phone can be compared. */
const ECHO = journey('echo', [{ always: true }], [{ kind: 'say', say: both('Reçu : {{message.text}}') }])
const MENU = journey(
  'menu',
  [{ keyword: ['menu'] }],
  [
    {
      kind: 'choose',
      say: both('Que souhaitez-vous ?'),
      options: [
        { id: 'track', label: both('Suivi'), go: 'track' },
        { id: 'person', label: both('Un conseiller'), go: 'hand' },
        { id: 'done', label: both('Rien, merci'), go: 'end' },
      ],
      expires: 24 * HOUR,
    },
    { kind: 'ask', at: 'track', ask: 'order', say: both('Quel numéro ?'), accept: '^[A-Z]{2}\\d{6}$', expires: 24 * HOUR },
    { kind: 'call', call: 'order', method: 'GET', url: 'https://orders.example/{{answers.order}}', failed: { hand: 'agents' } },
    { kind: 'say', say: both('Commande {{order.id}} : {{order.status}}.'), go: 'end' },
    { kind: 'hand', hand: 'agents', at: 'hand' },
  ],
)
const REMINDER = journey(
  'reminder',
  [{ keyword: ['rappel'] }],
  [
    { kind: 'say', say: both('Je reviens vers vous dans deux heures.') },
    { kind: 'wait', wait: 2 * HOUR, unless: 'replied' },
    { kind: 'say', say: both('Toujours intéressé ?') },
    { kind: 'wait', wait: 30 * HOUR },
    { kind: 'say', say: both('Nous restons là.') },
  ],
)
const LONG = journey(
  'long',
  [{ keyword: ['long'] }],
  [
    { kind: 'say', say: both('Un.') },
    { kind: 'say', say: both('Deux.') },
    { kind: 'say', say: both(`Trois : ${'mot '.repeat(1200)}fin.`) },
  ],
)

const TEMPLATES: readonly Template[] = [
  {
    name: 'answer_ready',
    language: 'fr',
    category: 'utility',
    text: 'Nous avons une réponse à « {{1}} ».',
    parameters: ['1'],
    replaces: ['window-closed'],
    channel: null,
    file: 'templates/answer_ready.yaml',
  },
  {
    name: 'offer',
    language: 'fr',
    category: 'marketing',
    text: 'Une offre pour vous, {{1}}.',
    parameters: ['1'],
    replaces: [],
    channel: null,
    file: 'templates/offer.yaml',
  },
]

export const vendorTemplates = (): VendorTemplate[] =>
  TEMPLATES.map(({ name, language, category, text }) => ({
    name,
    language,
    category: category.toUpperCase() as VendorTemplate['category'],
    status: 'APPROVED',
    components: [{ type: 'BODY', text }],
  }))

const MINUTE = 60_000
const step = (channel: ChannelId, waitMs: number | null) => ({ channel, waitMs, success: 'delivered' as const, if: null })
const PLANS: Workspace['plans']['reach'] = {
  default: [step(CHANNEL, 20 * MINUTE), step(SECOND, null)],
  marketing: [step(CHANNEL, 30 * MINUTE), step(SECOND, null)],
  text: [step(SECOND, 10 * MINUTE), step(CHANNEL, null)],
}
const SECOND_SETUP = { id: SECOND, kind: 'sms', scope: 'service', throughput: 50, config: {} } as const

const workspaceOf = (engines: boolean, plans: boolean): Workspace => ({
  folder: '/simulated',
  name: 'Voyages Lumière',
  country: 'FR',
  locale: 'fr',
  timezone: 'Europe/Paris',
  sector: 'travel',
  channels: [{ id: CHANNEL, kind: 'whatsapp', scope: 'service', throughput: 80, config: CONFIG }, ...(plans ? [SECOND_SETUP] : [])],
  engines: [],
  plans: { think: engines ? { default: ['faq' as EngineId] } : {}, reach: plans ? PLANS : {} },
  assistant: {
    aiIs: 'incidental',
    since: '2024-05-01',
    disclosure: both('Je suis l’assistant IA de Voyages Lumière.'),
    name: both('assistant IA'),
  },
  unknown: { marketing: 'park', utility: plans ? 'resend' : 'park', authentication: 'park', service: 'resend' },
  budgets: {},
  webhooks: [],
  alerts: null,
  codes: { hour: 300, abroad: 50 },
  callHosts: ['orders.example'],
  hours: null,
  retention: {},
  journeys: [MENU, REMINDER, LONG, ECHO],
  templates: TEMPLATES,
  prompts: {},
  rules: [],
  knowledge: [],
  digest: digestOf({ engines, plans }),
})

/** What is asked here has no words of any business: all else is taken for its own. */
export const PURPOSES: Readonly<Record<string, Purpose>> = { 'écris un poème': 'general', merci: 'none', 'et alors ?': 'unsure' }

const rulebook = readRules()
/** Short texts, no templates, no window, no buttons. */
const withSecond = (known: House['capabilities']): House['capabilities'] => {
  const first = known.get(CHANNEL)
  if (!first) return known
  const none = { count: 0, label: 0, body: 0 }
  const second = {
    ...first,
    identities: ['sms'] as const,
    text: 1600,
    templates: false,
    windowHours: null,
    buttons: none,
    list: { ...first.list, rows: 0 },
  }
  return new Map([...known, [SECOND, { ...second, typing: false, standing: false, rates: { perSecond: 50, pair: null } }]])
}

const houses = new Map<string, House>()

/** `engines`: questions go to an engine; else everything is echoed. `plans`: there is a second channel, and messages go on there. */
export const houseOf = (engines: boolean, plans = false): House => {
  const key = `${engines} ${plans}`
  const known = houses.get(key)
  if (known) return known
  const made = createHouse({ workspace: workspaceOf(engines, plans), rulebook }, [])
  const house: House = {
    ...made,
    capabilities: withSecond(made.capabilities),
    purposeOf: (text) => PURPOSES[text] ?? 'service',
  }
  houses.set(key, house)
  return house
}
