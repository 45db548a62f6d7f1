/** The bridge on PostgreSQL: which link was opened by whom, whose word of the way back it is, and which tokens of sites were used. */
import type { LinkId } from '../../core/ids.ts'
import { CROSSING, type Link, type Links, type Used } from '../../core/link.ts'
import type { Connection } from '../connection.ts'

const FIND = `
select l.id, l.contact_id as contact, l.message_id as message, l.from_channel as "from", l.to_channel as "to", l.at, l.expires_at as "expiresAt",
  l.opened_at as "openedAt", l.visitor, l.codes
from link l where l.id = $1`
const OPEN = 'update link set opened_at = $3, visitor = $2 where id = $1 and opened_at is null returning id'
const COUNT = `update link set codes = codes + 1 where id = $1 and codes < ${CROSSING.codes} returning id`

const FREE_WORD = 'delete from crossing_word where seal = $1 and expires_at <= $2'
// One that another visitor has just now is nobody else's.
const KEEP_WORD = `
insert into crossing_word (visitor, seal, channel, expires_at)
select $1, $2, $3, $4 where not exists (select from crossing_word where seal = $2 and visitor <> $1)
on conflict (visitor) do update set seal = excluded.seal, channel = excluded.channel, expires_at = excluded.expires_at, used_by = null
returning visitor`
const USE_WORD = `
update crossing_word w set used_by = $3 from visitor v
where w.seal = $1 and w.channel = $2 and w.expires_at > $4 and coalesce(w.used_by, $3) = $3 and v.id = w.visitor
returning w.visitor, v.channel as "from", v.since`

const USE_ONCE = 'insert into used_token (seal, expires_at) values ($1, $2) on conflict (seal) do nothing returning seal'

const PRUNE = [
  'delete from link where expires_at < $1',
  'delete from crossing_word where expires_at < $1',
  'delete from used_token where expires_at < $1',
]

export const createLinks = (connection: Connection): Links => ({
  find: async (id: LinkId) => (await connection.query<Link>(FIND, [id]))[0] ?? null,
  open: async (id, visitor, at) => (await connection.query(OPEN, [id, visitor, at])).length > 0,
  countCode: async (id) => (await connection.query(COUNT, [id])).length > 0,
  keepWord: async ({ visitor, seal, channel, expiresAt }, at) => {
    await connection.query(FREE_WORD, [seal, at])
    return (await connection.query(KEEP_WORD, [visitor, seal, channel, expiresAt])).length > 0
  },
  useWord: async (seal, channel, event, at) => (await connection.query<Used>(USE_WORD, [seal, channel, event, at]))[0] ?? null,
  useOnce: async (seal, expiresAt) => (await connection.query(USE_ONCE, [seal, expiresAt])).length > 0,
  prune: async (before) => {
    for (const statement of PRUNE) await connection.query(statement, [before])
  },
})
