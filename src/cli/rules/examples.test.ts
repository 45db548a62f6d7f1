import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../../tests/support/terminal.ts'
import { rulesTest } from './examples.ts'

const made: string[] = []
afterAll(() => Promise.all(made.map((path) => rm(path, { recursive: true }))))

const run = (args: readonly string[], cwd: string, language: 'fr' | 'en' = 'en') =>
  runCommand(rulesTest, args, { cwd, now: () => 0, language })
const RULE = `rule: own/quiet
by: business
about: { fr: a, en: a }
when: message.ai
says: [{ place: FR, from: 2026-01-01, ruling: { hold: {} } }]
remedy: { fr: a, en: a }
`
const EXAMPLES = `- { at: 2025-12-31, given: { message: { ai: true } }, then: silent, because: Before. }
- { at: 2026-01-01, given: { message: { ai: true } }, then: hold, because: From the day. }
`
const workspace = async (files: Readonly<Record<string, string>>): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'rules1-test-'))
  made.push(folder)
  await mkdir(join(folder, 'rules'))
  await writeFile(join(folder, 'relais.yaml'), 'workspace: { name: Essai, country: FR }\nchannels: {}\n')
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, 'rules', name), text)
  return folder
}

describe('relais rules test', () => {
  it('runs the examples of the shipped rules, and a workspace’s own', async () => {
    const folder = await workspace({ 'quiet.yaml': RULE, 'quiet.examples.yaml': EXAMPLES })
    const shipped = await run([], folder)
    const both = await run([folder], folder)
    expect([shipped.code, both.code]).toEqual([0, 0])
    const [[, first = 0] = [], [, second = 0] = []] = [shipped, both].map(
      ({ out }) => /^(\d+) examples of \d+ rules hold\.\n$/.exec(out) ?? [],
    )
    expect(Number(first)).toBeGreaterThan(600)
    expect(Number(second)).toBe(Number(first) + 2)
  })

  it('names the file, the line and what came instead, in the language asked for', async () => {
    const folder = await workspace({ 'quiet.yaml': RULE, 'quiet.examples.yaml': EXAMPLES.replace('then: hold', 'then: refuse') })
    expect(await run([folder], folder)).toEqual({
      code: 1,
      err: '',
      out: 'rules/quiet.examples.yaml:2:3 this example does not hold: it says hold (“From the day.”).\n',
    })
    expect((await run([folder], folder, 'fr')).out).toContain('cet exemple ne tient pas\u00a0: la règle dit hold')
  })

  it('runs a table by country as one example each, and names the country that differs', async () => {
    const table = (then: string) => EXAMPLES.replace('then: hold', `then: { ${then} }`)
    const right = await workspace({ 'quiet.yaml': RULE, 'quiet.examples.yaml': table('FR: hold, US: silent, BE: silent') })
    const wrong = await workspace({ 'quiet.yaml': RULE, 'quiet.examples.yaml': table('FR: hold, US: hold') })
    const [shipped, whole] = [await run(['--json'], right), await run([right, '--json'], right)].map(({ out }) => JSON.parse(out))
    expect(whole.examples - shipped.examples).toBe(4)
    expect(await run([wrong], wrong)).toEqual({
      code: 1,
      err: '',
      out: 'rules/quiet.examples.yaml:2:3 this example does not hold: it says silent (“US: From the day.”).\n',
    })
  })

  it.each([
    ['examples without a rule', { 'quiet.examples.yaml': EXAMPLES }, 'rules/quiet.examples.yaml:1:1 no rule of this name lies beside'],
    [
      'examples on one side only',
      { 'quiet.yaml': RULE, 'quiet.examples.yaml': EXAMPLES.split('\n')[1] ?? '' },
      'rules/quiet.examples.yaml:1:1 the examples for FR do not show both sides of 2026-01-01: one before that day is missing.',
    ],
    ['a rule that does not fit', { 'quiet.yaml': RULE.replace('message.ai', 'mesage.ai') }, 'rules/quiet.yaml:4:7 in the expression'],
  ])('says no to %s', async (_, files, told) => {
    const folder = await workspace(files)
    const { code, out } = await run([folder], folder)
    expect(code).toBe(1)
    expect(out).toContain(told)
  })
})
