/** What two rulebooks say differently, for a terminal: `+` for what is new, `-` for what goes, `~` for what changes. */
import type { Words } from '../../core/language.ts'
import type { Difference, RuleChange } from '../../policy/index.ts'
import type { Io } from '../command.ts'
import { lineInWords } from './rules.ts'

const SIGN = { added: '+', removed: '-', changed: '~' } as const
const FIELD_WORDS: Readonly<Record<string, Words>> = {
  by: { fr: 'qui la pose', en: 'whose rule it is' },
  about: { fr: 'sa phrase', en: 'its sentence' },
  channels: { fr: 'ses canaux', en: 'its channels' },
  when: { fr: 'sa condition', en: 'its condition' },
  zone: { fr: 'son fuseau', en: 'its zone' },
  remedy: { fr: 'son remède', en: 'its remedy' },
  country: { fr: 'le pays qui compte', en: 'whose country counts' },
  override: { fr: 'pourquoi et jusqu’à quand elle assouplit', en: 'why and until when it makes laxer' },
  says: { fr: 'ce que font ses lignes', en: 'what its lines do' },
  cards: { fr: 'ce que disent ses cartes', en: 'what its cards say' },
}

export const differenceInWords = ({ rules, groups }: Difference, io: Io): string => {
  if (rules.length + groups.length === 0)
    return { fr: 'Aucune différence entre ces règles.\n', en: 'No difference between these rules.\n' }[io.language]
  const members = groups.flatMap(({ group, added, removed }) => [
    `~ ${group}`,
    ...(added.length > 0 ? [`    + ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`    - ${removed.join(', ')}`] : []),
  ])
  return `${[...rules.flatMap((rule) => linesOf(rule, io)), ...members].join('\n')}\n`
}

const linesOf = ({ id, change, fields, added, removed }: RuleChange, io: Io): string[] => {
  const named = fields.map((field) => FIELD_WORDS[field]?.[io.language] ?? field)
  const listed = [...removed.map((line) => ['-', line] as const), ...added.map((line) => ['+', line] as const)]
  return [
    `${SIGN[change]} ${id}${named.length > 0 ? ` (${named.join(', ')})` : ''}`,
    ...listed.map(([sign, line]) => `    ${sign} ${lineInWords(line, io)}`),
  ]
}
