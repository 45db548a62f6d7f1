import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Fields } from '../wire.ts'
import type { Ids } from './ids.ts'
import type { Look } from './messages.ts'
import type { SentMessage } from './receipts.ts'
import { closedWindows, type Windows } from './windows.ts'

/** One line of the thread as the phone shows it. */
export interface PhoneMessage extends Look {
  readonly id: string
  readonly from: 'business' | 'customer' | 'agent'
  readonly type: string
  readonly at: number
  /** The message object as it went over the wire. */
  readonly content: Fields
  /** Id of the message it answers. */
  readonly answers?: string
  /** By the customer for the business's, by the business for the customer's. */
  readAt: number | null
  reactions: { by: 'business' | 'customer'; emoji: string }[]
  removed?: boolean
  edited?: boolean
}

/** A person with a phone, as the platform knows them. */
export interface Person {
  name: string
  username: string | undefined
  /** Digits, no plus; `null`: a person known by user id only. */
  phone: string | null
  /** Took a username: the number is left out of webhooks. */
  hidesPhone: boolean
  userId: string
  country: string
  online: boolean
  /** Reads at the instant of arrival: the `delivered` status is skipped. */
  readsAtOnce: boolean
  stoppedMarketing: boolean
  marketingAt: number[]
  /** The platform's own agent holds the thread. */
  heldByAgent: boolean
  windows: Windows
  typingUntil: number
  readonly thread: PhoneMessage[]
  /** Arrived and not read, with their receipts still to come. */
  unread: SentMessage[]
  /** Waiting for the phone to come back. */
  undelivered: SentMessage[]
}

export interface NewPerson {
  /** E.164 with or without plus. Without phone and with `userId`: known by user id only. */
  phone?: string
  userId?: string
  name: string
  username?: string
  /** Leaves the number out of webhooks although one is known; default: a username without a phone. */
  hidesPhone?: boolean
}

export interface People {
  add(person: NewPerson): Person
  /** By `to` (E.164; without plus the business's own calling code is put in front, unless it is there) or by user id. */
  find(to: string): Person | undefined
  /** Digits of `to` as the platform reads it. */
  read(to: string): string
  /** Gives a new user id, and a new number when there is one. */
  renumber(person: Person, phone: string | undefined): void
  /** Adds a line to somebody's thread. */
  write(person: Person, line: PhoneMessage): void
  /** Whose thread a message stands in. */
  holderOf(message: string): Person | undefined
  all(): Iterable<Person>
  reset(): void
}

export function makePeople(ids: Ids, displayNumber: string): People {
  const byPhone = new Map<string, Person>()
  const byUserId = new Map<string, Person>()
  const byMessage = new Map<string, Person>()
  const ownCode = parsePhoneNumberFromString(displayNumber)?.countryCallingCode ?? '33'
  const read = (to: string) => {
    const digits = to.replace(/\D/g, '')
    return to.trim().startsWith('+') || digits.startsWith(ownCode) ? digits : `${ownCode}${digits.replace(/^0/, '')}`
  }
  return {
    add(given) {
      const phone = given.phone === undefined ? null : given.phone.replace(/\D/g, '')
      const country = given.userId?.slice(0, 2) ?? countryOf(phone)
      const person: Person = {
        name: given.name,
        username: given.username,
        phone,
        hidesPhone: given.hidesPhone ?? phone === null,
        userId: given.userId ?? ids.person(country),
        country: phone === null ? country : countryOf(phone),
        online: true,
        readsAtOnce: false,
        stoppedMarketing: false,
        marketingAt: [],
        heldByAgent: false,
        windows: closedWindows(),
        typingUntil: 0,
        thread: [],
        unread: [],
        undelivered: [],
      }
      if (phone !== null) byPhone.set(phone, person)
      byUserId.set(person.userId, person)
      return person
    },
    find: (to) => byUserId.get(to) ?? byPhone.get(read(to)),
    read,
    renumber(person, phone) {
      byUserId.delete(person.userId)
      if (phone !== undefined) {
        if (person.phone !== null) byPhone.delete(person.phone)
        person.phone = phone.replace(/\D/g, '')
        person.country = countryOf(person.phone)
        byPhone.set(person.phone, person)
      }
      person.userId = ids.person(person.country)
      byUserId.set(person.userId, person)
    },
    write(person, line) {
      person.thread.push(line)
      byMessage.set(line.id, person)
    },
    holderOf: (message) => byMessage.get(message),
    all: () => byUserId.values(),
    reset() {
      byPhone.clear()
      byUserId.clear()
      byMessage.clear()
    },
  }
}

/** ISO country of a number; `+1` by area code. Unknown numbers count as French, like the demo's business. */
function countryOf(phone: string | null): CountryCode {
  return (phone === null ? undefined : parsePhoneNumberFromString(`+${phone}`)?.country) ?? 'FR'
}
