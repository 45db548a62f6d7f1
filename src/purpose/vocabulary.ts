/** Which words are a business's own: those of its knowledge, journeys and templates. */
import { isStopWord, wordsIn } from '../core/terms.ts'

/** What a business has written: `names` are titles, customers' questions, keywords and labels; `texts` is everything else. */
export type OwnTexts = { readonly names: readonly string[]; readonly texts: readonly string[] }

/** How near to the business a word is: what it names things by, or one that only stands in its texts. */
export type Nearness = 'named' | 'told'
/** By the root of a word. */
export type Vocabulary = ReadonlyMap<string, Nearness>

export const vocabularyOf = ({ names, texts }: OwnTexts): Vocabulary => {
  const vocabulary = new Map<string, Nearness>()
  const take = (written: readonly string[], nearness: Nearness): void => {
    for (const text of written) for (const word of wordsIn(text)) if (isTelling(word)) vocabulary.set(rootOf(word), nearness)
  }
  take(texts, 'told')
  take(names, 'named')
  return vocabulary
}

export const nearnessOf = (word: string, vocabulary: Vocabulary): Nearness | null =>
  isTelling(word) ? (vocabulary.get(rootOf(word)) ?? null) : null

/** Small words and numbers are nobody's own. */
export const isTelling = (word: string): boolean => word.length > 2 && !/\d/.test(word) && !isSmall(word)
export const isSmall = (word: string): boolean => isStopWord(word, 'fr') || isStopWord(word, 'en')

/** The same for most forms of a word in either language, and for those mistyped at the end. */
const rootOf = (word: string): string => (word.length > ROOT ? word.slice(0, ROOT) : word.replace(/[sx]$/, ''))
const ROOT = 6
