/** Two contacts turn out to be one person: the other's addresses, thread, consents and sends become the first's. */
import type { ContactId, EventId } from '../../core/ids.ts'
import type { Sql } from '../connection.ts'
import { PROMOTE } from './write.ts'

type Side = {
  readonly contact: ContactId
  readonly owner: string
  readonly epoch: number
  readonly mergedInto: string | null
  readonly state: unknown
  readonly lastAt: number
  /** When the customer last wrote there. */
  readonly heardAt: number | null
}

const LOCK = 'select merged_into as heir from contact where id = $1 for no key update'

const SIDE = `
select c.id as contact, v.owner, v.epoch, c.merged_into as "mergedInto", v.state, v.last_at as "lastAt",
  (select m.at from message m where m.conversation_id = v.id and m.direction = 'in' order by m.at desc limit 1) as "heardAt"
from contact c join conversation v on v.contact_id = c.id where c.id = $1`

/** Whom the contact is by now, locked: in a statement of its own, so that the next one sees what a turn has just decided there. */
const lockHeir = async (sql: Sql, contact: ContactId): Promise<ContactId> => {
  const [row] = await sql.query<{ heir: ContactId | null }>(LOCK, [contact])
  return row?.heir ? lockHeir(sql, row.heir) : contact
}

const isMachine = (owner: string): boolean => owner === 'journey' || owner === 'engine'

/** The side whose conversation goes on: the one the customer wrote to last. What a program sent to an address is no conversation. */
const isSecondAlive = (first: Side, second: Side): boolean => {
  if ((first.state === null) !== (second.state === null)) return first.state === null
  const [heard, other] = [first.heardAt ?? 0, second.heardAt ?? 0]
  return heard === other ? second.lastAt > first.lastAt : other > heard
}

/** What the machines of both sides had in hand goes on under the new epoch; the quiet side's journey ends here, and what names its run with it. */
const CARRY_SENDS = 'update outbox set epoch = $3 where contact_id = $1 and automatic and epoch = $2'
const OF_A_RUN = ['timer', 'called', 'call']
// Jobs first: what one that ends just now leaves is found among the events.
const CARRY = [
  'update job set epoch = $3 where contact_id = $1 and epoch = $2 and kind <> all($4)',
  `update pending set body = jsonb_set(body, '{epoch}', to_jsonb($3::int)) where contact_id = $1 and body->'epoch' = to_jsonb($2::int) and kind <> all($4)`,
]

// By the thread's index and the messages' own: what is kept for each contact has no index by contact, and would be read from end to end.
const THREAD = 'm.conversation_id = (select id from conversation where contact_id = $2)'
const MOVE = [
  'update identity set contact_id = $1 where contact_id = $2',
  `update attempt a set contact_id = $1 from message m where ${THREAD} and a.message_id = m.id`,
  `update decision d set contact_id = $1 from message m where ${THREAD} and d.message_id = m.id`,
  `update message m set contact_id = $1, conversation_id = (select id from conversation where contact_id = $1) where ${THREAD}`,
  'update consent set contact_id = $1 where contact_id = $2',
  'update pending set contact_id = $1 where contact_id = $2',
  "update outbox set contact_id = $1, head = head and state <> 'queued' where contact_id in ($1, $2)",
  'update job set contact_id = $1 where contact_id = $2',
  'update callback set contact_id = $1 where contact_id = $2',
  'update task set contact_id = $1 where contact_id = $2',
  'update link set contact_id = $1 where contact_id = $2',
  'update code set whom = array_replace(whom, $2, $1) where whom && array[$2]',
  `with gone as (delete from opening where channel in (select id from channel) and contact_id = $2 returning channel, at)
   insert into opening (channel, contact_id, at) select channel, $1, at from gone
   on conflict (channel, contact_id) do update set at = greatest(opening.at, excluded.at)`,
  `update contact c set name = coalesce(c.name, o.name), country = coalesce(nullif(c.country, ''), o.country), language = coalesce(c.language, o.language)
   from contact o where c.id = $1 and o.id = $2`,
  'update contact set merged_into = $1 where id = $2 or merged_into = $2',
]

// The epoch is above both; people and platforms keep what a machine would lose.
const JOIN = `
update conversation v set epoch = $3, owner = $4, state = case when $5 then o.state else v.state end,
  last_at = greatest(v.last_at, o.last_at), waiting_since = least(v.waiting_since, o.waiting_since)
from conversation o where v.contact_id = $1 and o.contact_id = $2`
const NOBODY_WAITS = 'update conversation set waiting_since = null where contact_id = $1'
/** What the quiet side knew is told to the next decision. */
const TELL = "update pending set kind = 'merged', body = $2 where id = $1"

const MERGED = `
insert into event (id, kind, contact_id, at, received, data) values ($1, 'contact.merged', $2, $3, $3, jsonb_build_object('other', $4::text))`
const HANDLED = 'delete from pending where id = $1'

const ownerOf = (first: Side, second: Side, alive: Side): string => {
  if (isMachine(first.owner) && isMachine(second.owner)) return alive.owner
  return isMachine(first.owner) ? second.owner : first.owner
}

/** Under the lock of `into`: who is no contact of their own any more. Two merges of a pair may wait for each other: one is then tried again. */
export const mergeContacts = async (
  sql: Sql,
  merges: readonly { into: ContactId; other: ContactId; event: EventId }[],
  at: number,
): Promise<ReadonlySet<ContactId>> => {
  const gone = new Set<ContactId>()
  for (const { into, other: told, event } of merges) {
    const [first] = await sql.query<Side>(SIDE, [into])
    // Merged itself a moment ago: this event is its heir's now.
    if (first?.mergedInto) continue
    const other = await lockHeir(sql, told)
    const [second] = await sql.query<Side>(SIDE, [other])
    if (!first || !second || other === into) {
      await sql.query(HANDLED, [event])
      continue
    }
    const secondAlive = isSecondAlive(first, second)
    const [alive, quiet] = secondAlive ? [second, first] : [first, second]
    const epoch = Math.max(first.epoch, second.epoch) + 1
    if (isMachine(first.owner) && isMachine(second.owner))
      for (const side of [first, second]) {
        const carried = [side.contact, side.epoch, epoch]
        await sql.query(CARRY_SENDS, carried)
        for (const statement of CARRY) await sql.query(statement, [...carried, side === quiet ? OF_A_RUN : []])
      }
    for (const statement of MOVE) await sql.query(statement, [into, other])
    await sql.query(JOIN, [into, other, epoch, ownerOf(first, second, alive), secondAlive])
    await sql.query(NOBODY_WAITS, [other])
    await sql.query(PROMOTE, [[into]])
    await sql.query(MERGED, [`${event}:merged`, into, at, other])
    if (quiet.state === null) await sql.query(HANDLED, [event])
    else await sql.query(TELL, [event, { other, state: quiet.state }])
    gone.add(other)
  }
  return gone
}
