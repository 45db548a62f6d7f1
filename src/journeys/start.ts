/** Which journey a message starts. */
import { type Content, wordsOf } from '../core/content.ts'
import type { Journey } from '../core/journey.ts'
import { plain } from '../core/spelling.ts'

type Found = { readonly journey: Journey; readonly length: number }

const byButton = (journeys: readonly Journey[], content: Content): Journey | null => {
  if (content.type !== 'choice') return null
  return journeys.find((journey) => journey.starts.some((start) => 'button' in start && start.button === content.id)) ?? null
}

const byKeyword = (journeys: readonly Journey[], content: Content): Journey | null => {
  const text = ` ${plain(wordsOf(content))} `
  let best: Found | null = null
  for (const journey of journeys) {
    for (const start of journey.starts) {
      if (!('keyword' in start)) continue
      for (const keyword of start.keyword) {
        const wanted = plain(keyword)
        if (wanted === '' || !text.includes(` ${wanted} `)) continue
        if (best === null || wanted.length > best.length) best = { journey, length: wanted.length }
      }
    }
  }
  return best?.journey ?? null
}

/**
 * The journey a message asks for: a tapped button's id, else a keyword as a whole word, whatever its case and accents.
 * The longest keyword wins, then the order of the files. null: none; `alwaysFor` has what nothing else takes.
 */
export const startFor = (journeys: readonly Journey[], content: Content): Journey | null =>
  byButton(journeys, content) ?? byKeyword(journeys, content)

/** The journey for whatever nothing else takes (`always: true`), or null. */
export const alwaysFor = (journeys: readonly Journey[]): Journey | null =>
  journeys.find((journey) => journey.starts.some((start) => 'always' in start)) ?? null
