/**
 * Questions that customers ask (`asks:` in an entry's front matter) as vectors, by words and by letters: another question is
 * like an entry where it is like one of its examples, or like all of them together. Small words count too: they tell "when"
 * from "how much". Letters forgive what no list of mistypings knows.
 */
import { type Ask, type ExampleDocument, type ExampleToken, isLetters, LETTERS, PRECISION } from '../core/knowledge.ts'
import { isStopWord, wordsIn } from '../core/terms.ts'
import { ownStems, readTerms, type Term } from './question.ts'

const SMALL = '_'
const TOGETHER = 3

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
  return Array.from({ length: padded.length - TOGETHER + 1 }, (_, at) => `${LETTERS}${padded.slice(at, at + TOGETHER)}`)
}

/** What a token tells that is in `count` of `examples`. */
export const tells = (examples: number, count: number): number => Math.log(1 + examples / (0.5 + count))

/** Tokens -> their weights, of length 1 by words and by letters. */
export const vectorOf = (
  tokens: ReadonlyMap<string, number>,
  counts: ReadonlyMap<string, number>,
  examples: number,
): ReadonlyMap<string, number> => {
  const weighed = [...tokens].map(([token, times]) => [token, (1 + Math.log(times)) * tells(examples, counts.get(token) ?? 0)] as const)
  const words = lengthOf(weighed, false)
  const letters = lengthOf(weighed, true)
  return new Map(weighed.map(([token, weight]) => [token, weight / (isLetters(token) ? letters : words)]))
}

/** How like a document's examples a question is, 0..1 by words and by letters: the best one, and all of them together. */
export type Likeness = {
  readonly document: string
  readonly bestWords: number
  readonly bestLetters: number
  readonly allWords: number
  readonly allLetters: number
  /** How many of its examples hold each word of the question. */
  readonly held: ReadonlyMap<string, number>
}
/** What the examples say of a question. */
export type Compared = {
  readonly examples: number
  /** In how many examples each token of the question is. */
  readonly counts: ReadonlyMap<string, number>
  /** The documents most alike first. */
  readonly alike: readonly Likeness[]
}

/** Compares a question with the stored examples; null where there are none. */
export const compare = (
  asked: ReadonlyMap<string, number>,
  { documents, tokens }: { readonly documents: readonly ExampleDocument[]; readonly tokens: readonly ExampleToken[] },
): Compared | null => {
  if (documents.length === 0) return null
  const examples = documents.reduce((total, one) => Math.max(total, one.first + one.count), 0)
  const counts = new Map(tokens.map(({ token, holds }) => [token, holds.length / 2]))
  const vector = vectorOf(asked, counts, examples)
  const words = new Float64Array(examples)
  const letters = new Float64Array(examples)
  const holders = new Map<string, Set<number>>()
  for (const { token, holds } of [...tokens].sort((a, b) => (a.token < b.token ? -1 : 1))) {
    const sums = isLetters(token) ? letters : words
    const value = (vector.get(token) ?? 0) / PRECISION
    for (let at = 0; at < holds.length; at += 2) add(sums, holds[at] ?? 0, value * (holds[at + 1] ?? 0))
    if (!isLetters(token)) holders.set(token, new Set(holds.filter((_, at) => at % 2 === 0)))
  }
  return { examples, counts, alike: documents.map((one) => likenessOf(one, words, letters, holders)).sort(byLikeness) }
}

const add = (sums: Float64Array, at: number, value: number): void => {
  sums[at] = (sums[at] ?? 0) + value
}

const byLikeness = (one: Likeness, other: Likeness): number =>
  other.allWords + other.allLetters - one.allWords - one.allLetters || (one.document < other.document ? -1 : 1)

const likenessOf = (
  { document, first, count, words: wordsLength, letters: lettersLength }: ExampleDocument,
  words: Float64Array,
  letters: Float64Array,
  holders: ReadonlyMap<string, ReadonlySet<number>>,
): Likeness => {
  const own = Array.from({ length: count }, (_, at) => first + at)
  const total = (of: Float64Array) => own.reduce((sum, example) => sum + (of[example] ?? 0), 0)
  const best = (of: Float64Array) => own.reduce((top, example) => Math.max(top, of[example] ?? 0), 0)
  return {
    document,
    bestWords: best(words),
    bestLetters: best(letters),
    allWords: total(words) / wordsLength,
    allLetters: total(letters) / lettersLength,
    held: new Map([...holders].map(([token, holding]) => [token, own.filter((example) => holding.has(example)).length])),
  }
}

/** Examples of all languages -> what is stored of them. */
export const indexExamples = (
  asks: readonly Ask[],
): { readonly examples: readonly ExampleDocument[]; readonly tokens: readonly ExampleToken[] } => {
  const languages = [...Map.groupBy(asks, (one) => one.language)].map(([language, own]) => indexLanguage(language, own))
  return { examples: languages.flatMap((one) => one.examples), tokens: languages.flatMap((one) => one.tokens) }
}

const indexLanguage = (language: string, asks: readonly Ask[]) => {
  const documents = [...Map.groupBy(asks, (one) => one.document)].map(([document, own]) => ({
    document,
    read: own.map(({ ask }) => tokensOf(ask, language, readTerms(ask, language))),
  }))
  const counts = new Map<string, number>()
  for (const { read } of documents)
    for (const tokens of read) for (const token of tokens.keys()) counts.set(token, (counts.get(token) ?? 0) + 1)
  const holds = new Map<string, number[]>()
  const examples: ExampleDocument[] = []
  let first = 0
  for (const { document, read } of documents) {
    const together = new Map<string, number>()
    for (const [at, tokens] of read.entries())
      for (const [token, value] of vectorOf(tokens, counts, asks.length)) {
        const holding = holds.get(token) ?? []
        holds.set(token, holding)
        holding.push(first + at, Math.round(value * PRECISION))
        together.set(token, (together.get(token) ?? 0) + value)
      }
    const whole = [...together]
    examples.push({ language, document, first, count: read.length, words: lengthOf(whole, false), letters: lengthOf(whole, true) })
    first += read.length
  }
  return { examples, tokens: [...holds].map(([token, holding]) => ({ language, token, holds: holding })) }
}

/** Of a vector's words or letters. */
const lengthOf = (vector: readonly (readonly [string, number])[], letters: boolean): number =>
  Math.sqrt(vector.reduce((total, [token, value]) => (isLetters(token) === letters ? total + value * value : total), 0)) || 1
