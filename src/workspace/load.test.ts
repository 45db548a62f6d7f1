import { describe, expect, test } from 'vitest'
import { lineOf } from './fault.ts'
import { lines, load, MAIN, SETTING } from './sample.ts'

const journey = (steps: string) => `journey: j\nstarts: [{ always: true }]\nsteps:\n${steps}`

describe('a whole folder', () => {
  const WHOLE = `workspace: { name: Voyages Lumière, country: FR, locale: fr, timezone: Europe/Paris, sector: travel }
channels:
  whatsapp: { kind: phone, number: "+33612345678",
              accessToken: \${TOKEN}, throughput: 1000 }
  site:     { kind: web, origins: [https://www.example.fr], scope: general }
engines:
  local:    { kind: model, model: m, region: self, trainsOnData: false, personalData: all, price: { input: 1, output: 2.5, currency: EUR } }
  faq:      { kind: extractive }
plans:
  think: { default: [local, faq], summarise: [local], answer@whatsapp: [faq] }
  reach: { default: [{ channel: whatsapp, wait: 10m, success: delivered }, { channel: site }] }
assistant: { aiIs: incidental, since: 2024-05-01, disclosure: { fr: IA, en: AI } }
unknown: { marketing: park, authentication: park, service: resend }
budgets: { local: { day: 20 EUR, contact: 0.50 EUR } }
calls: { hosts: [orders.example.fr] }
rulebook: { trust: [] }
hours: { mon-fri: 09:00-18:30, sat: 10:00-17:00, holidays: FR }
retention: { conversations: 36mo, media: 6mo }
`
  const JOURNEY = `journey: track-order
starts: [{ keyword: [commande, suivi, order] }, { button: track }]
steps:
  - ask: order                                   # waits
    say: { fr: Quel est votre numéro de commande ?, en: What is your order number? }
    accept: "^[A-Z]{2}\\\\d{6}$"
    otherwise: { fr: "Par exemple VL204518.", en: "Such as VL204518." }
  - call: order
    get: \${ORDERS_URL}/orders/{{answers.order}}
    failed: { hand: agents }
  - say: { fr: "Votre commande {{order.id}} : {{order.status}}.", en: "Your order {{order.id}}: {{order.status}}." }
  - choose:
      say: { fr: Autre chose ?, en: Anything else? }
      options: [{ id: done, label: { fr: "Non, merci", en: "No, thanks" }, go: end }, { id: human, label: { fr: Un conseiller, en: A person }, go: hand }]
  - at: hand
    hand: agents
  - { wait: 2d, unless: replied }
  - { remind: { after: 2d, say: Toujours là ?, times: 1 } }
  - { if: order.count > 2, go: hand }
  - { engine: answer }
  - { template: booking, parameters: { name: "{{contact.name}}" } }
  - { end: booked }
`
  const FILES = {
    'relais.yaml': WHOLE,
    'journeys/track-order.yaml': JOURNEY,
    'templates/booking.yaml':
      'name: booking\ncategory: utility\ntext: { fr: "Bonjour {{name}}", en: "Hello {{name}}" }\nreplaces: [window-closed]\n',
    'prompts/answer.md': '---\nowner: Léa\n---\nTu réponds pour {{brand}}.\n',
    'prompts/summarise.local.md': 'En trois lignes.',
    'rules/marketing.yaml': 'rule: own/hours\n',
    'knowledge/fr/bagages.md': '# Bagages',
    'keep.md': 'x',
    'README.md': 'x',
  }
  const loaded = load(FILES)
  const { workspace } = loaded

  test('is read without an error, and says what it left aside', () => {
    expect(lines(loaded)).toEqual([
      'keep.md:1:1 this file has no role here and is ignored — Relais reads relais.yaml, rules/, prompts/, templates/, journeys/ and knowledge/.',
      'relais.yaml:18:1 “retention” is read, but nothing depends on it yet — You may leave it.',
    ])
  })
  test('gives channels and engines with their connectors’ settings', () => {
    expect(workspace?.channels).toEqual([
      {
        id: 'whatsapp',
        kind: 'phone',
        scope: 'service',
        throughput: 1000,
        config: { number: '+33612345678', accessToken: 'very-secret-token', throughput: 1000 },
      },
      { id: 'site', kind: 'web', scope: 'general', throughput: null, config: { origins: ['https://www.example.fr'] } },
    ])
    expect(
      workspace?.engines.map(({ id, personalData, trainsOnData, timeouts }) => [id, personalData, trainsOnData, timeouts.totalMs]),
    ).toEqual([
      ['local', 'all', false, 30_000],
      ['faq', 'all', false, 30_000],
    ])
  })
  test('takes a plan that hedges, and names what does not belong there', () => {
    const hedging = (engines: string) =>
      load({
        'relais.yaml': `workspace: { name: A, country: FR }\nchannels: {}\nengines: { faq: { kind: extractive } }\nplans:\n  think:\n    answer: { engines: ${engines}, hedge: p95 }\n`,
      })
    const { plans } = hedging('[faq]').workspace ?? {}
    expect([plans?.think.answer, plans?.hedged]).toEqual([['faq'], ['answer']])
    expect(lines(hedging('[faq], hegde: p95')).join()).toContain('relais.yaml:6')
  })
  test('reads the cases that prompts are tried on, and names what is wrong in them', () => {
    const given = (cases: string) =>
      load({
        'relais.yaml': 'workspace: { name: A, country: FR, locale: en }\nchannels: {}\n',
        'prompts/voice.md': 'Kindly.',
        'prompts/cases.yaml': cases,
      })
    const { workspace: read, findings } = given(
      '- { case: a, question: How?, history: [{ customer: Hi }], must: [x, [y, z]] }\n- { case: b, language: fr, question: Quoi, abstains: true }\n',
    )
    expect(findings).toEqual([])
    expect(read?.prompts).toEqual({ voice: 'Kindly.' })
    expect(read?.cases).toMatchObject([
      {
        name: 'a',
        task: 'answer',
        language: 'en',
        history: [{ by: 'customer', text: 'Hi' }],
        must: [['x'], ['y', 'z']],
        passages: null,
        line: 1,
      },
      { name: 'b', language: 'fr', abstains: true, line: 2 },
    ])
    expect(lines(given('- { case: a, question: How?, musst: [x] }\n')).join()).toContain('prompts/cases.yaml:1')
    expect(lines(given('- { case: a, question: How? }\n- { case: a, question: Who? }\n')).join()).toContain('prompts/cases.yaml:2')
  })
  test('gives plans, hours and policies', () => {
    expect(workspace?.plans.think).toEqual({ default: ['local', 'faq'], summarise: ['local'], 'answer@whatsapp': ['faq'] })
    expect(workspace?.plans.reach.default).toEqual([
      { channel: 'whatsapp', waitMs: 600_000, success: 'delivered', if: null },
      { channel: 'site', waitMs: null, success: 'delivered', if: null },
    ])
    expect(workspace?.hours).toMatchObject({ days: { 1: { from: 540, to: 1110 }, 6: { from: 600, to: 1020 } }, holidays: 'FR' })
    expect(workspace?.unknown).toEqual({ marketing: 'park', utility: 'park', authentication: 'park', service: 'resend' })
    expect(workspace?.retention).toEqual({ conversations: '36mo', media: '6mo' })
  })
  test('gives every form of step, with its line', () => {
    const steps = workspace?.journeys[0]?.steps
    expect(steps?.map(({ kind, line }) => `${kind} ${line}`)).toEqual([
      'ask 4',
      'call 8',
      'say 11',
      'choose 12',
      'hand 15',
      'wait 17',
      'remind 18',
      'if 19',
      'engine 20',
      'template 21',
      'end 22',
    ])
    expect(steps?.[0]).toMatchObject({ accept: '^[A-Z]{2}\\d{6}$', expires: 86_400_000 })
    expect(steps?.[1]).toMatchObject({
      method: 'GET',
      url: '$'.concat('{ORDERS_URL}/orders/{{answers.order}}'),
      failed: { hand: 'agents' },
    })
  })
  test('gives templates by language, prompts, rules and knowledge', () => {
    expect(workspace?.templates.map(({ name, language, parameters }) => [name, language, parameters])).toEqual([
      ['booking', 'fr', ['name']],
      ['booking', 'en', ['name']],
    ])
    expect(workspace?.prompts).toEqual({ answer: 'Tu réponds pour {{brand}}.', 'summarise.local': 'En trois lignes.' })
    expect(workspace?.rules).toEqual([{ file: 'rules/marketing.yaml', source: 'rule: own/hours\n' }])
    expect(workspace?.knowledge.map(({ file }) => file)).toEqual(['knowledge/fr/bagages.md'])
  })
  test('has a digest that changes with a file and not with a secret', () => {
    expect(load(FILES, { env: { ...SETTING.env, TOKEN: 'another-secret-token' } }).workspace?.digest).toBe(workspace?.digest)
    expect(load({ ...FILES, 'knowledge/fr/bagages.md': '# Valises' }).workspace?.digest).not.toBe(workspace?.digest)
    expect(load({ ...FILES, 'keep.md': 'y' }).workspace?.digest).toBe(workspace?.digest)
  })
})

