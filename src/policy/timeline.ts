/**
 * Lines by place and date. A line holds from 00:00 of its first day, in its rule's zone; of one place the latest line that holds speaks; a line
 * that gives null ends its place's own say, and the wider place speaks again. Places go from the country over its groups to the world.
 */
import type { Confidence } from '../core/decision.ts'
import type { Expression } from '../core/expression.ts'
import type { Words } from '../core/language.ts'
import { addDays, dayStart } from '../core/local-time.ts'
import type { Situation } from '../core/situation.ts'

export const WORLD = 'world'

export type Line<T> = {
  readonly place: string
  /** First and last day; `to` null is open. */
  readonly from: string
  readonly to: string | null
  /** The day it became public. */
  readonly known: string
  readonly fromMs: number
  /** The first instant after it; Infinity where it is open. */
  readonly endMs: number
  readonly knownMs: number
  readonly when: Expression | null
  readonly origin: Origin
  readonly gives: T | null
}

/** Where a line comes from. `source` null: the business itself. `read`: the day somebody read it there. */
export type Origin = {
  readonly source: string | null
  readonly read: string | null
  readonly confidence: Confidence
  readonly note: string | null
  /** Announced ahead of its day, and not yet seen in force. */
  readonly expected: boolean
}

type Dates = { readonly from: string; readonly to?: string | undefined; readonly known?: string | undefined }

export const LAST_BEFORE_FIRST: Words = { fr: 'le dernier jour est avant le premier.', en: 'the last day is before the first.' }

/** The days of a line as instants of its zone. */
export const instantsOf = (dates: Dates, zone: string) => {
  const known = dates.known ?? dates.from
  return {
    from: dates.from,
    to: dates.to ?? null,
    known,
    fromMs: dayStart(dates.from, zone),
    endMs: dates.to === undefined ? Number.POSITIVE_INFINITY : dayStart(addDays(dates.to, 1), zone),
    knownMs: dayStart(known, zone),
  }
}

export type Member = { readonly country: string; readonly fromMs: number; readonly endMs: number }
/** Members of each group of countries. */
export type Groups = ReadonlyMap<string, readonly Member[]>

/** The places a country belongs to at an instant, most specific first; smaller groups before larger ones. */
const placesOf = (country: string, at: number, groups: Groups): string[] => {
  const belongs = [...groups].filter(([, members]) => members.some((m) => m.country === country && m.fromMs <= at && at < m.endMs))
  belongs.sort(([, a], [, b]) => a.length - b.length)
  return [country, ...belongs.map(([name]) => name), WORLD]
}

/** The lines that may speak at one place, first choice first. */
type PlaceLines<T> = readonly Line<T>[]
/** The places to ask, most specific first. */
export type Chain<T> = readonly PlaceLines<T>[]

/**
 * Who may speak for a country at an instant, as known at another (Infinity: as known now). One chain; for an unknown country ("") one for every
 * country whose answer may differ.
 */
export const chainsOf = <T>(lines: readonly Line<T>[], country: string, at: number, known: number, groups: Groups): Chain<T>[] => {
  const holding = lines.filter((line) => line.fromMs <= at && at < line.endMs && line.knownMs <= known)
  if (holding.length === 0) return []
  const places = new Set(holding.map((line) => line.place))
  const countries = country === '' ? countriesOf(places, groups) : [country]
  const routes = countries.map((one) => placesOf(one, at, groups).filter((place) => places.has(place)))
  const different = new Map(routes.map((route) => [route.join(' '), route]))
  return [...different.values()].map((route) =>
    route.map((place) => holding.filter((line) => line.place === place).sort((a, b) => b.fromMs - a.fromMs || b.knownMs - a.knownMs)),
  )
}

/** Every country that a line could treat in its own way, and one that none names. */
const countriesOf = (places: ReadonlySet<string>, groups: Groups): string[] => {
  const named = [...places].flatMap((place) => groups.get(place)?.map((member) => member.country) ?? (place === WORLD ? [] : [place]))
  return [...new Set(named), 'nowhere']
}

/** The line that speaks, or null where all are silent. */
export const speaker = <T>(chain: Chain<T>, situation: Situation): Line<T> | null => {
  for (const place of chain) {
    for (const line of place) {
      if (line.when !== null && !line.when.test(situation)) continue
      if (line.gives !== null) return line
      break
    }
  }
  return null
}

/** Where a wider place speaks because a narrower one ended its own say: the line that ended it. */
export const endBefore = <T>(chain: Chain<T>, spoken: Line<T>, situation: Situation): Line<T> | null => {
  for (const place of chain) {
    if (place.includes(spoken)) return null
    const end = place.find((line) => line.when === null || line.when.test(situation))
    if (end) return end
  }
  return null
}
