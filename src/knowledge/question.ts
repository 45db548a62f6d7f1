/** A question -> what it asks for: terms, each with the stems that would satisfy it and how well. */
import { isStopWord, stemOf, wordsIn } from '../core/terms.ts'
import { meantBy } from './mistyping.ts'
import { type Expression, isKnown, NUMBER, thesaurusOf } from './thesaurus/index.ts'

export type Term = {
  /** As written, folded. */
  readonly word: string
  /** Stem -> how well it satisfies the term: 1 the word itself, less for a corrected or related one. */
  readonly stems: ReadonlyMap<string, number>
  /** Says little: its absence from the knowledge means nothing. */
  readonly faint: boolean
  /** A subject of its own that the thesaurus knows: where the knowledge does not have it, it has no answer. */
  readonly subject: boolean
  /** One of the words that an expression may mean: not missed where the knowledge does not have it. */
  readonly hint: boolean
}

const RELATED = 0.8
const CORRECTED = 0.95
const EXPRESSED = 1
const LITERAL = 0.5

/** Reads the terms of a question; `similar` gives words of the knowledge that look like the ones asked. */
export const readTerms = (question: string, language: string, similar: ReadonlyMap<string, readonly string[]> = new Map()): Term[] => {
  const { expressions } = thesaurusOf(language)
  const words = wordsIn(question).map((word) => readWord(word, language, similar.get(word) ?? []))
  const terms: Term[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]
    if (!word) continue
    const begun = [...(expressions.get(word.meant) ?? []), ...(MANY.test(word.meant) ? (expressions.get(NUMBER) ?? []) : [])]
    const expression = begun.find((one) => one.words.every((part, offset) => isPart(part, words[at + offset]?.meant ?? '')))
    if (expression) {
      terms.push(...expressionTerms(expression, language))
      at += expression.words.length - 1
    } else if (!isStopWord(word.meant, language) && (word.meant.length > 1 || /\d/.test(word.meant))) {
      terms.push(termOf(word, language))
    }
  }
  return mergeSame(terms)
}

/** Words of a question that are looked up in the knowledge: everything that is not plainly a small word. */
export const askedWords = (question: string, language: string): string[] => [
  ...new Set(wordsIn(question).filter((word) => word.length > 1 && !isStopWord(word, language))),
]

const MANY = /^\d{2,}$/
const isPart = (part: string, word: string): boolean => (part === NUMBER ? MANY.test(word) : part === word)

type Word = { readonly written: string; readonly meant: string }

/** The word as it was meant: itself where anybody knows it, else the known word it was mistyped from, else itself. */
const readWord = (word: string, language: string, similar: readonly string[]): Word => {
  const known = similar.includes(word) || isKnown(word, language)
  return { written: word, meant: known ? word : similar.length > 0 ? (meantBy(word, language, similar) ?? word) : remember(word, language) }
}

/** What a word means where nothing in the knowledge looks like it is found by going through all known words: remembered, within bounds. */
const MOST_REMEMBERED = 20_000
const remembered = new Map<string, string>()
const remember = (word: string, language: string): string => {
  const key = `${language} ${word}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  const meant = meantBy(word, language, []) ?? word
  remembered.set(key, meant)
  return meant
}

/** An expression asks for what it means; its own words side by side count whole, apart half, for a text that has them. */
const expressionTerms = ({ words, meanings, literal, hint }: Expression, language: string): Term[] => {
  const own = (literal ? words : []).filter((part) => !isStopWord(part, language)).map((part) => [stemOf(part, language), LITERAL] as const)
  const phrase = own.length === 2 ? [[own.map(([stem]) => stem).join(SIDE_BY_SIDE), EXPRESSED] as const] : []
  return meanings.map((stems) => ({
    word: words.join(' '),
    stems: new Map([...own, ...phrase, ...[...stems].map((stem) => [stem, EXPRESSED] as const)]),
    faint: false,
    subject: true,
    hint,
  }))
}

const termOf = ({ written, meant }: Word, language: string): Term => {
  const thesaurus = thesaurusOf(language)
  if (/^\d/.test(meant) && !thesaurus.words.has(meant))
    return { word: written, stems: new Map([[meant, 1]]), faint: true, subject: false, hint: false }
  const stem = stemOf(meant, language)
  const faint = thesaurus.faint.has(stem)
  return {
    word: written,
    stems: spread(stem, written === meant ? 1 : CORRECTED, language),
    faint,
    subject: thesaurus.related.has(stem) && !faint,
    hint: false,
  }
}

/** Stems that say the term itself, as written or corrected or as an expression means it. */
export const ownStems = (term: Term): string[] =>
  [...term.stems].filter(([stem, credit]) => credit >= CORRECTED && !stem.includes(SIDE_BY_SIDE)).map(([stem]) => stem)

/** Two stems that stand side by side. */
export const SIDE_BY_SIDE = '+'

/** A stem with those that may stand for it. */
const spread = (stem: string, credit: number, language: string): Map<string, number> => {
  const stems = new Map<string, number>()
  for (const other of thesaurusOf(language).related.get(stem) ?? []) stems.set(other, credit * RELATED)
  return stems.set(stem, credit)
}

/** A word said twice, in one form or another, asks once. */
const mergeSame = (terms: readonly Term[]): Term[] => {
  const kept: Term[] = []
  for (const term of terms) {
    const own = [...term.stems.entries()].filter(([, credit]) => credit >= CORRECTED).map(([stem]) => stem)
    if (!kept.some((other) => own.some((stem) => (other.stems.get(stem) ?? 0) >= CORRECTED))) kept.push(term)
  }
  return kept
}
