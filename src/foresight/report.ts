/** A summary as one page that needs nothing else: no script, no font, no address. Pictures, and the table behind each. */
import type { Language } from '../core/language.ts'
import { REPORT_STYLE } from './report-style.ts'
import type { Figure, Story, Summary, Table } from './summary.ts'

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const ROW = 40
const LONGEST_LABEL = 38
const short = (label: string): string => (label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label)
const percent = (part: number, whole: number): string => `${whole > 0 ? Math.round((part / whole) * 1000) / 10 : 0}%`

/** Bars from zero, each with its label and its number: a part of the longest whole. Widths are shares, so that words keep their size. */
export const drawBars = (bars: NonNullable<Table['bars']>, title: string, language: Language): string => {
  const longest = Math.max(...bars.map(({ whole, part }) => Math.max(whole, part)), 0)
  if (longest === 0) return ''
  const told = (value: number) => value.toLocaleString(language === 'fr' ? 'fr-FR' : 'en-GB')
  const rows = bars.map(({ label, whole, part }, n) => {
    const y = n * ROW
    const number = whole > part ? `${told(part)} / ${told(whole)}` : told(part)
    return `<text x="0" y="${y + 16}">${escaped(short(label))}</text><text x="100%" y="${y + 16}" text-anchor="end">${number}</text>
<rect class="whole" x="0" y="${y + 23}" width="${percent(whole, longest)}" height="8" rx="2"/><rect class="part" x="0" y="${y + 23}" width="${percent(part, longest)}" height="8" rx="2"/>`
  })
  return `<svg class="bars" role="img" aria-label="${escaped(title)}" height="${bars.length * ROW}">${rows.join('')}</svg>`
}

const tableOf = ({ title, columns, rows, bars }: Table, language: Language): string => {
  const unnamed = language === 'fr' ? 'nom' : 'name'
  const head = columns.map((column) => `<th scope="col">${escaped(column) || `<span class="quiet">${unnamed}</span>`}</th>`).join('')
  const body = rows
    .map(
      (row) =>
        `<tr>${row.map((cell, n) => (n === 0 ? `<th scope="row">${escaped(cell)}</th>` : `<td>${escaped(cell)}</td>`)).join('')}</tr>`,
    )
    .join('')
  const wordy = bars === null && rows.some((row) => (row.at(-1) ?? '').length > 60)
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escaped(title)}"><table${wordy ? ' class="words"' : ''}><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
}

const sectionOf = (table: Table, language: Language): string => {
  const picture = table.bars ? drawBars(table.bars, table.title, language) : ''
  const inner = tableOf(table, language)
  const behind = language === 'fr' ? 'Le tableau' : 'The table'
  const note = table.note ? `<p class="note">${escaped(table.note)}</p>` : ''
  return `<section><h2>${escaped(table.title)}</h2>${picture}${picture ? `<details><summary>${behind}</summary>${inner}</details>` : inner}${note}</section>`
}

const figureOf = ({ value, label, note, bad }: Figure): string =>
  `<div><dt>${escaped(label)}</dt><dd class="value${bad ? ' bad' : ''}">${escaped(value)}</dd><dd class="note">${escaped(note)}</dd></div>`

const storyOf = ({ head, lines, was, would, why, id }: Story, language: Language): string => {
  const said = lines.map(({ who, text }) => `<p class="said"><span class="quiet">${escaped(who)}</span> ${escaped(text)}</p>`).join('')
  const [before, after] = language === 'fr' ? ['Aujourd’hui, le message', 'alors, il'] : ['Today the message', 'then it']
  return `<article><h3>${escaped(head)}</h3>${said}<p class="turn">${before} <b>${escaped(was)}</b>${language === 'fr' ? ' ;' : ';'} ${after} <b>${escaped(would)}</b>.</p>${why ? `<p class="note">${escaped(why)}</p>` : ''}<code>relais explain ${escaped(id)}</code></article>`
}

const MARK =
  '<svg width="28" height="14" viewBox="0 0 28 14" aria-hidden="true"><circle cx="4" cy="10" r="3.5" fill="currentColor"/><circle cx="24" cy="10" r="3.5" fill="currentColor"/><path d="M4 10C8 1 20 1 24 10" fill="none" stroke="currentColor" stroke-width="1.8"/></svg>'

const todoOf = ({ todo }: Summary): string =>
  todo
    ? `<section class="todo"><h2>${escaped(todo.title)}</h2><ol>${todo.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ol></section>`
    : ''
const storiesOf = ({ stories }: Summary, language: Language): string => {
  if (!stories) return ''
  const items = stories.items.map((story) => storyOf(story, language)).join('')
  return `<div class="stories"><h2>${escaped(stories.title)}</h2>${items ? `<div>${items}</div>` : `<p>${escaped(stories.none)}</p>`}</div>`
}

/** The whole page. `footer`: where it comes from, in lines. */
export const renderReport = (summary: Summary, language: Language, footer: readonly string[]): string => {
  const [question = '', ...rest] = summary.lead
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(question || summary.title)} · Relais</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<header><p class="brand">${MARK} Relais</p><h1>${escaped(question)}</h1>${rest.map((line) => `<p class="quiet">${escaped(line)}</p>`).join('')}</header>
<dl class="figures">${summary.figures.map(figureOf).join('')}</dl>
${todoOf(summary)}
<div class="pair">${summary.tables.map((table) => sectionOf(table, language)).join('')}</div>
${storiesOf(summary, language)}
<footer class="quiet">${footer.map((line) => `<p>${escaped(line)}</p>`).join('')}</footer>
</main>
</body>
</html>
`
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
  const todo = summary.todo ? [[summary.todo.title, ...summary.todo.items.map((item, n) => `  ${n + 1}. ${item}`)].join('\n')] : []
  const colon = language === 'fr' ? ' :' : ':'
  const told = (summary.stories?.items ?? []).map(({ head, was, would, id }) => `  ${head}${colon} ${was} → ${would} (${id})`)
  const stories = summary.stories ? [[summary.stories.title, ...(told.length ? told : [`  ${summary.stories.none}`])].join('\n')] : []
  return `${[summary.lead.join('\n'), figures.join('\n'), ...todo, ...summary.tables.map(plain), ...stories].join('\n\n')}\n`
}
