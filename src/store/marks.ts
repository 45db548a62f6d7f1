/** A situation's marks: eight bytes of hash for each of its groups, one after the other. Made as it is kept, and read by the million. */
import { SITUATION_GROUPS } from '../core/situation.ts'

/**
 * As SQL, of a situation's jsonb. A group that is missing is a mark of its own. Of the group's text: PostgreSQL's own hash of jsonb is the same
 * where two of sixteen fields or more change places.
 */
export const marksOf = (content: string): string =>
  SITUATION_GROUPS.map((group) => `int8send(hashtextextended(coalesce(${content} ->> '${group}', ''), 0))`).join(' || ')

/** As SQL, in hex: as they were kept, or made now where an earlier program kept none, or of fewer groups. */
export const hexMarks = (situation: string): string =>
  `encode(case when octet_length(${situation}.marks) = ${SITUATION_GROUPS.length * 8} then ${situation}.marks else ${marksOf(`${situation}.content`)} end, 'hex')`
