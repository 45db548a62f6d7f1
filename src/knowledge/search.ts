/** A question -> passages with calibrated scores, from any source. */
import type { Passage } from '../core/engine.ts'
import type { PassageSource } from '../core/knowledge.ts'
import { askedWords, readTerms, SIDE_BY_SIDE } from './question.ts'
import { type Ranking, rankPassages } from './rank.ts'

/** Documents weighed for one question: far more than can be answered from, few enough to weigh in a few milliseconds. */
const DOCUMENTS = 64
const LONGEST_QUESTION = 1000

/** Best passages first; none where nothing matches. A score of 0.5 or more may be answered from without a model. */
export const searchPassages = async (source: PassageSource, question: string, language: string, limit = 5): Promise<readonly Passage[]> =>
  (await rankQuestion(source, question, language, limit)).passages

export const rankQuestion = async (source: PassageSource, question: string, language: string, limit: number): Promise<Ranking> => {
  const asked = question.slice(0, LONGEST_QUESTION)
  const words = askedWords(asked, language)
  if (words.length === 0) return { passages: [], evidence: null }
  const similar = Map.groupBy(await source.similar(language, words), (found) => found.asked)
  const terms = readTerms(asked, language, new Map([...similar].map(([word, found]) => [word, found.map((one) => one.word)])))
  const stems = [...new Set(terms.flatMap((term) => [...term.stems.keys()].flatMap((stem) => stem.split(SIDE_BY_SIDE))))]
  if (stems.length === 0) return { passages: [], evidence: null }
  const statistics = await source.count(language, stems)
  const candidates = await source.candidates(language, [...statistics.stems.keys()], DOCUMENTS)
  return rankPassages(terms, candidates, statistics, limit)
}
