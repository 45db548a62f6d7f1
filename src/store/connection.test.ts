import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../tests/support/free-port.ts'
import { type FreshDatabase, freshDatabase } from '../../tests/support/postgres.ts'
import { realClock } from '../../tests/support/real-clock.ts'
import { silentLog } from '../core/ports.ts'
import { type Connection, connect, isUnavailable } from './connection.ts'
import { came, claimed, countedIds, leased, open, queued, RESULTS } from './contract/bench.ts'
import { postgresBench } from './contract/postgres-bench.ts'
import { startEmbedded } from './embedded/index.ts'

let database: FreshDatabase
let connection: Connection
beforeAll(async () => {
  database = await freshDatabase()
  connection = connect({ config: { connectionString: database.connectionString } })
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

/** Refuses every change of a message, as PostgreSQL would with `code`. */
const refusing = async (code: string, work: () => Promise<void>) => {
  await connection.query(
    `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused' using errcode = '${code}'; end $$`,
  )
  await connection.query('create trigger refuse before update on message for each row execute function refuse()')
  await work().finally(() => connection.query('drop function refuse cascade'))
}

it.each(['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNREFUSED'])(
  '%s says that the store is away, not that it refuses',
  (code) => {
    expect(isUnavailable(Object.assign(new Error(code), { code }))).toBe(true)
  },
)

const failing = (code: string) => `do $$ begin raise exception 'refused' using errcode = '${code}'; end $$`

describe('a transaction', () => {
  it('fails with the error of the statement that failed, not with what followed it', async () => {
    const work = connection.transaction(async (sql) => {
      sql.send(failing('23505'))
      await sql.query('select 1')
    })
    await expect(work).rejects.toMatchObject({ code: '23505' })
  })

  it('is tried again after a deadlock that an awaited statement only heard of', async () => {
    let tries = 0
    const done = await connection.transaction(async (sql) => {
      tries += 1
      if (tries < 3) sql.send(failing('40P01'))
      await sql.query('select 1')
      return tries
    })
    expect(done).toBe(3)
  })

  it('that meets a deadlock each time says that the store cannot be used now, not that it refuses the rows', async () => {
    const work = connection.transaction(async (sql) => sql.send(failing('40P01')))
    await expect(work).rejects.toSatisfy(isUnavailable)
  })

  it('fails with the error of the work itself where no statement failed', async () => {
    const work = connection.transaction(async (sql) => {
      sql.send('select 1')
      throw new Error('decided otherwise')
    })
    await expect(work).rejects.toThrow('decided otherwise')
  })
})

describe('a send that the provider accepted', () => {
  it('is told as one that cannot be settled now while the disk is full', async () => {
    const bench = postgresBench({ ...database, drop: async () => {} }, countedIds())
    const { store } = await open(bench)
    await queued(store, '+33600000001', ['a'])
    const heads = await claimed(store, await leased(store))
    await refusing('53100', async () => {
      const settling = store.settle(heads.map((head) => came(head, RESULTS.accepted('a'))))
      await expect(settling).rejects.toMatchObject({ code: 'store-unavailable' })
    })
    await bench.close()
  })
})

describe('a session that holds locks', () => {
  it('asks PostgreSQL to miss its host within half a minute, not after two hours', async () => {
    const folder = mkdtempSync('/tmp/relais-tcp-')
    chmodSync(folder, 0o755)
    const port = String(await freePort())
    const settings = { fsync: 'off', listen_addresses: '127.0.0.1', port }
    const server = await startEmbedded({ dataFolder: folder, log: silentLog, clock: realClock, settings })
    try {
      const { user, database: name } = server.connection
      const overTcp = connect({ config: { host: '127.0.0.1', port: Number(port), user, database: name } })
      const client = await overTcp.dedicated(() => {})
      const { rows } = await client.query("select name, setting::int as value from pg_settings where name like 'tcp\\_keepalives\\_%'")
      const set = Object.fromEntries(rows.map((row) => [row.name.slice('tcp_keepalives_'.length), row.value]))
      expect(set).toEqual({ idle: 10, interval: 5, count: 3 })
      await client.end()
      await overTcp.close()
    } finally {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
