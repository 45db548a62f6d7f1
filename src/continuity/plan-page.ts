/** The written plan B as a page, to be read on a bad day: what hangs on one thing first, then each channel and engine with what to do. */
import { canonicalJson } from '../core/digest.ts'
import type { Language } from '../core/language.ts'
import { dayIn, formIn, mediumIn, moneyIn, numberIn } from '../core/telling.ts'
import { type Cell, figuresOf, html, MARK, reportPage, tableOf } from '../report/index.ts'
import { spanIn } from './drill-words.ts'
import type { ChannelCase, EngineCase, NextStep, PlanB, Rehearsed } from './plan.ts'
import { PLAN_WORDS, SINGLE_WORDS } from './plan-words.ts'

const STYLE = `
.singles { border-color: var(--cut); }
.singles h2, .singles b { color: var(--cut); }
.singles ul { display: grid; gap: var(--s2); padding-inline-start: 1.2em; }
.cases { display: grid; gap: var(--s4); }
h2.part { margin: var(--s6) 0 var(--s3); }
article { padding: var(--s4) var(--s5); display: grid; gap: var(--s3); align-content: start; }
article > header { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s3); align-items: baseline; margin: 0; }
article h3 { font-size: var(--text); }
article.single { border-color: var(--cut); }
.parts { display: grid; grid-template-columns: 1fr 1fr; gap: var(--s3) var(--s6); }
.parts h4, .route h4 { margin: 0; font-size: var(--small); font-weight: var(--strong); }
.parts p, .parts li { font-size: var(--small); }
.parts ol, .parts ul { padding-inline-start: 1.3em; }
.route { min-width: 0; }
.way { white-space: nowrap; }
.state { font-size: var(--small); }
.state::before { content: "● "; color: var(--flows); }
.state.waits::before { content: "▲ "; color: var(--waits); }
.state.bad::before { content: "■ "; color: var(--cut); }
.key dt { color: var(--quiet); font-size: var(--small); margin-top: var(--s2); }
main > section { margin-top: var(--s4); }
@media (max-width: 720px) { .parts { grid-template-columns: minmax(0, 1fr); } article { padding: var(--s3) var(--s4); } }
@media print { .parts { grid-template-columns: 1fr 1fr; } }
`

export const planPage = (plan: PlanB, look: string): string => {
  const { language, business, made, channels, engines } = plan
  const words = PLAN_WORDS[language]
  const body = [
    figuresOf(headOf(plan)),
    singlesOf(plan),
    `<h2 class="part">${html(words.head.channels)}</h2><div class="cases">${channels.map((one) => channelOf(one, plan)).join('\n')}</div>`,
    engines.length > 0
      ? `<h2 class="part">${html(words.head.engines)}</h2><div class="cases">${engines.map((one) => engineOf(one, plan)).join('\n')}</div>`
      : '',
    `<section><h2>${html(words.head.all)}</h2>${words.all.map((line) => `<p>${withCommands(line)}</p>`).join('')}</section>`,
    signatureOf(plan),
    // "<" would end the element early; written so, it is the same JSON.
    `<script type="application/json" id="plan">${canonicalJson(plan).replaceAll('<', '\\u003c')}</script>`,
  ]
  const lead = [words.lead(dayIn(made.slice(0, 10), language))]
  return reportPage({
    language,
    title: words.title(business),
    lead,
    look,
    style: STYLE,
    body: body.join('\n'),
    footer: [`relais plan · ${made}`],
  })
}

const headOf = ({ language, channels, engines, singles }: PlanB) => {
  const { figures, notes } = PLAN_WORDS[language]
  const held = [...channels, ...engines].filter(({ rehearsed }) => rehearsed.state === 'held').length
  const figure = (name: keyof typeof figures, value: number, bad: boolean) => ({
    value: numberIn(value, language),
    label: formIn(value, ...figures[name], language),
    note: notes[name],
    bad,
  })
  return [
    figure('singles', singles.length, singles.length > 0),
    figure('rehearsed', held, false),
    figure('channels', channels.length, false),
    figure('engines', engines.length, false),
  ]
}

