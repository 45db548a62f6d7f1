/** Turns: contacts with something due are locked, what is due for them is read under that lock, decided, and written whole. */
import type { ChannelId, ContactId, EventId } from '../../core/ids.ts'
import type { ConsentState } from '../../core/situation.ts'
import type { Change, ChannelFacts, ContactFacts, Loaded, PendingEvent, TurnReport } from '../../core/store.ts'
import { type Connection, isUnavailable, type Sql, type Transaction } from '../connection.ts'
import { EVENTS_PER_TURN, TRIES } from '../turn-limits.ts'
import { isStopped, loadChannels } from './channels.ts'
import { mergeContacts } from './merge.ts'
import { loadPlans } from './plans.ts'
import { rememberSituations, writeChanges } from './write.ts'

// Lock the contact, then read its pending in a new statement: SKIP LOCKED over pending rows would hand one contact to two workers. Looks
// further than its limit: what another worker has in hand leaves room for what nobody has.
const LOCK = `
with due as (
    (select contact_id, received as due_at, seq from pending where due_at <= received and contact_id <> all($3) order by seq limit 10000) union all
    (select contact_id, due_at, seq from pending where due_at > received and due_at <= $1 and contact_id <> all($3) order by due_at, seq limit 10000)),
  first as (select contact_id, min(due_at) as due_at, min(seq) as seq from due group by contact_id order by due_at, seq limit $2 * 4)
select c.id, c."mergedInto" from (select * from first order by due_at, seq) f cross join lateral (
  select id, merged_into as "mergedInto" from contact where id = f.contact_id for no key update skip locked) c
limit $2`

const LOCK_ONE =
  'select c.id, c.merged_into as "mergedInto" from contact c where c.id = any($1) order by c.id for no key update skip locked'

const FOLLOW = 'update pending p set contact_id = c.merged_into from contact c where c.id = p.contact_id and c.id = any($1)'

// What was due when it came is due, even where the clock of who took it in is ahead of ours: an older one must not wait behind it.
const EVENTS = `
select e.contact, e.id, e.kind, e.channel, e.at, e.received, e.tries, e.body from unnest($1::text[]) c(id)
cross join lateral (
  select contact_id as contact, id, kind, channel, at, received, tries, body from pending
  where contact_id = c.id and (due_at <= $2 or due_at <= received) order by seq limit ${EVENTS_PER_TURN}) e`

const FACTS = `
select c.id as contact, v.id as conversation, c.name, c.country, c.language, v.owner, v.epoch, v.waiting_since as "waitingSince", v.state,
  (select json_agg(json_build_object('kind', i.kind, 'value', i.value) order by i.created_at, i.key) from identity i where i.contact_id = c.id) as addresses,
  (select json_object_agg(k.key, k.given) from (
    select distinct on (channel_kind, category) channel_kind || '/' || category as key, given from consent
    where contact_id = c.id order by channel_kind, category, seq desc) k) as consents
from contact c join conversation v on v.contact_id = c.id
where c.id = any($1)`

const SUSPECTS = 'update worker set suspects = $2 where id = $1'
const FAILED = 'update pending set tries = tries + 1 where id = any($1) returning id, tries'
// Told in the same statement: nothing is set aside in silence.
const SET_ASIDE = `
with gone as (delete from pending where id = any($1) returning *),
  aside as (
    insert into poison (id, contact_id, channel, kind, at, set_aside_at, error, body)
    select id, contact_id, channel, kind, at, $2, $3, body from gone on conflict (id) do nothing)
insert into event (id, kind, contact_id, channel, at, received, data)
select id || ':poison', 'alert', contact_id, channel, $2, $2, jsonb_build_object('about', 'poison', 'kind', kind) from gone`

type FactsRow = Omit<ContactFacts, 'consents' | 'addresses'> & {
  addresses: ContactFacts['addresses'] | null
  consents: Record<string, boolean> | null
}

const consentsOf = (given: Record<string, boolean> | null): Record<string, ConsentState> => {
  const states: Record<string, ConsentState> = {}
  for (const [key, yes] of Object.entries(given ?? {})) states[key] = yes ? 'given' : 'revoked'
  return states
}

/** Contacts as decide sees them. Call it after the lock, never before. */
export const loadFacts = async (sql: Sql, contacts: readonly ContactId[]): Promise<ContactFacts[]> =>
  (await sql.query<FactsRow>(FACTS, [contacts])).map((row) => ({
    ...row,
    addresses: row.addresses ?? [],
    consents: consentsOf(row.consents),
  }))

