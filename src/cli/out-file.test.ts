import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UsageError } from './command.ts'
import { outFile } from './out-file.ts'
import { rulesReport } from './rules/report.ts'

let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'relais-out-'))
})
afterAll(() => rm(cwd, { recursive: true }))

const refusal = (named: string): Promise<string> =>
  outFile(named, { cwd }).then(
    () => 'written',
    (error: unknown) => (error instanceof UsageError ? error.words.en : 'thrown'),
  )

describe('the file that a command writes', () => {
  it('is written where it was named', async () => {
    await (await outFile('page.html', { cwd }))('<p>')
    expect(await readFile(join(cwd, 'page.html'), 'utf8')).toBe('<p>')
  })

  it('is refused in one sentence, before any work, where it can have no place', async () => {
    await writeFile(join(cwd, 'a-file'), '')
    expect(await refusal('none/page.html')).toBe('none/page.html cannot be written: there is no such folder.')
    expect(await refusal('a-file/page.html')).toBe('a-file/page.html cannot be written: that is no folder.')
    expect(await refusal('.')).toBe('. cannot be written: it is a folder.')
  })

  it('is so with every command: wrong use, one line', async () => {
    const err: string[] = []
    const io = { stdout: () => {}, stderr: (text: string) => err.push(text), env: {}, cwd, now: () => 0, language: 'fr' as const }
    expect(await rulesReport.run(['--out', 'none/rules.html'], io)).toBe(2)
    expect(err).toHaveLength(1)
    expect(err[0]).toContain('none/rules.html ne s’écrit pas\u00a0: ce dossier n’existe pas.')
  })
})
