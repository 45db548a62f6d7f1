/** Whatever was decided is decided again by the rules of its day, read back from the table that keeps them; through any change of rules. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHouse, openWorkspace } from '../../src/cli/house.ts'
import type { OUTCOMES } from '../../src/core/decision.ts'
import type { Digest, MessageId } from '../../src/core/ids.ts'
import { silentLog } from '../../src/core/ports.ts'
import type { Change } from '../../src/core/store.ts'
import { judge, type Rulebook, rulebookOf, withWorkspaceRules } from '../../src/policy/index.ts'
import type { House } from '../../src/relay/world.ts'
import { type Connection, connect } from '../../src/store/connection.ts'
import { countedIds } from '../../src/store/contract/bench.ts'
import { openStore } from '../../src/store/postgres/index.ts'
import { DEMO, ENV, HOUR, OFFER, openPerson, TEN, WHATSAPP } from '../support/deciding.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'

const RULINGS = [
  'allow: {}',
  'amend: { human: true }',
  'amend: { template: window-closed }',
  'postpone: { for: 900 }',
  'postpone: { until: "09:30" }',
  'reroute: {}',
  'hold: {}',
  'refuse: {}',
]
const CONDITIONS = [
  'message.automatic',
  'message.ai',
  'message.category == "marketing"',
  'message.template != ""',
  'window.service == "closed"',
  'contact.country == "FR" && message.reply',
  'local.hour >= 12',
  'message.offersHuman',
]
const OVERRIDE = 'override: { reason: a, by: a, until: 2026-12-31 }'
const ruleText = (name: string, when: string, place: string, ruling: string, rest = '') =>
  `rule: ${name}\nby: business\nabout: { fr: a, en: a }\nwhen: '${when}'\n${rest}\nsays: [{ place: ${place}, from: 2025-01-01, ruling: { ${ruling} } }]\nremedy: { fr: a, en: a }\n`

/** A rule of the business, or one that makes a rule of the rulebook laxer. */
const ownRule = fc.record({
  laxes: fc.option(fc.constantFrom('whatsapp/window', 'eu/ai-disclosure', 'whatsapp/opt-in'), { freq: 2 }),
  when: fc.constantFrom(...CONDITIONS),
  place: fc.constantFrom('world', 'EEA', 'FR', 'IN'),
  ruling: fc.constantFrom(...RULINGS),
})
const ownRules = fc.array(ownRule, { maxLength: 3 })

const UPDATE = { channel: WHATSAPP, content: { type: 'text', text: 'Votre dossier est prêt.' }, category: 'service' } as const

/** The same demo, judged by rules that may be taken anew between two events. */
const BOOKS = 12
let database: FreshDatabase
let connection: Connection
const houses: House[] = []
/** By digest, made of what the table holds. */
const stored = new Map<Digest, Rulebook>()

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect({ config: { connectionString: database.connectionString } })
  const ids = countedIds()
  const store = await openStore(connection, { worker: 'w', ids, at: 0, log: silentLog })
  const { workspace, rulebook: shipped } = await openWorkspace(DEMO, ENV)
  for (const [n, rules] of fc.sample(ownRules, BOOKS).entries()) {
    const sure = { laxes: null, when: 'message.category == "marketing"', place: 'world', ruling: RULINGS[n % RULINGS.length] ?? '' }
    const files = [sure, ...rules].map(({ laxes, when, place, ruling }, m) => ({
      path: `rules/own-${m}.yaml`,
      source: laxes ? ruleText(laxes, when, place, ruling, OVERRIDE) : ruleText(`own/r${m}`, when, place, ruling),
    }))
    const rulebook = withWorkspaceRules(shipped, files)
    await store.register({ channels: [], journeys: [], rulebook: { digest: rulebook.digest, content: JSON.parse(rulebook.content) } }, n)
    // Half of them without a template that could speak for a reply.
    houses.push(createHouse({ workspace: n % 2 ? workspace : { ...workspace, templates: [] }, rulebook }, []))
  }
  for (const { digest, content } of await connection.query<{ digest: Digest; content: object }>('select digest, content from rulebook'))
    stored.set(digest, rulebookOf(JSON.stringify(content)))
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

const step = fc.record({
  what: fc.constantFrom('writes', 'answers', 'offers', 'updates'),
  text: fc.constantFrom(
    'bonjour',
    'menu',
    'écris un poème sur la mer',
    'je veux parler à un conseiller',
    'combien coûte une annulation ?',
    'VL204518',
  ),
  rules: fc.nat(BOOKS - 1),
  hours: fc.constantFrom(0, 1, 5, 12, 30),
})

it('gives the recorded decision', async () => {
  const seen = new Map<string, number>()
  const check = ({ decisions }: Change) => {
    for (const { outcome, amend, until, rulings, price, situation, rulebook, at } of decisions) {
      const rules = stored.get(rulebook)
      expect(rules?.digest).toBe(rulebook)
      if (!rules) continue
      const again = JSON.parse(JSON.stringify(judge(rules, situation, at)))
      expect(again).toEqual({ outcome, amend, until, rulings, price })
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
    }
  }
  const phones = fc.constantFrom('+33612345678', '+919810012345', '+447400123456', '+390612345')
  await fc.assert(
    fc.asyncProperty(phones, fc.array(step, { minLength: 1, maxLength: 12 }), async (phone, steps) => {
      let now = houses[0] as House
      const person = await openPerson(
        (demo) => ({
          ...demo,
          get workspace() {
            return now.workspace
          },
          get rulebook() {
            return now.rulebook
          },
          get judge() {
            return now.judge
          },
        }),
        phone,
      )
      person.agrees()
      let at = TEN
      check(person.writes('bonjour', at))
      for (const { what, text, rules, hours } of steps) {
        now = houses[rules] as House
        at += hours * HOUR + 1
        if (what === 'writes') check(person.writes(text, at))
        else if (what === 'answers') check(person.answers(text, at))
        else if (what === 'offers') check(person.happens('send.due', { intent: OFFER, epoch: person.epoch }, at))
        else check(person.happens('api.send', { key: 'crm', intent: { ...UPDATE, message: `msg_${at}` as MessageId }, purpose: null }, at))
      }
    }),
    { numRuns: 150 },
  )
  // All that can be decided was.
  const outcomes: readonly (typeof OUTCOMES)[number][] = ['allow', 'amend', 'postpone', 'reroute', 'hold', 'refuse']
  expect([...seen.keys()].sort()).toEqual(outcomes.toSorted())
})
