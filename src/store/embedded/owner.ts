import pg from 'pg'
import { RelaisError } from '../../core/errors.ts'
import type { Clock } from '../../core/ports.ts'
import { pause, type Running } from './launch.ts'
import { stateOf } from './process-state.ts'

/** The lock's two numbers: "RELA" and "IS" in ASCII. Advisory locks belong to one database: always taken in `postgres`. */
const LOCK = [0x52454c41, 0x4953] as const
/** A killed owner's connection ends as soon as PostgreSQL sees its closed socket, but not in the same instant. */
const LINGER = 5_000
/** Server not up yet, or going down: cannot_connect_now, admin_shutdown, crash_shutdown, too_many_connections; no socket; cut. */
const PASSING = new Set(['57P03', '57P01', '57P02', '53300', 'ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'])

export const DATABASE = 'relais'
export const USER = 'relais'

/**
 * Takes the place of the one owner of a server: a session lock on a connection of its own whose application_name names our pid. It
 * lasts as long as the connection. Undefined where the server cannot answer just now. Throws `store-already-open` where a living process
 * owns it; a dead one's connection is waited for.
 */
export const takeOwnership = async (server: Running, clock: Clock): Promise<pg.Client | undefined> => {
  const client = new pg.Client({
    host: server.host,
    port: server.port,
    user: USER,
    database: 'postgres',
    application_name: `relais pid ${process.pid}`,
  })
  // Without a listener a broken connection would end the process; the watch listens to `end`.
  client.on('error', () => {})
  try {
    await client.connect()
    await waitForLock(client, clock)
    await createDatabase(client)
    return client
  } catch (error) {
    await client.end().catch(() => {})
    if (isPassing(error)) return undefined
    throw error
  }
}

const waitForLock = async (client: pg.Client, clock: Clock): Promise<void> => {
  const deadline = clock.now() + LINGER
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken', [...LOCK])
    if (rows[0]?.taken) return
    const holder = await holderOf(client)
    const pid = Number(holder.match(/\d+$/)?.[0])
    if (holder !== '' && (stateOf(pid) === 'alive' || clock.now() > deadline)) throw new RelaisError('store-already-open', `(pid ${pid})`)
    await pause(clock, 50)
  }
}

const holderOf = async (client: pg.Client): Promise<string> => {
  const { rows } = await client.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
      where l.locktype = 'advisory' and l.classid = $1 and l.objid = $2 and l.objsubid = 2 and l.granted`,
    [...LOCK],
  )
  return rows[0]?.name ?? ''
}

const createDatabase = async (client: pg.Client): Promise<void> => {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
  if (rowCount === 0) await client.query(`create database ${DATABASE}`)
}

const isPassing = (error: unknown): boolean =>
  error instanceof Error && (('code' in error && PASSING.has(String(error.code))) || /Connection terminated/i.test(error.message))
