/**
 * Intake: what a provider told becomes durable before it is told "200". Requests that come while a transaction is under way share the next
 * one (group commit): one fsync for many.
 */
import { type Address, addressKey } from '../core/address.ts'
import { countryOfAddress } from '../core/country.ts'
import { sha256 } from '../core/digest.ts'
import { RelaisError } from '../core/errors.ts'
import type { Inbound } from '../core/event.ts'
import type { ChannelId, EventId } from '../core/ids.ts'
import type { Metrics } from '../core/metrics.ts'
import type { Arrivals, ChannelArrival, ContactArrival, OwnArrival, ReceiptArrival, Store } from '../core/store.ts'

export type Intake = {
  /** Resolves once durable; rejects with `store-unavailable`. */
  submit(channel: ChannelId, events: readonly Inbound[]): Promise<void>
  /** Acts of agents and programs, and changes of channels that the house itself found out. */
  add(own: readonly OwnArrival[], channels?: readonly ChannelArrival[]): Promise<void>
  /** Resolves when nothing is under way any more. */
  drain(): Promise<void>
}

const LARGEST_BATCH = 400
/** Beyond this the provider is asked to come again: memory stays bounded. */
const LONGEST_QUEUE = 20_000

type Lists = { contacts: ContactArrival[]; own: OwnArrival[]; receipts: ReceiptArrival[]; channels: ChannelArrival[] }
type Entry = { readonly arrivals: Arrivals; readonly resolve: () => void; readonly reject: (error: unknown) => void }

/** The same for every delivery of the same event. */
const eventId = (channel: ChannelId, kind: string, vendorId: string): EventId =>
  `evt_${sha256(`${channel}\n${kind}\n${vendorId}`).slice(0, 40)}` as EventId

/** Reading a number costs more than the rest of an arrival; people write more than once. */
const countries = new Map<string, string>()
const countryOf = (addresses: readonly Address[]): string => {
  const key = addresses.map(addressKey).join(' ')
  const known = countries.get(key)
  if (known !== undefined) return known
  if (countries.size > 20_000) countries.clear()
  const country = findCountry(addresses)
  countries.set(key, country)
  return country
}

const findCountry = (addresses: readonly Address[]): string => {
  for (const address of addresses) {
    const country = countryOfAddress(address)
    if (country) return country
  }
  return ''
}

const arrivalsOf = (channel: ChannelId, events: readonly Inbound[]): Lists => {
  const lists: Lists = { contacts: [], own: [], receipts: [], channels: [] }
  for (const event of events) {
    const { kind, at } = event
    const id = eventId(channel, kind, event.vendorId)
    switch (kind) {
      case 'receipt': {
        const { target, status, attempt, refusal, price } = event
        lists.receipts.push({ channel, target, status, at, attempt, refusal, price })
        if (refusal?.class === 'stop-channel')
          lists.channels.push({
            id: eventId(channel, 'health', event.vendorId),
            channel,
            at,
            change: { kind: 'health', state: 'cut', reason: refusal.code },
          })
        break
      }
      case 'message':
      case 'edit':
      case 'revoke':
      case 'preference':
      case 'call':
      case 'control':
      case 'identity': {
        const addresses = kind === 'identity' ? [event.current, event.previous] : event.from.addresses
        const name = kind === 'message' ? event.from.name : undefined
        const proves = kind === 'message' ? event.proves : undefined
        lists.contacts.push({ id, channel, kind, at, addresses, name, country: countryOf(addresses), proves, body: event })
        break
      }
      default:
        lists.channels.push({ id, channel, at, change: event })
    }
  }
  return lists
}

export const createIntake = (options: {
  readonly store: Pick<Store, 'append'>
  readonly now: () => number
  readonly metrics: Metrics
  /** `channels`: something was told of a channel. */
  readonly onArrival: (channels: boolean) => void
}): Intake => {
  const { store, now, metrics, onArrival } = options
  const queue: Entry[] = []
  /** One transaction at a time: beside each other, two messages of one person could change places. */
  let inFlight = false
  const idle: (() => void)[] = []

  const flush = async () => {
    if (inFlight || !queue.length) return
    inFlight = true
    const batch = queue.splice(0, LARGEST_BATCH)
    const all: Lists = { contacts: [], own: [], receipts: [], channels: [] }
    for (const { arrivals } of batch) {
      all.contacts.push(...arrivals.contacts)
      all.own.push(...arrivals.own)
      all.receipts.push(...arrivals.receipts)
      all.channels.push(...arrivals.channels)
    }
    const began = now()
    try {
      await store.append(all, began)
      metrics.took('intake', now() - began)
      for (const entry of batch) entry.resolve()
      onArrival(all.channels.length > 0)
    } catch (error) {
      for (const entry of batch) entry.reject(error)
    } finally {
      inFlight = false
      if (queue.length) void flush()
      else for (const tell of idle.splice(0)) tell()
    }
  }

  const enter = (arrivals: Arrivals): Promise<void> => {
    if (queue.length >= LONGEST_QUEUE) return Promise.reject(new RelaisError('store-unavailable', 'too many requests wait'))
    return new Promise((resolve, reject) => {
      queue.push({ arrivals, resolve, reject })
      void flush()
    })
  }

  return {
    submit: (channel, events) => {
      for (const event of events) metrics.received(channel, event.kind)
      return events.length ? enter(arrivalsOf(channel, events)) : Promise.resolve()
    },
    add: (own, channels = []) => enter({ contacts: [], receipts: [], own, channels }),
    drain: () => (inFlight || queue.length ? new Promise((resolve) => idle.push(resolve)) : Promise.resolve()),
  }
}
