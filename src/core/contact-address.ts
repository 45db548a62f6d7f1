/** Addresses as people write them, brought to the one form in which they are kept: an e-mail address in small letters, a mobile number in E.164. */
import { findPhoneNumbersInText, isSupportedCountry, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Address } from './address.ts'

/** What a person may be asked for beside the address they write from. */
export const COLLECTED = ['email', 'sms'] as const
export type Collected = (typeof COLLECTED)[number]

/** RFC 5321 §4.5.3.1: octets of the part before the @, and of a whole path without its brackets. */
const [LONGEST_LOCAL, LONGEST] = [64, 254]
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$/

/** As the name system writes it; '' where it is no domain. */
const asciiOf = (domain: string): string => (/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) ? (URL.parse(`http://${domain}`)?.hostname ?? '') : '')

/** The whole text as an e-mail address that a mail server would take, in small letters; null where it is none. Quoted and non-ASCII local parts are not taken. */
export const readEmail = (text: string): string | null => {
  const address = text
    .trim()
    .replace(/^mailto:/iu, '')
    .replace(/^<(.*)>$/u, '$1')
    .toLowerCase()
  const at = address.lastIndexOf('@')
  if (at < 1 || address.length > LONGEST) return null
  const [local, domain] = [address.slice(0, at), asciiOf(address.slice(at + 1))]
  return local.length <= LONGEST_LOCAL && LOCAL.test(local) && DOMAIN.test(domain) ? `${local}@${domain}` : null
}

const MOBILE = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE'])
/** French mobile numbers kept for works of fiction (Arcep, decision 2018-0881), which the numbering plan's own lists leave out: demos have them. */
const FICTION = /^\+3363998\d{4}$/
const isMobile = (number: PhoneNumber | undefined): number is PhoneNumber =>
  number !== undefined && !number.ext && (FICTION.test(number.number) || (number.isValid() && MOBILE.has(number.getType() ?? '')))

/** The whole text as a number that takes SMS, in E.164; null where it is none. `country`: where a number without `+` is read. */
export const readMobile = (text: string, country: string): string | null => {
  const given = text.trim()
  if (!/^[+(]?[\d\s().\-‐‑/]+$/u.test(given)) return null
  const number = isSupportedCountry(country) ? parsePhoneNumberFromString(given, country) : parsePhoneNumberFromString(given)
  return isMobile(number) ? number.number : null
}

/** The whole text as a number that can be dialled, mobile or not, in E.164; null where it is none. */
export const readNumber = (text: string, country: string): string | null => {
  const given = text.trim()
  if (!/^[+(]?[\d\s().\-‐‑/]+$/u.test(given)) return null
  const number = isSupportedCountry(country) ? parsePhoneNumberFromString(given, country) : parsePhoneNumberFromString(given)
  return number !== undefined && !number.ext && (FICTION.test(number.number) || number.isValid()) ? number.number : null
}

const only = <T>(found: ReadonlySet<T>): T | null => (found.size === 1 ? ([...found][0] ?? null) : null)

const LONGEST_TEXT = 1_000

/** The only address of this kind in what somebody wrote; null where there is none, or more than one. */
export const addressIn = (text: string, kind: Collected, country: string): Address | null => {
  const said = text.slice(0, LONGEST_TEXT)
  if (kind === 'email') {
    const words = said.split(/[\s,;()«»"“”]+/u).map((word) => word.replace(/[.!?:]+$/u, ''))
    const value = only(new Set(words.flatMap((word) => readEmail(word) ?? [])))
    return value === null ? null : { kind, value }
  }
  const whole = readMobile(said, country)
  if (whole !== null) return { kind, value: whole }
  const found = findPhoneNumbersInText(said, isSupportedCountry(country) ? { defaultCountry: country } : {})
  const value = only(new Set(found.flatMap(({ number }) => (isMobile(number) ? [number.number as string] : []))))
  return value === null ? null : { kind, value }
}
