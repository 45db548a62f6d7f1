/** Tells other processes that something waits: NOTIFY in its own statement after the commit (inside, it would serialise commits), many rings as one. */
import type { Clock, Log } from '../../core/ports.ts'
import type { Connection } from '../connection.ts'
import { openEar } from './ear.ts'

/** Rings within this time are one; whoever misses one finds the work by looking. */
const COALESCE_MS = 5

export type Doorbell = { ring(): void; close(): Promise<void> }

export const hangDoorbell = (connection: Connection, clock: Clock, log: Log, heard: () => void): Doorbell => {
  let planned = false
  let closed = false
  const deafen = openEar(connection, clock, { statement: 'listen relais', heard, deaf: () => log.debug('doorbell.deaf') })
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
    close: () => {
      closed = true
      return deafen()
    },
  }
}
