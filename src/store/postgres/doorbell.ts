/** Tells other processes that something waits: NOTIFY in its own statement after the commit (inside, it would serialise commits), many rings as one. */
import type { Client } from 'pg'
import type { Clock, Log } from '../../core/ports.ts'
import type { Connection } from '../connection.ts'

/** Rings within this time are one; whoever misses one finds the work by looking. */
const COALESCE_MS = 5
const AGAIN_MS = 1_000

export type Doorbell = { ring(): void; close(): Promise<void> }

export const hangDoorbell = (connection: Connection, clock: Clock, log: Log, heard: () => void): Doorbell => {
  let planned = false
  let closed = false
  let ear: Client | null = null
  const listen = async () => {
    if (closed) return
    try {
      const client = await connection.dedicated(() => {
        if (ear !== client) return
        ear = null
        clock.after(AGAIN_MS, listen)
      })
      ear = client
      client.on('notification', heard)
      await client.query('listen relais')
    } catch {
      log.debug('doorbell.deaf')
      clock.after(AGAIN_MS, listen)
    }
  }
  void listen()
  return {
    ring: () => {
      if (planned || closed) return
      planned = true
      clock.after(COALESCE_MS, () => {
        planned = false
        // A ring that is lost costs a moment: everybody also looks by themselves.
        if (!closed) connection.query('notify relais').catch(() => log.debug('doorbell.mute'))
      })
    },
    close: async () => {
      closed = true
      await ear?.end()
    },
  }
}
