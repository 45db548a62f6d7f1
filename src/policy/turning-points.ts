/** The instants at which what the rules say may change. */
import type { Rulebook } from './rulebook.ts'

/** In order, ms since 1970, as known now: a line begins or ends, a country joins or leaves a group, an override of the business runs out. */
export const turningPoints = ({ rules, groups }: Pick<Rulebook, 'rules' | 'groups'>): readonly number[] => {
  const instants = [
    ...rules.flatMap(({ lines, override }) => [...lines.flatMap(({ fromMs, endMs }) => [fromMs, endMs]), override?.endMs ?? Number.NaN]),
    ...[...groups.values()].flat().flatMap(({ fromMs, endMs }) => [fromMs, endMs]),
  ]
  return [...new Set(instants.filter(Number.isFinite))].sort((a, b) => a - b)
}
