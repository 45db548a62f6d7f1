/**
 * What a text says of a person is put behind a word: what is known of the contact, in whatever case, accents, spacing or form of a number it
 * stands, and identifiers that prove themselves. Names of others are only seen behind a title or where somebody says their own name.
 */
import type { Language } from '../core/language.ts'
import { bareOf, type Folded, plainOf } from './fold.ts'
import { identifiersIn, type MaskKind, type Stretch } from './identifier.ts'

export type Known = {
  /** Whole names; their parts are looked for too. */
  readonly names: readonly string[]
  /** Phone numbers in any form. */
  readonly numbers: readonly string[]
  readonly emails: readonly string[]
  /** Written addresses; the parts between commas are looked for too. */
  readonly addresses: readonly string[]
  /** Anything else that is theirs: order numbers, handles, what a form asked for. */
  readonly references: readonly string[]
  /** ISO 3166-1; "" where nobody knows. */
  readonly country: string
}

const WORDS: Readonly<Record<MaskKind, Readonly<Record<Language, string>>>> = {
  name: { fr: '[nom]', en: '[name]' },
  phone: { fr: '[téléphone]', en: '[phone]' },
  email: { fr: '[e-mail]', en: '[e-mail]' },
  address: { fr: '[adresse]', en: '[address]' },
  reference: { fr: '[référence]', en: '[reference]' },
  iban: { fr: '[IBAN]', en: '[IBAN]' },
  card: { fr: '[carte]', en: '[card]' },
  nir: { fr: '[sécurité sociale]', en: '[social security]' },
  siren: { fr: '[SIREN]', en: '[SIREN]' },
  link: { fr: '[lien]', en: '[link]' },
}

export const maskText = (text: string, known: Known, language: Language): string => {
  const [plain, bare] = [plainOf(text), bareOf(text)]
  const found = [
    ...placed(plain, identifiersIn(plain.text, known.country)),
    ...placed(plain, ownNumbers(plain.text, known)),
    ...placed(plain, introductionsIn(text, plain)),
    ...knownIn(text, bare, termsOf(known)),
  ].sort((a, b) => a.start - b.start || b.end - a.end)
  let masked = ''
  let at = 0
  for (const { start, end, kind } of found) {
    if (end <= at) continue
    // What two of them share is behind the first one's word.
    masked += start >= at ? text.slice(at, start) + WORDS[kind][language] : WORDS[kind][language]
    at = end
  }
  return masked + text.slice(at)
}

/** From places in a folded text to places in the text itself. */
export const placed = (folded: Folded, stretches: readonly Stretch[]): Stretch[] =>
  stretches.flatMap(({ start, end, kind }) => {
    const [first, last] = [folded.starts[start], folded.ends[end - 1]]
    return first === undefined || last === undefined ? [] : [{ start: first, end: last, kind }]
  })

// --- what is known ---------------------------------------------------------------------------------------------------------------------------

/** So many signs are nobody else's by chance, wherever they stand. */
const TELLING = 6
const LEAST = 3
/** Small words in names, which are words of any sentence too. */
const PARTICLES = new Set([
  'de',
  'du',
  'des',
  'la',
  'le',
  'les',
  'van',
  'von',
  'der',
  'den',
  'da',
  'di',
  'do',
  'dos',
  'el',
  'al',
  'ben',
  'ibn',
  'bin',
  'the',
  'and',
  'et',
])

export type Term = { readonly bare: string; readonly kind: MaskKind }

