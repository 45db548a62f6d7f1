/** A drill's report as a page: the verdict first, then what did not hold and what to do, then every count with its table. */
import { canonicalJson } from '../core/digest.ts'
import { localTime } from '../core/local-time.ts'
import { dayIn, formIn, mediumIn, moneyIn, numberIn } from '../core/telling.ts'
import { barsOf, type Cell, figuresOf, html, reportPage, type ShownFigure, tableOf, tucked } from '../report/index.ts'
import { type DrillReport, FAILURES } from './drill-report.ts'
import { DRILL_WORDS, REMEDIES, spanIn, WHY_WORDS } from './drill-words.ts'

const STYLE = `
.parts { columns: 2; column-gap: var(--s4); margin-top: var(--s4); }
.parts section { break-inside: avoid; margin-bottom: var(--s4); }
section > p { max-width: 48rem; margin-top: var(--s2); }
.todo { border-color: var(--cut); }
.done { border-color: var(--accent); }
.todo ul { display: grid; gap: var(--s3); padding-inline-start: 1.2em; }
.todo li b { color: var(--cut); }
.kept, .broken { white-space: nowrap; }
.kept::before { content: "● "; color: var(--flows); }
.broken { color: var(--cut); }
.broken::before { content: "■ "; }
main > section { margin-top: var(--s4); }
@media (min-width: 1000px) { .figures { grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); } }
.key dt { color: var(--quiet); font-size: var(--small); margin-top: var(--s2); }
@media (max-width: 720px) { .parts { columns: 1; } }
@media print { .parts { columns: 1; } }
`

const section = (title: string, inner: string, kind = ''): string =>
  `<section${kind ? ` class="${kind}"` : ''}><h2>${html(title)}</h2>${inner}</section>`
const quiet = (line: string): string => `<p class="quiet">${html(line)}</p>`

