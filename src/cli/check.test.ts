import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { runCommand } from '../../tests/support/terminal.ts'
import { RelaisError } from '../core/errors.ts'
import { lineOf } from '../workspace/index.ts'
import { checkCommand, judgeSetUp } from './check.ts'
import { type Command, EXIT, type Io } from './command.ts'
import { openWorkspace } from './house.ts'
import { initCommand } from './init.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'relais-check-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const NOW = Date.parse('2026-11-22T12:00:00Z')
const run = (command: Command, args: readonly string[], language: Io['language'] = 'en') =>
  runCommand(command, args, { cwd: root, now: () => NOW, language })
const init = initCommand({ randomBytes: (count) => Buffer.alloc(count, 7) })

/** A workspace of `init`, with one file changed. */
const changed = async (name: string, file: string, change: (text: string) => string): Promise<string> => {
  await run(init, [name])
  const path = join(root, name, file)
  await writeFile(path, change(await readFile(path, 'utf8')))
  return name
}

describe('relais init', () => {
  test('makes a workspace in which relais check finds nothing', async () => {
    const made = await run(init, ['shop'])
    expect(made).toMatchObject({ code: EXIT.done, err: '' })
    expect(made.out).toContain('  .gitignore\n  README.md\n  journeys/welcome.yaml\n')
    expect(await run(checkCommand, ['shop'])).toEqual({ code: EXIT.done, out: 'No errors.\n', err: '' })
    expect(await readFile(join(root, 'shop', '.gitignore'), 'utf8')).toContain('.env')
  })
  test('writes in the language of who asks, and means the same', async () => {
    const made = await run(init, ['boutique'], 'fr')
    expect(made.code).toBe(EXIT.done)
    expect((await run(checkCommand, ['boutique'], 'fr')).out).toBe('Aucune erreur.\n')
    await run(init, ['store'])
    const names = (await readdir(join(root, 'store'), { recursive: true })).toSorted()
    expect((await readdir(join(root, 'boutique'), { recursive: true })).toSorted()).toEqual(names)
    const text = (folder: string, file: string) => readFile(join(root, folder, file), 'utf8')
    expect(await text('boutique', 'README.md')).toContain('# Un espace de travail Relais')
    for (const file of names.filter((name) => name.endsWith('.yaml'))) {
      const [french, english] = [await text('boutique', file), await text('store', file)]
      expect(french).not.toBe(english)
      expect(parse(french.replace('Mon entreprise', 'My business').replace('locale: fr', 'locale: en'))).toEqual(parse(english))
      expect(french.match(/^ *#.*\b(?:the|your|and|what)\b/gimu)).toBeNull()
    }
  })
  test('has a page to try it with, and says where', async () => {
    const made = await run(init, ['tried'], 'fr')
    expect(made.out).toContain('http://localhost:3000/chat/site')
    expect(parse(await readFile(join(root, 'tried', 'relais.yaml'), 'utf8')).channels.site).toEqual({ kind: 'web' })
  })
  test('names a folder with a space so that its next step can be typed', async () => {
    expect((await run(init, ['my shop'])).out).toContain('relais check "my shop", then relais start "my shop".')
  })
  test('gives each workspace secrets of its own', async () => {
    await run(init, ['own'])
    const text = await readFile(join(root, 'own', 'relais.yaml'), 'utf8')
    expect(text).toContain(`appSecret: ${Buffer.alloc(24, 7).toString('base64url')}`)
    expect(text).not.toContain('MADE-BY-INIT')
  })
  test('refuses a folder that is not empty, and leaves it as it is', async () => {
    await run(init, ['full'])
    const before = await stat(join(root, 'full', 'relais.yaml'))
    const again = await run(init, ['full'])
    expect(again.code).toBe(EXIT.wrongUse)
    expect(again.err).toContain('full is not empty: name a new folder.')
    expect((await stat(join(root, 'full', 'relais.yaml'))).mtimeMs).toBe(before.mtimeMs)
  })
  test('refuses a file in the folder’s place', async () => {
    await writeFile(join(root, 'file'), '')
    expect(await run(init, ['file'])).toMatchObject({ code: EXIT.wrongUse, out: '' })
  })
})

describe('relais check', () => {
  test('tells what is wrong by file and line, and ends with 1', async () => {
    const name = await changed('typo', 'journeys/welcome.yaml', (text) => text.replace('go: hours', 'go: houres'))
    expect(await run(checkCommand, [name])).toEqual({
      code: EXIT.no,
      err: '',
      out: `Errors (2)
  journeys/welcome.yaml:14:15 no step has the label “houres” — Did you mean “hours”?
  journeys/welcome.yaml:18:5 no way leads to this step — Give it a label (at:) to go to, or remove it.

2 errors to correct.
`,
    })
  })
  test('gives one JSON document', async () => {
    const { out } = await run(checkCommand, ['typo', '--json'])
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      findings: [{ file: 'journeys/welcome.yaml', line: 14, column: 15, id: 'unknown-go', level: 'error' }, { line: 18 }],
    })
  })
  test('speaks French', async () => {
    expect((await run(checkCommand, ['typo'], 'fr')).out).toContain('Vouliez-vous dire «\u00a0hours\u00a0»\u00a0?\n')
  })
  test('says in French alone what a pattern and a condition lack', async () => {
    const name = await changed('motif', 'journeys/welcome.yaml', (text) => text)
    await writeFile(
      join(root, name, 'journeys', 'form.yaml'),
      'journey: form\nstarts: [{ keyword: [form] }]\nsteps:\n  - { ask: ref, say: R, accept: "(a", go: end }\n  - { at: x, if: "hour &&", go: end }\n',
    )
    const { out } = await run(checkCommand, [name], 'fr')
    const said = out.replaceAll('\u00a0', ' ')
    expect(said).toContain('ce motif est illisible : une parenthèse n’est pas refermée ((a)')
    expect(said).toContain('cette condition est illisible : il manque quelque chose à la fin')
    expect(said).not.toMatch(/error|missing|unexpected/iu)
  })
  test('tells a set-up that breaks a rule in force on a day, and since when', async () => {
    const name = await changed('bot', 'relais.yaml', (text) =>
      text
        .replace('country: FR', 'country: TR')
        .replace(
          'plans:\n  think:\n    default: [faq]',
          '  gpt: { kind: openai-compatible, baseUrl: "http://127.0.0.1:1/v1", model: m, personalData: all, trainsOnData: false, region: self }\nplans: { think: { default: [gpt, faq] } }\nassistant: { aiIs: primary, disclosure: { fr: Une IA répond., en: An AI answers. } }',
        ),
    )
    const after = await run(checkCommand, [name, '--at', '2026-02-01'])
    expect(after.code).toBe(EXIT.no)
    expect(after.out).toContain('the rule whatsapp/ai-clause, in force since 15 January 2026, says “goes another way” to answers of the AI')
    expect(after.out).toContain('https://')
    const before = await run(checkCommand, [name, '--at', '2025-09-01'])
    expect(before.code).toBe(EXIT.done)
    expect(before.out).toContain('Warnings (1)\n')
    expect(before.out).toContain('the rule whatsapp/ai-clause, from 15 January 2026 on, says')
    // Who has none of the folder's secrets is told the same.
    const settings = join(root, name, 'relais.yaml')
    const whole = await readFile(settings, 'utf8')
    await writeFile(settings, whole.replace('accessToken: simulated', `accessToken: "\${NOWHERE_SET}"`))
    const without = await run(checkCommand, [name, '--at', '2026-02-01'])
    expect(without.out).toContain('the environment variable NOWHERE_SET is not set')
    await writeFile(settings, whole)
    expect(without.out).toContain('the rule whatsapp/ai-clause, in force since 15 January 2026')
  })
  test('tells what is wrong in the workspace’s own rules', async () => {
    const name = await changed('rules', 'README.md', (text) => text)
    await mkdir(join(root, name, 'rules'))
    await writeFile(join(root, name, 'rules', 'own.yaml'), 'rule: own/thing\nby: business\nwhen: mesage.ai\n')
    expect(await run(checkCommand, [name])).toMatchObject({ code: EXIT.no })
  })
  test.each([
    ['personalData: none', ':36:5 ', 'personalData: pseudonyms, trainsOnData: false'],
    ['personalData: all\n    trainsOnData: true', ':37:5 ', 'trainsOnData: false'],
  ])('says that an engine with “%s” will never be asked', async (entry, place, missing) => {
    const name = await changed(`never-${missing.length}`, 'relais.yaml', (text) =>
      text.replace(
        /engines:\n[\s\S]*?\nplans:/u,
        `engines:\n  faq:\n    kind: extractive\n  gpt:\n    kind: openai-compatible\n    baseUrl: http://127.0.0.1:1/v1\n    model: m\n    ${entry}\nplans:`,
      ),
    )
    const { code, out } = await run(checkCommand, [name])
    expect(code).toBe(EXIT.done)
    expect(out).toMatch(/Good to know \(1\)\n {2}relais\.yaml:\d+:5 the engine “gpt” will never be asked/u)
    expect(out).toContain(`: without “${missing}” it may not have what customers write`)
    expect(out).toContain(place)
  })
  test('tells of links that lead nowhere: an entry link, and a journey’s step to what is no page', async () => {
    const name = await changed('links', 'relais.yaml', (text) => `${text}\nlinks:\n  poster: { channel: nowhere }\n`)
    await writeFile(
      join(root, name, 'journeys', 'there.yaml'),
      'journey: there\nstarts: [{ keyword: [there] }]\nsteps:\n  - link: whatsapp\n',
    )
    const { out } = await run(checkCommand, [name])
    expect(out).toContain('there is no channel that an address leads to “nowhere” in relais.yaml')
    expect(out).toMatch(/journeys\/there\.yaml:4:\d+ there is no channel that has a page “whatsapp” in relais\.yaml/u)
  })
  test('looks at rules and journeys though relais.yaml is wrong, and at the other journeys though one is', async () => {
    const name = await changed('wrong', 'relais.yaml', (text) => text.replace('country: FR', 'country: ZZ'))
    await mkdir(join(root, name, 'rules'))
    await writeFile(join(root, name, 'rules', 'own.yaml'), 'rule: own/thing\nby: business\nwhen: mesage.ai\n')
    await writeFile(join(root, name, 'journeys', 'later.yaml'), 'journey: later\nstarts: [{ keyword: [pay] }]\nsteps:\n  - pay: x\n')
    await writeFile(
      join(root, name, 'journeys', 'lost.yaml'),
      'journey: lost\nstarts: [{ keyword: [lost] }]\nsteps:\n  - say: { en: Hello }\n    go: nowhere\n  - hand: agents\n',
    )
    const { findings } = JSON.parse((await run(checkCommand, [name, '--json'])).out)
    expect(findings.map(({ file, id }: { file: string; id: string }) => `${file} ${id}`)).toEqual([
      'journeys/later.yaml unknown-step',
      'relais.yaml wrong-form',
      'journeys/lost.yaml unknown-go',
      'journeys/lost.yaml unreachable-step',
      'rules/own.yaml bad-rule',
      'rules/own.yaml bad-rule',
      'rules/own.yaml bad-rule',
    ])
  })
  test('says of a folder without relais.yaml that it is none, and no more', async () => {
    await mkdir(join(root, 'photos'))
    for (const file of ['a.jpg', 'b.jpg', 'c.yaml']) await writeFile(join(root, 'photos', file), '')
    const { code, out } = await run(checkCommand, ['photos'])
    expect(code).toBe(EXIT.no)
    expect(out).toBe(
      'Errors (1)\n  relais.yaml:1:1 this file is missing — Make a workspace with “relais init <folder>”, or name the folder of yours.\n\n1 error to correct.\n',
    )
  })
  test('shows ten notices and counts the rest', async () => {
    const name = await changed('crowded', 'README.md', (text) => text)
    for (let number = 10; number < 23; number += 1) await writeFile(join(root, name, `${number}.txt`), '')
    const { out } = await run(checkCommand, [name], 'fr')
    expect(out).toContain('À savoir (13)\n  10.txt:1:1')
    expect(out).toContain('  19.txt:1:1')
    expect(out).not.toContain('20.txt')
    expect(out).toContain('  … et 3 de plus (--json)\n')
    expect(JSON.parse((await run(checkCommand, [name, '--json'])).out).findings).toHaveLength(13)
  })
  test('warns of knowledge that answers nobody', async () => {
    const name = await changed('library', 'README.md', (text) => text)
    await writeFile(join(root, name, 'knowledge', 'prices.pdf'), '%PDF-1.7')
    await writeFile(join(root, name, 'knowledge', 'hours.md'), '')
    const { code, out } = await run(checkCommand, [name])
    expect(code).toBe(EXIT.done)
    expect(out).toContain('knowledge/hours.md:1:1 this file holds no text — ')
    expect(out).toContain('knowledge/prices.pdf:1:1 PDF files are not read yet — Save this text as .md, .html or .txt.')
  })
  test('tells a variable that is not set once, and nothing of the address that it stands in', async () => {
    const name = await changed('unset', 'README.md', (text) => text)
    const steps = `steps:\n  - call: order\n    get: \${ORDERS_URL}/orders\n  - hand: agents\n`
    await writeFile(join(root, name, 'journeys', 'orders.yaml'), `journey: orders\nstarts: [{ keyword: [commande] }]\n${steps}`)
    const { findings } = JSON.parse((await run(checkCommand, [name, '--json'])).out)
    const told = findings.filter(({ file }: { file: string }) => file === 'journeys/orders.yaml')
    expect(told.map(({ words }: { words: { en: string } }) => words.en)).toEqual(['the environment variable ORDERS_URL is not set'])
  })
  test('names a file that the disk does not give, in one line', async () => {
    const name = await changed('torn', 'README.md', (text) => text)
    // A name that is no UTF-8 can be listed, and not be opened by what was listed.
    await writeFile(Buffer.concat([Buffer.from(join(root, name, 'knowledge', 'prix-')), Buffer.from([0xff]), Buffer.from('.md')]), 'x')
    const { code, out, err } = await run(checkCommand, [name])
    expect([code, out]).toEqual([EXIT.wrongUse, ''])
    expect(err).toMatch(/^relais check: .*knowledge\/prix-.*\.md: ENOENT/u)
  })
  test.each([
    [['nowhere'], '“relais init FOLDER” makes one'],
    [['.', '--at', 'soon'], '--at: “soon” is neither a day (2026-10-01) nor an instant'],
    [['.', '--at', '2026-02-30'], '--at: “2026-02-30” is neither a day'],
    [['.', '--at', '2026-02-30T10:00:00Z'], '--at: “2026-02-30T10:00:00Z” is neither a day'],
    [['.', '--at', '2026-02-01T10:00'], '--at: “2026-02-01T10:00” is neither a day'],
    [['.', '--att', 'x'], 'Did you mean --at?'],
  ])('refuses wrong use in one line: %j', async (args, says) => {
    const { code, err } = await run(checkCommand, args)
    expect(code).toBe(EXIT.wrongUse)
    expect(err).toContain(says)
    expect(err.trimEnd()).not.toContain('\n')
  })
})

