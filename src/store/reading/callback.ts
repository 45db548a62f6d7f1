/** Call-back requests, as the call centre reads them. What still waits to leave (its channel is paused, a rule holds it) is not there yet. */
import type { CallbackId } from '../../core/ids.ts'
import type { CallbackView, Page, PageRequest } from '../../core/reading.ts'
import type { Sql } from '../connection.ts'
import { keysOf, LATEST, pageOf } from './page.ts'

/** The last words before the request; three say what it is about. */
const ROW = `
select k.body || jsonb_build_object('contactId', k.contact_id, 'conversationId', v.id, 'name', c.name, 'language', c.language, 'words', coalesce((
  select jsonb_agg(jsonb_build_object('at', w.at, 'content', w.content) order by w.at, w.id) from (
    select m.id, m.at, m.content from message m
    where m.conversation_id = v.id and m.direction = 'in' and m.content is not null and m.at <= k.since order by m.at desc, m.id desc limit 3) w), '[]')) as row
from callback k join contact c on c.id = k.contact_id join conversation v on v.contact_id = k.contact_id
  join message s on s.id = k.body ->> 'message'`
const REACHED = "s.accepted_at is not null and s.status not in ('cancelled', 'refused')"

const OPEN = `${ROW} where k.state <> 'closed' and ${REACHED} and (k.since, k.id) > ($1, $2) order by k.since, k.id limit $3`
const CLOSED = `${ROW} where k.state = 'closed' and (k.since, k.id) < ($1, $2) order by k.since desc, k.id desc limit $3`
const ONE = `${ROW} where k.id = $1`

type Row = { readonly row: CallbackView }

export const readCallbacks = async (
  sql: Sql,
  { closed, ...request }: PageRequest & { readonly closed?: boolean | undefined },
): Promise<Page<CallbackView>> => {
  const [since, id] = keysOf(request.cursor, [closed ? LATEST : 0, ''])
  const rows = await sql.query<Row>(closed ? CLOSED : OPEN, [since, id, request.limit + 1])
  return pageOf(
    rows.map(({ row }) => row),
    request,
    (row) => [row.since, row.id],
  )
}

export const readCallback = async (sql: Sql, id: CallbackId): Promise<CallbackView | null> =>
  (await sql.query<Row>(ONE, [id]))[0]?.row ?? null
