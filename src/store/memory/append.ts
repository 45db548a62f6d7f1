/** Intake: dedupe, find or make the contact, and keep the event until its turn. */
import { addressKey, sameNumberKeys } from '../../core/address.ts'
import type { ChannelId, ContactId, EventId, Ids, MessageId } from '../../core/ids.ts'
import type { Arrivals, ContactArrival, OwnArrival } from '../../core/store.ts'
import { nameAside } from '../aside.ts'
import { applyChannels } from './channels.ts'
import { raiseReceipts } from './receipts.ts'
import { addPending, emit, follow, refuseForeign, type Shared, vendorKey } from './shared.ts'

/** The contact of each arrival's first address, made where it is new; and the news that two contacts are one person. */
const findContact = (shared: Shared, arrival: ContactArrival, ids: Ids, at: number): { contact: ContactId; others: ContactId[] } => {
  const known = [...new Set(arrival.addresses.flatMap((address) => shared.identities.get(addressKey(address))?.contact ?? []))]
  // A number known from another phone channel is the same person's.
  const numbers = known.length ? [] : arrival.addresses.flatMap(sameNumberKeys)
  const kin = numbers.flatMap((key) => shared.identities.get(key)?.contact ?? [])[0]
  const contact = known[0] ?? kin ?? ids('con')
  if (!known.length && !kin) {
    const { name, country } = arrival
    shared.contacts.set(contact, { id: contact, name: name ?? null, country: country ?? '', language: null, mergedInto: null })
    const conversation = ids('cnv')
    shared.conversations.set(contact, {
      id: conversation,
      contact,
      owner: 'journey',
      epoch: 0,
      state: null,
      lastAt: at,
      waitingSince: null,
    })
  }
  for (const address of arrival.addresses) {
    const key = addressKey(address)
    if (!shared.identities.has(key)) shared.identities.set(key, { key, contact, createdAt: at, address })
  }
  return { contact, others: known.slice(1) }
}

/** Dropped where its id was seen before. */
const addOnce = (shared: Shared, own: OwnArrival, at: number): void => {
  if (shared.seen.has(own.id)) return
  shared.seen.set(own.id, at)
  if (!shared.contacts.has(own.contact)) return
  const { id, channel, kind, body } = own
  addPending(shared, {
    id,
    contact: follow(shared, own.contact),
    channel,
    kind,
    at: own.at,
    received: at,
    dueAt: Math.max(own.dueAt, at),
    body,
  })
}

/** Whose our message is that a sender proves to answer whom nobody knows. */
const findProven = (shared: Shared, { channel, proves, addresses }: ContactArrival): ContactId | undefined => {
  if (proves === undefined || addresses.some((address) => shared.identities.has(addressKey(address)))) return undefined
  const message = shared.messages.get(shared.byVendor.get(vendorKey(channel, proves)) as MessageId)
  return message?.direction === 'out' ? message.contact : undefined
}

const appendContact = (shared: Shared, arrival: ContactArrival, ids: Ids, at: number): void => {
  refuseForeign(arrival)
  const proven = findProven(shared, arrival)
  const { contact, others } = proven ? { contact: proven, others: [] } : findContact(shared, arrival, ids, at)
  const { id, channel, kind, body } = arrival
  for (const other of others)
    addOnce(shared, { id: `${id}:${other}` as EventId, contact, channel, kind: 'merge', at: arrival.at, dueAt: at, body: { other } }, at)
  addOnce(shared, { id, contact, channel, kind, at: arrival.at, dueAt: at, body }, at)
}

export const append = (shared: Shared, arrivals: Arrivals, ids: Ids, at: number): void => {
  const each = <T extends object>(noun: string, list: readonly T[], keep: (arrival: T) => void) => {
    for (const arrival of list) {
      try {
        keep(arrival)
      } catch (error) {
        setAside(shared, noun, arrival, at, error)
      }
    }
  }
  each('contacts', arrivals.contacts, (arrival) => appendContact(shared, arrival, ids, at))
  each('own', arrivals.own, (own) => {
    refuseForeign(own)
    addOnce(shared, own, at)
  })
  const whole = arrivals.receipts.filter((receipt) => {
    try {
      refuseForeign(receipt)
      return true
    } catch (error) {
      setAside(shared, 'receipts', receipt, at, error)
      return false
    }
  })
  if (whole.length) raiseReceipts(shared, whole, at)
  each('channels', arrivals.channels, (arrival) => {
    refuseForeign(arrival)
    applyChannels(shared, [arrival], at)
  })
}

const setAside = (shared: Shared, noun: string, arrival: object, at: number, error: unknown): void => {
  const { id, channel, kind } = nameAside(noun, arrival)
  if (shared.poison.has(id)) return
  const words = error instanceof Error ? error.message : 'refused'
  shared.poison.set(id, { id, contact: '', channel, kind, at, setAsideAt: at, error: words })
  emit(shared, {
    id: `${id}:poison`,
    kind: 'alert',
    channel: channel as ChannelId | null,
    at,
    received: at,
    data: { about: 'poison', kind },
  })
}
