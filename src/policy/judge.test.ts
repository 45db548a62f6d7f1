import { describe, expect, it } from 'vitest'
import { at, NOW, places, ruleOf, said, type Written } from '../../tests/support/rules.ts'
import { addDays } from '../core/local-time.ts'
import type { Situation } from '../core/situation.ts'
import { judge } from './judge.ts'
import { loadRulebook, withWorkspaceRules } from './load.ts'
import { type PartialSituation, situationOf } from './vocabulary.ts'

const of = (...lines: Written[]) => loadRulebook([places, ruleOf('post/office', 'true', lines)])
const inCountry = (country: string): PartialSituation => ({ contact: { country } })

describe('the place', () => {
  const rulebook = of(
    { ruling: '{ refuse: {} }' },
    { place: 'BIG', ruling: '{ hold: {} }' },
    { place: 'SMALL', ruling: '{ reroute: {} }', from: '2026-02-01' },
    { place: 'DE', ruling: '{ allow: {} }' },
    { place: 'DE', from: '2026-05-01', ruling: 'null' },
  )
  it.each([
    ['the country speaks before its group', 'DE', '2026-04-30T12:00:00Z', 'allow'],
    ['a null ends the country’s own line: the group speaks', 'DE', '2026-05-01T12:00:00Z', 'hold'],
    ['the group speaks before the world', 'FR', '2026-06-01T12:00:00Z', 'hold'],
    ['the smaller group speaks before the larger', 'IT', '2026-03-01T12:00:00Z', 'reroute'],
    ['only for its members of that day', 'IT', '2026-02-28T12:00:00Z', 'hold'],
    ['the world speaks for the rest', 'US', '2026-06-01T12:00:00Z', 'refuse'],
    ['before the first day nobody speaks', 'US', '2025-12-31T12:00:00Z', 'allow'],
    ['an unknown country fares as the worst', '', '2026-06-01T12:00:00Z', 'refuse'],
  ])('%s', (_, country, when, outcome) => {
    expect(said(rulebook, inCountry(country), at(when)).outcome).toBe(outcome)
  })
})

describe('a wider place that speaks because a narrower one ended', () => {
  const rulebook = (confidence: string) => {
    const source = ruleOf('post/office', 'true', [
      { ruling: '{ refuse: {} }' },
      { place: 'DE', ruling: '{ allow: {} }' },
      { place: 'DE', from: '2026-05-01', ruling: 'null' },
    ]).source.replace(/ruling: null, (.*)confidence: A/, `ruling: null, $1confidence: ${confidence}`)
    return loadRulebook([places, { path: 'post/office.yaml', source }])
  }
  it('is as sure as the end is, and says which end', () => {
    const [ruling] = said(rulebook('C'), inCountry('DE')).rulings
    expect(ruling).toMatchObject({ outcome: 'refuse', place: 'world', since: '2026-01-01', confidence: 'C' })
    expect(ruling?.ended).toEqual({ place: 'DE', since: '2026-05-01', source: 'https://example.org', confidence: 'C' })
    expect(said(rulebook('A'), inCountry('DE')).rulings[0]).toMatchObject({ confidence: 'A', ended: { confidence: 'A' } })
  })
  it('tells of no end elsewhere, nor before it', () => {
    expect(said(rulebook('C'), inCountry('FR')).rulings[0]).not.toHaveProperty('ended')
    expect(said(rulebook('C'), inCountry('DE'), at('2026-04-30T12:00:00Z')).rulings[0]).not.toHaveProperty('ended')
  })
})

describe('whose country counts', () => {
  const lines: Written[] = [{ ruling: '{ hold: {} }' }, { place: 'IT', ruling: '{ refuse: {} }' }]
  const byPerson = loadRulebook([places, ruleOf('post/office', 'true', lines)])
  const byNumber = loadRulebook([places, ruleOf('post/office', 'true', lines, 'country: number')])
  const told = (country: string, numberCountry: string) =>
    [byPerson, byNumber].map((rulebook) => said(rulebook, { contact: { country, numberCountry } }).outcome)
  it.each([
    ['they agree', 'IT', 'IT', ['refuse', 'refuse']],
    ['an Italian number is used in France', 'FR', 'IT', ['hold', 'refuse']],
    ['a French number is used in Italy', 'IT', 'FR', ['refuse', 'hold']],
    ['the number does not tell', 'FR', '', ['hold', 'refuse']],
  ])('where %s: the person’s, or the number’s where the rule says so', (_, country, number, outcomes) => {
    expect(told(country, number)).toEqual(outcomes)
  })
  it.each([
    ['the customer is in Italy', 'IT', 'FR', 'refuse', undefined],
    ['the business is', 'FR', 'IT', 'refuse', 'business'],
    ['both are', 'IT', 'IT', 'refuse', undefined],
    ['neither is', 'FR', 'DE', 'hold', undefined],
    ['the customer may be', '', 'FR', 'refuse', undefined],
    ['the business does not say where it is', 'FR', '', 'hold', undefined],
  ])('is the customer’s or the business’s where the rule says so: %s', (_, country, business, outcome, placeOf) => {
    const rulebook = loadRulebook([places, ruleOf('post/office', 'true', lines, 'country: [person, business]')])
    const { rulings } = said(rulebook, { contact: { country }, account: { country: business } })
    expect(rulings.map((ruling) => [ruling.outcome, ruling.placeOf])).toEqual([[outcome, placeOf]])
  })
  it('may be the business’s alone, the strictest where it does not say', () => {
    const rulebook = loadRulebook([places, ruleOf('post/office', 'true', lines, 'country: business')])
    const of = (business: string) => said(rulebook, { contact: { country: 'IT' }, account: { country: business } }).outcome
    expect([of('FR'), of('IT'), of('')]).toEqual(['hold', 'refuse', 'refuse'])
  })
  it('is one for both in what was recorded before they were told apart', () => {
    const { numberCountry: _, ...contact } = situationOf(inCountry('IT')).contact
    const recorded = { ...situationOf({}), contact } as Situation
    expect(judge(byNumber, recorded, NOW).outcome).toBe('refuse')
  })
})

