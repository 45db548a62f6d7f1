/** What stands in for what, in one call: minted as texts are read, looked up as the answer comes back. Nothing of it is kept. */
import type { PersonalKind } from '../core/guard.ts'
import { bareOf } from '../masking/index.ts'
import type { Finder } from './finder.ts'
import * as made from './pseudonym.ts'

/** One thing that was made up: all its spellings, and what each stands for. The first stands for every other spelling a model may choose. */
export type Entry = {
  /** Its letters and digits alone; of a phone number its own digits. */
  readonly bare: string
  readonly spellings: Map<string, string>
  /** What may be dialled before it. */
  readonly prefixes: readonly string[]
  readonly word: boolean
}

export type Vault = {
  /** What stands in for `text`, found in a prompt as `kind`. */
  standIn(kind: PersonalKind, text: string): string
  readonly entries: () => readonly Entry[]
}

/** `said`: the whole prompt, as letters and digits; nothing that is made up stands in it. `key`: the conversation's seed. */
export const openVault = (said: string, finder: Finder, key: string): Vault => {
  const entries = new Map<string, Entry>()
  const known = new Map<string, string>()
  /** For what each bare form was drawn: spellings of one thing share it. */
  const owns = new Map<string, Set<string>>()

  /** Draws until it is nobody's: neither in the prompt nor taken for something else. */
  const mint = (
    of: string,
    text: string,
    form: (draw: made.Draw) => {
      readonly spelling: string
      readonly bare: string
      readonly prefixes?: readonly string[]
      readonly word?: true
    },
  ): string => {
    for (let round = 0; ; round += 1) {
      const { spelling, bare, prefixes = [''], word = false } = form(made.drawFor(`${key}\n${of}\n${round}`))
      const entry = entries.get(bare)
      if (entry?.spellings.get(spelling) === text) return spelling
      if (entry ? entry.spellings.has(spelling) || !owns.get(bare)?.has(of) : said.includes(bare)) continue
      const kept = entry ?? { bare, spellings: new Map(), prefixes, word }
      kept.spellings.set(spelling, text)
      entries.set(bare, kept)
      owns.set(bare, (owns.get(bare) ?? new Set()).add(of))
      return spelling
    }
  }
  const word = (text: string): string => {
    const style = styleOf(text)
    // An odd spelling is a thing of its own: else nobody could tell which it was.
    const of = style ? text.normalize('NFC').toLowerCase() : text
    return mint(`word ${of}`, text, (draw) => {
      const like = made.wordLike(text, draw)
      return { spelling: STYLES[style ?? 'title'](like), bare: like, word: true }
    })
  }

  /** Word by word, so that a name stands in its parts as it stands whole. Small words stay. */
  const words = (text: string, small: RegExp): string => {
    const like = text.replace(UNIT, (unit) => (small.test(unit) ? unit : /\p{Nd}/u.test(unit) ? code(unit) : word(unit)))
    // Written letter by letter, or of small words alone: as a whole.
    return like === text || stillIn(text, like) ? word(text) : like
  }

  const code = (text: string): string =>
    mint(`code ${text}`, text, (draw) => {
      const spelling = made.codeLike(text, draw)
      return { spelling, bare: bareOf(spelling).text }
    })

  const phone = (text: string): string => {
    // Dictated: nobody has to read it back, only to give it back.
    const number = /\p{L}/u.test(text) ? null : finder.numberIn(text)
    const digits = bareOf(text).text.replace(/\D/gu, '')
    // Digits that are other signs too, `⒈` or `₀`, are replaced sign by sign.
    if (!number || !digits.endsWith(number.national) || digits.length !== countOf(text)) return code(text)
    const { country, national } = number
    return mint(`phone ${country} ${national}`, text, (draw) => {
      const bare = made.nationalLike(country, national, draw)
      const prefixes = [`00${country}0`, `00${country}`, `${country}0`, country, '0', '']
      return { spelling: made.phoneLike(text, bare), bare, prefixes }
    })
  }

  const forms: Readonly<Record<PersonalKind, (text: string) => string>> = {
    name: (text) => words(text, BETWEEN_NAMES),
    address: (text) => words(text, IN_STREETS),
    reference: code,
    phone,
    email: (text) =>
      mint(`email ${text.toLowerCase()}`, text, (draw) => {
        const spelling = `${made.wordLike(text, draw)}@${made.MAIL_HOST}`
        return { spelling, bare: bareOf(spelling).text }
      }),
    iban: (text) => checked('iban', text, made.ibanLike),
    nir: (text) => checked('nir', text, made.nirLike),
    card: (text) => checked('card', text, (one, draw) => made.checkedLike(one, countOf(one), draw)),
    siren: (text) => checked('siren', text, (one, draw) => made.checkedLike(one, countOf(one), draw)),
  }
  /** Spellings of one number share their digits. */
  const checked = (kind: string, text: string, like: (text: string, draw: made.Draw) => string): string =>
    // The rest of one that something else began.
    countOf(text) < LEAST_CHECKED
      ? code(text)
      : mint(`${kind} ${bareOf(text).text}`, text, (draw) => {
          const spelling = like(text, draw)
          return { spelling, bare: bareOf(spelling).text }
        })

  const standIn: Vault['standIn'] = (kind, text) => {
    const place = `${kind} ${text}`
    const spelling = known.get(place) ?? forms[kind](text)
    known.set(place, spelling)
    return spelling
  }
  return { standIn, entries: () => [...entries.values()] }
}

/** Digits of a SIREN. An IBAN has more, but for the letters of some. */
const LEAST_CHECKED = 9
const countOf = (text: string): number => text.match(/\p{Nd}/gu)?.length ?? 0

/** Postcodes of letters and digits, long numbers, words. A house's number says nothing without its street. */
const UNIT = /(?<![\p{L}\p{N}])[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}(?![\p{L}\p{N}])|\p{Nd}{4,}|[\p{L}\p{M}]{2,}/gu
const BETWEEN_NAMES = /^(?:de|du|des|la|le|les|van|von|der|den|da|di|do|dos|el|al|ibn|bin|et|and)$/iu
const IN_STREETS =
  /^(?:de|du|des|la|le|les|van|von|der|et|of|the|rue|avenue|ave?|boulevard|bl?v?d|chemin|impasse|all[ée]e|place|pl|quai|cours|route|rte|square|passage|voie|bis|ter|quater|street|st|ste|saint|sainte|road|rd|lane|ln|drive|dr|court|ct|close|way|terrace|crescent|gardens|flat|apt|appt?|appartement|apartment|b[âa]t|b[âa]timent|[ée]tage|floor|cedex|sur|sous|en|aux?)$/iu

const stillIn = (text: string, like: string): boolean => {
  const bare = bareOf(text).text
  return bare.length > 2 && bareOf(like).text.includes(bare)
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const STYLES = { lower: (text: string) => text, upper: (text: string) => text.toUpperCase(), title: capital } as const
const styleOf = (text: string): keyof typeof STYLES | null => {
  if (!/^[\p{L}\p{M}]+$/u.test(text)) return null
  const [lower, upper] = [text.toLowerCase(), text.toUpperCase()]
  if (text === lower) return 'lower'
  if (text === upper) return 'upper'
  return text === text.charAt(0) + lower.slice(1) && text.charAt(0) === upper.charAt(0) ? 'title' : null
}