/** A command is set as one. */
const withCommands = (line: string): string =>
  html(line).replace(/relais (?:(?:pause|resume) [\w-]+|drill --cut [\w-]+|doctor|reach report)/gu, (command) => `<code>${command}</code>`)

/** As it begins a line. */
const titled = (id: string, language: Language): string => {
  const name = mediumIn(id, language)
  // An id that is nobody's medium is written as whoever set it up wrote it.
  return name === id ? id : name.charAt(0).toUpperCase() + name.slice(1)
}
const listed = (ids: readonly string[], language: Language): readonly string[] => [...new Set(ids.map((id) => mediumIn(id, language)))]

const colonIn = (language: Language): string => (language === 'fr' ? '\u00a0: ' : ': ')

const singlesOf = ({ language, singles }: PlanB): string => {
  const { head } = PLAN_WORDS[language]
  if (singles.length === 0) return `<section><h2>${html(head.none)}</h2></section>`
  const items = singles.map(({ id, why }) => {
    const { what, remedy } = SINGLE_WORDS[why]
    return `<li><b>${html(titled(id, language))}</b>${html(`${colonIn(language)}${what[language]}.`)} ${html(remedy[language])}</li>`
  })
  return `<section class="singles"><h2>${html(head.singles)}</h2><ul>${items.join('')}</ul></section>`
}

const STATE_CLASS = { held: '', failed: ' bad', stale: ' waits', never: ' waits' } as const
const stateOf = (rehearsed: Rehearsed, language: Language): string => {
  const words = PLAN_WORDS[language].rehearsed
  const text = rehearsed.state === 'never' ? words.never : words[rehearsed.state](dayIn(rehearsed.day, language))
  return `<span class="state${STATE_CLASS[rehearsed.state]}">${html(text)}</span>`
}

const part = (title: string, inner: string): string => (inner ? `<div><h4>${html(title)}</h4>${inner}</div>` : '')
const lines = (texts: readonly string[]): string => texts.map((text) => `<p>${html(text)}</p>`).join('')
const steps = (texts: readonly string[]): string => `<ol>${texts.map((text) => `<li>${withCommands(text)}</li>`).join('')}</ol>`

const rowOf = (plan: string, step: NextStep, before: string, language: Language): readonly Cell[] => {
  const words = PLAN_WORDS[language]
  const rules = step.rules.length > 0 ? { raw: step.rules.map(({ rule }) => `<code>${html(rule)}</code>`).join('<br>') } : words.noRule
  const { amount, currency } = step.price
  return [
    plan,
    { raw: `<span class="way">${MARK} ${html(mediumIn(step.channel, language))}</span>` },
    [before, ...(step.if ? [words.if(step.if)] : [])].join(' · '),
    rules,
    amount === null || !currency ? words.unknownPrice : moneyIn(amount, currency, language),
  ]
}

/** The wait of a step is what comes before the next. */
const routesOf = ({ id, plans }: ChannelCase, language: Language): string => {
  const words = PLAN_WORDS[language]
  const { head } = words
  const rows = plans.flatMap(({ plan, next, ...own }) => {
    if (next.length === 0) return [[plan, words.end, '', '', '']]
    return next.map((step, n): readonly Cell[] => {
      const former = next[n - 1] ?? own
      const when = former.waitMs !== null ? words.after(spanIn(former.waitMs, language), words.success[former.success]) : words.atOnce
      return rowOf(n === 0 ? plan : '', step, when, language)
    })
  })
  if (rows.length === 0) return ''
  return `<div class="route">${tableOf(`${words.cut(titled(id, language))}`, [head.plan, head.next, head.when, head.rules, { number: head.price }], rows, { stacks: true })}</div>`
}

