/** The rulebook as the evaluator wants it: rules and price cards compiled, and who may speak kept per channel, country and stretch of time. */
import { COUNTRIES } from '../core/country.ts'
import type { Amendment, Outcome, Price, Ruling } from '../core/decision.ts'
import type { Expression, Part } from '../core/expression.ts'
import type { Digest } from '../core/ids.ts'
import type { Words } from '../core/language.ts'
import type { SourceFile } from './document.ts'
import { type Chain, chainsOf, type Groups, type Line } from './timeline.ts'
import { situationOf } from './vocabulary.ts'

/** A file of the rulebook. `business`: a rule of the workspace. */
export type RulebookFile = SourceFile & { readonly business?: boolean | undefined }

/** What a line of a rule says. */
export type Saying = {
  readonly outcome: Outcome
  readonly amend: Amendment | null
  /** For `postpone`: seconds, or the customer's next hour of the clock. */
  readonly wait: { readonly seconds: number | Expression } | { readonly until: string } | null
  /** All but what the instant adds. */
  readonly ruling: Ruling
  readonly values: Readonly<Record<string, number>>
}

export type Override = { readonly reason: string; readonly by: string; readonly until: string; readonly endMs: number }

export type Rule = {
  readonly id: string
  readonly by: Ruling['by']
  /** null: every kind of channel. */
  readonly channels: readonly string[] | null
  readonly zone: string
  /** Whose country it goes by. */
  readonly countries: readonly Whose[]
  readonly about: Words
  readonly remedy: Words
  readonly when: Expression
  readonly lines: readonly Line<Saying>[]
  readonly override: Override | null
  readonly file: string
}

export type Card = {
  readonly id: string
  readonly card: Words
  /** An amount is for each part a message is sent in. */
  readonly perPart: boolean
  readonly about: Words
  readonly channels: readonly string[]
  readonly countries: readonly Whose[]
  readonly when: Expression
  readonly lines: readonly Line<Price>[]
  readonly file: string
}

/** A rule with those who may speak for one country at one time. */
export type Candidate = {
  readonly rule: Rule
  /** Those of the customer, `own` in number, then those of the business. */
  readonly chains: readonly Chain<Saying>[]
  readonly own: number
  /** What it asks for and nobody has asked yet: neither its channel nor the topic it stands under. */
  readonly asks: readonly Part['test'][]
  /** Rules of the business that stand in for it. */
  readonly overrides: readonly Candidate[]
  /** Of a customer of whom nobody knows where they are: the same rule in each country, where more than its lines depends on it. */
  readonly everywhere: readonly Supposed[]
}
export type Supposed = { readonly country: string; readonly candidate: Candidate }
export type PriceCandidate = { readonly card: Card; readonly chains: readonly Chain<Price>[] }
/**
 * Rules that share something which must hold for any of them to speak: `guards[n]` is asked once for all of `groups[n]`. Two lists rather than
 * one of pairs: going through bare functions is three times as quick.
 */
export type Topics = { readonly guards: readonly Part['test'][]; readonly groups: readonly (readonly Candidate[])[] }
export type Selection = { readonly topics: Topics; readonly cards: readonly PriceCandidate[] }

export type Rulebook = {
  /** SHA-256 of `content`. */
  readonly digest: Digest
  /** Everything it was made of, canonical: `rulebookOf(content)` makes it again. */
  readonly content: string
  readonly files: readonly RulebookFile[]
  /** In the order of their names. */
  readonly rules: readonly Rule[]
  readonly cards: readonly Card[]
  readonly groups: Groups
  /** Who may speak on a kind of channel for a country at an instant, as known at another. Kept: the same until the next date in the rulebook. */
  select(kind: string, where: Where, at: number, known: number): Selection
}

export type Whose = 'person' | 'number' | 'business'
/** The countries of the customer, of their number and of the business; "" = unknown. */
export type Where = Readonly<Record<Whose, string>>

