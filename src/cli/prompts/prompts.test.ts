import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createVendorSimulator, type EngineSimulator } from '../../../simulators/engines/index.ts'
import { answerCarefully, createOpenAISimulator } from '../../../simulators/openai/index.ts'
import { runCommand } from '../../../tests/support/terminal.ts'
import { unguarded } from '../../engines/contract/scripted.ts'
import { systemClock } from '../clock.ts'
import { guardOfNobody } from '../guarding.ts'
import { promptsCommand } from './prompts.ts'

const ENGINE = 'model: m, apiKey: k, region: eu, trainsOnData: false, personalData: all, price: { input: 1, output: 2, currency: EUR }'
const FILES: Readonly<Record<string, string>> = {
  'relais.yaml': `workspace: { name: Essai, country: FR }
channels: {}
engines:
  one: { kind: mistral, baseUrl: "https://one.invalid/v1", ${ENGINE} }
  two: { kind: anthropic, baseUrl: "https://two.invalid/v1", ${ENGINE} }
  faq: { kind: extractive }
plans: { think: { default: [one, two] } }
`,
  'prompts/voice.md': 'Vouvoyez toujours.',
  'prompts/answer.md': 'Répondez pour Essai.',
  'prompts/answer.two.md': 'Répondez court.',
  'knowledge/fr/bagages.md': '# Bagages\n\nChaque voyageur emporte un bagage de 20 kg en soute, compris dans le prix.',
  'prompts/cases.yaml': `- case: bagages
  question: Combien de bagages puis-je emporter en soute ?
  history: [{ customer: Bonjour }]
  must: [[20 kg, vingt kilos]]
  mustNot: [remboursé]
- case: hors sujet
  question: Qui a gagné la coupe ?
  passages: [{ title: Repas, text: La demi-pension comprend le dîner. }]
  abstains: true
- case: résumé
  task: summarise
  question: Que veut ce client ?
  history: [{ customer: Je veux changer ma date de départ. }]
  must: [date]
`,
}
let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'relais-prompts-'))
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(cwd, name)), { recursive: true })
    await writeFile(join(cwd, name), text)
  }
})
afterAll(() => rm(cwd, { recursive: true }))

type Says = Readonly<Record<'one' | 'two', (question: string) => string>>
const RIGHT = (question: string): string =>
  question.includes('bagages')
    ? 'Vous emportez un bagage de 20\u00a0kg, compris dans le prix [1].'
    : question.includes('client')
      ? 'Le client veut changer sa date de départ [1].'
      : 'NO_ANSWER'

const run = async (args: string, says: Partial<Says> = {}, language: 'fr' | 'en' = 'en') => {
  const clock = { now: () => 0, after: () => () => {} }
  const simulators: Record<string, EngineSimulator> = Object.fromEntries(
    (['one', 'two'] as const).map((name) => [
      `${name}.invalid`,
      createVendorSimulator(name === 'one' ? 'mistral' : 'anthropic', {
        clock,
        usage: { input: 1000, output: 100 },
        answer: ({ question }) => (says[name] ?? RIGHT)(question),
      }),
    ]),
  )
  const fetch = (request: Request) => simulators[new URL(request.url).host]?.fetch(request) ?? Promise.reject(new TypeError('fetch failed'))
  const command = promptsCommand({
    clock: systemClock,
    guard: () => unguarded,
    openFetch: () => Object.assign(fetch, { close: async () => {} }),
  })
  return { ...(await runCommand(command, args, { cwd, now: () => 0, language })), simulators }
}

