import { describe, expect, it } from 'vitest'
import { RelaisError } from '../core/errors.ts'
import { loadRulebook, readRulebook, rulebookOf, withWorkspaceRules } from './load.ts'
import { sentenceOfProblem } from './problem.ts'

const places = {
  path: 'places.yaml',
  source: `groups: { EEA: { about: { fr: a, en: a }, source: https://example.org, read: 2026-11-22, members: [{ country: FR, from: 2021-01-01 }] } }`,
}
const line = '{ place: world, from: 2026-01-01, ruling: { hold: {} }, source: https://example.org, read: 2026-11-22, confidence: A }'
const rule = (given: { rule?: string; when?: string; says?: string; rest?: string } = {}) => ({
  path: 'post/office.yaml',
  source: `rule: ${given.rule ?? 'post/office'}
by: platform
about: { fr: a, en: a }
when: ${given.when ?? 'message.ai'}
says:
  - ${given.says ?? line}
remedy: { fr: a, en: a }
${given.rest ?? ''}`,
})
const complaints = (...files: { path: string; source: string; business?: boolean }[]) =>
  readRulebook([places, ...files]).problems.map((problem) => sentenceOfProblem(problem, 'en'))

it('a rule’s faults are told in French alone where French is asked for', () => {
  const says = `${line.replace('2026-01-01', '2026-02-30').replace('hold: {}', 'hold: {}, refuse: {}')}\n  - ${line.replace('world', 'nowhere')}`
  const { problems } = readRulebook([places, rule({ says, rest: 'zone: Paris' })])
  expect(problems.map(({ words }) => words.fr.replaceAll('\u00a0', ' '))).toEqual([
    '« zone » ne convient pas : il faut un fuseau IANA comme Europe/Paris.',
    '« says.0.from » ne convient pas : il faut un jour comme 2026-10-01.',
    '« says.0.ruling » ne convient pas : il faut un seul de ces mots : allow, amend, postpone, reroute, hold, refuse.',
    '« says.1.place » ne convient pas : il faut « world », un pays en deux lettres ou un groupe comme EEA.',
  ])
})

describe('loading names the place of', () => {
  it.each([
    ['a wrong name in an expression', rule({ when: 'message.ai && mesage.reply' }), /^post\/office.yaml:4:21 .*“mesage”.*“message”/],
    ['a wrong field', rule({ when: 'contact.contry == "FR"' }), /^post\/office.yaml:4:15 .*“contry”.*“country”/],
    [
      'a wrong choice',
      rule({ when: '"window.service == \\"opne\\""' }),
      /^post\/office.yaml:4:\d+ .*“opne” is not one of open, closed.*“open”/,
    ],
    ['a wrong type', rule({ when: 'contact.unanswered == "3"' }), /^post\/office.yaml:4:7 .*int == string/],
    ['a condition that is none', rule({ when: 'contact.unanswered + 1' }), /^post\/office.yaml:4:7 .*gives int, not bool/],
    ['a condition that YAML takes for a tag', rule({ when: '!message.ai' }), /^post\/office.yaml:4:7 .*“!” stands in quotes/],
    ['broken syntax', rule({ when: 'message.ai &&' }), /^post\/office.yaml:4:20 /],
    ['an unknown key', rule({ rest: 'remady: 1' }), /^post\/office.yaml:1:1 .*“remady”.*“remedy”/],
    ['an unknown key of a line', rule({ says: line.replace('ruling', 'rulling') }), /:6:5 .*“rulling”.*“ruling”/],
    ['a day that does not exist', rule({ says: line.replace('2026-01-01', '2026-02-30') }), /^post\/office.yaml:6:27 .*2026-10-01/],
    [
      'a missing source',
      rule({ says: line.replace('source: https://example.org, ', '') }),
      /^post\/office.yaml:6:5 .*“says.0.source” is missing/,
    ],
    ['an unknown country', rule({ says: line.replace('world', 'XZ') }), /^post\/office.yaml:6:14 “XZ” is neither a country nor a group/],
    ['an unknown group', rule({ says: line.replace('world', 'EAE') }), /^post\/office.yaml:6:14 “EAE”.*“EEA”/],
    [
      'a last day before the first',
      rule({ says: line.replace('from:', 'to: 2025-01-01, from:') }),
      /:6:25 the last day is before the first/,
    ],
    [
      'two lines of one place and day',
      rule({ says: `${line}\n  - ${line}` }),
      /^post\/office.yaml:7:5 this line has the same place and day/,
    ],
    ['two rulings at once', rule({ says: line.replace('hold: {}', 'hold: {}, refuse: {}') }), /exactly one of allow/],
    ['a wait that is no number', rule({ says: line.replace('hold: {}', 'postpone: { for: message.ai }') }), /gives bool, not int/],
    ['a file not named like its rule', rule({ rule: 'post/box' }), /^post\/office.yaml:1:7 the file must be named post\/box.yaml/],
    ['what is no YAML', { path: 'post/office.yaml', source: 'rule: [' }, /^post\/office.yaml:1:\d+ this is not YAML/],
    ['nothing at all', { path: 'post/office.yaml', source: '' }, /^post\/office.yaml:1:1 /],
  ])('%s', (_, file, expected) => {
    const [first, ...more] = complaints(file)
    expect(first).toMatch(expected)
    expect(more).toEqual([])
  })

  it('all mistakes at once, as one error of the catalogue', () => {
    const bad = [rule({ when: 'a' }), { ...rule({ rule: 'post/other', when: 'b' }), path: 'post/other.yaml' }]
    expect(() => loadRulebook([places, ...bad])).toThrow(RelaisError)
    expect(complaints(...bad)).toHaveLength(2)
  })
})

