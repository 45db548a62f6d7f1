/** The demo's workspace as `check` and `doctor` find it: nobody has to set what the demo sets itself. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '../../tests/support/terminal.ts'
import { checkCommand } from './check.ts'
import type { Io } from './command.ts'
import { besideDemo, clockFileIn, DEMO, tellStage } from './demo-beside.ts'
import { doctorCommand } from './doctor.ts'

let data = ''
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'relais-beside-'))
})
afterAll(() => rm(data, { recursive: true, force: true }))

const io = (env: Io['env'] = {}): Io => ({
  stdout: () => {},
  stderr: () => {},
  env: { RELAIS_DATA: data, ...env },
  cwd: '/',
  now: () => 1_000,
  language: 'en',
})

it('check finds no error in it, and says once who sets its variables', async () => {
  const { code, out } = await runCommand(checkCommand, [DEMO, '--json'], { cwd: data, env: {}, now: Date.now })
  const ids = JSON.parse(out).findings.map(({ id }: { readonly id: string }) => id)
  expect([code, ids.filter((id: string) => id === 'demo-variables')]).toEqual([0, ['demo-variables']])
  expect(ids).not.toContain('secret-missing')
})

it('doctor says once that the demo does not run', async () => {
  const doctor = doctorCommand({ openDatabase: async () => null, freeBytes: async () => 1e12 })
  const { code, out } = await runCommand(doctor, [DEMO, '--json'], { cwd: data, env: { RELAIS_DATA: data }, now: Date.now })
  const errors = JSON.parse(out).findings.filter(({ level }: { readonly level: string }) => level === 'error')
  expect([code, errors.map(({ id }: { readonly id: string }) => id)]).toEqual([1, ['demo-asleep']])
})

it('beside the running demo it has its variables, its data and its time; own variables come first; what ended is not asked', async () => {
  expect(await besideDemo(io())).toBeNull()
  const end = await tellStage(data, { WHATSAPP_TOKEN: 'imitated', ENGINE_URL: 'http://127.0.0.1:1' })
  await writeFile(clockFileIn(data), '86400000')
  expect((await stat(join(data, 'demo-stage.json'))).mode & 0o777).toBe(0o600)
  const beside = await besideDemo(io({ ENGINE_URL: 'http://127.0.0.1:2' }))
  expect(beside?.env).toMatchObject({ WHATSAPP_TOKEN: 'imitated', ENGINE_URL: 'http://127.0.0.1:2' })
  expect(beside?.now()).toBe(86_401_000)
  const file = join(data, 'demo-stage.json')
  const kept = JSON.parse(await readFile(file, 'utf8'))
  for (const left of [JSON.stringify({ ...kept, pid: 2 ** 30 }), '{"pid":', '{}']) {
    await writeFile(file, left)
    expect(await besideDemo(io())).toBeNull()
  }
  await end()
  expect(await stat(file).catch(() => null)).toBeNull()
})