describe('relais prompts test', () => {
  it('asks every engine of the plan each case, with the business’s own words, and says that all hold', async () => {
    const { code, out, simulators } = await run('test')
    expect(out).toContain('✓ bagages (answer, fr) — Combien de bagages')
    expect(out).toContain('all say the same')
    expect(out.trimEnd()).toMatch(/3 cases · all hold · €0\.0\d+$/)
    expect(code).toBe(0)
    const told = (name: string) => simulators[name]?.ledger[0]?.messages.map(({ content }) => content).join('\n') ?? ''
    expect(told('one.invalid')).toContain('Répondez pour Essai.\n\nVouvoyez toujours.')
    expect(told('two.invalid')).toContain('Répondez court.\n\nVouvoyez toujours.')
    expect(told('one.invalid')).toContain('Chaque voyageur emporte un bagage de 20 kg')
  })

  it('sets answers that differ side by side, names what only one says, and says no where one does not hold', async () => {
    const two = (question: string) => (question.includes('bagages') ? 'Vous emportez 23 kg, et tout est remboursé [1].' : RIGHT(question))
    const { code, out } = await run('test', { two })
    expect(code).toBe(1)
    const lines = out.split('\n')
    const at = lines.findIndex((line) => line.startsWith('✗ bagages'))
    expect(lines[at + 1]).toMatch(/^ {2}✓ one · \d+ ms +✗ two · \d+ ms$/)
    expect(lines[at + 2]).toMatch(/^ {2}Vous emportez un bagage de 20\u00a0kg, compris dans +Vous emportez 23 kg, et tout est remboursé\.$/)
    expect(out).toMatch(/≠ only here: 23, et, tout/)
    expect(out).toContain('✗ missing: 20 kg | vingt kilos')
    expect(out).toContain('✗ unwanted: remboursé')
    expect(out).toContain('3 cases · 1 does not hold')
    const narrow = await run('test --engines two --task answer', { two }, 'fr')
    expect(narrow.out).toContain('il manque\u00a0: 20 kg')
    expect(narrow.out).toContain('2 cas · 1 ne tient pas')
  })

  it.each<[string, string, string]>([
    [
      'another language',
      'You may bring one bag of 20 kg in the hold, and it is included in the price [1].',
      '✗ answers in another language',
    ],
    ['no citation', 'Vous emportez 20 kg.', '✗ finds nothing to answer'],
  ])('takes %s for a fault', async (_, said, fault) => {
    const { code, out } = await run('test --engines one', { one: (question) => (question.includes('bagages') ? said : RIGHT(question)) })
    expect([code, out.includes(fault)]).toEqual([1, true])
  })

  it('gives one JSON document, and one page with what differs marked', async () => {
    const two = (question: string) => (question.includes('bagages') ? 'Vous emportez 23 kg <b> [1].' : RIGHT(question))
    const { code, out } = await run('test --json --out trial.html --task answer', { two })
    expect(code).toBe(1)
    const { cases, failing, results } = JSON.parse(out)
    expect([cases, failing, results.length]).toEqual([2, 1, 4])
    expect(results[1]).toMatchObject({
      case: 'bagages',
      engine: 'two',
      line: 1,
      citations: ['Bagages'],
      faults: [{ kind: 'missing' }],
      tokens: { inputTokens: 1000 },
    })
    const page = await readFile(join(cwd, 'trial.html'), 'utf8')
    expect(page).toContain('<mark>23</mark>')
    expect(page).toContain('&#60;<mark>b</mark>&#62;')
    expect(page).not.toMatch(/<script|src="http|<b>/)
  })

  it('does not say of a case that it holds where no engine was asked it', async () => {
    const { code, out } = await run('test --engines faq --task summarise')
    expect([code, out.includes('✗ résumé'), out.includes('(none of these engines does this task)')]).toEqual([1, true, true])
    expect(out).toContain('1 case · 1 does not hold')
  })

  it.each([
    ['test --engines tow', 'there is no engine “tow”; did you mean two?'],
    ['test --task draft', 'prompts/cases.yaml has no case (draft)'],
    ['tset', 'it must be “relais prompts test”'],
  ])('%s is wrong use, in one line', async (args, told) => {
    const { code, err } = await run(args)
    expect([code, err.split('\n').length]).toEqual([2, 2])
    expect(err).toContain(told)
  })
})

it('the demo’s own cases hold with both its engines, in French and English', async () => {
  const cwd = join(import.meta.dirname, '..', '..', '..', 'workspaces', 'demo')
  const settings = await readFile(join(cwd, 'relais.yaml'), 'utf8')
  const names = [...settings.matchAll(/\$\{(\w+)\}/gu)].map(([, name = '']) => name)
  const value = (name: string) => (name.endsWith('_URL') ? 'http://127.0.0.1:9' : name.endsWith('_PORT') ? '25' : `AC${'0'.repeat(32)}`)
  const env = { BOOKING_URL: 'http://127.0.0.1:9', ...Object.fromEntries(names.map((name) => [name, value(name)])) }
  const simulator = createOpenAISimulator({ clock: systemClock, models: ['demo'], answer: answerCarefully })
  const openFetch = () => Object.assign((request: Request) => simulator.fetch(request), { close: async () => {} })
  const command = promptsCommand({ clock: systemClock, guard: (workspace) => guardOfNobody(workspace, () => 0.5), openFetch })
  const { code, out } = await runCommand(command, 'test --json', { cwd, env, now: () => 0 })
  const { results } = JSON.parse(out)
  expect(results.filter(({ faults }: { faults: unknown[] }) => faults.length)).toEqual([])
  expect(new Set(results.map(({ engine, language }: { engine: string; language: string }) => `${engine} ${language}`)).size).toBe(4)
  expect(code).toBe(0)
  expect(JSON.stringify(simulator.ledger[0]?.messages)).toContain('Voyages Lumière vouvoie toujours')
})
