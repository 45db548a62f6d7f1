/** `relais --version`. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const MAIN = join(import.meta.dirname, 'main.ts')

it.each(['--version', 'version'])('%s tells which Relais this is', async (asked) => {
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, asked])
  expect(stdout).toMatch(/^Relais \d+\.\d+\.\d+\n$/)
})

it('names the command that was meant', async () => {
  const run = promisify(execFile)(process.execPath, [MAIN, 'juge'], { env: { ...process.env, LC_ALL: 'en_GB' } })
  await expect(run).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean “judge”?') })
})
