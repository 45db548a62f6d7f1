/** What one message would come to on both sides of a question. Judged once for all messages that no rule can tell apart. */
import type { Judgement, Outcome, Price, Ruling } from '../core/decision.ts'
import { MARK_DIGITS, type MarkedSituation, type Marks } from '../core/recorded.ts'
import { SITUATION_GROUPS, type Situation } from '../core/situation.ts'
import { describeSituation, judge, type PartialSituation, type Rulebook, situationOf } from '../policy/index.ts'
import type { Change, Declaration } from './change.ts'

export type Side = {
  readonly outcome: Outcome
  /** What is added to it, as words in order. */
  readonly amend: string
  readonly price: Price
  /** The strictest that spoke. */
  readonly ruling: Ruling | null
}
export type Verdict = {
  readonly channel: string
  readonly kind: string
  readonly country: string
  readonly category: string
  readonly template: string
  readonly before: Side
  readonly after: Side
  /** The channel it went by is gone. */
  readonly gone: boolean
}

/** Leaves by itself, now or later. */
export const leaves = ({ outcome }: Side): boolean => outcome === 'allow' || outcome === 'amend' || outcome === 'postpone'
/** Does not reach the customer here any more. */
export const isBlocked = ({ before, after }: Verdict): boolean =>
  leaves(before) && (after.outcome === 'refuse' || after.outcome === 'reroute')

const samePrice = (a: Price, b: Price): boolean =>
  a.known === b.known && a.amount === b.amount && (a.currency === b.currency || a.amount === 0)

/** What happens to it, or what it costs, is another than before. */
export const isTouched = ({ before, after }: Verdict): boolean =>
  before.outcome !== after.outcome ||
  before.amend !== after.amend ||
  (leaves(before) && leaves(after) && !samePrice(before.price, after.price))

/** Every instant at which a rulebook may begin to answer otherwise, in order. */
const instantsOf = (rulebook: Rulebook): number[] => [
  ...[...rulebook.rules, ...rulebook.cards].flatMap(({ lines }) => lines.flatMap(({ fromMs, endMs }) => [fromMs, endMs])),
  ...[...rulebook.groups.values()].flatMap((members) => members.flatMap(({ fromMs, endMs }) => [fromMs, endMs])),
  ...rulebook.rules.flatMap(({ override }) => (override ? [override.endMs] : [])),
]

