/** Two contacts turn out to be one person: the other's addresses, thread, consents and sends become the first's. */
import type { ContactId, EventId } from '../../core/ids.ts'
import type { Sql } from '../connection.ts'
import { PROMOTE } from './write.ts'

type Side = { readonly contact: ContactId; readonly owner: string; readonly epoch: number; readonly mergedInto: string | null }

const SIDE = `
select c.id as contact, v.owner, v.epoch, c.merged_into as "mergedInto"
from contact c join conversation v on v.contact_id = c.id where c.id = $1 for no key update of c`

const isMachine = (owner: string): boolean => owner === 'journey' || owner === 'engine'

/** What the machines of both sides had in hand goes on under the new epoch; the other's journey ends here, and what names its run with it. */
const CARRY_SENDS = 'update outbox set epoch = $3 where contact_id = $1 and automatic and epoch = $2'
const OF_A_RUN = ['timer', 'called', 'call']
const CARRY = [
  `update pending set body = jsonb_set(body, '{epoch}', to_jsonb($3::int)) where contact_id = $1 and body->'epoch' = to_jsonb($2::int) and kind <> all($4)`,
  'update job set epoch = $3 where contact_id = $1 and epoch = $2 and kind <> all($4)',
]

const MOVE = [
  'update identity set contact_id = $1 where contact_id = $2',
  'update message set contact_id = $1, conversation_id = (select id from conversation where contact_id = $1) where contact_id = $2',
  'update consent set contact_id = $1 where contact_id = $2',
  'update pending set contact_id = $1 where contact_id = $2',
  "update outbox set contact_id = $1, head = head and state <> 'queued' where contact_id in ($1, $2)",
  'update attempt set contact_id = $1 where contact_id = $2',
  'update decision set contact_id = $1 where contact_id = $2',
  'update job set contact_id = $1 where contact_id = $2',
  'update contact set merged_into = $1 where id = $2 or merged_into = $2',
  // The epoch is above both; people and platforms keep what a machine would lose.
  `update conversation v set epoch = greatest(v.epoch, o.epoch) + 1,
     owner = case when v.owner in ('journey', 'engine') and o.owner not in ('journey', 'engine') then o.owner else v.owner end,
     last_at = greatest(v.last_at, o.last_at), waiting_since = least(v.waiting_since, o.waiting_since)
   from conversation o where v.contact_id = $1 and o.contact_id = $2`,
  'update conversation set waiting_since = null where contact_id = $2 and $1 <> $2',
]

/** Under the lock of `into`. Two merges of the same pair may wait for each other: one of them is then tried again. */
export const mergeContacts = async (
  sql: Sql,
  merges: readonly { into: ContactId; other: ContactId; event: EventId }[],
  at: number,
): Promise<void> => {
  for (const { into, other, event } of merges) {
    const [first] = await sql.query<Side>(SIDE, [into])
    // Merged itself a moment ago: this event is its heir's now.
    if (first?.mergedInto) continue
    const [second] = await sql.query<Side>(SIDE, [other])
    if (first && second && !second.mergedInto && other !== into) {
      const epoch = Math.max(first.epoch, second.epoch) + 1
      if (isMachine(first.owner) && isMachine(second.owner))
        for (const side of [first, second]) {
          const carried = [side.contact, side.epoch, epoch]
          await sql.query(CARRY_SENDS, carried)
          for (const statement of CARRY) await sql.query(statement, [...carried, side === second ? OF_A_RUN : []])
        }
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
