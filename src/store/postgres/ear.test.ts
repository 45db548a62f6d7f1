import { setImmediate as soon } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../../../tests/support/free-port.ts'
import { freshDatabase } from '../../../tests/support/postgres.ts'
import type { Clock } from '../../core/ports.ts'
import { type Connection, connect } from '../connection.ts'
import { openEar } from './ear.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let connection: Connection

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect({ config: { connectionString: database.connectionString } })
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

/** Keeps what is planned until the test lets it run. */
const handClock = () => {
  const plans: (() => void)[] = []
  const clock: Clock = {
    now: () => 0,
    after: (_ms, run) => {
      plans.push(run)
      return () => {}
    },
  }
  return { clock, plans }
}
const STATEMENT = 'listen word'
const silent = () => {}
const listening = async (): Promise<number[]> =>
  (await connection.query<{ pid: number }>('select pid from pg_stat_activity where query = $1', [STATEMENT])).map(({ pid }) => pid)
const until = async (what: () => Promise<boolean> | boolean) => {
  while (!(await what())) await soon()
}

it('a database that refuses it is asked again later, once', async () => {
  const away = connect({ config: { host: '127.0.0.1', port: await freePort() } })
  const { clock, plans } = handClock()
  const close = openEar(away, clock, { statement: STATEMENT, heard: silent, deaf: silent })
  await until(() => plans.length > 0)
  // The refused connection's end is told only now.
  await soon()
  await soon()
  expect(plans).toHaveLength(1)
  await close()
  await away.close()
})

it('an ear that loses its connection listens again', async () => {
  const { clock, plans } = handClock()
  let heard = 0
  const close = openEar(connection, clock, { statement: STATEMENT, heard: () => (heard += 1), deaf: silent })
  await until(async () => (await listening()).length === 1)
  await connection.query('notify word')
  await until(() => heard === 1)
  await connection.query('select pg_terminate_backend($1)', await listening())
  await until(() => plans.length > 0)
  await soon()
  expect(plans).toHaveLength(1)
  plans[0]?.()
  await until(async () => (await listening()).length === 1)
  await connection.query('notify word')
  await until(() => heard === 2)
  await close()
  expect(plans).toHaveLength(1)
})

it('an ear that is closed while it connects, or while it begins to listen, leaves no connection behind', async () => {
  const { clock, plans } = handClock()
  let opened: Awaited<ReturnType<Connection['dedicated']>> | undefined
  const begun = Promise.withResolvers<void>()
  const dedicated: Connection['dedicated'] = async (onLost) => {
    opened = await connection.dedicated(onLost)
    begun.resolve()
    return opened
  }
  await openEar(connection, clock, { statement: STATEMENT, heard: silent, deaf: silent })()
  const close = openEar({ dedicated }, clock, { statement: STATEMENT, heard: silent, deaf: silent })
  await begun.promise
  await soon()
  await close()
  await until(async () => (await listening()).length === 0)
  await expect(opened?.query('select 1')).rejects.toThrow()
  expect(plans).toEqual([])
})
