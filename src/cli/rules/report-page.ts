/** The rules as one page: what changes next, then each rule's lanes, a country or group each, today marked; under each picture its table. */
import { OUTCOMES, type Ruling } from '../../core/decision.ts'
import type { Language } from '../../core/language.ts'
import { dayIn, OUTCOME_WORDS, overrideIn, placeIn } from '../../core/telling.ts'
import { agesOf, type Lane, lanesOf, listRules, type Rulebook, type ShownRule } from '../../policy/index.ts'
import { html, reportPage, tucked } from '../../report/index.ts'
import { BY_WORDS } from '../judgement-words.ts'
import { drawLanes } from './report-lanes.ts'
import { REPORT_STYLE } from './report-style.ts'
import { anchorOf, GLYPHS, linesTable, type RulesPage, sourceOf, toldOf } from './report-table.ts'
import { REPORT_WORDS } from './report-words.ts'

/** `today`: YYYY-MM-DD; `now`: ms; `countries` have a lane of their own wherever place matters; `look`: the house's fonts and custom properties. */
export type RulesPageRequest = {
  readonly today: string
  readonly now: number
  readonly countries: readonly string[]
  readonly language: Language
  readonly look: string
}
type Drawn = { readonly rule: ShownRule; readonly lanes: readonly Lane[] }

const CHAPTERS: readonly Ruling['by'][] = ['platform', 'law', 'industry', 'business']

export const rulesPage = (rulebook: Rulebook, request: RulesPageRequest): string => {
  const { language, today, look } = request
  const words = REPORT_WORDS[language]
  const ages = new Map(agesOf(rulebook, request.now).map((age) => [age.file, age]))
  const page: RulesPage = { today, language, words, ages, ...windowAround(today) }
  const listed = listRules(rulebook)
  const drawn = listed.filter(({ by }) => by !== null).map((rule) => ({ rule, lanes: lanesFor(rulebook, rule, request.countries) }))
  // What moves most is what a reader came for.
  drawn.sort((a, b) => movesOf(b.lanes) - movesOf(a.lanes) || (a.rule.id < b.rule.id ? -1 : 1))
  const chapters = CHAPTERS.map((by) =>
    chapterOf(
      words.chapters[by],
      drawn.filter(({ rule }) => rule.by === by),
      page,
    ),
  )
  const prices = listed.filter(({ by }) => by === null).map((rule) => ({ rule, lanes: [] }))
  const top = `<div class="top">${comingOf(listed, page)}${legendOf(page)}</div>`
  const body = [staleIn(page), top, ...chapters, chapterOf(words.prices, prices, page)]
  const lines = listed.reduce((sum, { says }) => sum + says.length, 0)
  const lead = [words.asOf(dayIn(today, language), listed.length, lines, rulebook.digest.slice(0, 12)), words.lead]
  const footer = [`relais rules report · ${new Date(request.now).toISOString()} · ${rulebook.digest}`]
  return reportPage({ language, title: words.title, lead, look, style: REPORT_STYLE, body: body.join('\n'), footer })
}

/** From a year and a quarter before today to a year and a quarter after it, by whole quarters. */
const windowAround = (today: string): Pick<RulesPage, 'first' | 'last'> => {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const quarter = (by: number): string => new Date(Date.UTC(year, Math.floor((month - 1) / 3) * 3 + by, 1)).toISOString().slice(0, 10)
  return { first: quarter(-15), last: quarter(15) }
}

const lanesFor = (rulebook: Rulebook, shown: ShownRule, countries: readonly string[]): Lane[] => {
  const rule = rulebook.rules.find(({ id, file }) => id === shown.id && file === shown.file)
  return rule ? lanesOf(rulebook, rule, countries) : []
}
const movesOf = (lanes: readonly Lane[]): number => lanes.reduce((sum, { stretches }) => sum + stretches.length, 0)

// --- the head --------------------------------------------------------------------------------------------------------------------------------

const comingIn = (listed: readonly ShownRule[], today: string) =>
  listed
    .flatMap((rule) => rule.says.filter(({ since }) => since > today).map((line) => ({ rule, line })))
    .sort((a, b) => (a.line.since < b.line.since ? -1 : a.line.since > b.line.since ? 1 : 0))

const staleIn = ({ ages, words }: RulesPage): string => {
  const files = [...ages.values()].filter((age) => age.stale).length
  return files > 0 ? `<p class="stale">${html(words.stale(files))}</p>` : ''
}

const comingOf = (listed: readonly ShownRule[], page: RulesPage): string => {
  const { words, today, language } = page
  const items = comingIn(listed, today).map(
    ({ rule, line }) =>
      `<li><time datetime="${line.since}">${html(dayIn(line.since, language))}</time><div><strong>${html(placeIn(line.place, language))}</strong> ${html(toldOf(line, page))}<p class="quiet">${html(rule.about[language])} <a href="#${html(anchorOf(rule))}">${html(rule.id)}</a> · ${html(words.sure(line.confidence))} · ${sourceOf(line, page)}</p></div></li>`,
  )
  return `<section class="next"><h2>${html(words.next)}</h2>${items.length > 0 ? `<ol>${items.join('\n')}</ol>` : `<p>${html(words.noNext)}</p>`}</section>`
}

const legendOf = ({ words, language }: RulesPage): string => {
  const items = OUTCOMES.map(
    (one) => `<li class="stretch ${one}"><b aria-hidden="true">${GLYPHS[one]}</b> ${html(OUTCOME_WORDS[one][language])}</li>`,
  )
  const others = [`<li class="stretch announced">${html(words.announced)}</li>`, `<li class="stretch sure-C">${html(words.unsure)}</li>`]
  return `<section class="legend"><h2>${html(words.legend)}</h2><ul>${[...items, ...others].join('')}</ul><p class="quiet">${html(words.confidence)}</p></section>`
}

// --- rules -----------------------------------------------------------------------------------------------------------------------------------

const chapterOf = (title: string, drawn: readonly Drawn[], page: RulesPage): string => {
  if (drawn.length === 0) return ''
  return `<h2 class="chapter">${html(title)}</h2>\n${drawn.map((one) => ruleOf(one, page)).join('\n')}`
}

const ruleOf = ({ rule, lanes }: Drawn, page: RulesPage): string => {
  const { words, language } = page
  const about = [...(rule.by === null ? [] : [BY_WORDS[rule.by][language]]), ...rule.channels].join(' · ')
  const condition = rule.when === null ? '' : `<p class="quiet">${html(words.holdsIf)} <code>${html(rule.when)}</code></p>`
  const override = rule.override ? `<p class="stale">${html(overrideIn(rule.override, language))}</p>` : ''
  return `<section class="rule" id="${html(anchorOf(rule))}">
<div class="about"><h3>${html(rule.id)}</h3><p>${html(rule.about[language])}</p><p class="quiet">${html(about)} ${ageOf(rule, page)}</p>${override}</div>
${drawLanes(rule.id, lanes, page)}
${tucked(condition + linesTable(rule, page), language, words.table(rule.says.length))}
</section>`
}

const ageOf = ({ file, read }: ShownRule, { words, language, ages }: RulesPage): string => {
  const age = ages.get(file)
  if (!age || read === null) return ''
  const day = dayIn(age.read, language)
  return age.stale ? `<strong class="stale">${html(words.oldRead(day, age.days))}</strong>` : `· ${html(words.readOn(day))}`
}