const toldOf = ({ told, language }: PlanB): string => {
  const words = PLAN_WORDS[language]
  const { email, webhooks } = told
  return lines([email.length + webhooks.length === 0 ? words.toldNobody : words.told(email.join(', '), webhooks.join(', '))])
}

const listIn = (names: readonly string[], language: Language): string =>
  new Intl.ListFormat(language, { type: 'disjunction' }).format(names)

const channelOf = (one: ChannelCase, plan: PlanB): string => {
  const { language } = plan
  const words = PLAN_WORDS[language]
  const { id, kind, people, templates, plainOn, single } = one
  const next = [...new Set(one.plans.flatMap((each) => each.next.map(({ channel }) => channel)))]
  const seen = [
    next.length > 0 ? words.see.next(listIn(listed(next, language), language)) : one.ownPeople ? words.see.ownPeople : words.see.nothing,
    ...(plainOn.length > 0 ? [words.see.plain(listed(plainOn, language).join(', '))] : []),
    ...(next.length > 0 && templates.length > 0 ? [words.see.templates(templates.join(', '))] : []),
    ...(next.length > 0 ? [words.see.back(mediumIn(id, language))] : []),
  ]
  const { byHand } = words
  const moves = next.length > 0
  const todo = [
    one.ownPeople ? byHand.telephones : byHand.seen,
    byHand.pause(id),
    ...(moves ? [byHand.person] : []),
    byHand.watch,
    one.ownPeople ? byHand.resumeOwn(id) : byHand.resume(id),
    ...(moves ? [byHand.rehearse(id)] : []),
  ]
  const reachable =
    people?.all === 0
      ? words.unused
      : people
        ? words.people(numberIn(people.all, language), numberIn(people.still, language))
        : words.uncounted
  return `<article${single ? ' class="single"' : ''}><header><h3>${html(words.cut(titled(id, language)))}</h3><span class="quiet">${html(mediumIn(kind, language) === mediumIn(id, language) ? id : kind)}</span>${stateOf(one.rehearsed, language)}</header>
${routesOf(one, language)}
<div class="parts">${part(words.head.see, lines(seen))}${part(words.head.byHand, steps(todo))}${part(words.head.people, `<p>${withCommands(reachable)}</p>`)}${part(words.head.told, toldOf(plan))}</div></article>`
}

const engineOf = (one: EngineCase, plan: PlanB): string => {
  const { language } = plan
  const words = PLAN_WORDS[language]
  const { id, kind, plans, endsAtHome, single } = one
  const rows = plans.map(({ plan: name, next }) => [name, next.length > 0 ? next.join(' → ') : words.see.engineNobody])
  const [first] = plans.flatMap(({ next }) => next)
  const seen = [first ? words.see.engine(first) : words.see.engineNobody, ...(first && endsAtHome ? [words.see.engineHome] : [])]
  const { byHand } = words
  const table =
    rows.length > 0
      ? `<div class="route">${tableOf(words.cut(titled(id, language)), [words.head.plan, words.head.next], rows, { stacks: true })}</div>`
      : ''
  return `<article${single ? ' class="single"' : ''}><header><h3>${html(words.cut(titled(id, language)))}</h3><span class="quiet">${html(kind)}</span>${stateOf(one.rehearsed, language)}</header>
${table}
<div class="parts">${part(words.head.see, lines(seen))}${part(words.head.byHand, steps([byHand.pause(id), byHand.resume(id), byHand.rehearse(id)]))}${part(words.head.told, toldOf(plan))}</div></article>`
}

const signatureOf = ({ language, key, rulebook }: PlanB): string => {
  const words = PLAN_WORDS[language]
  const row = (name: string, value: string) => `<dt>${html(name)}</dt><dd><code>${html(value)}</code></dd>`
  return `<section><h2>${html(words.head.signature)}</h2><p class="quiet">${html(words.verify)}</p><dl class="key">${row(words.key, key)}${row(words.rulebook, rulebook)}</dl></section>`
}
