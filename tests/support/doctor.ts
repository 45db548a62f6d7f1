/** A running house that `relais doctor` examines: the demo, its providers, and ways to make it ill. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '../../simulators/serve.ts'
import type { Answer, Call } from '../../simulators/wire.ts'
import { peekDatabase } from '../../src/cli/database.ts'
import { type DoctorTools, doctorCommand } from '../../src/cli/doctor.ts'
import { silentLog } from '../../src/core/ports.ts'
import { copyDemo } from './demo-folder.ts'
import { openHouse, type TestHouse } from './house.ts'
import { realClock } from './real-clock.ts'

export const GB = 1024 ** 3
/** Nobody listens there. */
export const DEAD = 'http://127.0.0.1:1'

type Words = { fr: string; en: string }
type Report = {
  healthy: boolean
  checks: { subject: string; ok: boolean }[]
  findings: { id: string; level: string; subject: string; file?: string; words: Words; remedy: Words }[]
}
export type Asked = {
  readonly folder?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly ahead?: number
  readonly tools?: Partial<DoctorTools>
  readonly args?: readonly string[]
  readonly language?: 'fr' | 'en'
}
type Handle = (call: Call) => Promise<Answer>

export type Patient = {
  readonly house: TestHouse
  readonly databaseUrl: string
  /** As a person sees it. */
  run(asked: Asked): Promise<{ readonly code: number; readonly text: string }>
  /** As a program sees it. */
  examine(asked?: Asked): Promise<Report & { readonly code: number }>
  newFolder(): Promise<string>
  /** The demo's folder with relais.yaml changed. */
  workspaceWith(change: (settings: string) => string): Promise<string>
  /** Everything that calls the house's webhook meets `handle` instead. */
  behindProxy(handle: Handle): Promise<{ readonly asked: Asked; heal(): Promise<void> }>
  /** Passes each request on to the house with `change` made to its body. */
  passOn(change: (body: string) => string): Handle
  close(): Promise<void>
}

export const openPatient = async (): Promise<Patient> => {
  const demo = await copyDemo()
  const house = await openHouse({ workspace: demo })
  const temporary: string[] = [demo]
  const { connectionString: databaseUrl } = house.connection.pool.options
  if (!databaseUrl) throw new Error('The house has no address of its database.')

  const run: Patient['run'] = async ({ folder = demo, env, ahead = 0, tools, args = [], language = 'en' }) => {
    let text = ''
    const write = (part: string) => {
      text += part
    }
    const command = doctorCommand({
      openDatabase: (io) => peekDatabase(io.env, io.cwd, realClock, silentLog),
      freeBytes: async () => 100 * GB,
      limitMs: 3_000,
      ...tools,
    })
    const code = await command.run([folder, ...args], {
      stdout: write,
      stderr: write,
      env: { ...house.stage.env, DATABASE_URL: databaseUrl, PUBLIC_URL: house.url, ...env },
      cwd: tmpdir(),
      now: () => house.stage.clock.now() + ahead,
      language,
    })
    return { code, text }
  }

  const newFolder: Patient['newFolder'] = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'relais-doctor-'))
    temporary.push(folder)
    return folder
  }

  return {
    house,
    databaseUrl,
    run,
    newFolder,
    examine: async (asked = {}) => {
      const { code, text } = await run({ ...asked, args: ['--json'] })
      const report: Report = JSON.parse(text)
      return { ...report, code }
    },
    workspaceWith: async (change) => {
      const folder = await copyDemo()
      temporary.push(folder)
      const file = join(folder, 'relais.yaml')
      await writeFile(file, change(await readFile(file, 'utf8')))
      return folder
    },
    behindProxy: async (handle) => {
      const { webhooks } = house.stage.whatsapp
      const usual = webhooks.url
      const { url, close } = await serve({ handle })
      webhooks.url = `${url}/webhooks/whatsapp`
      return {
        asked: { env: { PUBLIC_URL: url } },
        heal: async () => {
          webhooks.url = usual
          await close()
        },
      }
    },
    passOn: (change) => async (call) => {
      const signature = call.header('x-hub-signature-256')
      const response = await fetch(`${house.url}${call.path}?${call.query}`, {
        method: call.method,
        headers: { 'content-type': 'application/json', ...(signature ? { 'x-hub-signature-256': signature } : {}) },
        ...(call.method === 'POST' ? { body: change(Buffer.from(call.body).toString('utf8')) } : {}),
      })
      return { status: response.status, headers: { 'content-type': 'text/plain' }, body: await response.text() }
    },
    close: async () => {
      await house.close()
      await Promise.all(temporary.map((folder) => rm(folder, { recursive: true })))
    },
  }
}
