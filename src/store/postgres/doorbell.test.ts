import { setImmediate as soon } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { freePort } from '../../../tests/support/free-port.ts'
import { freshDatabase } from '../../../tests/support/postgres.ts'
import { realClock } from '../../../tests/support/real-clock.ts'
import { type Clock, silentLog } from '../../core/ports.ts'
import { type Connection, connect } from '../connection.ts'
import { hangDoorbell } from './doorbell.ts'

it('a database that refuses it is asked again later, once', async () => {
  const connection = connect({ config: { host: '127.0.0.1', port: await freePort() } })
  let refused = 0
  let planned = () => {}
  const plan = new Promise<void>((resolve) => (planned = resolve))
  const clock: Clock = {
    now: () => 0,
    after: () => {
      refused += 1
      planned()
      return () => {}
    },
  }
  const bell = hangDoorbell(connection, clock, silentLog, () => {})
  await plan
  // The refused connection's end is told only now.
  await soon()
  await soon()
  expect(refused).toBe(1)
  await bell.close()
  await connection.close()
})

it('a bell that is closed while it connects leaves no connection behind', async () => {
  const database = await freshDatabase()
  const connection = connect({ config: { connectionString: database.connectionString } })
  let connecting: ReturnType<Connection['dedicated']> | undefined
  const dedicated: Connection['dedicated'] = (onLost) => {
    connecting = connection.dedicated(onLost)
    return connecting
  }
  await hangDoorbell({ ...connection, dedicated }, realClock, silentLog, () => {}).close()
  const ear = await connecting
  await soon()
  await expect(ear?.query('select 1')).rejects.toThrow()
  await connection.close()
  await database.drop()
})
