/** The rules as one page: each rule's lanes, a country or group each, today marked; under each picture a table with sources and confidence. */
import { OUTCOMES, type Outcome } from '../core/decision.ts'
import type { Language } from '../core/language.ts'
import { addDays } from '../core/local-time.ts'
import { html, reportPage } from '../core/report-page.ts'
import { dayIn, placeIn, priceIn } from '../core/telling.ts'
import {
  agesOf,
  type FileAge,
  type Lane,
  type ListedLine,
  lanesOf,
  listRules,
  type Rulebook,
  type ShownRule,
  type Stretch,
} from '../policy/index.ts'
import { BY_WORDS, OUTCOME_WORDS } from './judgement-words.ts'
import { REPORT_STYLE } from './rules-report-style.ts'
import { REPORT_WORDS, type ReportWords } from './rules-report-words.ts'

/** `today`: YYYY-MM-DD; `now`: ms; `countries` have a lane of their own wherever place matters. */
export type RulesPageRequest = {
  readonly today: string
  readonly now: number
  readonly countries: readonly string[]
  readonly language: Language
  readonly tokens: string
}

type Page = RulesPageRequest & {
  readonly words: ReportWords
  readonly ages: ReadonlyMap<string, FileAge>
  readonly first: string
  readonly last: string
}

const GLYPHS: Readonly<Record<Outcome, string>> = { allow: '✓', amend: '✎', postpone: '◷', reroute: '↪', hold: '‖', refuse: '✕' }

export const rulesPage = (rulebook: Rulebook, request: RulesPageRequest): string => {
  const words = REPORT_WORDS[request.language]
  const year = Number(request.today.slice(0, 4))
  const ages = new Map(agesOf(rulebook, request.now).map((age) => [age.file, age]))
  const page: Page = { ...request, words, ages, first: `${year - 1}-01-01`, last: `${year + 2}-01-01` }
  const listed = listRules(rulebook)
  const rules = listed.filter(({ by }) => by !== null).map((rule) => ({ rule, lanes: lanesFor(rulebook, rule, page) }))
  // What moves most is what a reader came for.
  rules.sort((a, b) => movesOf(b.lanes) - movesOf(a.lanes) || (a.rule.id < b.rule.id ? -1 : 1))
  const prices = listed.filter(({ by }) => by === null)
  const body = [
    headOf(listed, rulebook, page),
    legendOf(page),
    comingOf(listed, page),
    ...rules.map(({ rule, lanes }) => sectionOf(rule, lanes, page)),
    prices.length > 0 ? `<h2>${html(words.prices)}</h2>\n${prices.map((list) => priceSection(list, page)).join('\n')}` : '',
  ]
  return reportPage({ language: request.language, title: words.title, tokens: request.tokens, style: REPORT_STYLE, body: body.join('\n') })
}

const lanesFor = (rulebook: Rulebook, shown: ShownRule, { countries }: Page): Lane[] => {
  const rule = rulebook.rules.find(({ id, file }) => id === shown.id && file === shown.file)
  return rule ? lanesOf(rulebook, rule, countries) : []
}
const movesOf = (lanes: readonly Lane[]): number => lanes.reduce((sum, { stretches }) => sum + stretches.length, 0)

// --- the head --------------------------------------------------------------------------------------------------------------------------------

const comingIn = (listed: readonly ShownRule[], today: string) =>
  listed
    .flatMap((rule) => rule.says.filter(({ since }) => since > today).map((line) => ({ rule, line })))
    .sort((a, b) => (a.line.since < b.line.since ? -1 : a.line.since > b.line.since ? 1 : 0))

const headOf = (listed: readonly ShownRule[], rulebook: Rulebook, page: Page): string => {
  const { words, today, language, ages } = page
  const stale = [...ages.values()].filter((age) => age.stale).length
  const figures = [
    words.rules(listed.length),
    words.lines(listed.reduce((sum, { says }) => sum + says.length, 0)),
    words.coming(comingIn(listed, today).length),
    ...(stale > 0 ? [words.stale(stale)] : []),
  ]
  const items = figures.map((text) =>
    text.replace(/^(\d+) (.*)$/u, (_, count: string, rest: string) => `<li><strong>${count}</strong>${html(rest)}</li>`),
  )
  return `<h1>${html(words.title)}</h1>
<p class="quiet">${html(words.asOf(dayIn(today, language), rulebook.digest.slice(0, 12)))}</p>
<p>${html(words.lead)}</p>
<ul class="figures">${items.join('')}</ul>`
}

