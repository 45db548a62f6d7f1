/** Conversations: who has them, who waits, what was said last. */
import type { ChannelId, ConversationId } from '../../core/ids.ts'
import type { ConversationDetail, ConversationView, Page, PageRequest } from '../../core/reading.ts'
import type { Sql } from '../connection.ts'
import { keysOf, LATEST, pageOf } from './page.ts'

const COLUMNS = `v.id, v.contact_id as "contactId", c.name, c.country, c.language, v.owner, v.last_at as "lastAt", v.waiting_since as "waitingSince",
  (select json_build_object('id', m.id, 'channel', m.channel, 'direction', m.direction, 'at', m.at, 'author', m.author, 'content', m.content, 'status', m.status)
    from message m where m.conversation_id = v.id order by m.at desc, m.id desc limit 1) as last`
const FROM = 'from conversation v join contact c on c.id = v.contact_id and c.merged_into is null'

// The first condition lets the index begin where the page begins.
const NEWEST = `
select ${COLUMNS} ${FROM}
where v.last_at <= $1 and (v.last_at < $1 or v.id > $2)
order by v.last_at desc, v.id limit $3`
const OWNED = `
select ${COLUMNS} ${FROM}
where v.last_at <= $1 and (v.last_at < $1 or v.id > $2) and v.owner = $4
order by v.last_at desc, v.id limit $3`
// Said once more in the words of the partial index.
const HELD = OWNED.replace('v.owner = $4', `v.owner = $4 and v.owner not in ('journey', 'engine')`)
const WAITING = `
select ${COLUMNS} ${FROM}
where v.waiting_since is not null and (v.waiting_since, v.id) > ($1, $2) and ($4::text is null or v.owner = $4)
order by v.waiting_since, v.id limit $3`

const ONE = `
select ${COLUMNS},
  coalesce((select json_agg(json_build_object('kind', i.kind, 'value', i.value) order by i.created_at, i.key) from identity i where i.contact_id = c.id), '[]') as addresses,
  (select json_build_object('kind', v.state #>> '{taken,kind}', 'contactId', w.contact_id, 'conversationId', w.id, 'name', p.name)
    from contact o join contact p on p.id = coalesce(o.merged_into, o.id) and p.id <> c.id join conversation w on w.contact_id = p.id
    where o.id = v.state #>> '{taken,contact}') as taken
${FROM} where v.id = $1`
const HEARD = `
select distinct on (channel) channel, at from (
  select channel, at from message where conversation_id = $1 and direction = 'in' order by at desc limit 200
) recent order by channel, at desc`

export type ConversationsRequest = PageRequest & { readonly waiting?: boolean | undefined; readonly owner?: string | undefined }

export const readConversations = async (sql: Sql, request: ConversationsRequest): Promise<Page<ConversationView>> => {
  const { limit, owner } = request
  if (request.waiting) {
    const [since, id] = keysOf(request.cursor, [0, ''])
    const rows = await sql.query<ConversationView>(WAITING, [since, id, limit + 1, owner ?? null])
    return pageOf(rows, request, (row) => [row.waitingSince ?? 0, row.id])
  }
  const [last, id] = keysOf(request.cursor, [LATEST, ''])
  const rows =
    owner === undefined
      ? await sql.query<ConversationView>(NEWEST, [last, id, limit + 1])
      : await sql.query<ConversationView>(['journey', 'engine'].includes(owner) ? OWNED : HELD, [last, id, limit + 1, owner])
  return pageOf(rows, request, (row) => [row.lastAt, row.id])
}

export const readConversation = async (sql: Sql, id: ConversationId): Promise<ConversationDetail | null> => {
  const [conversation] = await sql.query<Omit<ConversationDetail, 'heard'>>(ONE, [id])
  if (!conversation) return null
  return { ...conversation, heard: await sql.query<{ channel: ChannelId; at: number }>(HEARD, [id]) }
}
