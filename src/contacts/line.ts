/** One line of a file as a contact: every address with its own consent, or left out. */
import { addressKey, PHONE_KINDS, sameNumberKeys } from '../core/address.ts'
import { readEmail, readMobile } from '../core/contact-address.ts'
import { countryOfAddress, isCountry, readCountry } from '../core/country.ts'
import type { ImportedAddress, ImportedConsent, ImportedContact } from '../core/importing.ts'
import type { Agreed } from '../core/journey.ts'
import { dayStart, isDay } from '../core/local-time.ts'
import { wordsIn } from '../core/terms.ts'
import { type Columns, IMPORTED_KINDS } from './column.ts'
import type { Fault, FaultCode } from './fault.ts'

/** Where the business is: how numbers and dates without more are read. */
export type Home = { readonly country: string; readonly timezone: string }

const LONGEST_CELL = 1_000
const LONGEST_WORDS = 5_000
const [LEAST_YEAR, HOUR_MS, MINUTE_MS] = ['1990-01-01', 3_600_000, 60_000]

class Refusal extends Error {
  readonly code: FaultCode
  constructor(code: FaultCode) {
    super(code)
    this.code = code
  }
}
const refuse = (code: FaultCode): never => {
  throw new Refusal(code)
}

/** What a program that shows a table would take for a command of its own (https://owasp.org/www-community/attacks/CSV_Injection, read 2026-11-22). */
const FORMULA = /^[=+\-@\t\r]/u
const tame = (cell: string, most: number): string => {
  if (cell.length > most) refuse('too-long')
  if (/[\p{Cc}\uFFFD]/u.test(cell.replace(/[\t\r\n]/gu, ''))) refuse('control')
  return cell.trim()
}
const text = (cell: string, most = LONGEST_CELL): string => {
  const tamed = tame(cell, most)
  return FORMULA.test(tamed) ? refuse('formula') : tamed.replace(/\s+/gu, ' ')
}

const phone = (cell: string, { country }: Home): string => {
  const given = tame(cell, LONGEST_CELL)
  if (/^\d+(?:[.,]\d+)?e\+?\d+$/iu.test(given)) refuse('spoilt-number')
  return readMobile(given, country) ?? refuse('bad-phone')
}

const YES = new Set('oui yes true vrai 1 x ok o y given donne'.split(' '))
const NO = new Set('non no false faux 0 n none aucun refuse revoked'.split(' '))
const MEANS: Readonly<Record<string, Agreed>> = {
  service: 'service',
  marketing: 'marketing',
  offres: 'marketing',
  offers: 'marketing',
  publicite: 'marketing',
}

/** `oui` is for the business's own matters; offers are named. */
const categoriesIn = (cell: string): readonly Agreed[] => {
  const words = wordsIn(cell)
  if (words.length === 0 || words.every((word) => NO.has(word))) return refuse('no-consent')
  if (words.every((word) => YES.has(word))) return ['service']
  const said = words.filter((word) => !['et', 'and'].includes(word)).map((word) => MEANS[word] ?? refuse('unknown-consent'))
  return [...new Set(said)]
}

/** A list has few days on many lines, and a zone's clock is dear to ask. */
const starts = new Map<string, number>()
const startOf = (day: string, zone: string): number => {
  const key = `${zone} ${day}`
  const known = starts.get(key) ?? dayStart(day, zone)
  if (starts.size > 5_000) starts.clear()
  starts.set(key, known)
  return known
}