describe('a workspace that is started', () => {
  const refusal = (name: string, language?: Io['language']) =>
    openWorkspace(join(root, name), {}, language).then(
      () => '',
      (error) => (error instanceof RelaisError ? error.detail : 'another error'),
    )
  const linesOf = async (name: string, language?: Io['language']) =>
    (await run(checkCommand, [name], language)).out.split('\n').filter((line) => line.startsWith('  '))

  test.each([
    ['unstartable', 'journeys/welcome.yaml', (text: string) => text.replace('go: hours', 'go: houres')],
    ['unstartable-key', 'relais.yaml', (text: string) => text.replace('country:', 'contry:')],
    ['unstartable-rule', 'rules/own.yaml', () => 'rule: own/thing\nby: business\nwhen: mesage.ai\n'],
  ])('is refused with the very lines of relais check: %s', async (name, file, change) => {
    await run(init, [name])
    await mkdir(join(root, name, 'rules'), { recursive: true })
    const path = join(root, name, file)
    await writeFile(path, change(await readFile(path, 'utf8').catch(() => '')))
    for (const language of ['en', 'fr'] as const) {
      const lines = await linesOf(name, language)
      expect(lines.length).toBeGreaterThan(0)
      expect((await refusal(name, language)).split('\n').map((line) => `  ${line}`)).toEqual(lines)
    }
  })
  test('starts with what is only worth knowing, and says it', async () => {
    const name = await changed('spare', 'relais.yaml', (text) => text)
    await writeFile(join(root, name, 'journeys', 'spare.txt'), 'notes')
    const { findings } = await openWorkspace(join(root, name), {})
    expect(findings.map((finding) => `  ${lineOf(finding, 'en')}`)).toEqual(await linesOf(name))
    expect(findings).toHaveLength(1)
  })
  test('starts against a rule in force, which came of itself, and says it', async () => {
    // Made above: no AI may speak there since 2026-01-15.
    const opened = await openWorkspace(join(root, 'bot'), {})
    const found = judgeSetUp(opened, new Date(NOW).toISOString())
    expect(found.map((finding) => `  ${lineOf(finding, 'en')}`)).toEqual(await linesOf('bot'))
    expect(found).not.toHaveLength(0)
  })
})
