/** @jsxImportSource preact */
/** Why one message left, changed, waits or did not leave: what was checked, each rule with whose it is, the price, the way it went. */
import type { Ruling } from '../../src/core/decision.ts'
import type { Situation } from '../../src/core/situation.ts'
import { api, type DecisionView, type ExplanationData, type RuleName } from './api.ts'
import { countryName, moneyOf, plainDay, spanOf, timeOf } from './format.ts'
import { type Language, useLanguage, useWords } from './language.tsx'
import { useLoaded } from './live.tsx'
import type { IconName } from './mark.tsx'
import { Bones, SourceLink, State, type Tone, TroubleNotice } from './parts.tsx'
import { WHY, type WhyWords } from './why-words.ts'
import { authorName, SHARED } from './words.ts'

const TONES: Readonly<Record<DecisionView['outcome'], readonly [Tone, IconName]>> = {
  allow: ['flows', 'flows'],
  amend: ['flows', 'changed'],
  postpone: ['waits', 'waits'],
  reroute: ['waits', 'hand'],
  hold: ['waits', 'waits'],
  refuse: ['cut', 'cut'],
}

/** The rule's own sentence is long in law and short in business; the id stands beside it for whoever looks it up. */
export type RuleNames = ReadonlyMap<string, RuleName['about']>

export const useRuleNames = (): RuleNames => {
  const { value } = useLoaded('rules', 0, () => api.rules())
  return new Map(value?.items.map((rule) => [rule.id, rule.about]))
}

export const OutcomeState = ({ decision }: { readonly decision: DecisionView }) => {
  const words = useWords(WHY)
  const [tone, icon] = isInstead(decision) ? TONES.amend : TONES[decision.outcome]
  const key = isInstead(decision) ? 'instead' : decision.outcome === 'amend' && decision.amend.template ? 'template' : decision.outcome
  return (
    <State tone={tone} icon={icon}>
      {words.outcome[key]}
    </State>
  )
}

/** `version`: whatever changes when there is something new to tell. */
export const useExplanation = (message: string | null, version: string) => {
  const language = useLanguage()
  const beat = version.length === 0 ? 0 : hashOf(version)
  return useLoaded(message && `${message} ${language}`, beat, () => api.explanation(message ?? ''))
}
const hashOf = (text: string): number => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7)

export const Why = ({ message, version, rules }: { readonly message: string; readonly version: string; readonly rules: RuleNames }) => {
  const { value, trouble, reload } = useExplanation(message, version)
  if (!value) return trouble ? <TroubleNotice trouble={trouble} retry={reload} /> : <Bones lines={3} />
  return <WhyTold data={value.data} rules={rules} />
}

export const WhyTold = ({ data, rules }: { readonly data: ExplanationData; readonly rules: RuleNames }) => {
  const words = useWords(WHY)
  const shared = useWords(SHARED)
  const language = useLanguage()
  const { message } = data
  const last = data.decisions.at(-1)
  const decisions = data.decisions.filter(
    (decision, n) => !isAgain(decision, data.decisions[n - 1]) && !isBefore(decision, data.decisions[n + 1]),
  )
  return (
    <dl class="why">
      <Row label={words.who}>
        {authorName(message.author, shared)}
        {message.ai && ` · ${words.ai}`}
        {message.citations?.map((citation) => (
          <p key={citation.passage} class="cited">
            {words.from} <cite>{citation.title}</cite>
          </p>
        ))}
      </Row>
      {decisions.map((decision, n) => (
        <Row key={decision.id} label={decisions.length > 1 ? words.decisionN(n + 1) : words.decision}>
          <DecisionTold decision={decision} data={data} rules={rules} />
        </Row>
      ))}
      {message.direction === 'out' && last && (
        <Row label={words.price}>
          <PriceTold price={last.price} seen={message.priceSeen} words={words} language={language} />
        </Row>
      )}
      <Row label={words.way}>
        <WayTold data={data} words={words} language={language} />
      </Row>
      <Row label={words.id}>
        <code class="small quiet message-id">{message.id}</code>
      </Row>
    </dl>
  )
}

/** A message that was changed, or stands in an answer's place, was judged as it is then: that it may leave is no news. */
const isAgain = (decision: DecisionView, before: DecisionView | undefined): boolean =>
  before !== undefined && (before.outcome === 'amend' || isInstead(before)) && before.at === decision.at && decision.outcome === 'allow'

