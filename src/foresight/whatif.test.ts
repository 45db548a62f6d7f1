import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { makeRandom } from '../../simulators/random.ts'
import { readRulebookFiles } from '../cli/rules/rulebook-files.ts'
import { sha256 } from '../core/digest.ts'
import { asId, type ChannelId, type ContactId, type MessageId } from '../core/ids.ts'
import { MARK_DIGITS, type Marks, type RecordedMessage, type Ways } from '../core/recorded.ts'
import { SITUATION_GROUPS, type Situation } from '../core/situation.ts'
import { judge, loadRulebook, type PartialSituation, situationOf } from '../policy/index.ts'
import { type Change, changeRulebook, type Declaration, NO_CHANGE, priceFileOf } from './change.ts'
import { readQuestions } from './question.ts'
import { askWhatIf, type Traffic } from './whatif.ts'

const DAY_MS = 86_400_000
const NOON = Date.UTC(2026, 10, 22, 11)
const RULEBOOK = loadRulebook(readRulebookFiles())
const QUESTIONS = readQuestions(parse(readFileSync(join(import.meta.dirname, 'questions.yaml'), 'utf8')), '2026-11-22')

type Judged = RecordedMessage & { readonly content: Situation }

const COUNTRIES = ['FR', 'IT', 'DE', 'BR', 'TR', 'US', 'IN', 'GB', ''] as const
/**
 * Messages of every sort on ten days of eleven months, three to a customer: what changed this year lies between them. Most are like one of
 * forty, or differ from it in one fact: whoever takes two for alike that are not counts wrongly.
 */
const makeTraffic = (count: number, seed: number): Judged[] => {
  const random = makeRandom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const draw = (): Readonly<Record<string, Readonly<Record<string, unknown>>>> => {
    const category = pick(['service', 'service', 'utility', 'marketing', 'authentication'])
    const open = random() < 0.7
    const country = pick(COUNTRIES)
    return {
      channel: {
        kind: pick(['whatsapp', 'whatsapp', 'whatsapp', 'sms', 'email']),
        id: pick(['one', 'two']),
        scope: pick(['service', 'general']),
      },
      message: {
        category,
        template: category === 'service' ? '' : pick(['offer', 'reminder']),
        ai: random() < 0.5,
        firstAiTurn: random() < 0.3,
        disclosed: random() < 0.5,
        offersHuman: random() < 0.8,
        automatic: random() < 0.8,
        reply: random() < 0.6,
        purpose: pick(['service', 'general', 'none', 'unsure']),
        templateState: pick(['approved', 'approved', 'paused', 'rejected']),
      },
      account: { aiIs: pick(['incidental', 'primary']), aiSince: pick(['', '2025-11-01']), country: 'FR' },
      contact: { country, numberCountry: country, marketing: pick(['given', 'none', 'revoked']), unanswered: Math.floor(random() * 5) },
      window: {
        service: open ? 'open' : 'closed',
        secondsLeft: open ? 3600 * Math.floor(random() * 24) : 0,
        freeEntry: random() < 0.1 ? 'open' : 'closed',
      },
      limits: { pairWait: random() < 0.05 ? 6 : 0 },
      local: { hour: Math.floor(random() * 24), minute: pick([0, 15, 30, 45]), weekday: 1 + Math.floor(random() * 7) },
    }
  }
  const sorts = Array.from({ length: 40 }, draw)
  const vary = (given: ReturnType<typeof draw>): ReturnType<typeof draw> => {
    const other = draw()
    const group = pick(Object.keys(given))
    const field = pick(Object.keys(given[group] ?? {}))
    return { ...given, [group]: { ...given[group], [field]: other[group]?.[field] } }
  }
  const days = Array.from({ length: 10 }, () => NOON - Math.floor(random() * 330) * DAY_MS)
  return Array.from({ length: count }, (_, n) => {
    const sort = pick(sorts)
    const content = situationOf((random() < 0.5 ? vary(sort) : sort) as PartialSituation)
    return {
      contact: asId<ContactId>(`con_${Math.floor(n / 3)}`),
      message: asId<MessageId>(`msg_${n}`),
      at: pick(days),
      author: pick(['journey:menu', 'engine:main', 'agent:claire']),
      marks: marksOf(content),
      content,
    }
  })
}

const marksOf = (content: Situation): Marks =>
  SITUATION_GROUPS.map((group) => sha256(JSON.stringify(content[group])).slice(0, MARK_DIGITS)).join('')

