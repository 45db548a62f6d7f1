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
/** Nine of nine of nine … */
const bomb = ['a: &a [1]', ...[...'bcdefghij'].map((name, n) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[n]}`)}]`)].join('\n')
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
    ['an unknown key', rule({ rest: 'remady: 1' }), /^post\/office.yaml:8:1 .*“remady”.*“remedy”/],
    ['an unknown key of a line', rule({ says: line.replace('ruling', 'rulling') }), /:6:39 .*“rulling”.*“ruling”/],
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
    ['a name given twice', rule({ rest: 'zone: UTC\nzone: UTC' }), /^post\/office.yaml:9:1 this is not YAML: this name is given above/],
    ['a reference to nothing', rule({ rest: 'channels: *nowhere' }), /^post\/office.yaml:1:1 .*this reference \(\*\) leads nowhere/],
    ['references that stand for a billion values', { path: 'post/office.yaml', source: bomb }, /^post\/office.yaml:1:1 .*too many ref/],
    ['a condition longer than anybody reads', rule({ when: `"${'!'.repeat(5000)}message.ai"` }), /^post\/office.yaml:4:7 .*than 1000 char/],
    ['a division, which fails at zero', rule({ when: '10 / limits.pairWait > 2' }), /^post\/office.yaml:4:7 .*a rule knows no division/],
    ['a pattern, which may take for ever', rule({ when: `'message.template.matches("(a+)+$")'` }), /:4:7 .*a rule knows no/],
    ['a loop', rule({ when: `'[1, 2].exists(n, n == contact.unanswered)'` }), /^post\/office.yaml:4:7 .*a rule knows no division/],
    ['a country that does not exist', rule({ when: `'contact.country in ["FR", "UK"]'` }), /:4:34 .*“UK” is not a country in two letters/],
    ['a country in small letters', rule({ when: `'account.country != "fr"'` }), /:4:\d+ .*“fr” is not a country.*did you mean “FR”/],
    [
      'a source that is a program',
      rule({ says: line.replace('https://example.org', '"javascript:alert(1)"') }),
      /:6:69 .*an http\(s\) addr/,
    ],
    [
      'a last day that stands for none',
      rule({ says: line.replace('from:', 'to: 9999-12-31, from:') }),
      /:6:25 .*or nothing where there is/,
    ],
    ['a file whose name only ends like its rule', { ...rule(), path: 'compost/office.yaml' }, /^compost\/office.yaml:1:7 the file must be/],
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

/** What is wrong with lines, each given as `place from[..to][ when]: ruling`, in a rule of its own. */
const ofLines = (...says: string[]) =>
  complaints(rule({ says: says.map((text) => lineFrom(text)).join('\n  - ') })).map((sentence) => sentence.replace('post/office.yaml:', ''))
const lineFrom = (text: string) => {
  const [, place, from, to, when, ruling] = /^(\S+) ([\d-]+)(?:\.\.([\d-]+))?(?: if (.+?))?: (.+)$/.exec(text) ?? []
  const rest = `${to ? `to: ${to}, ` : ''}${when ? `when: ${when}, ` : ''}`
  return `{ place: ${place}, from: ${from}, ${rest}ruling: ${ruling}, source: https://example.org, read: 2026-11-22, confidence: A }`
}
const HOLD = '{ hold: {} }'

