/**
 * Who wrote. A person is known by phone (`wa_id`, digits without +), by a business-scoped user id, or by both; since 2026 the phone may be
 * missing. https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids (read 2026-11-22)
 */
import type { Address } from '../../core/address.ts'
import type { Sender } from '../../core/event.ts'
import { type Json, readJson, readList, readText } from './wire.ts'

const PHONE = /^\+?([1-9]\d{4,16})$/
const USER = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/

/** E.164 with +, from any of the platform's spellings. */
export const phoneAddress = (text: string | undefined): Address | undefined => {
  const digits = text === undefined ? undefined : PHONE.exec(text.replace(/[\s().-]/g, ''))?.[1]
  return digits === undefined ? undefined : { kind: 'whatsapp', value: `+${digits}` }
}

export const userAddress = (text: string | undefined): Address | undefined =>
  text !== undefined && USER.test(text) ? { kind: 'whatsapp_user', value: text } : undefined

/** Every address there is, once each, in the order given. */
export const uniqueAddresses = (addresses: readonly (Address | undefined)[]): readonly Address[] => {
  const found: Address[] = []
  for (const address of addresses)
    if (address !== undefined && !found.some((known) => known.kind === address.kind && known.value === address.value)) found.push(address)
  return found
}

/** The card in `contacts[]` that belongs to this phone or user id; the only card there is, where nothing else tells. */
const cardOf = (cards: readonly Json[], phone: string | undefined, user: string | undefined): Json | undefined =>
  cards.find((card) => (phone !== undefined && card.wa_id === phone) || (user !== undefined && card.user_id === user)) ??
  (cards.length === 1 ? cards[0] : undefined)

/** The sender of one message: phone first, for it is the address other channels share. Undefined where nobody is named. */
export const readSender = (message: Json, cards: readonly Json[]): Sender | undefined => {
  const from = readText(message, 'from')
  const user = readText(message, 'from_user_id')
  const card = cardOf(cards, from, user)
  const addresses = uniqueAddresses([
    phoneAddress(from),
    phoneAddress(readText(card, 'wa_id')),
    userAddress(user),
    userAddress(from),
    userAddress(readText(card, 'user_id')),
    userAddress(readText(message, 'from_parent_user_id')),
    userAddress(readText(card, 'parent_user_id')),
  ])
  const profile = readJson(card, 'profile')
  return addresses.length === 0 ? undefined : { addresses, name: readText(profile, 'name') ?? readText(profile, 'username') }
}

export const readCards = (value: Json): readonly Json[] => readList(value, 'contacts')