type Parts = Pick<Rulebook, 'digest' | 'content' | 'files' | 'rules' | 'cards' | 'groups'>

export const createRulebook = (parts: Parts): Rulebook => {
  const dates = datesOf(parts)
  const kept = new Map<string, Map<string, Map<string, Map<string, Map<number, Selection>>>>>()
  return {
    ...parts,
    select(kind, where, at, known) {
      const byTime = mapIn(mapIn(mapIn(mapIn(kept, kind), where.person), where.number), where.business)
      const time = indexOf(dates, at) * (dates.length + 1) + indexOf(dates, known)
      const found = byTime.get(time)
      if (found) return found
      const selection = selectFrom(parts, kind, where, at, known)
      byTime.set(time, selection)
      return selection
    },
  }
}

const mapIn = <K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> => {
  const found = map.get(key)
  if (found) return found
  const made = new Map<L, V>()
  map.set(key, made)
  return made
}

/** Every instant at which an answer may change, in order. */
const datesOf = ({ rules, cards, groups }: Parts): Float64Array => {
  const lines: readonly Line<unknown>[] = [...rules.flatMap((rule) => rule.lines), ...cards.flatMap((card) => card.lines)]
  const instants = [
    ...lines.flatMap((line) => [line.fromMs, line.endMs, line.knownMs]),
    ...[...groups.values()].flat().flatMap((member) => [member.fromMs, member.endMs]),
  ]
  return Float64Array.from(new Set(instants.filter(Number.isFinite))).sort()
}

