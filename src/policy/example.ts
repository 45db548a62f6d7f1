/** Examples: what a rule says of a situation at a time, and why; written beside it, run as tests. */
import { isDeepStrictEqual } from 'node:util'
import { zoneOfCountry } from '../core/country.ts'
import { isHoliday } from '../core/hours.ts'
import type { Price, Ruling } from '../core/decision.ts'
import { dayNoon, isDay, localTime } from '../core/local-time.ts'
import type { Situation } from '../core/situation.ts'
import { isProblems, readDocument, type SourceFile } from './document.ts'
import { type Example, examplesFile, partialSituation } from './format.ts'
import { judge } from './judge.ts'
import { badRules, type Problem } from './problem.ts'
import type { Rulebook } from './rulebook.ts'
import { type PartialSituation, situationOf } from './vocabulary.ts'

export type { Example } from './format.ts'

/** A day (its noon in `zone`) or an instant, as ms since 1970. */
export const instantOf = (text: string, zone: string): number => (isDay(text) ? dayNoon(text, zone) : Date.parse(text))

/** A situation at a time: the customer's zone is the country's and the local time follows from both, unless `given` says otherwise. */
export const situationAt = (given: PartialSituation, time: string): { situation: Situation; at: number } => {
  const country = given.contact?.country ?? situationOf({}).contact.country
  const timezone = given.contact?.timezone ?? (zoneOfCountry(country) || 'UTC')
  const at = instantOf(time, timezone)
  const contact = { ...given.contact, country, timezone }
  const local = localTime(at, timezone)
  const holiday = isHoliday(country, local.date)
  return { situation: situationOf({ ...given, contact, local: { ...local, holiday, ...given.local } }), at }
}

/** @throws {RelaisError} `bad-rules` */
export const readExamples = (file: SourceFile): readonly Example[] => {
  const read = readDocument(file, examplesFile)
  if (isProblems(read)) throw badRules(read)
  return read.value
}

/** Any part of a situation, as YAML or JSON, or what is wrong with it. */
export const readSituation = (file: SourceFile): { given: PartialSituation; problems: readonly Problem[] } => {
  const read = readDocument(file, partialSituation)
  return isProblems(read) ? { given: {}, problems: read } : { given: read.value, problems: [] }
}

/** Null where the example holds, else what came instead. `topic` is the rule's or price list's name. */
export const failureOf = (rulebook: Rulebook, topic: string, example: Example): string | null => {
  const channel = [...rulebook.rules, ...rulebook.cards].find((one) => one.id === topic)?.channels?.[0] ?? 'sms'
  const given: PartialSituation = example.given ?? {}
  const { situation, at } = situationAt({ ...given, channel: { kind: channel, ...given.channel } }, example.at)
  const known = example.known === undefined ? undefined : instantOf(example.known, situation.contact.timezone)
  const { rulings, price } = judge(rulebook, situation, at, known)
  if (rulebook.cards.some((card) => card.id === topic)) return failureOfPrice(price, example)
  return failureOfRuling(
    rulings.find((one) => one.rule === topic),
    example,
    situation.contact.timezone,
  )
}

const failureOfPrice = (price: Price, { then, since }: Example): string | null => {
  const said = price.known ? { price: price.amount, currency: price.currency } : 'unknown'
  const wanted = typeof then !== 'object' || !('price' in then) || then.price === 'unknown' ? 'unknown' : { price: then.price, currency: then.currency }
  if (typeof then === 'string' && then !== 'unknown') return `a price is no ${then}`
  if (!isDeepStrictEqual(said, wanted)) return `the price is ${JSON.stringify(said)}`
  const free = typeof then === 'object' && 'free' in then ? then.free : undefined
  if (typeof then === 'object' && free !== price.allowance?.free) return `${price.allowance?.free ?? 'none'} are free`
  return since === undefined || since === price.since ? null : `the price holds since ${price.since}`
}

const failureOfRuling = (ruling: Ruling | undefined, { then, since, place }: Example, zone: string): string | null => {
  const wanted = typeof then === 'string' ? then : 'postponed' in then ? 'postpone' : Object.keys(then)[0]
  const outcome = ruling?.outcome ?? 'silent'
  if (outcome !== wanted) return `it says ${outcome}`
  if (typeof then === 'object' && 'amend' in then && !isDeepStrictEqual(then.amend, ruling?.amend)) {
    return `it amends ${JSON.stringify(ruling?.amend)}`
  }
  if (typeof then === 'object' && 'postponed' in then && ruling?.until !== instantOf(then.postponed, zone)) {
    return `it postpones until ${new Date(ruling?.until ?? 0).toISOString()}`
  }
  if (since !== undefined && since !== ruling?.since) return `it holds since ${ruling?.since}`
  return place === undefined || place === ruling?.place ? null : `${ruling?.place} speaks`
}
