/**
 * Why one message was sent, changed, held or refused, in words: what was asked, what every rule said and whose it is, the price, the tries
 * and the receipts. Pure: the command `explain`, the API and the demo's page show the same sentences.
 */
import type { Price, Ruling } from '../core/decision.ts'
import type { Language } from '../core/language.ts'
import type { AttemptView, DecisionView, ExplanationData, MessageView } from '../core/reading.ts'
import { categoryIn, dayIn, endIn, moneyIn, placeIn, purposeIn } from '../core/telling.ts'
import { amendmentsIn, authorIn, EXPLAINS, momentIn, STATUS_WORDS } from './explanation-words.ts'

/** `source` is the address of the text a rule or a remedy rests on. */
export type ExplanationLine = { readonly text: string; readonly source?: string | undefined }
export type ExplanationPart = { readonly heading: string; readonly lines: readonly ExplanationLine[] }
export type Explanation = { readonly headline: string; readonly parts: readonly ExplanationPart[] }

type Teller = { readonly language: Language; readonly when: (at: number) => string }

/** Times are told in `timezone` (IANA). */
export const explainMessage = (data: ExplanationData, language: Language, timezone = 'UTC'): Explanation => {
  const teller: Teller = { language, when: (at) => momentIn(at, language, timezone) }
  const { message, decisions, attempts } = data
  const says = EXPLAINS[language]
  const parts: ExplanationPart[] = [
    { heading: message.direction === 'in' ? says.received : says.asked, lines: askedLines(data, teller) },
    ...decisions.map((decision, n) => ({
      heading: says.decided(n, decisions.length, teller.when(decision.at)),
      lines: decisionLines(decision, teller),
    })),
    { heading: says.price, lines: message.direction === 'out' ? priceLines(message, decisions, teller) : [] },
    { heading: says.delivery, lines: deliveryLines(message, attempts, teller) },
  ]
  return { headline: headlineOf(message, teller), parts: parts.filter((part) => part.lines.length > 0) }
}

const headlineOf = (message: MessageView, { language, when }: Teller): string => {
  if (message.direction === 'in') return EXPLAINS[language].inbound(when(message.at))
  const reached = message.readAt ?? message.deliveredAt ?? message.sentAt ?? message.acceptedAt
  const at = message.status === 'failed' ? message.failedAt : reached
  return STATUS_WORDS[language][message.status](at === null ? '' : when(at))
}

const askedLines = ({ message, decisions, country, channelKind }: ExplanationData, { language, when }: Teller): ExplanationLine[] => {
  const says = EXPLAINS[language]
  const lines = [
    says.author(authorIn(message.author, language), when(message.at)),
    says.place(message.channel, channelKind, placeIn(country, language)),
  ]
  const intent = decisions[0]?.intent ?? null
  if (message.category) lines.push(says.category(categoryIn(message.category, language)))
  const purpose = intent?.insteadOf ?? intent?.purpose
  if (typeof purpose === 'string') lines.push(says.purpose(purposeIn(purpose, language), intent?.purposeAssumed === true))
  if (message.ai) lines.push(says.ai)
  if (message.citations?.length) lines.push(says.citations(message.citations.map((citation) => citation.title)))
  if (message.editedAt !== null) lines.push(says.edited(when(message.editedAt)))
  if (message.revokedAt !== null) lines.push(says.revoked(when(message.revokedAt)))
  return lines.map((text) => ({ text }))
}

const decisionLines = (decision: DecisionView, { language, when }: Teller): ExplanationLine[] => {
  const says = EXPLAINS[language]
  const changes = decision.outcome === 'amend' ? amendmentsIn(decision.amend, language) : []
  const instead = typeof decision.intent?.insteadOf === 'string'
  const first = instead ? says.instead : says.outcome[decision.outcome](decision.until === null ? '' : when(decision.until))
  const rulings = decision.rulings.flatMap((ruling) => rulingLines(ruling, { language, when }))
  return [
    { text: changes.length ? `${first} ${says.changes(changes)}` : first },
    ...(rulings.length ? rulings : [{ text: says.noRule }]),
    { text: says.rulebook(decision.rulebook.slice(0, 12)) },
  ]
}

