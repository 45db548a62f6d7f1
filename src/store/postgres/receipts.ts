/** Receipts: three of four events. Matched by our attempt id, else by the provider's id; they only ever raise a message. */
import type { MessageId } from '../../core/ids.ts'
import type { ReceiptArrival } from '../../core/store.ts'
import { rows, type Transaction } from '../connection.ts'

const LOCK = 'select from message where id = any($1) order by id for no key update'

/** Before several messages are changed: in the order in which receipts lock them, or two batches wait for each other. */
export const lockMessages = (sql: Transaction, list: readonly { readonly message: MessageId }[]): void =>
  sql.send(LOCK, [list.map((entry) => entry.message)])

/** What all receipts of one batch say of one message. */
type Raise = {
  channel: string
  target: string
  attempt: string | null
  sent: number | null
  delivered: number | null
  read: number | null
  failed: number | null
  refusal: object | null
  price: object | null
}

const gather = (receipts: readonly ReceiptArrival[]): Raise[] => {
  const byTarget = new Map<string, Raise>()
  for (const receipt of receipts) {
    const key = `${receipt.channel} ${receipt.target}`
    let raise = byTarget.get(key)
    if (!raise) {
      raise = {
        channel: receipt.channel,
        target: receipt.target,
        attempt: null,
        sent: null,
        delivered: null,
        read: null,
        failed: null,
        refusal: null,
        price: null,
      }
      byTarget.set(key, raise)
    }
    raise[receipt.status] = Math.min(raise[receipt.status] ?? receipt.at, receipt.at)
    raise.attempt ??= receipt.attempt ?? null
    raise.refusal ??= receipt.refusal ?? null
    raise.price ??= receipt.price ?? null
  }
  return [...byTarget.values()].sort((a, b) => (a.target < b.target ? -1 : 1))
}

// Locked in a statement of its own: the next one sees what the line holds as those left it who had the messages before.
const LOCK_TOLD = `
select from message where id = any(array(
  select coalesce(a.message_id, v.id) from json_to_recordset($1) as r(channel text, target text, attempt text)
  left join attempt a on a.id = r.attempt and a.channel = r.channel
  left join message v on v.channel = r.channel and v.vendor_id = r.target)) order by id for no key update`

