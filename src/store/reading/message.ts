/** Messages, with what was decided about them and what was tried. */
import type { ConversationId, DecisionId, Digest, MessageId } from '../../core/ids.ts'
import type {
  AttemptView,
  CrossingView,
  DecisionView,
  ExplanationData,
  MessageView,
  Page,
  PageRequest,
  PlanStepView,
} from '../../core/reading.ts'
import type { Sql } from '../connection.ts'
import { keysOf, LATEST, pageOf } from './page.ts'

export const COLUMNS = `m.id, m.contact_id as "contactId", m.conversation_id as "conversationId", m.channel, m.direction, m.at, m.author, m.content,
  m.category, m.ai, m.citations, m.reply_to as "replyTo", m.vendor_id as "vendorId", m.status, m.decision_id as "decisionId", m.refusal,
  m.price, m.price_seen as "priceSeen", m.duplicate_risk as "duplicateRisk", m.reference,
  case when m.reach is null then null else jsonb_build_object('plan', m.reach ->> 'plan', 'step', (m.reach ->> 'step')::int, 'of', coalesce(m.reach_of, m.id)) end as reach,
  m.moved_to as "movedTo", m.late_at as "lateAt", m.edited_at as "editedAt", m.revoked_at as "revokedAt",
  m.accepted_at as "acceptedAt", m.sent_at as "sentAt", m.delivered_at as "deliveredAt", m.read_at as "readAt", m.failed_at as "failedAt"`

const ONE = `select ${COLUMNS} from message m where m.id = $1`
const THREAD = `
select ${COLUMNS} from message m
where m.conversation_id = $1 and (m.at, m.id) < ($2, $3)
order by m.at desc, m.id desc limit $4`

const ABOUT = `
select ${COLUMNS} from message m where m.reference = $1 and (m.at, m.id) < ($2, $3) order by m.at desc, m.id desc limit $4`

const DECISION_COLUMNS = `d.id, d.message_id as "messageId", d.contact_id as "contactId", d.at, d.outcome, d.intent, d.amend, d.until, d.rulings,
  d.price, s.content as situation, d.situation as "situationDigest", d.rulebook`
const DECISION = `select ${DECISION_COLUMNS} from decision d left join situation s on s.digest = d.situation where d.id = $1`
const DECISIONS = `select ${DECISION_COLUMNS} from decision d left join situation s on s.digest = d.situation where d.message_id = $1 order by d.at, d.id`
const ATTEMPTS = `
select id, channel, decision_id as "decisionId", at, result, code, vendor_id as "vendorId", settled_at as "settledAt"
from attempt where message_id = $1 order by at, id`
const ANSWERED = `
select content from message where conversation_id = $1 and direction = 'in' and (at, id) < ($2, $3) order by at desc, id desc limit 1`
const THOUGHT = `
select data -> 'attempts' as attempts from event where contact_id = $1 and kind = 'engine.thought' and at <= $2 order by seq desc limit 1`
const CROSSINGS = `
select substr(e.kind, 10) as kind, e.at, e.data ->> 'to' as "to" from event e
where e.contact_id = $1 and e.kind like 'crossing.%' and e.data ->> 'link' in (
  select o.data ->> 'link' from event o where o.contact_id = $1 and o.message_id = $2 and o.kind = 'crossing.offered')
order by e.seq limit 20`
const PLAN = `
select m.id, m.channel, (m.reach ->> 'step')::int as step, m.at, m.status, coalesce(m.reach -> 'passed', '[]') as passed, m.late_at as "lateAt",
  (select e.data ->> 'why' from event e where e.contact_id = m.contact_id and e.message_id = m.id and e.kind = 'message.moved' order by e.seq limit 1) as why
from message m where m.id = $1 or m.reach_of = $1 order by (m.reach ->> 'step')::int, m.at, m.id`
const RULEBOOK = 'select content from rulebook where digest = $1'
const ROUND = `
select c.country, coalesce(ch.kind, '') as kind from contact c left join channel ch on ch.id = $2 where c.id = $1`

export const readMessage = async (sql: Sql, id: MessageId): Promise<MessageView | null> =>
  (await sql.query<MessageView>(ONE, [id]))[0] ?? null

export const readThread = async (sql: Sql, conversation: ConversationId, request: PageRequest): Promise<Page<MessageView>> => {
  const [at, id] = keysOf(request.cursor, [LATEST, ''])
  const rows = await sql.query<MessageView>(THREAD, [conversation, at, id, request.limit + 1])
  return pageOf(rows, request, (row) => [row.at, row.id])
}

export const readMessagesAbout = async (sql: Sql, reference: string, request: PageRequest): Promise<Page<MessageView>> => {
  const [at, id] = keysOf(request.cursor, [LATEST, ''])
  const rows = await sql.query<MessageView>(ABOUT, [reference, at, id, request.limit + 1])
  return pageOf(rows, request, (row) => [row.at, row.id])
}

export const readDecision = async (sql: Sql, id: DecisionId): Promise<DecisionView | null> =>
  (await sql.query<DecisionView>(DECISION, [id]))[0] ?? null

export const readRulebook = async (sql: Sql, digest: Digest): Promise<unknown> =>
  (await sql.query<{ content: unknown }>(RULEBOOK, [digest]))[0]?.content ?? null

type Answered = Pick<MessageView, 'content'>

export const readExplanation = async (sql: Sql, id: MessageId): Promise<ExplanationData | null> => {
  const message = await readMessage(sql, id)
  if (!message) return null
  const [plan, decisions, attempts, round, answered, thoughts, crossings] = await Promise.all([
    message.reach ? sql.query<PlanStepView>(PLAN, [message.reach.of]) : undefined,
    sql.query<DecisionView>(DECISIONS, [id]),
    sql.query<AttemptView>(ATTEMPTS, [id]),
    sql.query<{ country: string; kind: string }>(ROUND, [message.contactId, message.channel]),
    message.direction === 'out' ? sql.query<Answered>(ANSWERED, [message.conversationId, message.at, message.id]) : [],
    message.author.startsWith('engine:')
      ? sql.query<{ attempts: NonNullable<ExplanationData['thought']> }>(THOUGHT, [message.contactId, message.at])
      : [],
    message.direction === 'out' ? sql.query<CrossingView>(CROSSINGS, [message.contactId, message.id]) : [],
  ])
  return {
    message,
    answered: answered[0]?.content ?? null,
    country: round[0]?.country ?? '',
    channelKind: round[0]?.kind ?? '',
    decisions,
    attempts,
    plan,
    ...(thoughts[0] ? { thought: thoughts[0].attempts } : {}),
    ...(crossings.length ? { crossings } : {}),
  }
}