describe('lines of one place', () => {
  it('that hold at once, with nothing to tell them apart, are refused', () => {
    expect(ofLines(`FR 2026-01-01..2026-06-30: ${HOLD}`, `FR 2026-06-01: { refuse: {} }`)).toEqual([
      '7:5 this line and the one from 2026-01-01 hold at once from 2026-06-01 to 2026-06-30 for FR, and nothing tells them apart: end the other on 2026-05-31 (to: 2026-05-31).',
    ])
    expect(ofLines(`FR 2026-01-01..2026-06-30: ${HOLD}`, 'FR 2026-06-01..2026-12-31: { refuse: {} }')).toHaveLength(1)
  })
  it('may follow one another, lie one within the other, or differ by their condition', () => {
    expect(ofLines(`FR 2026-01-01: ${HOLD}`, 'FR 2026-06-01: { refuse: {} }')).toEqual([])
    expect(ofLines(`FR 2026-01-01..2026-06-30: ${HOLD}`, 'FR 2026-02-01..2026-02-28: { refuse: {} }')).toEqual([])
    expect(ofLines(`FR 2026-01-01..2026-06-30 if message.reply: ${HOLD}`, 'FR 2026-06-01: { refuse: {} }')).toEqual([])
    expect(ofLines(`FR 2026-01-01..2026-06-30: ${HOLD}`, 'IT 2026-06-01: { refuse: {} }')).toEqual([])
  })
  it('leave no days between them unsaid', () => {
    expect(ofLines(`FR 2026-01-01..2026-03-31: ${HOLD}`, `FR 2026-06-01: ${HOLD}`)).toEqual([
      '6:5 nothing is said for FR from 2026-04-01 to 2026-05-31: let this line hold longer (to: 2026-05-31), or write one for those days (ruling: null, or price: null, says on purpose that nothing holds).',
    ])
  })
  it('leave no gap where a wider line speaks, where a null says so, and where nothing follows', () => {
    const [early, late] = [`FR 2026-01-01..2026-03-31: ${HOLD}`, `FR 2026-06-01: ${HOLD}`]
    expect(ofLines(early, late, `world 2026-01-01: ${HOLD}`)).toEqual([])
    expect(ofLines(early, late, `EEA 2026-01-01: ${HOLD}`)).toEqual([])
    expect(ofLines(early, late, 'FR 2026-04-01..2026-05-31: null')).toEqual([])
    expect(ofLines(early)).toEqual([])
  })
  it('one without a condition does not silence one of the same day after it', () => {
    expect(ofLines(`FR 2026-01-01: ${HOLD}`, 'FR 2026-01-01 if message.reply: { refuse: {} }')).toEqual([
      expect.stringMatching(/^7:5 this line can never speak: another of the same place and day/),
    ])
    expect(ofLines('FR 2026-01-01 if message.reply: { refuse: {} }', `FR 2026-01-01: ${HOLD}`)).toEqual([])
  })
})

describe('a rule that can never speak', () => {
  it.each([
    ['is false whatever is asked', rule({ when: 'message.ai && !message.ai' }), /^post\/office.yaml:4:7 this rule can never speak/],
    ['is the word false', rule({ when: '"false"' }), /4:7 this rule can never speak/],
    ['asks for another channel than its own', rule({ when: 'channel.kind == "post"', rest: 'channels: [sms]' }), /4:7 this rule can never/],
    ['asks for two choices at once', rule({ when: 'message.category == "service" && message.category in ["utility"]' }), /4:7 this/],
    ['asks for numbers that cross', rule({ when: 'contact.unanswered > 3 && contact.unanswered < 4' }), /4:7 this rule can never speak/],
    ['asks for days that cross', rule({ when: 'account.aiSince > "2026-01-01" && account.aiSince < "2025-01-01"' }), /4:7 this rule/],
    ['waits for a Sunday that is day 0', rule({ when: 'local.weekday == 0' }), /4:7 this rule can never speak/],
    ['waits for an hour after the last', rule({ when: 'local.hour > 23' }), /4:7 this rule can never speak/],
    ['says nothing', rule({ says: line.replace('{ hold: {} }', 'null') }), /:6:3 .*none of its lines says anything|:5:1 /],
  ])('as it %s', (_, file, expected) => {
    expect(complaints(file)).toEqual([expect.stringMatching(expected)])
  })
  it('is told from one that speaks seldom', () => {
    for (const when of [
      'contact.unanswered > 3 && contact.unanswered < 5',
      'account.aiSince >= "2025-01-01" && account.aiSince < "2026-01-01"',
      'limits.portfolioUsed >= limits.portfolioLimit && limits.portfolioLimit >= 0',
      'contact.country != account.country',
      'channel.kind == "sms" && contact.country != "FR" && local.hour * 60 + local.minute >= 1200',
    ]) {
      expect(complaints(rule({ when: `'${when}'` }))).toEqual([])
    }
  })
  it('is a line that contradicts its rule', () => {
    expect(complaints(rule({ when: 'message.ai', says: line.replace('ruling', 'when: "!message.ai", ruling') }))).toEqual([
      expect.stringMatching(/^post\/office.yaml:6:\d+ this line can never speak: its condition contradicts/),
    ])
  })
})