const trafficOf = (rows: readonly Judged[], ways: readonly Ways[] = [], batch = 700): Traffic => {
  const byMessage = new Map(rows.map((row) => [row.message, row]))
  return {
    traffic: async (_, take) => {
      for (let n = 0; n < rows.length; n += batch) await take(rows.slice(n, n + batch))
    },
    situations: async (messages) => messages.flatMap((message) => byMessage.get(message) ?? []),
    ways: async (contacts) => ways.filter(({ contact }) => contacts.includes(contact)),
    seconds: async () => {},
  }
}

const RANGE = { since: 0, until: NOON }
const CHANNELS = ['one', 'two'].map((id) => ({ id, kind: 'whatsapp', identities: ['whatsapp', 'whatsapp_user'], gone: false }))
const ask = (rows: readonly Judged[], change: Change, assume: Declaration = {}, ways: readonly Ways[] = []) =>
  askWhatIf(trafficOf(rows, ways), {
    before: RULEBOOK,
    after: changeRulebook(RULEBOOK, change, parse),
    change,
    assume,
    range: RANGE,
    channels: CHANNELS,
  })

const declared = (situation: Situation, { aiIs, aiSince }: Declaration): Situation => ({
  ...situation,
  account: { ...situation.account, ...(aiIs ? { aiIs } : {}), ...(aiSince ? { aiSince } : {}) },
})
const leaves = (outcome: string): boolean => ['allow', 'amend', 'postpone'].includes(outcome)

/** Every message judged on its own, on both sides, and counted without any of the room's means. */
const bruteForce = (rows: readonly Judged[], change: Change, assume: Declaration) => {
  const after = changeRulebook(RULEBOOK, change, parse)
  const effects = { refused: 0, rerouted: 0, held: 0, postponed: 0, changed: 0, freed: 0 }
  const contacts = new Set<string>()
  const countries = new Map<string, number>()
  let touched = 0
  for (const { content, at, contact } of rows) {
    const situation = declared(content, assume)
    const was = judge(RULEBOOK, situation, at)
    const found = judge(after, declared(situation, change.declares), change.at ?? at)
    const gone = change.without === situation.channel.kind || change.without === situation.channel.id
    const would = gone && leaves(found.outcome) ? { ...found, outcome: 'reroute' as const, amend: {} } : found
    const other =
      was.outcome !== would.outcome ||
      JSON.stringify(Object.entries(was.amend).sort()) !== JSON.stringify(Object.entries(would.amend).sort())
    const both = leaves(was.outcome) && leaves(would.outcome)
    const [a, b] = [was.price, would.price]
    const dearer = both && (a.amount !== b.amount || (a.amount !== 0 && a.currency !== b.currency))
    if (!other && !dearer) continue
    touched += 1
    contacts.add(contact)
    countries.set(situation.contact.country, (countries.get(situation.contact.country) ?? 0) + 1)
    if (!other) continue
    if (!leaves(was.outcome) && leaves(would.outcome)) effects.freed += 1
    else if (would.outcome === 'refuse') effects.refused += 1
    else if (would.outcome === 'reroute') effects.rerouted += 1
    else if (would.outcome === 'hold') effects.held += 1
    else if (would.outcome === 'postpone') effects.postponed += 1
    else effects.changed += 1
  }
  return { effects, touched, conversations: contacts.size, countries }
}

describe('counts equal a brute-force judging of 10,000 situations', () => {
  const rows = makeTraffic(10_000, 7)
  const changes: readonly (readonly [string, Change, Declaration])[] = [
    ...QUESTIONS.map(({ question, change, assume }) => [question, change, assume] as const),
    ['another declaration', { ...NO_CHANGE, declares: { aiIs: 'primary' } }, {}],
    ['a day of last year', { ...NO_CHANGE, at: Date.UTC(2025, 11, 1, 12) }, {}],
    ['a day to come', { ...NO_CHANGE, at: Date.UTC(2029, 7, 1, 12) }, { aiIs: 'primary' }],
    [
      'another price',
      {
        ...NO_CHANGE,
        files: [priceFileOf('asked', [{ what: 'utility', place: 'FR', amount: 0.05, currency: 'EUR' }], ['whatsapp'], '2026-11-22')],
      },
      {},
    ],
  ]
  it.each(changes)('%s', async (_, change, assume) => {
    const found = await ask(rows, change, assume)
    const { effects, touched, conversations, countries } = bruteForce(rows, change, assume)
    const { refused, rerouted, held, postponed, changed, freed } = found.effects
    expect({ refused, rerouted, held, postponed, changed, freed }).toEqual(effects)
    expect(found.touched).toEqual({ messages: touched, conversations })
    expect(new Map(found.countries.filter((one) => one.touched > 0).map((one) => [one.name, one.touched]))).toEqual(countries)
    expect(found.messages).toBe(10_000)
    if (change.throughput === null) expect(touched).toBeGreaterThan(0)
    expect(found.judged).toBeLessThan(8_000)
  })
})

