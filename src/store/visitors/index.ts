/** Visits on PostgreSQL, and what each of them may see. */
import type { ConversationId, MessageId } from '../../core/ids.ts'
import type { MessageView, Page, PageRequest } from '../../core/reading.ts'
import type { Visitor, Visitors } from '../../core/visitor.ts'
import type { Connection, Sql } from '../connection.ts'
import { readJournalOf } from '../reading/journal.ts'
import { COLUMNS } from '../reading/message.ts'
import { keysOf, LATEST, pageOf } from '../reading/page.ts'
import { eraseVisit } from './erasure.ts'
import { SEEN } from './seen.ts'

const FIND = `
select v.id, v.channel, i.contact_id as contact, c.id as conversation, c.owner, o.language, v.since, v.shows, v.created_at as "createdAt",
  v.seen_at as "seenAt", v.expires_at as "expiresAt"
from visitor v left join identity i on i.key = 'web:' || v.id left join contact o on o.id = i.contact_id
  left join conversation c on c.contact_id = i.contact_id
where v.hash = $1 and v.channel = $2 and v.expires_at > $3`
const MAKE = `
insert into visitor (id, hash, channel, shows, since, created_at, seen_at, expires_at) values ($1, $2, $3, $4, $5, $6, $6, $7)`
const BELONGS = `
insert into identity (key, contact_id, kind, value, created_at)
select 'web:' || $1, coalesce(c.merged_into, c.id), 'web', $1, $3 from contact c where c.id = $2`
const KEEP = 'update visitor set seen_at = $2, expires_at = $3 where id = $1 and seen_at < $2'
// The journal tells of it, and open pages hear it there.
const TOLD = `
insert into event (id, kind, contact_id, conversation_id, channel, at, received)
select v.id || ':ended', 'visit.ended', i.contact_id, c.id, v.channel, $2::bigint, $2::bigint
from ended v join identity i on i.key = 'web:' || v.id left join conversation c on c.contact_id = i.contact_id
returning 1`
const END = `
with ended as (delete from visitor where id = $1 returning id, channel)
${TOLD}`
export const END_ALL = `
with ended as (
  delete from visitor v using identity i where i.contact_id = $1 and i.kind = 'web' and i.key = 'web:' || v.id returning v.id, v.channel)
${TOLD}`

const MESSAGES = `
select ${COLUMNS} from message m where ${SEEN} and (m.at, m.id) < ($5, $6) order by m.at desc, m.id desc limit $7`
const THESE = `select ${COLUMNS} from message m where ${SEEN} and m.id = any($5) order by m.at, m.id`
/** More than anybody reads is not counted. */
const CARRIED = `
select count(*)::int as count from (select 1 from message m where ${SEEN} and (m.channel <> $3 or m.at < $4) limit 1000) seen`

const FILE = `select ${COLUMNS} from message m where ${SEEN} and m.content ->> 'type' = 'media' and m.content -> 'media' ->> 'digest' = $5 limit 1`
const CITES = `select 1 from message m where ${SEEN} and m.citations @> $5 limit 1`

const sightOf = ({ shows, channel, since }: Visitor, conversation: ConversationId) => [conversation, shows === 'thread', channel, since]

const messages = async (sql: Sql, visitor: Visitor, request: PageRequest): Promise<Page<MessageView>> => {
  const [at, id] = keysOf(request.cursor, [LATEST, ''])
  if (visitor.conversation === null) return { items: [], next: null }
  const rows = await sql.query<MessageView>(MESSAGES, [...sightOf(visitor, visitor.conversation), at, id, request.limit + 1])
  return pageOf(rows, request, (row) => [row.at, row.id])
}

const these = (sql: Sql, visitor: Visitor, ids: readonly MessageId[]): Promise<readonly MessageView[]> =>
  visitor.conversation === null || !ids.length
    ? Promise.resolve([])
    : sql.query<MessageView>(THESE, [...sightOf(visitor, visitor.conversation), ids])

const carried = async (sql: Sql, visitor: Visitor): Promise<number> =>
  visitor.conversation === null || visitor.shows === 'own'
    ? 0
    : ((await sql.query<{ count: number }>(CARRIED, sightOf(visitor, visitor.conversation)))[0]?.count ?? 0)

export const createVisitors = (connection: Connection): Visitors => ({
  make: async ({ id, hash, channel, shows, since, expiresAt, contact }, at) =>
    contact === undefined
      ? void (await connection.query(MAKE, [id, hash, channel, shows, since, at, expiresAt]))
      : connection.transaction(async (sql) => {
          sql.send(MAKE, [id, hash, channel, shows, since, at, expiresAt])
          sql.send(BELONGS, [id, contact, at])
        }),
  find: async (hash, channel, at) => (await connection.query<Visitor>(FIND, [hash, channel, at]))[0] ?? null,
  keep: async (id, at, expiresAt) => void (await connection.query(KEEP, [id, at, expiresAt])),
  end: async (id, at) => void (await connection.query(END, [id, at])),
  messages: (visitor, request) => messages(connection, visitor, request),
  these: (visitor, ids) => these(connection, visitor, ids),
  carried: (visitor) => carried(connection, visitor),
  file: async (visitor, digest) =>
    visitor.conversation === null
      ? null
      : ((await connection.query<MessageView>(FILE, [...sightOf(visitor, visitor.conversation), digest]))[0] ?? null),
  cites: async (visitor, passage) =>
    visitor.conversation !== null &&
    (await connection.query(CITES, [...sightOf(visitor, visitor.conversation), JSON.stringify([{ passage }])])).length > 0,
  erase: (visitor, at) => connection.transaction((sql) => eraseVisit(sql, visitor, at, END)),
  journal: (contact, after, limit) => readJournalOf(connection, contact, after, limit),
  prune: async (at) => void (await connection.query('delete from visitor where expires_at < $1', [at])),
})
