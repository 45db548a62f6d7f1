/** Turns: what is due for a contact is decided and written whole. */
import { RelaisError } from '../../core/errors.ts'
import type { ContactId, EventId } from '../../core/ids.ts'
import type { ConsentState } from '../../core/situation.ts'
import type { Change, ContactFacts, Loaded, PendingEvent, Store, TurnReport } from '../../core/store.ts'
import { EVENTS_PER_TURN, TRIES } from '../turn-limits.ts'
import { loadChannels } from './channels.ts'
import { mergeContacts } from './merge.ts'
import { plansOf } from './plans.ts'
import { emit, follow, type Pending, type Shared } from './shared.ts'
import { writeChange } from './write.ts'

type Decide = Parameters<Store['turn']>[1]

/** The contact as decide sees it. */
export const factsOf = (shared: Shared, id: ContactId): ContactFacts | null => {
  const contact = shared.contacts.get(id)
  const conversation = shared.conversations.get(id)
  if (!contact || !conversation) return null
  const consents: Record<string, ConsentState> = {}
  for (const consent of shared.consents)
    if (consent.contact === id) consents[`${consent.channelKind}/${consent.category}`] = consent.given ? 'given' : 'revoked'
  const addresses = [...shared.identities.values()]
    .filter((identity) => identity.contact === id)
    .sort((a, b) => a.createdAt - b.createdAt || (a.key < b.key ? -1 : 1))
    .map((identity) => identity.address)
  const { name, country, language } = contact
  const { owner, epoch, waitingSince, state } = conversation
  return { contact: id, conversation: conversation.id, name, country, language, addresses, consents, owner, epoch, waitingSince, state }
}

/** What was due when it came is due, even where the clock of who took it in is ahead of ours: an older one must not wait behind it. */
export const isDue = (row: Pending, at: number): boolean => row.dueAt <= at || row.dueAt <= row.received

const dueOf = (shared: Shared, contact: ContactId, at: number): Pending[] =>
  [...shared.pending.values()].filter((row) => row.contact === contact && isDue(row, at)).slice(0, EVENTS_PER_TURN)

const asEvent = ({ id, kind, channel, at, received, tries, body }: Pending): PendingEvent => ({
  id,
  kind,
  channel,
  at,
  received,
  tries,
  body,
})

/** Merges first: what the other side had waiting belongs to this turn, in order of arrival. */
const join = (shared: Shared, contact: ContactId, at: number): void => {
  for (;;) {
    const merge = dueOf(shared, contact, at).find((row) => row.kind === 'merge')
    if (!merge) return
    mergeContacts(shared, { into: contact, other: (merge.body as { other: ContactId }).other, event: merge.id }, at)
  }
}

const load = (shared: Shared, contact: ContactId, at: number): Loaded | null => {
  join(shared, contact, at)
  const facts = factsOf(shared, contact)
  const events = dueOf(shared, contact, at).map(asEvent)
  return facts && events.length ? { ...facts, events, plans: plansOf(shared, events) } : null
}

const eventsOf = (all: readonly Loaded[]): number => all.reduce((count, { events }) => count + events.length, 0)

/** The worker died while deciding: nothing of this turn is left but its suspects. */
class Died extends RelaisError {
  constructor() {
    super('store-unavailable', 'the worker died')
  }
}

/** Where something failed or a process died before, one event alone: so that no innocent one is counted with it again. */
const cautious = (due: readonly Loaded[]): readonly Loaded[] => {
  const doubtful = due.find(({ events }) => events.some((event) => event.tries > 0))
  return doubtful ? [{ ...doubtful, events: doubtful.events.slice(0, 1) }] : due
}

type Outcome = { readonly change: Change | null; readonly error: unknown }

const attempt = (shared: Shared, loaded: Loaded, at: number, decide: Decide): Outcome => {
  try {
    const change = decide(loaded, loadChannels(shared))
    writeChange(shared, change, at)
    return { change, error: null }
  } catch (error) {
    if (error instanceof Died) throw error
    return { change: null, error }
  }
}

