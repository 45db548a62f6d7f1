/**
 * Identifiers that can be told from other numbers by a check of their own. Each gives the stretches of a folded text that are one.
 * IBAN: ISO 13616, mod 97. Cards: ISO/IEC 7812, Luhn. NIR: key = 97 − (number mod 97), Corsica 2A = 19, 2B = 18
 * (https://fr.wikipedia.org/wiki/Num%C3%A9ro_de_s%C3%A9curit%C3%A9_sociale_en_France, read 2026-11-22).
 * SIREN, SIRET: Luhn, but for those of La Poste (https://fr.wikipedia.org/wiki/Syst%C3%A8me_d%27identification_du_r%C3%A9pertoire_des_%C3%A9tablissements,
 * read 2026-11-22).
 */
import { findPhoneNumbersInText } from 'libphonenumber-js'

export type MaskKind = 'name' | 'phone' | 'email' | 'address' | 'reference' | 'iban' | 'card' | 'nir' | 'siren' | 'link'
export type Stretch = { readonly start: number; readonly end: number; readonly kind: MaskKind }

export const isLuhn = (digits: string): boolean => {
  let sum = 0
  for (let n = 0; n < digits.length; n++) {
    const digit = Number(digits[digits.length - 1 - n])
    sum += n % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2
  }
  return sum % 10 === 0
}

export const mod97 = (digits: string): number => [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0)

const isIban = (text: string): boolean => {
  if (!/^[a-z]{2}\d{2}[a-z0-9]{11,30}$/u.test(text)) return false
  const turned = text.slice(4) + text.slice(0, 4)
  return mod97(turned.replace(/[a-z]/gu, (letter) => String(letter.charCodeAt(0) - 87))) === 1
}

export const isNir = (text: string): boolean => {
  const found = /^([1-478]\d{4}(?:\d{2}|2[ab])\d{6})(\d{2})$/u.exec(text)
  if (!found) return false
  const number = (found[1] ?? '').replace('2a', '19').replace('2b', '18')
  return 97 - mod97(number) === Number(found[2])
}

const LA_POSTE = '356000000'
export const isSiret = (digits: string): boolean =>
  isLuhn(digits) || (digits.startsWith(LA_POSTE) && [...digits].reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0)

/** What a run of signs without its spaces may be. The longer first: a SIRET begins with a SIREN. */
const CHECKS: readonly { readonly kind: MaskKind; readonly lengths: readonly number[]; fits(text: string): boolean }[] = [
  { kind: 'nir', lengths: [15], fits: isNir },
  { kind: 'siren', lengths: [14], fits: (text) => /^\d+$/u.test(text) && isSiret(text) },
  { kind: 'card', lengths: [19, 18, 17, 16, 15, 14, 13], fits: (text) => /^\d+$/u.test(text) && isLuhn(text) },
  { kind: 'siren', lengths: [9], fits: (text) => /^\d+$/u.test(text) && isLuhn(text) },
]

type Token = { readonly start: number; readonly end: number; readonly text: string }

/** Letters and digits in groups, as long as they are parted by no more than a space, a point, a dash or a slash. The word IBAN is no part of one. */
const runsIn = (plain: string): Token[][] => {
  const runs: Token[][] = []
  let last = -10
  for (const match of plain.matchAll(/iban(?=[a-z]{2}\d)|[\p{L}\p{N}]+/giu)) {
    const token = { start: match.index, end: match.index + match[0].length, text: match[0].toLowerCase() }
    const parted = plain.slice(last, token.start)
    if (last < 0 || !/^[ .\-/]{0,3}$/u.test(parted)) runs.push([])
    runs.at(-1)?.push(token)
    last = token.end
  }
  return runs
}

/** Groups in a row that together are an identifier; what was taken is not looked at again. */
const checkedIn = (plain: string): Stretch[] =>
  runsIn(plain).flatMap((run) => {
    const found: Stretch[] = []
    let from = 0
    while (from < run.length) {
      const hit = longestFrom(run, from)
      if (hit) found.push({ start: run[from]?.start ?? 0, end: run[hit.to]?.end ?? 0, kind: hit.kind })
      from = hit ? hit.to + 1 : from + 1
    }
    return found
  })

