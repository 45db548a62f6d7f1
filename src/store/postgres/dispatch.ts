/** Dispatch: the head of each contact's line is claimed under the contact's lock, its attempt committed before the first byte, its result settled. */
import type { ChannelId, ContactId, MessageId } from '../../core/ids.ts'
import type { ChannelFacts, Claimed, ContactFacts, Gate, Head, Lease, OpenAttempt, RecentAttempt, Settlement } from '../../core/store.ts'
import { type Connection, rows, type Sql, type Transaction } from '../connection.ts'
import { isStopped, isTried, loadChannels } from './channels.ts'
import { adoptReceipts, lockMessages } from './receipts.ts'
import { loadFacts } from './turn.ts'
import { CANCELLED, KEPT, PROMOTE } from './write.ts'

// A marketing send waits until everything its contact said is decided: a STOP that was acknowledged before this line wins. Asked again under the lock.
const DECIDED = (at: string) =>
  `not (o.category = 'marketing' and exists (select 1 from pending p where p.contact_id = o.contact_id and (p.due_at <= ${at} or p.due_at <= p.received)))`

// One that goes a second time stays where a receipt of the first came meanwhile: `send.reconciled` ends it. Asked again under the message's lock.
const SILENT = `(not o.body ? 'resent' or not exists (select 1 from message m where m.id = o.message_id
  and coalesce(m.sent_at, m.delivered_at, m.read_at, m.failed_at) is not null))`

const LOCK = `
with due as (
  select o.contact_id from outbox o
  where o.channel = $1 and o.head and o.state = 'queued' and o.due_at <= $2 and ${DECIDED('$2')} and ${SILENT}
  order by o.due_at, o.seq limit $3)
select c.id from contact c where c.id in (select contact_id from due) for no key update skip locked`

const LOCK_HEADS = `
select from message where id = any(array(
  select o.message_id from outbox o where o.contact_id = any($1) and o.channel = $2 and o.head and o.state = 'queued' and o.due_at <= $3)) order by id for no key update`

const HEADS = `
select o.message_id as message, o.contact_id as contact, o.decision_id as decision, o.category, o.automatic, o.epoch as "sendEpoch", o.tries, o.due_at as "dueAt", o.body,
  (select max(p.at) from opening p where p.contact_id = o.contact_id and p.channel = any($4)) as "openedAt"
from outbox o where o.contact_id = any($1) and o.channel = $2 and o.head and o.state = 'queued' and o.due_at <= $3 and ${DECIDED('$3')} and ${SILENT} order by o.due_at, o.seq`

const LEASE = 'select lease from channel where id = $1 for share'

// A message that failed and is tried as another begins anew: receipts of its former attempt say nothing of this one.
const CLAIM = `
with r as (select * from json_to_recordset($1) as r(message text, contact text, channel text, decision text, attempt text)),
  taken as (update outbox o set state = 'sending', attempt_id = r.attempt, wait_rule = null from r where o.message_id = r.message),
  shown as (
    update message m set status = 'sending', failed_at = null, sent_at = case when m.failed_at is null then m.sent_at end,
      vendor_id = case when m.failed_at is null then m.vendor_id end
    from r where m.id = r.message)
insert into attempt (id, message_id, contact_id, channel, decision_id, at) select attempt, message, contact, channel, decision, $2 from r`

const OPENING = `
insert into opening (channel, contact_id, at) select channel, contact, $2 from json_to_recordset($1) as r(channel text, contact text)
on conflict (channel, contact_id) do update set at = excluded.at`

const WAIT = `
update outbox o set due_at = r.until, wait_rule = r.rule from json_to_recordset($1) as r(message text, until bigint, rule text) where o.message_id = r.message`

const CANCEL = `with gone as (delete from outbox where message_id = any($1) returning message_id) ${CANCELLED}`

const RETURN = `
with gone as (delete from outbox where message_id = any($1))
insert into pending (id, contact_id, channel, kind, at, received, due_at, body)
select id, contact, channel, kind, $3, $3, greatest("dueAt", $3), body
from json_to_recordset($2) as r(id text, contact text, channel text, kind text, "dueAt" bigint, body jsonb) on conflict (id) do nothing`

