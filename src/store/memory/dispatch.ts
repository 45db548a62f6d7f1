/** Dispatch: heads are claimed with their attempts, results settled, channels leased. */
import type { ChannelId, ContactId, EventId } from '../../core/ids.ts'
import { amountOf, microsOf } from '../../core/money.ts'
import type { Claimed, Gate, Head, Lease, OpenAttempt, RecentAttempt, Settlement, Spent, Store } from '../../core/store.ts'
import { loadChannels } from './channels.ts'
import { adoptReceipts } from './receipts.ts'
import {
  addPending,
  asOf,
  copy,
  emit,
  follow,
  isKept,
  isStopped,
  type Message,
  promote,
  type Queued,
  type Shared,
  vendorKey,
} from './shared.ts'
import { factsOf, isDue } from './turn.ts'
import { cancelQueued, isRaised, removeQueued } from './write.ts'

const MEMORY_MS = 300_000

type GateOf = Parameters<Store['claim']>[1]

/** A marketing send waits until everything its contact said is decided. */
const mayGo = (shared: Shared, row: Queued, at: number): boolean =>
  row.category !== 'marketing' || ![...shared.pending.values()].some((event) => event.contact === row.contact && isDue(event, at))

/** One that goes a second time stays where a receipt of the first came meanwhile: `send.reconciled` ends it. */
const isSilent = (shared: Shared, row: Queued): boolean => {
  const message = shared.messages.get(row.message)
  return !('resent' in row.body) || !message || !isRaised(message)
}

/** When each person was last written to outside their window, on any channel of the same kind. */
export const lastOpenings = (shared: Shared, channel: ChannelId): ReadonlyMap<ContactId, number> => {
  const kind = shared.channels.get(channel)?.kind
  const last = new Map<ContactId, number>()
  for (const opening of shared.openings.values())
    if (shared.channels.get(opening.channel)?.kind === kind) last.set(opening.contact, Math.max(opening.at, last.get(opening.contact) ?? 0))
  return last
}

/** What sends since `since` cost, by contact and currency; refused ones cost nothing. */
export const spentOn = (shared: Shared, channel: ChannelId, since: number): readonly Spent[] => {
  const micros = new Map<string, { contact: ContactId; currency: string | null; sum: number }>()
  for (const { channel: by, at, result, contact, decision } of shared.attempts.values()) {
    const price = shared.decisions.get(decision)?.price
    if (
      by !== channel ||
      at < since ||
      !price ||
      price.amount === null ||
      (result !== null && result !== 'accepted' && result !== 'unknown')
    )
      continue
    const key = `${contact} ${price.currency}`
    const known = micros.get(key) ?? { contact, currency: price.currency, sum: 0 }
    micros.set(key, { ...known, sum: known.sum + microsOf(price.amount) })
  }
  return [...micros.values()].map(({ contact, currency, sum }) => ({ contact, currency, amount: String(amountOf(sum)) }))
}

const headOf = (shared: Shared, row: Queued): Head | null => {
  const facts = factsOf(shared, row.contact)
  const { message, decision, category, automatic, tries, dueAt, body } = row
  const openedAt = lastOpenings(shared, row.channel).get(row.contact) ?? null
  return facts && { ...facts, message, decision, category, automatic, sendEpoch: row.epoch, tries, dueAt, openedAt, body }
}

export const claim = (
  shared: Shared,
  request: { lease: Lease; at: number; limit: number; trial?: string | undefined },
  gate: GateOf,
): readonly Claimed[] | 'void' | 'stopped' => {
  const { lease, at, limit } = request
  if (shared.channels.get(lease.channel)?.lease !== lease.number) return 'void'
  const channel = loadChannels(shared).get(lease.channel)
  const tried = request.trial !== undefined && channel?.reason === request.trial
  if (!channel || (channel.health === 'cut' && !tried) || channel.paused) return 'stopped'
  const due = [...shared.outbox.values()]
    .filter(
      (row) =>
        row.channel === lease.channel &&
        row.head &&
        row.state === 'queued' &&
        row.dueAt <= at &&
        mayGo(shared, row, at) &&
        isSilent(shared, row),
    )
    .sort((a, b) => a.dueAt - b.dueAt || a.seq - b.seq)
    .slice(0, limit)
  const claimed: Claimed[] = []
  for (const row of due) {
    const head = headOf(shared, row)
    if (!head) continue
    const judged = gate(head, channel)
    pass(shared, row, judged, at)
    if (judged.type === 'send') claimed.push({ head, attempt: judged.attempt })
  }
  return claimed
}

