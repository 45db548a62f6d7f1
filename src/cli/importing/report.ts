/** What an import came to, for a terminal. */
import { FAULTS } from '../../contacts/index.ts'
import type { Language } from '../../core/language.ts'
import { numberIn } from '../../core/telling.ts'
import type { ImportResult } from './tally.ts'

export type ImportTold = ImportResult & {
  readonly file: string
  readonly encoding: string
  readonly separator: string
  readonly columns: Readonly<Record<string, number>>
  readonly ignored: readonly string[]
  readonly written: boolean
}

/** Told one by one; the rest by --json. */
const MOST_TOLD = 40

/** A head is the file's own: it is shown without what a terminal would obey. */
const shown = (text: string): string => text.replace(/\p{Cc}/gu, ' ').slice(0, 40)

export const importReport = (told: ImportTold, language: Language): string => {
  const fr = language === 'fr'
  const n = (value: number) => numberIn(value, language)
  const sign = told.separator === '\t' ? (fr ? 'tabulation' : 'tabs') : told.separator
  const lines = [
    `${shown(told.file)} · ${told.encoding.toUpperCase()} · ${sign} · ${Object.keys(told.columns).join(', ')}`,
    ...(told.ignored.length
      ? [`${fr ? 'Colonnes laissées de côté\u00a0:' : 'Columns left out:'} ${told.ignored.map(shown).join(', ')}`]
      : []),
    '',
    ...(fr
      ? [
          `  ${n(told.lines)} lignes`,
          `  ${n(told.new)} nouveaux contacts, ${n(told.completed)} complétés, ${n(told.known)} déjà connus`,
          `  ${n(told.addresses)} adresses et ${n(told.consents)} consentements`,
          `  ${n(told.rejected)} lignes rejetées`,
        ]
      : [
          `  ${n(told.lines)} lines`,
          `  ${n(told.new)} new contacts, ${n(told.completed)} completed, ${n(told.known)} known already`,
          `  ${n(told.addresses)} addresses and ${n(told.consents)} consents`,
          `  ${n(told.rejected)} lines rejected`,
        ]),
  ]
  const faults = told.faults.slice(0, MOST_TOLD).map(({ line, column, code, rejected }) => {
    const where = `${fr ? 'ligne' : 'line'} ${line}${column ? `, ${column}` : ''}${fr ? '\u00a0:' : ':'}`
    const left = rejected ? '' : fr ? ' (laissé de côté)' : ' (left out)'
    return `  ${where} ${FAULTS[code][language]}${left}`
  })
  const more = told.faults.length - faults.length
  const rest = more > 0 ? [fr ? `  … et ${n(more)} autres, par --json` : `  … and ${n(more)} more, by --json`] : []
  const end = told.written
    ? fr
      ? 'C’est écrit.'
      : 'Written.'
    : fr
      ? 'Rien n’est écrit : relancez avec --yes pour l’écrire.'
      : 'Nothing is written: run it again with --yes to write it.'
  return `${[...lines, ...(faults.length ? ['', ...faults, ...rest] : []), '', end].join('\n')}\n`
}