/** What is shown while it is written is judged before its first word, and again once it is whole. */
const isBefore = (decision: DecisionView, next: DecisionView | undefined): boolean =>
  next !== undefined && verdictOf(decision) === verdictOf(next)
const verdictOf = ({ outcome, amend, until, rulings, intent }: DecisionView): string =>
  JSON.stringify([outcome, amend, until, rulings, intent?.insteadOf ?? null])

/** It is of an answer that was not given: this message stands in its place. */
const isInstead = ({ intent }: DecisionView): boolean => typeof intent?.insteadOf === 'string'

const Row = ({ label, children }: { readonly label: string; readonly children: preact.ComponentChildren }) => (
  <div class="row">
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

const DecisionTold = ({
  decision,
  data,
  rules,
}: {
  readonly decision: DecisionView
  readonly data: ExplanationData
  readonly rules: RuleNames
}) => {
  const words = useWords(WHY)
  const language = useLanguage()
  const at = data.decisions.indexOf(decision)
  const [before, next] = [data.decisions[at - 1], data.decisions[at + 1]]
  // What it was when it left.
  const { situation } = next && isAgain(next, decision) ? next : decision
  const facts = situation ? factsOf(situation, data.message.ai, words, language) : []
  const matter = decision.intent?.insteadOf ?? (decision.intent?.purposeAssumed === false ? decision.intent.purpose : null)
  // A code answers no question.
  if (isMatter(matter) && data.message.category !== 'authentication') facts.unshift(words.facts.matter[matter])
  // What an answer that was not given would have had to say is nobody's concern.
  const rulings = isInstead(decision) ? decision.rulings.filter((ruling) => ruling.outcome === decision.outcome) : decision.rulings
  return (
    <>
      <p class="verdict">
        <OutcomeState decision={decision} />
        {decision.until !== null && <span> {words.until(timeOf(decision.until, language))}</span>}
        {decision.amend.disclose && <span> {words.disclosed}</span>}
        {decision.amend.human && <span> {words.human}</span>}
      </p>
      {rulings.length > 0 && (
        <ul class="rulings">
          {rulings.map((ruling) => (
            <RulingTold
              key={`${ruling.rule} ${ruling.place} ${ruling.since}`}
              ruling={ruling}
              about={rules.get(ruling.rule)?.[language]}
              done={ruling.outcome === 'amend' && decision.intent?.became === undefined}
            />
          ))}
        </ul>
      )}
      {facts.length > 0 && (
        <ul class="facts" aria-label={words.checked}>
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      {before && isBefore(before, decision) && <p class="small quiet">{words.before(timeOf(before.at, language))}</p>}
    </>
  )
}

const isMatter = (value: unknown): value is keyof WhyWords['facts']['matter'] =>
  value === 'service' || value === 'general' || value === 'unsure'

/** `done`: what it asks for was done, so that nobody need be told how. */
export const RulingTold = ({
  ruling,
  about,
  done,
}: {
  readonly ruling: Ruling
  readonly about: string | undefined
  readonly done: boolean
}) => {
  const words = useWords(WHY)
  const language = useLanguage()
  const named = ruling.place === 'world' ? words.world : countryName(ruling.place, language)
  const place = ruling.placeOf === 'business' ? words.ofBusiness(named) : named
  return (
    <li class={`ruling ${ruling.by}`}>
      <p>
        <span class="whose">{words.whose[ruling.by]}</span> {about ?? ruling.rule}
      </p>
      <p class="small quiet">
        {words.says[ruling.amend?.template ? 'template' : ruling.outcome]} ·{' '}
        {ruling.to
          ? words.between(plainDay(ruling.since, language), plainDay(ruling.to, language))
          : words.since(plainDay(ruling.since, language))}{' '}
        · {place}
        {URL.canParse(ruling.source) && (
          <>
            {' · '}
            <span title={words.confidenceMeans[ruling.confidence]}>{words.confidence(ruling.confidence)}</span> ·{' '}
            <SourceLink href={ruling.source} />
          </>
        )}
      </p>
      {ruling.ended && (
        <p class="small quiet">
          {words.ended(countryName(ruling.ended.place, language), plainDay(ruling.ended.since, language), ruling.ended.confidence)} ·{' '}
          <SourceLink href={ruling.ended.source} />
        </p>
      )}
      {ruling.outcome !== 'allow' && !done && (
        <p class="small">
          {words.remedy} {ruling.remedy[language]}
        </p>
      )}
      {ruling.override && (
        <p class="small">{words.override(ruling.override.by, plainDay(ruling.override.until, language), ruling.override.reason)}</p>
      )}
    </li>
  )
}

/** What the rules looked at and found in order: a decision without a ruling is not a decision without a look. */
const factsOf = (situation: Situation, ai: boolean, words: WhyWords, language: Language): string[] => {
  const { window, message, contact, local } = situation
  const facts: string[] = []
  if (situation.channel.windowHours > 0) {
    const open = window.service === 'open' || window.freeEntry === 'open'
    facts.push(open ? words.facts.open(window.secondsLeft > 0 ? spanOf(window.secondsLeft * 1000, language) : '') : words.facts.closed)
  }
  facts.push(ai ? words.facts.ai : message.automatic ? words.facts.own : words.facts.person)
  if (message.category === 'marketing') facts.push(words.facts.consent[contact.marketing], words.facts.hour(local.hour))
  if (contact.country) facts.push(words.facts.country(countryName(contact.country, language)))
  if (message.template) facts.push(words.facts.template(message.template))
  return facts
}

export const PriceTold = ({
  price,
  seen,
  words,
  language,
}: {
  readonly price: DecisionView['price']
  readonly seen: ExplanationData['message']['priceSeen']
  readonly words: WhyWords
  readonly language: Language
}) => {
  const known = price.known && price.amount !== null && price.currency !== null
  if (price.undeclared)
    return (
      <>
        <p>{words.undeclaredPrice}</p>
        <p class="small quiet">{words.undeclaredMeans}</p>
      </>
    )
  return (
    <>
      <p>
        <strong class="figures">{known ? moneyOf(price.amount ?? 0, price.currency ?? 'EUR', language) : words.unknownPrice}</strong>{' '}
        <span class="small quiet">
          {words.category[price.category as keyof WhyWords['category']] ?? price.category}
          {price.since && ` · ${words.since(plainDay(price.since, language))}`}
          {price.confidence && (
            <>
              {' · '}
              <span title={words.confidenceMeans[price.confidence]}>{words.confidence(price.confidence)}</span>
            </>
          )}
          {price.source && (
            <>
              {' · '}
              <SourceLink href={price.source} />
            </>
          )}
        </span>
      </p>
      {price.allowance && <p class="small quiet">{words.allowance(price.allowance.free.toLocaleString(language))}</p>}
      {seen && !seen.billable && <p class="small quiet">{words.free}</p>}
    </>
  )
}

const WayTold = ({ data, words, language }: { readonly data: ExplanationData; readonly words: WhyWords; readonly language: Language }) => {
  const { message, attempts } = data
  const steps = [
    [words.step.accepted, message.acceptedAt],
    [words.step.sent, message.sentAt],
    [words.step.delivered, message.deliveredAt],
    [words.step.read, message.readAt],
    [words.step.failed, message.failedAt],
  ] as const
  const reached = steps.filter(([, at]) => at !== null)
  // A draft is held by a ruling above, which told its remedy; one that was dropped needs none.
  const held = message.status === 'held' || message.status === 'cancelled'
  const tries = attempts.length > 1 ? words.tries(attempts.length) : ''
  return (
    <>
      {reached.length > 0 ? (
        <ol class="way small">
          {reached.map(([step, at]) => (
            <li key={step}>
              {step} <time class="quiet">{timeOf(at ?? 0, language)}</time>
            </li>
          ))}
        </ol>
      ) : (
        <p>{words.still[message.status as keyof WhyWords['still']] ?? words.still.queued}</p>
      )}
      {tries && <p class="small quiet">{tries}</p>}
      {message.duplicateRisk && <p class="small">{words.twice}</p>}
      {message.refusal && !held && (
        <p class="small">
          {message.refusal.detail} {words.remedy} {message.refusal.remedy[language]}{' '}
          {message.refusal.source && <SourceLink href={message.refusal.source} />}
        </p>
      )}
    </>
  )
}
