/**
 * Counts, message by message, what customers asked and how it was handled. What a customer writes in a row is one question; what is said to them
 * before they write again is its answer. Holds counts and the few questions that the seed draws, however long the period.
 */
import { sha256 } from '../core/digest.ts'
import type { SaidMessage } from '../core/evidence.ts'
import type { ConversationId, MessageId } from '../core/ids.ts'
import type { Purpose } from '../core/situation.ts'

/**
 * Whose matter a question was, by the decision on its answer; `assumed` where nothing had classified it and the business's own was supposed,
 * `unjudged` where nothing was decided about an answer.
 */
export const ASKED = ['service', 'general', 'none', 'unsure', 'assumed', 'unjudged'] as const
export type Asked = Purpose | 'assumed' | 'unjudged'

/** How a question was handled: the first of these that is true of it. */
export const HANDLED = [
  'ai',
  'quoted',
  'journey',
  'person',
  'elsewhere',
  'turned-away',
  'house',
  'program',
  'held',
  'refused',
  'unanswered',
] as const
export type Handled = (typeof HANDLED)[number]

/** Who wrote what left the house. */
export const AUTHORS = ['ai', 'quoted', 'journey', 'person', 'house', 'program', 'platform'] as const
export type Author = (typeof AUTHORS)[number]

export type Drawn = {
  readonly id: MessageId
  readonly conversation: ConversationId
  readonly channel: string
  readonly at: number
  readonly asked: Asked
  readonly handled: Handled
  readonly question: readonly MessageId[]
  readonly answer: readonly SaidMessage[]
}
type Count<K extends string> = Readonly<Record<K, number>>
export type Tally = {
  readonly questions: {
    readonly total: number
    readonly asked: Count<Asked>
    readonly handled: Readonly<Record<Asked, Count<Handled>>>
  }
  readonly channels: readonly { readonly channel: string; readonly kind: string; readonly asked: Count<Asked> }[]
  readonly messages: { readonly total: number; readonly by: Count<Author> }
  readonly ai: {
    readonly messages: number
    /** Those that were the first an AI said since a person spoke, or ever; and of them those that told so. */
    readonly first: number
    readonly firstDisclosed: number
    /** Those whose reader could reach a person, and those that showed the way themselves. */
    readonly personReachable: number
    readonly personOffered: number
  }
  readonly rulebooks: readonly { readonly digest: string; readonly decisions: number }[]
  readonly drawn: readonly Drawn[]
}

const zeros = <K extends string>(names: readonly K[]): Record<K, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>
const LEFT: ReadonlySet<string> = new Set(['accepted', 'sent', 'delivered', 'read', 'unknown'])

/** Sent, as far as anybody knows. */
export const hasLeft = ({ status }: SaidMessage): boolean => LEFT.has(status)

/** Who wrote it, as far as others need to know. */
export const authorOf = ({ author, decision }: SaidMessage): Author => {
  if (decision?.message?.ai) return 'ai'
  const [kind] = author.split(':')
  if (kind === 'engine') return 'quoted'
  if (kind === 'agent') return 'person'
  if (kind === 'journey' || kind === 'platform') return kind
  return kind === 'api' ? 'program' : 'house'
}

/** Of one answer. An answer that nothing asked for (a program wrote meanwhile) is none. */
const handledOf = (answer: readonly SaidMessage[], asked: Asked): Handled => {
  const left = answer.filter(hasLeft)
  const by = new Set(left.map(authorOf))
  for (const one of ['ai', 'quoted', 'journey', 'person'] as const) if (by.has(one)) return one
  if (by.has('platform')) return 'elsewhere'
  if (by.has('house')) {
    if (asked !== 'general') return 'house'
    return left.some(({ type }) => type === 'link') ? 'elsewhere' : 'turned-away'
  }
  if (by.has('program')) return 'program'
  if (answer.some(({ status }) => status === 'held')) return 'held'
  return answer.some(({ decision }) => decision?.outcome === 'refuse') ? 'refused' : 'unanswered'
}

