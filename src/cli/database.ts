/** The database of a workspace: DATABASE_URL, else Relais' own PostgreSQL in the data folder. */
import { resolve } from 'node:path'
import { RelaisError } from '../core/errors.ts'
import type { Clock, Log } from '../core/ports.ts'
import { type Connection, type ConnectionOptions, connect } from '../store/connection.ts'
import { findData, findEmbedded, startEmbedded } from '../store/embedded/index.ts'
import { migrate } from '../store/migrate.ts'

type Env = Readonly<Record<string, string | undefined>>

export const dataFolderOf = (env: Env, cwd: string): string => resolve(cwd, env.RELAIS_DATA ?? '.relais')

export type Database = {
  readonly connection: Connection
  /** How to reach it once more, as the demo's scenes do. */
  readonly config: ConnectionOptions['config']
  close(): Promise<void>
}

/** A database that is not there, will not let in, or cannot be named: codes of the network, of PostgreSQL, of a URL. */
const NO_ENTRY = /^(?:E[A-Z_]+|ERR_INVALID_URL|28\w{3}|3D\w{3}|08\w{3}|57\w{3}|53\w{3})?$/u

/** Which database DATABASE_URL names: host and port, never who enters it and how. Empty where it is unset. */
export const addressOf = (url: string | undefined): string => {
  if (url === undefined) return ''
  const { hostname, port } = URL.canParse(url) ? new URL(url) : { hostname: '', port: '' }
  return hostname ? `DATABASE_URL ${hostname}:${port || 5432}` : 'DATABASE_URL'
}

/** Says which database was asked. Other faults are given back as they are. */
const placed = (error: unknown, url: string | undefined): unknown => {
  if (url === undefined) return error
  const code = error instanceof RelaisError ? error.detail : error instanceof Error && 'code' in error ? String(error.code) : null
  const away = error instanceof RelaisError ? error.code === 'store-unavailable' : code !== null && NO_ENTRY.test(code)
  if (!away) return error
  return new RelaisError('store-unavailable', `${addressOf(url)}${code ? ` (${code})` : ''}`, error)
}

/** Whether there is one to ask. Makes nothing. */
export const hasDatabase = (env: Env, cwd: string): boolean => {
  const dataFolder = dataFolderOf(env, cwd)
  return Boolean(env.DATABASE_URL) || Boolean(findEmbedded(dataFolder)) || Boolean(findData(dataFolder))
}

/** For `start`: starts our own server where none is given, and brings the schema up to date. `onTaken`: another Relais took the folder. */
export const openDatabase = async (options: {
  env: Env
  dataFolder: string
  clock: Clock
  log: Log
  onTaken: (error: RelaisError) => void
}): Promise<Database> => {
  const { env, dataFolder, clock, log, onTaken } = options
  const embedded = env.DATABASE_URL ? null : await startEmbedded({ dataFolder, log, clock, onTaken })
  const config = embedded ? { ...embedded.connection } : { connectionString: env.DATABASE_URL }
  const connection = connect({ config })
  const close = async () => {
    await connection.close()
    await embedded?.stop()
  }
  try {
    await migrate(connection, clock.now())
    return { connection, config, close }
  } catch (error) {
    await close()
    throw placed(error, env.DATABASE_URL)
  }
}

/** For commands beside a running Relais, or on a database of one's own. */
export const joinDatabase = async (env: Env, cwd: string, clock: Clock, log: Log): Promise<Database> => {
  const dataFolder = dataFolderOf(env, cwd)
  const running = env.DATABASE_URL ? null : findEmbedded(dataFolder)
  if (!running && !env.DATABASE_URL) return openDatabase({ env, dataFolder, clock, log, onTaken: () => {} })
  const config = running ? { ...running } : { connectionString: env.DATABASE_URL }
  const connection = connect({ config, size: 2 })
  try {
    await connection.query('select 1')
    return { connection, config, close: () => connection.close() }
  } catch (error) {
    await connection.close()
    throw placed(error, running ? undefined : env.DATABASE_URL)
  }
}

/**
 * For commands that ask what is stored: makes no store for it. @throws {RelaisError} `nothing-stored` where nobody started the workspace, and
 * what `joinDatabase` throws.
 */
export const askDatabase = async (env: Env, cwd: string, clock: Clock, log: Log): Promise<Database> => {
  const nothing = new RelaisError('nothing-stored', addressOf(env.DATABASE_URL) || dataFolderOf(env, cwd))
  if (!hasDatabase(env, cwd)) throw nothing
  const database = await joinDatabase(env, cwd, clock, log)
  const [found] = await database.connection.query<{ made: boolean }>("select to_regclass('event') is not null as made")
  if (found?.made) return database
  await database.close()
  throw nothing
}

/** No question of `doctor` may take longer. */
const PATIENCE = { statement_timeout: 8_000, query_timeout: 9_000 }

/**
 * For looking only: makes and migrates nothing; null where there is no database yet. Our own server, where it does not run, is started
 * and stopped again. Throws what `startEmbedded` throws; a database that does not answer shows at the first question.
 */
export const peekDatabase = async (env: Env, cwd: string, clock: Clock, log: Log): Promise<Database | null> => {
  const dataFolder = dataFolderOf(env, cwd)
  const running = env.DATABASE_URL ? undefined : findEmbedded(dataFolder)
  if (!hasDatabase(env, cwd)) return null
  const started = env.DATABASE_URL || running ? null : await startEmbedded({ dataFolder, log, clock })
  const config = { ...(started?.connection ?? running ?? { connectionString: env.DATABASE_URL }), ...PATIENCE }
  const connection = connect({ config, size: 2 })
  return {
    connection,
    config,
    close: async () => {
      await connection.close()
      await started?.stop()
    },
  }
}
