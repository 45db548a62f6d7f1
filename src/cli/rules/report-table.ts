/** The lines of a rule as a table: what each says, where, from when to when, and who says so. What the pictures are drawn from stands in it whole. */
import type { Outcome } from '../../core/decision.ts'
import type { Language } from '../../core/language.ts'
import { allowanceIn, OUTCOME_WORDS, placeIn, priceIn } from '../../core/telling.ts'
import type { FileAge, ListedLine, ShownRule } from '../../policy/index.ts'
import { type Cell, html, tableOf } from '../../report/index.ts'
import type { ReportWords } from './report-words.ts'

/** `today`, and the `first` and `last` day that pictures show: YYYY-MM-DD. */
export type RulesPage = {
  readonly today: string
  readonly first: string
  readonly last: string
  readonly language: Language
  readonly words: ReportWords
  /** By file. */
  readonly ages: ReadonlyMap<string, FileAge>
}

export const GLYPHS: Readonly<Record<Outcome, string>> = { allow: '✓', amend: '✎', postpone: '◷', reroute: '↪', hold: '‖', refuse: '✕' }

/** By its file: a business’s own rule may bear the name of the one that it laxes. */
export const anchorOf = ({ file }: ShownRule): string => file.replace(/\.ya?ml$/u, '')

export const linesTable = (rule: ShownRule, page: RulesPage): string => {
  const { says } = rule
  const { words, language } = page
  const { columns } = words
  const conditional = says.some(({ when }) => when !== null)
  const day = (text: string | null): Cell => ({ raw: `<time>${text === null ? '–' : shortDay(text, language)}</time>` })
  const head = [
    columns.place,
    columns.from,
    columns.to,
    columns.known,
    columns.says,
    ...(conditional ? [columns.when] : []),
    columns.source,
    columns.confidence,
    columns.read,
  ]
  const rows = says.map((line): Cell[] => [
    placeIn(line.place, language),
    day(line.since),
    day(line.until),
    day(line.known),
    toldOf(line, page),
    ...(conditional ? [{ raw: line.when === null ? '' : `<code>${html(line.when)}</code>` }] : []),
    { raw: sourceOf(line, page) },
    line.confidence,
    day(line.read),
  ])
  return tableOf(anchorOf(rule), head, rows)
}

/** `2026-10-01` → "1 Oct 2026", "1 oct. 2026": four of them stand in a row. */
const shortDay = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(day))

/** What a line says, in a few words. */
export const toldOf = (line: ListedLine, { words, language }: RulesPage): string => {
  const said = line.price
    ? [priceIn(line.price, language), allowanceIn(line.price, language)].filter(Boolean).join(' · ')
    : line.ruling === null
      ? words.ends
      : `${GLYPHS[line.ruling]} ${OUTCOME_WORDS[line.ruling][language]}`
  return [line.card?.[language], said, ...(line.expected ? [words.announced] : [])].filter(Boolean).join(' · ')
}

/** A link, as HTML; a business's own rule has none. */
export const sourceOf = ({ source }: ListedLine, { words }: RulesPage): string =>
  source === null || !URL.canParse(source)
    ? html(source ?? words.own)
    : `<a href="${html(source)}" rel="noreferrer">${html(new URL(source).hostname.replace(/^www\./u, ''))}</a>`
