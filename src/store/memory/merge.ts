/** Two contacts turn out to be one person: the other's addresses, thread, consents and sends become the first's. */
import type { ContactId, EventId } from '../../core/ids.ts'
import { type Conversation, emit, promote, type Shared } from './shared.ts'

const MACHINES = new Set(['journey', 'engine'])
/** They name a run of the other's journey, which ends here. */
const OF_A_RUN = new Set(['timer', 'called'])

const moveRows = (shared: Shared, into: ContactId, other: ContactId): void => {
  const conversation = shared.conversations.get(into) as Conversation
  for (const row of shared.identities.values()) if (row.contact === other) row.contact = into
  for (const row of shared.messages.values())
    if (row.contact === other) {
      row.contact = into
      row.conversation = conversation.id
    }
  const lists = [shared.consents, shared.pending.values(), shared.attempts.values(), shared.decisions.values(), shared.jobs.values()]
  for (const list of lists) for (const row of list) if (row.contact === other) row.contact = into
  for (const row of shared.outbox.values()) {
    if (row.contact === other) row.contact = into
    if (row.contact === into) row.head = row.head && row.state !== 'queued'
  }
  for (const row of shared.contacts.values()) if (row.id === other || row.mergedInto === other) row.mergedInto = into
}

/** What the machines of both sides had in hand goes on under the new epoch. */
const carry = (shared: Shared, conversation: Conversation, epoch: number, isOther: boolean): void => {
  const { contact, epoch: old } = conversation
  for (const row of shared.pending.values()) {
    const body = row.body as { epoch?: number } | null
    if (row.contact === contact && body?.epoch === old && !(isOther && OF_A_RUN.has(row.kind))) row.body = { ...body, epoch }
  }
  for (const row of shared.outbox.values()) if (row.contact === contact && row.automatic && row.epoch === old) row.epoch = epoch
  for (const row of shared.jobs.values())
    if (row.contact === contact && row.epoch === old && !(isOther && row.kind === 'call')) row.epoch = epoch
}

export const mergeContacts = (shared: Shared, merge: { into: ContactId; other: ContactId; event: EventId }, at: number): void => {
  const { into, other, event } = merge
  shared.pending.delete(event)
  const [first, second] = [shared.conversations.get(into), shared.conversations.get(other)]
  if (!first || !second || other === into || shared.contacts.get(other)?.mergedInto) return
  const epoch = Math.max(first.epoch, second.epoch) + 1
  if (MACHINES.has(first.owner) && MACHINES.has(second.owner)) {
    carry(shared, first, epoch, false)
    carry(shared, second, epoch, true)
  }
  moveRows(shared, into, other)
  first.epoch = epoch
  if (MACHINES.has(first.owner) && !MACHINES.has(second.owner)) first.owner = second.owner
  first.lastAt = Math.max(first.lastAt, second.lastAt)
  const waiting = [first.waitingSince, second.waitingSince].filter((since) => since !== null)
  first.waitingSince = waiting.length ? Math.min(...waiting) : null
  second.waitingSince = null
  promote(shared, [into])
  emit(shared, { id: `${event}:merged`, kind: 'contact.merged', contact: into, at, received: at, data: { other } })
}
