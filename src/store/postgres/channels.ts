/** What providers tell of a channel and its templates. Every change is an event; what stops or limits a business is an alert too. */
import type { TemplateState } from '../../core/event.ts'
import type { ChannelId, Ids } from '../../core/ids.ts'
import type { ChannelArrival, ChannelFacts } from '../../core/store.ts'
import type { Sql } from '../connection.ts'

const FRESH = 'insert into seen (id, at) values ($1, $2) on conflict (id) do nothing returning id'
const EVENT = `insert into event (id, kind, channel, at, received, data) values ($1, $2, $3, $4, $5, $6)`

// An older word than the newest changes nothing: webhooks come in any order. Providers tell whole seconds, we tell milliseconds.
const newest = (column: string, at: string) =>
  `${column} = greatest(${column}, ${at}) where id = $1 and ${at} >= ${column} - 999 returning id`
const HEALTH = `update channel set health = $2, reason = $3, changed_at = $4, ${newest('health_at', '$5')}`
const QUALITY = `update channel set quality = $2, changed_at = $3, ${newest('quality_at', '$4')}`
const LIMIT = `
update channel set throughput = coalesce($2, throughput), per_day = case when $3 then $4 else per_day end, changed_at = $5, ${newest('limit_at', '$6')}`
/** Resuming is an operator's word that all is well: some platforms never say that a restriction is over. */
const PAUSED =
  "update channel set paused = $2, health = case when $2 then health else 'healthy' end, reason = $3, changed_at = $4 where id = $1 returning id"
const TEMPLATE = `
insert into template (channel, name, language, state, reason, changed_at) values ($1, $2, $3, $4, $5, $6)
on conflict (channel, name, language) do update set state = excluded.state, reason = excluded.reason, changed_at = excluded.changed_at
where excluded.changed_at >= template.changed_at - 999 returning name`

/** The event a change is told as, and whether somebody must be woken. */
const noticeOf = (change: ChannelArrival['change']): { kind: string; alert: boolean } => {
  switch (change.kind) {
    case 'health':
      return { kind: 'channel.health-changed', alert: change.state !== 'healthy' }
    case 'quality':
      return { kind: 'channel.health-changed', alert: change.quality === 'red' }
    case 'paused':
    case 'limit':
      return { kind: 'channel.health-changed', alert: false }
    case 'template':
      return { kind: 'template.changed', alert: ['paused', 'rejected', 'disabled'].includes(change.state) }
    case 'unknown':
      return { kind: 'channel.unknown-event', alert: false }
  }
}

/** Gives the rows it changed. */
const apply = async (sql: Sql, { channel, change, at: told }: ChannelArrival, at: number): Promise<readonly object[]> => {
  switch (change.kind) {
    case 'health':
      return sql.query(HEALTH, [channel, change.state, change.reason, at, told])
    case 'quality':
      return sql.query(QUALITY, [channel, change.quality, at, told])
    case 'limit':
      return sql.query(LIMIT, [channel, change.throughput ?? null, change.perDay !== undefined, change.perDay ?? -1, at, told])
    case 'paused':
      return sql.query(PAUSED, [channel, change.paused, change.reason, at])
    case 'template':
      return sql.query(TEMPLATE, [channel, change.name, change.language, change.state, change.reason ?? null, told])
    case 'unknown':
      return [change]
  }
}

export const applyChannels = async (sql: Sql, arrivals: readonly ChannelArrival[], _ids: Ids, at: number): Promise<void> => {
  for (const arrival of arrivals) {
    if (!(await sql.query(FRESH, [arrival.id, at])).length) continue
    if (!(await apply(sql, arrival, at)).length) continue
    const { kind, alert } = noticeOf(arrival.change)
    await sql.query(EVENT, [arrival.id, kind, arrival.channel, arrival.at, at, arrival.change])
    if (alert) await sql.query(EVENT, [`${arrival.id}:alert`, 'alert', arrival.channel, arrival.at, at, { about: kind, ...arrival.change }])
  }
}

type Row = {
  id: ChannelId
  kind: string
  health: ChannelFacts['health']
  reason: string | null
  quality: ChannelFacts['quality']
  throughput: number | null
  perDay: number | null
  paused: boolean
  templates: Record<string, TemplateState> | null
}

const ALL = `
select c.id, c.kind, c.health, c.reason, c.quality, c.throughput, c.per_day as "perDay", c.paused,
  (select json_object_agg(t.name || '/' || t.language, t.state) from template t where t.channel = c.id) as templates
from channel c`

export const loadChannels = async (sql: Sql): Promise<ReadonlyMap<ChannelId, ChannelFacts>> =>
  new Map((await sql.query<Row>(ALL)).map((row) => [row.id, { ...row, templates: row.templates ?? {} }]))
