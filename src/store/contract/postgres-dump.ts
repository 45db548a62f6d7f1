/** The same rows, read from PostgreSQL. */
import type { Connection } from '../connection.ts'
import type { Dump } from './dump.ts'

const QUERIES: { readonly [K in keyof Dump]: string } = {
  contacts: `select id, name, country, language, merged_into as "mergedInto" from contact order by id collate "C"`,
  identities: `select key, contact_id as contact from identity order by key collate "C"`,
  conversations: `select id, contact_id as contact, owner, epoch, state, last_at as "lastAt", waiting_since as "waitingSince" from conversation order by id collate "C"`,
  consents: `select contact_id as contact, channel_kind as "channelKind", category, given, at from consent order by seq`,
  messages: `select id, contact_id as contact, conversation_id as conversation, channel, direction, at, author, content, category, ai, reply_to as "replyTo",
    vendor_id as "vendorId", status, decision_id as decision, refusal, price, reference, price_seen as "priceSeen", duplicate_risk as "duplicateRisk", edited_at as "editedAt",
    revoked_at as "revokedAt", accepted_at as "acceptedAt", sent_at as "sentAt", delivered_at as "deliveredAt", read_at as "readAt", failed_at as "failedAt", reach, moved_to as "movedTo", late_at as "lateAt"
    from message order by id collate "C"`,
  pending: `select id, contact_id as contact, channel, kind, at, due_at as "dueAt", tries, body from pending order by seq`,
  poison: `select id, contact_id as contact, channel, kind from poison order by id collate "C"`,
  outbox: `select message_id as message, contact_id as contact, channel, head, due_at as "dueAt", epoch, automatic, category, state, tries, attempt_id as attempt,
    decision_id as decision, wait_rule as "waitRule", movable, body from outbox order by seq, message_id`,
  callbacks: `select body || jsonb_build_object('contact', contact_id) as body from callback order by id collate "C"`,
  links: `select id, contact_id as contact, message_id as message, from_channel as "from", to_channel as "to", at, expires_at as "expiresAt" from link order by id collate "C"`,
  tasks: `select body || jsonb_build_object('contact', contact_id) as body from task order by id collate "C"`,
  attempts: `select id, message_id as message, contact_id as contact, channel, decision_id as decision, at, result, code, vendor_id as vendor, settled_at as "settledAt"
    from attempt order by id collate "C"`,
  receipts: `select channel, target, status, at from receipt order by (channel || ' ' || target || ' ' || status) collate "C"`,
  jobs: `select id, contact_id as contact, channel, kind, epoch, worker, tries from job order by id collate "C"`,
  decisions: `select id, message_id as message, contact_id as contact, outcome from decision order by id collate "C"`,
  openings: `select channel, contact_id as contact, at from opening order by (channel || ' ' || contact_id) collate "C"`,
  channels: `select id, kind, health, reason, quality, throughput, per_day as "perDay", paused, lease from channel order by id collate "C"`,
  engines: `select id, health, reason from engine order by id collate "C"`,
  templates: `select channel, name || '/' || language as key, state, category from template order by (channel || ' ' || name || '/' || language) collate "C"`,
  events: `select id, kind, contact_id as contact, channel, message_id as message, decision_id as decision, at from event
    order by (kind || ' ' || id || ' ' || at) collate "C"`,
}

export const dumpPostgres = async (connection: Connection): Promise<Dump> => {
  const read = async <K extends keyof Dump>(noun: K): Promise<Dump[K]> => (await connection.query(QUERIES[noun])) as never
  return {
    contacts: await read('contacts'),
    identities: await read('identities'),
    conversations: await read('conversations'),
    consents: await read('consents'),
    messages: await read('messages'),
    pending: await read('pending'),
    poison: await read('poison'),
    outbox: await read('outbox'),
    callbacks: (await connection.query<{ body: Dump['callbacks'][number] }>(QUERIES.callbacks)).map((row) => row.body),
    links: await read('links'),
    tasks: (await connection.query<{ body: Dump['tasks'][number] }>(QUERIES.tasks)).map((row) => row.body),
    attempts: await read('attempts'),
    receipts: await read('receipts'),
    jobs: await read('jobs'),
    decisions: await read('decisions'),
    openings: await read('openings'),
    channels: await read('channels'),
    engines: await read('engines'),
    templates: await read('templates'),
    events: await read('events'),
  }
}
