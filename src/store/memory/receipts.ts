/** Receipts: matched by our attempt id, else by the provider's id; they only ever raise a message. */
import type { EventId, MessageId } from '../../core/ids.ts'
import type { ReceiptArrival } from '../../core/store.ts'
import { addPending, copy, emit, type Message, receiptKey, type Shared, vendorKey } from './shared.ts'

const messageOf = (shared: Shared, { channel, target, attempt }: ReceiptArrival): MessageId | undefined => {
  const tried = attempt === undefined ? undefined : shared.attempts.get(attempt)
  return tried?.channel === channel ? tried.message : shared.byVendor.get(vendorKey(channel, target))
}

/** Times of one message by status, the earliest of each. */
type Times = Partial<Record<ReceiptArrival['status'], number>>

const COLUMN = { sent: 'sentAt', delivered: 'deliveredAt', read: 'readAt', failed: 'failedAt' } as const
const ORDER = ['sent', 'delivered', 'read', 'failed'] as const

const statusOf = (message: Message): Message['status'] => {
  if (message.readAt !== null) return 'read'
  if (message.deliveredAt !== null) return 'delivered'
  return message.failedAt === null ? 'sent' : 'failed'
}

const raise = (shared: Shared, message: Message, receipts: readonly ReceiptArrival[], at: number): void => {
  if (message.direction !== 'out') return
  const times: Times = {}
  for (const { status, at: when } of receipts) if (message[COLUMN[status]] === null) times[status] = Math.min(times[status] ?? when, when)
  const price = receipts.find((receipt) => receipt.price)?.price
  const fresh = ORDER.filter((status) => times[status] !== undefined)
  if (!fresh.length && !(price && !message.priceSeen)) return
  const target = receipts[0]?.target
  if (target && message.vendorId === null && !shared.byVendor.has(vendorKey(message.channel, target))) {
    message.vendorId = target
    shared.byVendor.set(vendorKey(message.channel, target), message.id)
  }
  for (const status of fresh) message[COLUMN[status]] = times[status] ?? null
  const refusal = receipts.find((receipt) => receipt.refusal)?.refusal ?? null
  message.refusal ??= copy(refusal)
  message.priceSeen ??= copy(price ?? null)
  message.status = statusOf(message)
  const late = message.movedTo !== null && message.lateAt === null ? (times.delivered ?? times.read) : undefined
  if (late !== undefined) message.lateAt = late
  const { id, contact, conversation, channel, content, category, author } = message
  const failed = times.failed !== undefined && message.deliveredAt === null && message.readAt === null
  for (const status of fresh)
    if (status !== 'failed' || failed)
      emit(shared, {
        id: `${id}:${status}`,
        kind: `message.${status}`,
        contact,
        conversation,
        channel,
        message: id,
        at: times[status] ?? at,
        received: at,
      })
  const about = { contact, channel, at: failed ? (times.failed ?? at) : at, received: at, dueAt: at }
  const open = shared.outbox.get(id)
  const again = open?.state === 'queued' && 'resent' in open.body
  if (open?.state === 'unknown' || again)
    addPending(shared, { ...about, at, id: `reconciled:${open.attempt ?? id}` as EventId, kind: 'send.reconciled', body: { message: id } })
  if (failed) {
    const { replyTo, decision } = message
    const asked = (decision === null ? undefined : shared.decisions.get(decision)?.intent) ?? null
    const tries = [...shared.attempts.values()].filter((tried) => tried.message === id && !isRefused(tried.result)).length
    const body = { message: id, refusal, content, category, author, channel, replyTo, asked, tries, reach: message.reach ?? null }
    addPending(shared, { ...about, id: `${id}:failed` as EventId, kind: 'send.failed', body })
  }
  if (late !== undefined) {
    const body = { message: id, first: message.reach?.first ?? null, channel, at: late }
    addPending(shared, { ...about, at, id: `${id}:late` as EventId, kind: 'reach.late', body })
  }
}

const isRefused = (result: string | null): boolean => result === 'refused' || result === 'postponed'

/** A failure of an attempt that another followed says nothing. */
const isFollowed = (shared: Shared, { attempt }: ReceiptArrival): boolean => {
  const tried = attempt === undefined ? undefined : shared.attempts.get(attempt)
  return tried !== undefined && [...shared.attempts.values()].some((later) => later.message === tried.message && later.at > tried.at)
}

/** Receipts of messages we do not know are kept, and joined when the message becomes known. */
export const raiseReceipts = (shared: Shared, receipts: readonly ReceiptArrival[], at: number): void => {
  const told = receipts.filter((receipt) => receipt.status !== 'failed' || !isFollowed(shared, receipt))
  const known = Map.groupBy(told, (receipt) => messageOf(shared, receipt))
  for (const [id, list] of known) {
    const message = id === undefined ? undefined : shared.messages.get(id)
    if (message) raise(shared, message, list, at)
    else
      for (const receipt of list) {
        const key = receiptKey(receipt.channel, receipt.target, receipt.status)
        if (!shared.receipts.has(key)) shared.receipts.set(key, { ...copy(receipt), received: at })
      }
  }
}

/** Joins kept receipts with messages that have come to be known: those named, or any. */
export const adoptReceipts = (shared: Shared, targets: readonly string[] | null, at: number): void => {
  const joined: ReceiptArrival[] = []
  for (const [key, receipt] of shared.receipts) {
    if (targets && !targets.includes(receipt.target)) continue
    if (!shared.byVendor.has(vendorKey(receipt.channel, receipt.target))) continue
    shared.receipts.delete(key)
    joined.push(receipt)
  }
  if (joined.length) raiseReceipts(shared, joined, at)
}
