/** A question -> what it asks for: terms, each with the stems that would satisfy it and how well. */
import { distanceBetween, tolerance } from '../core/spelling.ts'
import { isStopWord, stemOf, wordsIn } from '../core/terms.ts'
import { type Expression, thesaurusOf } from './thesaurus/index.ts'

export type Term = {
  /** As written, folded. */
  readonly word: string
  /** Stem -> how well it satisfies the term: 1 the word itself, less for a corrected or related one. */
  readonly stems: ReadonlyMap<string, number>
  /** Says little: its absence from the knowledge means nothing. */
  readonly faint: boolean
}

const RELATED = 0.75
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
    const expression = expressions.get(word.meant)?.find((one) => one.words.every((part, offset) => words[at + offset]?.meant === part))
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

type Word = { readonly written: string; readonly meant: string }

/** The word as it was meant: itself where anybody knows it, else the known word it was mistyped from, else itself. */
const readWord = (word: string, language: string, similar: readonly string[]): Word => {
  const thesaurus = thesaurusOf(language)
  const stem = stemOf(word, language)
  const known =
    /\d/.test(word) ||
    isStopWord(word, language) ||
    similar.includes(word) ||
    thesaurus.words.has(word) ||
    thesaurus.related.has(stem) ||
    thesaurus.faint.has(stem)
  return { written: word, meant: known ? word : (correctionOf(word, language, similar) ?? word) }
}

/** An expression asks for what it means; its own words count half, for a text that has them. */
const expressionTerms = ({ words, meanings, literal }: Expression, language: string): Term[] => {
  const own = (literal ? words : []).filter((part) => !isStopWord(part, language)).map((part) => [stemOf(part, language), LITERAL] as const)
  return meanings.map((stems) => ({
    word: words.join(' '),
    stems: new Map([...own, ...[...stems].map((stem) => [stem, EXPRESSED] as const)]),
    faint: false,
  }))
}

const termOf = ({ written, meant }: Word, language: string): Term => {
  if (/^\d+$/.test(meant)) return { word: written, stems: new Map([[meant, 1]]), faint: true }
  const stem = stemOf(meant, language)
  return { word: written, stems: spread(stem, written === meant ? 1 : CORRECTED, language), faint: thesaurusOf(language).faint.has(stem) }
}

/** A stem with those that may stand for it. */
const spread = (stem: string, credit: number, language: string): Map<string, number> => {
  const stems = new Map<string, number>()
  for (const other of thesaurusOf(language).related.get(stem) ?? []) stems.set(other, credit * RELATED)
  return stems.set(stem, credit)
}

/** The known word a typing error meant: nearest by distance, the same first letter; words of the knowledge before others. */
const correctionOf = (word: string, language: string, similar: readonly string[]): string | null => {
  const limit = word.length < 5 ? 0 : tolerance(word)
  if (limit === 0) return null
  let best: { readonly word: string; readonly distance: number } | null = null
  const thesaurus = thesaurusOf(language)
  for (const candidates of [similar, thesaurus.words, SMALL[language] ?? []]) {
    for (const other of candidates) {
      if (!mayBeMeant(word, other)) continue
      const distance = distanceBetween(word, other, limit)
      if (distance <= limit && (best === null || distance < best.distance)) best = { word: other, distance }
    }
  }
  return best?.word ?? null
}
const mayBeMeant = (word: string, other: string): boolean =>
  other.length >= 4 && (word[0] === other[0] || (word[0] === other[1] && word[1] === other[0])) && Math.abs(word.length - other.length) <= 2

/** Small words long enough to be mistyped, and what may be made of them. */
const SMALL: Readonly<Record<string, readonly string[]>> = {
  fr: [
    'voudrais',
    'voudrait',
    'pouvez',
    'pourrais',
    'souhaite',
    'souhaiterais',
    'aimerais',
    'besoin',
    'comment',
    'combien',
    'pourquoi',
    'bonjour',
    'bonsoir',
    'information',
    'informations',
    'renseignement',
    'possible',
    'voulez',
    'exactement',
    'concernant',
    'beaucoup',
  ],
  en: [
    'should',
    'would',
    'could',
    'please',
    'hello',
    'wanted',
    'information',
    'wondering',
    'about',
    'which',
    'where',
    'there',
    'their',
    'possible',
    'anyone',
    'someone',
    'thanks',
    'because',
    'before',
    'after',
    'what',
    'happens',
  ],
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
