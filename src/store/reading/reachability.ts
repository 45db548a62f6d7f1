/** `Reachability` on PostgreSQL: each table once, from end to end; people alike are counted there, so that a million of them are a few rows here. */
import type { AnsweredGroup, CarriedGroup, ChannelNow, Reachability, ReachGroup, ThoughtGroup } from '../../core/reachability.ts'
import type { Connection } from '../connection.ts'

const DAY_MS = 86_400_000

// Names become bits, for bits are added up without sorting anything. Of consents the newest row counts: the highest number of it and its word.
// Each channel's last message is looked up by its name: taking the states apart would make a row of each channel of each person.
const groupsOf = (channels: number): string => {
  const heard = Array.from({ length: channels }, (_, n) => `(v.state #>> array['channels', ($4::text[])[${n + 1}], 'inboundAt'])::bigint`)
  const wrote = heard.map((at, n) => `case when ${at} is not null then ${2 ** n}::bigint else 0 end`)
  return `
with addresses as (select contact_id, bit_or(1::bigint << (array_position($2::text[], kind) - 1)) as kinds from identity group by 1),
  words as (select contact_id, channel_kind, max(seq * 2 + given::int) % 2 as given from consent where category = 'service' group by 1, 2),
  agreed as (select contact_id,
    bit_or(case when given = 1 then 1::bigint << (array_position($3::text[], channel_kind) - 1) else 0 end) as given,
    bit_or(case when given = 0 then 1::bigint << (array_position($3::text[], channel_kind) - 1) else 0 end) as revoked from words group by 1),
  people as (
    select c.country, a.kinds, k.given, k.revoked, ${wrote.join(' + ') || '0::bigint'} as wrote, greatest(${heard.join(', ') || 'null::bigint'}) as at
    from contact c
      left join addresses a on a.contact_id = c.id
      left join agreed k on k.contact_id = c.id
      left join conversation v on v.contact_id = c.id
    where c.merged_into is null)
select country,
  case when at >= $1 - 30 * ${DAY_MS}::bigint then 'month' when at >= $1 - 90 * ${DAY_MS}::bigint then 'quarter' when at is not null then 'older' else 'never' end as activity,
  coalesce(kinds, 0) as kinds, coalesce(given, 0) as given, coalesce(revoked, 0) as revoked, wrote, count(*) as count
from people group by 1, 2, 3, 4, 5, 6 order by 7 desc, 1, 2, 3, 4, 5, 6`
}

const KINDS = 'select distinct kind from identity order by 1'
const MEDIA = "select distinct channel_kind as kind from consent where category = 'service' order by 1"
const CHANNELS = "select id, kind as medium, health = 'cut' or paused as stopped from channel order by id"
/** A channel that was renamed since is still one they wrote on. */
const USED = 'select id as kind from channel order by 1'

const CARRIED = 'select channel, direction, count(*) as messages from message where at >= $1 group by 1, 2 order by 1, 2'

const ANSWERED = `
with told as (select distinct conversation_id, case when author like 'engine:%' then author else split_part(author, ':', 1) end as author
  from message where at >= $1 and direction = 'out')
select coalesce(author, '*') as author, case when grouping(author) = 1 then count(distinct conversation_id) else count(*) end as conversations
from told group by grouping sets ((author), ()) order by 2 desc, 1`

const THOUGHT = `
select substr(author, 8) as engine, channel, count(*) as conversations
from (
  select distinct on (conversation_id, author) author, channel from message where at >= $1 and direction = 'out' and author = any($2)
  order by conversation_id, author, at desc, id desc) told
group by 1, 2 order by 3 desc, 1, 2`

// The plans by key that the hot path wants would look a million people up one by one.
const WHOLE = [
  'enable_seqscan = on',
  'enable_hashjoin = on',
  'enable_mergejoin = on',
  "work_mem = '128MB'",
  'hash_mem_multiplier = 4',
  'jit = off',
  'plan_cache_mode = force_custom_plan',
]
  .map((setting) => `set local ${setting}`)
  .join('; ')

const MOST_BITS = 52

type Bits = Record<'kinds' | 'given' | 'revoked' | 'wrote', number>

const namesIn = (bits: number, names: readonly string[]): readonly string[] => {
  const all = BigInt(bits)
  return names.filter((_, n) => (all >> BigInt(n)) & 1n)
}

export const createReachability = (connection: Connection): Reachability => {
  const whole = <Row>(statement: string, values: readonly unknown[] = []): Promise<Row[]> =>
    connection.transaction(async (sql) => {
      await sql.query(WHOLE)
      return sql.query<Row>(statement, values)
    })
  const named = async (statement: string): Promise<string[]> =>
    (await whole<{ kind: string }>(statement)).map(({ kind }) => kind).slice(0, MOST_BITS)
  return {
    groups: async (at) => {
      const [kinds, media, used] = await Promise.all([named(KINDS), named(MEDIA), named(USED)])
      const found = await whole<Pick<ReachGroup, 'country' | 'activity' | 'count'> & Bits>(groupsOf(used.length), [
        at,
        kinds,
        media,
        ...(used.length ? [used] : []),
      ])
      return found.map((row) => ({
        ...row,
        kinds: namesIn(row.kinds, kinds),
        given: namesIn(row.given, media),
        revoked: namesIn(row.revoked, media),
        wrote: namesIn(row.wrote, used),
      }))
    },
    carried: (at) => whole<CarriedGroup>(CARRIED, [at - 90 * DAY_MS]),
    answered: (at) => whole<AnsweredGroup>(ANSWERED, [at - 90 * DAY_MS]),
    thought: (at, engines) => whole<ThoughtGroup>(THOUGHT, [at - 90 * DAY_MS, engines.map((id) => `engine:${id}`)]),
    channels: () => connection.query<ChannelNow>(CHANNELS),
  }
}
