/** Kinds of channel without a connector yet are judged too: the rulebook knows them. What is told of WhatsApp stands in tests/check/set-ups. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readRulebookFiles } from '../cli/rules/rulebook-files.ts'
import { readRulebook } from '../policy/index.ts'
import { readWorkspace } from '../workspace/load.ts'
import { examineSetUp } from './index.ts'

const KINDS = ['sms', 'email', 'messenger', 'whatsapp']
const SHIPPED = readRulebookFiles()
const CAPABILITIES = Object.fromEntries(
  KINDS.map((kind) => [kind, { templates: kind === 'whatsapp', windowHours: kind === 'whatsapp' || kind === 'messenger' ? 24 : null }]),
)

type Files = Readonly<Record<string, string>>
const HEAD = (country: string, kinds: readonly string[]): string =>
  `workspace: { name: Lumière, country: ${country} }\nchannels:\n${kinds.map((kind) => `  my-${kind}: { kind: ${kind} }\n`).join('')}`

/** `file:line level id rule first-day countries` of all that is found. */
const found = (country: string, kinds: readonly string[], files: Files, at = '2026-11-22T12:00:00Z', rest = ''): readonly string[] => {
  const whole = { 'relais.yaml': `${HEAD(country, kinds)}${rest}`, ...files }
  const given = Object.entries(whole).map(([file, text]) => ({ file, bytes: new TextEncoder().encode(text) }))
  const kindsOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, z.strictObject({})]))
  const setting = { env: {}, channels: kindsOf(KINDS), engines: kindsOf(['extractive', 'model']) }
  const { workspace, place, findings } = readWorkspace('', given, setting)
  if (!workspace) throw new Error(findings.map(({ words }) => words.en).join())
  const own = workspace.rules.map(({ file, source }) => ({ path: file, source, business: true }))
  const { rulebook, problems } = readRulebook([...SHIPPED, ...own])
  if (problems.length > 0) throw new Error(problems.map(({ words }) => words.en).join())
  return examineSetUp(
    { workspace, capabilities: CAPABILITIES, isInProcess: (kind) => kind === 'extractive', place },
    rulebook,
    Date.parse(at),
  ).map(
    ({ place: where, level, id, breach }) =>
      `${where?.file}:${where?.line} ${level} ${id} ${breach?.rule} ${breach?.firstDay} ${breach?.countries.join()}`,
  )
}
const template = (category: string, text: string, language = 'fr'): Files => ({
  'templates/t.yaml': `name: t\ncategory: ${category}\nlanguage: ${language}\ntext: ${JSON.stringify(text)}\n`,
})
const journey = (steps: string): Files => ({ 'journeys/j.yaml': `journey: j\nstarts: [{ keyword: [j] }]\nsteps:\n${steps}` })

describe('templates', () => {
  it('by SMS in France say how to stop them', () => {
    expect(found('FR', ['sms'], template('marketing', 'Moins 20 % !'))).toEqual([
      'templates/t.yaml:4 error against-rule fr/stop 2004-06-22 FR',
    ])
    expect(found('FR', ['sms'], template('marketing', 'Moins 20 % ! STOP au 36179'))).toEqual([])
    expect(found('BE', ['sms'], template('marketing', 'Moins 20 % !'))).toEqual([])
  })
  it('by e-mail can be declined by one click', () => {
    const words = 'Moins 20 %. Se désinscrire : https://example.fr/non'
    expect(found('FR', ['email'], template('marketing', words))).toEqual([
      'templates/t.yaml:4 error against-rule email/one-click 2024-06-01 FR',
    ])
    expect(found('FR', ['email'], template('utility', 'Votre commande est partie.'))).toEqual([])
  })
  it('that break one rule on two channels are told once', () => {
    const files = template('marketing', 'Moins 20 % ! STOP', 'en_US')
    const both = `${HEAD('FR', ['whatsapp'])}  second: { kind: whatsapp }\n`
    expect(found('FR', [], { ...files, 'relais.yaml': both })).toEqual([
      'templates/t.yaml:4 warning against-rule whatsapp/marketing-us 2025-04-01 US',
    ])
  })
})

describe('what journeys say', () => {
  it('after the window goes another way on a channel without templates', () => {
    const late = journey('  - wait: 25h\n  - say: A\n')
    expect(found('FR', ['messenger'], late)).toEqual(['journeys/j.yaml:5 error against-rule messenger/window 2020-03-04 FR'])
    expect(found('FR', ['sms'], late)).toEqual([])
  })
  it('as an offer needs a consent that nobody here asks for: a warning', () => {
    const offer = journey('  - say: "Moins 20 % ! STOP pour refuser."\n    category: marketing\n')
    expect(found('FR', ['sms'], offer)).toEqual(['journeys/j.yaml:4 warning marketing-without-opt-in fr/prospecting-consent 2004-06-22 FR'])
    expect(found('US', ['sms'], offer, '2024-12-31T12:00:00Z')).toEqual([
      'journeys/j.yaml:4 warning marketing-without-opt-in sms/us-consent 2025-04-11 US',
    ])
  })
})

describe('the first day', () => {
  const own = (lines: string, rest = '') =>
    ({
      'rules/own.yaml': `rule: own/no-updates\nby: business\nzone: Europe/Paris\nabout: { fr: Rien., en: Nothing. }\nwhen: message.category == "utility"\nsays:\n${lines}remedy: { fr: Rien., en: Nothing. }\n${rest}`,
    }) as const
  const update = template('utility', 'Votre commande est partie.')
  const pauses = own(
    '  - { place: world, from: 2026-03-01, to: 2026-03-31, ruling: { refuse: {} } }\n  - { place: world, from: 2026-04-01, to: 2026-05-31, ruling: null }\n  - { place: world, from: 2026-06-01, to: 2026-06-30, ruling: { reroute: {} } }\n',
  )
  const onDay = (at: string): readonly string[] =>
    found('FR', ['sms'], { ...update, ...pauses }, at).map((line) => line.replace(/^\S+ (\S+) \S+ own\/no-updates (\S+) FR$/u, '$1 $2'))

  it.each([
    ['2026-02-28T22:59:59Z', ['warning 2026-03-01']],
    ['2026-02-28T23:00:00Z', ['error 2026-03-01']],
    ['2026-03-31T21:59:59Z', ['error 2026-03-01']],
    ['2026-03-31T22:00:00Z', ['warning 2026-06-01']],
    ['2026-06-15T12:00:00Z', ['error 2026-06-01']],
    ['2026-06-30T22:00:00Z', []],
  ])('of what holds at %s, else of what comes next, from 00:00 in the rule’s zone: %j', (at, expected) => {
    expect(onDay(at)).toEqual(expected)
  })
  it('is that of the whole time without a break, though another line speaks by now', () => {
    const lines =
      '  - { place: world, from: 2026-03-01, to: 2026-05-31, ruling: { refuse: {} } }\n  - { place: world, from: 2026-06-01, ruling: { reroute: {} } }\n'
    expect(found('FR', ['sms'], { ...update, ...own(lines) })).toEqual([
      'templates/t.yaml:4 error against-rule own/no-updates 2026-03-01 FR',
    ])
  })
})
