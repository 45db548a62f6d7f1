/** A question -> passages with calibrated scores, from any source. */
import type { Passage } from '../core/engine.ts'
import type { PassageSource } from '../core/knowledge.ts'
import { type Compared, compare, tokensOf } from './examples.ts'
import { askedWords, readTerms, SIDE_BY_SIDE, type Term } from './question.ts'
import { NOTHING, type Ranking, rankPassages } from './rank.ts'

/** Documents weighed for one question: far more than can be answered from, few enough to weigh in a few milliseconds. */
const DOCUMENTS = 64
/** Documents whose examples are most like the question are weighed too, whatever their text says. */
const ALIKE = 16
const LONGEST_QUESTION = 1000

/** Best passages first; none where nothing matches. A score of 0.5 or more may be answered from without a model. */
export const searchPassages = async (source: PassageSource, question: string, language: string, limit = 5): Promise<readonly Passage[]> =>
  (await rankQuestion(source, question, language, limit)).passages

export const rankQuestion = async (source: PassageSource, written: string, language: string, limit: number): Promise<Ranking> => {
  const question = written.slice(0, LONGEST_QUESTION)
  const words = askedWords(question, language)
  if (words.length === 0) return NOTHING
  const similar = Map.groupBy(await source.similar(language, words), (found) => found.asked)
  const terms = readTerms(question, language, new Map([...similar].map(([word, found]) => [word, found.map((one) => one.word)])))
  const stems = [...new Set(terms.flatMap((term) => [...term.stems.keys()].flatMap((stem) => stem.split(SIDE_BY_SIDE))))]
  const statistics = await source.count(language, stems)
  const asked = await compareExamples(source, question, language, terms)
  const named = asked?.alike.slice(0, ALIKE).map((one) => one.document) ?? []
  const candidates = await source.candidates(language, [...statistics.stems.keys()], DOCUMENTS, named)
  return rankPassages(terms, candidates, statistics, limit, asked)
}

/** What the examples say of a question; null where the knowledge has none. */
const compareExamples = async (
  source: PassageSource,
  question: string,
  language: string,
  terms: readonly Term[],
): Promise<Compared | null> => {
  const tokens = tokensOf(question, language, terms)
  return compare(tokens, await source.examples(language, [...tokens.keys()]))
}
