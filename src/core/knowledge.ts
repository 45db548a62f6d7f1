/**
 * The business's own knowledge as the store keeps it and the knowledge room asks for it. Two sources, PostgreSQL
 * (`store/passages`) and memory (`knowledge/memory`), give candidates; one pure ranking (`knowledge/rank`) weighs both.
 */
import type { Passage } from './engine.ts'

export type StoredPassage = Omit<Passage, 'score'> & {
  /** Headings above the text, and words customers use that the text does not: searched, not shown. */
  readonly also: string
  /** Place in its document, from 0. */
  readonly position: number
}

/** A passage as somebody reads it: the text before and after it in its document; empty at its ends. */
export type PassageInPlace = {
  readonly title: string
  readonly document: string
  readonly url: string | null
  readonly before: string
  readonly passage: string
  readonly after: string
}

/** A word of the knowledge, folded, with its stem. */
export type KnownWord = { readonly language: string; readonly word: string; readonly stem: string }
/** How many documents of a language contain a stem. */
export type StemCount = { readonly language: string; readonly stem: string; readonly documents: number }

/** A question that customers ask and a document answers: compared with other questions, never shown. */
export type Ask = { readonly language: string; readonly document: string; readonly ask: string }
/** A document's examples as stored. They are counted from 0 in their language, those of one document side by side. */
export type ExampleDocument = {
  readonly language: string
  readonly document: string
  readonly first: number
  readonly count: number
  /** Lengths of the vectors that all its examples add up to. */
  readonly words: number
  readonly letters: number
}
/** Before a token of letters; others are words. */
export const LETTERS = '~'
export const isLetters = (token: string): boolean => token.startsWith(LETTERS)
/** Of the weights. */
export const PRECISION = 10_000
/** Which examples hold a token and how much it tells of each: example, weight, example, weight and so on. */
export type ExampleToken = { readonly language: string; readonly token: string; readonly holds: readonly number[] }

/** Everything that is stored of a knowledge folder, made at once and replaced at once. */
export type KnowledgeIndex = {
  readonly passages: readonly StoredPassage[]
  readonly words: readonly KnownWord[]
  readonly stems: readonly StemCount[]
  /** Documents by language. */
  readonly documents: Readonly<Record<string, number>>
  readonly examples: readonly ExampleDocument[]
  readonly tokens: readonly ExampleToken[]
}

export interface PassageSource {
  /** For each asked word: itself where the knowledge has it, else its words that look like it (trigrams), if any. */
  similar(language: string, words: readonly string[]): Promise<readonly { readonly asked: string; readonly word: string }[]>
  /** In how many documents each stem occurs (absent = none), of how many in that language. */
  count(language: string, stems: readonly string[]): Promise<{ readonly documents: number; readonly stems: ReadonlyMap<string, number> }>
  /** All documents of the language that have examples, and those of these tokens that an example holds. */
  examples(
    language: string,
    tokens: readonly string[],
  ): Promise<{ readonly documents: readonly ExampleDocument[]; readonly tokens: readonly ExampleToken[] }>
  /** All passages of the `limit` documents that hold most of these stems (as `KnownWord` has them), and of those named. */
  candidates(language: string, stems: readonly string[], limit: number, named?: readonly string[]): Promise<readonly StoredPassage[]>
}