/** How many of the sorted instants are past. */
const eraOf = (instants: Float64Array, at: number): number => {
  let low = 0
  let high = instants.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((instants[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}

type Field = readonly [group: string, field: string]
const FIELDS: readonly Field[] = describeSituation().map(({ name }) => name.split('.') as [string, string])
/** What the count is broken down by, whether a rule asks for it or not; which rules are asked goes by kind and countries. */
const ALWAYS = new Set([
  'channel.id',
  'channel.kind',
  'account.country',
  'contact.country',
  'contact.numberCountry',
  'message.category',
  'message.parts',
  'message.template',
])

/** The facts that these expressions ask for; a group that is named without a field is taken whole. */
const fieldsIn = (sources: readonly string[]): readonly Field[] => {
  const text = sources.join('\n')
  const whole = new Set([...text.matchAll(/\b([a-z]+)\b(?!\s*\.\s*[a-zA-Z])/g)].map(([, group]) => group))
  return FIELDS.filter(
    ([group, field]) => ALWAYS.has(`${group}.${field}`) || whole.has(group) || new RegExp(`\\b${group}\\s*\\.\\s*${field}\\b`).test(text),
  )
}

const sourcesOf = (rulebook: Rulebook): string[] => [
  ...rulebook.rules.flatMap(({ when, lines }) => [
    when.source,
    ...lines.flatMap(({ when: also, gives }) => [
      also?.source ?? '',
      gives?.wait && 'seconds' in gives.wait && typeof gives.wait.seconds === 'object' ? gives.wait.seconds.source : '',
    ]),
  ]),
  ...rulebook.cards.flatMap(({ when, lines }) => [when.source, ...lines.map(({ when: also }) => also?.source ?? '')]),
]

const amendOf = ({ amend }: Judgement): string => Object.keys(amend).sort().join(' ')
const sideOf = (judgement: Judgement): Side => ({
  outcome: judgement.outcome,
  amend: amendOf(judgement),
  price: judgement.price,
  ruling: judgement.rulings[0] ?? null,
})

const declared = (situation: Situation, { aiIs, aiSince }: Declaration): Situation => ({
  ...situation,
  account: { ...situation.account, ...(aiIs ? { aiIs } : {}), ...(aiSince === undefined ? {} : { aiSince }) },
})

/** What nobody asks for, and what an earlier program did not record, stands at its plain value. */
const completed = (recorded: PartialSituation): Situation => {
  const { country = '', numberCountry = country } = recorded.contact ?? {}
  return situationOf({ ...recorded, contact: { ...recorded.contact, country, numberCountry } })
}

export type Seer = {
  /** Which of these marks were never learnt, as names of their own. */
  readonly unknown: (marks: Marks) => readonly string[]
  readonly learn: (marked: MarkedSituation) => void
  /** `at`: when it was decided, ms. The same object for all that no rule of either rulebook can tell apart; null while a mark is unknown. */
  readonly see: (marks: Marks, at: number) => Verdict | null
  /** How often the rulebooks were really asked. */
  readonly judged: () => number
}

/** 52 bits of a mark: a number is looked up far sooner than a text, and a million of them differ still. */
const DIGITS = 13
const markAt = (marks: Marks, place: number): number => {
  let mark = 0
  const first = place * MARK_DIGITS
  for (let n = first; n < first + DIGITS; n++) {
    const code = marks.charCodeAt(n)
    mark = mark * 16 + (code < 58 ? code - 48 : code - 87)
  }
  return mark
}

type Values = Readonly<Record<string, unknown>>

/** Small numbers for the marks of one group: the same for all that are equal in the fields that are asked for. */
const numberMarks = (fields: readonly string[]) => {
  const byMark = new Map<number, number>()
  const byFields = new Map<string, number>()
  const values: Values[] = []
  // Most messages share most of their facts with the one before.
  let lastMark = -1
  let lastNumber = -1
  return {
    /** -1 where it was never learnt. */
    of: (mark: number): number => {
      if (mark !== lastMark) {
        lastMark = mark
        lastNumber = byMark.get(mark) ?? -1
      }
      return lastNumber
    },
    /** One group of those that have this number. */
    valuesOf: (number: number): Values => values[number] ?? {},
    learn: (mark: number, group: Values): void => {
      const key = JSON.stringify(fields.map((field) => group[field] ?? null))
      const number = byFields.get(key) ?? values.push(group) - 1
      byFields.set(key, number)
      byMark.set(mark, number)
      lastMark = -1
    },
  }
}

/** `assume`: taken for granted on both sides. */
export const createSeer = (before: Rulebook, after: Rulebook, change: Change, assume: Declaration = {}): Seer => {
  const instants = Float64Array.from(new Set([...instantsOf(before), ...instantsOf(after)].filter(Number.isFinite))).sort()
  const fields = fieldsIn([...sourcesOf(before), ...sourcesOf(after)])
  /** By the stretches of time between two dates of the rulebooks. */
  const eras: Sort[] = []
  let judged = 0

  const judgeBoth = (recorded: PartialSituation, at: number): Verdict => {
    const situation = declared(completed(recorded), assume)
    const { channel, contact, message } = situation
    const first = sideOf(judge(before, situation, at))
    const gone = change.without !== null && (change.without === channel.id || change.without === channel.kind)
    const second = sideOf(judge(after, declared(situation, change.declares), change.at ?? at))
    return {
      channel: channel.id,
      kind: channel.kind,
      country: contact.country,
      category: message.category,
      template: message.template,
      before: first,
      after: gone && leaves(second) ? { ...second, outcome: 'reroute', amend: '', ruling: null } : second,
      gone,
    }
  }

  /** Groups that no rule asks for tell nothing apart. */
  const asked = SITUATION_GROUPS.flatMap((group, place) => {
    const own = fields.flatMap(([name, field]) => (name === group ? [field] : []))
    return own.length ? [{ group, place, numbers: numberMarks(own) }] : []
  })
  const judgeSort = (marks: Marks, at: number): Verdict => {
    judged += 1
    const recorded = asked.map(({ group, place, numbers }) => [group, numbers.valuesOf(numbers.of(markAt(marks, place)))])
    return judgeBoth(Object.fromEntries(recorded), at)
  }
  return {
    judged: () => judged,
    unknown: (marks) =>
      asked.flatMap(({ group, place, numbers }) => {
        const mark = markAt(marks, place)
        return numbers.of(mark) < 0 ? [`${group} ${mark}`] : []
      }),
    learn: ({ marks, content }) => {
      for (const { group, place, numbers } of asked) numbers.learn(markAt(marks, place), content[group] ?? {})
    },
    see: (marks, at) => {
      const era = eraOf(instants, at)
      let sort = eras[era] ?? newSort()
      eras[era] = sort
      for (const { place, numbers } of asked) {
        const number = numbers.of(markAt(marks, place))
        if (number < 0) return null
        sort = sort.next[number] ??= newSort()
      }
      sort.verdict ??= judgeSort(marks, at)
      return sort.verdict
    },
  }
}

/** Situations by their numbers, group after group; at the end what was found. */
type Sort = { readonly next: Sort[]; verdict: Verdict | null }
const newSort = (): Sort => ({ next: [], verdict: null })
