/** Writes what one contact's turn changed: whole, or not at all. */
import { addressKey, sameNumberKeys } from '../../core/address.ts'
import type { ContactId, ConversationId, MessageId } from '../../core/ids.ts'
import type { Status } from '../../core/outcome.ts'
import type { Change } from '../../core/store.ts'
import { opensWay } from '../plan.ts'
import { raiseReceipts } from './receipts.ts'
import { addPending, copy, emit, isStopped, type Message, promote, refuseForeign, type Shared, vendorKey } from './shared.ts'

/** No link leads to them any more, and no account of a site, but where they are reached in no other way. */
const unlink = (shared: Shared, contact: ContactId, at: number): void => {
  for (const [id, link] of shared.links)
    if (link.contact === contact && link.expiresAt > at) shared.links.set(id, { ...link, expiresAt: at })
  const theirs = [...shared.identities.values()].filter((one) => one.contact === contact)
  if (theirs.every(({ address }) => address.kind === 'account' || address.kind === 'web')) return
  for (const { key, address } of theirs) if (address.kind === 'account') shared.identities.delete(key)
}

/** What PostgreSQL's keys would refuse. */
const check = (shared: Shared, change: Change): void => {
  refuseForeign(change)
  const refuse = (what: string) => {
    throw new Error(`duplicate key: ${what}`)
  }
  const vendors = new Set<string>()
  for (const { id, channel, vendorId } of change.messages) {
    if (shared.messages.has(id)) refuse(`message ${id}`)
    if (vendorId === null) continue
    const key = vendorKey(channel, vendorId)
    if (shared.byVendor.has(key) || vendors.has(key)) refuse(`message ${key}`)
    vendors.add(key)
  }
  const cancelled = (epoch: number) => change.cancelBefore !== null && epoch < change.cancelBefore
  for (const { message } of change.outbox) {
    const row = shared.outbox.get(message)
    const goes = row && (change.remove.includes(message) || (row.automatic && row.state === 'queued' && cancelled(row.epoch)))
    if (row && !goes) refuse(`outbox ${message}`)
  }
  for (const { id } of change.decisions) if (shared.decisions.has(id)) refuse(`decision ${id}`)
  for (const { id } of change.jobs) if (shared.jobs.has(id)) refuse(`job ${id}`)
}

/** A row leaves the line, and its message goes no more. */
export const cancelQueued = (shared: Shared, id: MessageId): void => {
  shared.outbox.delete(id)
  const message = shared.messages.get(id)
  if (message && message.status !== 'failed') message.status = patchedStatus(message, 'cancelled')
}

const cancel = (shared: Shared, change: Change, before: number): void => {
  for (const row of [...shared.outbox.values()])
    if (row.contact === change.contact && row.automatic && row.state === 'queued' && row.epoch < before) cancelQueued(shared, row.message)

  for (const job of [...shared.jobs.values()]) if (job.contact === change.contact && job.epoch < before) shared.jobs.delete(job.id)
}

/** What still waits, in its line or out of it, goes no more. */
const withdraw = (shared: Shared, id: MessageId): void => {
  const message = shared.messages.get(id)
  if (shared.outbox.get(id)?.state === 'queued') cancelQueued(shared, id)
  else if (message?.status === 'postponed' || message?.status === 'held') message.status = 'cancelled'
}

/** A row leaves the line; that nobody knew of it is no news any more. */
export const removeQueued = (shared: Shared, id: Change['remove'][number]): void => {
  const row = shared.outbox.get(id)
  if (!row) return
  shared.outbox.delete(id)
  shared.pending.delete(`${row.attempt}:unknown` as never)
}

const resend = (shared: Shared, { message: id, dueAt }: Change['resend'][number]): void => {
  const row = shared.outbox.get(id)
  const message = shared.messages.get(id)
  if (row?.state !== 'unknown' || !message || isRaised(message)) return
  Object.assign(row, { state: 'queued', head: false, dueAt, attempt: null, tries: row.tries + 1, body: { ...row.body, resent: true } })
  message.duplicateRisk = true
  message.status = 'queued'
}

/** A receipt told of it. */
export const isRaised = (message: Message): boolean =>
  message.sentAt !== null || message.deliveredAt !== null || message.readAt !== null || message.failedAt !== null

/** What a receipt told is not unsaid; only a message that failed may be tried as another. */
const patchedStatus = (message: Message, status: Status | undefined): Message['status'] =>
  status === undefined || ['sent', 'delivered', 'read'].includes(message.status) ? message.status : status

const patch = (shared: Shared, changed: Change['patches'][number]): void => {
  const id = changed.message ?? (changed.vendorId === null ? undefined : shared.byVendor.get(vendorKey(changed.channel, changed.vendorId)))
  const message = id === undefined ? undefined : shared.messages.get(id)
  if (!message) return
  message.channel = changed.onto ?? message.channel
  message.status = patchedStatus(message, changed.status)
  if (changed.refusal) message.refusal = copy(changed.refusal)
  if (changed.content) message.content = copy(changed.content)
  message.editedAt = changed.editedAt ?? message.editedAt
  message.revokedAt = changed.revokedAt ?? message.revokedAt
  message.decision = changed.decision ?? message.decision
  message.category = changed.category ?? message.category
  if (changed.price) message.price = copy(changed.price)
  message.movedTo = changed.movedTo ?? message.movedTo
  if (changed.reach) message.reach = copy(changed.reach)
}