describe('a rulebook', () => {
  const rulebook = loadRulebook([places, rule()])

  it('has one digest for one meaning', () => {
    const source = `# a comment\n${rule().source.replace('by: platform\n', '')}by: platform\n`
    expect(loadRulebook([{ path: 'post/office.yaml', source }, places]).digest).toBe(rulebook.digest)
    expect(loadRulebook([places, rule({ when: 'message.reply' })]).digest).not.toBe(rulebook.digest)
  })

  it('is made again from its content', () => {
    const again = rulebookOf(rulebook.content)
    expect(again.digest).toBe(rulebook.digest)
    expect(again.rules.map((one) => one.id)).toEqual(['post/office'])
  })

  it('keeps its content with the rules of a workspace', () => {
    const own = withWorkspaceRules(rulebook, [{ path: 'rules/own.yaml', source: business('business/own') }])
    expect(own.digest).not.toBe(rulebook.digest)
    expect(rulebookOf(own.content).digest).toBe(own.digest)
  })
})

const business = (id: string, override = '') => `rule: ${id}
by: business
about: { fr: a, en: a }
when: message.ai
says: [{ place: world, from: 2026-01-01, ruling: { allow: {} } }]
remedy: { fr: a, en: a }
${override}`

describe('a rule of the business', () => {
  const own = (source: string) => complaints(rule(), { path: 'rules/own.yaml', source, business: true })

  it('needs no source but itself', () => {
    expect(own(business('business/own'))).toEqual([])
  })
  it('may not take the name of a rule of the rulebook', () => {
    expect(own(business('post/office'))).toEqual([expect.stringContaining('“post/office” is a rule of the rulebook')])
  })
  it('may override one, by name', () => {
    const override = 'override: { reason: agreed, by: Claire, until: 2026-12-31 }'
    expect(own(business('post/office', override))).toEqual([])
    expect(own(business('post/ofice', override))).toEqual([expect.stringContaining('did you mean “post/office”?')])
  })
  it('may not speak as the platform', () => {
    expect(own(business('business/own').replace('by: business', 'by: law'))).toEqual([
      expect.stringContaining('“by” must be one of: business'),
    ])
  })
})