type HeadRow = Omit<Head, Exclude<keyof ContactFacts, 'contact'>>
type GateOf = (head: Head, channel: ChannelFacts) => Gate

/** One batch of heads. `void`: another holds the lease now. `stopped`: the channel is cut or paused. */
export const claim = (
  connection: Connection,
  request: { lease: Lease; at: number; limit: number; trial?: string | undefined },
  gate: GateOf,
): Promise<readonly Claimed[] | 'void' | 'stopped'> =>
  connection.transaction(async (sql) => {
    const { lease, at, limit } = request
    const [[held], channels, found] = await Promise.all([
      sql.query<{ lease: number }>(LEASE, [lease.channel]),
      loadChannels(sql),
      sql.query<{ id: ContactId }>(LOCK, [lease.channel, at, limit]),
    ])
    if (held?.lease !== lease.number) return 'void'
    const channel = channels.get(lease.channel)
    if (!channel || (isStopped(channel) && !isTried(channel, request.trial))) return 'stopped'
    if (!found.length) return []
    const locked = found.map((row) => row.id)
    sql.send(LOCK_HEADS, [locked, lease.channel, at])
    const alike = [...channels.values()].filter(({ kind }) => kind === channel.kind).map(({ id }) => id)
    const [loaded, rows] = await Promise.all([loadFacts(sql, locked), sql.query<HeadRow>(HEADS, [locked, lease.channel, at, alike])])
    const facts = new Map(loaded.map((fact) => [fact.contact, fact]))
    const heads = rows.flatMap((row) => {
      const fact = facts.get(row.contact)
      return fact ? [{ ...fact, ...row }] : []
    })
    const gated = heads.map((head) => ({ head, gate: gate(head, channel) }))
    writeGates(sql, gated, lease.channel, at)
    return gated.flatMap(({ head, gate }) => (gate.type === 'send' ? [{ head, attempt: gate.attempt }] : []))
  })

const writeGates = (sql: Transaction, gated: readonly { head: Head; gate: Gate }[], channel: ChannelId, at: number) => {
  const sends: object[] = []
  const openings: object[] = []
  const waits: object[] = []
  const returns: { message: MessageId; row: object }[] = []
  const cancels: MessageId[] = []
  const freed: ContactId[] = []
  for (const { head, gate } of gated) {
    const { message, contact } = head
    if (gate.type === 'send') {
      sends.push({ message, contact, channel, decision: head.decision, attempt: gate.attempt })
      if (gate.opening) openings.push({ channel, contact })
    } else if (gate.type === 'wait') waits.push({ message, until: gate.until, rule: gate.rule })
    else {
      freed.push(contact)
      if (gate.type === 'cancel') cancels.push(message)
      else returns.push({ message, row: { ...gate.event, contact } })
    }
  }
  if (sends.length) sql.send(CLAIM, [rows(sends), at])
  if (openings.length) sql.send(OPENING, [rows(openings), at])
  if (waits.length) sql.send(WAIT, [rows(waits)])
  if (cancels.length) sql.send(CANCEL, [cancels])
  if (returns.length) sql.send(RETURN, [returns.map((row) => row.message), rows(returns.map((entry) => entry.row)), at])
  if (freed.length) sql.send(PROMOTE, [freed])
}

// ── Settling ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const LOCK_ALL = 'select id, merged_into as "mergedInto" from contact where id = any($1) order by id for no key update'

