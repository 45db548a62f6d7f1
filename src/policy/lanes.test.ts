import { describe, expect, it } from 'vitest'
import { lanesOf } from './lanes.ts'
import { listRules, rulesAt } from './listing.ts'
import { loadRulebook } from './load.ts'

const line = (place: string, from: string, rest: string): string =>
  `  - { place: ${place}, from: ${from}, ${rest}, source: https://example.org/law, read: 2026-11-22, confidence: B }\n`
const ruleOf = (lines: string) => {
  const rulebook = loadRulebook([
    {
      path: 'places.yaml',
      source: `groups:
  NORTH:
    about: { fr: Nord, en: North }
    source: https://example.org/north
    read: 2026-11-22
    members: [{ country: NO, from: 2021-01-01 }, { country: SE, from: 2021-01-01 }]
`,
    },
    {
      path: 'sms/quiet.yaml',
      source: `rule: sms/quiet\nby: law\nabout: { fr: Nuit., en: Night. }\nwhen: message.automatic\nsays:\n${lines}remedy: { fr: Attendez., en: Wait. }\n`,
    },
  ])
  const [rule] = rulebook.rules
  if (!rule) throw new Error('no rule')
  return { rulebook, rule }
}
const told = (lines: string, countries: readonly string[] = []): string[] => {
  const { rulebook, rule } = ruleOf(lines)
  return lanesOf(rulebook, rule, countries).map(
    ({ place, stretches }) =>
      `${place}: ${stretches.map(({ from, to, says }) => `${from}..${to ?? ''} ${says.map(({ ruling }) => ruling).join('/') || 'silent'}`).join(', ')}`,
  )
}

describe('a business’s override', () => {
  const source = (rule: string, rest: string) =>
    `rule: ${rule}\nabout: { fr: Nuit., en: Night. }\nwhen: message.automatic\n${rest}remedy: { fr: Attendez., en: Wait. }\n`
  const rulebook = loadRulebook([
    { path: 'sms/quiet.yaml', source: source('sms/quiet', `by: law\nsays:\n${line('world', '2026-01-01', 'ruling: { hold: {} }')}`) },
    {
      path: 'rules/soon.yaml',
      business: true,
      source: source(
        'sms/quiet',
        'by: business\noverride: { reason: they asked, by: Claire, until: 2026-12-31 }\nsays: [{ place: FR, from: 2026-11-01, ruling: { allow: {} } }]\n',
      ),
    },
  ])
  const until = (file: string) => {
    const rule = rulebook.rules.find((one) => one.file === file)
    return rule && lanesOf(rulebook, rule).map(({ stretches }) => stretches.map(({ from, to }) => [from, to]))
  }

  it('ends with its last day, in pictures, lists and what holds on a day', () => {
    expect(until('sms/quiet.yaml')).toEqual([[['2026-01-01', null]]])
    expect(until('rules/soon.yaml')).toEqual([[['2026-11-01', '2026-12-31']]])
    const own = listRules(rulebook).find(({ file }) => file === 'rules/soon.yaml')
    expect(own).toMatchObject({ override: { reason: 'they asked', by: 'Claire', until: '2026-12-31' }, says: [{ until: '2026-12-31' }] })
    const outcomes = (day: string) => rulesAt(rulebook, Date.parse(`${day}T12:00:00Z`), 'FR').map(({ says }) => says[0]?.ruling)
    expect(outcomes('2026-12-31')).toEqual(['hold', 'allow'])
    expect(outcomes('2027-01-01')).toEqual(['hold'])
  })
})

describe('lanes of a rule', () => {
  it('are one where place makes no difference, whatever countries are asked for', () => {
    expect(told(line('world', '2026-01-01', 'ruling: { hold: {} }'), ['FR'])).toEqual(['world: 2026-01-01.. hold'])
  })

  it('give each place what speaks there: its own line, then the wider one again', () => {
    const lines =
      line('world', '2026-01-01', 'ruling: { refuse: {} }') +
      line('NORTH', '2026-03-01', 'ruling: { allow: {} }') +
      line('SE', '2026-05-01', 'to: 2026-05-31, ruling: { hold: {} }')
    expect(told(lines, ['FR'])).toEqual([
      'FR: 2026-01-01.. refuse',
      'SE: 2026-01-01..2026-02-28 refuse, 2026-03-01..2026-04-30 allow, 2026-05-01..2026-05-31 hold, 2026-06-01.. allow',
      'NORTH: 2026-01-01..2026-02-28 refuse, 2026-03-01.. allow',
      'world: 2026-01-01.. refuse',
    ])
  })

  it('keep a line with a condition beside the one that holds without', () => {
    const lines =
      line('world', '2026-01-01', 'ruling: { hold: {} }') + line('FR', '2026-02-01', 'when: "message.ai", ruling: { refuse: {} }')
    expect(told(lines)).toEqual(['FR: 2026-01-01..2026-01-31 hold, 2026-02-01.. refuse/hold', 'world: 2026-01-01.. hold'])
  })
})
