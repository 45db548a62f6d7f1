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

/** Everything that is stored of a knowledge folder, made at once and replaced at once. */
export type KnowledgeIndex = {
  readonly passages: readonly StoredPassage[]
  readonly words: readonly KnownWord[]
  readonly stems: readonly StemCount[]
  /** Documents by language. */
  readonly documents: Readonly<Record<string, number>>
}

export interface PassageSource {
  /** For each asked word: itself where the knowledge has it, else its words that look like it (trigrams), if any. */
  similar(language: string, words: readonly string[]): Promise<readonly { readonly asked: string; readonly word: string }[]>
  /** In how many documents each stem occurs (absent = none), of how many in that language. */
  count(language: string, stems: readonly string[]): Promise<{ readonly documents: number; readonly stems: ReadonlyMap<string, number> }>
  /** All passages of the `limit` documents that hold most of these stems (as `KnownWord` has them). */
  candidates(language: string, stems: readonly string[], limit: number): Promise<readonly StoredPassage[]>
}
