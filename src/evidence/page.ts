/** The evidence file as a page: what a reader needs first, then every count as a table, the examples, and the same facts as JSON for programs. */
import { canonicalJson } from '../core/digest.ts'
import type { Language } from '../core/language.ts'
import { dayIn, numberIn } from '../core/telling.ts'
import { barsOf, type Cell, figuresOf, html, reportPage, type ShownFigure, tableOf, tucked } from '../report/index.ts'
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
main > section { margin-top: var(--s4); }
section > p { max-width: 48rem; margin-top: var(--s2); }
.declared { margin-bottom: var(--s5); max-width: 48rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: var(--s4); margin-top: var(--s4); }
.key dt { color: var(--quiet); font-size: var(--small); margin-top: var(--s2); }
.samples { display: grid; grid-template-columns: 1fr 1fr; gap: var(--s4); margin-top: var(--s3); }
.samples h3 { grid-column: 1 / -1; margin-top: var(--s3); }
article { padding: var(--s3) var(--s4); background: var(--paper); display: grid; gap: var(--s2); align-content: start; }
.said { white-space: pre-wrap; overflow-wrap: anywhere; font-size: var(--small); padding-inline-start: var(--s3); border-inline-start: 3px solid var(--line); margin: 0; }
.said b { display: block; }
.said .quiet { font-weight: 400; }
.answer { border-color: var(--accent); }
.answer.kept { border-style: dashed; }
@media (max-width: 720px) { .pair, .samples { grid-template-columns: minmax(0, 1fr); } }
`

export const evidencePage = (evidence: Evidence, look: string): string => {
  const { language, period, made, business } = evidence
  const words = EVIDENCE_WORDS[language]
  const day = (text: string): string => dayIn(text.slice(0, 10), language)
  // "<" would end the element early; written so, it is the same JSON.
  const data = canonicalJson(evidence).replaceAll('<', '\\u003c')
  const body = [
    `<p class="declared">${html(`${words.declared[business.aiIs]} ${words.lead}`)}</p>`,
    headOf(evidence, words),
    mattersOf(evidence, words),
    handlingOf(evidence, words),
    `<div class="pair">${authorsOf(evidence, words)}${channelsOf(evidence, words)}</div>`,
    aiOf(evidence, words),
    evidence.samples.length > 0 ? samplesOf(evidence, words) : '',
    rulesOf(evidence, words),
    keyOf(evidence, words),
    `<script type="application/json" id="evidence">${data}</script>`,
  ]
  const lead = [`${words.period(day(period.since), day(period.until))} (${period.timezone}), ${words.made(day(made))}`]
  const footer = [`relais evidence · ${made}`]
  return reportPage({ language, title: words.title(business.name), lead, look, style: STYLE, body: body.join('\n'), footer })
}

const NBSP = '\u00a0'
const shareOf = (part: number, whole: number, language: Language): string => {
  if (whole === 0) return '–'
  const text = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(part / whole)
  return text.replace(/\s/gu, NBSP)
}
/** A nothing in a table full of numbers is not to be read as one of them. */
const countCell = (value: number, language: Language): Cell =>
  value === 0 ? { raw: '<span class="none">0</span>' } : numberIn(value, language)

const section = (title: string, inner: string): string => `<section><h2>${html(title)}</h2>${inner}</section>`
const quiet = (line: string): string => `<p class="quiet">${html(line)}</p>`

const headOf = ({ language, questions, ai }: Evidence, words: EvidenceWords): string => {
  const { service, general, none, unsure } = questions.asked
  const classified = service + general + none + unsure
  const figure = (name: keyof EvidenceWords['figures'], of: keyof EvidenceWords['of'], part: number, whole: number): ShownFigure[] =>
    whole === 0
      ? []
      : [
          {
            value: shareOf(part, whole, language),
            label: words.figures[name],
            note: words.of[of](numberIn(part, language), numberIn(whole, language)),
            bad: false,
          },
        ]
  const figures = [
    ...figure('service', 'questions', service, classified),
    ...figure('general', 'questions', general, classified),
    ...figure('disclosed', 'first', ai.firstDisclosed, ai.first),
    ...figure('reachable', 'messages', ai.personReachable, ai.messages),
  ]
  const assumed = questions.asked.assumed > 0 ? quiet(words.assumed(numberIn(questions.asked.assumed, language))) : ''
  return `${figures.length > 0 ? figuresOf(figures) : ''}${assumed}`
}

const mattersOf = ({ questions, language }: Evidence, words: EvidenceWords): string => {
  const { head } = words
  const shown = ASKED.filter((one) => questions.asked[one] > 0)
  const rows = ASKED.map((one) => [
    words.asked[one],
    countCell(questions.asked[one], language),
    shareOf(questions.asked[one], questions.total, language),
  ])
  const bars = shown.map((one) => ({ label: words.asked[one], part: questions.asked[one], whole: questions.total }))
  if (questions.total === 0) return section(head.matters, `<p>${html(words.noQuestions)}</p>`)
  const table = tableOf(head.matters, [head.matter, { number: head.questions }, { number: head.share }], rows)
  return section(head.matters, `${barsOf(bars, language)}${tucked(table, language)}${words.how.map(quiet).join('')}`)
}

/** Matters that nobody asked about are left out: a column of nothing says nothing. */
const askedIn = ({ questions }: Evidence): readonly Asked[] => ASKED.filter((one) => questions.asked[one] > 0)

const handlingOf = (evidence: Evidence, words: EvidenceWords): string => {
  const { questions, language } = evidence
  const asked = askedIn(evidence)
  const used = HANDLED.filter((way) => asked.some((one) => questions.handled[one][way] > 0))
  if (used.length === 0) return ''
  const rows = used.map((way) => [words.handled[way], ...asked.map((one) => countCell(questions.handled[one][way], language))])
  return section(words.head.handling, tableOf(words.head.handling, ['', ...asked.map((one) => ({ number: words.asked[one] }))], rows))
}

const channelsOf = (evidence: Evidence, words: EvidenceWords): string => {
  const { channels, language } = evidence
  if (channels.length === 0) return ''
  const asked = askedIn(evidence)
  const rows = channels.map(({ channel, kind, asked: counts }) => [
    `${channel} (${kind})`,
    ...asked.map((one) => countCell(counts[one], language)),
  ])
  const table = tableOf(words.head.channels, [words.head.channel, ...asked.map((one) => ({ number: words.asked[one] }))], rows)
  const bars = channels.map(({ channel, kind, asked: counts }) => {
    const part = ASKED.reduce((sum, one) => sum + counts[one], 0)
    return { label: `${channel} (${kind})`, part, whole: part }
  })
  return section(words.head.channels, `${barsOf(bars, language)}${tucked(table, language)}`)
}

const authorsOf = ({ messages, language }: Evidence, words: EvidenceWords): string => {
  const { head } = words
  const rows = AUTHORS.map((one) => [
    words.author[one],
    countCell(messages.by[one], language),
    shareOf(messages.by[one], messages.total, language),
  ])
  const bars = AUTHORS.filter((one) => messages.by[one] > 0).map((one) => ({
    label: words.author[one],
    part: messages.by[one],
    whole: messages.by[one],
  }))
  if (messages.total === 0) return ''
  const table = tableOf(head.authors, [head.author, { number: head.messages }, { number: head.share }], rows)
  return section(head.authors, `${barsOf(bars, language)}${tucked(table, language)}`)
}

const aiOf = ({ ai, language }: Evidence, words: EvidenceWords): string => {
  const names = ['messages', 'first', 'firstDisclosed', 'personReachable', 'personOffered'] as const
  const rows = names.map((name) => [words.ai[name], numberIn(ai[name], language)])
  return section(words.head.ai, tableOf(words.head.ai, [words.head.fact, { number: words.head.number }], rows))
}

const samplesOf = (evidence: Evidence, words: EvidenceWords): string => {
  const { draw, samples } = evidence
  const shown = ASKED.map((asked) => ({ asked, drawn: samples.filter((sample) => sample.asked === asked) })).filter(
    ({ drawn }) => drawn.length > 0,
  )
  const groups = shown.map(
    ({ asked, drawn }) =>
      `<div class="samples"><h3>${html(words.asked[asked])}</h3>${drawn.map((sample) => sampleOf(sample, evidence.language, words)).join('\n')}</div>`,
  )
  const seed = codeOf(draw.given ? words.seed.given : words.seed.made, draw.seed)
  return section(
    words.head.samples,
    `${quiet(words.drawn(draw.each))}<dl class="key">${seed}</dl>${quiet(words.masked)}${groups.join('\n')}`,
  )
}

const sampleOf = (sample: Sample, language: Language, words: EvidenceWords): string => {
  const answers = sample.answer.map(({ by, left, text, rules }) => {
    const notes = [...(left ? [] : [words.held]), ...(rules.length > 0 ? [words.rules(rules.join(', '))] : [])]
    const told = notes.length > 0 ? ` <span class="quiet">${html(`(${notes.join(language === 'fr' ? `${NBSP}; ` : '; ')})`)}</span>` : ''
    return `<p class="said answer${left ? '' : ' kept'}"><b>${html(nameOf(by, words))}${told}</b>${html(text || words.noWords)}</p>`
  })
  const questions = sample.question.map((text) => `<p class="said"><b>${html(words.customer)}</b>${html(text || words.noWords)}</p>`)
  return `<article>${quiet(`${dayIn(sample.day, language)} · ${sample.channel} · ${words.handled[sample.handled]}`)}
${[...questions, ...answers].join('\n')}</article>`
}

const nameOf = (by: string, words: EvidenceWords): string =>
  AUTHORS.map((one) => [one, words.author[one]] as const).find(([one]) => one === by)?.[1] ?? by

const codeOf = (name: string, code: string): string => `<dt>${html(name)}</dt><dd><code>${html(code)}</code></dd>`

const rulesOf = ({ rulebook, rulebooks, language }: Evidence, words: EvidenceWords): string => {
  const { head } = words
  const rows = rulebooks.map(({ digest, decisions }) => [{ raw: `<code>${html(digest)}</code>` }, numberIn(decisions, language)])
  const table = rows.length > 0 ? tableOf(head.rules, [head.rulebook, { number: head.decisions }], rows) : ''
  return section(head.rules, `${table}<dl class="key">${codeOf(words.current, rulebook)}</dl>`)
}

const keyOf = ({ key }: Evidence, words: EvidenceWords): string =>
  section(words.head.check, `<dl class="key">${codeOf(words.key, key)}</dl>${quiet(words.verify)}`)