/** How many of the sorted `dates` are at or before `at`. */
const indexOf = (dates: Float64Array, at: number): number => {
  let low = 0
  let high = dates.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((dates[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}

const selectFrom = ({ rules, cards, groups }: Parts, kind: string, where: Where, at: number, known: number): Selection => {
  const onChannel = rules.filter((rule) => rule.channels === null || rule.channels.includes(kind))
  const candidateFor = (rule: Rule, here: Where): Candidate => ({
    rule,
    asks: unsettled(rule, kind).map((part) => part.test),
    ...chainsFor(rule.lines, rule.countries, here, at, known, groups),
    overrides: overridesOf(rule).map((other) => candidateFor(other, here)),
    everywhere: [],
  })
  const overridesOf = (rule: Rule): Rule[] => (rule.override ? [] : onChannel.filter((other) => other.override && other.id === rule.id))
  const candidateOf = (rule: Rule): Candidate => {
    const concerned = [rule, ...overridesOf(rule)]
    const asked = asksForUnknown(concerned, where)
    const inAll = () => COUNTRIES.map((country) => ({ country, candidate: candidateFor(rule, supposing(where, country)) }))
    const everywhere = asked ? inAll() : concerned.length > 1 && goesByUnknown(concerned, where) ? distinct(inAll()) : []
    return { ...candidateFor(rule, where), everywhere }
  }
  return {
    topics: topicsOf(
      rules
        .filter((rule) => rule.override === null && onChannel.includes(rule))
        .map(candidateOf)
        .filter((candidate) => candidate.chains.length > 0),
      kind,
    ),
    cards: cards
      .filter((card) => card.channels.includes(kind))
      .map((card) => ({ card, chains: chainsFor(card.lines, card.countries, where, at, known, groups).chains }))
      .filter((candidate) => candidate.chains.length > 0),
  }
}

/** Who may speak for the customer, `own` in number, then those who speak for the business alone. */
export const chainsFor = <T>(
  lines: readonly Line<T>[],
  countries: readonly Whose[],
  where: Where,
  at: number,
  known: number,
  groups: Groups,
): { readonly chains: readonly Chain<T>[]; readonly own: number } => {
  const own = countries.filter((whose) => whose !== 'business').flatMap((whose) => chainsOf(lines, where[whose], at, known, groups))
  // A business that does not say where it is adds nothing to what holds for the customer.
  const binds = countries.includes('business') && (where.business !== '' || countries.length === 1)
  const business = binds ? chainsOf(lines, where.business, at, known, groups) : []
  return { chains: [...own, ...business.filter((chain) => !own.some((other) => isSameChain(chain, other)))], own: own.length }
}

const isSameChain = <T>(one: Chain<T>, other: Chain<T>): boolean =>
  one.length === other.length &&
  one.every((lines, n) => lines.length === other[n]?.length && lines.every((line, m) => line === other[n]?.[m]))

/** Whether their conditions ask for a country that nobody knows. */
const asksForUnknown = (rules: readonly Rule[], where: Where): boolean => {
  const asksFor = (field: string) =>
    rules.some(({ when, lines }) => [when, ...lines.map((line) => line.when)].some((one) => one?.mentions.fields.has(field)))
  return (where.person === '' && asksFor('contact.country')) || (where.number === '' && asksFor('contact.numberCountry'))
}

/** Whether one of them goes by a country that nobody knows: an override may hold in some places only. */
const goesByUnknown = (rules: readonly Rule[], where: Where): boolean =>
  rules.some(({ countries }) => countries.some((whose) => whose !== 'business' && where[whose] === ''))

/** One country of those in which the same may speak. */
const distinct = (all: readonly Supposed[]): readonly Supposed[] =>
  all.filter(({ candidate }, n) => all.findIndex((other) => isSame(other.candidate, candidate)) === n)

const isSame = (one: Candidate, other: Candidate): boolean =>
  one.chains.length === other.chains.length &&
  one.chains.every((chain, n) => isSameChain(chain, other.chains[n] ?? [])) &&
  one.overrides.every((override, n) => {
    const another = other.overrides[n]
    return another !== undefined && isSame(override, another)
  })

/** Somebody of whom nothing is known is taken to be where their number is from. */
export const supposing = ({ person, number, business }: Where, country: string): Where => ({
  person: person || country,
  number: number || country,
  business,
})

const PLAIN = situationOf({})
const always = (): boolean => true
const ASKS_KIND = /^channel\.kind == "[^"]*"$/u
/** All that a rule asks for but the kind of channel, where that is the one it asks for. */
const unsettled = ({ when }: Rule, kind: string): readonly Part[] =>
  when.parts.filter((part) => !(ASKS_KIND.test(part.source) && part.test({ channel: { kind } })))

/**
 * Rules by topic. Most messages are no marketing, no call, made by no AI: one question then passes over all the rules about it. Of what a rule
 * asks for, the part that a plain answer does not fulfil, and that most rules share, is its topic; what a kind of channel settles by itself is
 * no question.
 */
const topicsOf = (candidates: readonly Candidate[], kind: string): Topics => {
  // An override may speak where its rule would not; and what is asked of each country is not asked before.
  const partsOf = ({ rule, overrides, everywhere }: Candidate): readonly Part[] =>
    overrides.length > 0 ? [] : unsettled(rule, kind).filter(({ source }) => everywhere.length === 0 || !/\bcontact\b/.test(source))
  const shared = new Map<string, number>()
  for (const { source } of candidates.flatMap(partsOf)) shared.set(source, (shared.get(source) ?? 0) + 1)
  const topics = new Map<string, { guard: Part['test']; rules: Candidate[] }>()
  for (const candidate of candidates) {
    const weightOf = (part: Part) => (part.test(PLAIN) ? 0 : 1000) + (shared.get(part.source) ?? 0)
    const [guard = null] = partsOf(candidate).toSorted((a, b) => weightOf(b) - weightOf(a))
    const key = guard?.source ?? ''
    const topic = topics.get(key) ?? { guard: guard?.test ?? always, rules: [] }
    topic.rules.push({ ...candidate, asks: candidate.asks.filter((ask) => ask !== guard?.test) })
    topics.set(key, topic)
  }
  const all = [...topics.values()]
  return { guards: all.map((topic) => topic.guard), groups: all.map((topic) => topic.rules) }
}
