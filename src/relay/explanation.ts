/**
 * Why one message was sent, changed, held or refused, in words: what was asked, what every rule said and whose it is, the price, the tries
 * and the receipts. Pure: the command `explain`, the API and the demo's page show the same sentences.
 */
import { wordsOf } from '../core/content.ts'
import type { Price, Ruling } from '../core/decision.ts'
import { shortenText } from '../core/fitting.ts'
import type { Digest } from '../core/ids.ts'
import type { Language } from '../core/language.ts'
import type { AttemptView, DecisionView, ExplanationData, MessageView, Reading } from '../core/reading.ts'
import { categoryIn, dayIn, endIn, groundIn, mediumIn, moneyIn, overrideIn, placeIn, purposeIn } from '../core/telling.ts'
import { aboutsIn, type RuleWords } from '../policy/index.ts'
import { bridgePart } from './explanation-bridge.ts'
import { engineLines } from './explanation-engines.ts'
import { planPart } from './explanation-plan.ts'
import { draftLine, taskLines } from './explanation-task.ts'
import { amendmentIn, authorIn, EXPLAINS, momentIn, STATUS_WORDS, whenIn } from './explanation-words.ts'

/** `source` is the address of the text a rule or a remedy rests on. */
export type ExplanationLine = { readonly text: string; readonly source?: string | undefined }
export type ExplanationPart = { readonly heading: string; readonly lines: readonly ExplanationLine[] }
export type Explanation = { readonly headline: string; readonly parts: readonly ExplanationPart[] }

/** What the rules that decided are about, by the digest of their rulebook. */
export type Abouts = ReadonlyMap<Digest, RuleWords>

/** In the words of the rulebooks that decided, as they are kept. */
export const aboutsFor = async (reading: Pick<Reading, 'rulebook'>, { decisions }: ExplanationData): Promise<Abouts> => {
  const digests = [...new Set(decisions.map(({ rulebook }) => rulebook))]
  return new Map(await Promise.all(digests.map(async (digest) => [digest, aboutsIn(await reading.rulebook(digest))] as const)))
}

/** `full`: with its date. `when`: as part of a sentence, the hour alone on the day of the message. */
type Teller = {
  readonly language: Language
  readonly full: (at: number) => string
  readonly when: (at: number) => string
  readonly abouts: Abouts
}

/** Times are told in `timezone` (IANA). */
export const explainMessage = (data: ExplanationData, language: Language, timezone = 'UTC', abouts: Abouts = new Map()): Explanation => {
  const { message, attempts } = data
  const teller: Teller = {
    language,
    full: (at) => momentIn(at, language, timezone),
    when: (at) => whenIn(at, message.at, language, timezone),
    abouts,
  }
  const decisions = data.decisions.filter(
    (decision, n) => !isAgain(decision, data.decisions[n - 1]) && !isBefore(decision, data.decisions[n + 1]),
  )
  const says = EXPLAINS[language]
  const parts: ExplanationPart[] = [
    { heading: message.direction === 'in' ? says.received : says.asked, lines: askedLines(data, teller) },
    ...decisions.map((decision, n) => ({
      heading: says.decided(n, decisions.length, teller.when(decision.at)),
      lines: decisionLines(decision, data.decisions, teller),
    })),
    planPart(data, language, teller.when),
    bridgePart(data, language, teller.when),
    { heading: says.price, lines: message.direction === 'out' ? priceLines(message, data.decisions, teller) : [] },
    { heading: says.delivery, lines: deliveryLines(message, attempts, rulesIn(decisions), teller) },
  ]
  return { headline: headlineOf(message, teller), parts: parts.filter((part) => part.lines.length > 0) }
}

/** A message that was changed, or stands in an answer's place, was judged as it is then: that it may leave is no news. */
const isAgain = (decision: DecisionView, before: DecisionView | undefined): boolean =>
  before !== undefined && (before.outcome === 'amend' || isInstead(before)) && before.at === decision.at && decision.outcome === 'allow'

