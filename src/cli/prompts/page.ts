/** What came of the cases as one page: an answer beside the other, and marked what only one of them says. */
import type { Language, Words } from '../../core/language.ts'
import { moneyIn } from '../../core/telling.ts'
import { figuresOf, html, reportPage, tableOf } from '../../report/index.ts'
import { onlyIn } from './judging.ts'
import { agree, faultIn, holds, nobodyIn, type Sum, saidBy, sumIn } from './telling.ts'
import type { Result, Tried } from './trial.ts'

const SAYS = {
  title: { fr: 'Les consignes à l’essai', en: 'The prompts on trial' },
  cases: { fr: 'Cas', en: 'Cases' },
  failing: { fr: 'Ne tiennent pas', en: 'Do not hold' },
  differing: { fr: 'Réponses différentes', en: 'Answers differ' },
  casesNote: { fr: 'de prompts/cases.yaml', en: 'of prompts/cases.yaml' },
  failingNote: { fr: 'chez un moteur au moins', en: 'with one engine at least' },
  differingNote: { fr: 'd’un moteur à l’autre', en: 'from engine to engine' },
  engine: { fr: 'Moteur', en: 'Engine' },
  answer: { fr: 'Réponse', en: 'Answer' },
  rests: { fr: 'S’appuie sur', en: 'Rests on' },
  time: { fr: 'Durée médiane', en: 'Median time' },
  cost: { fr: 'Coût', en: 'Cost' },
  before: { fr: 'Dit avant', en: 'Said before' },
  marked: { fr: 'Ce qui est marqué, un seul moteur le dit.', en: 'What is marked, only one engine says.' },
} as const satisfies Record<string, Words>

const STYLE = `
section { margin-top: 16px; }
section > p { margin-bottom: 8px; }
.answers { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); }
.answers article { border: 1px solid var(--line, #d8d8d2); border-radius: 8px; padding: 12px 16px; }
.answers h3 { margin: 0 0 8px; font-size: 1rem; }
.answers p { margin: 0 0 8px; white-space: pre-wrap; }
.fails { color: var(--cut); }
mark { background: color-mix(in srgb, var(--waits) 25%, transparent); color: inherit; }
`

/** The words that no other engine said, marked where they stand. */
const marked = (text: string, others: readonly string[]): string => {
  const own = new Set(others.length ? onlyIn(text, others) : [])
  const parts = text.split(/([\p{L}\p{N}]+(?:[.,'’-][\p{L}\p{N}]+)*)/gu)
  return parts.map((part) => (own.has(part) ? `<mark>${html(part)}</mark>` : html(part))).join('')
}

const articleOf = (one: Result, results: readonly Result[], language: Language): string => {
  const others = results.flatMap((other) => (other === one || other.text === null ? [] : other.text))
  const faults = one.faults.map((fault) => `<p class="fails">✗ ${html(faultIn(fault, language))}</p>`)
  const rests = one.citations.length ? `<p class="quiet">${html(SAYS.rests[language])} · ${html(one.citations.join(', '))}</p>` : ''
  const said = one.text === null ? html(saidBy(one, language)) : marked(one.text, others)
  return `<article><h3>${one.faults.length ? '✗' : '✓'} ${html(one.engine)}</h3><p>${said}</p>${rests}${faults.join('')}</article>`
}

const sectionOf = (tried: Tried, language: Language): string => {
  const { of, results } = tried
  const mark = holds(tried) ? '✓' : '<span class="fails">✗</span>'
  const answers = results.map((one) => articleOf(one, results, language)).join('')
  const before = of.history.map(({ text }) => html(text)).join(' — ')
  return `<section><h2>${mark} ${html(of.name)}</h2><p class="quiet">${html(of.task)} · ${html(of.language)}</p>
${before ? `<p class="quiet">${html(SAYS.before[language])} · ${before}</p>` : ''}<p lang="${html(of.language)}"><strong>${html(of.question)}</strong></p>
<div class="answers" lang="${html(of.language)}">${answers || html(nobodyIn(language))}</div></section>`
}

const byEngine = (tried: readonly Tried[], language: Language): string => {
  const all = tried.flatMap(({ results }) => results)
  const rows = [...new Set(all.map(({ engine }) => engine))].map((engine) => {
    const own = all.filter((one) => one.engine === engine)
    const ms = own.map((one) => one.ms).sort((a, b) => a - b)
    const costs = Map.groupBy(
      own.flatMap(({ cost }) => (cost?.currency ? [{ amount: cost.amount, currency: cost.currency }] : [])),
      ({ currency }) => currency,
    )
    const cost = [...costs].map(([currency, some]) =>
      moneyIn(
        some.reduce((sum, { amount }) => sum + amount, 0),
        currency,
        language,
      ),
    )
    const failing = own.filter(({ faults }) => faults.length).length
    return [engine, `${failing} / ${own.length}`, `${Math.round(ms[Math.floor(ms.length / 2)] ?? 0)} ms`, cost.join(', ') || '–']
  })
  const columns = [
    SAYS.engine[language],
    { number: SAYS.failing[language] },
    { number: SAYS.time[language] },
    { number: SAYS.cost[language] },
  ]
  return tableOf(SAYS.engine[language], columns, rows)
}

export const trialPage = (
  tried: readonly Tried[],
  sum: Sum,
  language: Language,
  { look, footer }: { readonly look: string; readonly footer: string },
): string => {
  const differing = tried.filter(({ results }) => !agree(results)).length
  const figure = (value: number, name: 'cases' | 'failing' | 'differing', bad = false) => ({
    value: String(value),
    label: SAYS[name][language],
    note: SAYS[`${name}Note`][language],
    bad,
  })
  const figures = [figure(sum.cases, 'cases'), figure(sum.failing, 'failing', sum.failing > 0), figure(differing, 'differing')]
  // What does not hold is looked at first.
  const inOrder = tried.toSorted((a, b) => Number(holds(a)) - Number(holds(b)))
  return reportPage({
    language,
    title: SAYS.title[language],
    lead: [sumIn(sum, language), SAYS.marked[language]],
    look,
    style: STYLE,
    body: `${figuresOf(figures)}${byEngine(tried, language)}${inOrder.map((one) => sectionOf(one, language)).join('\n')}`,
    footer: [footer],
  })
}
