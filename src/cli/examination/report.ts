/** What was found, for a person: one line where all is well, three where it is not (what, where, what to do). */
import type { Words } from '../../core/language.ts'
import type { Finding } from '../../core/ports.ts'
import type { Io } from '../command.ts'
import { type Check, isError } from './examination.ts'

const MARKS: Readonly<Record<Finding['level'], string>> = { error: '✗', warning: '!', notice: '·' }

const tellFinding = ({ level, words, place, remedy, source, id }: Finding, language: Io['language']): string => {
  const where = [...(place ? [`${place.file}:${place.line}`] : []), id, ...(source ? [source] : [])].join('  ')
  return `  ${MARKS[level]} ${words[language]}\n    ${where}\n    → ${remedy[language]}\n`
}

const tellCheck = ({ title, findings, says }: Check, language: Io['language']): string =>
  findings.length === 0
    ? `✓ ${title[language]}${language === 'fr' ? '\u00a0: ' : ': '}${says[language]}\n`
    : `\n${title[language]}\n${findings.map((finding) => tellFinding(finding, language)).join('')}\n`

const closing = (findings: readonly Finding[]): Words => {
  const errors = findings.filter(isError).length
  const others = findings.length - errors
  if (errors === 0 && others === 0) return { fr: 'Tout va bien.', en: 'All is well.' }
  const count = (n: number, one: string): string => `${n} ${one}${n > 1 ? 's' : ''}`
  return {
    fr: [...(errors ? [count(errors, 'erreur')] : []), ...(others ? [count(others, 'remarque')] : [])].join(', ').concat('.'),
    en: [...(errors ? [count(errors, 'error')] : []), ...(others ? [count(others, 'remark')] : [])].join(', ').concat('.'),
  }
}

export const tellReport = (checks: readonly Check[], language: Io['language']): string => {
  const findings = checks.flatMap((check) => check.findings)
  return `${checks.map((check) => tellCheck(check, language)).join('')}\n${closing(findings)[language]}\n`
}
