/** Two contacts turn out to be one person: the other's addresses, thread, consents and sends become the first's. */
import type { ContactId, EventId } from '../../core/ids.ts'
import type { Sql } from '../connection.ts'
import { PROMOTE } from './write.ts'

const MOVE = [
  'update identity set contact_id = $1 where contact_id = $2',
  'update message set contact_id = $1, conversation_id = (select id from conversation where contact_id = $1) where contact_id = $2',
  'update consent set contact_id = $1 where contact_id = $2',
  'update pending set contact_id = $1 where contact_id = $2',
  "update outbox set contact_id = $1, head = head and state <> 'queued' where contact_id = $2",
  'update attempt set contact_id = $1 where contact_id = $2',
  'update decision set contact_id = $1 where contact_id = $2',
  'update job set contact_id = $1 where contact_id = $2',
  'update contact set merged_into = $1 where id = $2 or merged_into = $2',
  // What either side's owner had queued is void: the epoch is above both.
  `update conversation v set epoch = greatest(v.epoch, o.epoch) + 1, owner = case when o.owner like 'agent%' then o.owner else v.owner end,
     last_at = greatest(v.last_at, o.last_at), waiting_since = least(v.waiting_since, o.waiting_since)
   from conversation o where v.contact_id = $1 and o.contact_id = $2`,
  'update conversation set waiting_since = null where contact_id = $2 and $1 <> $2',
]

/** Under the lock of `into`; takes the other's in id order, so two merges of the same pair cannot wait for each other. */
export const mergeContacts = async (
  sql: Sql,
  merges: readonly { into: ContactId; other: ContactId; event: EventId }[],
  at: number,
): Promise<void> => {
  for (const { into, other, event } of merges) {
    const [row] = await sql.query<{ mergedInto: string | null }>(
      'select merged_into as "mergedInto" from contact where id = $1 for no key update',
      [other],
    )
    if (row && !row.mergedInto && other !== into) {
      for (const statement of MOVE) await sql.query(statement, [into, other])
      await sql.query(PROMOTE, [[into]])
      await sql.query(
        "insert into event (id, kind, contact_id, at, received, data) values ($1, 'contact.merged', $2, $3, $3, jsonb_build_object('other', $4::text))",
        [`${event}:merged`, into, at, other],
      )
    }
    await sql.query('delete from pending where id = $1', [event])
  }
}
