/** A rule as a picture: a lane a country or group, its stretches of time, today marked. A stretch tells its source when it is pointed at or focused. */
import { addDays } from '../../core/local-time.ts'
import { dayIn, OUTCOME_WORDS, placeIn } from '../../core/telling.ts'
import type { Lane, ListedLine, Stretch } from '../../policy/index.ts'
import { html } from '../../report/index.ts'
import { GLYPHS, type RulesPage, sourceOf, toldOf } from './report-table.ts'

/** Where a day lies between the picture's first and last, in percent; days beyond lie at its edge. */
const placeOn = (day: string, { first, last }: RulesPage): number => {
  const share = (Date.parse(day) - Date.parse(first)) / (Date.parse(last) - Date.parse(first))
  return Math.round(10_000 * Math.min(1, Math.max(0, share))) / 100
}

export const drawLanes = (rule: string, lanes: readonly Lane[], page: RulesPage): string => {
  const { words, today } = page
  if (lanes.length === 0) return ''
  const rows = lanes.map((lane) => {
    const name = laneName(lane.place, lanes, page)
    const shown = lane.stretches.filter(({ from, to, says }) => says.length > 0 && from < page.last && (to === null || to >= page.first))
    return `<div class="lane"><div class="place">${html(name)}</div><div class="track">${shown.map((one) => stretchOf(one, name, page)).join('')}</div></div>`
  })
  return `<div class="lanes" role="group" aria-label="${html(words.picture(rule))}" style="--today:${placeOn(today, page)}%">
${axisOf(page)}
${rows.join('\n')}
</div>`
}

/** So near to each other, in percent, two words would stand on one another. */
const NEAR = 15

const axisOf = (page: RulesPage): string => {
  const { words, today, first, last } = page
  const now = placeOn(today, page)
  const years = Array.from({ length: Number(last.slice(0, 4)) - Number(first.slice(0, 4)) }, (_, n) => Number(first.slice(0, 4)) + 1 + n)
  const ticks = years.map((year) => ({ year, at: placeOn(`${year}-01-01`, page) })).filter(({ at }) => at < 100)
  const crowded = ticks.some(({ at }) => at <= now && now - at < NEAR)
  const labels = ticks.map(({ year, at }) => `<span style="left:${at}%">${year}</span>`)
  return `<div class="lane axis" aria-hidden="true"><div class="place"></div><div class="track">${labels.join('')}<span class="now${crowded ? ' after' : ''}">${html(words.today)}</span></div></div>`
}

const laneName = (place: string, lanes: readonly Lane[], { words, language }: RulesPage): string => {
  if (place === 'world') return lanes.length > 1 ? words.elsewhere : placeIn(place, language)
  const name = placeIn(place, language)
  const isCountry = (one: string): boolean => /^[A-Z]{2}$/u.test(one) && one !== 'EU'
  return !isCountry(place) && lanes.some((lane) => isCountry(lane.place)) ? words.rest(name) : name
}

/** What the lines of a stretch say, each once; several where it depends on the message. */
const saysOf = (says: readonly ListedLine[], { language }: RulesPage): string =>
  [...new Set(says.flatMap(({ ruling }) => (ruling === null ? [] : [OUTCOME_WORDS[ruling][language]])))].join(' / ')

/** Beyond it, in percent, what is told of a stretch is set to the right, where it has more room. */
const MIDDLE = 40

const stretchOf = (stretch: Stretch, place: string, page: RulesPage): string => {
  const { words, language, today } = page
  const { from, to, says } = stretch
  const outcomes = [...new Set(says.flatMap(({ ruling }) => (ruling === null ? [] : [ruling])))]
  const weakest =
    says
      .map(({ confidence }) => confidence)
      .sort()
      .at(-1) ?? 'C'
  const left = placeOn(from, page)
  const right = to === null ? 100 : placeOn(addDays(to, 1), page)
  const holds = from <= today && (to === null || today <= to)
  // Words begin at today where a stretch spans it: what holds now reads as one column, and the line of today crosses no word.
  const lead = holds && right > left ? (100 * (placeOn(today, page) - left)) / (right - left) : 0
  const announced = says.some(({ expected }) => expected)
  const classes = [
    'stretch',
    outcomes.length > 1 ? 'mixed' : (outcomes[0] ?? 'allow'),
    `sure-${weakest}`,
    ...(announced ? ['announced'] : []),
  ]
  const told = saysOf(says, page)
  const dates = `${words.since(dayIn(from, language))}, ${to === null ? words.open : words.until(dayIn(to, language))}`
  const signs = outcomes.map((one) => GLYPHS[one]).join('')
  const side = left > MIDDLE ? 'right:0;max-width:100%' : `left:${left}%;max-width:${100 - left}%`
  return `<span class="${classes.join(' ')}" style="left:${left}%;width:${Math.max(0.6, right - left).toFixed(2)}%" tabindex="0" role="img" aria-label="${html(`${place}: ${told}, ${dates}, ${words.sure(weakest)}`)}"><span class="word" style="margin-inline-start:${lead.toFixed(1)}%"><b>${signs}</b> <span>${html(told)}</span></span></span><div class="tip" style="${side}"><strong>${html(place)}</strong><p>${html(dates)}</p>${linesOf(says, page)}</div>`
}

const linesOf = (says: readonly ListedLine[], page: RulesPage): string => {
  const { words, language } = page
  const items = says.map((line) => {
    const read = line.read === null ? '' : `, ${words.readOn(dayIn(line.read, language))}`
    const condition = line.when === null ? '' : ` <code>${html(`${words.when} ${line.when}`)}</code>`
    return `<p>${html(toldOf(line, page))}${condition}<br><span class="quiet">${html(`${words.sure(line.confidence)}${read}`)} · ${sourceOf(line, page)}</span></p>`
  })
  return items.join('')
}
