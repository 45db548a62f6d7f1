import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, places, ruleOf, said, type Written } from '../../tests/support/rules.ts'
import { OUTCOMES, type Outcome } from '../core/decision.ts'
import type { Situation } from '../core/situation.ts'
import { loadRulebook, rulebookOf, withWorkspaceRules } from './load.ts'
import { situationOf } from './vocabulary.ts'

const RULINGS = [
  '{ allow: {} }',
  '{ amend: { human: true } }',
  '{ amend: { disclose: true } }',
  '{ postpone: { for: 60 } }',
  '{ reroute: {} }',
  '{ hold: {} }',
  '{ refuse: {} }',
  'null',
]
const CONDITIONS = [
  'true',
  'message.ai && contact.unanswered > 0',
  'message.ai && contact.unanswered != 0 && !message.disclosed',
  'channel.kind == "" && window.service == "closed"',
  'channel.kind == "sms" && message.ai',
  'message.ai || window.service == "closed"',
  'account.country == "" || contact.unanswered >= 0',
  'message.template == "" && contact.timezone.startsWith("E")',
  'message.ai',
  '!message.ai',
  'contact.unanswered > 1',
  'window.service == "closed"',
  'message.category in ["marketing", "utility"]',
  'contact.country == "FR"',
  'contact.country != "IT" && message.ai',
  '!(contact.country in ["US", "BR"]) || contact.numberCountry == "DE"',
  'contact.country != account.country',
]
const DAYS = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01']
const PLACES = ['world', 'BIG', 'SMALL', 'FR', 'IT', 'US']
const COUNTRIES = ['FR', 'IT', 'DE', 'US', 'BR']

const written = fc.record({ place: fc.constantFrom(...PLACES), from: fc.constantFrom(...DAYS), ruling: fc.constantFrom(...RULINGS) })
const linesOf = (least: number) =>
  fc
    .uniqueArray(written, { selector: ({ place, from }) => `${place} ${from}`, minLength: least, maxLength: 6 })
    .filter((some) => some.some(({ ruling }) => ruling !== 'null'))
const lines = linesOf(1)
const WHOSE = ['person', 'number', '[person, business]']
const ruleParts = fc.record({ when: fc.constantFrom(...CONDITIONS), lines, country: fc.constantFrom(...WHOSE) })
const filesOf = (rules: readonly { when: string; lines: Written[]; country?: string }[], who = 'any') =>
  rules.map((rule, index) => ruleOf(`${who}/r${index}`, rule.when, rule.lines, `country: ${rule.country ?? 'person'}`))
const books = fc.array(ruleParts, { maxLength: 4 })
const situations = fc.record({
  message: fc.record({ ai: fc.boolean(), category: fc.constantFrom('marketing' as const, 'service' as const) }),
  contact: fc.record({ country: fc.constantFrom(...COUNTRIES), unanswered: fc.integer({ min: 0, max: 3 }) }),
  window: fc.record({ service: fc.constantFrom('open' as const, 'closed' as const) }),
  account: fc.record({ country: fc.constantFrom('', 'IT', 'US') }),
})
const instants = fc.integer({ min: at('2025-12-15'), max: at('2026-05-01') })
const rank = (outcome: Outcome) => OUTCOMES.indexOf(outcome)