/** After the third time an event failed it is set aside, and the contact's others go on. */
const failed = (shared: Shared, loaded: Loaded, at: number, decide: Decide, cause: unknown): void => {
  const rotten = loaded.events.length === 1 ? loaded.events[0] : firstRotten(shared, loaded, at, decide)
  const row = rotten && shared.pending.get(rotten.id)
  if (!row) return
  row.tries += 1
  if (row.tries >= TRIES) setAside(shared, [row.id], at, cause instanceof Error ? `${cause.name}: ${cause.message}` : 'unknown error')
}

const firstRotten = (shared: Shared, loaded: Loaded, at: number, decide: Decide): PendingEvent | undefined => {
  for (const event of loaded.events) {
    const now = load(shared, loaded.contact, at)
    if (!now) return undefined
    const { change } = attempt(shared, { ...now, events: now.events.slice(0, 1) }, at, decide)
    if (!change) return event
  }
  return undefined
}

export const setAside = (shared: Shared, events: readonly EventId[], at: number, error: string): void => {
  for (const id of events) {
    const row = shared.pending.get(id)
    if (!row) continue
    shared.pending.delete(id)
    const { contact, channel, kind } = row
    if (!shared.poison.has(id)) shared.poison.set(id, { id, contact, channel, kind, at: row.at, setAsideAt: at, error })
    emit(shared, { id: `${id}:poison`, kind: 'alert', contact, channel, at, received: at, data: { about: 'poison', kind } })
  }
}

/** Who has something due, the longest waiting first. */
const dueContacts = (shared: Shared, at: number, limit: number, resting: readonly ContactId[]): ContactId[] => {
  const due = [...shared.pending.values()]
    .filter((row) => isDue(row, at) && !resting.includes(row.contact))
    .sort((a, b) => a.dueAt - b.dueAt)
  return [...new Set(due.slice(0, 1000).map((row) => row.contact))].slice(0, limit)
}

export const turn = (shared: Shared, worker: string, request: Parameters<Store['turn']>[0], decide: Decide): TurnReport => {
  const { at, limit, resting = [] } = request
  const locked = new Set<ContactId>()
  for (const contact of dueContacts(shared, at, limit, resting)) {
    const now = follow(shared, contact)
    if (now === contact) locked.add(now)
    else for (const row of shared.pending.values()) if (row.contact === contact) row.contact = now
  }
  for (const contact of locked) join(shared, contact, at)
  const due = [...locked].flatMap((contact) => load(shared, contact, at) ?? [])
  const taken = cautious(due)
  const own = shared.workers.get(worker)
  if (own) own.suspects = taken.flatMap(({ events }) => events.map((event) => event.id))
  const living: Decide = (loaded, channels) => {
    const change = decide(loaded, channels)
    if (own && !own.alive) throw new Died()
    return change
  }
  const all = taken.map((loaded) => ({ loaded, outcome: attempt(shared, loaded, at, living) }))
  const thrown = all.filter(({ outcome }) => !outcome.change)
  for (const { loaded, outcome } of thrown) failed(shared, loaded, at, living, outcome.error)
  const changes = all.flatMap(({ outcome }) => outcome.change ?? [])
  const full = changes.filter((change) => change.handled.length >= EVENTS_PER_TURN).map((change) => change.contact)
  return {
    contacts: locked.size,
    events: changes.reduce((count, change) => count + change.handled.length, 0),
    more: eventsOf(taken) < eventsOf(due) || locked.size >= limit || thrown.length > 0 || full.length > 0,
    full,
    sends: changes.some((change) => change.outbox.length > 0 || change.resend.length > 0 || change.remove.length > 0),
    jobs: changes.some((change) => change.jobs.length > 0),
  }
}
