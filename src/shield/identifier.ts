/**
 * Identifiers that prove themselves, in the groups in which people write them. What only looks like one stays: an order number is of use to a
 * model. IBAN: ISO 13616; lengths by the registry of SWIFT (https://www.swift.com/standards/data-standards/iban-international-bank-account-number).
 * The checks themselves are the masking room's.
 */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js'
import type { PersonalKind } from '../core/guard.ts'
import { EMAIL, isLuhn, isNir, isSiret, mod97 } from '../masking/index.ts'

export type Found = { readonly start: number; readonly end: number; readonly kind: PersonalKind }

/** In a folded text (`plainOf`). `countries`: whose national phone numbers are looked for. */
export const identifiersIn = (plain: string, countries: readonly string[]): Found[] => {
  const found: Found[] = []
  if (/@|arobase|[([] ?(?:at|chez) ?[)\]]/iu.test(plain)) found.push(...emailsIn(plain))
  if (/\d\D{0,4}\d\D{0,4}\d\D{0,4}\d\D{0,4}\d\D{0,4}\d/u.test(plain))
    found.push(...ibansIn(plain), ...nirsIn(plain), ...numbersIn(plain), ...phonesIn(plain, countries))
  return found
}

const emailsIn = (plain: string): Found[] =>
  [...plain.matchAll(EMAIL)].map((match) => ({ start: match.index, end: match.index + match[0].length, kind: 'email' as const }))

// --- IBAN, NIR -------------------------------------------------------------------------------------------------------------------------------

