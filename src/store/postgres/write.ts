/** Writes what turns changed: everything of one batch in one statement where it is hot, one statement a noun where it is rare. */

import { addressKey, sameNumberKeys } from '../../core/address.ts'
import type { ContactId } from '../../core/ids.ts'
import type { Change } from '../../core/store.ts'
import { rows, type Transaction } from '../connection.ts'
import { marksOf } from '../marks.ts'
import { opensWay } from '../plan.ts'
import { END_ALL } from '../visitors/index.ts'
import { raiseReceipts } from './receipts.ts'

/** What a receipt told is not unsaid. */
const TOLD = "m.status in ('sent', 'delivered', 'read')"
/** Of a message whose row left the outbox: it goes no more. */
export const CANCELLED = `update message m set status = 'cancelled' from gone where m.id = gone.message_id and not (${TOLD} or m.status = 'failed')`

const CANCEL = `
with r as (select * from json_to_recordset($1) as r(contact text, epoch int)),
  gone as (delete from outbox o using r where o.contact_id = r.contact and o.automatic and o.state = 'queued' and o.epoch < r.epoch returning o.message_id),
  work as (delete from job j using r where j.contact_id = r.contact and j.epoch < r.epoch)
${CANCELLED}`

// Only what still waits, in its line or out of it.
const WITHDRAW = `
with gone as (delete from outbox where message_id = any($1) and state = 'queued' returning message_id)
update message m set status = 'cancelled'
where m.id = any($1) and (m.status in ('postponed', 'held') or m.id in (select message_id from gone)) and not (${TOLD} or m.status = 'failed')`

// What was due because nobody knew of the send is void with it.
const REMOVE = `
with gone as (delete from outbox where message_id = any($1) returning attempt_id)
delete from pending p using gone where p.id = gone.attempt_id || ':unknown'`

// The message is locked first: a receipt either came before and there is nothing to repeat, or it finds the flag.
const RESEND = `
with r as (select * from json_to_recordset($1) as r(message text, due bigint)),
  silent as (select m.id from message m join r on m.id = r.message
    where coalesce(m.sent_at, m.delivered_at, m.read_at, m.failed_at) is null order by m.id for no key update of m),
  again as (update outbox o set state = 'queued', head = false, due_at = r.due, attempt_id = null, tries = tries + 1, body = body || '{"resent": true}'
    from r join silent on silent.id = r.message where o.message_id = r.message and o.state = 'unknown' returning o.message_id)
update message m set duplicate_risk = true, status = 'queued' from again where m.id = again.message_id`

/**
 * The first that is left of each line becomes its head: what is in flight (two lines may have become one) goes before what waits, and what a
 * channel that is cut or paused keeps does not keep the others.
 */
/** What a plan may still take elsewhere keeps its place, and the others behind it, until that is decided; but behind one of its channel that stays. */
export const KEPT = `(c.health = 'cut' or c.paused) and (coalesce(o.movable, 'stuck') = 'stuck' or exists (
  select 1 from outbox p where p.contact_id = o.contact_id and p.channel = o.channel and p.seq < o.seq and p.state = 'queued' and coalesce(p.movable, 'stuck') = 'stuck'))`
export const PROMOTE = `
update outbox o set head = o.message_id = f.message_id from (
  select distinct on (o.contact_id) o.contact_id, o.message_id from outbox o join channel c on c.id = o.channel
  where o.contact_id = any($1) order by o.contact_id, o.state = 'queued', ${KEPT}, o.seq, o.message_id) f
where o.contact_id = f.contact_id and (o.message_id = f.message_id and not o.head or o.message_id <> f.message_id and o.head and o.state = 'queued')`

const PATCH = `
update message m set channel = coalesce(r.onto, m.channel),
  status = case when ${TOLD} then m.status else coalesce(r.status, m.status) end, refusal = coalesce(r.refusal, m.refusal), content = coalesce(r.content, m.content),
  edited_at = coalesce(r.edited, m.edited_at), revoked_at = coalesce(r.revoked, m.revoked_at), decision_id = coalesce(r.decision, m.decision_id), category = coalesce(r.category, m.category), price = coalesce(r.price, m.price), moved_to = coalesce(r."movedTo", m.moved_to),
  reach = coalesce(r.reach, m.reach), reach_of = case when r.reach is null then m.reach_of else nullif(r.reach ->> 'first', m.id) end
from json_to_recordset($1) as r(message text, channel text, "vendorId" text, status text, refusal jsonb, content jsonb, edited bigint, revoked bigint, decision text, category text, price jsonb, "movedTo" text, reach jsonb, onto text)
where (m.id = r.message or (r.message is null and m.channel = r.channel and m.vendor_id = r."vendorId"))`