const legendOf = ({ words, language }: Page): string => {
  const items = OUTCOMES.map(
    (one) =>
      `<li><span class="stretch ${one}"><span aria-hidden="true">${GLYPHS[one]}</span> ${html(OUTCOME_WORDS[one][language])}</span></li>`,
  )
  return `<h2>${html(words.legend)}</h2>\n<ul class="legend">${items.join('')}</ul>\n<p class="quiet">${html(words.confidence)}</p>`
}

const comingOf = (listed: readonly ShownRule[], page: Page): string => {
  const { words, today } = page
  const coming = comingIn(listed, today)
  if (coming.length === 0) return `<h2>${html(words.next)}</h2>\n<p>${html(words.noNext)}</p>`
  return `<h2>${html(words.next)}</h2>\n${tableOf(words.next, coming, page, true)}`
}

// --- one rule --------------------------------------------------------------------------------------------------------------------------------

const sectionOf = (rule: ShownRule, lanes: readonly Lane[], page: Page): string => {
  const { words, language } = page
  const by = rule.by === null ? '' : BY_WORDS[rule.by][language]
  return `<section>
<h2>${html(rule.id)}</h2>
<p>${html(rule.about[language])}</p>
<p class="quiet">${html([by, ...rule.channels].filter(Boolean).join(' · '))} ${ageOf(rule, page)}</p>
${figureOf(rule, lanes, page)}
<details><summary>${html(words.table(rule.says.length))}</summary>
${rule.when === null ? '' : `<p class="quiet">${html(words.holdsIf)} <code>${html(rule.when)}</code></p>`}
${tableOf(
  rule.id,
  rule.says.map((line) => ({ rule, line })),
  page,
  false,
)}
</details>
</section>`
}

const ageOf = ({ file, read }: ShownRule, { words, language, ages }: Page): string => {
  const age = ages.get(file)
  if (!age || read === null) return ''
  const day = dayIn(age.read, language)
  return age.stale ? `<strong class="stale">${html(words.oldRead(day, age.days))}</strong>` : `· ${html(words.readOn(day))}`
}

const priceSection = (list: ShownRule, page: Page): string => `<section>
<h3>${html(list.id)}</h3>
<p>${html(list.about[page.language])} ${ageOf(list, page)}</p>
<details><summary>${html(page.words.table(list.says.length))}</summary>
${tableOf(
  list.id,
  list.says.map((line) => ({ rule: list, line })),
  page,
  false,
)}
</details>
</section>`

// --- the picture -----------------------------------------------------------------------------------------------------------------------------

/** Where a day lies between the picture's first and last, in percent; days beyond lie at its edge. */
const placeOn = (day: string, { first, last }: Page): number => {
  const share = (Date.parse(day) - Date.parse(first)) / (Date.parse(last) - Date.parse(first))
  return Math.round(10_000 * Math.min(1, Math.max(0, share))) / 100
}

const figureOf = (rule: ShownRule, lanes: readonly Lane[], page: Page): string => {
  const { words, today, first, last } = page
  if (lanes.length === 0) return ''
  const now = lanes.map(({ place, stretches }) => {
    const stretch = stretches.find(({ from, to }) => from <= today && (to === null || today <= to))
    return `${laneName(place, lanes, page)} ${stretch && stretch.says.length > 0 ? saysOf(stretch.says, page) : words.silent}`
  })
  const years = [first, `${Number(first.slice(0, 4)) + 1}-01-01`, `${Number(first.slice(0, 4)) + 2}-01-01`]
  const ticks = years.map((day) => `<span style="left:${placeOn(day, page)}%">${day.slice(0, 4)}</span>`).join('')
  const tracks = lanes.map(({ place, stretches }) => {
    const shown = stretches.filter(({ from, to, says }) => says.length > 0 && from < last && (to === null || to >= first))
    return `<div class="lane"><div class="place">${html(laneName(place, lanes, page))}</div><div class="track">${shown.map((one) => stretchOf(one, place, page)).join('')}</div></div>`
  })
  return `<div class="lanes" role="img" aria-label="${html(words.picture(rule.id, now.join(', ')))}" style="--today:${placeOn(today, page)}%">
<div class="lane axis"><div class="place"></div><div class="track">${ticks}<span class="now">${html(words.today)}</span></div></div>
${tracks.join('\n')}
</div>`
}

