/** What the evidence file is made from. Conversations come by their ids, a few at a time, so that no period is too long to hold. */
import type { Content } from '../../core/content.ts'
import type { EvidenceSource, KnownPerson, SaidMessage } from '../../core/evidence.ts'
import type { ConversationId, MessageId } from '../../core/ids.ts'
import type { Sql } from '../connection.ts'

const AT_ONCE = 200

const CONVERSATIONS = `
select id from conversation where id > $1 and last_at >= $2 order by id limit ${AT_ONCE}`

const COUNT = 'select count(*)::int as count from conversation where last_at >= $1'

/**
 * Of each message the last decision on it, for it is judged again once it was changed and before it leaves, and every rule that ever spoke on it. What was asked is told by the first: a sentence that turns a
 * question away is judged as the answer it stands in for.
 */
const SAID = `
select m.id, m.conversation_id as conversation, m.channel, coalesce(ch.kind, '') as kind, m.direction, m.at, m.author,
  m.content->>'type' as type, m.status,
  case when d.id is null then null else jsonb_build_object(
    'outcome', d.outcome,
    'rulebook', d.rulebook,
    'rules', (select coalesce(jsonb_agg(distinct r->>'rule'), '[]') from decision rd cross join jsonb_array_elements(rd.rulings) r where rd.message_id = m.id),
    'message', (s.content->'message') || jsonb_build_object('purpose', f.message->'purpose', 'purposeAssumed', f.message->'purposeAssumed'),
    'humanReachable', coalesce((s.content#>>'{contact,humanReachable}')::boolean, false)
  ) end as decision
from message m
left join channel ch on ch.id = m.channel
left join lateral (
  select id, outcome, rulebook, situation from decision where message_id = m.id order by at desc, id desc limit 1
) d on true
left join situation s on s.digest = d.situation
left join lateral (
  select fs.content->'message' as message from decision fd join situation fs on fs.digest = fd.situation
  where fd.message_id = m.id order by fd.at, fd.id limit 1
) f on true
where m.conversation_id = any($1) and m.at >= $2 and m.at < $3
order by m.conversation_id, m.at, m.id`

const CONTENTS = 'select id, content from message where id = any($1)'

/** Whoever became part of somebody lends their name and what they told. */
const PEOPLE = `
select v.id as conversation,
  coalesce((select jsonb_agg(n.name) from contact n where (n.id = c.id or n.merged_into = c.id) and n.name is not null), '[]') as names,
  coalesce((select jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value)) from identity i where i.contact_id = c.id), '[]') as addresses,
  c.country,
  coalesce((select jsonb_agg(o.state->'journey') from conversation o
    where o.contact_id in (select p.id from contact p where p.id = c.id or p.merged_into = c.id) and o.state ? 'journey'), '[]') as journeys
from conversation v
join contact w on w.id = v.contact_id
join contact c on c.id = coalesce(w.merged_into, w.id)
where v.id = any($1)`

/** Whoever may answer. */
const AGENTS = "select name from api_key where role in ('agent', 'admin') order by name"

type PersonRow = Omit<KnownPerson, 'details'> & { readonly conversation: ConversationId; readonly journeys: readonly unknown[] }

/** A smaller number is a count of something; a larger one may be the name of an order. */
const LEAST_NUMBER = 10_000
/** Every text that a journey holds of somebody: answers, and what business systems told. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (Number.isInteger(value) && Number(value) >= LEAST_NUMBER) return [String(value)]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
const detailsOf = (journey: unknown): string[] => {
  if (typeof journey !== 'object' || journey === null) return []
  return ['answers', 'values'].flatMap((part) => textsIn(Reflect.get(journey, part)))
}

export const readPeople = async (sql: Sql, conversations: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, KnownPerson>> =>
  new Map(
    (await sql.query<PersonRow>(PEOPLE, [conversations])).map(({ conversation, journeys, ...person }) => [
      conversation,
      { ...person, details: journeys.flatMap(detailsOf) },
    ]),
  )
export const readAgents = async (sql: Sql): Promise<readonly string[]> =>
  (await sql.query<{ name: string }>(AGENTS)).map(({ name }) => name)

export const createEvidenceSource = (sql: Sql): EvidenceSource => ({
  async *said(since, until) {
    let after = ''
    for (;;) {
      const ids = (await sql.query<{ id: string }>(CONVERSATIONS, [after, since])).map(({ id }) => id)
      if (ids.length > 0) yield* await sql.query<SaidMessage>(SAID, [ids, since, until])
      if (ids.length < AT_ONCE) return
      after = ids.at(-1) ?? ''
    }
  },
  count: async (since) => (await sql.query<{ count: number }>(COUNT, [since]))[0]?.count ?? 0,
  contents: async (messages) =>
    new Map((await sql.query<{ id: MessageId; content: Content | null }>(CONTENTS, [messages])).map(({ id, content }) => [id, content])),
  people: (conversations) => readPeople(sql, conversations),
  agents: () => readAgents(sql),
})
