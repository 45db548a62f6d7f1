/** The evidence file as a page: what a reader needs first, then every count as a table, the examples, and the same facts as JSON for programs. */
import { canonicalJson } from '../core/digest.ts'
import type { Language } from '../core/language.ts'
import { html, reportPage } from '../core/report-page.ts'
import { dayIn } from '../core/telling.ts'
import { ASKED, type Asked, AUTHORS, HANDLED, type Handled, type Tally } from './tally.ts'
import { EVIDENCE_WORDS, type EvidenceWords } from './words.ts'

export type Sample = {
  readonly asked: Asked
  readonly handled: Handled
  readonly channel: string
  readonly day: string
  /** Masked. */
  readonly question: readonly string[]
  readonly answer: readonly {
    readonly by: string
    readonly left: boolean
    readonly disclosed: boolean
    readonly outcome: string | null
    readonly rules: readonly string[]
    /** Masked. */
    readonly text: string
  }[]
}

/** All that the file tells; days are YYYY-MM-DD, `until` the last one in it. */
export type Evidence = Omit<Tally, 'drawn'> & {
  readonly format: 'relais-evidence-1'
  readonly language: Language
  readonly business: { readonly name: string; readonly country: string; readonly aiIs: 'incidental' | 'primary'; readonly aiSince: string }
  readonly period: { readonly since: string; readonly until: string; readonly timezone: string }
  /** ISO 8601 in UTC. */
  readonly made: string
  readonly key: string
  /** The rulebook in use when the file was made. */
  readonly rulebook: string
  readonly draw: { readonly seed: string; readonly given: boolean; readonly each: number }
  readonly samples: readonly Sample[]
}

const STYLE = `
.shares { list-style: none; padding: 0; margin: var(--s4) 0; display: grid; gap: var(--s2); }
.shares li { border-inline-start: 4px solid var(--accent); padding-inline-start: var(--s3); }
.bar { display: block; height: 8px; border-radius: 4px; background: var(--accent); min-width: 2px; }
.bar.none { background: none; }
.sample { border: 1px solid var(--line); border-radius: var(--round); background: var(--sheet); padding: var(--s3) var(--s4); margin: 0 0 var(--s3); }
.sample h3 { margin: 0 0 var(--s2); }
.sample p { margin: 0 0 var(--s2); white-space: pre-wrap; overflow-wrap: anywhere; }
.sample .answer { border-inline-start: 2px solid var(--line); padding-inline-start: var(--s3); }
`

export const evidencePage = (evidence: Evidence, tokens: string): string => {
  const words = EVIDENCE_WORDS[evidence.language]
  const title = words.title(evidence.business.name)
  // "<" would end the element early; written so, it is the same JSON.
  const data = canonicalJson(evidence).replaceAll('<', '\\u003c')
  const body = [
    `<h1>${html(title)}</h1>`,
    headOf(evidence, words),
    mattersOf(evidence, words),
    handlingOf(evidence, words),
    channelsOf(evidence, words),
    authorsOf(evidence, words),
    aiOf(evidence, words),
    samplesOf(evidence, words),
    rulesOf(evidence, words),
    `<h2>${html(words.head.check)}</h2>\n<p>${html(words.key(evidence.key))}</p>`,
    `<script type="application/json" id="evidence">${data}</script>`,
  ]
  return reportPage({ language: evidence.language, title, tokens, style: STYLE, body: body.join('\n') })
}

const NBSP = '\u00a0'
const shareOf = (part: number, whole: number, language: Language): string => {
  if (whole === 0) return '–'
  const text = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(part / whole)
  return text.replace(/\s/gu, NBSP)
}

const headOf = (evidence: Evidence, words: EvidenceWords): string => {
  const { language, business, period, questions, ai } = evidence
  const day = (text: string): string => dayIn(text.slice(0, 10), language)
  const { service, general, none, unsure } = questions.asked
  const classified = service + general + none + unsure
  const share = (part: number, whole: number): string => shareOf(part, whole, language)
  const lines = [
    ...(classified > 0 ? [words.own(share(service, classified)), words.general(share(general, classified))] : []),
    ...(ai.first > 0 ? [words.disclosed(share(ai.firstDisclosed, ai.first))] : []),
    ...(ai.messages > 0 ? [words.reachable(share(ai.personReachable, ai.messages))] : []),
  ]
  return `<p class="quiet">${html(`${words.period(day(period.since), day(period.until))} (${period.timezone}), ${words.made(day(evidence.made))}`)}</p>
<p>${html(words.declared[business.aiIs])}</p>
<p>${html(words.lead)}</p>
<ul class="shares">${lines.map((line) => `<li>${html(line)}</li>`).join('')}</ul>${
    questions.asked.assumed > 0 ? `\n<p>${html(words.assumed(new Intl.NumberFormat(language).format(questions.asked.assumed)))}</p>` : ''
  }`
}

type Cell = string | { readonly raw: string }
const cellOf = (cell: Cell, tag: string, attributes: string): string =>
  `<${tag}${attributes}>${typeof cell === 'string' ? html(cell) : cell.raw}</${tag}>`

