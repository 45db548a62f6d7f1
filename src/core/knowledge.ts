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

/** A word of the knowledge, folded, with its stem. */
export type KnownWord = { readonly language: string; readonly word: string; readonly stem: string }
/** How many documents of a language contain a stem. */
export type StemCount = { readonly language: string; readonly stem: string; readonly documents: number }

/** A question that customers ask and a document answers: compared with other questions, never shown. */
export type Ask = { readonly language: string; readonly document: string; readonly ask: string }
/** One of them as stored; `example` counts from 0 in its language. */
export type StoredExample = Omit<Ask, 'ask'> & {
  readonly example: number
  /** Lengths of the vectors that all examples of its document add up to. */
  readonly words: number
  readonly letters: number
}
/** Before a token of letters; others are words. */
export const LETTERS = '~'
export const isLetters = (token: string): boolean => token.startsWith(LETTERS)
/** Of stored weights. */
export const PRECISION = 10_000
/** Which examples hold a token and how much it tells of each, in ten thousandths. */
export type ExampleToken = {
  readonly language: string
  readonly token: string
  readonly examples: readonly number[]
  readonly weights: readonly number[]
}

/** Everything that is stored of a knowledge folder, made at once and replaced at once. */
export type KnowledgeIndex = {
  readonly passages: readonly StoredPassage[]
  readonly words: readonly KnownWord[]
  readonly stems: readonly StemCount[]
  /** Documents by language. */
  readonly documents: Readonly<Record<string, number>>
  readonly examples: readonly StoredExample[]
  readonly tokens: readonly ExampleToken[]
}

/** How like a document's examples a question is, 0..1 by words and by letters: the best one, and all of them together. */
export type Likeness = {
  readonly document: string
  readonly bestWords: number
  readonly bestLetters: number
  readonly allWords: number
  readonly allLetters: number
}

export interface PassageSource {
  /** For each asked word: itself where the knowledge has it, else its words that look like it (trigrams), if any. */
  similar(language: string, words: readonly string[]): Promise<readonly { readonly asked: string; readonly word: string }[]>
  /** In how many documents each stem occurs (absent = none), of how many in that language. */
  count(language: string, stems: readonly string[]): Promise<{ readonly documents: number; readonly stems: ReadonlyMap<string, number> }>
  /** In how many examples each token occurs (absent = none), of how many in that language. */
  countExamples(
    language: string,
    tokens: readonly string[],
  ): Promise<{ readonly examples: number; readonly tokens: ReadonlyMap<string, number> }>
  /** The documents whose examples hold these tokens, each with how much it tells of the question; the most alike first. */
  alike(language: string, tokens: ReadonlyMap<string, number>): Promise<readonly Likeness[]>
  /** How many examples of each document hold each token. */
  held(
    language: string,
    tokens: readonly string[],
  ): Promise<readonly { readonly document: string; readonly token: string; readonly count: number }[]>
  /** All passages of the `limit` documents that hold most of these stems (as `KnownWord` has them), and of those named. */
  candidates(language: string, stems: readonly string[], limit: number, named?: readonly string[]): Promise<readonly StoredPassage[]>
}
