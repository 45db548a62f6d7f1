/** Where a text says what the contact is known by, in whatever spelling, and where an identifier proves itself. */
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { bareOf, type Folded, type Known, knownIn, placed, plainOf, type Term, termsOf } from '../masking/index.ts'
import { createAddressFinder } from './address.ts'
import { type Found, identifiersIn, isNationalPhone } from './identifier.ts'
import { isOrdinary } from './ordinary.ts'
import { spokenMailsIn, spokenPhonesIn, spokenRunsIn } from './spoken.ts'

export type Finder = {
  /** Apart from each other, in order; `bare`: the text's letters and digits. */
  find(text: string): { readonly found: readonly Found[]; readonly bare: string }
  /** The whole number behind what somebody wrote of one: its digits without the country's, and those; null where no plan knows it. */
  numberIn(text: string): { readonly country: string; readonly national: string } | null
}

/** `countries`: whose national phone numbers are looked for beside the contact's own. */
export const createFinder = (given: Known, countries: readonly string[]): Finder => {
  const places = [...new Set([given.country, ...countries].filter(Boolean))]
  const known = {
    ...given,
    addresses: given.addresses.filter(isAddress).flatMap(writtenShort),
    references: given.references.filter(isReference),
  }
  const terms = [...termsOf(known), ...firstNamesIn(known.names), ...familyNamesIn(known.names), ...streetsIn(known.addresses)].filter(
    ({ bare }) => bare.length > 2,
  )
  const short = shortNamesIn(known.names)
  const numberOf = (text: string) => {
    const whole = text.replace(/^00/u, '+')
    for (const country of whole.startsWith('+') ? [undefined] : places) {
      const parsed = parsePhoneNumberFromString(whole, country as 'FR')
      if (parsed) return { country: parsed.countryCallingCode as string, national: parsed.nationalNumber as string }
    }
    return null
  }
  const numbers = given.numbers.flatMap((number) => numberOf(number) ?? [])
  const addressesIn = createAddressFinder(given.addresses.filter((address) => isAddress(address) || isPlace(address)))
  const [named, few] = [given.references.filter((one) => /^\d{3}$/u.test(one)), new Set(numbers.map(({ national }) => national))]
  const isOwn = (digits: string): boolean => [...few].some((national) => digits.endsWith(national) && digits.length - national.length <= 5)
  const isPhone = (digits: string): boolean => isOwn(digits) || isNationalPhone(digits, places)
  const look: Finder['find'] = (text) => {
    const { plain, bare, spoken } = foldedOf(text)
    const found = [
      ...(placed(plain, [
        ...identifiersIn(plain.text, places),
        ...spokenMailsIn(plain.text),
        ...spokenPhonesIn(spoken, isPhone),
      ]) as Found[]),
      ...addressesIn(text, bare.text),
      ...named.flatMap((number) => namedIn(text, number)),
      ...(knownIn(text, bare, terms) as Found[]).filter(({ start, end, kind }) => kind !== 'name' || !isOrdinary(text, start, end)),
      ...shortIn(text, short),
      ...numbers.flatMap((number) => ownNumberIn(text, bare, number)),
    ]
    const sorted = found.sort((a, b) => a.start - b.start || b.end - a.end)
    return { found: joined(text, sorted), bare: bare.text }
  }
  // Whoever is asked next is asked the same.
  const seen = new Map<string, ReturnType<Finder['find']>>()
  return {
    find(text) {
      const found = seen.get(text) ?? look(text)
      seen.set(text, found)
      return found
    },
    numberIn: (text) => numberOf(plainOf(text).text),
  }
}

/** Passages come again and again, for whomever: the last of them are kept as they are compared. */
type Read = { readonly plain: Folded; readonly bare: Folded; readonly spoken: ReturnType<typeof spokenRunsIn> }
const folds = new Map<string, Read>()
const [KEPT, LEAST_KEPT] = [200, 100]
const foldedOf = (text: string): Read => {
  const folded = folds.get(text) ?? readOf(text)
  if (text.length < LEAST_KEPT) return folded
  folds.delete(text)
  folds.set(text, folded)
  const [oldest = ''] = folds.keys()
  if (folds.size > KEPT) folds.delete(oldest)
  return folded
}

