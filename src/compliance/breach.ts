/** Which rules stop a message, and since or from which day on. */
import type { Ruling } from '../core/decision.ts'
import { localTime } from '../core/local-time.ts'
import { judge, type PartialSituation, type Rulebook, situationAt, turningPoints } from '../policy/index.ts'

/** `firstDay`: YYYY-MM-DD in the rule's zone. `begun`: it stops the message now; else it will. */
export type Breach = { readonly ruling: Ruling; readonly firstDay: string; readonly begun: boolean }

/** A time without a break in which a rule stops the message. `ruling`: as it speaks at the instant asked about, else when it begins. */
type Spell = { readonly from: number; to: number; ruling: Ruling }

/** An ordinary noon: what depends on the hour or the day of the week is a matter of the single message. */
const NOON = { hour: 12, minute: 0, weekday: 3, holiday: false }

/**
 * What stands against a message of this kind at `at` (ms), each rule once: since when without a break; or, where it does not yet, the next day
 * on which it will. `stops`: what counts.
 */
export const breachesOf = (
  rulebook: Rulebook,
  given: PartialSituation,
  at: number,
  stops: (ruling: Ruling) => boolean,
): readonly Breach[] => {
  const spells = new Map<string, Spell[]>()
  const points = turningPoints(rulebook)
  for (const [index, from] of points.entries()) {
    const { situation } = situationAt({ ...given, local: NOON }, new Date(from).toISOString())
    for (const ruling of judge(rulebook, situation, from).rulings.filter(stops)) {
      const own = spells.get(ruling.rule) ?? []
      spells.set(ruling.rule, own)
      const last = own.at(-1)
      const to = points[index + 1] ?? Number.POSITIVE_INFINITY
      if (last === undefined || last.to < from) own.push({ from, to, ruling })
      else {
        last.to = to
        if (from <= at) last.ruling = ruling
      }
    }
  }
  return [...spells].flatMap(([rule, own]) => {
    const spell = own.find(({ from, to }) => from <= at && at < to) ?? own.find(({ from }) => from > at)
    return spell ? [{ ...begun(rulebook, rule, spell), begun: spell.from <= at }] : []
  })
}

/** What begins it may be another line than the one that speaks: the end of a permission, and as sure as that. */
const begun = (rulebook: Rulebook, id: string, { from, ruling }: Spell): Pick<Breach, 'ruling' | 'firstDay'> => {
  const rule = rulebook.rules.find((one) => one.id === id && one.override === null)
  const ending = rule?.lines.find(({ fromMs, gives }) => fromMs === from && gives === null)?.origin
  const firstDay = localTime(from, rule?.zone ?? 'UTC').date
  if (!ending) return { ruling, firstDay }
  const confidence = ending.confidence > ruling.confidence ? ending.confidence : ruling.confidence
  const source = ending.source ?? ruling.source
  return { firstDay, ruling: { ...ruling, confidence, source, ...(ending.expected ? { expected: true } : {}) } }
}
