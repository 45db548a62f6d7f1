/** How the house is: channels, what was set aside, what queues. */
import type { ChannelView, Gauges, Page, PageRequest, PoisonView } from '../../core/reading.ts'
import type { Sql } from '../connection.ts'
import { readDrills } from '../drills.ts'
import { keysOf, LATEST, pageOf } from './page.ts'
import { readSwitches } from './switches.ts'

const CHANNELS = `
select c.id, c.kind, c.health, c.reason, c.quality, c.throughput, c.per_day as "perDay", c.paused, c.changed_at as "changedAt",
  coalesce((select json_agg(json_build_object('name', t.name, 'language', t.language, 'state', t.state, 'reason', t.reason, 'category', t.category) order by t.name, t.language)
    from template t where t.channel = c.id), '[]') as templates
from channel c order by c.id`

export const readChannels = (sql: Sql): Promise<readonly ChannelView[]> => sql.query<ChannelView>(CHANNELS)

const POISON = `
select id, nullif(contact_id, '') as "contactId", channel, kind, at, set_aside_at as "setAsideAt", error from poison
where set_aside_at <= $1 and (set_aside_at < $1 or id > $2)
order by set_aside_at desc, id limit $3`

/** Without the events' bodies: they are what somebody wrote. */
export const readPoison = async (sql: Sql, request: PageRequest): Promise<Page<PoisonView>> => {
  const [at, id] = keysOf(request.cursor, [LATEST, ''])
  const rows = await sql.query<PoisonView>(POISON, [at, id, request.limit + 1])
  return pageOf(rows, request, (row) => [row.setAsideAt, row.id])
}

const PENDING = `
select (select count(*) from pending where due_at <= $1) as due,
  coalesce((select $1::bigint - due_at from pending where due_at <= $1 order by due_at limit 1), 0) as "oldestMs",
  (select count(*) from pending where due_at > $1) as later`
const OUTBOX = 'select channel, state, count(*) as count from outbox group by channel, state order by channel, state'
const ASIDE = 'select count(*) as count from poison'
const WAITERS = `select count(*) as count, coalesce($1::bigint - min(waiting_since), 0) as "longestMs" from conversation where waiting_since is not null`

export const readGauges = async (sql: Sql, at: number): Promise<Gauges> => {
  const [pending, outbox, aside, waiting, channels, switches, drills] = await Promise.all([
    sql.query<Gauges['pending']>(PENDING, [at]),
    sql.query<Gauges['outbox'][number]>(OUTBOX),
    sql.query<{ count: number }>(ASIDE),
    sql.query<Gauges['waiting']>(WAITERS, [at]),
    sql.query<Gauges['channels'][number]>('select id, health, quality, paused from channel order by id'),
    readSwitches(sql),
    readDrills(sql),
  ])
  return {
    pending: pending[0] ?? { due: 0, oldestMs: 0, later: 0 },
    outbox,
    poison: aside[0]?.count ?? 0,
    waiting: waiting[0] ?? { count: 0, longestMs: 0 },
    channels,
    switches,
    drills: drills.map(({ thing, at: rehearsed, ok }) => ({ thing, ageMs: Math.max(0, at - rehearsed), ok })),
  }
}
