import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { commandsShown, deadLinks, missingFiles, readPages } from './pages.ts'
import { ROOT } from './source.ts'

const run = promisify(execFile)
/** Each command once: a second page that shows it without what it prints says nothing new. */
const once = new Set<string>()
const pages = readPages().map((page) => ({
  path: page.path,
  shown: commandsShown(page).filter(({ command, lines }) => lines.length > 0 || (!once.has(command) && once.add(command))),
}))

/** They need a database: `tests/house/going-live.test.ts` runs them. */
const RUN_ELSEWHERE = ['docs/going-live.md', 'docs/going-live.fr.md']
/** These end by themselves and touch nothing but the folder they run in; of the others the help is asked. */
const SAFE = new Set(['check', 'init', 'judge', 'rules'])

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

it.concurrent.each(pages.filter(({ path, shown }) => shown.length > 0 && !RUN_ELSEWHERE.includes(path)))(
  'commands of $path run as they stand',
  async ({ path, shown }) => {
    const cwd = await mkdtemp(join(tmpdir(), 'relais-pages-'))
    const env = { PATH: process.env.PATH ?? '', HOME: cwd, LANG: path.endsWith('.fr.md') ? 'fr_FR.UTF-8' : 'C.UTF-8' }
    try {
      for (const { command, lines } of shown) {
        const words = /^(?:\.\/)?relais (.+)$/.exec(command)?.[1]?.split(' ')
        if (!words) continue
        const [name = '', ...rest] = words
        const asked = SAFE.has(name) ? words : [name, '--help']
        const { stdout } = await run(process.execPath, [join(ROOT, 'src', 'cli', 'main.ts'), ...asked], { cwd, env })
        const expected = SAFE.has(name) ? lines : rest.filter((word) => word.startsWith('--'))
        for (const line of expected) expect(folded(stdout), command).toContain(folded(line).trim())
      }
    } finally {
      await rm(cwd, { recursive: true, force: true })
    }
  },
  180_000,
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