describe('for all rulebooks', () => {
  it('the strictest ruling is the outcome', () => {
    fc.assert(
      fc.property(books, situations, instants, (rules, given, when) => {
        const { outcome, rulings } = said(loadRulebook([places, ...filesOf(rules)]), given, when)
        expect(rank(outcome)).toBe(Math.max(0, ...rulings.map((ruling) => rank(ruling.outcome))))
      }),
    )
  })

  it('one more rule never permits more', () => {
    fc.assert(
      fc.property(books, ruleParts, situations, instants, (rules, more, given, when) => {
        const base = loadRulebook([places, ...filesOf(rules)])
        const business = ruleOf('own/rule', more.when, more.lines, '', 'business')
        for (const stricter of [
          loadRulebook([places, ...filesOf(rules), ...filesOf([more], 'more')]),
          withWorkspaceRules(base, [business]),
        ]) {
          const before = said(base, given, when)
          const after = said(stricter, given, when)
          expect(rank(after.outcome)).toBeGreaterThanOrEqual(rank(before.outcome))
          if (after.outcome === before.outcome) {
            expect(after.amend).toMatchObject(before.amend)
            expect(after.until ?? 0).toBeGreaterThanOrEqual(before.until ?? 0)
          }
        }
      }),
    )
  })

  it('each says what it says by itself: that rules share a topic changes nothing', () => {
    fc.assert(
      fc.property(books, situations, instants, (rules, given, when) => {
        const files = filesOf(rules)
        const together = said(loadRulebook([places, ...files]), given, when).rulings
        const alone = files.flatMap((file) => said(loadRulebook([places, file]), given, when).rulings)
        expect(together.toSorted((a, b) => (a.rule < b.rule ? -1 : 1))).toEqual(alone)
      }),
    )
  })

  it('judging again repeats, also after the rulebook was stored', () => {
    fc.assert(
      fc.property(books, situations, instants, (rules, given, when) => {
        const rulebook = loadRulebook([places, ...filesOf(rules)])
        const first = said(rulebook, given, when)
        said(rulebook, given, when + 86_400_000 * 40)
        expect(said(rulebook, given, when)).toEqual(first)
        expect(said(rulebookOf(rulebook.content), given, when)).toEqual(first)
      }),
    )
  })

  it('an unknown country is never laxer than a known one', () => {
    fc.assert(
      fc.property(books, fc.array(ruleParts, { maxLength: 2 }), situations, instants, (rules, laxer, given, when) => {
        const override = (n: number) => `override: { reason: a, by: a, until: 2026-04-15 }\ncountry: ${laxer[n]?.country}`
        const own = laxer.slice(0, rules.length).map((rule, n) => ruleOf(`any/r${n}`, rule.when, rule.lines, override(n), 'business'))
        const rulebook = withWorkspaceRules(loadRulebook([places, ...filesOf(rules)]), own)
        const unknown = said(rulebook, { ...given, contact: { ...given.contact, country: '' } }, when)
        for (const country of COUNTRIES) {
          const known = said(rulebook, { ...given, contact: { ...given.contact, country } }, when)
          expect(rank(unknown.outcome)).toBeGreaterThanOrEqual(rank(known.outcome))
          if (unknown.outcome === known.outcome) {
            expect(unknown.amend).toMatchObject(known.amend)
            expect(unknown.until ?? 0).toBeGreaterThanOrEqual(known.until ?? 0)
          }
        }
      }),
    )
  })

  it('the most specific place with a line speaks, its latest line first', () => {
    const placesOfCountry = (country: string, when: number) => [
      country,
      ...(country === 'IT' && when >= at('2026-03-01') ? ['SMALL'] : []),
      ...(['FR', 'IT', 'DE'].includes(country) ? ['BIG'] : []),
      'world',
    ]
    const expected = (rule: { lines: Written[] }, { contact }: Situation, when: number): string => {
      for (const place of placesOfCountry(contact.country, when)) {
        const holding = rule.lines.filter((line) => line.place === place && at(line.from ?? '') <= when)
        const latest = holding.sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? 1 : -1))[0]
        if (latest && latest.ruling !== 'null') return latest.ruling.slice(2).split(':')[0] ?? ''
      }
      return 'silent'
    }
    fc.assert(
      fc.property(linesOf(4), (some) => {
        const rule = { when: 'true', lines: some }
        const rulebook = loadRulebook([places, ...filesOf([rule])])
        for (const country of COUNTRIES) {
          for (const when of ['2025-12-31', ...DAYS].map((day) => at(`${day}T12:00:00Z`))) {
            const given = { contact: { country } }
            const [ruling] = said(rulebook, given, when).rulings
            expect(ruling?.outcome ?? 'silent').toBe(expected(rule, situationOf(given), when))
          }
        }
      }),
      { numRuns: 100 },
    )
  })
})
