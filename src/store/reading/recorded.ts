/** `Recorded` on PostgreSQL: whole stretches of time, read by cursor. Here tables are read from end to end, so the planner may. */

import type { Content } from '../../core/content.ts'
import type { ConversationId } from '../../core/ids.ts'
import type { ChargedGroup, MarkedSituation, Range, Recorded, RecordedMessage, ThoughtGroup, Thread, Ways } from '../../core/recorded.ts'
import type { Connection } from '../connection.ts'
import { hexMarks } from '../marks.ts'
import { readAgents, readPeople } from './evidence.ts'

const BATCH = 500

const COUNT = 'select count(*) as count from decision where at >= $1 and at < $2'

// One sort gives both: a contact's messages side by side, and of each message the last decision. Which contact comes first is no matter, so
// they go by a number: comparing ids, which all begin alike, takes longer. `offset 0` keeps the planner from joining and sorting whole
// situations to take their marks at the end.
const BY_CONTACT = 'hashtextextended(d.contact_id, 0), d.contact_id, d.message_id'
const TRAFFIC = `
declare traffic no scroll cursor for
select distinct on (${BY_CONTACT}) d.contact_id as contact, d.message_id as message, d.at, coalesce(d.intent ->> 'author', '') as author, m.marks
from decision d join (select s.digest, ${hexMarks('s')} as marks from situation s offset 0) m on m.digest = d.situation
where d.at >= $1 and d.at < $2 order by ${BY_CONTACT}, d.at desc, d.id desc`

const SITUATIONS = `
select ${hexMarks('s')} as marks, s.content from decision d join situation s on s.digest = d.situation where d.message_id = any($1)`

const SECONDS = `
declare seconds no scroll cursor for
select channel, at / 1000 as second, count(*) as count from message where at >= $1 and at < $2 group by 1, 2 order by 1, 2`

const WAYS = `
select c.id as contact,
  coalesce((select array_agg(distinct i.kind) from identity i where i.contact_id = c.id), '{}') as kinds,
  coalesce((select array_agg(k.channel_kind) from (
    select distinct on (channel_kind) channel_kind, given from consent
    where contact_id = c.id and category = 'marketing' order by channel_kind, seq desc) k where k.given), '{}') as marketing
from contact c where c.id = any($1)`

const THREAD = `
select conversation_id as conversation, case direction when 'in' then 'customer' else 'business' end as from, content from message
where conversation_id = (select conversation_id from message where id = $1)
  and (at, id) <= (select at, id from message where id = $1)
order by at desc, id desc limit 3`

const DAY = (at: string) => `to_char(to_timestamp(${at} / 1000.0) at time zone $3, 'YYYY-MM-DD')`
/** When the platform counts it: as it comes; what no receipt tells of, when it left. */
const CHARGED_AT = 'coalesce(m.delivered_at, m.read_at, m.sent_at, m.accepted_at, m.at)'
const CHARGED = `
select ${DAY(CHARGED_AT)} as day, m.channel, coalesce(m.category, '') as category, c.country, m.author,
  m.price ->> 'amount' as amount, m.price ->> 'currency' as currency, case when m.price -> 'allowance' ->> 'of' is null then (m.price -> 'allowance' ->> 'free')::int end as free,
  m.price -> 'tiers' as tiers, m.price_seen as seen,
  coalesce(m.delivered_at, m.read_at) is not null or m.price_seen is not null or m.price ? 'parts' as delivered, m.late_at is not null as late, count(*) as count,
  sum(coalesce((m.price ->> 'parts')::int, 1))::int as parts
from message m join contact c on c.id = m.contact_id
where m.direction = 'out' and m.accepted_at is not null and m.failed_at is null and ${CHARGED_AT} >= $1 and ${CHARGED_AT} < $2
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 order by 1, 2, 3, 4, 5, 11, 12, 6, 7, 8, 9, 10`

