/** PostgreSQL as the rooms of the store see it: named statements over a pool, and transactions that are tried again where that is safe. */
import { createHash } from 'node:crypto'
import { Socket } from 'node:net'
import pg from 'pg'
import { RelaisError } from '../core/errors.ts'

/** Milliseconds since 1970 and counts stay far below 2^53. */
const INT8 = 20
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}

export type Sql = { query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]> }
/**
 * Inside a transaction. Statements go out at once and are answered in order (libpq's pipeline mode): what need not be waited for is sent with
 * the next one, and costs no round trip. `send` is for a statement whose rows nobody needs; its failure fails the transaction.
 */
export type Transaction = Sql & { send(text: string, values?: readonly unknown[]): void }
export type Connection = Sql & {
  /** Runs `work` in one transaction; again (up to 5 times) after a deadlock or a serialization failure. */
  transaction<T>(work: (sql: Transaction) => Promise<T>): Promise<T>
  /** A connection of its own, for session locks and LISTEN. Ends with `onLost` when the server goes. */
  dedicated(onLost: () => void): Promise<pg.Client>
  readonly pool: pg.Pool
  close(): Promise<void>
}

export type ConnectionOptions = { readonly config: pg.ClientConfig; readonly size?: number; readonly name?: string }

/** One statement, one name: PostgreSQL plans it once for each connection. */
const names = new Map<string, string>()
const nameOf = (text: string) => {
  let name = names.get(text)
  if (!name) {
    name = createHash('sha1').update(text).digest('base64url')
    names.set(text, name)
  }
  return name
}

/** Statements that go out in one turn of the event loop leave in one packet: a system call, and a wake-up of the server, for each would cost more than many of them do. */
class GatheringSocket extends Socket {
  override uncork(): void {
    process.nextTick(() => super.uncork())
  }
}

const RETRY = new Set(['40001', '40P01'])
/** Said of every statement after the one that failed. */
const ABORTED = '25P02'
/**
 * What a session holds is free once PostgreSQL misses its host: after 25 s of silence, where the system's own keep-alive takes two hours.
 * Over a socket of the same machine it means nothing, and does no harm.
 */
const MISSED_SOON = 'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3'
/** Connection lost or refused, server starting or stopping, no room on the disk, too many connections. */
const UNAVAILABLE = /^(08|57P|53|58)/
/** The same, before PostgreSQL could say so: its name has no address now, no way leads there, nobody listens, the line went. */
const AWAY = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'XX000',
])
const codeOf = (error: unknown): string => (typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '')

/** True where the store cannot be used now, and the same work may succeed later. */
export const isUnavailable = (error: unknown): boolean => {
  if (error instanceof RelaisError) return error.code === 'store-unavailable'
  const code = codeOf(error)
  // Neither two who waited for each other nor what follows an error says anything of the rows.
  if (RETRY.has(code) || code === ABORTED || UNAVAILABLE.test(code)) return true
  if (AWAY.has(code)) return true
  return (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect|not queryable|Client has encountered a connection error/.test(
      error.message,
    )
  )
}

const causeOf = (first: { readonly error: unknown } | null, last: unknown): unknown => (first ? first.error : last)

const translate = (error: unknown): unknown =>
  isUnavailable(error) && !(error instanceof RelaisError) ? new RelaisError('store-unavailable', codeOf(error), error) : error

const sqlOf = (client: { query(config: pg.QueryConfig): Promise<pg.QueryResult> }): Sql => ({
  query: async <Row>(text: string, values: readonly unknown[] = []) => {
    const result = await client.query(values.length ? { name: nameOf(text), text, values: values as unknown[], types } : { text, types })
    return result.rows as Row[]
  },
})

const PLAN_BY_KEY = [
  'plan_cache_mode = force_generic_plan',
  'enable_seqscan = off',
  'enable_hashjoin = off',
  'enable_mergejoin = off',
  'random_page_cost = 1.1',
  // Before 18 a plan that cannot do without what is off counts as immensely dear, and dear plans would be compiled.
  'jit = off',
]
  .map((setting) => `set ${setting}`)
  .join('; ')

export const connect = ({ config, size = 8, name = 'relais' }: ConnectionOptions): Connection => {
  const pool = new pg.Pool({
    stream: () => new GatheringSocket(),
    ...config,
    pipeline: true,
    max: size,
    application_name: name,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 60_000,
  })
  // Every statement of the house looks rows up by key, thousands of times an hour with other values: planned once, without a look at how small
  // the tables are today, it costs the same with ten rows and with ten million (docs/decisions/018).
  pool.on('connect', (client) => void client.query(PLAN_BY_KEY).catch(() => {}))
  pool.on('error', () => {}) // An idle connection was lost; the next query says so.
  const direct = sqlOf(pool)

  const once = async <T>(work: (sql: Transaction) => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    let broken = false
    // While it is ours the pool does not listen: a server that goes between two answers must not take the process along.
    const onError = () => {
      broken = true
    }
    client.on('error', onError)
    const sql = sqlOf(client)
    const sent: Promise<unknown>[] = []
    // Answers come in the order of the statements: the first that fails is the cause, the others only say that the transaction is over.
    let cause: { readonly error: unknown } | null = null
    const query: Sql['query'] = (text, values) => {
      const answer = sql.query<never>(text, values)
      answer.catch((error: unknown) => {
        cause ??= { error }
      })
      return answer
    }
    const send = (text: string, values?: readonly unknown[]) => void sent.push(query(text, values))
    try {
      send('begin')
      const result = await work({ query, send })
      // Where one of them failed, this commit is a rollback: PostgreSQL keeps nothing of a transaction that had an error.
      send('commit')
      await Promise.all(sent)
      return result
    } catch (error) {
      await client.query('rollback').catch(() => {
        broken = true
      })
      throw causeOf(cause, error)
    } finally {
      client.off('error', onError)
      client.release(broken)
    }
  }

  return {
    pool,
    query: async <Row>(text: string, values?: readonly unknown[]) => {
      try {
        return await direct.query<Row>(text, values)
      } catch (error) {
        throw translate(error)
      }
    },
    transaction: async (work) => {
      for (let tries = 1; ; tries++) {
        try {
          return await once(work)
        } catch (error) {
          if (tries < 5 && RETRY.has(codeOf(error))) continue
          throw translate(error)
        }
      }
    },
    dedicated: async (onLost) => {
      const client = new pg.Client({ ...config, application_name: name, keepAlive: true })
      client.on('error', onLost)
      client.on('end', onLost)
      await client.connect()
      await client.query(MISSED_SOON)
      return client
    },
    close: () => pool.end(),
  }
}

/** Rows as one JSON parameter: for `json_to_recordset`. */
export const rows = (list: readonly object[]): string => JSON.stringify(list)
