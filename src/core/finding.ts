/** Tables of what an examination may find: one sentence and one remedy each, in French and English. */
import type { Words } from './language.ts'
import type { Finding } from './ports.ts'

export type FindingEntry = Pick<Finding, 'level' | 'words' | 'remedy'>

export const say = (level: Finding['level'], fr: string, en: string, remedyFr: string, remedyEn: string): FindingEntry => ({
  level,
  words: { fr, en },
  remedy: { fr: remedyFr, en: remedyEn },
})

/** `detail` names the thing in any language: a code, a state, a name. Never a secret. */
export const withDetail = ({ fr, en }: Words, detail: string): Words =>
  detail === '' ? { fr, en } : { fr: `${fr} (${detail})`, en: `${en} (${detail})` }