describe('the date', () => {
  it('begins at 00:00 in the rule’s own zone', () => {
    const rulebook = loadRulebook([places, ruleOf('post/office', 'true', [{ ruling: '{ hold: {} }' }], 'zone: America/Sao_Paulo')])
    expect(said(rulebook, {}, at('2026-01-01T02:59:59Z')).outcome).toBe('allow')
    expect(said(rulebook, {}, at('2026-01-01T03:00:00Z')).outcome).toBe('hold')
  })
  it.each([
    ['Europe/Paris', '2026-03-29', '2026-03-28T23:00:00Z'],
    ['Europe/Paris', '2026-03-30', '2026-03-29T22:00:00Z'],
    ['Europe/Paris', '2026-10-26', '2026-10-25T23:00:00Z'],
    // Clocks leap from 24:00 to 1:00: the day begins with what is shown first. And back from 24:00 to 23:00: it begins the second time.
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00Z'],
    ['America/Santiago', '2026-04-05', '2026-04-05T04:00:00Z'],
    // Back from 1:00 to 0:00: the first midnight counts.
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00Z'],
  ])('begins so too where clocks change: %s, %s', (zone, from, first) => {
    const begins = loadRulebook([places, ruleOf('post/office', 'true', [{ from, ruling: '{ hold: {} }' }], `zone: ${zone}`)])
    const ends = loadRulebook([
      places,
      ruleOf('post/office', 'true', [{ from: '2026-01-01', to: addDays(from, -1), ruling: '{ hold: {} }' }], `zone: ${zone}`),
    ])
    const told = (instant: number) => [begins, ends].map((rulebook) => said(rulebook, {}, instant).outcome)
    expect(told(at(first) - 1)).toEqual(['allow', 'hold'])
    expect(told(at(first))).toEqual(['hold', 'allow'])
  })
  it('ends with the last day, and what held before holds again', () => {
    const rulebook = of({ ruling: '{ hold: {} }' }, { from: '2026-02-01', to: '2026-02-28', ruling: '{ refuse: {} }' })
    const days = ['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01'].map((day) => said(rulebook, {}, at(`${day}T12:00:00Z`)).outcome)
    expect(days).toEqual(['hold', 'refuse', 'refuse', 'hold'])
  })
  it('can be judged as it was known', () => {
    const rulebook = of({ ruling: '{ allow: {} }' }, { known: '2026-01-22', ruling: '{ refuse: {} }' })
    const as = (known?: string) => said(rulebook, {}, at('2026-01-20T12:00:00Z'), known === undefined ? undefined : at(known)).outcome
    expect([as('2026-01-20'), as('2026-01-21T23:59:59Z'), as('2026-01-22'), as()]).toEqual(['allow', 'allow', 'refuse', 'refuse'])
  })
  it('says that a change was only announced', () => {
    const rulebook = loadRulebook([
      places,
      {
        path: 'post/office.yaml',
        source: ruleOf('post/office', 'true', [{ ruling: '{ hold: {} }' }]).source.replace('place:', 'expected: true, place:'),
      },
    ])
    expect(said(rulebook).rulings[0]?.expected).toBe(true)
  })
})

