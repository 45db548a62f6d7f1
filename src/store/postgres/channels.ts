/** What providers tell of a channel and its templates. Every change is an event; what stops or limits a business is an alert too. */
import { isDeepStrictEqual } from 'node:util'
import type { TemplateState } from '../../core/event.ts'
import type { ChannelId, Ids } from '../../core/ids.ts'
import type { Category } from '../../core/situation.ts'
import type { ChannelArrival, ChannelFacts } from '../../core/store.ts'
import type { Sql } from '../connection.ts'
import { isOfChannel, noticesOf } from '../notice.ts'
import { setupChanges } from '../setup.ts'

const FRESH = 'insert into seen (id, at) values ($1, $2) on conflict (id) do nothing returning id'
const EVENT = `insert into event (id, kind, channel, at, received, data) values ($1, $2, $3, $4, $5, $6)`

/** What a change may change. It is read under the row's lock before and after: what is as it was is no news. */
const STATE = 'health, reason, quality, throughput, per_day, paused'
const BEFORE = `select ${STATE} from channel where id = $1 for no key update`
const BEFORE_TEMPLATE = 'select state from template where channel = $1 and name = $2 and language = $3 for no key update'
const BEFORE_CATEGORY =
  'select category, category_coming from template where channel = $1 and name = $2 and language = $3 for no key update'
const CHANGED = 'update channel set changed_at = $2 where id = $1'

// An older word than the newest changes nothing: webhooks come in any order. Providers tell whole seconds, we tell milliseconds.
const newest = (column: string, at: string, only = 'true') =>
  `${column} = greatest(${column}, ${at}) where id = $1 and ${at} >= ${column} - 999 and ${only} returning ${STATE}`
// A milder word lifts no cut: only the platform's "well again", or an operator, does.
// What we found out ourselves ends by itself alone, and is told of a channel that is well, or of one that is worse than was said.
const LIFTS = `(health <> 'cut' or $2 <> 'degraded' or reason = $5) and ($5::text is null or reason = $5)
  and (not $6 or $5 is not null or health = 'healthy' or ($2 = 'cut' and health = 'degraded'))`
const HEALTH = `update channel set health = $2, reason = $3, ${newest('health_at', '$4', LIFTS)}`
const QUALITY = `update channel set quality = $2, ${newest('quality_at', '$3')}`
const LIMIT = `
update channel set throughput = coalesce($2, throughput), per_day = case when $3 then $4 else per_day end, ${newest('limit_at', '$5')}`
/** Resuming is an operator's word that all is well: some platforms never say that a restriction is over. */
const PAUSED = `
update channel set paused = $2, health = case when $2 then health else 'healthy' end, reason = $3 where id = $1 returning ${STATE}`
const TEMPLATE = `
insert into template (channel, name, language, state, reason, changed_at) values ($1, $2, $3, $4, $5, $6)
on conflict (channel, name, language) do update set state = excluded.state, reason = excluded.reason, changed_at = excluded.changed_at
where excluded.changed_at >= template.changed_at - 999 returning state`

const CATEGORY = `
insert into template (channel, name, language, state, changed_at, category, category_coming, category_at) values ($1, $2, $3, 'unknown', 0, $4, $5, $6)
on conflict (channel, name, language) do update
set category = excluded.category, category_coming = excluded.category_coming, category_at = excluded.category_at
where excluded.category_at >= template.category_at - 999 returning category, category_coming`

const before = (sql: Sql, { channel, change }: ChannelArrival): Promise<readonly object[]> => {
  if (!('name' in change)) return sql.query(BEFORE, [channel])
  return sql.query(change.kind === 'template' ? BEFORE_TEMPLATE : BEFORE_CATEGORY, [channel, change.name, change.language])
}

const UNREADABLE = `
insert into poison (id, contact_id, channel, kind, at, set_aside_at, error, body) values ($1, '', $2, 'unreadable', $3, $4, $5, '{}') returning id`

/** Gives the rows it wrote. */
const apply = async (sql: Sql, { id, channel, change, at: told }: ChannelArrival, at: number): Promise<readonly object[]> => {
  switch (change.kind) {
    case 'health':
      return sql.query(HEALTH, [channel, change.state, change.reason, told, change.ends ?? null, change.observed ?? false])
    case 'quality':
      return sql.query(QUALITY, [channel, change.quality, told])
    case 'limit':
      return sql.query(LIMIT, [channel, change.throughput ?? null, change.perDay !== undefined, change.perDay ?? -1, told])
    case 'paused':
      return sql.query(PAUSED, [channel, change.paused, change.reason])
    case 'template':
      return sql.query(TEMPLATE, [channel, change.name, change.language, change.state, change.reason ?? null, told])
    case 'template-category':
      return sql.query(CATEGORY, [channel, change.name, change.language, change.category, change.coming ?? null, told])
    case 'unknown':
      return [change]
    case 'unreadable':
      return sql.query(UNREADABLE, [id, channel, told, at, `${change.where}: ${change.cause}`])
  }
}

export const applyChannels = async (sql: Sql, arrivals: readonly ChannelArrival[], at: number): Promise<void> => {
  for (const arrival of arrivals) {
    if (!(await sql.query(FRESH, [arrival.id, at])).length) continue
    const was = await before(sql, arrival)
    const is = await apply(sql, arrival, at)
    if (!is.length || isDeepStrictEqual(was, is)) continue
    if (isOfChannel(arrival)) await sql.query(CHANGED, [arrival.channel, at])
    for (const { id, kind, data } of noticesOf(arrival)) await sql.query(EVENT, [id, kind, arrival.channel, arrival.at, at, data])
  }
}

/** A channel that stands in the setup no more sends nothing, and somebody has to know; once it is back, it is as well as any. */
export const closeChannels = async (sql: Sql, configured: ReadonlySet<ChannelId>, ids: Ids, at: number): Promise<void> => {
  const known = [...(await loadChannels(sql)).values()]
  await applyChannels(sql, setupChanges(known, configured, ids, at), at)
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
  automationPaused: boolean
  templates: Record<string, TemplateState> | null
  categories: Record<string, Category> | null
}

const ALL = `
select c.id, c.kind, c.health, c.reason, c.quality, c.throughput, c.per_day as "perDay", c.paused,
  exists (select 1 from pause where what = 'ai') as "automationPaused",
  (select json_object_agg(t.name || '/' || t.language, t.state) from template t where t.channel = c.id) as templates,
  (select json_object_agg(t.name || '/' || t.language, t.category) from template t where t.channel = c.id and t.category is not null) as categories
from channel c`

export const loadChannels = async (sql: Sql): Promise<ReadonlyMap<ChannelId, ChannelFacts>> =>
  new Map((await sql.query<Row>(ALL)).map((row) => [row.id, { ...row, templates: row.templates ?? {}, categories: row.categories ?? {} }]))

/** It sends nothing now. */
export const isStopped = ({ health, paused }: ChannelFacts): boolean => health === 'cut' || paused

/** It is cut for just the reason that a trial may end. */
export const isTried = ({ health, paused, reason }: ChannelFacts, trial: string | undefined): boolean =>
  trial !== undefined && health === 'cut' && !paused && reason === trial