const clockOf = (iso: string, zone: string): string => {
  const { hour, minute } = localTime(Date.parse(iso), zone)
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

export const drillPage = (report: DrillReport, look: string): string => {
  const { language, mode, contacts, traffic, cut, ok, cutAt, healedAt, timezone, how, made, business } = report
  const words = DRILL_WORDS[language]
  const day = dayIn(localTime(Date.parse(cutAt), timezone).date, language)
  const lead = [
    `${business}. ${words.lead(mode, numberIn(contacts, language), words.traffic[traffic])}`.trim(),
    `${words.when(day, clockOf(cutAt, timezone), clockOf(healedAt, timezone))} (${timezone})${language === 'fr' ? '\u00a0' : ''}: ${words.how[how] ?? how}.`,
  ]
  const body = [
    figuresOf(headOf(report)),
    failedOf(report),
    `<div class="parts">${[checksOf, timesOf, whereOf, unreachableOf, ruledOf, questionsOf, authorsOf, noticedOf].map((part) => part(report)).join('\n')}</div>`,
    signatureOf(report),
    // "<" would end the element early; written so, it is the same JSON.
    `<script type="application/json" id="drill">${canonicalJson(report).replaceAll('<', '\\u003c')}</script>`,
  ]
  const title = words.title(cut.map(({ id }) => mediumIn(id, language)).join(', '), ok)
  return reportPage({ language, title, lead, look, style: STYLE, body: body.join('\n'), footer: [words.oracle, `relais drill · ${made}`] })
}

const headOf = ({ language, result, price, unpriced }: DrillReport): readonly ShownFigure[] => {
  const words = DRILL_WORDS[language]
  const number = (value: number) => numberIn(value, language)
  const { affected, switched, switching, lost, doubled, flagged, withoutConsent, seen } = result
  const share = affected === 0 ? '–' : `${Math.round((switched / affected) * 100)}\u00a0%`
  const [extra] = price
  return [
    {
      value: share,
      label: words.figures.switched,
      note: words.notes.switched(number(switched), number(affected)),
      bad: affected > 0 && switched === 0,
    },
    {
      value: switching.median === null ? '–' : spanIn(switching.median, language),
      label: words.figures.time,
      note: switching.slowest === null ? words.notes.none : words.notes.time(spanIn(switching.slowest, language)),
      bad: false,
    },
    {
      value: number(lost),
      label: formIn(lost, ...words.figures.lost, language),
      note: words.notes.lost(number(doubled), number(flagged)),
      bad: lost + doubled > 0,
    },
    {
      value: number(withoutConsent),
      label: formIn(withoutConsent, ...words.figures.consent, language),
      note: words.notes.consent(number(seen)),
      bad: withoutConsent > 0,
    },
    ...(extra
      ? [
          {
            value:
              unpriced.cut > unpriced.uncut
                ? words.notes.priceUnknown
                : moneyIn(Math.round((extra.cut - extra.uncut) * 1e4) / 1e4, extra.currency, language),
            label: words.figures.price,
            note: [
              words.notes.price(moneyIn(Math.round(extra.uncut * 1e4) / 1e4, extra.currency, language)),
              ...(unpriced.cut > 0 ? [words.notes.unpriced(number(unpriced.cut), number(unpriced.uncut))] : []),
            ].join(' · '),
            bad: false,
          },
        ]
      : []),
  ]
}

const failedOf = ({ language, failures }: DrillReport): string => {
  const words = DRILL_WORDS[language]
  if (failures.length === 0) return section(words.head.held, `<p>${html(words.allWell)}</p>`, 'done')
  const items = failures.map(
    ({ what, count }) =>
      `<li><b>${html(words.checks[what])}</b> ${html(`(${words.head.count.toLowerCase()}${language === 'fr' ? '\u00a0' : ''}: ${numberIn(count, language)})`)}<br>${html(REMEDIES[what][language])}</li>`,
  )
  return section(words.head.failed, `<ul>${items.join('')}</ul>`, 'todo')
}

const checksOf = ({ language, failures }: DrillReport): string => {
  const { checks, head, ok, bad } = DRILL_WORDS[language]
  const rows = FAILURES.map((what): Cell[] => {
    const count = failures.find((failure) => failure.what === what)?.count ?? 0
    return [
      checks[what],
      count === 0 ? { raw: '<span class="none">0</span>' } : numberIn(count, language),
      { raw: `<span class="${count === 0 ? 'kept' : 'broken'}">${html(count === 0 ? ok : bad)}</span>` },
    ]
  })
  return section(head.checks, tableOf(head.checks, [head.check, { number: head.count }, head.verdict], rows))
}

const timesOf = ({ language, result: { switching } }: DrillReport): string => {
  const { head, within } = DRILL_WORDS[language]
  if (switching.count === 0) return ''
  const last = switching.within.findLastIndex(({ count }) => count > 0)
  const shown = switching.within.slice(0, last + 1).map(({ ms, count }) => ({
    label: within(ms === null ? null : spanIn(ms, language)),
    part: count,
    whole: count,
  }))
  const rows = shown.map(({ label, part }) => [label, numberIn(part, language)])
  return section(
    head.times,
    `${barsOf(shown, language, head.conversations)}${tucked(tableOf(head.times, [head.within, { number: head.conversations }], rows), language)}`,
  )
}

const whereOf = ({ language, result: { by, later, held, overtaken } }: DrillReport): string => {
  const words = DRILL_WORDS[language]
  if (by.length + later + held === 0) return ''
  const bars = barsOf(
    by.map(({ channel, count }) => ({ label: mediumIn(channel, language), part: count, whole: count })),
    language,
    words.head.messages,
  )
  const rest = [
    ...(later > 0 ? [words.later(numberIn(later, language))] : []),
    ...(held > 0 ? [words.heldBack(numberIn(held, language))] : []),
    ...(overtaken > 0 ? [words.overtaken(numberIn(overtaken, language))] : []),
  ]
  return section(words.head.where, `${bars}${rest.map(quiet).join('')}`)
}

const unreachableOf = ({ language, result: { unreachable } }: DrillReport): string => {
  const { head } = DRILL_WORDS[language]
  if (unreachable.length === 0) return ''
  const rows = unreachable.map(({ why, count }): Cell[] => [
    WHY_WORDS[why] ? WHY_WORDS[why][language] : { raw: `<code>${html(why)}</code>` },
    numberIn(count, language),
  ])
  return section(head.unreachable, tableOf(head.unreachable, [head.why, { number: head.messages }], rows))
}

const ruledOf = ({ language, result: { ruled } }: DrillReport): string => {
  const { head } = DRILL_WORDS[language]
  if (ruled.length === 0) return ''
  const rows = ruled.map(({ rule, count }): Cell[] => [{ raw: `<code>${html(rule)}</code>` }, numberIn(count, language)])
  return section(head.ruled, tableOf(head.ruled, [head.rule, { number: head.messages }], rows))
}

const questionsOf = ({ language, result: { questions } }: DrillReport): string => {
  const { head, questions: names } = DRILL_WORDS[language]
  if (questions.asked === 0) return ''
  const parts = (['answered', 'people', 'nobody'] as const).filter((name) => questions[name] > 0)
  const bars = parts.map((name) => ({ label: names[name], part: questions[name], whole: questions.asked }))
  return section(head.questions, barsOf(bars, language))
}

const authorsOf = ({ language, result: { authors } }: DrillReport): string => {
  const { head } = DRILL_WORDS[language]
  if (authors.length === 0) return ''
  const rows = authors.map(({ author, count }): Cell[] => [{ raw: `<code>${html(author)}</code>` }, numberIn(count, language)])
  return section(head.authors, tableOf(head.authors, [head.author, { number: head.messages }], rows))
}

const noticedOf = ({ language, noticed }: DrillReport): string => {
  const words = DRILL_WORDS[language]
  const lines = noticed.flatMap(({ id, afterMs, byHand }) => [
    words.noticed(mediumIn(id, language), afterMs === null ? null : spanIn(afterMs, language)),
    ...(byHand ? [words.byHand(id)] : []),
  ])
  return section(words.head.noticed, lines.map((line) => `<p>${html(line)}</p>`).join(''))
}

const signatureOf = ({ language, key, rulebook, seed }: DrillReport): string => {
  const words = DRILL_WORDS[language]
  const row = (name: string, value: string) => `<dt>${html(name)}</dt><dd><code>${html(value)}</code></dd>`
  const own = seed === null ? '' : row('--seed', String(seed))
  return section(
    words.head.signature,
    `${quiet(words.verify)}<dl class="key">${row(words.key, key)}${row(words.rulebook, rulebook)}${own}</dl>`,
  )
}