const WRITE = `
with facts as (
  update conversation v set owner = r.owner, epoch = r.epoch, state = r.state, last_at = greatest(v.last_at, r."lastAt"), waiting_since = r.waiting
  from json_to_recordset($1) as r(contact text, owner text, epoch int, state jsonb, "lastAt" bigint, waiting bigint) where v.contact_id = r.contact
), handled as (
  delete from pending where id = any($2)
), messages as (
  insert into message (id, contact_id, conversation_id, channel, direction, at, author, content, category, ai, citations, reply_to, vendor_id, status, decision_id, refusal, price, reference, reach, reach_of, duplicate_risk)
  select id, contact, conversation, channel, direction, at, author, content, category, ai, citations, "replyTo", "vendorId", status, decision, refusal, price, reference, reach,
    nullif(reach ->> 'first', id), coalesce("duplicateRisk", false)
  from json_to_recordset($3) as r(id text, contact text, conversation text, channel text, direction text, at bigint, author text, content jsonb, category text, ai boolean,
    citations jsonb, "replyTo" text, "vendorId" text, status text, decision text, refusal jsonb, price jsonb, reference text, reach jsonb, "duplicateRisk" boolean)
), decisions as (
  insert into decision (id, message_id, contact_id, at, outcome, intent, amend, until, rulings, price, situation, rulebook)
  select id, message, contact, at, outcome, intent, amend, until, rulings, price, "situationDigest", rulebook
  from json_to_recordset($4) as r(id text, message text, contact text, at bigint, outcome text, intent jsonb, amend jsonb, until bigint, rulings jsonb, price jsonb, "situationDigest" text, rulebook text)
), gone as (
  delete from outbox where message_id = any($8) returning message_id, seq
), queued as (
  insert into outbox (message_id, seq, contact_id, channel, head, due_at, epoch, automatic, category, state, decision_id, body, movable)
  select message, coalesce(gone.seq, nextval('outbox_seq_seq')), contact, channel, first and not exists (select 1 from outbox o where o.contact_id = r.contact), due, epoch,
    automatic, category, 'queued', decision, body, case when movable then 'left' end
  from json_to_recordset($5) as r(message text, contact text, channel text, first boolean, due bigint, epoch int, automatic boolean, category text, decision text, body jsonb,
    movable boolean, place text) left join gone on gone.message_id = r.place
), journal as (
  insert into event (id, kind, contact_id, conversation_id, channel, message_id, decision_id, at, received, data)
  select id, kind, contact, conversation, channel, message, decision, at, $7, data
  from json_to_recordset($6) as r(id text, kind text, contact text, conversation text, channel text, message text, decision text, at bigint, data jsonb)
) select 1`