// A receipt may have come before the answer to the call: what it raised stays. Where the message is tried anew by now, the answer concerns
// its former attempt alone.
const SETTLE = `
with r as (select * from json_to_recordset($1) as r(attempt text, message text, contact text, channel text, at bigint, result text, code text, vendor text, status text, refusal jsonb, "keep" text, due bigint)),
  tried as (update attempt a set result = r.result, code = r.code, vendor_id = r.vendor, settled_at = r.at from r where a.id = r.attempt),
  shown as (
    update message m set
      vendor_id = coalesce(m.vendor_id, r.vendor),
      accepted_at = case when r.result = 'accepted' then coalesce(m.accepted_at, r.at) else m.accepted_at end,
      refusal = coalesce(r.refusal, case when r.result = 'accepted' and m.status <> 'failed' then null else m.refusal end),
      status = case when m.status in ('sent', 'delivered', 'read', 'failed') or m.failed_at is not null then m.status else r.status end
    from r where m.id = r.message and not exists (select 1 from outbox o where o.message_id = r.message and o.attempt_id is distinct from r.attempt)
    returning m.id, m.conversation_id),
  ended as (delete from outbox o using r where o.message_id = r.message and o.attempt_id = r.attempt and r.keep = 'end' returning o.attempt_id),
  doubted as (delete from pending p using ended where p.id = ended.attempt_id || ':unknown'),
  again as (
    update outbox o set state = case when r.keep = 'retry' then 'queued' else 'unknown' end, head = r.keep = 'unknown', due_at = coalesce(r.due, o.due_at), tries = o.tries + 1
    from r where o.message_id = r.message and o.attempt_id = r.attempt and r.keep in ('retry', 'unknown'))
insert into event (id, kind, contact_id, conversation_id, channel, message_id, at, received, data)
select r.attempt || ':' || r.result, 'message.' || r.result, r.contact, s.conversation_id, r.channel, r.message, r.at, r.at, jsonb_build_object('attempt', r.attempt, 'code', r.code)
from r join shown s on s.id = r.message where r.result <> 'postponed' and r.keep <> 'retry'`

// A merge may have carried the send to another epoch since it was claimed.
const EVENTS = `
insert into pending (id, contact_id, channel, kind, at, received, due_at, body)
select r.id, r.contact, r.channel, r.kind, r.at, r.at, greatest(r."dueAt", r.at), coalesce(jsonb_set(r.body, '{epoch}', to_jsonb(o.epoch), false), r.body)
from json_to_recordset($1) as r(id text, message text, attempt text, contact text, channel text, kind text, at bigint, "dueAt" bigint, body jsonb)
left join outbox o on o.message_id = r.message and o.attempt_id = r.attempt on conflict (id) do nothing`

// A receipt came while we waited for the answer: it is not unknown at all, or need not go a second time.
const KNOWN_BY_RECEIPT = `
insert into pending (id, contact_id, channel, kind, at, received, due_at, body)
select 'reconciled:' || o.attempt_id, o.contact_id, o.channel, 'send.reconciled', $2, $2, $2, jsonb_build_object('message', o.message_id)
from outbox o join message m on m.id = o.message_id where o.message_id = any($1) and (o.state = 'unknown' or o.state = 'queued' and o.body ? 'resent') and coalesce(m.sent_at, m.delivered_at, m.read_at, m.failed_at) is not null
on conflict (id) do nothing`

const STATUS = { accepted: 'accepted', refused: 'failed', postponed: 'queued', unknown: 'unknown' } as const

const rowOf = ({ attempt, message, contact, channel, at, result, next }: Settlement): object => {
  const refusal = 'refusal' in result ? result.refusal : null
  return {
    attempt,
    message,
    contact,
    channel,
    at,
    result: result.type,
    code: refusal?.code ?? (result.type === 'unknown' ? result.cause : null),
    vendor: result.type === 'accepted' ? result.vendorId : null,
    status: next.type === 'retry' ? 'queued' : STATUS[result.type],
    refusal: result.type === 'refused' ? refusal : null,
    keep: next.type === 'retry' ? 'retry' : next.type === 'unknown' ? 'unknown' : 'end',
    due: next.type === 'retry' ? next.dueAt : null,
  }
}

const eventOf = ({ next, message, attempt, contact, at }: Settlement): readonly object[] =>
  'event' in next && next.event ? [{ ...next.event, message, attempt, contact, at }] : []