const readOf = (text: string): Read => {
  const plain = plainOf(text)
  return { plain, bare: bareOf(text), spoken: spokenRunsIn(plain.text) }
}

const AROUND = /^([^\p{L}\p{N}]*)(.*[\p{L}\p{N}])/su
const AROUND_PHONE = /^([^\p{L}\p{N}+(]*)(.*[\p{L}\p{N}])/su
/** Of two that overlap the first is whole, and what is left of the second is for itself: nothing of either stays. */
const joined = (text: string, found: readonly Found[]): Found[] => {
  const apart: Found[] = []
  let at = 0
  for (const { start, end, kind } of found) {
    // It begins and ends with a letter or a digit, but for what is dialled.
    const [lead = '', whole = ''] = (kind === 'phone' ? AROUND_PHONE : AROUND).exec(text.slice(Math.max(start, at), end))?.slice(1) ?? []
    const from = Math.max(start, at) + lead.length
    // Of a number what is left is another's: the next line's, a page's.
    const tail = start < at && whole.length < 4 && kind !== 'name'
    if (whole && !tail) apart.push({ start: from, end: from + whole.length, kind })
    at = Math.max(at, end)
  }
  return apart
}

// --- what is worth looking for ---------------------------------------------------------------------------------------------------------------

/** What people answer in forms is mostly a word of any sentence: what has digits is somebody's, but a day, an hour, a number of things is not. */
const isReference = (text: string): boolean =>
  text.length <= 60 &&
  ((/^[\p{Lu}]{3,12}$/u.test(text) && !SAID_LOUD.has(text)) ||
    isCode(text) ||
    /^(?=.*\d)(?=.*\p{L})[\p{L}\d-]{5,}$/u.test(text) ||
    (bareOf(text).text.replace(/\D/gu, '').length >= 3 && bareOf(text).text.length >= 4)) &&
  !/^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:\D|$)/u.test(text) &&
  !/^[\d\s.,]+(?:€|\$|£|eur|kg|g|km|m|%)$/iu.test(text)

/** Capitals and digits however they are parted: `R/K-07`, `VS 19 C`. */
const isCode = (text: string): boolean =>
  /^(?=.*\p{Lu})(?=.*\d)[\p{L}\d](?:[\p{L}\d]|[ ./_-](?=[\p{L}\d])){1,24}$/u.test(text) && !/\p{Ll}{2}/u.test(text)
const SAID_LOUD = new Set('OUI NON YES NO SMS TVA MME ETC'.split(' '))

/** Of so few digits as much else is made: one that is named. */
const namedIn = (text: string, number: string): Found[] =>
  [
    ...text.matchAll(
      new RegExp(
        `(?<=(?:case|ref\\.?|réf\\.?|order|booking|ticket|file|claim|dossier|commande|résa|réservation|n°|no\\.?)[ :#]{1,3})${number}(?![\\d.,]\\d|\\d)`,
        'giu',
      ),
    ),
  ].map(({ index }) => ({ start: index, end: index + number.length, kind: 'reference' as const }))

const isAddress = (text: string): boolean => /\d/u.test(text) && /\p{L}{3}/u.test(text)

/** Without a number: names alone, each with its capital. */
const isPlace = (text: string): boolean => /^\p{Lu}[\p{L}'’. -]{2,}(?:, \p{Lu}[\p{L}'’. -]+){1,3}$/u.test(text)