/** What is shown while it is written is judged before its first word, and again once it is whole. */
const isBefore = (decision: DecisionView, next: DecisionView | undefined): boolean =>
  next !== undefined && verdictOf(decision) === verdictOf(next)
const verdictOf = ({ outcome, amend, until, rulings, intent }: DecisionView): string =>
  JSON.stringify([outcome, amend, until, rulings, intent?.insteadOf ?? null])

const isInstead = ({ intent }: DecisionView): boolean => typeof intent?.insteadOf === 'string'

const headlineOf = (message: MessageView, { language, full }: Teller): string => {
  if (message.direction === 'in') return EXPLAINS[language].inbound(full(message.at))
  if (message.movedTo && (message.status === 'cancelled' || message.status === 'refused')) return EXPLAINS[language].moved
  const reached = message.readAt ?? message.deliveredAt ?? message.sentAt ?? message.acceptedAt
  const at = message.status === 'failed' ? message.failedAt : reached
  return STATUS_WORDS[language][message.status](at === null ? '' : full(at))
}

const SHOWN_LENGTH = 200
/** Shown between quotes: those within are others. */
const shownOf = (content: MessageView['content'], language: Language): string => {
  const [left = '', right = ''] = language === 'fr' ? '“”' : '‘’'
  const words = content
    ? wordsOf(content)
        .replace(/«\s*|“/gu, left)
        .replace(/\s*»|”/gu, right)
        .replace(/[ \t\r\n]+/gu, ' ')
    : ''
  return shortenText(words.trim(), SHOWN_LENGTH)
}

const askedLines = (data: ExplanationData, { language, full, when }: Teller): ExplanationLine[] => {
  const { message, answered, decisions, country, channelKind } = data
  const says = EXPLAINS[language]
  const lines = [
    says.author(authorIn(message.author, language), when(message.at)),
    says.place(mediumIn(message.channel, language), mediumIn(channelKind, language), placeIn(country, language)),
  ]
  const intent = decisions[0]?.intent ?? null
  const [text, question] = [shownOf(message.content, language), intent?.reply === true ? shownOf(answered, language) : '']
  if (question) lines.push(says.answered(question))
  if (text) lines.push(says.text(text))
  if (message.category) lines.push(says.category(categoryIn(message.category, language)))
  const purpose = intent?.insteadOf ?? intent?.purpose
  // A code answers no question.
  if (typeof purpose === 'string' && message.category !== 'authentication')
    lines.push(says.purpose(purposeIn(purpose, language), intent?.purposeAssumed === true))
  if (message.ai) lines.push(says.ai)
  lines.push(...taskLines(intent, language), ...engineLines(data, language))
  if (message.citations?.length) lines.push(says.citations(message.citations.map((citation) => citation.title)))
  if (message.editedAt !== null) lines.push(says.edited(full(message.editedAt)))
  if (message.revokedAt !== null) lines.push(says.revoked(full(message.revokedAt)))
  return lines.map((text) => ({ text }))
}

const decisionLines = (decision: DecisionView, all: readonly DecisionView[], teller: Teller): ExplanationLine[] => {
  const says = EXPLAINS[teller.language]
  const at = all.indexOf(decision)
  const [before, next] = [all[at - 1], all[at + 1]]
  const { outcome, rulings, intent } = decision
  const by = [...new Set(rulings.filter((ruling) => ruling.outcome === outcome).map((ruling) => ruling.by))]
  const done = intent?.became === undefined
  const what = whatIn(decision, teller)
  const told = outcome === 'amend' && !done ? says.needs(what) : says.outcome[outcome](what)
  const lines: ExplanationLine[] = [{ text: isInstead(decision) ? says.instead : told }]
  if (outcome !== 'allow' && by.length) lines.push({ text: says.asks(by) })
  // Of an answer that was not given, what it would have had to say is nobody's concern.
  const telling = isInstead(decision) ? rulings.filter((ruling) => ruling.outcome === outcome) : rulings
  if (telling.length) lines.push(...telling.flatMap((ruling) => rulingLines(ruling, decision.rulebook, done, teller)))
  else lines.push({ text: says.noRule })
  if (!done) lines.push({ text: draftLine(intent, teller.language) ?? says.became })
  if (outcome === 'amend' && next && isAgain(next, decision)) lines.push({ text: says.again })
  if (before && isBefore(before, decision)) lines.push({ text: says.before(teller.when(before.at)) })
  return [...lines, { text: says.rulebook(decision.rulebook.slice(0, 12)) }]
}