/** Plain answers to customers of France in November: each costs 0.0248 EUR, the first 1,000 a month are free. */
const plainTraffic = (count: number, given: PartialSituation = {}): Judged[] =>
  Array.from({ length: count }, (_, n) => {
    const content = situationOf({ ...given, channel: { kind: 'whatsapp', id: 'one', ...given.channel } })
    return {
      contact: asId<ContactId>(`con_${n}`),
      message: asId<MessageId>(`msg_${given.contact?.country ?? ''}${n}`),
      at: NOON,
      author: 'engine:main',
      marks: marksOf(content),
      content,
    }
  })
const question = (name: string) => {
  const found = QUESTIONS.find((one) => one.question === name)
  if (!found) throw new Error(name)
  return found
}

it('marks name every group of a situation', () => {
  expect([...SITUATION_GROUPS].sort()).toEqual(Object.keys(situationOf({})).sort())
})

it('judges once what no rule can tell apart', async () => {
  const minutes = [0, 15, 30, 45].flatMap((minute) => plainTraffic(1, { local: { minute, date: `2026-11-${10 + minute / 15}` } }))
  const found = await ask(
    minutes.map((row, n) => ({ ...row, message: asId<MessageId>(`msg_${n}`), contact: asId<ContactId>(`con_${n}`) })),
    question('whatsapp-closes').change,
  )
  expect(found).toMatchObject({ messages: 4, judged: 1, touched: { messages: 4, conversations: 4 } })
})

it('shows ten conversations, of every kind first', async () => {
  const busy = makeTraffic(600, 3).map((row, n) => ({ ...row, contact: asId<ContactId>(`con_${Math.floor(n / 30)}`) }))
  const { examples } = await ask(busy, question('whatsapp-closes').change)
  expect(examples).toHaveLength(10)
  expect(new Set(examples.map(({ contact }) => contact)).size).toBe(10)
  expect(new Set(examples.map(({ country, journey, template }) => `${country} ${template || journey}`)).size).toBeGreaterThan(5)
})

describe('money', () => {
  it('leaves out the free messages of a month, and adds up whole millionths', async () => {
    const { cost } = await ask(plainTraffic(1_500), question('service-free').change)
    expect(cost).toMatchObject({ totals: [{ currency: 'EUR', before: 12.4, after: 0, difference: -12.4 }], unknown: 0 })
  })

  it('says how many messages have an unknown price, and counts them nowhere', async () => {
    const { cost } = await ask(plainTraffic(1_200, { contact: { country: 'IT', numberCountry: 'IT' } }), question('ai-fee-returns').change)
    expect(cost.totals).toEqual([])
    expect(cost.unknown).toBe(1_200)
  })

  it('does not add up two currencies', async () => {
    const rows = [...plainTraffic(1_100), ...plainTraffic(900, { contact: { country: 'BR', numberCountry: 'BR' } })]
    const { cost } = await ask(rows, question('whatsapp-closes').change)
    expect(cost.totals.map(({ currency }) => currency)).toEqual(['AED', 'EUR'])
    expect(cost.elsewhere).toBe(2_000)
  })
})

