/** A connection that LISTENs, and listens anew once it was refused or lost. What is said meanwhile goes unheard. */
import type { Client } from 'pg'
import type { Clock } from '../../core/ports.ts'
import type { Connection } from '../connection.ts'

const AGAIN_MS = 1_000

export type Ear = {
  /** What begins to listen, as SQL. */
  readonly statement: string
  readonly heard: (payload: string) => void
  /** It could not listen, and tries again. */
  readonly deaf: () => void
}

/** Gives how to stop. */
export const openEar = (
  connection: Pick<Connection, 'dedicated'>,
  clock: Clock,
  { statement, heard, deaf }: Ear,
): (() => Promise<void>) => {
  let ear: Client | null = null
  let closed = false
  const listen = async () => {
    if (closed) return
    let own: Client | null = null
    // A connection may be refused before it is ours, and says so twice: then the refusal alone counts.
    const lost = () => {
      if (closed || own === null || ear !== own) return
      ear = null
      clock.after(AGAIN_MS, listen)
    }
    try {
      own = await connection.dedicated(lost)
      own.on('notification', ({ payload }) => heard(payload ?? ''))
      await own.query(statement)
      if (closed) await own.end()
      else ear = own
    } catch {
      deaf()
      own?.end().catch(() => {})
      clock.after(AGAIN_MS, listen)
    }
  }
  void listen()
  return async () => {
    closed = true
    await ear?.end()
  }
}