describe('the outcome', () => {
  it('is the strictest, and all are told, strictest first', () => {
    const rulebook = loadRulebook([
      places,
      ruleOf('a/allow', 'true', [{ ruling: '{ allow: {} }' }]),
      ruleOf('b/refuse', 'message.ai', [{ ruling: '{ refuse: {} }' }]),
      ruleOf('c/amend', 'true', [{ ruling: '{ amend: { human: true } }' }]),
    ])
    expect(said(rulebook).outcome).toBe('amend')
    const strict = said(rulebook, { message: { ai: true } })
    expect(strict.rulings.map((ruling) => ruling.rule)).toEqual(['b/refuse', 'c/amend', 'a/allow'])
    expect(strict.amend).toEqual({})
  })
  it('merges amendments', () => {
    const rulebook = loadRulebook([
      places,
      ruleOf('a/a', 'true', [{ ruling: '{ amend: { human: true } }' }]),
      ruleOf('b/b', 'true', [{ ruling: '{ amend: { template: window-closed } }' }]),
    ])
    expect(said(rulebook).amend).toEqual({ human: true, template: 'window-closed' })
  })
  it('is postponed until the last of the waits', () => {
    const rulebook = loadRulebook([
      places,
      ruleOf('a/a', 'true', [{ ruling: '{ postpone: { for: limits.pairWait } }' }]),
      ruleOf('b/b', 'true', [{ ruling: '{ postpone: { for: 5 } }' }]),
    ])
    expect(said(rulebook, { limits: { pairWait: 9 } }).until).toBe(NOW + 9000)
    expect(said(rulebook, { limits: { pairWait: 2 } }).until).toBe(NOW + 5000)
  })
  it('is postponed to an hour of the customer’s clock', () => {
    const rulebook = of({ ruling: '{ postpone: { until: "08:00" } }' })
    const until = (timezone: string, when: string) => new Date(said(rulebook, { contact: { timezone } }, at(when)).until ?? 0).toISOString()
    expect(until('Europe/Paris', '2026-10-24T20:00:00Z')).toBe('2026-10-25T07:00:00.000Z')
    expect(until('America/New_York', '2026-06-01T11:59:00Z')).toBe('2026-06-01T12:00:00.000Z')
    expect(until('Nowhere/Land', '2026-06-01T11:59:00Z')).toBe('2026-06-02T08:00:00.000Z')
  })
  it('is allowed where no rule speaks, with nothing to tell', () => {
    expect(said(loadRulebook([places]))).toMatchObject({
      outcome: 'allow',
      rulings: [],
      until: null,
      price: { known: false, amount: null },
    })
  })
})

describe('an override of the business', () => {
  const base = loadRulebook([places, ruleOf('post/office', 'true', [{ ruling: '{ refuse: {} }' }])])
  const override = 'override: { reason: agreed with the carrier, by: Claire, until: 2026-06-30 }'
  const own = withWorkspaceRules(base, [ruleOf('post/office', 'message.ai', [{ ruling: '{ allow: {} }' }], override, 'business')])

  it('laxes the rule where it speaks, and is told in the ruling', () => {
    const { outcome, rulings } = said(own, { message: { ai: true } })
    expect(outcome).toBe('allow')
    expect(rulings).toHaveLength(1)
    expect(rulings[0]).toMatchObject({ by: 'business', override: { by: 'Claire', until: '2026-06-30' } })
  })
  it('leaves the rule where it does not', () => {
    expect(said(own).outcome).toBe('refuse')
  })
  it('ends after its last day', () => {
    expect(said(own, { message: { ai: true } }, at('2026-06-30T23:59:59Z')).outcome).toBe('allow')
    expect(said(own, { message: { ai: true } }, at('2026-07-01T00:00:00Z')).outcome).toBe('refuse')
  })
})

describe('a customer of whom nobody knows where they are', () => {
  const refuse: Written[] = [{ ruling: '{ refuse: {} }' }]
  const unknown = (rulebook: ReturnType<typeof of>) => said(rulebook, { contact: { country: '' }, account: { country: 'FR' } }).outcome

  it.each([
    'contact.country == "IT"',
    '!(contact.country in ["FR", "DE"]) && contact.country != ""',
    'contact.country.startsWith("I")',
    'contact.country != account.country && message.reply',
    'contact.numberCountry == "IT"',
  ])('fares as in the country where a condition is hardest: %s', (when) => {
    expect(unknown(loadRulebook([places, ruleOf('post/office', when, refuse)]))).toBe('refuse')
    const line = { when: `'${when}'`, ruling: '{ refuse: {} }' }
    expect(unknown(loadRulebook([places, ruleOf('post/office', 'true', [line])]))).toBe('refuse')
  })
  it('is told once what is said in many countries', () => {
    const rulebook = loadRulebook([places, ruleOf('post/office', 'contact.country > "F"', [{ ruling: '{ amend: { human: true } }' }])])
    expect(said(rulebook, { contact: { country: '' } }).rulings).toHaveLength(1)
  })
  it('is not helped by an override for one country', () => {
    const base = loadRulebook([places, ruleOf('post/office', 'true', refuse)])
    const override = 'override: { reason: agreed, by: Claire, until: 2026-12-31 }'
    const own = withWorkspaceRules(base, [ruleOf('post/office', 'true', [{ place: 'FR', ruling: '{ allow: {} }' }], override, 'business')])
    expect(said(own, inCountry('FR')).outcome).toBe('allow')
    expect(unknown(own)).toBe('refuse')
  })
})

it('a kind of channel settles what is asked of it alone, not what is asked besides', () => {
  const rulebook = loadRulebook([ruleOf('post/office', 'channel.kind == "web" || !message.ai', [{ ruling: '{ hold: {} }' }])])
  const outcomes = [true, false].map((ai) => said(rulebook, { channel: { kind: 'sms' }, message: { ai } }).outcome)
  expect(outcomes).toEqual(['allow', 'hold'])
})
