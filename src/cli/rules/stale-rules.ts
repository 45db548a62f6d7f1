/** Rules that nobody has held against their sources for too long: told by `check`, at a start, and in `/metrics`. */
import type { Words } from '../../core/language.ts'
import type { Finding } from '../../core/ports.ts'
import { dayIn } from '../../core/telling.ts'
import { agesOf, type Rulebook } from '../../policy/index.ts'

/** Rule files whose sources nobody has read for too long, counted from `now` (ms): what they say may have changed. */
export const staleRules = (rulebook: Rulebook, now: number): readonly Finding[] =>
  agesOf(rulebook, now)
    .filter(({ stale }) => stale)
    .map(({ file, read, days }): Finding => {
      const words: Words = {
        fr: `les sources de cette règle ont été lues pour la dernière fois le ${dayIn(read, 'fr')}, il y a ${days} jours`,
        en: `the sources of this rule were last read on ${dayIn(read, 'en')}, ${days} days ago`,
      }
      return { id: 'rule-stale', level: 'warning', subject: file, place: { file, line: 1, column: 1 }, words, remedy: REREAD }
    })
const REREAD: Words = {
  fr: 'Prenez un recueil plus récent (« relais rules update »), ou relisez les sources et datez-les.',
  en: 'Take a newer rulebook (“relais rules update”), or read the sources again and date them.',
}
