/** Examples: what a rule says of a situation at a time, and why; written beside it, run as tests. */
import { isDeepStrictEqual } from 'node:util'
import { zoneOfCountry } from '../core/country.ts'
import type { Price, Ruling } from '../core/decision.ts'
import { isHoliday } from '../core/holidays.ts'
import type { Words } from '../core/language.ts'
import { dayNoon, isDay, localTime } from '../core/local-time.ts'
import type { Situation } from '../core/situation.ts'
import { isProblems, readDocument, type SourceFile } from './document.ts'
import { apart, type Example, examplesFile, partialSituation } from './format.ts'
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
  return read.value.flatMap(apart)
}

/** Any part of a situation, as YAML or JSON, or what is wrong with it. */
export const readSituation = (file: SourceFile): { given: PartialSituation; problems: readonly Problem[] } => {
  const read = readDocument(file, partialSituation)
  return isProblems(read) ? { given: {}, problems: read } : { given: read.value, problems: [] }
}

/** Null where the example holds, else what came instead. `topic` is the rule's or price list's name. */
export const failureOf = (rulebook: Rulebook, topic: string, example: Example): string | null =>
  faultOf(rulebook, topic, example)?.en ?? null

/**
 * Runs the examples that lie beside rules (`<topic>.examples.yaml`). `rulebook`: with those rules in it.
 * `problems`: every example that does not hold, with its place, and every file of examples that reads ill or has no rule beside it.
 */
export const testExamples = (rulebook: Rulebook, files: readonly SourceFile[]): { count: number; problems: readonly Problem[] } => {
  const problems: Problem[] = []
  let count = 0
  for (const file of files.filter(({ path }) => path.endsWith(EXAMPLES))) {
    const read = readDocument(file, examplesFile)
    if (isProblems(read)) {
      problems.push(...read)
      continue
    }
    const beside = [...rulebook.rules, ...rulebook.cards].find((one) => one.file === file.path.replace(EXAMPLES, '.yaml'))
    if (beside === undefined) problems.push(read.problemAt([], NO_RULE))
    else {
      for (const [index, example] of read.value.flatMap((written, index) => apart(written).map((one) => [index, one] as const))) {
        count += 1
        const fault = faultOf(rulebook, beside.id, example)
        if (fault !== null) problems.push(read.problemAt([index], inPlace(fault, example)))
      }
    }
  }
  return { count, problems }
}

const EXAMPLES = '.examples.yaml'
const NO_RULE: Words = {
  fr: 'aucune règle ne porte ce nom à côté de ces exemples.',
  en: 'no rule of this name lies beside these examples.',
}
const inPlace = (fault: Words, { because }: Example): Words => ({
  fr: `cet exemple ne tient pas : ${fault.fr} (« ${because} »).`,
  en: `this example does not hold: ${fault.en} (“${because}”).`,
})

const faultOf = (rulebook: Rulebook, topic: string, example: Example): Words | null => {
  const channel = [...rulebook.rules, ...rulebook.cards].find((one) => one.id === topic)?.channels?.[0] ?? 'sms'
  const given: PartialSituation = example.given ?? {}
  const { situation, at } = situationAt({ ...given, channel: { kind: channel, ...given.channel } }, example.at)
  const known = example.known === undefined ? undefined : instantOf(example.known, situation.contact.timezone)
  const { rulings, price } = judge(rulebook, situation, at, known)
  if (rulebook.cards.some((card) => card.id === topic)) return faultOfPrice(price, example)
  return faultOfRuling(
    rulings.find((one) => one.rule === topic),
    example,
    situation.contact.timezone,
  )
}

const faultOfPrice = (price: Price, { then, since }: Example): Words | null => {
  const said = price.known ? { price: price.amount, currency: price.currency } : 'unknown'
  const written = typeof then === 'object' && 'price' in then ? then : null
  const wanted = written === null ? then : written.price === 'unknown' ? 'unknown' : { price: written.price, currency: written.currency }
  if (!isDeepStrictEqual(said, wanted)) {
    const told = JSON.stringify(said)
    return { fr: `le prix est ${told}`, en: `the price is ${told}` }
  }
  if (written !== null && written.free !== price.allowance?.free) {
    const free = price.allowance?.free
    return { fr: `${free ?? 'aucun'} sont gratuits`, en: `${free ?? 'none'} are free` }
  }
  return since === undefined || since === price.since
    ? null
    : { fr: `le prix vaut depuis le ${price.since}`, en: `the price holds since ${price.since}` }
}

const faultOfRuling = (ruling: Ruling | undefined, { then, since, place }: Example, zone: string): Words | null => {
  const wanted = typeof then === 'string' ? then : 'postponed' in then ? 'postpone' : Object.keys(then)[0]
  const outcome = ruling?.outcome ?? 'silent'
  if (outcome !== wanted) return { fr: `la règle dit ${outcome}`, en: `it says ${outcome}` }
  if (typeof then === 'object' && 'amend' in then && !isDeepStrictEqual(then.amend, ruling?.amend)) {
    const amend = JSON.stringify(ruling?.amend)
    return { fr: `elle modifie ${amend}`, en: `it amends ${amend}` }
  }
  if (typeof then === 'object' && 'postponed' in then && ruling?.until !== instantOf(then.postponed, zone)) {
    const until = new Date(ruling?.until ?? 0).toISOString()
    return { fr: `elle reporte à ${until}`, en: `it postpones until ${until}` }
  }
  if (since !== undefined && since !== ruling?.since) {
    return { fr: `elle vaut depuis le ${ruling?.since}`, en: `it holds since ${ruling?.since}` }
  }
  return place === undefined || place === ruling?.place
    ? null
    : { fr: `c’est la ligne de ${ruling?.place} qui parle`, en: `${ruling?.place} speaks` }
}
