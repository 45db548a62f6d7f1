/** Which words are a business's own: those of its knowledge, journeys and templates. */
import { mendTo } from '../core/mending.ts'
import { isStopWord, wordsIn } from '../core/terms.ts'
import { FAMILIES_OF, MATTERS } from './families.ts'

/** What a business has written: `names` are titles, customers' questions, keywords and labels; `texts` is everything else. */
export type OwnTexts = { readonly names: readonly string[]; readonly texts: readonly string[] }

/** How near to the business a word is: what it names things by, or one that only stands in its texts. */
export type Nearness = 'named' | 'told'
/** `near`: by the root of a word. `mend`: a mistyped word of the business's, or of a family, as it was meant. */
export type Vocabulary = { readonly near: ReadonlyMap<string, Nearness>; readonly mend: (word: string) => string }

export const vocabularyOf = ({ names, texts }: OwnTexts): Vocabulary => {
  const near = new Map<string, Nearness>()
  const words = new Set(FAMILIES_OF.keys())
  const take = (written: readonly string[], nearness: Nearness): void => {
    for (const word of written.flatMap(wordsIn)) {
      if (!isTelling(word)) continue
      near.set(rootOf(word), nearness)
      if (nearness === 'named') words.add(word)
    }
  }
  take(texts, 'told')
  take(names, 'named')
  return { near, mend: mendTo(words) }
}

export const nearnessOf = (word: string, vocabulary: Vocabulary): Nearness | null =>
  isTelling(word) ? (vocabulary.near.get(rootOf(word)) ?? null) : null

/**
 * Nothing but words of the business's own, two of them names of what customers write of ("vol", "annulé"), or one and that it is gone
 * ("réservation", "disparu"): it is not anybody's question.
 */
export const isOwnMatter = (text: string, vocabulary: Vocabulary): boolean => {
  const telling = [...new Set(wordsIn(text).filter(isTelling))]
  const isMatter = (word: string) => nearnessOf(word, vocabulary) === 'named' && FAMILIES_OF.get(word)?.some((one) => MATTERS.has(one))
  const isOwn = (word: string) => nearnessOf(word, vocabulary) !== null || GONE.has(word)
  return telling.every(isOwn) && telling.filter((word) => isMatter(word) || GONE.has(word)).length >= 2 && telling.some(isMatter)
}
const GONE = new Set('disparu disparue disparus disparues introuvable introuvables disappeared vanished'.split(' '))

/** Small words and numbers are nobody's own. */
export const isTelling = (word: string): boolean => word.length > 2 && !/\d/.test(word) && !isSmall(word)
export const isSmall = (word: string): boolean => isStopWord(word, 'fr') || isStopWord(word, 'en')

/** The same for most forms of a word in either language, and for those mistyped at the end. */
const rootOf = (word: string): string => (word.length > ROOT ? word.slice(0, ROOT) : word.replace(/[sx]$/, ''))
const ROOT = 6
