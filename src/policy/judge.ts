/** What the rulebook says of one outgoing message at one instant. Pure: the same arguments give the same judgement. */
import { isDeepStrictEqual } from 'node:util'
import { type Amendment, type Judgement, OUTCOMES, type Outcome, type Price, type Ruling } from '../core/decision.ts'
import { isZone, nextLocalTime } from '../core/local-time.ts'
import { amountOf, microsOf } from '../core/money.ts'
import type { Situation } from '../core/situation.ts'
import {
  type Candidate,
  type Card,
  type PriceCandidate,
  type Rulebook,
  type Saying,
  supposing,
  type Topics,
  type Where,
} from './rulebook.ts'
import { endBefore, type Line, speaker } from './timeline.ts'

const RANK: Readonly<Record<Outcome, number>> = { allow: 0, amend: 1, postpone: 2, reroute: 3, hold: 4, refuse: 5 }

/**
 * Judges a situation at `at` (ms), as known at `known` (ms; unset: everything the rulebook knows). The strictest ruling is the outcome, all are
 * given, the strictest first; amendments merge. An unknown country is judged as the country that would fare worst.
 */
export const judge = (rulebook: Rulebook, situation: Situation, at: number, known = Number.POSITIVE_INFINITY): Judgement => {
  const selection = rulebook.select(situation.channel.kind, whereIs(situation), at, known)
  const rulings = rulingsOn(selection.topics, situation, at)
  const outcome = rulings[0]?.outcome ?? 'allow'
  return {
    outcome,
    amend: outcome === 'amend' ? mergeAmendments(rulings) : NOTHING,
    until:
      outcome === 'postpone' ? Math.max(...rulings.map((ruling) => (ruling.outcome === 'postpone' ? (ruling.until ?? at) : at))) : null,
    rulings,
    price: priceOf(rulebook, selection.cards, situation),
  }
}

/** All that has something to say: the strictest first, of equal ones by the names of their rules. */
const rulingsOn = ({ guards, groups }: Topics, situation: Situation, at: number): readonly Ruling[] => {
  const found: Ruling[] = []
  for (let topic = 0; topic < guards.length; topic++) {
    if (guards[topic]?.(situation)) {
      for (const candidate of groups[topic] ?? []) {
        if (candidate.everywhere.length > 0) ruleEverywhere(candidate, situation, at, found)
        else ruleOn(candidate, situation, at, found)
      }
    }
  }
  return found.length > 1 ? found.sort(byStrictness) : found
}
const byStrictness = (a: Ruling, b: Ruling): number => RANK[b.outcome] - RANK[a.outcome] || (a.rule < b.rule ? -1 : Number(a.rule > b.rule))

/** A situation recorded before numbers were told apart from their people has one country for both. */
const whereIs = ({ contact: { country, numberCountry = country }, account }: Situation): Where => ({
  person: country,
  number: numberCountry,
  business: account.country,
})

const NOTHING: Amendment = {}

const mergeAmendments = (rulings: readonly Ruling[]): Amendment => {
  const [only, other] = rulings
  if (other === undefined) return only?.amend ?? NOTHING
  return Object.assign({}, ...rulings.filter((ruling) => ruling.outcome === 'amend').map((ruling) => ruling.amend))
}

/** Adds what one rule says; a rule of the business that overrides it speaks in its stead. */
const ruleOn = (candidate: Candidate, situation: Situation, at: number, found: Ruling[]): void => {
  for (const other of candidate.overrides) {
    if (other.rule.override === null || at >= other.rule.override.endMs) continue
    const before = found.length
    ruleOn(other, situation, at, found)
    if (found.length > before) return
  }
  const { asks, chains, own } = candidate
  for (let n = 0; n < asks.length; n++) if (!asks[n]?.(situation)) return
  const [only] = chains
  if (only === undefined) return
  if (chains.length > 1) {
    const lines = new Map<Line<Saying>, boolean>()
    for (const [n, chain] of chains.entries()) {
      const line = speaker(chain, situation)
      if (line !== null && !lines.has(line)) lines.set(line, n >= own)
    }
    const rulings = [...lines].map(([line, ofBusiness]) => rulingOf(line, situation, at, ofBusiness))
    found.push(...strictest(rulings))
    return
  }
  const line = speaker(only, situation)
  if (line === null) return
  const ruling = rulingOf(line, situation, at, own === 0)
  const end = only.length > 1 ? endBefore(only, line, situation) : null
  found.push(end === null ? ruling : restingOn(end, ruling))
}