describe('customers', () => {
  const rows = plainTraffic(5)
  const way = (n: number, kinds: readonly string[], marketing: readonly string[] = []): Ways => ({
    contact: asId<ContactId>(`con_${n}`),
    kinds,
    marketing,
  })
  const ways = [
    way(0, ['whatsapp']),
    way(1, ['whatsapp', 'email']),
    way(2, ['whatsapp_user']),
    way(3, ['whatsapp', 'sms']),
    way(4, ['whatsapp_user', 'email']),
  ]
  const close = (traffic: readonly Judged[], more: readonly { id: string; kind: string; identities: string[] }[], people = ways) =>
    askWhatIf(trafficOf(traffic, people), {
      before: RULEBOOK,
      after: RULEBOOK,
      change: question('whatsapp-closes').change,
      assume: {},
      range: RANGE,
      channels: [
        { ...CHANNELS[0], id: 'one', kind: 'whatsapp', identities: ['whatsapp', 'whatsapp_user'], gone: true },
        ...more.map((one) => ({ ...one, gone: false })),
      ],
    })

  it('who could no longer be reached, and by what they could, were there a channel', async () => {
    expect((await close(rows, [])).customers).toEqual({
      lost: 5,
      stillBy: [],
      unreachable: 5,
      couldBy: [
        { kind: 'sms', customers: 3 },
        { kind: 'email', customers: 2 },
      ],
      nothing: 1,
      withoutConsent: 0,
      contacts: [
        { contact: 'con_0', still: [], could: ['sms'] },
        { contact: 'con_1', still: [], could: ['email', 'sms'] },
        { contact: 'con_2', still: [], could: [] },
        { contact: 'con_3', still: [], could: ['sms'] },
        { contact: 'con_4', still: [], could: ['email'] },
      ],
    })
  })

  it('a second channel reaches those whose address it can write to', async () => {
    const { customers, actions } = await close(rows, [{ id: 'mail', kind: 'email', identities: ['email'] }])
    expect(actions.map(({ id }) => id)).toEqual(['connect-channel', 'plan-channel', 'collect-address'])
    expect(customers).toMatchObject({ lost: 5, stillBy: [{ channel: 'mail', customers: 2 }], unreachable: 3, nothing: 1 })
    expect(customers.contacts.filter(({ still }) => still.length > 0).map(({ contact }) => contact)).toEqual(['con_1', 'con_4'])
  })

  it('a number is a number for any channel of numbers', async () => {
    const { customers } = await close(rows, [{ id: 'text', kind: 'sms', identities: ['sms'] }])
    expect(customers).toMatchObject({
      stillBy: [{ channel: 'text', customers: 3 }],
      unreachable: 2,
      couldBy: [{ kind: 'email', customers: 1 }],
    })
  })

  it('marketing needs their consent there too', async () => {
    const offers = plainTraffic(5, {
      message: { category: 'marketing', template: 'offer', reply: false },
      contact: { country: 'FR', numberCountry: 'FR', marketing: 'given' },
      local: { hour: 12 },
    })
    const people = [way(0, ['whatsapp', 'email'], ['email']), ...ways.slice(1)]
    const { customers } = await close(offers, [{ id: 'mail', kind: 'email', identities: ['email'] }], people)
    expect(customers).toMatchObject({ lost: 5, stillBy: [{ channel: 'mail', customers: 1 }], unreachable: 4, withoutConsent: 2 })
  })

  it('nobody is lost whom anything still reaches here', async () => {
    const both = [...plainTraffic(1, { message: { ai: true } }), ...plainTraffic(1)].map((row, n) => ({
      ...row,
      contact: asId<ContactId>('con_0'),
      message: asId<MessageId>(`msg_${n}`),
    }))
    const { customers, effects } = await ask(both, { ...NO_CHANGE, declares: { aiIs: 'primary' }, at: Date.UTC(2026, 1, 1, 12) })
    expect(effects.rerouted).toBe(1)
    expect(customers.lost).toBe(0)
  })
})

describe('things to do', () => {
  const idsOf = async (rows: readonly Judged[], name: string) => (await ask(rows, question(name).change)).actions.map(({ id }) => id)

  it('are three where messages are touched, each from the figures', async () => {
    expect(await idsOf(plainTraffic(1_500), 'service-free')).toEqual(['set-budgets', 'start-with', 'read-examples'])
    const unknown = plainTraffic(1_500, { contact: { country: 'IT', numberCountry: 'IT' } })
    expect(await idsOf([...plainTraffic(1_500), ...unknown], 'service-free')).toEqual(['set-budgets', 'name-price', 'start-with'])
  })

  it('are none where nothing is touched, and that is said once', async () => {
    expect(await idsOf(plainTraffic(5), 'throughput-80')).toEqual(['nothing'])
    expect(await idsOf([], 'whatsapp-closes')).toEqual(['record-more'])
  })
})

it('a narrower number: who waits, and how long', async () => {
  const channel = asId<ChannelId>('one')
  const traffic: Traffic = {
    ...trafficOf(plainTraffic(1)),
    seconds: async (_, take) =>
      take([
        { channel, second: 10, count: 200 },
        { channel, second: 11, count: 10 },
        { channel, second: 60, count: 80 },
      ]),
  }
  const { change } = question('throughput-80')
  const { waiting, actions } = await askWhatIf(traffic, {
    before: RULEBOOK,
    after: RULEBOOK,
    change,
    assume: {},
    range: RANGE,
    channels: CHANNELS,
  })
  // 120 of the first second wait, 40 of them for two seconds; then 40 are left and 10 come: all go at once.
  expect(waiting).toEqual({ limit: 80, delayed: 130, longestSeconds: 2, busiest: 200 })
  expect(actions.map(({ id }) => id)).toEqual(['spread-sends'])
})
