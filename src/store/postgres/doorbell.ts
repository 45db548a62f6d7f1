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
    let own: Client | null = null
    // A connection may be refused before it is ours, and says so twice: then the refusal alone counts.
    const lost = () => {
      if (own === null || ear !== own) return
      ear = null
      clock.after(AGAIN_MS, listen)
    }
    try {
      own = await connection.dedicated(lost)
      if (closed) return void (await own.end())
      own.on('notification', heard)
      await own.query('listen relais')
      ear = own
    } catch {
      log.debug('doorbell.deaf')
      own?.end().catch(() => {})
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
