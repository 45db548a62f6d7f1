/** The knowledge in memory: for the simulation and for tests, with the same candidates' contract as `store/passages`. */
import type { KnowledgeIndex, PassageSource, StoredPassage } from '../core/knowledge.ts'
import { stemOf, wordsIn } from '../core/terms.ts'

export const createMemorySource = (index: KnowledgeIndex): PassageSource => {
  const counts = new Map(index.stems.map((entry) => [`${entry.language} ${entry.stem}`, entry.documents]))
  const vocabulary = new Map<string, Map<string, Set<string>>>()
  for (const { language, word } of index.words) {
    const words = vocabulary.get(language) ?? new Map<string, Set<string>>()
    vocabulary.set(language, words.set(word, trigramsOf(word)))
  }
  const documents = new Map<string, StoredPassage[]>()
  for (const passage of index.passages) documents.set(passage.document, [...(documents.get(passage.document) ?? []), passage])
  const stemsOf = new Map([...documents].map(([name, passages]) => [name, stemsIn(passages)]))
  const tokens = new Map(index.tokens.map((token) => [`${token.language} ${token.token}`, token]))
  return {
    async similar(language, asked) {
      const known = vocabulary.get(language) ?? new Map<string, Set<string>>()
      const words = [...known]
      return asked.flatMap((one) => {
        if (known.has(one)) return [{ asked: one, word: one }]
        const wanted = trigramsOf(one)
        return words.filter(([, trigrams]) => similarity(wanted, trigrams) >= SIMILAR).map(([word]) => ({ asked: one, word }))
      })
    },
    async count(language, stems) {
      const found = stems.flatMap((stem) => {
        const count = counts.get(`${language} ${stem}`)
        return count === undefined ? [] : [[stem, count] as const]
      })
      return { documents: index.documents[language] ?? 0, stems: new Map(found) }
    },
    async examples(language, asked) {
      return {
        documents: index.examples.filter((one) => one.language === language),
        tokens: asked.flatMap((token) => tokens.get(`${language} ${token}`) ?? []),
      }
    },
    async candidates(language, wanted, limit, named = []) {
      const best = [...documents.entries()]
        .filter(([, passages]) => passages[0]?.language === language)
        .map(([name]) => ({ name, held: wanted.filter((stem) => stemsOf.get(name)?.has(stem)).length }))
        .filter(({ held }) => held > 0)
        .sort((a, b) => b.held - a.held)
        .slice(0, limit)
        .map(({ name }) => name)
      return [...new Set([...best, ...named])].flatMap((name) => documents.get(name) ?? [])
    },
  }
}

/** As pg_trgm does: the share of common trigrams of a word with two spaces before and one behind. */
export const SIMILAR = 0.3
const trigramsOf = (word: string): Set<string> => {
  const padded = `  ${word} `
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)))
}
const similarity = (one: ReadonlySet<string>, other: ReadonlySet<string>): number => {
  if (Math.min(one.size, other.size) < SIMILAR * Math.max(one.size, other.size)) return 0
  let common = 0
  for (const trigram of one) if (other.has(trigram)) common += 1
  return common / (one.size + other.size - common)
}

const stemsIn = (passages: readonly StoredPassage[]): Set<string> =>
  new Set(
    passages.flatMap((passage) =>
      wordsIn(`${passage.title} ${passage.also} ${passage.text}`).map((word) => stemOf(word, passage.language)),
    ),
  )