/** The first cell of a row names it; numbers are set to the right. */
const tableOf = (caption: string, head: readonly string[], rows: readonly (readonly Cell[])[]): string => {
  const number = (cell: Cell): boolean => typeof cell === 'string' && /^[\d\s.,%–\u00a0\u202f]+$/u.test(cell)
  const line = (row: readonly Cell[]): string =>
    row
      .map((cell, n) => (n === 0 ? cellOf(cell, 'th', ' scope="row"') : cellOf(cell, 'td', number(cell) ? ' class="number"' : '')))
      .join('')
  return `<div class="scroll" tabindex="0" role="region" aria-label="${html(caption)}"><table>
<thead><tr>${head.map((cell, n) => cellOf(cell, 'th', n === 0 ? ' scope="col"' : ' scope="col" class="number"')).join('')}</tr></thead>
<tbody>${rows.map((row) => `<tr>${line(row)}</tr>`).join('\n')}</tbody>
</table></div>`
}

const barOf = (part: number, whole: number): Cell => ({
  raw: `<span class="bar${part === 0 ? ' none' : ''}" style="width:${whole === 0 ? 0 : Math.round((100 * part) / whole)}%"></span>`,
})

const mattersOf = ({ questions, language }: Evidence, words: EvidenceWords): string => {
  const { head } = words
  const count = new Intl.NumberFormat(language)
  const rows = ASKED.map((one) => [
    words.asked[one],
    count.format(questions.asked[one]),
    shareOf(questions.asked[one], questions.total, language),
    barOf(questions.asked[one], questions.total),
  ])
  return `<h2>${html(head.matters)}</h2>\n${tableOf(head.matters, [head.matter, head.questions, head.share, ''], rows).replace('<th scope="col" class="number"></th>', '<td></td>')}
${words.how.map((line) => `<p class="quiet">${html(line)}</p>`).join('\n')}`
}

const handlingOf = ({ questions, language }: Evidence, words: EvidenceWords): string => {
  const count = new Intl.NumberFormat(language)
  const used = HANDLED.filter((way) => ASKED.some((one) => questions.handled[one][way] > 0))
  const rows = used.map((way) => [words.handled[way], ...ASKED.map((one) => count.format(questions.handled[one][way]))])
  return `<h2>${html(words.head.handling)}</h2>\n${tableOf(words.head.handling, ['', ...ASKED.map((one) => words.asked[one])], rows).replace('<th scope="col"></th>', '<td></td>')}`
}

const channelsOf = ({ channels, language }: Evidence, words: EvidenceWords): string => {
  if (channels.length === 0) return ''
  const count = new Intl.NumberFormat(language)
  const rows = channels.map(({ channel, kind, asked }) => [`${channel} (${kind})`, ...ASKED.map((one) => count.format(asked[one]))])
  return `<h2>${html(words.head.channels)}</h2>\n${tableOf(words.head.channels, [words.head.channel, ...ASKED.map((one) => words.asked[one])], rows)}`
}

const authorsOf = ({ messages, language }: Evidence, words: EvidenceWords): string => {
  const { head } = words
  const count = new Intl.NumberFormat(language)
  const rows = AUTHORS.map((one) => [
    words.author[one],
    count.format(messages.by[one]),
    shareOf(messages.by[one], messages.total, language),
  ])
  return `<h2>${html(head.authors)}</h2>\n${tableOf(head.authors, [head.author, head.messages, head.share], rows)}`
}

const aiOf = ({ ai, language }: Evidence, words: EvidenceWords): string => {
  const count = new Intl.NumberFormat(language)
  const names = ['messages', 'first', 'firstDisclosed', 'personReachable', 'personOffered'] as const
  const rows = names.map((name) => [words.ai[name], count.format(ai[name])])
  return `<h2>${html(words.head.ai)}</h2>\n${tableOf(words.head.ai, [words.head.fact, words.head.number], rows)}`
}

const samplesOf = (evidence: Evidence, words: EvidenceWords): string => {
  const { draw, samples, language } = evidence
  const lines = samples.map((sample) => {
    const answer = sample.answer.map(({ by, left, text, rules }) => {
      const notes = [...(left ? [] : [words.held]), ...(rules.length > 0 ? [words.rules(rules.join(', '))] : [])]
      return `<p class="answer"><strong>${html(nameOf(by, words))}</strong>${notes.length > 0 ? ` <span class="quiet">${html(`(${notes.join(' ; ')})`.replace(/ ;/u, language === 'fr' ? '\u00a0;' : ';'))}</span>` : ''}
${html(text || words.noWords)}</p>`
    })
    return `<article class="sample"><h3>${html(`${words.asked[sample.asked]} · ${words.handled[sample.handled]}`)}</h3>
<p class="quiet">${html(`${dayIn(sample.day, language)} · ${sample.channel}`)}</p>
${sample.question.map((text) => `<p><strong>${html(words.customer)}</strong>\n${html(text || words.noWords)}</p>`).join('\n')}
${answer.join('\n')}</article>`
  })
  return `<h2>${html(words.head.samples)}</h2>
<p class="quiet">${html(words.seed(draw.seed, draw.given, draw.each))}</p>
<p class="quiet">${html(words.masked)}</p>
${lines.length > 0 ? lines.join('\n') : `<p>${html(words.noSamples)}</p>`}`
}

const nameOf = (by: string, words: EvidenceWords): string =>
  AUTHORS.map((one) => [one, words.author[one]] as const).find(([one]) => one === by)?.[1] ?? by

const rulesOf = ({ rulebook, rulebooks, language }: Evidence, words: EvidenceWords): string => {
  const { head } = words
  const count = new Intl.NumberFormat(language)
  const rows = rulebooks.map(({ digest, decisions }) => [{ raw: `<code>${html(digest)}</code>` }, count.format(decisions)])
  return `<h2>${html(head.rules)}</h2>
<p>${html(words.current(rulebook))}</p>
${rows.length > 0 ? tableOf(head.rules, [head.rulebook, head.decisions], rows) : ''}`
}