type Decide = (loaded: Loaded, channels: ReadonlyMap<ChannelId, ChannelFacts>) => Change
type Turned = {
  readonly changes: Change[]
  readonly thrown: Thrown[]
  readonly events: number
  readonly situations: readonly string[]
  /** Something due was left for the next turn. */
  readonly left: boolean
}
type Due = PendingEvent & { readonly contact: ContactId }
type Thrown = { readonly loaded: Loaded; readonly error: unknown }

/** What is due for contacts that are locked. Merges first: what the other side had waiting belongs to this turn, in order of arrival. */
const loadDue = async (sql: Sql, locked: readonly ContactId[], at: number): Promise<readonly Due[]> => {
  for (let contacts = locked; ; ) {
    const due = await sql.query<Due>(EVENTS, [contacts, at])
    const merges = due.filter((event) => event.kind === 'merge')
    if (!merges.length) return due
    const pairs = merges.map(({ contact, id, body }) => ({ into: contact, other: (body as { other: ContactId }).other, event: id }))
    const gone = await mergeContacts(sql, pairs, at)
    contacts = contacts.filter((contact) => !gone.has(contact))
  }
}

/** Where something failed or a process died before, one event alone: so that no innocent one is counted with it again. */
const cautious = (due: readonly Due[]): readonly Due[] => {
  const doubtful = due.find((event) => event.tries > 0)
  return doubtful ? due.filter((event) => event.contact === doubtful.contact).slice(0, 1) : due
}

/** Reads, decides and writes for contacts that are locked. A thrown `decide` spares its neighbours. */
const turnLocked = async (
  sql: Transaction,
  contacts: readonly ContactId[],
  at: number,
  worker: string,
  decide: Decide,
  mark: Connection,
): Promise<Turned> => {
  const due = await loadDue(sql, contacts, at)
  const events = cautious(due)
  if (!events.length) return { changes: [], thrown: [], events: 0, situations: [], left: false }
  const byContact = Map.groupBy(events, (event) => event.contact)
  // Counted in a commit before the turn, outside this transaction: what kills the process is found by its successor.
  const suspect = (ids: readonly EventId[]) => mark.query(SUSPECTS, [worker, ids])
  const doubtful = events[0]?.tries !== 0
  const marked = doubtful ? null : suspect(events.map((event) => event.id))
  const [facts, channels, plansOf] = await Promise.all([
    loadFacts(sql, [...byContact.keys()]),
    loadChannels(sql),
    loadPlans(sql, events),
    marked,
  ])
  if (doubtful) await suspect(events.map((event) => event.id))
  const changes: Change[] = []
  const thrown: Thrown[] = []
  for (const fact of facts) {
    const own = byContact.get(fact.contact) ?? []
    const loaded: Loaded = { ...fact, events: own, plans: plansOf(own) }
    try {
      changes.push(decide(loaded, channels))
    } catch (error) {
      thrown.push({ loaded, error })
    }
  }
  // It was decided, and nobody died of it: a kill from outside while it is written is not its doing.
  if (doubtful) await suspect([])
  const stopped = [...channels.values()].some(isStopped)
  const situations = writeChanges(sql, changes, new Map(facts.map((fact) => [fact.contact, fact.conversation])), at, stopped)
  const lost = thrown.reduce((count, { loaded }) => count + loaded.events.length, 0)
  return { changes, situations, thrown, events: events.length - lost, left: events.length < due.length }
}

/** What this process need not write again is remembered only once it is committed. */
const committed = async <T extends Turned | null>(connection: Connection, work: (sql: Transaction) => Promise<T>): Promise<T> => {
  const done = await connection.transaction(work)
  rememberSituations(done?.situations ?? [])
  return done
}

/** One batch. */
export const turn = async (
  connection: Connection,
  worker: string,
  request: { at: number; limit: number; resting?: readonly ContactId[] },
  decide: Decide,
): Promise<TurnReport> => {
  let locked: ContactId[] = []
  let followed = false
  try {
    const done = await committed(connection, async (sql) => {
      const found = await sql.query<{ id: ContactId; mergedInto: ContactId | null }>(LOCK, [
        request.at,
        request.limit,
        request.resting ?? [],
      ])
      const merged = found.filter((row) => row.mergedInto).map((row) => row.id)
      if (merged.length) await sql.query(FOLLOW, [merged])
      followed = merged.length > 0
      locked = found.filter((row) => !row.mergedInto).map((row) => row.id)
      return turnLocked(sql, locked, request.at, worker, decide, connection)
    })
    for (const { loaded, error } of done.thrown) await failed(connection, loaded, error, request.at, decide, worker)
    return reportOf(
      done.changes,
      locked.length,
      done.events,
      followed || done.left || locked.length >= request.limit || done.thrown.length > 0,
    )
  } catch (error) {
    if (isUnavailable(error) || !locked.length) throw error
    // PostgreSQL refused a row: by halves, down to the contact it belongs to.
    return bisect(connection, worker, locked, request.at, decide, error)
  }
}