describe('groups', () => {
  const grouped = (groups: string) => ({ path: 'places.yaml', source: `groups:\n${groups}` })
  const group = (name: string, ...members: string[]) =>
    `  ${name}:\n    about: { fr: a, en: a }\n    source: https://example.org\n    read: 2026-11-22\n    members:\n${members.map((one) => `      - { ${one} }\n`).join('')}`
  const told = (groups: string) => readRulebook([grouped(groups), rule()]).problems.map((problem) => sentenceOfProblem(problem, 'en'))

  it('may contain groups, each for as long as both say so', () => {
    const { rulebook, problems } = readRulebook([
      grouped(
        group('WIDE', 'group: NEAR, from: 2026-03-01', 'country: US, from: 2026-01-01') +
          group('NEAR', 'country: FR, from: 2026-01-01, to: 2026-06-30'),
      ),
      rule(),
    ])
    expect(problems).toEqual([])
    const days = rulebook.groups
      .get('WIDE')
      ?.map(({ country, fromMs, endMs }) => [
        country,
        ...[fromMs, endMs].map((ms) => (Number.isFinite(ms) ? new Date(ms).toISOString().slice(0, 10) : '')),
      ])
    expect(days).toEqual([
      ['FR', '2026-03-01', '2026-07-01'],
      ['US', '2026-01-01', ''],
    ])
  })
  it('that contain themselves are refused, with the way round', () => {
    const ring =
      group('AAA', 'group: BBB, from: 2026-01-01') + group('BBB', 'country: FR, from: 2026-01-01', 'group: AAA, from: 2026-01-01')
    expect(told(ring)).toEqual(['places.yaml:14:18 this group contains itself: AAA → BBB → AAA. Remove it here.'])
  })
  it('of a name or a country that does not exist are refused', () => {
    expect(told(group('AAA', 'group: BBB, from: 2026-01-01'))).toEqual([expect.stringMatching(/^places.yaml:7:18 “BBB” is neither/)])
    expect(told(group('AAA', 'country: ZZ, from: 2026-01-01'))).toEqual([expect.stringMatching(/^places.yaml:7:20 “ZZ” is neither/)])
    expect(told(group('AAA', 'from: 2026-01-01'))).toEqual([expect.stringMatching(/^places.yaml:7:9 .*a country or a group/)])
  })
  it('named like a country, or with a member that leaves before it comes, are refused', () => {
    expect(told(group('IT', 'country: FR, from: 2026-01-01'))).toEqual(['places.yaml:3:5 “IT” is a country: name the group otherwise.'])
    expect(told(group('AAA', 'country: FR, from: 2026-01-01, to: 2025-01-01'))).toEqual([
      'places.yaml:7:46 the last day is before the first.',
    ])
  })
  it('are not told anew elsewhere: a business does not say where the law of the EEA holds', () => {
    const own = { path: 'rules/places.yaml', source: places.source.replace('FR', 'US'), business: true }
    expect(complaints(rule(), own)).toEqual(['rules/places.yaml:1:16 this group stands in another file already: name yours otherwise.'])
  })
})

describe('examples beside a rule', () => {
  const example = (at: string, country = 'US') => `- { at: ${at}, given: { contact: { country: ${country} } }, then: silent, because: a }\n`
  const examples = (source: string) =>
    complaints(rule({ says: lineFrom(`FR 2026-01-01..2026-02-28: ${HOLD}`) }), { path: 'post/office.examples.yaml', source })

  it('show both sides of every date', () => {
    const both = ['2025-12-31', '2026-01-01', '2026-03-01'].map((day) => example(day, 'FR')).join('')
    expect(examples(both)).toEqual([])
    expect(examples(example('2026-01-01', 'FR'))).toEqual([
      'post/office.examples.yaml:1:1 the examples for FR do not show both sides of 2026-01-01: one before that day is missing.',
      'post/office.examples.yaml:1:1 the examples for FR do not show both sides of 2026-03-01: one from that day on is missing.',
    ])
  })
  it('of another country do not count', () => {
    expect(examples(['2025-12-31', '2026-01-01', '2026-03-01'].map((day) => example(day)).join(''))).toHaveLength(2)
  })
  it('that do not read are refused as rules are', () => {
    expect(examples(example('2025-12-31', 'UK'))).toEqual([expect.stringMatching(/^post\/office.examples.yaml:1:50 .*a country of two/)])
    expect(examples(example('2025-12-31', 'FR, timezone: Mars'))).toEqual([expect.stringMatching(/:1:64 .*an IANA zone such as/)])
    for (const at of ['2026-02-30', '2026-01-01T08:00', '2026-01-01T25:00:00Z'])
      expect(examples(example(at))).toEqual([expect.stringMatching(/^post\/office.examples.yaml:1:9 .*a day \(2026-10-01\) or an instant/)])
  })
})

