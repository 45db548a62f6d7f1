/**
 * A webhook -> events. One pass, in order, at least one event an item: what is foreign or new becomes a counted `unknown`.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview (read 2026-11-22)
 */
import type { Inbound, PriceSeen, ReceiptStatus, Referral } from '../../core/event.ts'
import { type AttemptId, asId, type VendorId } from '../../core/ids.ts'
import { readAccountChange } from './account.ts'
import { readContent, targetOf } from './content.ts'
import { phoneAddress, readCards, readSender, uniqueAddresses, userAddress } from './people.ts'
import { hashOf, type Place, unknownEvent } from './place.ts'
import { refusalOf } from './refusals.ts'
import { asJson, type Json, readFlag, readJson, readList, readText, readTime } from './wire.ts'

const receiptOf: Readonly<Record<string, ReceiptStatus>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
}

const priceOf = (pricing: Json | undefined): PriceSeen | undefined => {
  const category = readText(pricing, 'category')
  // `billable` is announced to go; type and category say the same (facts of the pricing object, read 2026-11-22).
  if (pricing === undefined || category === undefined) return undefined
  const type = readText(pricing, 'type') ?? (readFlag(pricing, 'billable') ? 'regular' : 'free')
  return { category, type, billable: typeof pricing.billable === 'boolean' ? pricing.billable : type === 'regular' }
}

/** Only our own attempts are echoed to us as attempts: another program on the same number may use the field for itself. */
const attemptOf = (status: Json): AttemptId | undefined => {
  const echoed = readText(status, 'biz_opaque_callback_data')
  return echoed?.startsWith('att_') ? asId<AttemptId>(echoed) : undefined
}

const readStatus = (place: Place, status: Json, index: number): Inbound => {
  const target = readText(status, 'id')
  const word = readText(status, 'status') ?? 'none'
  const receipt = Object.hasOwn(receiptOf, word) ? receiptOf[word] : undefined
  const at = readTime(status, 'timestamp') ?? place.at
  if (target === undefined || receipt === undefined) return unknownEvent(place, `status:${word}`, `status${index}`, at)
  const error = receipt === 'failed' ? refusalOf(readList(status, 'errors')[0]) : undefined
  const person = readText(status, 'recipient_type') !== 'group'
  return {
    kind: 'receipt',
    vendorId: asId<VendorId>(`${target}:${word}${error === undefined ? '' : `:${error.code}`}`),
    at,
    status: receipt,
    target: asId<VendorId>(target),
    attempt: attemptOf(status),
    refusal: error,
    price: priceOf(readJson(status, 'pricing')),
    to: person ? (phoneAddress(readText(status, 'recipient_id')) ?? userAddress(readText(status, 'recipient_user_id'))) : undefined,
  }
}

/** Only an advertisement opens the free entry window; a page's own button sends no referral. https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing (read 2026-11-22) */
const referralOf = (message: Json): Referral | undefined => {
  const referral = readJson(message, 'referral')
  if (referral === undefined) return undefined
  const source = readText(referral, 'source_type') ?? 'unknown'
  return {
    source,
    id: readText(referral, 'source_id'),
    url: readText(referral, 'source_url'),
    headline: readText(referral, 'headline'),
    opensFreeEntry: source === 'ad',
  }
}

/** A changed number or user id: every old and new address belongs to one person, told as pairs that share an end. */
const readSystem = (place: Place, message: Json, id: string, at: number): readonly Inbound[] => {
  const system = readJson(message, 'system')
  const before = uniqueAddresses([
    phoneAddress(readText(message, 'from')),
    userAddress(readText(system, 'previous_user_id')),
    userAddress(readText(message, 'from_user_id')),
  ])
  const after = uniqueAddresses([phoneAddress(readText(system, 'wa_id')), userAddress(readText(system, 'user_id'))])
  const chain = uniqueAddresses([...before, ...after])
  const type = readText(system, 'type') ?? 'system'
  if (after.length === 0 || chain.length < 2) return [unknownEvent(place, `system:${type}`, id, at)]
  return chain.slice(1).map((current, index) => ({
    kind: 'identity' as const,
    vendorId: asId<VendorId>(index === 0 ? id : `${id}:${index}`),
    at,
    previous: chain[index] ?? current,
    current,
  }))
}

const readMessage = (place: Place, message: Json, cards: readonly Json[], index: number, standby: boolean): readonly Inbound[] => {
  const id = readText(message, 'id')
  const type = readText(message, 'type')
  const at = readTime(message, 'timestamp') ?? place.at
  if (id === undefined) return [unknownEvent(place, 'message:without-id', index, at)]
  if (message.group_id !== undefined) return [unknownEvent(place, 'message:group', id, at)]
  if (type === 'system') return readSystem(place, message, id, at)
  const from = readSender(message, cards)
  if (from === undefined) return [unknownEvent(place, 'message:without-sender', id, at)]
  if (from.addresses.some((address) => address.value === place.self.number)) return [unknownEvent(place, 'message:own-echo', id, at)]
  const vendorId = asId<VendorId>(id)
  const original = readText(type === undefined ? undefined : readJson(message, type), 'original_message_id')
  if ((type === 'edit' || type === 'revoke') && original !== undefined) {
    const target = asId<VendorId>(original)
    if (type === 'revoke') return [{ kind: 'revoke', vendorId, at, from, target }]
    return [{ kind: 'edit', vendorId, at, from, target, content: readContent(readJson(readJson(message, 'edit'), 'message') ?? {}) }]
  }
  const content = readContent(message)
  return [
    {
      kind: 'message',
      vendorId,
      at,
      from,
      content,
      replyTo: targetOf(message),
      referral: referralOf(message),
      standby: standby ? true : undefined,
    },
  ]
}

