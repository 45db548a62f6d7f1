/** People: who they are, where they can be reached, what they agreed to. */
import { IDENTITY_KINDS } from '../../core/address.ts'
import type { ContactId } from '../../core/ids.ts'
import type { ConsentView, ContactDetail, ContactView, Page, PageRequest } from '../../core/reading.ts'
import type { Sql } from '../connection.ts'
import { keysOf, pageOf } from './page.ts'

const COLUMNS = `c.id, v.id as "conversationId", c.name, c.country, c.language, c.created_at as "createdAt",
  coalesce((select json_agg(json_build_object('kind', i.kind, 'value', i.value) order by i.created_at, i.key) from identity i where i.contact_id = c.id), '[]') as addresses`
const FROM = 'from contact c left join conversation v on v.contact_id = c.id'

/** After every id, whatever the database's collation. */
const FIRST = 'zzz'
const ALL = `select ${COLUMNS} ${FROM} where c.merged_into is null and c.id < $1 order by c.id desc limit $2`
const BY_ADDRESS = `
select ${COLUMNS} ${FROM} where c.merged_into is null and c.id < $1
  and c.id in (select contact_id from identity where key = any($3))
order by c.id desc limit $2`

const ONE = `select ${COLUMNS} ${FROM} where c.id = (select coalesce(merged_into, id) from contact where id = $1)`

const CONSENTS = `
select distinct on (channel_kind, category) channel_kind as "channelKind", category,
  case when given then 'given' else 'revoked' end as state, at, words, proof, source
from consent where contact_id = $1 order by channel_kind, category, seq desc`

/** An address is asked for with its kind (`email:a@b.fr`) or without. */
const addressKeys = (address: string): string[] => [address, ...IDENTITY_KINDS.map((kind) => `${kind}:${address}`)]

export const readContacts = async (
  sql: Sql,
  request: PageRequest & { readonly address?: string | undefined },
): Promise<Page<ContactView>> => {
  const [id] = keysOf(request.cursor, [FIRST])
  const rows =
    request.address === undefined
      ? await sql.query<ContactView>(ALL, [id, request.limit + 1])
      : await sql.query<ContactView>(BY_ADDRESS, [id, request.limit + 1, addressKeys(request.address)])
  return pageOf(rows, request, (row) => [row.id])
}

export const readContact = async (sql: Sql, id: ContactId): Promise<ContactDetail | null> => {
  const [contact] = await sql.query<ContactView>(ONE, [id])
  return contact ? { ...contact, consents: await sql.query<ConsentView>(CONSENTS, [contact.id]) } : null
}
