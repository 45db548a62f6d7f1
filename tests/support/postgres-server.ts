/**
 * Before a Vitest project that needs a PostgreSQL: one server for all its files, without fsync. After it: nothing is left.
 * `RELAIS_TEST_DATABASE_URL` names another server, of another version for example; its role must be allowed to create databases.
 */
import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { silentLog } from '../../src/core/ports.ts'
import { startEmbedded } from '../../src/store/embedded/index.ts'
import { stateOf } from '../../src/store/embedded/process-state.ts'
import { realClock } from './real-clock.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the run's server. */
    postgres: string
  }
}

const NAME = 'relais-tests-'
const ROOM = 4 * 1024 ** 3
/** In memory where the machine has plenty: making and dropping databases is all about files. */
const PARENTS = ['/dev/shm', '/tmp'].filter((folder) => {
  try {
    const disk = statfsSync(folder)
    return folder === '/tmp' || disk.bavail * disk.bsize > ROOM
  } catch {
    return false
  }
})
const settings = { fsync: 'off', full_page_writes: 'off', max_connections: '200' }

export default async function setup(project: { provide(key: 'postgres', value: string): void }): Promise<() => Promise<void>> {
  const given = process.env.RELAIS_TEST_DATABASE_URL
  if (given) {
    project.provide('postgres', given)
    return async () => {}
  }
  for (const parent of PARENTS) await sweep(parent)
  const folder = mkdtempSync(join(PARENTS[0] ?? '/tmp', `${NAME}${process.pid}-`))
  // Root's server runs under another account, which has to pass through.
  chmodSync(folder, 0o755)
  const server = await startEmbedded({ dataFolder: folder, log: silentLog, clock: realClock, settings })
  project.provide('postgres', server.connectionString)
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What killed runs left behind: their servers live on, as they should. */
const sweep = async (parent: string): Promise<void> => {
  for (const name of readdirSync(parent).filter((one) => one.startsWith(NAME))) {
    if (stateOf(Number.parseInt(name.slice(NAME.length), 10)) === 'alive') continue
    try {
      await (await startEmbedded({ dataFolder: join(parent, name), log: silentLog, clock: realClock })).stop()
      rmSync(join(parent, name), { recursive: true, force: true })
    } catch {
      // Another user's, or another run sweeps it at this moment.
    }
  }
}