const LENGTHS: ReadonlyMap<string, number> = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27
  GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19
  MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24
  TR26 UA29 VA22 VG24 XK20 YE30`
    .split(/\s+/u)
    .map((entry) => [entry.slice(0, 2).toLowerCase(), Number(entry.slice(2))]),
)
const BETWEEN = /[ .\-/_]/u

/** Of a run of letters and digits from `at` on, parted by three signs at most: the first `length` of them, and where they end. */
const take = (plain: string, at: number, length: number): { readonly text: string; readonly end: number } | null => {
  let text = ''
  let gap = 0
  for (let n = at; n < plain.length; n++) {
    const sign = plain[n] ?? ''
    if (/[a-z\d]/iu.test(sign)) {
      text += sign.toLowerCase()
      gap = 0
      if (text.length === length) return { text, end: n + 1 }
    } else if (!BETWEEN.test(sign) || ++gap > 3) return null
  }
  return null
}

const ibansIn = (plain: string): Found[] => {
  const found: Found[] = []
  for (const { index } of plain.matchAll(/(?=[a-z][ .-]?[a-z][ .-]{0,2}\d[ .-]?\d)/giu)) {
    const country = take(plain, index, 2)?.text ?? ''
    const whole = take(plain, index, LENGTHS.get(country) ?? 0)
    if (!whole || index < (found.at(-1)?.end ?? 0)) continue
    const turned = whole.text.slice(4) + whole.text.slice(0, 4)
    if (mod97(turned.replace(/[a-z]/gu, (letter) => String(letter.charCodeAt(0) - 87))) === 1)
      found.push({ start: index, end: whole.end, kind: 'iban' })
  }
  return found
}

/** Sex, year, month, department (2A and 2B in Corsica), town, order, key; some name the key. */
const NIR =
  /(?=(?<!\d)([1-478](?:[ .\-/]{0,3}\d){4}[ .\-/]{0,3}(?:\d[ .\-/]{0,3}\d|2[ .\-/]{0,3}[ab])(?:[ .\-/]{0,3}\d){6})[ .\-/,(:]{0,3}(?:cl[ée]f?[ :]*|key[ :]*)?(\d[ .\-/]?\d)(?!\d))/giu

const nirsIn = (plain: string): Found[] =>
  [...plain.matchAll(NIR)].flatMap((match) => {
    const [number = '', key = ''] = match.slice(1)
    const end = plain.indexOf(key, match.index + number.length) + key.length
    return isNir(`${number}${key}`.replace(/[^a-z\d]/giu, '').toLowerCase()) ? [{ start: match.index, end, kind: 'nir' as const }] : []
  })

// --- cards, SIREN, SIRET ---------------------------------------------------------------------------------------------------------------------

type Group = { readonly start: number; readonly end: number; readonly digits: string }

/** Digits in a row, parted by three signs at most, and the groups in them. */
const runsIn = (plain: string): Group[][] => {
  const runs: Group[][] = []
  let last = -10
  for (const match of plain.matchAll(/\d+/gu)) {
    const group = { start: match.index, end: match.index + match[0].length, digits: match[0] }
    if (last < 0 || !/^[ .\-/_]{0,3}$/u.test(plain.slice(last, group.start))) runs.push([])
    runs.at(-1)?.push(group)
    last = group.end
  }
  return runs
}

/** By length: how the numbers that issuers give begin (ISO/IEC 7812; https://en.wikipedia.org/wiki/Payment_card_number, read 2026-11-22). */
const ISSUED: Readonly<Record<number, RegExp>> = {
  13: /^4/u,
  14: /^3[0689]/u,
  15: /^(?:3[47]|1800|2131)/u,
  16: /^(?:2[2-7]|35|36|38|39|4|5|6|81|9792)/u,
  17: /^(?:5[06-9]|6)/u,
  18: /^(?:5[06-9]|6)/u,
  19: /^(?:4|5[06-9]|6|9792)/u,
}
const SAID_SIREN =
  /(?:sire[nt]|tva|r\.?c\.?s|vat)[^\p{L}\p{N}]{0,6}(?:n[°o.]{0,2}|num[ée]ro|number|est|is|:|fr ?\d\d)?[^\p{L}\p{N}]{0,4}$/iu

/** Any groups make a number that is named; else those in which it is written. */
const kindOf = (digits: string, shape: string, named: boolean): PersonalKind | null => {
  const { length } = digits
  if (length === 9) return (named || /^(?:9|3-3-3)$/u.test(shape)) && isLuhn(digits) ? 'siren' : null
  if (length === 14 && (named || /^(?:14|9-5|3-3-3-5|3-3-3-3-2|3-3-3-2-3|4-4-4-2|2-3-3-3-3)$/u.test(shape)) && isSiret(digits))
    return 'siren'
  return /^(?:\d+|[3-9](?:-[3-9])*(?:-[1-9])?|2(?:-2){6,8})$/u.test(shape) && ISSUED[length]?.test(digits) && isLuhn(digits) ? 'card' : null
}

/** The longest from each group on: a SIRET begins with a SIREN. */
const numbersIn = (plain: string): Found[] =>
  runsIn(plain).flatMap((run) => {
    const found: Found[] = []
    for (let from = 0; from < run.length; ) {
      const start = run[from]?.start ?? 0
      const named = SAID_SIREN.test(plain.slice(Math.max(0, start - 30), start))
      let [digits, shape] = ['', '']
      let hit: { readonly to: number; readonly kind: PersonalKind } | null = null
      for (let to = from; to < run.length && digits.length <= 19; to++) {
        const group = run[to]?.digits ?? ''
        digits += group
        shape += `${shape && '-'}${group.length}`
        const kind = kindOf(digits, shape, named)
        if (kind) hit = { to, kind }
      }
      if (hit) found.push({ start, end: run[hit.to]?.end ?? 0, kind: hit.kind })
      from = hit ? hit.to + 1 : from + 1
    }
    return found
  })

// --- phones ----------------------------------------------------------------------------------------------------------------------------------

/** Behind + or 00. */
const ABROAD = /(?:\+|(?<![\p{L}\d])00) {0,2}\(?[1-9](?:[ .()/_-]{0,3}\d){6,14}(?!\d)/gu
/** Behind the 0 of a country that dials one; a day of this century is none. */
const AT_HOME = /(?<!\d)(?<!\d[.,]\d{0,3})\(?0(?!\d?[/.-]\d\d?[/.-](?:19|20)\d\d)[1-9](?:[ .()/_-]{0,3}\d){7,9}(?!\d)/gu
/** Where no 0 is dialled a number is told by its groups, or by what is said before it. */
const WITHOUT_ZERO = /(?<![\d+])(?<!\d[.,]\d{0,3})\(?[1-9]\d{0,3}\)?(?:[ .-]{0,2}\d){5,10}(?!\d)(?![.,]\d)/gu
/** Capitals right before it make it a code, unless they say that it is none. */
const isCoded = (plain: string, at: number): boolean => {
  const before = plain.slice(Math.max(0, at - 12), at)
  return /\p{Lu}[-_]?$/u.test(before) && !/(?:t[ée]l|mob|port(?:able)?|gsm|phone|call|num[ée]ro|au|le|est|is|at|on|n)[-_]?$/iu.test(before)
}
const CALLED = /(?:t[ée]l|phone|call|mobile|portable|gsm|cell|text|appel|joindre|joignable|num[ée]ro|number|ring|sms)[^\d]{0,25}$/iu
const COUNTED =
  /(?:order|commande|ref|réf|r[ée]f[ée]rence|n°|#|tracking|suivi|booking|r[ée]servation|invoice|facture|account|compte|file|dossier|ticket|case|article|item|sku|colis|parcel|contrat|contract|customer|client|serial|policy|vol|flight)[^\d]{0,12}$/iu
/** Countries whose numbers are written behind a 0, asked of any such number, whoever writes: it is a number of somewhere. */
const NEAR = ['FR', 'BE', 'CH', 'GB', 'IE', 'RE', 'GP', 'MQ', 'GF', 'YT', 'NL', 'MA', 'DZ', 'DE']

const isPhone = (text: string, country?: string): boolean =>
  (country === undefined ? parsePhoneNumberFromString(text) : parsePhoneNumberFromString(text, country as CountryCode))?.isValid() ?? false

/** Digits alone, as they are dialled at home or behind 00. */
export const isNationalPhone = (digits: string, countries: readonly string[]): boolean =>
  /^0[1-9]\d{7,9}$/u.test(digits)
    ? [...countries, ...NEAR].some((country) => isPhone(digits, country))
    : /^00[1-9]\d{8,12}$/u.test(digits) && isPhone(digits.replace(/^00/u, '+'))

/** Whole, or without the last groups: what follows a number may be another. */
const phoneAt = (text: string, isOne: (part: string) => boolean): number => {
  for (let end = text.length; end > 7; ) {
    const part = text.slice(0, end)
    if (isOne(part)) return end
    const cut = /[ .()/_-]+\d+$/u.exec(part)
    if (!cut) return 0
    end = cut.index
  }
  return 0
}

const phonesIn = (plain: string, countries: readonly string[]): Found[] => {
  const found: Found[] = []
  /** By the first country whose plan knows it: some know nearly anything. */
  const look = (pattern: RegExp, by: readonly (string | undefined)[], isLikely: (part: string, at: number) => boolean) => {
    for (const { 0: text, index } of plain.matchAll(pattern)) {
      const known = (part: string, country: string | undefined) => isLikely(part, index) && isPhone(part.replace(/^00/u, '+'), country)
      const length = by.reduce((before, country) => before || phoneAt(text, (part) => known(part, country)), 0)
      if (length) found.push({ start: index, end: index + length, kind: 'phone' })
    }
  }
  look(ABROAD, [undefined], () => true)
  look(AT_HOME, [...new Set([...countries, ...NEAR])], (_, at) => !isCoded(plain, at))
  const without = countries.filter((country) => DIALS_NO_ZERO.has(country))
  if (without.length)
    look(WITHOUT_ZERO, without, (part, at) => {
      const before = plain.slice(Math.max(0, at - 40), at)
      const grouped = /\D/u.test(part) ? /^(?:1[ .-])?\(?\d{2,4}\)?(?:[ .-]{1,2}\d{2,4})+$/u.test(part) : part.length === 10
      return (grouped || CALLED.test(before)) && !isCoded(plain, at) && !COUNTED.test(before)
    })
  return found
}

/** https://en.wikipedia.org/wiki/National_conventions_for_writing_telephone_numbers, read 2026-11-22. */
const DIALS_NO_ZERO: ReadonlySet<string> = new Set(
  'US CA PR DO JM BS BB TT LU ES IT PT DK NO PL CZ GR MT MC AD SM CY EE LV NC PF PM SG HK MX BR'.split(' '),
)