const MORE: Record<string, string> = {
  payloads:
    'insert into event_payload (event_id, received, body) select id, $2, payload from json_to_recordset($1) as r(id text, payload jsonb)',
  situations: `insert into situation (digest, content, marks) select digest, content, ${marksOf('content')} from json_to_recordset($1) as r(digest text, content jsonb) order by digest on conflict (digest) do nothing`,
  timers: `insert into pending (id, contact_id, channel, kind, at, received, due_at, body)
    select id, contact, channel, kind, due, $2, due, body from json_to_recordset($1) as r(id text, contact text, channel text, kind text, due bigint, body jsonb) on conflict (id) do nothing`,
  jobs: `insert into job (id, contact_id, channel, kind, epoch, due_at, body)
    select id, contact, channel, kind, epoch, "dueAt", body from json_to_recordset($1) as r(id text, contact text, channel text, kind text, epoch int, "dueAt" bigint, body jsonb)`,
  consents: `insert into consent (contact_id, channel_kind, category, given, at, words, proof, source)
    select contact, "channelKind", category, given, at, words, proof, source
    from json_to_recordset($1) as r(contact text, "channelKind" text, category text, given boolean, at bigint, words text, proof jsonb, source text)`,
  callbacks: `insert into callback (id, contact_id, state, since, body) select r.body ->> 'id', r.contact, r.body ->> 'state', (r.body ->> 'since')::bigint, r.body
    from json_to_recordset($1) as r(contact text, body jsonb) on conflict (id) do update set contact_id = excluded.contact_id, state = excluded.state, body = excluded.body`,
  tasks: `insert into task (id, contact_id, since, body) select r.body ->> 'id', r.contact, (r.body ->> 'since')::bigint, r.body
    from json_to_recordset($1) as r(contact text, body jsonb) on conflict (id) do update set contact_id = excluded.contact_id, body = excluded.body`,
  links: `insert into link (id, contact_id, message_id, from_channel, to_channel, at, expires_at)
    select id, contact, message, "from", "to", at, "expiresAt"
    from json_to_recordset($1) as r(id text, contact text, message text, "from" text, "to" text, at bigint, "expiresAt" bigint)`,
  // Whose each address is, is read after it was made: somebody else may have been quicker by a moment. A number is one person's on all phone channels.
  addresses: `insert into identity (key, contact_id, kind, value, created_at)
    select distinct on (key) key, contact, kind, value, $2 from json_to_recordset($1) as r(contact text, key text, kind text, value text, kin json)
    where not exists (select from identity i where i.contact_id <> r.contact and i.key in (select json_array_elements_text(r.kin)))
    order by key on conflict (key) do nothing`,
  claims: `insert into pending (id, contact_id, channel, kind, at, received, due_at, body)
    select r.event, r.contact, r.channel, 'joined', $2, $2, $2, r.body || jsonb_build_object('other', nullif(i.contact_id, r.contact))
    from json_to_recordset($1) as r(contact text, event text, channel text, key text, kin json, body jsonb)
    join lateral (select contact_id from identity where key = r.key or key in (select json_array_elements_text(r.kin)) order by key = r.key desc limit 1) i on true
    on conflict (id) do nothing`,
  people: `update contact c set name = coalesce(r.name, c.name), language = coalesce(r.language, c.language)
    from json_to_recordset($1) as r(contact text, name text, language text) where c.id = r.contact`,
}
const VOID_LINKS = 'update link set expires_at = $2 where contact_id = $1 and expires_at > $2'
// Whoever is reached in no other way keeps theirs: it is all they have.
const FREE_ACCOUNTS = `
delete from identity i where i.contact_id = $1 and i.kind = 'account'
  and exists (select from identity o where o.contact_id = $1 and o.kind not in ('account', 'web'))`
const TIMED = new Set(['payloads', 'timers', 'addresses', 'claims'])

/** Digests already kept by this process: most situations repeat. Bounded; forgetting costs one statement. */
const kept = new Set<string>()
export const rememberSituations = (digests: readonly string[]): void => {
  if (kept.size > 20_000) kept.clear()
  for (const digest of digests) kept.add(digest)
}

const STAY = `
update outbox o set movable = case when r.stuck then 'stuck' else 'left' end
from json_to_recordset($1) as r(message text, stuck boolean) where o.message_id = r.message and o.movable = 'asked'`

// What had no other way may have one now: it is asked for again, and keeps its place until that is decided.
const WAKE = "update outbox set movable = 'left' where contact_id = any($1) and movable = 'stuck'"

/** One row a message: an UPDATE takes only one of several, and says not which. Later patches win, field by field. */
const foldPatches = (patches: readonly Change['patches'][number][]): readonly object[] => {
  const byMessage = new Map<string, object>()
  for (const { editedAt: edited, revokedAt: revoked, ...patch } of patches) {
    const key = patch.message ?? `${patch.channel} ${patch.vendorId}`
    const told = Object.fromEntries(Object.entries({ ...patch, edited, revoked }).filter(([, value]) => value !== undefined))
    byMessage.set(key, { ...byMessage.get(key), ...told })
  }
  return [...byMessage.values()]
}