/** A day alone is its beginning where the business is. */
const instantIn = (cell: string, { timezone }: Home, now: number): number => {
  const given = cell.trim()
  if (given === '') return refuse('no-date')
  const french = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[ ,T]+(\d{1,2})[:h](\d{2})(?::\d{2})?)?$/u.exec(given)
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/u.exec(given)
  const day = iso ? iso[1] : french && `${french[3]}-${french[2]?.padStart(2, '0')}-${french[1]?.padStart(2, '0')}`
  if (!day || !isDay(day) || day < LEAST_YEAR) return refuse('bad-date')
  const exact = iso?.[4] === undefined ? Number.NaN : Date.parse(given.replace(' ', 'T'))
  const [hour, minute] = iso ? [iso[2], iso[3]] : [french?.[4], french?.[5]]
  const wall = startOf(day, timezone) + Number(hour ?? 0) * HOUR_MS + Number(minute ?? 0) * MINUTE_MS
  const at = Number.isNaN(exact) ? wall : exact
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59) return refuse('bad-date')
  return at > now ? refuse('future-date') : at
}

/** Reads lines of one file, which remembers the addresses it has seen. */
export const openLines = (columns: Columns, home: Home, now: number) => {
  const seen = new Set<string>()
  const width = Math.max(-1, ...columns.of.values()) + 1

  const consentsOf = (kind: string, cell: (field: string) => string): readonly ImportedConsent[] => {
    const categories = categoriesIn(cell(`${kind}_consent`))
    const words = text(cell(`${kind}_consent_words`), LONGEST_WORDS) || refuse('no-words')
    const at = instantIn(cell(`${kind}_consent_at`), home, now)
    const from = text(cell(`${kind}_consent_source`)) || null
    return categories.map((category) => ({ category, at, words, from }))
  }

  const addressOf = (kind: string, cell: (field: string) => string): ImportedAddress => {
    const given = cell(kind)
    const isPhone = (PHONE_KINDS as readonly string[]).includes(kind)
    const value = isPhone ? phone(given, home) : (readEmail(tame(given, LONGEST_CELL)) ?? refuse('bad-email'))
    return { kind, value, consents: consentsOf(kind, cell) }
  }

  const nameOf = (cell: (field: string) => string): string | null =>
    text(cell('name')) || [text(cell('first')), text(cell('last'))].filter(Boolean).join(' ') || null

  const countryOf = (given: string): string => {
    const country = text(given)
    if (country === '') return ''
    return isCountry(country.toUpperCase()) ? country.toUpperCase() : readCountry(country) || refuse('bad-country')
  }

  const languageOf = (given: string): 'fr' | 'en' | null => {
    const [word = ''] = wordsIn(given)
    return word.startsWith('fr') ? 'fr' : ['en', 'english', 'anglais'].includes(word) ? 'en' : null
  }

  return (
    cells: readonly string[],
    line: number,
    heads: number,
  ): { readonly contact: ImportedContact | null; readonly faults: readonly Fault[] } => {
    const faults: Fault[] = []
    const cell = (field: string): string => cells[columns.of.get(field) ?? -1] ?? ''
    const told = (column: string | null, code: FaultCode, rejected: boolean) => void faults.push({ line, column, code, rejected })
    const rejected = (column: string | null, code: FaultCode) => {
      told(column, code, true)
      return { contact: null, faults }
    }
    if (cells.length < width) return rejected(null, 'too-few-cells')
    if (cells.length > heads && cells.slice(heads).some((more) => more.trim() !== '')) return rejected(null, 'too-many-cells')
    const addresses: ImportedAddress[] = []
    for (const kind of IMPORTED_KINDS) {
      if (cell(kind).trim() === '') continue
      try {
        addresses.push(addressOf(kind, cell))
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        told(kind, error.code, false)
      }
    }
    if (addresses.length === 0) return rejected(null, faults[0]?.code ?? 'no-address')
    const keys = addresses.map(addressKey)
    if (keys.some((key) => seen.has(key))) return rejected(null, 'duplicate')
    try {
      const contact = {
        line,
        name: nameOf(cell),
        language: languageOf(cell('language')),
        country: countryOf(cell('country')) || (addresses.map(countryOfAddress).find((one) => one !== '') ?? ''),
        addresses,
      }
      for (const key of [...keys, ...addresses.flatMap(sameNumberKeys)]) seen.add(key)
      return { contact, faults }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return rejected(null, error.code)
    }
  }
}