const pass = (shared: Shared, row: Queued, gate: Gate, at: number): void => {
  const { message: id, contact, channel, decision } = row
  const message = shared.messages.get(id)
  switch (gate.type) {
    case 'send':
      row.state = 'sending'
      row.attempt = gate.attempt
      row.waitRule = null
      if (message) beginAnew(shared, message)
      shared.attempts.set(gate.attempt, {
        id: gate.attempt,
        message: id,
        contact,
        channel,
        decision,
        at,
        result: null,
        code: null,
        vendor: null,
        settledAt: null,
      })
      if (gate.opening) shared.openings.set(`${channel} ${contact}`, { channel, contact, at })
      return
    case 'wait':
      row.dueAt = gate.until
      row.waitRule = gate.rule
      return
    case 'cancel':
      cancelQueued(shared, id)
      break
    case 'return': {
      shared.outbox.delete(id)
      const { event } = gate
      addPending(shared, { ...event, contact, at, received: at, dueAt: Math.max(event.dueAt, at) })
    }
  }
  promote(shared, [contact])
}

/** A message that failed and is tried as another begins anew: receipts of its former attempt say nothing of this one. */
const beginAnew = (shared: Shared, message: Message): void => {
  message.status = 'sending'
  if (message.failedAt === null) return
  if (message.vendorId !== null) shared.byVendor.delete(vendorKey(message.channel, message.vendorId))
  Object.assign(message, { failedAt: null, sentAt: null, vendorId: null })
}

const STATUS = { accepted: 'accepted', refused: 'failed', postponed: 'queued', unknown: 'unknown' } as const

const keepResult = (shared: Shared, { attempt: id, at, result, next }: Settlement): void => {
  const refusal = 'refusal' in result ? result.refusal : null
  const code = refusal?.code ?? (result.type === 'unknown' ? result.cause : null)
  const vendor = result.type === 'accepted' ? result.vendorId : null
  const attempt = shared.attempts.get(id)
  if (!attempt) return
  Object.assign(attempt, { result: result.type, code, vendor, settledAt: at })
  const message = shared.messages.get(attempt.message)
  // Tried anew by now: the answer concerns its former attempt alone.
  const row = shared.outbox.get(attempt.message)
  if (!message || (row && row.attempt !== id)) return
  if (vendor !== null && message.vendorId === null) {
    message.vendorId = vendor
    shared.byVendor.set(vendorKey(message.channel, vendor), message.id)
  }
  const raised = ['sent', 'delivered', 'read', 'failed'].includes(message.status) || message.failedAt !== null
  if (result.type === 'accepted') message.acceptedAt ??= at
  if (result.type === 'refused') message.refusal = copy(refusal)
  else if (result.type === 'accepted' && message.status !== 'failed') message.refusal = null
  if (!raised) message.status = next.type === 'retry' ? 'queued' : STATUS[result.type]
  if (next.type === 'retry' || result.type === 'postponed') return
  const { contact, conversation, channel } = message
  emit(shared, {
    id: `${id}:${result.type}`,
    kind: `message.${result.type}`,
    contact,
    conversation,
    channel,
    message: message.id,
    at,
    received: at,
    data: { attempt: id, code },
  })
}

const keepPlace = (shared: Shared, { attempt, message, next }: Settlement): void => {
  const row = shared.outbox.get(message)
  if (row?.attempt !== attempt) return
  if (next.type === 'retry' || next.type === 'unknown') {
    row.state = next.type === 'retry' ? 'queued' : 'unknown'
    if (next.type === 'retry') {
      row.dueAt = next.dueAt
      row.head = false
    }
    row.tries += 1
  } else removeQueued(shared, message)
}

