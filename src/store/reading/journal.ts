/**
 * The journal as a stream. Serial numbers are given before the commit, so number 7 may appear after 8: a reader that remembers "8" would
 * never see 7. Read in the order of the writing transactions instead, and only of those older than every one still running: what is read
 * so is complete, and nothing can come before it any more. (A writing transaction of anybody on the same server, in another database too,
 * holds the stream back until it ends.) A position is `<xid>.<seq>`, padded so that it compares as text.
 */
import type { ContactId, EventId } from '../../core/ids.ts'
import type { JournalEntry, JournalPosition } from '../../core/reading.ts'
import type { Sql } from '../connection.ts'

const AFTER = `
select e.*, m.reference, case when m.reach is not null then jsonb_build_object('plan', m.reach ->> 'plan', 'step', (m.reach ->> 'step')::int, 'of', coalesce(m.reach_of, m.id)) end as reach
from (
  select seq, xid::text as writer, xid, id, kind, at, contact_id as "contactId", conversation_id as "conversationId", channel, message_id as "messageId",
    decision_id as "decisionId", data
  from event
  where (xid, seq) > ($1::text::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
  order by xid, seq limit $3) e
left join message m on m.id = e."messageId"
order by e.xid, e.seq`

// First the contact's own lines, by their index: in the order of the whole journal they would be looked for through all of it.
const OF = AFTER.replace(
  'select e.*',
  'with mine as materialized (select * from event where contact_id = $4 and (xid, seq) > ($1::text::xid8, $2::bigint))\nselect e.*',
).replace('from event\n', 'from mine\n')

const END = `
select xid::text as writer, seq from event where xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid desc, seq desc limit 1`
// The line itself may be gone (retention): then the last one there was before it.
const AT = `select xid::text as writer, $1::bigint as seq from event e where e.seq <= $1 order by e.seq desc limit 1`

type Place = { readonly writer: string; readonly seq: number }
const positionOf = (row: Place | undefined): JournalPosition =>
  `${(row?.writer ?? '0').padStart(20, '0')}.${String(row?.seq ?? 0).padStart(16, '0')}`

type Row = Omit<JournalEntry, 'reference' | 'reach'> &
  Place & { readonly xid: string; readonly reference: string | null; readonly reach: JournalEntry['reach'] | null }

export const readJournal = async (
  sql: Sql,
  after: JournalPosition,
  limit: number,
): Promise<{ entries: readonly JournalEntry[]; position: JournalPosition }> => {
  const entries = (await sql.query<Row>(AFTER, [...placeOf(after), limit])).map(entryOf)
  return { entries, position: entries.at(-1)?.position ?? after }
}

/** Of one contact alone. */
export const readJournalOf = async (
  sql: Sql,
  contact: ContactId,
  after: JournalPosition,
  limit: number,
): Promise<readonly JournalEntry[]> => (await sql.query<Row>(OF, [...placeOf(after), limit, contact])).map(entryOf)

// PostgreSQL reads an xid8 with a leading zero as octal.
const placeOf = (position: JournalPosition): readonly string[] => {
  const [xid = '0', seq = '0'] = position.split('.').map((part) => String(BigInt(part)))
  return [xid, seq]
}

const entryOf = ({ writer, xid: _, reference, reach, ...entry }: Row): JournalEntry => ({
  ...entry,
  ...(reference ? { reference } : {}),
  ...(reach ? { reach } : {}),
  position: positionOf({ writer, seq: entry.seq }),
})

export const readPosition = async (sql: Sql, seq: number | null): Promise<JournalPosition> =>
  positionOf((await sql.query<Place>(seq === null ? END : AT, seq === null ? [] : [seq]))[0])

const WAITING = 'select id from pending where id = any($1)'

export const readWaiting = async (sql: Sql, events: readonly EventId[]): Promise<ReadonlySet<EventId>> =>
  new Set((await sql.query<{ id: EventId }>(WAITING, [events])).map((row) => row.id))