const THOUGHTS = `
select ${DAY('e.at')} as day, a ->> 'engine' as engine, a -> 'cost' ->> 'currency' as currency,
  coalesce(sum((a -> 'cost' ->> 'amount')::numeric), 0)::text as amount, count(*) as calls,
  count(*) filter (where coalesce(a ->> 'cost', '') = '') as unpriced,
  coalesce(sum((a -> 'tokens' ->> 'inputTokens')::bigint), 0)::bigint as "inputTokens",
  coalesce(sum((a -> 'tokens' ->> 'outputTokens')::bigint), 0)::bigint as "outputTokens"
from event e cross join lateral jsonb_array_elements(e.data -> 'attempts') a
where e.kind = 'engine.thought' and e.at >= $1 and e.at < $2 and (a -> 'ms')::numeric > 0
group by 1, 2, 3 order by 1, 2, 3`

const SPENT_BY_ENGINES = `
select a ->> 'engine' as engine, e.contact_id as contact, a -> 'cost' ->> 'currency' as currency, sum((a -> 'cost' ->> 'amount')::numeric)::text as amount
from event e cross join lateral jsonb_array_elements(e.data -> 'attempts') a
where e.kind = 'engine.thought' and e.at >= $1 and a -> 'cost' ->> 'currency' is not null
group by 1, 2, 3`

// Each statement here goes through a table once: the plans by key that the hot path wants would look up a million rows one by one.
const WHOLE = [
  'enable_seqscan = on',
  'enable_hashjoin = on',
  'enable_mergejoin = on',
  "work_mem = '64MB'",
  'cursor_tuple_fraction = 1',
  'jit = off',
]
  .map((setting) => `set local ${setting}`)
  .join('; ')

/** Reads a cursor to its end; the next batch is on its way while one is taken. */
const readThrough = <Row>(
  connection: Connection,
  statement: string,
  name: string,
  range: Range,
  take: (rows: readonly Row[]) => Promise<void>,
): Promise<void> =>
  connection.transaction(async (sql) => {
    await sql.query(WHOLE)
    await sql.query(statement, [range.since, range.until])
    const next = () => sql.query<Row>(`fetch ${BATCH} from ${name}`)
    for (let coming = next(); ; ) {
      const rows = await coming
      if (!rows.length) return
      coming = next()
      await take(rows)
      // Something in the driver ties each answer to the one before until old memory is swept: hundreds of megabytes of rows that nobody needs.
      rows.length = 0
    }
  })

const whole = <Row>(connection: Connection, statement: string, values: readonly unknown[]): Promise<Row[]> =>
  connection.transaction(async (sql) => {
    await sql.query(WHOLE)
    return sql.query<Row>(statement, values)
  })

export const createRecorded = (connection: Connection): Recorded => ({
  count: async ({ since, until }) => (await whole<{ count: number }>(connection, COUNT, [since, until]))[0]?.count ?? 0,
  traffic: (range, take) => readThrough<RecordedMessage>(connection, TRAFFIC, 'traffic', range, take),
  seconds: (range, take) => readThrough(connection, SECONDS, 'seconds', range, take),
  situations: (messages) => connection.query<MarkedSituation>(SITUATIONS, [messages]),
  ways: (contacts) => connection.query<Ways>(WAYS, [contacts]),
  thread: async (message) => {
    const rows = await connection.query<{ conversation: ConversationId; from: Thread['lines'][number]['from']; content: Content | null }>(
      THREAD,
      [message],
    )
    const [people, agents] = await Promise.all([
      readPeople(
        connection,
        rows.slice(0, 1).map(({ conversation }) => conversation),
      ),
      readAgents(connection),
    ])
    return { lines: rows.reverse().map(({ from, content }) => ({ from, content })), person: [...people.values()][0], agents }
  },
  charged: ({ since, until }, zone) => whole<ChargedGroup>(connection, CHARGED, [since, until, zone]),
  spentByEngines: (since) => connection.query(SPENT_BY_ENGINES, [since]),
  thoughts: ({ since, until }, zone) => whole<ThoughtGroup>(connection, THOUGHTS, [since, until, zone]),
})
