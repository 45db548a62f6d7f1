/**
 * What a mistyped word meant: a shorthand of messages, a word grown together with its article, a word spelt by ear, or one with
 * a few wrong letters. Only for words that nobody knows.
 */
import { distanceBetween, tolerance } from '../core/spelling.ts'
import { isStopWord } from '../core/terms.ts'
import { SHORTHAND, SMALL } from './shorthand.ts'
import { isKnown, thesaurusOf } from './thesaurus/index.ts'

/** The known word that `word` meant, or null. `similar` are words of the knowledge that look like it; they come before others. */
export const meantBy = (word: string, language: string, similar: readonly string[]): string | null => {
  const short = SHORTHAND[language]?.get(word)
  if (short !== undefined) return short
  const known = (one: string) => similar.includes(one) || isKnown(one, language)
  if (language === 'fr') {
    const joined = /^(?:l|d|j|m|n|s|t|c|qu)([aeiouyh].*)$/.exec(word)?.[1]
    if (joined && joined.length > 3 && (known(joined) || heard(joined, language, [])))
      return known(joined) ? joined : heard(joined, language, [])
  }
  return heard(word, language, similar)
}

const LEAST = 4
/** Spelt by ear, a word may look quite different. */
const BY_EAR = 3

const heard = (word: string, language: string, similar: readonly string[]): string | null => {
  if (word.length < LEAST) return null
  const sound = soundOf(word, language)
  const limit = word.length < 5 ? 0 : tolerance(word)
  let best: { readonly word: string; readonly cost: number } | null = null
  const weigh = (other: string, cost: number) => {
    if (best === null || cost < best.cost) best = { word: other, cost }
  }
  for (const other of similar) if (soundOf(other, language) === sound) weigh(other, byEar(word, other))
  for (const other of soundsOf(language).get(sound) ?? []) weigh(other, byEar(word, other))
  for (const candidates of limit === 0 ? [] : [similar, ...vocabularyOf(language)]) {
    for (const other of candidates) {
      if (!mayBeMeant(word, other)) continue
      const distance = distanceBetween(word, other, limit)
      if (distance <= limit) weigh(other, distance)
    }
  }
  const found: { readonly word: string; readonly cost: number } | null = best
  return found === null ? null : wordOf(found)
}
const wordOf = ({ word }: { readonly word: string }): string => word

const byEar = (word: string, other: string): number => {
  const distance = distanceBetween(word, other, BY_EAR)
  return distance > BY_EAR ? Number.POSITIVE_INFINITY : distance / 2
}
const mayBeMeant = (word: string, other: string): boolean =>
  other.length >= 4 && (word[0] === other[0] || (word[0] === other[1] && word[1] === other[0])) && Math.abs(word.length - other.length) <= 2

/** The sounds of a folded word, roughly: equal where people who spell by ear may write either. */
export const soundOf = (word: string, language: string): string => (language === 'fr' ? frenchSound(word) : englishSound(word))

const FRENCH_SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/h/g, '#'],
  [/c#|s#/g, '$'],
  [/#/g, ''],
  [/cc(?=[eiy])|x/g, 'ks'],
  [/qu?|c(?![eiy$])|k/g, 'k'],
  [/sc(?=[eiy])|c|z/g, 's'],
  [/g(?=[eiy])/g, 'j'],
  [/y/g, 'i'],
  [/ti(?=on|el)/g, 'si'],
  [/eau|au/g, 'o'],
  [/[ae]i(?=[nm](?![aeiounm]))/g, 'i'],
  [/[ae][nm](?![aeiounm])/g, 'A'],
  [/[ae]i/g, 'e'],
  [/(.)\1+/g, '$1'],
  [/(?:ent|es|er|ez|et|e|s|t|d|p)$/, ''],
]
const frenchSound = (word: string): string => FRENCH_SOUNDS.reduce((left, [from, to]) => left.replace(from, to), word)

const ENGLISH_SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/^kn/, 'n'],
  [/^wr/, 'r'],
  [/wh/g, 'w'],
  [/ph/g, 'f'],
  [/gh/g, ''],
  [/c(?=[eiy])|z/g, 's'],
  [/ck|q|c(?!h)/g, 'k'],
  [/x/g, 'ks'],
  [/(.)\1+/g, '$1'],
  [/(?<=.)e$/, ''],
  [/[aeiouy]+/g, 'a'],
]
const englishSound = (word: string): string => ENGLISH_SOUNDS.reduce((left, [from, to]) => left.replace(from, to), word)

const vocabularyOf = (language: string): readonly Iterable<string>[] => [thesaurusOf(language).words, SMALL[language] ?? []]

const sounds = new Map<string, Map<string, string[]>>()
const soundsOf = (language: string): ReadonlyMap<string, readonly string[]> => {
  const known = sounds.get(language)
  if (known) return known
  const index = new Map<string, string[]>()
  for (const words of vocabularyOf(language))
    for (const word of words) {
      if (word.length < LEAST && !isStopWord(word, language)) continue
      const sound = soundOf(word, language)
      index.set(sound, [...(index.get(sound) ?? []), word])
    }
  sounds.set(language, index)
  return index
}
