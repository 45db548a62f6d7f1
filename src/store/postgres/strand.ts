/** What waits for a channel that is cut or paused, and may go another way: its contact's turn is asked for. */
import type { Connection } from '../connection.ts'

// What changed since is told by a sum, for the clocks of those who write it may be apart. A claim that began before the cut may still take
// one: what it holds is passed over, and found again should it come back to the line.
const STRAND = `
with news as (select coalesce(sum(changed_at), 0)::bigint as at from channel),
  found as (
    select o.message_id, o.contact_id, o.channel, o.epoch, o.body, o.seq from outbox o
    where o.channel in (select id from channel where health = 'cut' or paused) and o.state = 'queued'
      and (o.movable = 'left' or o.movable = 'stuck' and o.asked_of <> (select at from news))
    order by o.seq limit $2 for update of o skip locked),
  asked as (
    update outbox o set movable = 'asked', asked_of = (select at from news) from found where o.message_id = found.message_id returning o.message_id)
insert into pending (id, contact_id, channel, kind, at, received, due_at, body)
select 'stranded:' || found.message_id, contact_id, channel, 'send.stranded', $1, $1, $1, jsonb_build_object('intent', body -> 'intent', 'epoch', epoch)
from found join asked using (message_id) order by seq on conflict (id) do nothing returning id`

// Its event was set aside: nothing decides on it any more, and its contact's others go on.
const FREE = `
update outbox o set movable = 'stuck' where o.movable = 'asked' and o.state = 'queued'
  and not exists (select 1 from pending p where p.id = 'stranded:' || o.message_id)`

// Once for each cut: when all that could be asked for was asked for and decided.
const TELL = `
with kept as (
    select c.id, 'stranded:' || c.id || ':' || c.changed_at as word, count(*) as kept from outbox o join channel c on c.id = o.channel
    where (c.health = 'cut' or c.paused) and o.state = 'queued' and o.movable is not null
    group by c.id having count(*) = count(*) filter (where o.movable = 'stuck')),
  fresh as (insert into seen (id, at) select word, $1 from kept order by word on conflict (id) do nothing returning id)
insert into event (id, kind, channel, at, received, data)
select word, 'alert', kept.id, $1, $1, jsonb_build_object('about', 'stranded', 'kept', kept) from kept join fresh on fresh.id = word`

const STOPPED = "select exists (select 1 from channel where health = 'cut' or paused) as stopped"

export const strand = async (connection: Connection, at: number, limit: number): Promise<number> => {
  const [any] = await connection.query<{ stopped: boolean }>(STOPPED)
  if (!any?.stopped) return 0
  const asked = await connection.query(STRAND, [at, limit])
  if (!asked.length) {
    await connection.query(FREE)
    await connection.query(TELL, [at])
  }
  return asked.length
}
