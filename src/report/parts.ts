/** What reports are made of: figures, pictures and the tables behind them. Everything given is text and is escaped here. */
import type { Language, Words } from '../core/language.ts'
import { numberIn } from '../core/telling.ts'
import { html } from './page.ts'

/** One number that matters; `note` says what it is of. `bad` is set in the colour of what is cut. */
export type ShownFigure = { readonly value: string; readonly label: string; readonly note: string; readonly bad: boolean }

export const figuresOf = (figures: readonly ShownFigure[]): string => {
  const items = figures.map(
    ({ value, label, note, bad }) =>
      `<div><dt>${html(label)}</dt><dd class="value${bad ? ' bad' : ''}">${html(value)}</dd><dd class="note">${html(note)}</dd></div>`,
  )
  return `<dl class="figures">${items.join('')}</dl>`
}

export type Bar = { readonly label: string; readonly whole: number; readonly part: number }

/** Bars from zero, each with its label and its number: a part of the longest whole. `measure` says of what. Nothing where all are nothing. */
export const barsOf = (bars: readonly Bar[], language: Language, measure = ''): string => {
  const longest = Math.max(...bars.map(({ whole, part }) => Math.max(whole, part)), 0)
  if (longest === 0) return ''
  const share = (value: number): number => Math.round((value / longest) * 1000) / 10
  const rows = bars.map(({ label, whole, part }) => {
    const number = whole > part ? `${numberIn(part, language)} / ${numberIn(whole, language)}` : numberIn(part, language)
    return `<li><span>${html(label)}</span><span>${html(number)}</span><span class="bar" style="width:${share(Math.max(whole, part))}%"><i style="width:${whole > 0 ? (part / Math.max(whole, part)) * 100 : 0}%"></i></span></li>`
  })
  return `${measure && `<p class="quiet">${html(measure)}</p>`}<ul class="bars">${rows.join('')}</ul>`
}

/** Text, or HTML that is escaped already. */
export type Cell = string | { readonly raw: string }
export type Column = string | { readonly number: string }

const cellOf = (cell: Cell): string => (typeof cell === 'string' ? html(cell) : cell.raw)

/**
 * The first cell of a row names it; columns of numbers are set to the right. It scrolls by itself where it is wider than its place.
 * `stacks`: on a narrow screen each cell stands below the one before it, after its column's name; for cells full of words.
 */
export const tableOf = (
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  { stacks = false }: { readonly stacks?: boolean } = {},
): string => {
  const head = columns.map((column) => {
    const name = typeof column === 'string' ? column : column.number
    const kind = typeof column === 'string' ? '' : ' class="number"'
    return name === '' ? '<td></td>' : `<th scope="col"${kind}>${html(name)}</th>`
  })
  const body = rows.map((row) => {
    const cells = row.map((cell, n) => {
      if (n === 0) return `<th scope="row">${cellOf(cell)}</th>`
      const column = columns[n] ?? ''
      const name = stacks ? ` data-column="${html(typeof column === 'string' ? column : column.number)}"` : ''
      return `<td${name}${typeof column === 'object' ? ' class="number"' : ''}>${cellOf(cell)}</td>`
    })
    return `<tr>${cells.join('')}</tr>`
  })
  return `<div class="scroll" tabindex="0" role="region" aria-label="${html(caption)}"><table${stacks ? ' class="stacks"' : ''}><thead><tr>${head.join('')}</tr></thead>
<tbody>${body.join('\n')}</tbody></table></div>`
}

const BEHIND: Words = { fr: 'Le tableau', en: 'The table' }

/** A table one key away, under its picture. */
export const tucked = (table: string, language: Language, summary = BEHIND[language]): string =>
  `<details><summary>${html(summary)}</summary>${table}</details>`
