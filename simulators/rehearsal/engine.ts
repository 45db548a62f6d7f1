/** The imitation of an AI endpoint, as a rehearsal cuts it. */
import { createVendorSimulator, isVendor } from '../engines/index.ts'
import { answerCarefully, createOpenAISimulator } from '../openai/index.ts'
import { type Clock, textOf } from '../wire.ts'
import type { Cut } from './provider.ts'

export type ImitatedEngine = {
  /** In place of the business's own settings. */
  readonly settings: Readonly<Record<string, unknown>>
  fetch(request: Request): Promise<Response>
  /** null heals it. */
  turn(how: Cut | null): void
}

const BEHAVIOURS = { banned: 'unauthorised', refuses: 'unauthorised', silent: 'silent', down: 'overloaded' } as const

/** A kind whose wire nobody imitates is taken for chat completions: it sends nothing. */
export const openEngine = (kind: string, config: Readonly<Record<string, unknown>>, clock: Clock): ImitatedEngine => {
  const options = { clock, models: [textOf(config.model)], answer: answerCarefully }
  const simulator = isVendor(kind) ? createVendorSimulator(kind, options) : createOpenAISimulator(options)
  return {
    settings: { baseUrl: 'https://rehearsal.invalid/v1' },
    fetch: (request) => simulator.fetch(request),
    turn: (how) => simulator.always({ kind: how === null ? 'answer' : BEHAVIOURS[how] }),
  }
}