describe('a fault is one line with its place and what to do', () => {
  test.each([
    ['an unknown key', `${MAIN}chanels: {}\n`, 'relais.yaml:6:1 the key “chanels” is unknown here — Did you mean “channels”?'],
    ['a missing key', 'workspace: { name: A }\nchannels: {}\n', 'relais.yaml:1:12 the key “country” is missing — Add it.'],
    ['a duplicate key', `${MAIN}engines: {}\n`, 'relais.yaml:6:1 the key “engines” is there twice — Keep one.'],
    [
      'broken YAML',
      'workspace: { name: "A\n',
      'relais.yaml:2:1 YAML that cannot be read: a quote, comma, bracket or “:” is missing — Correct it here.',
    ],
    ['a tab', 'workspace:\n\tname: A\n', 'relais.yaml:2:1 YAML that cannot be read: a tab at the start of a line — Correct it here.'],
    ['a wrong type', `${MAIN}calls: { hosts: here }\n`, 'relais.yaml:6:17 “hosts” must be a list — Correct the value.'],
    [
      'a wrong value',
      MAIN.replace('kind: web', 'kind: web, scope: servise'),
      'relais.yaml:3:29 the value of “scope” does not fit — Did you mean “service”?',
    ],
    ['an unknown kind', MAIN.replace('kind: web', 'kind: wab'), 'relais.yaml:3:17 there is no kind “wab” of channel — Did you mean “web”?'],
    [
      'a connector’s unknown key',
      MAIN.replace('kind: web', 'kind: web, origin: []'),
      'relais.yaml:3:22 the key “origin” is unknown here — Did you mean “origins”?',
    ],
    [
      'a connector’s own words',
      MAIN.replace('kind: web', 'kind: phone, accessToken: "01234567890123456789", number: "06"'),
      'relais.yaml:3:69 the value of “number” does not fit — It must be an international number.',
    ],
    [
      'a number that should be a text',
      MAIN.replace('kind: web', 'kind: phone, accessToken: "01234567890123456789", number: +336'),
      'relais.yaml:3:69 “number” must be a text, and YAML reads a number — Put the value in quotes.',
    ],
    [
      'a bad duration',
      `${MAIN}retention: { media: 6 months }\n`,
      'relais.yaml:6:21 the value of “media” does not fit — It must be a duration such as 10m, 24h, 2d or 36mo.',
    ],
    [
      'bad hours',
      `${MAIN}hours: { mon: 9-18 }\n`,
      'relais.yaml:6:15 the value of “mon” does not fit — It must be hours such as 09:00-18:30.',
    ],
    [
      'a bad zone',
      MAIN.replace('country: FR', 'country: FR, timezone: Paris'),
      'relais.yaml:1:60 the value of “timezone” does not fit — It must be an IANA zone such as Europe/Paris.',
    ],
    [
      'a missing variable',
      MAIN.replace('kind: web', 'kind: phone, number: "+33", accessToken: $'.concat('{NOBODY}')),
      'relais.yaml:3:52 the environment variable NOBODY is not set — Set NOBODY before starting.',
    ],
  ])('%s', (_, main, line) => {
    const loaded = load({ 'relais.yaml': main })
    expect(lines(loaded)).toEqual([line])
    expect(loaded.workspace).toBeNull()
  })
  test.each([
    ['an unknown step', '  - says: A', 'journeys/j.yaml:4:5 unknown step: says — Did you mean “say”?'],
    [
      'an unknown key of a step',
      '  - { ask: a, sya: B, say: C }',
      'journeys/j.yaml:4:15 the key “sya” is unknown here — Did you mean “say”?',
    ],
    [
      'an unknown key deep in a step',
      '  - choose: { say: A, options: [{ id: a, labal: B, label: C }] }',
      'journeys/j.yaml:4:42 the key “labal” is unknown here — Did you mean “label”?',
    ],
    [
      'a text that is none',
      '  - say: [A]',
      'journeys/j.yaml:4:10 “say” must be a text, or a text per language (fr, en…) — Correct the value.',
    ],
    [
      'a language that is none',
      '  - say: { french: A }',
      'journeys/j.yaml:4:12 the value of “french” does not fit — It must be a language such as fr or pt_BR.',
    ],
    [
      'a call with two ways',
      '  - { call: a, get: https://a.example, post: https://a.example }',
      'journeys/j.yaml:4:5 the value of “steps” does not fit — It must be either “get” or “post” (with “body”).',
    ],
    [
      'a secret in a text',
      '  - say: Voici $'.concat('{TOKEN}'),
      'journeys/j.yaml:4:10 $'.concat(
        '{TOKEN} is not filled in here: a secret has no place in a text — Write the text, or {{…}} for what the conversation told.',
      ),
    ],
  ])('%s', (_, steps, line) => {
    expect(lines(load({ 'relais.yaml': MAIN, 'journeys/j.yaml': journey(`${steps}\n`) }))).toEqual([line])
  })
  test('a file that is not UTF-8', () => {
    expect(lines(load({ 'relais.yaml': MAIN, 'rules/a.yaml': new Uint8Array([0xe9, 0x20]) }))).toEqual([
      'rules/a.yaml:1:1 this file is not text in UTF-8 — Save it as UTF-8.',
    ])
  })
  test('no relais.yaml', () => {
    expect(lines(load({}))).toEqual([
      'relais.yaml:1:1 this file is missing — Make a workspace with “relais init <folder>”, or name the folder of yours.',
    ])
  })
  test('a prompt’s head, and its name', () => {
    expect(lines(load({ 'relais.yaml': MAIN, 'prompts/anwser.md': '---\nownr: A\n---\nB' }))).toEqual([
      'prompts/anwser.md:1:1 this file’s name tells no task — <task>.md or <task>.<engine>.md; tasks: answer, draft, suggest, summarise, classify, qualify, transcribe, illustrate, voice.',
      'prompts/anwser.md:2:1 the key “ownr” is unknown here — Did you mean “owner”?',
    ])
  })
  test('a template without its language', () => {
    expect(lines(load({ 'relais.yaml': MAIN, 'templates/a.yaml': 'name: a\ncategory: utility\ntext: A\n' }))).toEqual([
      'templates/a.yaml:1:1 the key “language” is missing — Add it.',
    ])
  })
  test('speaks French', () => {
    const [finding] = load({ 'relais.yaml': `${MAIN}chanels: {}\n` }).findings
    expect(finding && lineOf(finding, 'fr')).toBe(
      'relais.yaml:6:1 la clé «\u00a0chanels\u00a0» est inconnue ici — Vouliez-vous dire «\u00a0channels\u00a0»\u00a0?',
    )
  })
})

