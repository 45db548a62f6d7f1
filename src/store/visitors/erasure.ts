/** What a visitor sees of themselves, emptied for good: words, sources, files, and what waited to be answered. That it was said stays. */
import type { Digest } from '../../core/ids.ts'
import type { Visitor } from '../../core/visitor.ts'
import type { Transaction } from '../connection.ts'
import { SEEN } from './seen.ts'

// Turns of this contact wait meanwhile, and what they have queued since is read anew.
const LOCK = 'select 1 from contact where id = $1 for no key update'
const EMPTY = `
with seen as (select m.id, m.content -> 'media' ->> 'digest' as digest from message m where ${SEEN}),
  emptied as (update message m set content = null, citations = null, revoked_at = coalesce(m.revoked_at, $5) from seen where m.id = seen.id)
select id, digest from seen`
const PAYLOADS = `
delete from event_payload p using event e
where e.contact_id = $1 and e.message_id = any($2) and p.event_id = e.id and p.received = e.received`
// Without its job an engine's result is void.
const UNHEARD = "delete from pending where contact_id = $1 and channel = $2 and kind = 'message'"
const UNANSWERED = "delete from job where contact_id = $1 and channel = $2 and kind in ('think', 'fetch')"
/** What was typed into a journey, and what the thread was about. */
const STATE = `
update conversation set state = state || '{"topic": "", "journey": null}' where id = $1 and jsonb_typeof(state) = 'object'`
const FILES = `
delete from media d where d.digest = any($1)
  and not exists (select 1 from message m where m.content ->> 'type' = 'media' and m.content -> 'media' ->> 'digest' = d.digest)
returning d.digest`
const AUDIT = "insert into audit (at, actor, action, subject, data) values ($1, 'visitor', 'history.erased', $2, $3)"

/** Gives the files that no message holds any more: they are to be deleted once this is committed. */
export const eraseVisit = async (sql: Transaction, visitor: Visitor, at: number, end: string): Promise<readonly Digest[]> => {
  const { id, contact, conversation, channel, shows, since } = visitor
  if (contact === null || conversation === null) {
    sql.send(end, [id, at])
    return []
  }
  sql.send(LOCK, [contact])
  const emptied = await sql.query<{ id: string; digest: string | null }>(EMPTY, [conversation, shows === 'thread', channel, since, at])
  sql.send(PAYLOADS, [contact, emptied.map((message) => message.id)])
  sql.send(UNHEARD, [contact, channel])
  sql.send(UNANSWERED, [contact, channel])
  sql.send(STATE, [conversation])
  sql.send(AUDIT, [at, contact, { channel, messages: emptied.length }])
  sql.send(end, [id, at])
  const digests = emptied.flatMap(({ digest }) => digest ?? [])
  return digests.length ? (await sql.query<{ digest: Digest }>(FILES, [digests])).map(({ digest }) => digest) : []
}
