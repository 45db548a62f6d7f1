/** A situation's marks: eight bytes of hash for each of its groups, one after the other. Made as it is kept, and read by the million. */
import { SITUATION_GROUPS } from '../core/situation.ts'

/** As SQL, of a situation's jsonb. A group that is missing is a mark of its own. */
export const marksOf = (content: string): string =>
  SITUATION_GROUPS.map((group) => `int8send(coalesce(jsonb_hash_extended(${content} -> '${group}', 0), 0))`).join(' || ')

/** As SQL, in hex: as they were kept, or made now where an earlier program kept none, or of fewer groups. */
export const hexMarks = (situation: string): string =>
  `encode(case when octet_length(${situation}.marks) = ${SITUATION_GROUPS.length * 8} then ${situation}.marks else ${marksOf(`${situation}.content`)} end, 'hex')`

const DIGITS = 16
export const splitMarks = (hex: string): string[] => SITUATION_GROUPS.map((_, n) => hex.slice(n * DIGITS, (n + 1) * DIGITS))
