/** What waits for a channel that is cut or paused, and may go another way: its contact's turn is asked for. */
import type { Connection } from '../connection.ts'

/** Some of one channel's, locked; what a claim that began before the cut holds is passed over, and found again should it come back. */
const some = (which: string, order: string) => `
      select * from (select o.message_id, o.contact_id, o.channel, o.epoch, o.body, o.seq from outbox o
        where o.channel = c.id and o.state = 'queued' and ${which} order by ${order} limit $2 for update of o skip locked) part`

// What changed since is told by a sum, for the clocks of those who write it may be apart. Each list follows its index: rows that stay as they
// are, however many, are not read.
export const STRAND = `
with news as (select coalesce(sum(changed_at), 0)::bigint as at from channel),
  found as (
    select f.* from channel c cross join lateral (
      ${some("o.movable = 'left'", 'o.seq')} union all
      ${some("o.movable = 'stuck' and o.asked_of < (select at from news)", 'o.asked_of, o.seq')} union all
      ${some("o.movable = 'stuck' and o.asked_of > (select at from news)", 'o.asked_of, o.seq')}) f
    where c.health = 'cut' or c.paused order by f.seq limit $2),
  asked as (
    update outbox o set movable = 'asked', asked_of = (select at from news) from found where o.message_id = found.message_id returning o.message_id)
insert into pending (id, contact_id, channel, kind, at, received, due_at, body)
select 'stranded:' || found.message_id, contact_id, channel, 'send.stranded', $1, $1, $1, jsonb_build_object('intent', body -> 'intent', 'epoch', epoch)
from found join asked using (message_id) order by seq on conflict (id) do nothing returning id`

// Its event was set aside: nothing decides on it any more, and its contact's others go on.
export const FREE = `
update outbox o set movable = 'stuck' where o.movable = 'asked' and o.state = 'queued'
  and not exists (select 1 from pending p where p.id = 'stranded:' || o.message_id)`

/** Whether a channel has any such, told by the first that is found. */
const any = (which: string) =>
  `(select count(*) from (select 1 from outbox o where o.channel = cut.id and o.movable = '${which}' and o.state = 'queued' limit 1) some_row)`

// Once for each cut: when all that could be asked for was asked for and decided. Only then are they counted.
export const TELL = `
with cut as materialized (
    select c.id, 'stranded:' || c.id || ':' || c.changed_at as word from channel c
    where (c.health = 'cut' or c.paused) and not exists (select 1 from seen s where s.id = 'stranded:' || c.id || ':' || c.changed_at)),
  ready as materialized (select id, word from cut where ${any('left')} = 0 and ${any('asked')} = 0 and ${any('stuck')} = 1),
  kept as (
    select r.id, r.word, (select count(*) from outbox o where o.channel = r.id and o.movable = 'stuck' and o.state = 'queued') as kept from ready r),
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