const rulingLines = (ruling: Ruling, { language, when }: Teller): ExplanationLine[] => {
  const says = EXPLAINS[language]
  const verdict = says.verdict[ruling.outcome](ruling.until === undefined ? '' : when(ruling.until))
  const { since, to } = ruling
  const told = {
    ...ruling,
    place: placeIn(ruling.place, language),
    since: dayIn(since, language),
    to: to === null ? null : dayIn(to, language),
  }
  const lines: ExplanationLine[] = [{ text: says.ruling(told, says.whose[ruling.by], verdict), source: ruling.source }]
  if (ruling.ended) lines.push({ text: `${endIn(ruling.ended, language)}.`, source: ruling.ended.source })
  if (ruling.outcome !== 'allow') lines.push({ text: says.remedy(ruling.remedy[language]) })
  if (ruling.override) lines.push({ text: says.override({ ...ruling.override, until: dayIn(ruling.override.until, language) }) })
  return lines
}

const priceLines = (message: MessageView, decisions: readonly DecisionView[], { language }: Teller): ExplanationLine[] => {
  const says = EXPLAINS[language]
  const price: Price | null = decisions.at(-1)?.price ?? message.price
  const lines: ExplanationLine[] = []
  if (price?.known && price.amount !== null && price.currency !== null) {
    const amount = moneyIn(price.amount, price.currency, language)
    const since = price.since === null ? null : dayIn(price.since, language)
    lines.push({
      text: says.priceKnown(amount, categoryIn(price.category, language), since, price.confidence),
      source: price.source ?? undefined,
    })
  } else if (price) lines.push({ text: says.priceUnknown(categoryIn(price.category, language)), source: price.source ?? undefined })
  if (price?.allowance) lines.push({ text: says.allowance(price.allowance.free), source: price.allowance.source })
  if (message.priceSeen)
    lines.push({ text: says.priceSeen({ ...message.priceSeen, category: categoryIn(message.priceSeen.category, language) }) })
  return lines
}

const deliveryLines = (message: MessageView, attempts: readonly AttemptView[], teller: Teller): ExplanationLine[] => {
  const { language, when } = teller
  const says = EXPLAINS[language]
  const lines: ExplanationLine[] = attempts.map((attempt, n) => ({ text: attemptLine(attempt, n, teller) }))
  if (message.duplicateRisk) lines.push({ text: says.duplicate })
  const receipts = [
    [says.sent, message.sentAt],
    [says.deliveredAt, message.deliveredAt],
    [says.readAt, message.readAt],
    [says.failedAt, message.failedAt],
  ] as const
  for (const [words, at] of receipts) if (at !== null) lines.push({ text: words(when(at)) })
  if (message.refusal) {
    const { code, detail, remedy, source } = message.refusal
    lines.push({ text: says.refusal(code, detail), source }, { text: says.remedy(remedy[language]) })
  }
  return lines
}

const attemptLine = (attempt: AttemptView, n: number, { language, when }: Teller): string => {
  const says = EXPLAINS[language]
  const settled = attempt.settledAt === null ? '' : when(attempt.settledAt)
  const result = attempt.result === null ? says.open : says.result[attempt.result](settled, attempt.code ?? '')
  return says.attempt(n + 1, attempt.channel, when(attempt.at), result)
}

/** The explanation as lines of text, for a terminal. */
export const explanationText = (explanation: Explanation): string =>
  [
    explanation.headline,
    ...explanation.parts.flatMap((part) => [
      '',
      part.heading,
      ...part.lines.map((line) => `  ${line.text}${line.source ? ` <${line.source}>` : ''}`),
    ]),
    '',
  ].join('\n')
