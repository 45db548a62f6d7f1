/** `prompts/cases.yaml`: the table of cases that `relais prompts test` runs over engines. */
import { z } from 'zod'
import type { Language } from '../core/language.ts'
import type { PromptCase } from '../core/prompt-case.ts'
import type { Sheet } from './document.ts'
import { TASKS, words } from './field.ts'

const turn = z
  .union([z.strictObject({ customer: words }), z.strictObject({ business: words })])
  .describe('`customer` or `business`, and what was said.')

export const promptCase = z
  .strictObject({
    case: words.describe('Its name.'),
    task: z.enum(TASKS).default('answer').describe('What the engine is asked for.'),
    language: z.enum(['fr', 'en']).optional().describe('Of the question and the answer. Unset: the business’s.'),
    question: words.describe('What the customer asks.'),
    history: z.array(turn).default([]).describe('What was said before, oldest first.'),
    passages: z
      .array(z.strictObject({ title: words, text: words }))
      .optional()
      .describe('What may be answered from. Unset: what the knowledge finds for the question.'),
    must: z
      .array(z.union([words, z.array(words).min(1)]))
      .default([])
      .describe('What must stand in the answer: words, or a list of which one is enough. Capitals, accents and spaces do not matter.'),
    mustNot: z.array(words).default([]).describe('What must not.'),
    abstains: z.boolean().default(false).describe('Whether the engine must find nothing to answer.'),
  })
  .describe('One case. A file is a list of them.')
export const promptCases = z.array(promptCase)

export const casesOf = (read: z.output<typeof promptCases>, sheet: Sheet, locale: Language): readonly PromptCase[] =>
  read.map(({ case: name, task, language = locale, question, history, passages = null, must, mustNot, abstains }, index) => ({
    name,
    task,
    language,
    question,
    history: history.map((one) =>
      'customer' in one ? { by: 'customer' as const, text: one.customer } : { by: 'business' as const, text: one.business },
    ),
    passages,
    must: must.map((one) => [one].flat()),
    mustNot,
    abstains,
    line: sheet.place([index]).line,
  }))