/** Locks the contacts a send was made for; where one was merged meanwhile, its line is the other's. */
const lockLines = async (sql: Sql, contacts: readonly ContactId[]): Promise<readonly ContactId[]> => {
  const locked = await sql.query<{ id: ContactId; mergedInto: ContactId | null }>(LOCK_ALL, [contacts])
  const merged = [...new Set(locked.flatMap((row) => row.mergedInto ?? []))].filter((id) => !contacts.includes(id))
  return merged.length ? [...contacts, ...(await lockLines(sql, merged))] : contacts
}

const SETTLED = 'select id from attempt where id = any($1) and result is not null'

/** A successor takes an open attempt for lost while its owner still lives and settles it: what is known is not unsaid. */
const withoutStale = async (sql: Sql, settlements: readonly Settlement[]): Promise<readonly Settlement[]> => {
  const doubts = settlements.filter((settlement) => settlement.next.type === 'unknown').map((settlement) => settlement.attempt)
  if (!doubts.length) return settlements
  const settled = new Set((await sql.query<{ id: string }>(SETTLED, [doubts])).map((row) => row.id))
  return settlements.filter((settlement) => settlement.next.type !== 'unknown' || !settled.has(settlement.attempt))
}

export const settle = (connection: Connection, settlements: readonly Settlement[]): Promise<void> =>
  connection.transaction(async (sql) => {
    const contacts = await lockLines(sql, [...new Set(settlements.map((settlement) => settlement.contact))])
    const telling = await withoutStale(sql, settlements)
    lockMessages(sql, telling)
    const events = telling.flatMap(eventOf)
    if (events.length) sql.send(EVENTS, [rows(events)])
    sql.send(SETTLE, [rows(telling.map(rowOf))])
    const at = Math.max(...settlements.map((settlement) => settlement.at))
    const open = telling.filter(({ next }) => next.type === 'unknown' || next.type === 'retry').map((settlement) => settlement.message)
    if (open.length) sql.send(KNOWN_BY_RECEIPT, [open, at])
    sql.send(PROMOTE, [contacts])
    const vendors = settlements.flatMap(({ result }) => (result.type === 'accepted' ? [result.vendorId] : []))
    if (vendors.length) await adoptReceipts(sql, vendors, at)
  })

const PASSED = `
select id from contact where id in (
  select o.contact_id from outbox o join channel c on c.id = o.channel where o.channel = any($1) and o.head and o.state = 'queued' and ${KEPT}
    and exists (select 1 from outbox n where n.contact_id = o.contact_id and not n.head and n.channel <> all($1))
  limit 5000)
for no key update skip locked`

/** What waited behind the send of a channel that was cut or paused since goes on where its own channel can send. */
export const passStopped = (connection: Connection): Promise<void> =>
  connection.transaction(async (sql) => {
    const stopped = [...(await loadChannels(sql)).values()].filter(isStopped).map((channel) => channel.id)
    if (!stopped.length) return
    const contacts = await sql.query<{ id: ContactId }>(PASSED, [stopped])
    if (contacts.length) sql.send(PROMOTE, [contacts.map((row) => row.id)])
  })

// ── Leases ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

const NEXT_LEASE = 'update channel set lease = lease + 1 where id = $1 returning lease'
const OPEN = `
select o.attempt_id as attempt, o.message_id as message, o.contact_id as contact, o.category, o.epoch, o.body from outbox o where o.channel = $1 and o.state = 'sending'`
const RECENT = 'select contact_id as contact, at from attempt where channel = $1 and at > $2 order by at'
/** Long enough for a borrowed pair burst (45 × 6 s) to be repaid. */
const MEMORY_MS = 300_000

/** For the holder of the channel's session lock: raises the lease's number and tells what the former holder left. */
export const takeLease = (
  connection: Connection,
  channel: ChannelId,
  at: number,
): Promise<{ lease: Lease; open: readonly OpenAttempt[]; recent: readonly RecentAttempt[] } | null> =>
  connection.transaction(async (sql) => {
    const [row] = await sql.query<{ lease: number }>(NEXT_LEASE, [channel])
    if (!row) return null
    const open = await sql.query<OpenAttempt>(OPEN, [channel])
    return { lease: { channel, number: row.lease }, open, recent: await sql.query<RecentAttempt>(RECENT, [channel, at - MEMORY_MS]) }
  })
