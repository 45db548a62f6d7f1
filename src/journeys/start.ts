/** Which journey a message starts. */
import { type Content, wordsOf } from '../core/content.ts'
import type { Journey } from '../core/journey.ts'
import { plain } from '../core/spelling.ts'
import { wordsIn } from '../core/terms.ts'
import { isQuestion } from '../core/transitions.ts'
import { answerAlone } from './answer.ts'

/** `short`: the message says little else. In a longer one a keyword may stand by chance. */
export type Start = { readonly journey: Journey; readonly short: boolean }

/** So many words are short, whatever the keyword; a long keyword may have one word beside it. */
const SHORT = 5
const BESIDE = 1

/** A number or a reference beside a keyword makes no sentence of it. */
const countWords = (text: string): number => wordsIn(text).filter((word) => !/\p{N}/u.test(word)).length

const byButton = (journeys: readonly Journey[], content: Content): Start | null => {
  if (content.type !== 'choice') return null
  const journey = journeys.find(({ starts }) => starts.some((start) => 'button' in start && start.button === content.id))
  return journey ? { journey, short: true } : null
}

const byKeyword = (journeys: readonly Journey[], content: Content): Start | null => {
  const text = ` ${plain(wordsOf(content))} `
  let best: { readonly journey: Journey; readonly keyword: string } | null = null
  for (const journey of journeys) {
    for (const start of journey.starts) {
      if (!('keyword' in start)) continue
      for (const keyword of start.keyword) {
        const wanted = plain(keyword)
        if (wanted === '' || !text.includes(` ${wanted} `)) continue
        if (best === null || wanted.length > best.keyword.length) best = { journey, keyword: wanted }
      }
    }
  }
  if (best === null) return null
  const short = content.type === 'choice' || countWords(text) <= Math.max(SHORT, countWords(best.keyword) + BESIDE)
  return { journey: best.journey, short }
}

/**
 * The journey a message asks for: a tapped button's id, else a keyword as a whole word, whatever its case and accents.
 * The longest keyword wins, then the order of the files. null: none; `alwaysFor` has what nothing else takes.
 */
export const startFor = (journeys: readonly Journey[], content: Content): Start | null =>
  byButton(journeys, content) ?? byKeyword(journeys, content)

/** The one journey with keywords whose first question a message answers, where it is a number or a code and nothing else; else null. */
export const startByAnswer = (journeys: readonly Journey[], content: Content): Journey | null => {
  const [found, ...others] = journeys.filter(({ starts, steps }) => {
    const first = steps.find(isQuestion)
    return first?.kind === 'ask' && starts.some((start) => 'keyword' in start) && answerAlone(first, content) !== null
  })
  return found !== undefined && others.length === 0 ? found : null
}

/** The journey for whatever nothing else takes (`always: true`), or null. */
export const alwaysFor = (journeys: readonly Journey[]): Journey | null =>
  journeys.find((journey) => journey.starts.some((start) => 'always' in start)) ?? null
