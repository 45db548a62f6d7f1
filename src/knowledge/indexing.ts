/** Passages and examples -> what is stored of them: the words and stems that questions are weighed against. */
import type { Ask, KnowledgeIndex, StoredPassage } from '../core/knowledge.ts'
import { isStopWord, stemOf, wordsIn } from '../core/terms.ts'
import { indexExamples } from './examples.ts'

export const indexPassages = (passages: readonly StoredPassage[], asks: readonly Ask[] = []): KnowledgeIndex => {
  const words = new Map<string, { language: string; word: string; stem: string }>()
  const stems = new Map<string, { language: string; stem: string; in: Set<string> }>()
  const documents: Record<string, Set<string>> = {}
  for (const passage of passages) {
    const { language, document } = passage
    documents[language] ??= new Set()
    documents[language].add(document)
    for (const word of wordsIn(`${passage.title}\n${passage.also}\n${passage.text}`)) {
      if (isStopWord(word, language) || word.length < 2) continue
      const stem = stemOf(word, language)
      words.set(`${language} ${word}`, { language, word, stem })
      const entry = stems.get(`${language} ${stem}`) ?? { language, stem, in: new Set<string>() }
      entry.in.add(document)
      stems.set(`${language} ${stem}`, entry)
    }
  }
  return {
    ...indexExamples(asks),
    passages,
    words: [...words.values()],
    stems: [...stems.values()].map((entry) => ({ language: entry.language, stem: entry.stem, documents: entry.in.size })),
    documents: Object.fromEntries(Object.entries(documents).map(([language, set]) => [language, set.size])),
  }
}
