/** A rule through time, place by place: what speaks from which day on, as known now. What a picture of the rules is drawn from. */
import { addDays } from '../core/local-time.ts'
import { type ListedLine, linesOf, listedLine, reachable } from './listing.ts'
import type { Rule, Rulebook } from './rulebook.ts'
import { chainsOf, type Groups, type Line, WORLD } from './timeline.ts'

/** `to`: the last day; null = open. `says`: the lines that may speak, first choice first; none where the rule is silent. */
export type Stretch = { readonly from: string; readonly to: string | null; readonly says: readonly ListedLine[] }
/** `place`: a country, a group (its members that have no lane of their own), or the world (all the rest). */
export type Lane = { readonly place: string; readonly stretches: readonly Stretch[] }

/** A place that no line names. */
const NOWHERE = 'nowhere'

/** Lanes of one rule: each place that it names, and each of `countries` where place makes a difference. Countries first, then groups, then the world. */
export const lanesOf = (
  { groups }: Pick<Rulebook, 'groups'>,
  rule: Pick<Rule, 'lines' | 'override'>,
  countries: readonly string[] = [],
): Lane[] => {
  const lines = linesOf(rule)
  const named = [...new Set(lines.map(({ place }) => place))]
  const lone = named.length === 1 && named[0] === WORLD
  const own = lone ? [] : [...new Set([...named.filter((place) => place !== WORLD && !groups.has(place)), ...countries])].sort()
  const places = [...own, ...named.filter((place) => groups.has(place)), WORLD]
  return places
    .map((place) => ({ place, stretches: stretchesOf(lines, place, new Set(own), named, groups) }))
    .filter(({ stretches }) => stretches.length > 0)
}

type Holding = { readonly from: string; readonly lines: readonly Line<ListedGives>[] }
type ListedGives = Rule['lines'][number]['gives'] & object

const stretchesOf = (
  lines: Rule['lines'],
  place: string,
  own: ReadonlySet<string>,
  named: readonly string[],
  groups: Groups,
): Stretch[] => {
  const days = new Map<number, string>()
  for (const { from, to, fromMs, endMs } of lines) {
    days.set(fromMs, from)
    if (to !== null) days.set(endMs, addDays(to, 1))
  }
  const holding: Holding[] = []
  for (const [at, from] of [...days].sort(([a], [b]) => a - b)) {
    const country = standsFor(place, at, own, named, groups)
    const [chain] = chainsOf(lines, country, at, Number.POSITIVE_INFINITY, groups)
    const speaking = chain ? reachable(chain) : []
    const last = holding.at(-1)
    if (last && last.lines.length === speaking.length && last.lines.every((line, n) => line === speaking[n])) continue
    holding.push({ from, lines: speaking })
  }
  return holding
    .map(({ from, lines: speaking }, n): Stretch => {
      const next = holding[n + 1]
      return { from, to: next ? addDays(next.from, -1) : null, says: speaking.map((line) => listedLine(line, null)) }
    })
    .filter(({ says }, n, all) => says.length > 0 || (n > 0 && n < all.length - 1))
}

/** A country that fares as the lane's place does: of a group a member that neither has a lane nor belongs to a smaller group that the rule names. */
const standsFor = (place: string, at: number, own: ReadonlySet<string>, named: readonly string[], groups: Groups): string => {
  const members = groups.get(place)
  if (!members) return place === WORLD ? NOWHERE : place
  const others = named.filter((other) => other !== place && (groups.get(other)?.length ?? Number.POSITIVE_INFINITY) < members.length)
  const inOther = (country: string) => others.some((other) => groups.get(other)?.some((member) => member.country === country))
  const free = members.filter(({ country, fromMs, endMs }) => fromMs <= at && at < endMs && !own.has(country))
  return (free.find(({ country }) => !inOther(country)) ?? free[0])?.country ?? NOWHERE
}