/** Until when it has to wait, or what has to be changed. */
const whatIn = (
  { amend, until }: Partial<Pick<Ruling, 'amend'>> & { readonly until?: number | null | undefined },
  { language, full }: Teller,
) => (typeof until === 'number' ? full(until) : amendmentIn(amend ?? {}, language))

/** `done`: what the rules ask for was done, so that nobody need be told how. */
const rulingLines = (ruling: Ruling, rulebook: Digest, done: boolean, teller: Teller): ExplanationLine[] => {
  const { language, abouts } = teller
  const says = EXPLAINS[language]
  const verdict = says.verdict[ruling.outcome](whatIn(ruling, teller))
  const read = URL.canParse(ruling.source)
  const { since, to } = ruling
  const told = { ...ruling, since: dayIn(since, language), to: to === null ? null : dayIn(to, language) }
  const about = abouts.get(rulebook)?.(ruling)?.[language] ?? ruling.rule
  const lines: ExplanationLine[] = [
    { text: says.ruling(says.whose[ruling.by], groundIn(ruling, language), about) },
    { text: says.basis(verdict, told, read ? ruling.confidence : null), source: ruling.source },
  ]
  if (ruling.ended) lines.push({ text: `${endIn(ruling.ended, language)}.`, source: ruling.ended.source })
  if (ruling.outcome !== 'allow' && !(ruling.outcome === 'amend' && done)) lines.push({ text: says.remedy(ruling.remedy[language]) })
  if (ruling.override) lines.push({ text: overrideIn(ruling.override, language) })
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
  } else if (price?.undeclared) lines.push({ text: says.priceUndeclared })
  else if (price) lines.push({ text: says.priceUnknown(categoryIn(price.category, language)), source: price.source ?? undefined })
  if (price?.allowance) lines.push({ text: says.allowance(price.allowance.free), source: price.allowance.source })
  if (message.priceSeen)
    lines.push({ text: says.priceSeen({ ...message.priceSeen, category: categoryIn(message.priceSeen.category, language) }) })
  return lines
}

const rulesIn = (decisions: readonly DecisionView[]): ReadonlySet<string> =>
  new Set(decisions.flatMap(({ rulings }) => rulings.map(({ rule }) => rule)))

/** `told`: rules whose refusal was told already. */
const deliveryLines = (
  message: MessageView,
  attempts: readonly AttemptView[],
  told: ReadonlySet<string>,
  teller: Teller,
): ExplanationLine[] => {
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
  if (message.refusal && !told.has(message.refusal.code)) {
    const { code, detail, remedy, source } = message.refusal
    lines.push({ text: says.refusal(code, detail), source }, { text: says.remedy(remedy[language]) })
  }
  return lines
}

const attemptLine = (attempt: AttemptView, n: number, { language, when }: Teller): string => {
  const says = EXPLAINS[language]
  const settled = attempt.settledAt === null ? '' : when(attempt.settledAt)
  const result = attempt.result === null ? says.open : says.result[attempt.result](settled, attempt.code ?? '')
  return says.attempt(n + 1, mediumIn(attempt.channel, language), when(attempt.at), result)
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