it('a rulebook that decided before is taken as it was, though nobody may write it so today', () => {
  const says = `${lineFrom(`FR 2026-01-01..2026-03-31: ${HOLD}`)}\n  - ${lineFrom(`FR 2026-06-01: ${HOLD}`)}`
  const { rulebook, problems } = readRulebook([places, rule({ says })])
  expect(problems).toHaveLength(1)
  expect(rulebookOf(rulebook.content).digest).toBe(rulebook.digest)
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
  it('that Relais ships is its own source too, and nobody else’s is', () => {
    const shipped = (source: string) => complaints({ path: 'business/own.yaml', source })
    expect(shipped(business('business/own'))).toEqual([])
    expect(shipped(business('business/own').replace('by: business', 'by: law'))).toEqual([
      expect.stringMatching(/^business\/own.yaml:2:5 /),
    ])
    expect(complaints({ path: 'post/own.yaml', source: business('post/own') })).toEqual([
      expect.stringContaining('“says.0.source” is missing'),
      expect.stringContaining('“says.0.read” is missing'),
      expect.stringContaining('“says.0.confidence” must be'),
    ])
  })
  const own = (source: string) => complaints(rule(), { path: 'rules/own.yaml', source, business: true })

  it('needs no source but itself', () => {
    expect(own(business('business/own'))).toEqual([])
  })
  it('is about channels that exist, or new ones', () => {
    const about = (channels: string) =>
      complaints(rule({ rest: 'channels: [whatsapp]' }), {
        path: 'own/rules.yaml',
        source: business('business/own', `channels: ${channels}`),
        business: true,
      })
    expect([...about('[whatsapp]'), ...about('[pigeon]')]).toEqual([])
    expect(about('[sms, whatsap]')).toEqual([
      'own/rules.yaml:7:17 “whatsap” is not a kind of channel that is known; did you mean “whatsapp”?',
    ])
  })
  it('may not take the name of a rule of the rulebook', () => {
    expect(own(business('post/office'))).toEqual([expect.stringContaining('“post/office” is a rule of the rulebook')])
  })
  it('may override one, by name', () => {
    const override = 'override: { reason: agreed, by: Claire, until: 2026-12-31 }'
    expect(own(business('post/office', override))).toEqual([])
    expect(own(business('post/office', override.replace('agreed', '" "')))).toEqual([
      expect.stringMatching(/^rules\/own.yaml:7:21 “override.reason” does not fit: it must be a text that is not empty/),
    ])
    expect(own(business('post/ofice', override))).toEqual([expect.stringContaining('did you mean “post/office”?')])
  })
  it('may not speak as the platform', () => {
    expect(own(business('business/own').replace('by: business', 'by: law'))).toEqual([
      expect.stringContaining('“by” must be one of: business'),
    ])
  })
})

describe('a price', () => {
  const card = (more: string) => ({
    path: 'prices/post.yaml',
    source: `prices: prices/post
channels: [post]
about: { fr: a, en: a }
cards:
  - card: { fr: a, en: a }
    when: message.category == "utility"
    says:
      - { place: world, from: 2026-01-01, ${more}, source: https://example.org, read: 2026-11-22, confidence: A }
`,
  })
  const faultsOf = (more: string) =>
    readRulebook([card(more)])
      .problems.map((problem) => sentenceOfProblem(problem, 'en'))
      .join()

  it('is in a currency that exists, in the file of its list', () => {
    for (const currency of ['eur', 'ZZZ', '12€'])
      expect(faultsOf(`price: 1, currency: ${currency}`)).toMatch(/^prices\/post\.yaml:8:63 .*a currency such as EUR/)
    const elsewhere = { ...card('price: 1, currency: EUR'), path: 'prices/parcels.yaml' }
    expect(complaints(elsewhere)).toEqual(['prices/parcels.yaml:1:9 the file must be named prices/post.yaml.'])
  })
  it('has volume tiers in the order of their numbers, where it is known', () => {
    expect(faultsOf('price: 0.03, currency: EUR, tiers: [{ from: 101, price: 0.02 }, { from: 201, price: 0.01 }]')).toBe('')
    expect(faultsOf('price: 0.03, currency: EUR, tiers: [{ from: 201, price: 0.02 }, { from: 101, price: 0.01 }]')).toMatch(
      /^prices\/post\.yaml:8:.*tiers in order/,
    )
    expect(faultsOf('price: unknown, tiers: [{ from: 101, price: 0.02 }]')).toMatch(/^prices\/post\.yaml:8:.*a known price below its tiers/)
  })
})
