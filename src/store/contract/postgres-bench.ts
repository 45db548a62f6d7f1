import { Socket } from 'node:net'
import type { Ids } from '../../core/ids.ts'
import { silentLog } from '../../core/ports.ts'
import { type Connection, connect } from '../connection.ts'
import { openStore } from '../postgres/index.ts'
import type { Bench } from './bench.ts'
import { dumpPostgres } from './postgres-dump.ts'

/** Each worker has connections of its own. A process that dies is one whose sockets are gone. */
export const postgresBench = (database: { connectionString: string; drop(): Promise<void> }, ids: Ids): Bench => {
  const { connectionString } = database
  const onlooker = connect({ config: { connectionString }, size: 1, name: 'onlooker' })
  const closing: Connection[] = []
  return {
    join: async (worker) => {
      const sockets = new Set<Socket>()
      const stream = () => {
        const socket = new Socket()
        sockets.add(socket)
        return socket
      }
      const connection = connect({ config: { connectionString, stream }, size: 4, name: worker })
      closing.push(connection)
      const store = await openStore(connection, { worker, ids, at: 0, log: silentLog })
      const dieNow = () => {
        for (const socket of sockets) socket.destroy()
      }
      return {
        store,
        dieNow,
        die: async () => {
          dieNow()
          await connection.close()
          // Its locks go when the server has seen the last of it.
          await onlooker.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = $1', [worker])
        },
      }
    },
    dump: () => dumpPostgres(onlooker),
    close: async () => {
      await onlooker.close()
      await Promise.all(closing.map((connection) => connection.close().catch(() => undefined)))
      await database.drop()
    },
  }
}