export const termsOf = ({ names, emails, addresses, references }: Known): Term[] => {
  const of = (kind: MaskKind, texts: readonly string[], least: number): Term[] =>
    [...new Set(texts.map((text) => bareOf(text).text))].filter((bare) => bare.length >= least).map((bare) => ({ bare, kind }))
  const written = names.flatMap((name) => [name, umlautsSpelt(name)])
  const parts = written
    .flatMap((name) => [...name.split(/[\s,]+/u), ...name.split(/[\s\-'’.,]+/u)])
    .filter((part) => !PARTICLES.has(bareOf(part).text))
  const turned = names.map((name) => name.split(/\s+/u).reverse().join(' '))
  const told = emails.flatMap((email) => {
    const [local = '', domain = ''] = email.split('@')
    return [
      email,
      ...['at', 'arobase', 'chez'].map((sign) => `${local}${sign}${domain}`),
      ...(bareOf(local).text.length >= TELLING ? [local] : []),
    ]
  })
  const lines = addresses.flatMap((address) => [
    address,
    ...address.split(/[,;\n]+/u).filter((line) => bareOf(line).text.length >= TELLING),
  ])
  return [
    ...of('name', [...written, ...turned, ...parts], LEAST),
    ...of('email', told, LEAST),
    ...of('address', lines, LEAST),
    ...of('reference', references, LEAST),
  ].sort((a, b) => b.bare.length - a.bare.length)
}

const umlautsSpelt = (name: string): string => name.normalize('NFC').replace(/[äöü]/giu, (letter) => `${letter}e`)

export const knownIn = (text: string, bare: Folded, terms: readonly Term[]): Stretch[] =>
  terms.flatMap(({ bare: term, kind }) => {
    const found: Stretch[] = []
    for (let at = bare.text.indexOf(term); at >= 0; at = bare.text.indexOf(term, at + 1)) {
      const [start, end] = [bare.starts[at] ?? 0, bare.ends[at + term.length - 1] ?? 0]
      if (term.length >= TELLING * 2 || standsAlone(text, start, end)) found.push({ start, end, kind })
    }
    return found
  })

const isSign = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}\p{M}]/u.test(sign)
/** A word or words of their own, or several of that name; a camel hump or an underscore parts words too. */
const standsAlone = (text: string, start: number, end: number): boolean => {
  const hump = (a: string | undefined, b: string | undefined) => /\p{Ll}/u.test(a ?? '') && /\p{Lu}/u.test(b ?? '')
  const digit = (a: string | undefined, b: string | undefined) => /\p{N}/u.test(a ?? '') !== /\p{N}/u.test(b ?? '')
  const free = (a: string | undefined, b: string | undefined) => !isSign(a) || !isSign(b) || hump(a, b) || digit(a, b)
  const plural = /\p{Lu}/u.test(text[start] ?? '') && /s/iu.test(text[end] ?? '') && !isSign(text[end + 1])
  return free(text[start - 1], text[start]) && (plural || free(text[end - 1], text[end]))
}

/** A run of digits that ends as one of the contact's numbers does is that number, with or without its country's code. */
const ownNumbers = (plain: string, { numbers }: Known): Stretch[] => {
  const tails = numbers.map((number) => bareOf(number).text.replace(/\D/gu, '').slice(-8)).filter((tail) => tail.length >= 6)
  if (tails.length === 0) return []
  return [...plain.matchAll(/\+?\d(?:[^\p{L}\p{N}]{0,3}\d){5,}/gu)].flatMap((match) => {
    const digits = match[0].replace(/\D/gu, '')
    return tails.some((tail) => digits.includes(tail))
      ? [{ start: match.index, end: match.index + match[0].length, kind: 'phone' as const }]
      : []
  })
}

// --- names of others -------------------------------------------------------------------------------------------------------------------------

/** Behind a title, or where somebody says who they are. */
const BEFORE =
  /(?<![\p{L}\p{N}])(?:m\.|mr\.?|mrs\.?|ms\.?|mme\.?|mlle\.?|dr\.?|monsieur|madame|mademoiselle|je m['’]appelle|s['’]appelle|mon nom est|au nom de|my name is|in the name of|this is) /giu
/** Who says so of themselves says a name, however it is written. */
const OWN = /^je m/iu
const ANY_NAME = /^[\p{L}][\p{L}'’-]*(?: (?:(?:de|du|van|von|le|la|el|ben) )?\p{Lu}[\p{L}'’-]*){0,3}/u
const NAME = /^\p{Lu}[\p{L}'’-]*(?: (?:(?:de|du|van|von|le|la|el|ben) )?\p{Lu}[\p{L}'’-]*){0,3}/u

const introductionsIn = (text: string, plain: Folded): Stretch[] =>
  [...plain.text.matchAll(BEFORE)].flatMap((match) => {
    const at = match.index + match[0].length
    const from = plain.starts[at]
    const name = from === undefined ? null : (OWN.test(match[0]) ? ANY_NAME : NAME).exec(text.slice(from))
    return name ? [{ start: at, end: at + plainOf(name[0]).text.length, kind: 'name' as const }] : []
  })
