/** Whether an answer is in the language of its question: a model may fall into another, and customers would be told so in it. */
import type { Prompt } from '../core/engine.ts'
import { isSaidIn } from '../knowledge/language.ts'

/** Fewer words tell nothing: a name, a price, an address. */
const FEW = { question: 3, answer: 8 } as const

/** True where it is, and where that cannot be told: a customer may write in a language whose small words nobody has listed. */
export const isInLanguageAsked = (answer: string, { question, language }: Prompt): boolean =>
  (language !== 'fr' && language !== 'en') ||
  isSaidIn(question, language, FEW.question) === false ||
  isSaidIn(answer, language, FEW.answer) !== false
