/** Two contacts turn out to be one person: the other's addresses, thread, consents and sends become the first's. */
import type { ContactId, EventId } from '../../core/ids.ts'
import { type Conversation, copy, emit, follow, promote, type Shared } from './shared.ts'

const MACHINES = new Set(['journey', 'engine'])
/** They name a run of the quiet side's journey, which ends here. */
const OF_A_RUN = new Set(['timer', 'called'])

const moveRows = (shared: Shared, into: ContactId, other: ContactId): void => {
  const conversation = shared.conversations.get(into) as Conversation
  for (const row of shared.identities.values()) if (row.contact === other) row.contact = into
  for (const row of shared.messages.values())
    if (row.contact === other) {
      row.contact = into
      row.conversation = conversation.id
    }
  const lists = [
    shared.consents,
    shared.pending.values(),
    shared.attempts.values(),
    shared.decisions.values(),
    shared.jobs.values(),
    shared.callbacks.values(),
    shared.tasks.values(),
    shared.links.values(),
  ]
  for (const list of lists) for (const row of list) if (row.contact === other) row.contact = into
  for (const row of shared.outbox.values()) {
    if (row.contact === other) row.contact = into
    if (row.contact === into) row.head = row.head && row.state !== 'queued'
  }
  for (const [key, row] of [...shared.openings]) {
    if (row.contact !== other) continue
    shared.openings.delete(key)
    const known = shared.openings.get(`${row.channel} ${into}`)
    shared.openings.set(`${row.channel} ${into}`, { channel: row.channel, contact: into, at: Math.max(row.at, known?.at ?? row.at) })
  }
  const [person, former] = [shared.contacts.get(into), shared.contacts.get(other)]
  if (person && former) {
    person.name ??= former.name
    person.country ||= former.country
    person.language ??= former.language
  }
  for (const row of shared.contacts.values()) if (row.id === other || row.mergedInto === other) row.mergedInto = into
}

/** What the machines of both sides had in hand goes on under the new epoch. */
const carry = (shared: Shared, conversation: Conversation, epoch: number, isQuiet: boolean): void => {
  const { contact, epoch: old } = conversation
  for (const row of shared.pending.values()) {
    const body = row.body as { epoch?: number } | null
    if (row.contact === contact && body?.epoch === old && !(isQuiet && OF_A_RUN.has(row.kind))) row.body = { ...body, epoch }
  }
  for (const row of shared.outbox.values()) if (row.contact === contact && row.automatic && row.epoch === old) row.epoch = epoch
  for (const row of shared.jobs.values())
    if (row.contact === contact && row.epoch === old && !(isQuiet && row.kind === 'call')) row.epoch = epoch
}

/** The side whose conversation goes on: the one the customer wrote to last. */
const isSecondAlive = (shared: Shared, first: Conversation, second: Conversation): boolean => {
  if ((first.state === null) !== (second.state === null)) return first.state === null
  const heardAt = ({ contact }: Conversation) =>
    Math.max(0, ...[...shared.messages.values()].map((row) => (row.contact === contact && row.direction === 'in' ? row.at : 0)))
  const [heard, other] = [heardAt(first), heardAt(second)]
  return heard === other ? second.lastAt > first.lastAt : other > heard
}

export const mergeContacts = (shared: Shared, merge: { into: ContactId; other: ContactId; event: EventId }, at: number): void => {
  const { into, event } = merge
  const other = follow(shared, merge.other)
  const news = shared.pending.get(event)
  const [first, second] = [shared.conversations.get(into), shared.conversations.get(other)]
  if (!first || !second || other === into) {
    shared.pending.delete(event)
    return
  }
  const secondAlive = isSecondAlive(shared, first, second)
  const [alive, quiet] = secondAlive ? [second, first] : [first, second]
  const epoch = Math.max(first.epoch, second.epoch) + 1
  const machines = MACHINES.has(first.owner) && MACHINES.has(second.owner)
  if (machines) for (const side of [first, second]) carry(shared, side, epoch, side === quiet)
  moveRows(shared, into, other)
  // What the quiet side knew is told to the next decision.
  if (quiet.state === null) shared.pending.delete(event)
  else if (news) shared.pending.set(event, { ...news, kind: 'merged', body: copy({ other, state: quiet.state }) })
  first.epoch = epoch
  if (machines) first.owner = alive.owner
  else if (MACHINES.has(first.owner)) first.owner = second.owner
  first.state = alive.state
  first.lastAt = Math.max(first.lastAt, second.lastAt)
  const waiting = [first.waitingSince, second.waitingSince].filter((since) => since !== null)
  first.waitingSince = waiting.length ? Math.min(...waiting) : null
  second.waitingSince = null
  promote(shared, [into])
  emit(shared, { id: `${event}:merged`, kind: 'contact.merged', contact: into, at, received: at, data: { other } })
}