const askedOf = (answer: readonly SaidMessage[]): Asked => {
  const judged = answer.flatMap(({ decision }) => (decision?.message?.reply ? [decision.message] : []))
  // A hand-over and other words of the house have no matter of their own: what was asked is told by the others.
  const telling =
    judged.find(({ purpose, purposeAssumed }) => purpose !== 'none' && !purposeAssumed) ??
    judged.find(({ purposeAssumed }) => !purposeAssumed) ??
    judged[0]
  if (!telling) return 'unjudged'
  return telling.purposeAssumed ? 'assumed' : telling.purpose
}

type Open = { readonly question: SaidMessage[]; readonly answer: SaidMessage[] }

/** `seed` draws `each` questions of each matter: those whose SHA-256 with the seed is smallest, so that nobody picks them. */
export const createTally = (seed: string, each: number): { take(message: SaidMessage): void; result(): Tally } => {
  const asked = zeros(ASKED)
  const handled = Object.fromEntries(ASKED.map((one) => [one, zeros(HANDLED)])) as Record<Asked, Record<Handled, number>>
  const by = zeros(AUTHORS)
  const ai = { messages: 0, first: 0, firstDisclosed: 0, personReachable: 0, personOffered: 0 }
  const channels = new Map<string, { channel: string; kind: string; asked: Record<Asked, number> }>()
  const rulebooks = new Map<string, number>()
  const draws = new Map<Asked, { readonly rank: string; readonly drawn: Drawn }[]>()
  let conversation: ConversationId | null = null
  let open: Open | null = null

  const close = (): void => {
    const [first] = open?.question ?? []
    if (!open || !first) return
    const { question, answer } = open
    open = null
    const matter = askedOf(answer)
    const way = handledOf(answer, matter)
    asked[matter] += 1
    handled[matter][way] += 1
    const channel = channels.get(first.channel) ?? { channel: first.channel, kind: first.kind, asked: zeros(ASKED) }
    channel.asked[matter] += 1
    channels.set(first.channel, channel)
    draw({
      id: first.id,
      conversation: first.conversation,
      channel: first.channel,
      at: first.at,
      asked: matter,
      handled: way,
      question: question.map(({ id }) => id),
      answer,
    })
  }
  const draw = (drawn: Drawn): void => {
    const rank = sha256(`${seed} ${drawn.id}`)
    const kept = draws.get(drawn.asked) ?? []
    if (kept.length >= each && rank > (kept.at(-1)?.rank ?? '')) return
    const place = kept.findIndex((one) => one.rank > rank)
    kept.splice(place < 0 ? kept.length : place, 0, { rank, drawn })
    draws.set(drawn.asked, kept.slice(0, each))
  }
  const takeSaid = (message: SaidMessage): void => {
    const { decision } = message
    if (decision) rulebooks.set(decision.rulebook, (rulebooks.get(decision.rulebook) ?? 0) + 1)
    open?.answer.push(message)
    if (!hasLeft(message)) return
    by[authorOf(message)] += 1
    if (!decision?.message?.ai) return
    ai.messages += 1
    if (decision.message.firstAiTurn) ai.first += 1
    if (decision.message.firstAiTurn && decision.message.disclosed) ai.firstDisclosed += 1
    if (decision.humanReachable) ai.personReachable += 1
    if (decision.message.offersHuman) ai.personOffered += 1
  }
  return {
    take(message) {
      if (message.conversation !== conversation) close()
      conversation = message.conversation
      if (message.direction === 'out') return takeSaid(message)
      if (message.type === 'reaction') return
      if (open && open.answer.length > 0) close()
      open ??= { question: [], answer: [] }
      open.question.push(message)
    },
    result() {
      close()
      return {
        questions: { total: ASKED.reduce((sum, one) => sum + asked[one], 0), asked, handled },
        channels: [...channels.values()].sort((a, b) => (a.channel < b.channel ? -1 : 1)),
        messages: { total: AUTHORS.reduce((sum, one) => sum + by[one], 0), by },
        ai,
        rulebooks: [...rulebooks].map(([digest, decisions]) => ({ digest, decisions })).sort((a, b) => (a.digest < b.digest ? -1 : 1)),
        drawn: ASKED.flatMap((one) => draws.get(one)?.map(({ drawn }) => drawn) ?? []),
      }
    },
  }
}
