/** The evidence room: proof of how AI was used, counted, masked and signed. Pure. */

import { wordsOf } from '../core/content.ts'
import { sha256 } from '../core/digest.ts'
import type { EvidenceSource, SaidMessage } from '../core/evidence.ts'
import type { Language } from '../core/language.ts'
import { dayAt } from '../core/local-time.ts'
import { knownOf, maskText } from '../masking/index.ts'
import type { Evidence, Sample } from './page.ts'
import { authorOf, createTally, type Drawn, hasLeft } from './tally.ts'

export { type Evidence, evidencePage } from './page.ts'
export { sealPage, signerOf } from './seal.ts'

export type EvidenceRequest = Pick<Evidence, 'language' | 'business' | 'key' | 'rulebook'> & {
  /** From the first instant to before the second, ms; days of `timezone`. */
  readonly since: number
  readonly until: number
  readonly timezone: string
  readonly made: number
  /** null: made of the key and the period. */
  readonly seed: string | null
  /** Examples of each matter. */
  readonly each: number
  /** Told as conversations are done. */
  readonly onProgress?: (conversations: number) => void
}

/** Counts, draws and masks. Memory does not grow with the period. */
export const gatherEvidence = async (source: EvidenceSource, request: EvidenceRequest): Promise<Evidence> => {
  const { since, until, timezone, key, each, language, business, rulebook } = request
  const period = { since: dayAt(since, timezone), until: dayAt(until - 1, timezone), timezone }
  const seed = request.seed ?? sha256(`${key} ${period.since} ${period.until}`)
  const tally = createTally(seed, each)
  let conversations = 0
  let last: SaidMessage['conversation'] | null = null
  for await (const message of source.said(since, until)) {
    if (message.conversation !== last) request.onProgress?.(conversations++)
    last = message.conversation
    tally.take(message)
  }
  const { drawn, ...counts } = tally.result()
  return {
    format: 'relais-evidence-1',
    language,
    business,
    period,
    made: new Date(request.made).toISOString(),
    key,
    rulebook,
    draw: { seed, given: request.seed !== null, each },
    ...counts,
    samples: await samplesOf(source, drawn, timezone, language),
  }
}

const samplesOf = async (source: EvidenceSource, drawn: readonly Drawn[], timezone: string, language: Language): Promise<Sample[]> => {
  const ids = drawn.flatMap(({ question, answer }) => [...question, ...answer.map(({ id }) => id)])
  const [contents, people, agents] = await Promise.all([
    source.contents(ids),
    source.people([...new Set(drawn.map(({ conversation }) => conversation))]),
    source.agents(),
  ])
  return drawn.map(({ conversation, question, answer, at, asked, handled, channel }) => {
    const own = [...question, ...answer.map(({ id }) => id)].map((id) => contents.get(id) ?? null)
    const known = knownOf(people.get(conversation), agents, own)
    const shown = (id: SaidMessage['id']): string => {
      const content = contents.get(id)
      return content ? maskText(wordsOf(content), known, language) : ''
    }
    return {
      asked,
      handled,
      channel,
      day: dayAt(at, timezone),
      question: question.map(shown),
      answer: answer.map((message) => ({
        by: authorOf(message),
        left: hasLeft(message),
        disclosed: message.decision?.message?.disclosed ?? false,
        outcome: message.decision?.outcome ?? null,
        rules: message.decision?.rules ?? [],
        text: shown(message.id),
      })),
    }
  })
}