const laneName = (place: string, lanes: readonly Lane[], { words, language }: Page): string => {
  if (place === 'world') return lanes.length > 1 ? words.elsewhere : placeIn(place, language)
  const name = placeIn(place, language)
  return /^[A-Z]{2}$/u.test(place) && place !== 'EU' ? name : lanes.some((lane) => /^[A-Z]{2}$/u.test(lane.place)) ? words.rest(name) : name
}

/** What the lines of a stretch say, each once; several where it depends on the message. */
const saysOf = (says: readonly ListedLine[], { language }: Page): string =>
  [...new Set(says.map(({ ruling }) => (ruling === null ? '' : OUTCOME_WORDS[ruling][language])))].filter(Boolean).join(' / ')

const stretchOf = (stretch: Stretch, place: string, page: Page): string => {
  const { words, language } = page
  const [line] = stretch.says
  const outcomes = new Set(stretch.says.map(({ ruling }) => ruling))
  const outcome = line?.ruling ?? 'allow'
  const left = placeOn(stretch.from, page)
  const right = stretch.to === null ? 100 : placeOn(addDays(stretch.to, 1), page)
  const weakest =
    stretch.says
      .map(({ confidence }) => confidence)
      .sort()
      .at(-1) ?? 'C'
  const classes = [
    'stretch',
    outcomes.size > 1 ? 'mixed' : outcome,
    `sure-${weakest}`,
    ...(stretch.says.some(({ expected }) => expected) ? ['announced'] : []),
  ]
  const dates = `${words.since(dayIn(stretch.from, language))}, ${stretch.to === null ? words.open : words.until(dayIn(stretch.to, language))}`
  const sources = [...new Set(stretch.says.map(({ source }) => source ?? words.own))]
  const reads = line?.read ? [words.readOn(dayIn(line.read, language))] : []
  const hover = [
    `${placeIn(place, language)} · ${saysOf(stretch.says, page)}`,
    dates,
    [words.sure(weakest), ...reads].join(', '),
    ...sources,
  ].join('\n')
  const glyphs = [...outcomes].map((one) => (one === null ? '' : GLYPHS[one])).join('')
  return `<span class="${classes.join(' ')}" style="left:${left}%;width:${Math.max(0.4, right - left)}%" title="${html(hover)}">${glyphs} ${html(saysOf(stretch.says, page))} <small>${weakest}</small></span>`
}

// --- the table -------------------------------------------------------------------------------------------------------------------------------

type Entry = { readonly rule: ShownRule; readonly line: ListedLine }

const tableOf = (caption: string, entries: readonly Entry[], page: Page, named: boolean): string => {
  const { words, language } = page
  const { columns } = words
  const conditional = entries.some(({ line }) => line.when !== null)
  const day = (text: string | null): string => (text === null ? '–' : html(dayIn(text, language)))
  const head = [
    ...(named ? [columns.rule] : []),
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
  const rows = entries.map(({ rule, line }) => {
    const cells = [
      ...(named ? [html(rule.id)] : []),
      html(placeIn(line.place, language)),
      day(line.since),
      day(line.until),
      day(line.known),
      html(told(line, page)),
      ...(conditional ? [line.when === null ? '' : `<code>${html(line.when)}</code>`] : []),
      line.source === null ? html(words.own) : `<a href="${html(line.source)}" rel="noreferrer">${html(hostOf(line.source))}</a>`,
      line.confidence,
      day(line.read),
    ]
    return `<tr>${cells.map((cell, n) => (n === 0 ? `<th scope="row">${cell}</th>` : `<td>${cell}</td>`)).join('')}</tr>`
  })
  return `<div class="scroll" tabindex="0" role="region" aria-label="${html(caption)}"><table>
<thead><tr>${head.map((name) => `<th scope="col">${html(name)}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>`
}

const told = (line: ListedLine, { words, language }: Page): string => {
  const said = line.price
    ? priceIn(line.price, language)
    : line.ruling === null
      ? words.ends
      : `${GLYPHS[line.ruling]} ${OUTCOME_WORDS[line.ruling][language]}`
  return [line.card?.[language], said, ...(line.expected ? [words.announced] : [])].filter(Boolean).join(' · ')
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname.replace(/^www\./u, '') : url)