const SHORT: readonly (readonly [RegExp, string])[] = [
  [/\bavenue\b/giu, 'av'],
  [/\bavenue\b/giu, 'ave'],
  [/\bboulevard\b/giu, 'bd'],
  [/\bboulevard\b/giu, 'bld'],
  [/\bboulevard\b/giu, 'blvd'],
  [/\brue\b/giu, 'r'],
  [/\bplace\b/giu, 'pl'],
  [/\bchemin\b/giu, 'ch'],
  [/\bimpasse\b/giu, 'imp'],
  [/\broute\b/giu, 'rte'],
  [/\ballée\b/giu, 'all'],
  [/\bsaint/giu, 'st'],
  [/\bsainte/giu, 'ste'],
  [/\bstreet\b/giu, 'st'],
  [/\broad\b/giu, 'rd'],
  [/\blane\b/giu, 'ln'],
  [/\bdrive\b/giu, 'dr'],
  [/\bsquare\b/giu, 'sq'],
  [/\bcourt\b/giu, 'ct'],
  [/\bapartment\b/giu, 'apt'],
  [/\bappartement\b/giu, 'appt'],
]
/** The address, and as it is written by who is in a hurry. */
const writtenShort = (address: string): string[] => [
  address,
  ...SHORT.flatMap(([long, short]) => (address.search(long) >= 0 ? [address.replace(long, short)] : [])),
]

/** The street alone, without its number. */
const streetsIn = (addresses: readonly string[]): Term[] =>
  addresses
    .flatMap((address) => address.split(/[,;\n]+/u))
    .flatMap((line) => {
      const bare = bareOf(/^\s*\d+[\s-]*(?:bis|ter|quater|[a-d](?=\s))?\s+(.+)$/iu.exec(line)?.[1] ?? '').text
      return bare.length >= 8 ? [{ bare, kind: 'address' as const }] : []
    })

/** Some words stand between names in one language and are names in another. */
const firstNamesIn = (names: readonly string[]): Term[] =>
  names
    .filter((name) => /^(?:ben|van|den)\s+\S/iu.test(name))
    .map((name) => ({ bare: bareOf(name.split(/\s+/u)[0] ?? '').text, kind: 'name' }))

/** With the small words that belong to it. */
const familyNamesIn = (names: readonly string[]): Term[] =>
  names.flatMap((name) => {
    const family = /\s((?:de|du|des|la|le|van|von|der|den|da|di|dos?|el|al|ben|ibn|bin|mac|mc|st|saint)\s.+)$/iu.exec(name)?.[1]
    return family ? [{ bare: bareOf(family).text, kind: 'name' as const }] : []
  })

const COMMON = new Set(
  'an le la du de my he it is on en un au ou si tu il je ce ne se te me no so to do go in of or as at be by if us up we am ok oh et des da di'.split(
    ' ',
  ),
)
/** Names of two letters are looked for as they are written, with their capital. */
const shortNamesIn = (names: readonly string[]): RegExp | null => {
  const parts = names
    .flatMap((name) => name.split(/[\s\-'’.,]+/u))
    .filter((part) => /^\p{Lu}\p{L}$/u.test(part) && !COMMON.has(part.toLowerCase()))
  const either = [...new Set(parts.flatMap((part) => [part, part.toUpperCase()]))].join('|')
  return either ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${either})(?![\\p{L}\\p{N}])`, 'gu') : null
}
const shortIn = (text: string, short: RegExp | null): Found[] =>
  short ? [...text.matchAll(short)].map(({ index, 0: name }) => ({ start: index, end: index + name.length, kind: 'name' as const })) : []

/** A number of the contact's, however it is grouped, with or without what is dialled before it. */
const ownNumberIn = (
  text: string,
  bare: Folded,
  { country, national }: { readonly country: string; readonly national: string },
): Found[] => {
  const found: Found[] = []
  for (let at = bare.text.indexOf(national); at >= 0; at = bare.text.indexOf(national, at + 1)) {
    const before = [`00${country}0`, `00${country}`, `${country}0`, country, '0', ''].find((prefix) => bare.text.endsWith(prefix, at)) ?? ''
    let start = bare.starts[at - before.length] ?? 0
    while (start > 0 && /[+(]/u.test(text[start - 1] ?? '')) start -= 1
    found.push({ start, end: bare.ends[at + national.length - 1] ?? 0, kind: 'phone' })
  }
  return found
}