const LONGEST = 34
const longestFrom = (run: readonly Token[], from: number): { readonly to: number; readonly kind: MaskKind } | null => {
  let text = ''
  let best: { to: number; kind: MaskKind } | null = null
  for (let to = from; to < run.length; to++) {
    text += run[to]?.text ?? ''
    if (text.length > LONGEST) break
    const kind = isIban(text) ? 'iban' : CHECKS.find(({ lengths, fits }) => lengths.includes(text.length) && fits(text))?.kind
    if (kind !== undefined) best = { to, kind }
  }
  return best
}

/** A link may be one person's own: what it opens, its words may tell. */
const LINK = /(?<![\p{L}\d.-])(?:https?:\/\/|www\.|(?:[\p{L}\d-]{1,63}\.){1,6}\p{L}{2,24}\/)[^\s<>"«»]*[^\s<>()[\]"«».,;:!?]/giu
export const EMAIL =
  /[^\s@<>()[\]",;:]{1,64}(?: ?@ ?| ?[([] ?(?:at|arobase|chez) ?[)\]] ?| arobase )[\p{L}\d-]+(?:(?:\.| ?[([] ?(?:dot|point) ?[)\]] ?| point )[\p{L}\d-]+)*(?:\.| ?[([] ?(?:dot|point) ?[)\]] ?| point )\p{L}[\p{L}\d-]+/giu
/**
 * Numbers that are written as phone numbers are, whatever a country's plan says of them: behind + or 00, behind one 0 in groups of any length, in
 * three, three and four. The library knows plans, and so what else one country's may be.
 */
const PHONE =
  /(?:\+|(?<![\p{L}\d])00)\d(?:[ .()/-]{0,3}\d){7,14}(?!\d)|(?<![\p{L}\d])\(?0(?!\d?[/.-]\d\d?[/.-]20\d\d)[1-9](?:[ .()/-]{0,2}\d){7,9}(?!\d)|(?<!\d)\(?[2-9]\d{2}(?:\) ?|[ .-])[2-9]\d{2}[ .-]\d{4}(?!\d)/gu
/** A number in a street, with what names the street; the town by its postal code. Written addresses carry no check: this is their shape. */
const STREET_FR =
  /(?<!\d)\d{1,4}(?: ?[-/] ?\d{1,4})?(?: ?(?:bis|ter|quater|[a-d](?=[ ,])))?,? (?:rue|r\.?|avenue|ave?\.?|boulevard|bd\.?|bld\.?|chemin|ch\.|impasse|imp\.|all[ée]es?|place|pl\.|quai|cours|route|rte|square|passage|faubourg|fbg|lotissement|r[ée]sidence|voie|sentier|villa|esplanade|mont[ée]e)(?: [^\s,.;:!?()]+){1,6}/giu
const STREET_EN =
  /(?<!\d)\d{1,5}[a-d]? (?:[\p{L}'’.-]+ ){1,4}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|square|sq|court|ct|close|way|terrace|crescent|gardens|place|boulevard|blvd)(?![\p{L}])\.?/giu
/** A town that is written small cannot be told from another word. */
const POSTCODE =
  /(?<![\p{L}\d])(?:\d{5} \p{Lu}[\p{L}'’-]*(?:[ -]\p{Lu}[\p{L}'’-]*){0,3}|[A-Za-z]{1,2}\d[A-Za-z\d]? \d[A-Za-z]{2})(?![\p{L}\d])/gu

/** What an order or a booking is called: capitals and digits in one word, three digits at least. */
const CODE = /(?<![\p{L}\d])(?=[A-Z\d-]*[A-Z])(?=(?:[A-Z-]*\d){3})[A-Z\d][A-Z\d-]{4,22}[A-Z\d](?![\p{L}\d])/gu

const matchesOf = (plain: string, pattern: RegExp, kind: MaskKind): Stretch[] =>
  [...plain.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length, kind }))

/** `country`: whose national numbers a phone number without a country code is read as. */
export const identifiersIn = (plain: string, country: string): Stretch[] => [
  ...checkedIn(plain),
  ...matchesOf(plain, LINK, 'link'),
  ...matchesOf(plain, EMAIL, 'email'),
  ...matchesOf(plain, PHONE, 'phone'),
  ...findPhoneNumbersInText(plain, { defaultCountry: (country || 'FR') as 'FR' }).map(({ startsAt, endsAt }) => ({
    start: startsAt,
    end: endsAt,
    kind: 'phone' as const,
  })),
  ...matchesOf(plain, STREET_FR, 'address'),
  ...matchesOf(plain, STREET_EN, 'address'),
  ...matchesOf(plain, POSTCODE, 'address'),
  ...matchesOf(plain, CODE, 'reference'),
]
