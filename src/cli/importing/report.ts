/** What an import came to, for a terminal. */
import { FAULTS } from '../../contacts/index.ts'
import type { Language, Words } from '../../core/language.ts'
import { countIn, mediumIn, numberIn } from '../../core/telling.ts'
import { bringsNews, type ImportResult } from './tally.ts'

export type ImportTold = ImportResult & {
  readonly file: string
  readonly encoding: string
  readonly separator: string
  readonly columns: Readonly<Record<string, number>>
  readonly ignored: readonly string[]
  /** It was asked to be: --yes. */
  readonly asked: boolean
}

/** Told one by one; the rest by --json. */
const MOST_TOLD = 40

const PLAIN: Readonly<Record<string, Words>> = {
  name: { fr: 'nom complet', en: 'full name' },
  first: { fr: 'prénom', en: 'first name' },
  last: { fr: 'nom', en: 'last name' },
  language: { fr: 'langue', en: 'language' },
  country: { fr: 'pays', en: 'country' },
}
const PARTS: Readonly<Record<string, Words>> = {
  words: { fr: ' (mots)', en: ' (words)' },
  at: { fr: ' (date)', en: ' (date)' },
  source: { fr: ' (source)', en: ' (source)' },
}
/** What a column was read as; `--json` has the fields' own names. */
const fieldIn = (field: string, language: Language): string => {
  const [kind = '', part] = field.split('_consent')
  if (part === undefined) return PLAIN[field]?.[language] ?? mediumIn(field, language)
  const consent = { fr: 'consentement', en: 'consent' }[language]
  const words = language === 'fr' ? `${consent} ${mediumIn(kind, language)}` : `${mediumIn(kind, language)} ${consent}`
  return `${words}${PARTS[part.slice(1)]?.[language] ?? ''}`
}

/** A head is the file's own: it is shown without what a terminal would obey. */
export const shown = (text: string): string => text.replace(/\p{Cc}/gu, ' ').slice(0, 40)

export const importReport = (told: ImportTold, language: Language): string => {
  const fr = language === 'fr'
  const n = (value: number) => numberIn(value, language)
  const of = (value: number, one: string, other: string) => countIn(value, one, other, language)
  const sign = told.separator === '\t' ? (fr ? 'tabulation' : 'tabs') : told.separator
  const lines = [
    `${shown(told.file)} · ${told.encoding.toUpperCase()} · ${sign} · ${Object.keys(told.columns)
      .map((field) => fieldIn(field, language))
      .join(', ')}`,
    ...(told.ignored.length
      ? [`${fr ? 'Colonnes laissées de côté\u00a0:' : 'Columns left out:'} ${told.ignored.map(shown).join(', ')}`]
      : []),
    '',
    ...(fr
      ? [
          `  ${of(told.lines, 'ligne', 'lignes')}`,
          `  ${of(told.new, 'nouveau contact', 'nouveaux contacts')}, ${of(told.completed, 'complété', 'complétés')}, ${of(told.known, 'déjà connu', 'déjà connus')}`,
          `  ${of(told.addresses, 'adresse', 'adresses')} et ${of(told.consents, 'consentement', 'consentements')}`,
          `  ${of(told.rejected, 'ligne rejetée', 'lignes rejetées')}`,
        ]
      : [
          `  ${of(told.lines, 'line', 'lines')}`,
          `  ${of(told.new, 'new contact', 'new contacts')}, ${n(told.completed)} completed, ${n(told.known)} known already`,
          `  ${of(told.addresses, 'address', 'addresses')} and ${of(told.consents, 'consent', 'consents')}`,
          `  ${of(told.rejected, 'line', 'lines')} rejected`,
        ]),
  ]
  const faults = told.faults.slice(0, MOST_TOLD).map(({ line, column, code, rejected }) => {
    const where = `${fr ? 'ligne' : 'line'} ${line}${column ? `, ${fieldIn(column, language)}` : ''}${fr ? '\u00a0:' : ':'}`
    const left = rejected ? '' : fr ? ' (laissé de côté)' : ' (left out)'
    return `  ${where} ${FAULTS[code][language]}${left}`
  })
  const more = told.faults.length - faults.length
  const rest = more > 0 ? [fr ? `  … et ${of(more, 'autre', 'autres')}, par --json` : `  … and ${n(more)} more, by --json`] : []
  const end = !told.asked
    ? fr
      ? 'Rien n’est écrit : relancez avec --yes pour l’écrire.'
      : 'Nothing is written: run it again with --yes to write it.'
    : !bringsNews(told)
      ? fr
        ? 'Rien n’était à écrire\u00a0: aucune ligne n’apporte rien de nouveau.'
        : 'Nothing was written: no line brings anything new.'
      : fr
        ? 'C’est écrit.'
        : 'Written.'
  return `${[...lines, ...(faults.length ? ['', ...faults, ...rest] : []), '', end].join('\n')}\n`
}
