/** The thesaurus as the question reader uses it: stems that stand for one another, expressions, and words that say little. */
import { fold, isStopWord, stemOf } from '../../core/terms.ts'
import { ENGLISH, ENGLISH_FAINT } from './en.ts'
import { FRENCH, FRENCH_FAINT } from './fr.ts'
import { PLACES } from './places.ts'

export type Thesaurus = {
  /** Stems that may stand for this one. */
  readonly related: ReadonlyMap<string, ReadonlySet<string>>
  /** First word of an expression -> its other words with the stems it means, longest first. */
  readonly expressions: ReadonlyMap<string, readonly Expression[]>
  readonly faint: ReadonlySet<string>
  /** Every word it knows, folded: what a typing error may have meant. */
  readonly words: ReadonlySet<string>
}
/** Each of `meanings` is asked for; within one, any stem will do. `literal`: a text with the expression's own words does half.
 * `hint`: what it means may be said in other words; what the knowledge does not have of it is not missed. */
export type Expression = {
  readonly words: readonly string[]
  readonly meanings: readonly ReadonlySet<string>[]
  readonly literal: boolean
  readonly hint: boolean
}

/** In an expression: any number of ten or more. */
export const NUMBER = '#'

const build = (groups: string, faint: string, language: string): Thesaurus => {
  const related = new Map<string, Set<string>>()
  const expressions = new Map<string, Expression[]>()
  const weak = `${faint} ${PLACES}`
    .split(/[\s+-]+/)
    .filter(Boolean)
    .map(fold)
  const words = new Set(weak)
  for (const line of groups.split('\n').filter(Boolean)) {
    const foreign = line.startsWith('!')
    const apart = foreign || line.startsWith('>')
    const entries = line.replace(/^[>!]/, '').split(' ').filter(Boolean).map(fold)
    const single = entries.filter((entry) => !entry.includes('+'))
    const stems = new Set(single.map((word) => stemOf(word, language)))
    for (const word of single) {
      words.add(word)
      const stem = stemOf(word, language)
      if (foreign) related.set(stem, related.get(stem) ?? new Set())
      if (apart) continue
      related.set(stem, (related.get(stem) ?? new Set<string>()).union(stems))
    }
    for (const entry of entries.filter((one) => one.includes('+'))) {
      const parts = entry.split('+')
      const [first = '', ...rest] = parts
      for (const part of parts) if (!isStopWord(part, language)) words.add(part)
      expressions.set(first, [
        ...(expressions.get(first) ?? []),
        {
          words: [first, ...rest],
          meanings: foreign ? [new Set([parts.join(' ')])] : apart ? [...stems].map((stem) => new Set([stem])) : [stems],
          literal: !apart || foreign,
          hint: apart && !foreign,
        },
      ])
    }
  }
  for (const list of expressions.values()) list.sort((a, b) => b.words.length - a.words.length)
  return {
    related,
    expressions,
    words,
    faint: new Set(weak.map((word) => stemOf(word, language))),
  }
}

const NONE: Thesaurus = { related: new Map(), expressions: new Map(), faint: new Set(), words: new Set() }
const BUILT: Readonly<Record<string, Thesaurus>> = { fr: build(FRENCH, FRENCH_FAINT, 'fr'), en: build(ENGLISH, ENGLISH_FAINT, 'en') }

export const thesaurusOf = (language: string): Thesaurus => BUILT[language] ?? NONE

/** Whether a folded word is one that anybody knows: small, a number, or in the thesaurus. */
export const isKnown = (word: string, language: string): boolean => {
  const { words, related, faint } = thesaurusOf(language)
  const stem = stemOf(word, language)
  return /\d/.test(word) || isStopWord(word, language) || words.has(word) || related.has(stem) || faint.has(stem)
}