/** `stopped`: a channel is cut or paused, so that what it keeps may stand before what can go. Gives the digests of situations it wrote: call `rememberSituations` with them once the transaction is committed. */
export const writeChanges = (
  sql: Transaction,
  changes: readonly Change[],
  conversations: ReadonlyMap<ContactId, string>,
  at: number,
  stopped: boolean,
): readonly string[] => {
  if (!changes.length) return []
  const cancels = changes
    .filter((change) => change.cancelBefore !== null)
    .map((change) => ({ contact: change.contact, epoch: change.cancelBefore }))
  if (cancels.length) sql.send(CANCEL, [rows(cancels)])
  const withdrawn = changes.flatMap((change) => change.withdraw ?? [])
  if (withdrawn.length) sql.send(WITHDRAW, [withdrawn])
  // A row whose place another takes goes in the statement that gives it.
  const places = new Set(changes.flatMap((change) => change.outbox.flatMap((row) => row.place ?? [])))
  const removed = changes.flatMap((change) => change.remove).filter((message) => !places.has(message))
  if (removed.length) sql.send(REMOVE, [removed])
  const resent = changes.flatMap((change) => change.resend.map(({ message, dueAt }) => ({ message, due: dueAt })))
  if (resent.length) sql.send(RESEND, [rows(resent)])

  const of = <T>(pick: (change: Change) => readonly T[]) =>
    changes.flatMap((change) =>
      pick(change).map((row) => ({ ...row, contact: change.contact, conversation: conversations.get(change.contact) })),
    )
  sql.send(WRITE, [
    rows(
      changes.map(({ contact, owner, epoch, state, lastAt, waitingSince }) => ({
        contact,
        owner,
        epoch,
        state,
        lastAt,
        waiting: waitingSince,
      })),
    ),
    changes.flatMap((change) => change.handled),
    rows(of((change) => change.messages)),
    rows(of((change) => change.decisions)),
    rows(changes.flatMap((change) => change.outbox.map((row, n) => ({ ...row, contact: change.contact, due: row.dueAt, first: n === 0 })))),
    rows(of((change) => change.journal)),
    at,
    [...places],
  ])
  const staying = changes.flatMap((change) => change.stay)
  if (staying.length) sql.send(STAY, [rows(staying)])

  const woken = stopped ? changes.filter(opensWay).map((change) => change.contact) : []
  if (woken.length) sql.send(WAKE, [woken])

  const situations = new Map(
    changes
      .flatMap((change) => change.decisions.map((decision) => [decision.situationDigest, decision.situation] as const))
      .filter(([digest]) => !kept.has(digest)),
  )
  const claims = of((change) =>
    change.claims.map((claim) => ({ ...claim, key: addressKey(claim.address), kin: sameNumberKeys(claim.address) })),
  )
  const more: Record<string, readonly object[]> = {
    payloads: changes.flatMap((change) => change.journal.filter((row) => row.payload)),
    situations: [...situations].map(([digest, content]) => ({ digest, content })),
    timers: of((change) => change.timers.map((timer) => ({ ...timer, due: timer.dueAt }))),
    jobs: of((change) => change.jobs),
    consents: of((change) => change.consents),
    callbacks: changes.flatMap(({ contact, callbacks = [] }) => callbacks.map((body) => ({ contact, body }))),
    tasks: changes.flatMap(({ contact, tasks = [] }) => tasks.map((body) => ({ contact, body }))),
    links: of((change) => change.links ?? []),
    addresses: claims.map(({ contact, key, kin, address: { kind, value } }) => ({ contact, key, kin, kind, value })),
    claims: claims.map(({ contact, event, channel, key, kin, body }) => ({ contact, event, channel, key, kin, body })),
    people: changes.filter((change) => change.name ?? change.language).map(({ contact, name, language }) => ({ contact, name, language })),
  }
  for (const [noun, list] of Object.entries(more))
    if (list.length) sql.send(MORE[noun] as string, TIMED.has(noun) ? [rows(list), at] : [rows(list)])
  for (const { contact } of changes.filter((change) => change.unlink)) {
    sql.send(END_ALL, [contact, at])
    sql.send(VOID_LINKS, [contact, at])
    sql.send(FREE_ACCOUNTS, [contact])
  }
  const patches = foldPatches(changes.flatMap((change) => change.patches))
  if (patches.length) sql.send(PATCH, [rows(patches)])
  const receipts = changes.flatMap((change) => change.receipts ?? [])
  if (receipts.length) raiseReceipts(sql, receipts, at)
  const freed = changes
    .filter(
      (change) =>
        change.cancelBefore !== null ||
        change.remove.length ||
        change.stay.length ||
        change.withdraw?.length ||
        change.resend.length ||
        (stopped && (change.outbox.length || opensWay(change))),
    )
    .map((change) => change.contact)
  if (freed.length) sql.send(PROMOTE, [freed])
  return [...situations.keys()]
}
