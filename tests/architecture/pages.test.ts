import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkCommand } from '../../src/cli/check.ts'
import type { Command } from '../../src/cli/command.ts'
import { planCommand } from '../../src/cli/drill/plan.ts'
import { initCommand } from '../../src/cli/init.ts'
import { judge } from '../../src/cli/judge.ts'
import { rules } from '../../src/cli/rules/rules.ts'
import { commandsShown, deadLinks, missingFiles, readPages } from './pages.ts'
import { ROOT } from './source.ts'

const pages = readPages().map((page) => ({ path: page.path, shown: commandsShown(page) }))

/** They need a database: `tests/house/going-live.test.ts` runs them. */
const RUN_ELSEWHERE = ['docs/going-live.md', 'docs/going-live.fr.md']
/** They end by themselves and touch nothing but the folder they run in. */
const COMMANDS: readonly Command[] = [
  judge,
  rules,
  checkCommand,
  initCommand({ randomBytes: (count) => Buffer.alloc(count, 7) }),
  planCommand({ stored: async () => null }),
]
const NOON = Date.UTC(2026, 10, 22, 12)

const folded = (text: string): string => text.replaceAll(/\s+/g, ' ')

it('pages lead nowhere that does not exist', () => {
  expect(readPages().flatMap(deadLinks)).toEqual([])
})

it('pages name no file that is not there', () => {
  expect(readPages().flatMap(missingFiles)).toEqual([])
})

it('pages show npm scripts that exist', async () => {
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
  const commands = pages.flatMap(({ shown }) => shown.map(({ command }) => command))
  const asked = commands.flatMap((command) => /^npm (?:run )?([a-z]+)/.exec(command)?.[1] ?? [])
  expect(asked).toContain('start')
  expect(asked.filter((name) => name !== 'ci' && !(name in scripts))).toEqual([])
})

it.each(pages.filter(({ path, shown }) => shown.length > 0 && !RUN_ELSEWHERE.includes(path)))(
  'commands of $path run as they stand',
  async ({ path, shown }) => {
    const cwd = await mkdtemp(join(tmpdir(), 'relais-pages-'))
    try {
      for (const { command, lines } of shown) {
        const [name = '', ...args] = /^(?:\.\/)?relais (.+)$/.exec(command)?.[1]?.split(' ') ?? []
        if (name === '') continue
        const found = COMMANDS.find((one) => one.name === name)
        if (!found) throw new Error(`${command}: this test cannot run it; show it in a page that another test runs`)
        const said = { stdout: [] as string[], stderr: [] as string[] }
        const io = {
          stdout: (text: string) => void said.stdout.push(text),
          stderr: (text: string) => void said.stderr.push(text),
          env: {},
          cwd,
          now: () => NOON,
          language: path.endsWith('.fr.md') ? ('fr' as const) : ('en' as const),
        }
        expect({ code: await found.run(args, io), stderr: said.stderr.join('') }, command).toEqual({ code: 0, stderr: '' })
        for (const line of lines) expect(folded(said.stdout.join('')), command).toContain(folded(line).trim())
      }
    } finally {
      await rm(cwd, { recursive: true, force: true })
    }
  },
)

describe('the checks', () => {
  it('catch a dead link and a dead anchor, and no link inside code', () => {
    const page = (text: string) => ({ path: 'docs/rules.md', text })
    expect(
      deadLinks(page('[a](nowhere.md) [b](rules.md#no-such-part) [c](rules.md#examples) [d](https://example.org) [e](#nothing)')),
    ).toEqual(['docs/rules.md: nowhere.md', 'docs/rules.md: rules.md#no-such-part', 'docs/rules.md: #nothing'])
    expect(deadLinks(page('`[a](nowhere.md)`\n```md\n[b](nowhere.md)\n```\n'))).toEqual([])
  })

  it('read commands with what they print', () => {
    expect(commandsShown({ path: 'a.md', text: '```console\n$ npm start\n$ ./relais check\nNo errors.\n```\n' })).toEqual([
      { command: 'npm start', lines: [] },
      { command: './relais check', lines: ['No errors.'] },
    ])
  })
})
