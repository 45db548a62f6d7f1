/**
 * Who is alive. Every worker holds a session lock under its own name, every dispatcher one under its channel's: PostgreSQL lets both go
 * the moment the process or its connection dies, so that no clock decides who owns what.
 */
import type { Client } from 'pg'
import type { ChannelId, EventId } from '../../core/ids.ts'
import type { Log } from '../../core/ports.ts'
import type { Connection, Sql } from '../connection.ts'
import { setAside } from './turn.ts'

export const WORKERS = 72_651
const CHANNELS = 72_652
/** An event that was being decided in this many processes that died is set aside. */
const DEATHS = 3

export type Presence = {
  /** True where this worker now holds the channel's lock (or held it already). */
  hold(channel: ChannelId): Promise<boolean>
  sweep(at: number): Promise<void>
  leave(): Promise<void>
}

const TRY_LOCK = 'select pg_try_advisory_lock($1, hashtext($2)) as done'
const UNLOCK = 'select pg_advisory_unlock($1, hashtext($2)) as done'
/** Locks belong to a database, channels to a schema: two houses in one database do not keep each other's. */
const TRY_CHANNEL = `
select pg_try_advisory_lock($1, hashtext(case current_schema() when 'public' then $2 else current_schema() || '.' || $2 end)) as done`
const REQUEUE = 'update job set worker = null where worker = $1'
const BURY = 'delete from worker where id = $1 returning suspects'
const COUNT = 'update pending set tries = tries + 1 where id = any($1) returning id, tries'

/** Once for each death: of several who find it, one takes the row, and only that one counts. */
const bury = async (sql: Sql, worker: string, now: number): Promise<{ suspects: number; aside: number } | null> => {
  const [gone] = await sql.query<{ suspects: EventId[] }>(BURY, [worker])
  if (!gone) return null
  await sql.query(REQUEUE, [worker])
  const counted = await sql.query<{ id: EventId; tries: number }>(COUNT, [gone.suspects])
  const over = counted.filter((row) => row.tries >= DEATHS).map((row) => row.id)
  if (over.length) await setAside(sql, over, now, 'The process died while deciding on it.')
  return { suspects: counted.length, aside: over.length }
}

/** Takes part as `worker`. The lock's connection is made again when it was lost; channels held by it are then lost too: `onLost`. */
export const join = async (connection: Connection, worker: string, at: number, log: Log, onLost: () => void): Promise<Presence> => {
  let client: Client | null = null
  let held = new Set<ChannelId>()
  const lost = () => {
    if (!client) return
    client = null
    held = new Set()
    onLost()
  }
  const enter = async (): Promise<Client> => {
    let own: Client | null = null
    // It may be refused before it is ours, then there is nothing to lose.
    const fresh = await connection.dedicated(() => own !== null && client === own && lost())
    own = fresh
    try {
      await fresh.query('select pg_advisory_lock($1, hashtext($2))', [WORKERS, worker])
      await fresh.query('insert into worker (id, started_at) values ($1, $2) on conflict (id) do nothing', [worker, at])
    } catch (error) {
      // Left open it would keep the name from our own next try.
      await fresh.end().catch(() => {})
      throw error
    }
    client = fresh
    return fresh
  }
  // All who ask at the same moment share one try: two sessions would wait for each other's lock on our name for ever.
  let entering: Promise<Client> | null = null
  const present = async (): Promise<Client> => {
    if (client) return client
    entering ??= enter().finally(() => {
      entering = null
    })
    return entering
  }
  await present()
  /** One after the other: at a start many channels ask at the same moment, and a session takes one question at a time. */
  let last: Promise<unknown> = Promise.resolve()
  const ask = (own: Client, text: string, space: number, name: string): Promise<boolean> => {
    const answer = last.then(async () => (await own.query<{ done: boolean }>(text, [space, name])).rows[0]?.done === true)
    last = answer.catch(() => {})
    return answer
  }

  /** Runs `work` where the worker named is dead: its lock is free. */
  const ifDead = async (name: string, work: () => Promise<void>) => {
    const own = await present()
    if (!(await ask(own, TRY_LOCK, WORKERS, name))) return
    try {
      await work()
    } finally {
      await ask(own, UNLOCK, WORKERS, name)
    }
  }

  return {
    hold: async (channel) => {
      if (held.has(channel) && client) return true
      const mine = await ask(await present(), TRY_CHANNEL, CHANNELS, channel)
      if (mine) held.add(channel)
      return mine
    },
    sweep: async (now) => {
      const others = await connection.query<{ id: string }>('select id from worker where id <> $1', [worker])
      for (const other of others)
        await ifDead(other.id, async () => {
          const found = await connection.transaction((sql) => bury(sql, other.id, now))
          if (found) log.info('worker.buried', found)
        })
    },
    leave: async () => {
      const own = client
      client = null
      await connection
        .query('delete from worker where id = $1 and not exists (select 1 from job where worker = $1)', [worker])
        .catch(() => {})
      await own?.end()
    },
  }
}