// `o` is the message as it was: what is new against it becomes an event. `m` is what is raised: where the message became known only now, it was
// not locked, and another receipt may have raised it meanwhile. A refusal after delivery says nothing, nor does one of an attempt that
// another followed. Two targets may be one message, sent twice.
const RAISE = `
with r as (
  select * from json_to_recordset($1) as r(channel text, target text, attempt text, sent bigint, delivered bigint, read bigint, failed bigint, refusal jsonb, price jsonb)
), found as (
  select r.channel, r.target, r.attempt, r.sent, r.delivered, r.read, r.refusal, r.price, coalesce(a.message_id, v.id) as message,
    case when not exists (select 1 from attempt later where later.message_id = a.message_id and later.at > a.at) then r.failed end as failed
  from r
  left join attempt a on a.id = r.attempt and a.channel = r.channel
  left join message v on v.channel = r.channel and v.vendor_id = r.target
), x as (
  select message, min(target) as target, min(sent) as sent, min(delivered) as delivered, min(read) as read, min(failed) as failed,
    (array_agg(refusal) filter (where refusal is not null))[1] as refusal, (array_agg(price) filter (where price is not null))[1] as price
  from found where message is not null group by message
), o as (
  select m.* from message m where m.id = any(array(select message from x)) and m.direction = 'out'
), raised as (
  update message m set
    vendor_id = coalesce(m.vendor_id, x.target),
    sent_at = coalesce(m.sent_at, x.sent),
    delivered_at = coalesce(m.delivered_at, x.delivered),
    read_at = coalesce(m.read_at, x.read),
    failed_at = coalesce(m.failed_at, x.failed),
    refusal = coalesce(m.refusal, x.refusal),
    price_seen = coalesce(m.price_seen, x.price),
    late_at = case when m.moved_to is not null then coalesce(m.late_at, case when m.delivered_at is null then x.delivered end, case when m.read_at is null then x.read end) end,
    status = case
      when coalesce(m.read_at, x.read) is not null then 'read'
      when coalesce(m.delivered_at, x.delivered) is not null then 'delivered'
      when coalesce(m.failed_at, x.failed) is not null then 'failed'
      else 'sent' end
  from x join o on o.id = x.message
  where m.id = o.id
    and ((m.sent_at is null and x.sent is not null) or (m.delivered_at is null and x.delivered is not null)
      or (m.read_at is null and x.read is not null) or (m.failed_at is null and x.failed is not null) or (m.price_seen is null and x.price is not null))
  returning m.id, m.reach, o.late_at is null and m.late_at is not null as late, m.late_at, m.contact_id, m.conversation_id, m.channel, m.content, m.category, m.author, m.reply_to, m.decision_id, x.refusal,
    case when o.sent_at is null then x.sent end as sent,
    case when o.delivered_at is null then x.delivered end as delivered,
    case when o.read_at is null then x.read end as read,
    case when o.failed_at is null and m.delivered_at is null and m.read_at is null then x.failed end as failed
), told as (
  insert into event (id, kind, contact_id, conversation_id, channel, message_id, at, received)
  select r.id || ':' || k.kind, 'message.' || k.kind, contact_id, conversation_id, channel, r.id, k.at, $2
  from raised r cross join lateral (values ('sent', r.sent), ('delivered', r.delivered), ('read', r.read), ('failed', r.failed)) k(kind, at)
  where k.at is not null
), turned as (
  insert into pending (id, contact_id, channel, kind, at, received, due_at, body)
  select 'reconciled:' || coalesce(q.attempt_id, q.message_id), q.contact_id, q.channel, 'send.reconciled', $2, $2, $2, jsonb_build_object('message', q.message_id)
  from raised r join outbox q on q.message_id = r.id and (q.state = 'unknown' or q.state = 'queued' and q.body ? 'resent')
  union all
  select r.id || ':failed', r.contact_id, r.channel, 'send.failed', r.failed, $2, $2, jsonb_build_object('message', r.id, 'refusal', r.refusal, 'content', r.content, 'category', r.category, 'author', r.author, 'channel', r.channel,
    'replyTo', r.reply_to, 'reach', r.reach, 'asked', (select d.intent from decision d where d.id = r.decision_id),
    'tries', (select count(*) from attempt a where a.message_id = r.id and coalesce(a.result, '') not in ('refused', 'postponed')))
  from raised r where r.failed is not null
  union all
  select r.id || ':late', r.contact_id, r.channel, 'reach.late', $2, $2, $2, jsonb_build_object('message', r.id, 'first', r.reach ->> 'first', 'channel', r.channel, 'at', r.late_at)
  from raised r where r.late
  on conflict (id) do nothing
)
insert into receipt (channel, target, status, at, received, attempt_id, refusal, price)
select k.channel, k.target, k.status, k.at, $2, k.attempt, k.refusal, k.price
from json_to_recordset($3) as k(channel text, target text, status text, at bigint, attempt text, refusal jsonb, price jsonb)
join found on found.channel = k.channel and found.target = k.target and found.message is null
on conflict do nothing`

/** Receipts of messages we do not know are kept, and joined when the message becomes known. */
export const raiseReceipts = (sql: Transaction, receipts: readonly ReceiptArrival[], at: number): void => {
  const raises = rows(gather(receipts))
  sql.send(LOCK_TOLD, [raises])
  sql.send(RAISE, [raises, at, rows(receipts)])
}

type Orphan = ReceiptArrival & { readonly attempt: NonNullable<ReceiptArrival['attempt']> | undefined }

const adopt = (which: string) => `
delete from receipt r using message m
where m.channel = r.channel and m.vendor_id = r.target${which}
returning r.channel, r.target, r.status, r.at, r.attempt_id as attempt, r.refusal, r.price`
const ADOPT = adopt(' and m.vendor_id = any($1)')
const ADOPT_ANY = adopt('')

/** Joins kept receipts with messages that have come to be known: those named, or any. */
export const adoptReceipts = async (sql: Transaction, targets: readonly string[] | null, at: number): Promise<void> => {
  const orphans = targets ? await sql.query<Orphan>(ADOPT, [targets]) : await sql.query<Orphan>(ADOPT_ANY)
  if (orphans.length) raiseReceipts(sql, orphans, at)
}
