/** What is wrong with the ways through a journey. */
import type { Step } from '../core/journey.ts'
import { isIndex, ownReminder, transitionsFrom } from '../core/transitions.ts'

const reach = (from: readonly number[], next: (index: number) => readonly number[]): ReadonlySet<number> => {
  const seen = new Set(from)
  for (const index of seen) for (const to of next(index)) seen.add(to)
  return seen
}

/** Faults of the ways, as indexes of steps. */
export type Faults = {
  /** The first of each row of steps that no way leads to. */
  readonly unreachable: readonly number[]
  /** Steps (and options) after which the customer has answered, or waited, and hears nothing. */
  readonly deadEnds: readonly { readonly step: number; readonly option: number | undefined }[]
  /** The first step of each circle that never waits. */
  readonly endless: readonly number[]
  /** The first step from which no way ends. */
  readonly noWayOut: readonly number[]
}

const INSTANT: readonly string[] = ['say', 'template', 'callback', 'link', 'if']
const SILENT: readonly string[] = ['ask', 'choose', 'collect', 'call', 'wait']

export const faultsOf = (steps: readonly Step[]): Faults => {
  const transitions = steps.map((_, index) => transitionsFrom(steps, index))
  const next = (index: number): readonly number[] => (transitions[index] ?? []).map(({ to }) => to).filter(isIndex)
  const indexes = steps.map((_, index) => index)
  const reached = reach([0], (index) => (ownReminder(steps, index) ? [...next(index), index + 1] : next(index)))
  // A question's own reminder is heard while the question waits; the way goes past it.
  const walked = reach([0], next)
  const instant = (index: number) => INSTANT.includes(steps[index]?.kind ?? '')
  const circles = indexes.filter(
    (index) => instant(index) && walked.has(index) && reach(next(index).filter(instant), (at) => next(at).filter(instant)).has(index),
  )
  const ends = (index: number) => [...reach([index], next)].some((at) => (transitions[at] ?? []).some(({ to }) => !isIndex(to)))
  const round = indexes.filter((index) => walked.has(index) && !ends(index))
  return {
    unreachable: indexes.filter((index) => !reached.has(index) && (index === 0 || reached.has(index - 1))),
    deadEnds: indexes
      .filter((index) => walked.has(index) && SILENT.includes(steps[index]?.kind ?? ''))
      .flatMap((step) => (transitions[step] ?? []).filter(({ falls }) => falls).map(({ option }) => ({ step, option }))),
    endless: circles.slice(0, 1),
    noWayOut: circles.length === 0 ? round.slice(0, 1) : [],
  }
}
