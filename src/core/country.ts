/**
 * The customer's country from an address. A calling code is not a country: +1 is shared by the United States, Canada and the Caribbean, +7 by
 * Russia and Kazakhstan, +44 by the United Kingdom and the Channel Islands, +39 by Italy and the Vatican, +47, +61, +212, +262, +358, +590 and
 * +599 likewise. The full metadata tells them apart by the number; where it cannot, the country is unknown and the strictest rule speaks.
 */
import { getCountries, isSupportedCountry, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Address } from './address.ts'
import { plain } from './spelling.ts'

/** A platform’s user id, its country in front: `FR.1A2B…`, `FR.ENT.1A2B…`. */
const USER_ID = /^([A-Z]{2})\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/

/** In ISO 3166-1, and no calling code of their own. */
const WITHOUT_PHONES = new Set(['AQ', 'BV', 'GS', 'HM', 'PN', 'TF', 'UM'])
/** Every country and territory: ISO 3166-1, and those with a calling code besides. */
export const COUNTRIES: readonly string[] = [...getCountries(), ...WITHOUT_PHONES].sort()
/** Whether two capital letters are a country's or a territory's: ISO 3166-1, and those with a calling code besides (Kosovo's XK). */
export const isCountry = (code: string): boolean => isSupportedCountry(code) || WITHOUT_PHONES.has(code)

/** ISO 3166-1 alpha-2, or "" where the address does not tell. Numbers may lack their `+`. */
export const countryOfAddress = (address: Address): string => {
  const userId = USER_ID.exec(address.value)
  if (userId) return userId[1] !== undefined && isCountry(userId[1]) ? userId[1] : ''
  if (address.kind === 'email' || address.kind === 'web') return ''
  return phoneOf(address.value)?.country ?? ''
}

/** What kind of address it is, as rules ask for it. */
export const sortOfAddress = ({ kind, value }: Address): 'phone' | 'user' | 'email' | 'web' | 'other' => {
  if (kind === 'email') return 'email'
  if (kind === 'web') return 'web'
  if (USER_ID.test(value)) return 'user'
  return phoneOf(value) ? 'phone' : 'other'
}

/** The address a person would type: a phone number with its country code, an e-mail address or a user id. Null where it is none of them. */
export const readAddress = (text: string): Address | null => {
  const value = text.trim()
  if (USER_ID.test(value)) return { kind: 'user', value }
  if (/^[^\s@]+@[^\s@]+$/.test(value)) return { kind: 'email', value }
  const phone = /^\+?[\d\s().-]+$/.test(value) ? phoneOf(value) : undefined
  return phone?.isPossible() ? { kind: 'phone', value: phone.number } : null
}

const named = new Map<string, string>()
/** Names of countries in French and English, as people write them. */
const countriesByName = (): ReadonlyMap<string, string> => {
  if (named.size > 0) return named
  for (const language of ['fr', 'en']) {
    const names = new Intl.DisplayNames(language, { type: 'region' })
    for (const code of [...getCountries(), ...WITHOUT_PHONES]) named.set(plain(names.of(code) ?? code), code)
  }
  return named
}

/** The country a person says they are in: its name in French or English, or its two capital letters. "" where the text is neither. */
export const readCountry = (text: string): string => {
  const said = text.trim()
  if (/^[A-Z]{2}$/.test(said)) return isCountry(said) ? said : ''
  return countriesByName().get(plain(said)) ?? ''
}

const MOST_PHONES = 5_000
/** One message asks several times after the same number, and a number is dear to read. */
const phones = new Map<string, PhoneNumber | undefined>()
const phoneOf = (value: string): PhoneNumber | undefined => {
  if (phones.has(value)) return phones.get(value)
  const digits = value.replace(/[^\d]/g, '')
  const phone = digits === '' ? undefined : parsePhoneNumberFromString(`+${digits}`)
  if (phones.size >= MOST_PHONES) phones.clear()
  phones.set(value, phone)
  return phone
}

/** Where most people of a country of several zones live. */
const MAIN_ZONES: Readonly<Record<string, string>> = {
  AR: 'America/Argentina/Buenos_Aires',
  AU: 'Australia/Sydney',
  BR: 'America/Sao_Paulo',
  CA: 'America/Toronto',
  CD: 'Africa/Kinshasa',
  CL: 'America/Santiago',
  CN: 'Asia/Shanghai',
  DE: 'Europe/Berlin',
  EC: 'America/Guayaquil',
  ES: 'Europe/Madrid',
  ID: 'Asia/Jakarta',
  IN: 'Asia/Kolkata',
  KZ: 'Asia/Almaty',
  MX: 'America/Mexico_City',
  NZ: 'Pacific/Auckland',
  PT: 'Europe/Lisbon',
  RU: 'Europe/Moscow',
  US: 'America/New_York',
}

const zones = new Map<string, string>()
const findZone = (country: string): string =>
  /^[A-Z]{2}$/.test(country) ? (MAIN_ZONES[country] ?? new Intl.Locale(`und-${country}`).getTimeZones?.()?.[0] ?? '') : ''

/** The IANA zone most of a country lives in; "" where the country is unknown. */
export const zoneOfCountry = (country: string): string => {
  const known = zones.get(country)
  if (known !== undefined) return known
  const zone = findZone(country)
  zones.set(country, zone)
  return zone
}
