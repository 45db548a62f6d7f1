/**
 * Questions that customers ask (`asks:` in an entry's front matter) as vectors, by words and by letters: another question is
 * like an entry where it is like one of its examples, or like all of them together. Small words count too: they tell "when"
 * from "how much". Letters forgive what no list of mistypings knows.
 */
import { type Ask, type ExampleToken, isLetters, LETTERS, PRECISION, type StoredExample } from '../core/knowledge.ts'
import { isStopWord, wordsIn } from '../core/terms.ts'
import { ownStems, readTerms, type Term } from './question.ts'

const SMALL = '_'
const SHORTEST = 3
const LONGEST = 4

/** Tokens of a question as it was read, each as often as it is there. */
export const tokensOf = (question: string, language: string, terms: readonly Term[]): ReadonlyMap<string, number> => {
  const words = wordsIn(question)
  const tokens = [
    ...terms.flatMap(ownStems),
    ...words.filter((word) => isStopWord(word, language)).map((word) => `${SMALL}${word}`),
    ...words.flatMap(lettersOf),
  ]
  const counts = new Map<string, number>()
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1)
  return counts
}

const lettersOf = (word: string): string[] => {
  const padded = ` ${word} `
  const pieces: string[] = []
  for (let length = SHORTEST; length <= LONGEST; length += 1)
    for (let at = 0; at + length <= padded.length; at += 1) pieces.push(`${LETTERS}${padded.slice(at, at + length)}`)
  return pieces
}

/** What a token tells that is in `count` of `examples`. */
export const tells = (examples: number, count: number): number => Math.log(1 + examples / (0.5 + count))

/** Tokens -> their weights, of length 1 by words and by letters. */
export const vectorOf = (
  tokens: ReadonlyMap<string, number>,
  counts: ReadonlyMap<string, number>,
  examples: number,
): ReadonlyMap<string, number> => {
  const weighed = [...tokens].map(
    ([token, times]) => [token, (1 + Math.log(times)) * tells(examples, counts.get(token) ?? 0), isLetters(token)] as const,
  )
  const lengthOf = (letters: boolean) => Math.hypot(...weighed.filter((one) => one[2] === letters).map((one) => one[1]))
  const words = lengthOf(false)
  const letters = lengthOf(true)
  return new Map(weighed.map(([token, weight, isLetter]) => [token, weight / (isLetter ? letters : words)]))
}

/** Examples of all languages -> what is stored of them. */
export const indexExamples = (
  asks: readonly Ask[],
): { readonly examples: readonly StoredExample[]; readonly tokens: readonly ExampleToken[] } => {
  const languages = [...Map.groupBy(asks, (one) => one.language)].map(([language, own]) => indexLanguage(language, own))
  return { examples: languages.flatMap((one) => one.examples), tokens: languages.flatMap((one) => one.tokens) }
}

const indexLanguage = (language: string, asks: readonly Ask[]) => {
  const read = asks.map(({ ask }) => tokensOf(ask, language, readTerms(ask, language)))
  const counts = new Map<string, number>()
  for (const token of read.flatMap((tokens) => [...tokens.keys()])) counts.set(token, (counts.get(token) ?? 0) + 1)
  const postings = new Map<string, ExampleToken & { examples: number[]; weights: number[] }>()
  const sums = new Map<string, Map<string, number>>()
  for (const [example, tokens] of read.entries()) {
    const document = asks[example]?.document ?? ''
    const sum = sums.get(document) ?? new Map<string, number>()
    sums.set(document, sum)
    for (const [token, value] of vectorOf(tokens, counts, asks.length)) {
      const posting = postings.get(token) ?? { language, token, examples: [], weights: [] }
      postings.set(token, posting)
      posting.examples.push(example)
      posting.weights.push(Math.round(value * PRECISION))
      sum.set(token, (sum.get(token) ?? 0) + value)
    }
  }
  const lengthOf = (document: string, letters: boolean) =>
    Math.hypot(...[...(sums.get(document) ?? [])].filter(([token]) => isLetters(token) === letters).map(([, value]) => value)) || 1
  const lengths = new Map([...sums.keys()].map((name) => [name, { words: lengthOf(name, false), letters: lengthOf(name, true) }]))
  const examples = asks.map(({ document }, example) => ({
    language,
    document,
    example,
    ...(lengths.get(document) ?? { words: 1, letters: 1 }),
  }))
  return { examples, tokens: [...postings.values()] }
}
