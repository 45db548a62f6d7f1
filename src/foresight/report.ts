/** A summary as one page that needs nothing else, and for a terminal. */
import type { Language } from '../core/language.ts'
import { barsOf, figuresOf, html, MARK, reportPage, tableOf, tucked } from '../report/index.ts'
import type { Story, Summary, Table } from './summary.ts'

const STYLE = `
.todo { margin-bottom: var(--s6); border-color: var(--accent); }
.todo ol { padding-inline-start: 1.4em; display: grid; gap: var(--s1); }
.parts { columns: 2; column-gap: var(--s4); }
.parts section { break-inside: avoid; margin-bottom: var(--s4); }
.parts .note { margin-top: var(--s1); }
.stories { margin-top: var(--s4); }
.stories > div { display: grid; grid-template-columns: 1fr 1fr; gap: var(--s4); }
article { padding: var(--s3) var(--s5) var(--s4); display: grid; gap: var(--s2); overflow-wrap: anywhere; align-content: start; }
.said { padding-inline-start: var(--s3); border-inline-start: 3px solid var(--line); font-size: var(--small); }
.turn { display: flex; flex-wrap: wrap; gap: 0 var(--s2); align-items: center; }
.turn .mark { color: var(--accent); }
article code { color: var(--quiet); }
@media (max-width: 720px) {
  .todo { padding: var(--s2) var(--s3); margin-bottom: var(--s4); font-size: var(--small); line-height: 1.4; }
  .parts { columns: 1; }
  .stories > div { grid-template-columns: minmax(0, 1fr); gap: var(--s2); }
}
@media print { .parts { columns: 1; } }
`

/** The last column of a table without a picture may be a sentence; all others but the first are numbers. */
const isWordy = ({ bars, rows }: Table): boolean => bars === null && rows.some((row) => (row.at(-1) ?? '').length > 60)

const sectionOf = (table: Table, language: Language): string => {
  const { title, columns, rows, bars, measure, note } = table
  const last = isWordy(table) ? columns.length - 1 : columns.length
  const inner = tableOf(
    title,
    columns.map((number, n) => (n === 0 || n === last ? number : { number })),
    rows,
  )
  const picture = bars ? barsOf(bars, language, measure) : ''
  const below = note ? `<p class="note">${html(note)}</p>` : ''
  return `<section><h2>${html(title)}</h2>${picture ? picture + tucked(inner, language) : inner}${below}</section>`
}

const TURN = { fr: ['Aujourd’hui, le message', ' ; alors, il'], en: ['Today the message', '; then it'] } as const
const unseen = (text: string): string => `<span class="unseen">${html(text)} </span>`

/** From what happens to what would, by the house's arc. */
const storyOf = ({ head, lines, was, would, why, id }: Story, language: Language): string => {
  const said = lines.map(({ who, text }) => `<p class="said"><span class="quiet">${html(who)}</span> ${html(text)}</p>`).join('')
  const [today, then] = TURN[language]
  const turn = `<p class="turn">${unseen(today)}<b>${html(was)}</b>${unseen(then)}${MARK}<b>${html(would)}</b></p>`
  return `<article><h3>${html(head)}</h3>${said}${turn}${why ? `<p class="note">${html(why)}</p>` : ''}<code>relais explain ${html(id)}</code></article>`
}

/** One thing needs no number. */
const itemsOf = (items: readonly string[]): string =>
  items.length === 1 ? `<p>${html(items[0] ?? '')}</p>` : `<ol>${items.map((item) => `<li>${html(item)}</li>`).join('')}</ol>`
const todoOf = ({ todo }: Summary): string =>
  todo ? `<section class="todo"><h2>${html(todo.title)}</h2>${itemsOf(todo.items)}</section>` : ''
const storiesOf = ({ stories }: Summary, language: Language): string => {
  if (!stories) return ''
  const items = stories.items.map((story) => storyOf(story, language)).join('')
  return `<div class="stories"><h2>${html(stories.title)}</h2>${items ? `<div>${items}</div>` : `<p>${html(stories.none)}</p>`}</div>`
}

/** The whole page. `footer`: where it comes from, in lines; `look`: the house's fonts and custom properties. */
export const renderReport = (summary: Summary, language: Language, footer: readonly string[], look: string): string => {
  const [question = '', ...lead] = summary.lead
  const body = [
    figuresOf(summary.figures),
    todoOf(summary),
    `<div class="parts">${summary.tables.map((table) => sectionOf(table, language)).join('\n')}</div>`,
    storiesOf(summary, language),
  ]
  return reportPage({ language, title: question || summary.title, lead, look, style: STYLE, body: body.join('\n'), footer })
}

const plain = (table: Table): string => {
  const all = [table.columns, ...table.rows]
  const widths = table.columns.map((_, n) => Math.max(...all.map((row) => (row[n] ?? '').length)))
  const wordy = (n: number) => n > 0 && n === table.columns.length - 1 && (widths[n] ?? 0) > 60
  const lines = all.map((row) =>
    row
      .map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : wordy(n) ? cell : cell.padStart(widths[n] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
  return [
    `${table.title}`,
    ...lines.filter((line) => line !== '').map((line) => `  ${line}`),
    ...(table.note ? [`  ${table.note}`] : []),
  ].join('\n')
}

/** The same for a terminal. */
export const printSummary = (summary: Summary, language: Language): string => {
  const figures = summary.figures.map(({ value, label, note }) => `  ${value}  ${label} — ${note}`)
  const todo = summary.todo
    ? [[summary.todo.title, ...summary.todo.items.map((item, n, all) => `  ${all.length > 1 ? `${n + 1}. ` : ''}${item}`)].join('\n')]
    : []
  const colon = language === 'fr' ? ' :' : ':'
  const told = (summary.stories?.items ?? []).map(({ head, was, would, id }) => `  ${head}${colon} ${was} → ${would} (${id})`)
  const stories = summary.stories ? [[summary.stories.title, ...(told.length ? told : [`  ${summary.stories.none}`])].join('\n')] : []
  return `${[summary.lead.join('\n'), figures.join('\n'), ...todo, ...summary.tables.map(plain), ...stories].join('\n\n')}\n`
}
