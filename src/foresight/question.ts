/** The questions that stand ready, as they are written in `questions.yaml` beside this file. */
import { z } from 'zod'
import type { Question } from './change.ts'
import { NO_CHANGE, priceFileOf } from './change.ts'

const words = z.strictObject({ fr: z.string().min(1), en: z.string().min(1) })
const declaration = z.strictObject({ aiIs: z.enum(['incidental', 'primary']).optional(), aiSince: z.string().optional() })
const price = z.strictObject({
  what: z.enum(['ai', 'service', 'utility', 'marketing', 'authentication']),
  place: z.string(),
  amount: z.number().nonnegative(),
  currency: z.string().length(3),
})
const written = z.array(
  z.strictObject({
    question: z.string().regex(/^[a-z0-9-]+$/),
    ask: words,
    source: z.url().optional(),
    assume: declaration.default({}),
    change: z.strictObject({
      drop: z.array(z.strictObject({ rule: z.string(), place: z.string() })).default([]),
      prices: z.array(price).default([]),
      /** Kinds of channels the prices are of. */
      on: z.array(z.string()).default([]),
      without: z.string().nullable().default(null),
      throughput: z.number().positive().nullable().default(null),
    }),
  }),
)

/** `parsed`: the file as a value. `day`: when it is asked, YYYY-MM-DD. Throws where the file is not as it should be: it comes with Relais. */
export const readQuestions = (parsed: unknown, day: string): readonly Question[] =>
  written.parse(parsed).map(({ question, ask, source, assume, change: { drop, prices, on, without, throughput } }) => ({
    question,
    ask,
    source: source ?? null,
    assume,
    change: { ...NO_CHANGE, drop, without, throughput, files: prices.length ? [priceFileOf('question', prices, on, day)] : [] },
  }))