const turnSome = (connection: Connection, worker: string, contacts: readonly ContactId[], at: number, decide: Decide) =>
  committed(connection, async (sql) => {
    const locked = (await sql.query<{ id: ContactId; mergedInto: ContactId | null }>(LOCK_ONE, [contacts]))
      .filter((row) => !row.mergedInto)
      .map((row) => row.id)
    return turnLocked(sql, locked, at, worker, decide, connection)
  })

const bisect = async (
  connection: Connection,
  worker: string,
  contacts: readonly ContactId[],
  at: number,
  decide: Decide,
  cause: unknown,
): Promise<TurnReport> => {
  if (contacts.length === 1) {
    const [contact] = contacts as [ContactId]
    const [fact] = await loadFacts(connection, [contact])
    const events = await connection.query<PendingEvent>(EVENTS, [[contact], at])
    if (fact && events.length) await failed(connection, { ...fact, events, plans: [] }, cause, at, decide, worker)
    return reportOf([], 1, 0, true)
  }
  const half = contacts.length >> 1
  const reports = []
  for (const some of [contacts.slice(0, half), contacts.slice(half)]) {
    try {
      const done = await turnSome(connection, worker, some, at, decide)
      for (const { loaded, error } of done.thrown) await failed(connection, loaded, error, at, decide, worker)
      reports.push(reportOf(done.changes, some.length, done.events, true))
    } catch (error) {
      if (isUnavailable(error)) throw error
      reports.push(await bisect(connection, worker, some, at, decide, error))
    }
  }
  return reports.reduce((a, b) => ({
    contacts: a.contacts + b.contacts,
    events: a.events + b.events,
    sends: a.sends || b.sends,
    jobs: a.jobs || b.jobs,
    more: true,
    full: [...a.full, ...b.full],
  }))
}

/**
 * A contact whose turn failed: its events one by one, so that only the rotten one is counted; after the third time that one is set aside
 * and the contact's others go on.
 */
const failed = async (
  connection: Connection,
  loaded: Loaded,
  cause: unknown,
  at: number,
  decide: Decide,
  worker: string,
): Promise<void> => {
  const rotten = loaded.events.length === 1 ? loaded.events : await firstRotten(connection, loaded, at, decide, worker)
  if (!rotten.length) return
  const counted = await connection.query<{ id: EventId; tries: number }>(FAILED, [rotten.map((event) => event.id)])
  const over = counted.filter((row) => row.tries >= TRIES).map((row) => row.id)
  if (over.length) await setAside(connection, over, at, wordsOf(cause))
}

const wordsOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unknown error')

/** Takes a failed contact's events one at a time, in order, each in its own transaction, until one fails again. */
const firstRotten = async (
  connection: Connection,
  loaded: Loaded,
  at: number,
  decide: Decide,
  worker: string,
): Promise<readonly PendingEvent[]> => {
  for (const event of loaded.events) {
    try {
      const done = await committed(connection, async (sql) => {
        const locked = await sql.query<{ id: ContactId }>(LOCK_ONE, [[loaded.contact]])
        if (!locked.length) return null
        return turnLocked(
          sql,
          [loaded.contact],
          at,
          worker,
          (all, channels) => decide({ ...all, events: all.events.slice(0, 1) }, channels),
          connection,
        )
      })
      if (done === null) return []
      if (done.thrown.length) return [event]
    } catch (error) {
      if (isUnavailable(error)) throw error
      return [event]
    }
  }
  return []
}

export const setAside = async (sql: Sql, events: readonly EventId[], at: number, error: string): Promise<void> => {
  await sql.query(SET_ASIDE, [events, at, error])
}

const reportOf = (changes: readonly Change[], contacts: number, events: number, more: boolean): TurnReport => {
  const full = changes.filter((change) => change.handled.length >= EVENTS_PER_TURN).map((change) => change.contact)
  return {
    contacts,
    events,
    more: more || full.length > 0,
    full,
    sends: changes.some((change) => change.outbox.length > 0 || change.resend.length > 0 || change.remove.length > 0),
    jobs: changes.some((change) => change.jobs.length > 0),
  }
}
