/** The demo's workspace as commands find it: nobody has to set what the demo sets itself. */
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '../../tests/support/terminal.ts'
import type { Finding } from '../core/ports.ts'
import { unguarded } from '../engines/contract/scripted.ts'
import { checkCommand } from './check.ts'
import { systemClock } from './clock.ts'
import type { Io } from './command.ts'
import { besideDemo, clockFileIn, DEMO, onThisMachine, tellStage } from './demo-beside.ts'
import { doctorCommand } from './doctor.ts'
import { errorsButSecrets } from './house.ts'
import { promptsCommand } from './prompts/prompts.ts'

let data = ''
let own = ''
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'relais-beside-'))
  own = join(data, 'demo')
  await mkdir(own)
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

it('prompts are tried on its cases beside the running demo, and on nothing where it does not run', async () => {
  const command = promptsCommand({
    clock: systemClock,
    openFetch: () => Object.assign(async () => new Response(null, { status: 503 }), { close: async () => {} }),
    guard: () => unguarded,
  })
  const run = () => runCommand(command, ['test', DEMO, '--engines', 'faq'], { cwd: data, env: { RELAIS_DATA: data }, now: Date.now })
  const asleep = await run()
  expect([asleep.code, asleep.err]).toEqual([2, expect.stringContaining('npm start')])
  const texts = await Promise.all(['relais.yaml', 'journeys/booking.yaml'].map((file) => readFile(join(DEMO, file), 'utf8')))
  const names = texts.flatMap((text) => [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name))
  const end = await tellStage(own, Object.fromEntries(names.map((name) => [name, onThisMachine({})[name] ?? ''])))
  expect((await run()).out).toMatch(/bagages.*cases/s)
  await end()
})

it('a mistake in its files is told as such, whether it runs or not', () => {
  const finding = (id: string): Finding => ({ id, level: 'error', subject: id, words: { fr: id, en: id }, remedy: { fr: id, en: id } })
  expect(errorsButSecrets(['secret-missing', 'call-host', 'bad-yaml'].map(finding))).toMatchObject([{ id: 'bad-yaml' }])
  expect(errorsButSecrets(['call-host'].map(finding))).toMatchObject([{ id: 'call-host' }])
})

it('beside the running demo it has its variables, its data and its time, whatever one’s own say; what ended is not asked', async () => {
  expect(await besideDemo(io())).toBeNull()
  const end = await tellStage(own, { WHATSAPP_TOKEN: 'imitated', ENGINE_URL: 'http://127.0.0.1:1' })
  await writeFile(clockFileIn(own), '86400000')
  expect((await stat(join(own, 'demo-stage.json'))).mode & 0o777).toBe(0o600)
  const beside = await besideDemo(io({ ENGINE_URL: 'http://127.0.0.1:2', DATABASE_URL: 'postgresql://127.0.0.1:1/ours' }))
  expect(beside?.env).toMatchObject({
    WHATSAPP_TOKEN: 'imitated',
    ENGINE_URL: 'http://127.0.0.1:1',
    RELAIS_DATA: own,
    DATABASE_URL: undefined,
  })
  expect(beside?.now()).toBe(86_401_000)
  const file = join(own, 'demo-stage.json')
  const kept = JSON.parse(await readFile(file, 'utf8'))
  for (const left of [JSON.stringify({ ...kept, pid: 2 ** 30 }), '{"pid":', '{}']) {
    await writeFile(file, left)
    expect(await besideDemo(io())).toBeNull()
  }
  await end()
  expect(await stat(file).catch(() => null)).toBeNull()
})
