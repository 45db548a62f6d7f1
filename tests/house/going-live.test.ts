/** docs/going-live: every `console` block runs as it stands, in order, and shows what it says it shows. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { freshDatabase } from '../support/postgres.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const MAIN = join(ROOT, 'src', 'cli', 'main.ts')
const run = promisify(execFile)

/** Each command with the lines said to follow it. */
const blocksOf = (page: string): readonly { readonly args: readonly string[]; readonly shown: readonly string[] }[] =>
  [...page.matchAll(/^```console\n(.*?)^```/gms)].map(([, block = '']) => {
    const [command = '', ...shown] = block.trimEnd().split('\n')
    return { args: command.replace('$ ./relais ', '').split(' '), shown: shown.map((line) => line.trim()) }
  })

it.each([
  ['going-live.md', 'C.UTF-8'],
  ['going-live.fr.md', 'fr_FR.UTF-8'],
])('docs/%s runs as it stands', async (page, LANG) => {
  const cwd = await mkdtemp(join(tmpdir(), 'relais-docs-'))
  const database = await freshDatabase()
  try {
    const blocks = blocksOf(await readFile(join(ROOT, 'docs', page), 'utf8'))
    expect(blocks.map(({ args }) => args[0])).toEqual(['init', 'check', 'key', 'judge', 'judge'])
    for (const { args, shown } of blocks) {
      const env = { ...process.env, LC_ALL: '', LC_MESSAGES: '', LANG, DATABASE_URL: database.connectionString }
      const { stdout } = await run(process.execPath, [MAIN, ...args], { cwd, env })
      // A space that may break or not is no difference to the eye.
      for (const line of shown) expect(stdout.replaceAll(/\s+/g, ' ')).toContain(line.replaceAll(/\s+/g, ' '))
    }
  } finally {
    await database.drop()
    await rm(cwd, { recursive: true })
  }
})
