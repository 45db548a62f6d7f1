/** The demo's workspace, examined beside the demo: `npm start` gives it its variables itself, and they lead to this machine. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Io } from './command.ts'
import { dataFolderOf } from './database.ts'
import { standIn } from './drill/rehearsed.ts'

export const ROOT = join(import.meta.dirname, '..', '..')
export const DEMO = join(ROOT, 'workspaces', 'demo')
/** Beside the demo's data while it runs. Its secrets are those of imitations, made anew at each start. */
const STAGE = 'demo-stage.json'
const CLOCK = 'demo-clock.json'
type Env = Readonly<Record<string, string>>

/** The demo's own ground: whoever reaches its simulators is an agent, so it never enters what a business keeps. */
export const demoGround = (env: Io['env']): Io['env'] => ({
  ...env,
  RELAIS_DATA: join(dataFolderOf(env, ROOT), 'demo'),
  DATABASE_URL: undefined,
})

export const clockFileIn = (dataFolder: string): string => join(dataFolder, CLOCK)

/** Lets commands beside it ask the same imitations; the answer takes that back. */
export const tellStage = async (dataFolder: string, env: Env): Promise<() => Promise<void>> => {
  const file = join(dataFolder, STAGE)
  await writeFile(file, JSON.stringify({ pid: process.pid, env }), { mode: 0o600 })
  return () => rm(file, { force: true })
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const Stage = z.object({ pid: z.int().positive(), env: z.record(z.string(), z.string()) })
const readStage = (text: string): z.output<typeof Stage> => Stage.parse(JSON.parse(text))

/** How far ahead the demo's clock is, ms; 0 where nobody moved it. */
export const aheadIn = async (file: string): Promise<number> => {
  const ahead = Number(await readFile(file, 'utf8').catch(() => '0'))
  return Number.isSafeInteger(ahead) && ahead > 0 ? ahead : 0
}

/** As the running demo has it: its variables, its data, its time. null where it does not run. */
export const besideDemo = async (io: Io): Promise<Io | null> => {
  const ground = demoGround(io.env)
  const dataFolder = dataFolderOf(ground, ROOT)
  const stage = await readFile(join(dataFolder, STAGE), 'utf8')
    .then(readStage)
    .catch(() => null)
  if (!stage || !isAlive(stage.pid)) return null
  const ahead = await aheadIn(clockFileIn(dataFolder))
  return { ...io, cwd: ROOT, env: { ...ground, ...stage.env }, now: () => io.now() + ahead }
}

/** What stands for variables that the demo sets while it runs: addresses of this machine, the only ones its workspace may call. */
export const onThisMachine = (env: Io['env']): Io['env'] =>
  new Proxy(env, {
    get: (given, name) => {
      if (typeof name !== 'string') return undefined
      return given[name] || (name.endsWith('_URL') ? 'http://127.0.0.1:1' : standIn(name))
    },
  })