/** As sure as the weaker of the two. */
const restingOn = ({ place, from, origin: { source, confidence } }: Line<Saying>, ruling: Ruling): Ruling => ({
  ...ruling,
  confidence: confidence > ruling.confidence ? confidence : ruling.confidence,
  ended: { place, since: from, source: source ?? ruling.source, confidence },
})

/** Of a customer of whom nobody knows where they are: what is hardest on the message, of all that the rule says in any country. */
const ruleEverywhere = ({ everywhere }: Candidate, situation: Situation, at: number, found: Ruling[]): void => {
  const said: Ruling[] = []
  for (const { country, candidate } of everywhere) {
    const there: Ruling[] = []
    ruleOn(candidate, supposedIn(country, situation), at, there)
    for (const ruling of there) if (!said.some((other) => other === ruling || isDeepStrictEqual(other, ruling))) said.push(ruling)
  }
  found.push(...strictest(said))
}

const supposedIn = (country: string, situation: Situation): Situation => {
  const { person, number } = supposing(whereIs(situation), country)
  return { ...situation, contact: { ...situation.contact, country: person, numberCountry: number } }
}

/** Of what a rule says in several countries: what is hardest on the message. Those that may add up (amendments, waits) are all given. */
const strictest = (rulings: readonly Ruling[]): readonly Ruling[] => {
  const top = Math.max(...rulings.map(({ outcome }) => RANK[outcome]))
  const hardest = rulings.filter(({ outcome }) => RANK[outcome] === top)
  return OUTCOMES[top] === 'amend' || OUTCOMES[top] === 'postpone' ? hardest : hardest.slice(0, 1)
}

/** `ofBusiness`: it speaks for where the business is, not for where the customer is. */
const rulingOf = ({ gives }: Line<Saying>, situation: Situation, at: number, ofBusiness: boolean): Ruling => {
  if (gives === null) throw new Error('a line that gives nothing does not speak')
  if (gives.wait === null && !ofBusiness) return gives.ruling
  return {
    ...gives.ruling,
    ...(gives.wait === null ? {} : { until: endOfWait(gives.wait, situation, at) }),
    ...(ofBusiness ? { placeOf: 'business' } : {}),
  }
}

const endOfWait = (wait: NonNullable<Saying['wait']>, situation: Situation, at: number): number => {
  if ('until' in wait) {
    const zone = situation.contact.timezone
    return nextLocalTime(at, isZone(zone) ? zone : 'UTC', wait.until)
  }
  const seconds = typeof wait.seconds === 'number' ? wait.seconds : Number(wait.seconds.evaluate(situation))
  return at + Math.max(1, seconds) * 1000
}

/** A recorded message of before parts were told counts as one. */
const charged = (price: Price, { perPart }: Card, parts = 1): Price => {
  if (!perPart) return price
  const times = (amount: number) => amountOf(microsOf(amount) * parts)
  const tiers = price.tiers?.map(({ from, amount }) => ({ from, amount: times(amount) }))
  return { ...price, parts, amount: price.amount === null ? null : times(price.amount), ...(tiers ? { tiers } : {}) }
}

/** The price of one message: the first card with a line for it. Not known is said, and is never zero. */
const priceOf = (rulebook: Rulebook, cards: readonly PriceCandidate[], situation: Situation): Price => {
  for (const { card, chains } of cards) {
    if (!card.when.test(situation)) continue
    const lines = new Set(chains.map((chain) => speaker(chain, situation)))
    const [line] = lines
    if (line?.gives && lines.size === 1)
      return charged({ ...line.gives, category: situation.message.category }, card, situation.message.parts)
    // Of an unknown country: prices differ by country, so it is not known.
    if (lines.size > 1) break
  }
  const { category } = situation.message
  const unknown = { known: false, amount: null, currency: null, category, since: null, source: null, confidence: null }
  const listed = cards.length > 0 || rulebook.cards.some(({ channels }) => channels.includes(situation.channel.kind))
  return listed ? unknown : { ...unknown, undeclared: true }
}
