/** The evidence room: proof of how AI was used, counted, masked and signed. Pure. */

import { PHONE_KINDS } from '../core/address.ts'
import { type Content, wordsOf } from '../core/content.ts'
import { sha256 } from '../core/digest.ts'
import type { EvidenceSource, KnownPerson, SaidMessage } from '../core/evidence.ts'
import type { Language } from '../core/language.ts'
import { dayAt } from '../core/local-time.ts'
import { type Known, maskText } from './mask.ts'
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
    const own = [...question, ...answer.map(({ id }) => id)].flatMap((id) => detailsIn(contents.get(id) ?? null))
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

const isEmail = (text: string): boolean => /^\S+@\S+\.\S+$/u.test(text)
const isNumber = (text: string): boolean => /^\+?[\d\s().-]{6,}$/u.test(text)

const knownOf = (person: KnownPerson | undefined, agents: readonly string[], own: readonly string[]): Known => {
  const addresses = person?.addresses ?? []
  const details = [...(person?.details ?? []), ...own]
  const phoneKinds: readonly string[] = PHONE_KINDS
  const numbers = addresses.filter(({ kind }) => phoneKinds.includes(kind)).map(({ value }) => value)
  return {
    names: [...(person?.names ?? []), ...agents],
    numbers: [...numbers, ...details.filter(isNumber)],
    emails: [...addresses.map(({ value }) => value), ...details].filter(isEmail),
    addresses: details.filter((detail) => detail.includes(',')),
    references: [...addresses.map(({ value }) => value), ...details],
    country: person?.country ?? '',
  }
}

/** What a message carries besides its words, which is about somebody: what a template was filled with, a form, a card, a place. */
const detailsIn = (content: Content | null): string[] => {
  switch (content?.type) {
    case 'template':
      return Object.values(content.parameters)
    case 'form':
      return Object.values(content.values).filter((value) => typeof value === 'string')
    case 'contacts':
      return content.contacts.flatMap(({ name, phones }) => [name, ...phones])
    case 'location':
      return [content.name ?? '', content.address ?? '']
    default:
      return []
  }
}