const keepMessages = (shared: Shared, change: Change, conversation: ConversationId): void => {
  for (const row of change.messages) {
    shared.messages.set(row.id, {
      ...copy(row),
      contact: change.contact,
      conversation,
      reference: row.reference ?? null,
      priceSeen: null,
      duplicateRisk: row.duplicateRisk ?? false,
      editedAt: null,
      revokedAt: null,
      acceptedAt: null,
      sentAt: null,
      deliveredAt: null,
      readAt: null,
      failedAt: null,
      movedTo: null,
      lateAt: null,
    })
    if (row.vendorId !== null) shared.byVendor.set(vendorKey(row.channel, row.vendorId), row.id)
  }
}

const queue = (shared: Shared, change: Change, places: ReadonlyMap<MessageId, number>): void => {
  const { contact } = change
  const empty = ![...shared.outbox.values()].some((row) => row.contact === contact)
  for (const [n, row] of change.outbox.entries()) {
    const { message, channel, dueAt, epoch, automatic, category, decision, body } = row
    shared.outbox.set(message, {
      message,
      seq: (row.place === undefined ? undefined : places.get(row.place)) ?? ++shared.seq,
      contact,
      channel,
      movable: row.movable ? 'left' : null,
      askedOf: 0,
      head: empty && n === 0,
      dueAt,
      epoch,
      automatic,
      category,
      state: 'queued',
      tries: 0,
      attempt: null,
      decision,
      waitRule: null,
      body: copy(body),
    })
  }
}

/** The address becomes the contact's, unless it is another's, or its number is on another phone channel: told as an event of theirs. */
const keepClaim = (shared: Shared, contact: ContactId, { event, address, channel, body }: Change['claims'][number], at: number): void => {
  const key = addressKey(address)
  const owner =
    [key, ...sameNumberKeys(address)].map((one) => shared.identities.get(one)?.contact).find((one) => one !== undefined) ?? contact
  if (owner === contact && !shared.identities.has(key)) shared.identities.set(key, { key, contact, createdAt: at, address: copy(address) })
  const other = owner === contact ? null : owner
  addPending(shared, { id: event, contact, channel, kind: 'joined', at, received: at, dueAt: at, body: { ...body, other } })
}

export const writeChange = (shared: Shared, change: Change, at: number): void => {
  check(shared, change)
  const { contact } = change
  const conversation = shared.conversations.get(contact)
  const person = shared.contacts.get(contact)
  if (!conversation || !person) throw new Error(`no contact ${contact}`)
  if (change.cancelBefore !== null) cancel(shared, change, change.cancelBefore)
  for (const id of change.withdraw ?? []) withdraw(shared, id)
  const places = new Map(change.remove.flatMap((id) => shared.outbox.get(id) ?? []).map(({ message, seq }) => [message, seq]))
  for (const id of change.remove) removeQueued(shared, id)
  for (const again of change.resend) resend(shared, again)

  conversation.owner = change.owner
  conversation.epoch = change.epoch
  conversation.state = copy(change.state)
  conversation.lastAt = Math.max(conversation.lastAt, change.lastAt)
  conversation.waitingSince = change.waitingSince
  for (const id of change.handled) shared.pending.delete(id)
  keepMessages(shared, change, conversation.id)
  for (const decision of change.decisions) shared.decisions.set(decision.id, { ...copy(decision), contact })
  queue(shared, change, places)
  for (const { message, stuck } of change.stay) {
    const row = shared.outbox.get(message)
    if (row?.movable === 'asked') row.movable = stuck ? 'stuck' : 'left'
  }
  for (const { id, kind, at: when, channel, message, decision, data, payload } of change.journal) {
    emit(shared, {
      id,
      kind,
      contact,
      conversation: conversation.id,
      channel: channel ?? null,
      message: message ?? null,
      decision: decision ?? null,
      at: when,
      received: at,
      data: copy(data ?? null),
    })
    if (payload) shared.payloads.set(id, copy(payload))
  }
  for (const { id, kind, channel, dueAt, body } of change.timers)
    addPending(shared, { id, contact, channel, kind, at: dueAt, received: at, dueAt, body })
  for (const job of change.jobs) shared.jobs.set(job.id, { ...copy(job), contact, worker: null, tries: 0 })
  for (const claim of change.claims) keepClaim(shared, contact, claim, at)
  for (const consent of change.consents) shared.consents.push({ ...copy(consent), contact })
  for (const link of change.links ?? []) shared.links.set(link.id, { ...copy(link), contact })
  for (const task of change.tasks ?? []) shared.tasks.set(task.id, { ...copy(task), contact })
  if (change.unlink) unlink(shared, contact, at)
  for (const callback of change.callbacks ?? []) shared.callbacks.set(callback.id, { ...copy(callback), contact })
  person.name = change.name ?? person.name
  person.language = change.language ?? person.language
  for (const changed of change.patches) patch(shared, changed)
  if (change.receipts?.length) raiseReceipts(shared, change.receipts, at)
  const stopped = [...shared.channels.keys()].some((id) => isStopped(shared, id))
  const freed =
    change.cancelBefore !== null ||
    change.remove.length > 0 ||
    change.stay.length > 0 ||
    (change.withdraw?.length ?? 0) > 0 ||
    change.resend.length > 0
  const woken =
    stopped && opensWay(change) ? [...shared.outbox.values()].filter((row) => row.contact === contact && row.movable === 'stuck') : []
  for (const row of woken) row.movable = 'left'
  if (freed || woken.length || (stopped && change.outbox.length)) promote(shared, [contact])
}