const readMessages = (place: Place, value: Json): readonly Inbound[] => {
  const cards = readCards(value)
  return [
    ...readList(value, 'messages').flatMap((message, index) => readMessage(place, message, cards, index, false)),
    ...readList(value, 'statuses').map((status, index) => readStatus(place, status, index)),
    ...readList(value, 'errors').map((error, index) => unknownEvent(place, `error:${readText(error, 'code') ?? 'none'}`, `error${index}`)),
  ]
}

/**
 * What happens while the platform's own agent holds the thread: we watch. An echo of what it said tells nothing but that it holds it.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/standby/ (2026-08-04)
 */
const readStandby = (place: Place, value: Json): readonly Inbound[] => {
  const inner = readJson(value, 'standby') ?? value
  const cards = readCards(inner).length > 0 ? readCards(inner) : readCards(value)
  const echoes = readList(inner, 'message_echoes').map((echo, index): Inbound => {
    const id = readText(echo, 'id')
    const at = readTime(echo, 'timestamp') ?? place.at
    const said = readJson(echo, 'message') ?? echo
    const addresses = uniqueAddresses([
      phoneAddress(readText(said, 'to')),
      userAddress(readText(said, 'recipient')),
      userAddress(readText(said, 'to_user_id')),
    ])
    if (id === undefined || addresses.length === 0) return unknownEvent(place, 'standby:echo', `echo${index}`, at)
    return { kind: 'control', vendorId: asId<VendorId>(id), at, from: { addresses }, holder: 'platform' }
  })
  return [
    ...readList(inner, 'messages').flatMap((message, index) => readMessage(place, message, cards, index, true)),
    ...echoes,
    // Receipts of messages that are not ours: there is nothing to join them to.
    ...readList(inner, 'statuses').map((status, index) =>
      unknownEvent(place, 'standby:status', `status${index}`, readTime(status, 'timestamp') ?? place.at),
    ),
  ]
}

/** Where the Business app shares the number: a person of the business wrote there, and machines are silent from then on. */
const readEchoes = (place: Place, value: Json): readonly Inbound[] =>
  readList(value, 'message_echoes').map((echo, index): Inbound => {
    const id = readText(echo, 'id')
    const at = readTime(echo, 'timestamp') ?? place.at
    const addresses = uniqueAddresses([phoneAddress(readText(echo, 'to')), userAddress(readText(echo, 'to_user_id'))])
    if (id === undefined || addresses.length === 0) return unknownEvent(place, place.field, index, at)
    return { kind: 'control', vendorId: asId<VendorId>(id), at, from: { addresses }, holder: 'person' }
  })

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/user-initiated-calls (read 2026-11-22) */
const readCalls = (place: Place, value: Json): readonly Inbound[] =>
  readList(value, 'calls').map((call, index): Inbound => {
    const id = readText(call, 'id')
    const at = readTime(call, 'timestamp') ?? place.at
    const from = readSender(call, readCards(value))
    const event = readText(call, 'event') ?? 'none'
    const ours = readText(call, 'direction') === 'BUSINESS_INITIATED' || from?.addresses.some(({ value }) => value === place.self.number)
    if (id === undefined || from === undefined || event !== 'connect' || ours) return unknownEvent(place, `calls:${event}`, index, at)
    return { kind: 'call', vendorId: asId<VendorId>(id), at, from }
  })

/** What tells of one person, by field; the rest is the account's. */
const READERS: Readonly<Record<string, (place: Place, value: Json) => readonly Inbound[]>> = {
  messages: readMessages,
  standby: readStandby,
  calls: readCalls,
  smb_message_echoes: readEchoes,
}

/** `metadata` names the number; a hand-over names it as `recipient`; changes of the account name none. */
const numberIdOf = (value: Json): string | undefined =>
  readText(readJson(value, 'metadata'), 'phone_number_id') ?? readText(readJson(value, 'recipient'), 'phone_number_id')

/** One app may serve many numbers and accounts: what is not of this number, or of its account, is only counted. */
const readChange = (place: Place, value: Json, account: string | undefined): readonly Inbound[] => {
  const numberId = numberIdOf(value)
  if (numberId !== undefined && numberId !== place.self.phoneNumberId) return [unknownEvent(place, 'foreign-number', 0)]
  if (numberId === undefined && account !== place.self.businessAccountId) return [unknownEvent(place, 'foreign-account', 0)]
  if (numberId === undefined && (place.field === 'messages' || place.field === 'standby'))
    return [unknownEvent(place, `${place.field}:without-number`, 0)]
  const read = Object.hasOwn(READERS, place.field) ? READERS[place.field] : readAccountChange
  const events = read?.(place, value) ?? []
  return events.length > 0 ? events : [unknownEvent(place, place.field, 0)]
}

/** `now` (ms) stands in only where neither the item nor its envelope has a time. Total: never throws. */
export const readWebhook = (payload: unknown, self: Place['self'], now: number): readonly Inbound[] => {
  const root = asJson(payload)
  const object = readText(root, 'object')
  if (root === undefined || object !== 'whatsapp_business_account')
    return [{ kind: 'unknown', vendorId: hashOf('object', null, { payload })(0), at: now, what: `object:${object ?? 'none'}` }]
  return readList(root, 'entry').flatMap((entry) =>
    readList(entry, 'changes').flatMap((change) => {
      const field = readText(change, 'field') ?? 'none'
      const value = readJson(change, 'value') ?? {}
      const at = readTime(entry, 'time') ?? now
      const place: Place = { self, field, at, hash: hashOf(field, entry.time, value) }
      return readChange(place, value, readText(entry, 'id'))
    }),
  )
}