test('all faults of all files are told at once', () => {
  const loaded = load({
    'relais.yaml':
      'workspace: { name: A, country: France, zone: x }\nchannels: { A: { kind: web }, site: {} }\nhours: { mon: x, lun: 09:00-10:00 }\n',
    'journeys/a.yaml': journey('  - say: 3\n  - ask: a b\n  - hand: me\n'),
  })
  expect(loaded.findings.map(({ subject, id }) => `${subject} ${id}`)).toEqual([
    'journeys/a.yaml:4:10 wrong-type',
    'journeys/a.yaml:5:5 missing-key',
    'journeys/a.yaml:5:10 wrong-form',
    'journeys/a.yaml:6:11 wrong-value',
    'relais.yaml:1:32 wrong-form',
    'relais.yaml:1:40 unknown-key',
    'relais.yaml:2:13 wrong-form',
    'relais.yaml:2:37 missing-key',
    'relais.yaml:3:15 wrong-form',
    'relais.yaml:3:23 wrong-form',
  ])
})

test('no finding ever tells a secret', () => {
  const main = MAIN.replace('kind: web', 'kind: $'.concat('{TOKEN}, scope: $', '{TOKEN}, origins: $', '{TOKEN}'))
  expect(lines(load({ 'relais.yaml': main })).join('\n')).not.toContain('very-secret')
})

test('a bomb of references is refused', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefgh'.split('').map((key, index) => `${key}: &${key} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[index]}`).join(',')}]`),
  ].join('\n')
  expect(lines(load({ 'relais.yaml': bomb }))).toEqual([
    'relais.yaml:1:1 YAML that cannot be read: too many references (*) — Correct it here.',
  ])
})
