/** Phone numbers and mail addresses as they are dictated: in words, or half in words. What stands there has no sign to be known by, only its sense. */
import type { Found } from './identifier.ts'

const UNITS: Readonly<Record<string, number>> = {
  ...{ zero: 0, oh: 0, o: 0, nought: 0, un: 1, deux: 2, trois: 3, quatre: 4, cinq: 5, six: 6, sept: 7, huit: 8, neuf: 9 },
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, seven: 7, eight: 8, nine: 9 },
}
const TEENS: Readonly<Record<string, number>> = {
  ...{ dix: 10, onze: 11, douze: 12, treize: 13, quatorze: 14, quinze: 15, seize: 16 },
  ...{ ten: 10, eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19 },
}
const TENS: Readonly<Record<string, number>> = {
  ...{ vingt: 20, trente: 30, quarante: 40, cinquante: 50, soixante: 60, septante: 70, huitante: 80, nonante: 90 },
  ...{ twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 },
}
const TIMES: Readonly<Record<string, number>> = { double: 2, triple: 3 }
const ZEROS: Readonly<Record<string, string>> = { hundred: '00', cent: '00', thousand: '000', mille: '000' }
const SAID = [UNITS, TEENS, TENS, TIMES, ZEROS].flatMap((one) => Object.keys(one)).join('|')
/** Two numbers in words side by side, or one beside digits. */
const SIDE_BY_SIDE = new RegExp(`(?:z[ée]ro|${SAID}|\\d)[\\s,.;:()–-]{1,3}(?:et[ -])?(?:z[ée]ro|${SAID})(?!\\p{L})`, 'iu')

type Word = { readonly start: number; readonly end: number; readonly text: string }
export type Piece = { readonly start: number; readonly end: number; readonly digits: string; readonly said: boolean }

const wordsIn = (plain: string): readonly Word[] =>
  [...plain.matchAll(/\d+|\p{L}+|\+/gu)].map(({ index, 0: text }) => ({
    start: index,
    end: index + text.length,
    text: text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase(),
  }))

/** What begins with the word at `at`, as digits, and how many words it takes; null: no number. */
const numberAt = (words: readonly Word[], at: number): { readonly digits: string; readonly count: number } | null => {
  const word = (n: number): string => words[at + n]?.text ?? ''
  const first = word(0)
  if (/^\d+$/u.test(first)) return { digits: first, count: 1 }
  const times = TIMES[first]
  const doubled = times === undefined ? undefined : /^\d$/u.test(word(1)) ? word(1) : UNITS[word(1)]
  if (times !== undefined) return doubled === undefined ? null : { digits: String(doubled).repeat(times), count: 2 }
  if (first === 'quatre' && /^vingts?$/u.test(word(1))) {
    const more = below20(words, at + 2)
    return { digits: String(80 + more.value), count: 2 + more.count }
  }
  const tens = TENS[first]
  if (tens !== undefined) {
    const and = word(1) === 'et' ? 1 : 0
    const [next, after] = [word(1 + and), word(2 + and)]
    if (tens === 60) {
      const more = below20(words, at + 1 + and)
      if (more.count && !(next === 'quatre' && /^vingts?$/u.test(after)))
        return { digits: String(60 + more.value), count: 1 + and + more.count }
    }
    const unit = UNITS[next]
    const joins = unit !== undefined && unit > 0 && !(next === 'quatre' && /^vingts?$/u.test(after))
    return joins ? { digits: String(tens + unit), count: 2 + and } : { digits: String(tens), count: 1 }
  }
  const small = below20(words, at)
  if (!small.count) return null
  const zeros = ZEROS[word(small.count)]
  return { digits: String(small.value) + (zeros ?? ''), count: small.count + (zeros ? 1 : 0) }
}
const below20 = (words: readonly Word[], at: number): { readonly value: number; readonly count: number } => {
  const first = words[at]?.text ?? ''
  const teen = TEENS[first]
  if (teen === undefined) return first in UNITS ? { value: UNITS[first] ?? 0, count: 1 } : { value: 0, count: 0 }
  const unit = first === 'dix' ? (UNITS[words[at + 1]?.text ?? ''] ?? 0) : 0
  return unit >= 7 ? { value: 10 + unit, count: 2 } : { value: teen, count: 1 }
}

const BETWEEN = /^[\s,.;:()/–-]{0,3}$/u
/** Numbers side by side, some of them in words. */
const runsIn = (plain: string): Piece[][] => {
  const words = wordsIn(plain)
  const runs: Piece[][] = []
  let end = -10
  for (let at = 0; at < words.length; ) {
    const [word, found] = [words[at], numberAt(words, at)]
    const last = words[at + (found?.count ?? 1) - 1]
    if (word && found && last) {
      if (end < 0 || !BETWEEN.test(plain.slice(end, word.start))) runs.push([])
      runs.at(-1)?.push({ start: word.start, end: last.end, digits: found.digits, said: /\p{L}/u.test(word.text) })
      end = last.end
    }
    at += found?.count ?? 1
  }
  return runs
}

/** Numbers in a row that may be dictated ones. The same for whoever asks. */
export const spokenRunsIn = (plain: string): readonly (readonly Piece[])[] =>
  !SIDE_BY_SIDE.test(plain) ? [] : runsIn(plain).filter((run) => run.length > 2 && run.some(({ said }) => said))

/** `isOne`: whether digits are a phone number. Of those in a row the longest. */
export const spokenPhonesIn = (runs: readonly (readonly Piece[])[], isOne: (digits: string) => boolean): Found[] =>
  runs.flatMap((run) => {
    const found: Found[] = []
    for (let from = 0; from < run.length; ) {
      let to = Math.min(run.length, from + MOST)
      for (; to > from; to -= 1) {
        const pieces = run.slice(from, to)
        const digits = pieces.map((piece) => piece.digits).join('')
        if (digits.length >= 7 && pieces.some(({ said }) => said) && isOne(digits)) break
      }
      if (to > from) found.push({ start: run[from]?.start ?? 0, end: run[to - 1]?.end ?? 0, kind: 'phone' })
      from = to > from ? to : from + 1
    }
    return found
  })
const MOST = 16

const DOT = '(?:point|dot|\\.)'
const JOIN = `(?: ?${DOT} ?| ?(?:tiret|dash|hyphen|underscore|moins|[-_]) ?)`
/** Letters spelt one by one are one word. */
const PART = '(?:(?:[\\p{L}\\d] ){1,20}[\\p{L}\\d](?![\\p{L}\\d])|[\\p{L}\\d]+)'
const MAIL = new RegExp(
  `(?<![\\p{L}\\d])${PART}(?:${JOIN}${PART}){0,4}(?: (?:at|arobase|arobas|chez) | ?\\(a\\) ?)[\\p{L}\\d]+(?:${JOIN}[\\p{L}\\d]+){0,4}(?: ${DOT} |\\.)\\p{L}{2,}(?![\\p{L}\\d])`,
  'giu',
)
export const spokenMailsIn = (plain: string): Found[] =>
  /\b(?:point|dot)\b|\(a\)/iu.test(plain)
    ? [...plain.matchAll(MAIL)].map(({ index, 0: text }) => ({ start: index, end: index + text.length, kind: 'email' as const }))
    : []