/** A successor takes an open attempt for lost while its owner still lives and settles it: what is known is not unsaid. */
const isStale = (shared: Shared, { attempt, next }: Settlement): boolean =>
  next.type === 'unknown' && (shared.attempts.get(attempt)?.result ?? null) !== null

/** As a column of whole milliseconds would: all or nothing. */
const requireWholeTimes = (all: readonly Settlement[]): void => {
  for (const { attempt, at, next } of all)
    for (const time of [at, next.type === 'retry' ? next.dueAt : (next.event?.dueAt ?? at)])
      if (!Number.isInteger(time)) throw new RangeError(`${attempt}: ${time} is no whole number of milliseconds.`)
}

export const settle = (shared: Shared, all: readonly Settlement[]): void => {
  requireWholeTimes(all)
  const settlements = all.filter((settlement) => !isStale(shared, settlement))
  const contacts = new Set<ContactId>()
  for (const settlement of settlements) {
    const { next, at, message: id } = settlement
    const contact = follow(shared, settlement.contact)
    contacts.add(contact)
    const before = shared.outbox.get(id)
    const epoch = before?.attempt === settlement.attempt ? before.epoch : undefined
    keepResult(shared, settlement)
    keepPlace(shared, settlement)
    if ('event' in next && next.event)
      addPending(shared, {
        ...next.event,
        contact,
        at,
        received: at,
        dueAt: Math.max(next.event.dueAt, at),
        body: asOf(next.event.body, epoch),
      })
    const row = shared.outbox.get(id)
    const message = shared.messages.get(id)
    const open = row?.state === 'unknown' || (row?.state === 'queued' && 'resent' in row.body)
    if (!row || !open || !message || !isRaised(message)) continue
    // A receipt came while we waited for the answer: it is not unknown at all, or need not go a second time.
    const { channel } = row
    const body = { message: id }
    addPending(shared, {
      id: `reconciled:${row.attempt}` as EventId,
      contact,
      channel,
      kind: 'send.reconciled',
      at,
      received: at,
      dueAt: at,
      body,
    })
  }
  promote(shared, contacts)
  const vendors = settlements.flatMap(({ result }) => (result.type === 'accepted' ? [result.vendorId] : []))
  if (vendors.length) adoptReceipts(shared, vendors, Math.max(...settlements.map((settlement) => settlement.at)))
}

/** What waited behind the send of a channel that was cut or paused since goes on where its own channel can send. */
export const passStopped = (shared: Shared): void => {
  const goes = new Set([...shared.outbox.values()].filter((row) => !row.head && !isStopped(shared, row.channel)).map((row) => row.contact))
  const kept = [...shared.outbox.values()].filter((row) => row.head && row.state === 'queued' && isKept(shared, row))
  promote(
    shared,
    kept.map((row) => row.contact).filter((contact) => goes.has(contact)),
  )
}

/** For a channel that nobody alive holds. */
export const takeLease = (
  shared: Shared,
  worker: string,
  id: ChannelId,
  at: number,
): { lease: Lease; open: readonly OpenAttempt[]; recent: readonly RecentAttempt[] } | null => {
  const holder = shared.held.get(id)
  if (holder !== undefined && holder !== worker && shared.workers.get(holder)?.alive) return null
  shared.held.set(id, worker)
  const channel = shared.channels.get(id)
  if (!channel) return null
  channel.lease += 1
  const open = [...shared.outbox.values()].flatMap(({ channel: on, state, attempt, message, contact, category, epoch, body }) =>
    on === id && state === 'sending' && attempt !== null ? [{ attempt, message, contact, category, epoch, body }] : [],
  )
  const recent = [...shared.attempts.values()]
    .filter((attempt) => attempt.channel === id && attempt.at > at - MEMORY_MS)
    .map(({ contact, at: when }) => ({ contact, at: when }))
    .sort((a, b) => a.at - b.at)
  return { lease: { channel: id, number: channel.lease }, open, recent }
}
