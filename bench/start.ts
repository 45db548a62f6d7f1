/** From the command to `/readyz` with the data folder there, and the memory of Relais and its PostgreSQL at rest. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { SECRET, TOKEN } from './load.ts'
import { median } from './median.ts'

const MAIN = join(import.meta.dirname, '..', 'src', 'cli', 'main.ts')

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

/** Proportional set size in bytes: shared pages count once among those who share them. */
const memoryOf = (pid: number): number =>
  Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}
const parentOf = (pid: number): number => {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
  } catch {
    return 0
  }
}

/** The embedded server of a data folder and its processes. */
const serverOf = (folder: string): number[] => {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  const root = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  return pids.filter((pid) => pid === root || (parentOf(pid) === root && commandOf(pid).startsWith('postgres')))
}

const startOnce = async (folder: string, restMs: number): Promise<{ ms: number; bytes: number }> => {
  const port = await freePort()
  const env = {
    ...process.env,
    RELAIS_DATA: folder,
    LOG_LEVEL: 'warn',
    WHATSAPP_API_URL: 'http://127.0.0.1:9',
    WHATSAPP_TOKEN: TOKEN,
    WHATSAPP_APP_SECRET: SECRET,
    PORT: String(port),
  }
  const began = performance.now()
  const child = spawn(process.execPath, [MAIN, 'start', join(import.meta.dirname, 'workspace')], { env, stdio: 'ignore' })
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) break
    if (child.exitCode !== null) throw new Error(`relais start ended with ${child.exitCode}`)
    await pause(10)
  }
  const ms = performance.now() - began
  await pause(restMs)
  const bytes = [child.pid ?? 0, ...serverOf(folder)].reduce((sum, pid) => sum + memoryOf(pid), 0)
  child.kill('SIGTERM')
  await once(child, 'exit')
  return { ms, bytes }
}

export const measureStart = async ({ rounds = 3, restMs = 8_000 } = {}): Promise<{ readonly ms: number; readonly megabytes: number }> => {
  const folder = await mkdtemp(join(tmpdir(), 'relais-bench-'))
  try {
    await startOnce(folder, 0)
    const runs = []
    for (let round = 0; round < rounds; round++) runs.push(await startOnce(folder, round === rounds - 1 ? restMs : 0))
    return {
      ms: median(runs.map((run) => run.ms)),
      megabytes: (runs.at(-1)?.bytes ?? 0) / 1e6,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) console.log(await measureStart())
