/** An answer in words and tables, once for the terminal, the page and whoever reads it aloud. */
import { wordsOf } from '../core/content.ts'
import type { Language, Words } from '../core/language.ts'
import type { Range, Thread } from '../core/recorded.ts'
import { categoryIn, dayIn, mediumIn, numberIn, placeIn, priceIn } from '../core/telling.ts'
import { knownOf, maskText } from '../masking/index.ts'
import type { Count, Example } from './tally.ts'
import { OUTCOMES_SAID, signedSum, speakerIn, sumIn } from './telling.ts'
import type { WhatIf } from './whatif.ts'

export type Asking = {
  /** The question in a sentence. */
  readonly ask: Words
  /** Taken for granted on both sides, in a sentence. */
  readonly assumed: Words | null
  readonly source: string | null
  readonly range: Range
  readonly sample: boolean
  /** When it was asked, ms. */
  readonly at: number
}
export type Answer = WhatIf & { readonly asking: Asking; readonly threads: ReadonlyMap<string, Thread> }

export type Figure = {
  readonly id: 'touched' | 'money' | 'unreachable'
  readonly value: string
  readonly label: string
  readonly note: string
  readonly bad: boolean
}
export type Table = {
  readonly id: string
  readonly title: string
  readonly note: string | null
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Draws the rows as bars: of a whole, a part. `measure` says what they count. */
  readonly bars: readonly { readonly label: string; readonly whole: number; readonly part: number }[] | null
  readonly measure?: string
}
export type Story = {
  readonly head: string
  readonly lines: readonly { readonly who: string; readonly text: string }[]
  readonly was: string
  readonly would: string
  readonly why: string | null
  readonly id: string
}
export type Summary = {
  readonly title: string
  readonly lead: readonly string[]
  readonly figures: readonly Figure[]
  readonly todo: { readonly title: string; readonly items: readonly string[] } | null
  readonly tables: readonly Table[]
  readonly stories: { readonly title: string; readonly none: string; readonly items: readonly Story[] } | null
}

const WORDS = {
  title: { fr: 'Et si…', en: 'What if…' },
  three: { fr: 'Trois choses à faire', en: 'Three things to do' },
  todo: { fr: 'À faire', en: 'To do' },
  touched: { fr: 'messages touchés', en: 'messages touched' },
  unreachable: { fr: 'clients que rien d’autre ne joint', en: 'customers unreachable elsewhere' },
  stories: { fr: 'Dix conversations en exemple', en: 'Ten example conversations' },
  none: { fr: 'Aucune conversation ne change.', en: 'No conversation changes.' },
  messages: { fr: 'messages', en: 'messages' },
  conversations: { fr: 'conversations', en: 'conversations' },
} as const satisfies Record<string, Words>

const EFFECT_WORDS = [
  ['refused', { fr: 'refusés', en: 'refused' }],
  ['rerouted', { fr: 'à faire passer ailleurs', en: 'rerouted' }],
  ['held', { fr: 'retenus pour un conseiller', en: 'held for an agent' }],
  ['postponed', { fr: 'remis à plus tard', en: 'postponed' }],
  ['changed', { fr: 'modifiés', en: 'changed' }],
] as const satisfies readonly (readonly [string, Words])[]

const MORE_EFFECTS = [
  ['freed', { fr: 'partiraient enfin', en: 'would leave at last' }],
  ['dearer', { fr: 'plus chers', en: 'dearer' }],
  ['cheaper', { fr: 'moins chers', en: 'cheaper' }],
  ['repriced', { fr: 'de prix inconnu d’un côté', en: 'of a price unknown on one side' }],
] as const satisfies readonly (readonly [string, Words])[]

const spaced = (language: Language, label: string, text: string): string => `${label}${language === 'fr' ? ' : ' : ': '}${text}`

const share = (part: number, whole: number, language: Language): string =>
  whole === 0 ? '' : (part / whole).toLocaleString(language === 'fr' ? 'fr-FR' : 'en-GB', { style: 'percent', maximumFractionDigits: 1 })

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

const leadOf = ({ asking, messages, conversations }: Answer, language: Language): string[] => {
  const [from, to] = [dayIn(dayOf(asking.range.since), language), dayIn(dayOf(asking.range.until - 1), language)]
  const [count, threads] = [numberIn(messages, language), numberIn(conversations, language)]
  const sample = asking.sample
    ? {
        fr: ' Échantillon : 500 clients inventés de l’agence de démonstration.',
        en: ' A sample: 500 invented customers of the demo agency.',
      }
    : { fr: '', en: '' }
  const seen: Words = {
    fr: `Jugé sur ${count} messages de ${threads} conversations, du ${from} au ${to}.${sample.fr}`,
    en: `Judged on ${count} messages of ${threads} conversations, from ${from} to ${to}.${sample.en}`,
  }
  return [asking.ask[language], ...(asking.assumed ? [asking.assumed[language]] : []), seen[language]]
}

const moneyFigure = ({ cost }: Answer, language: Language): Figure => {
  const changed = cost.totals
    .filter(({ difference }) => difference !== 0)
    .toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference))
  const value =
    changed.map(({ difference, currency }) => signedSum(difference, currency, language)).join(' · ') ||
    sumIn(0, cost.totals.toSorted((a, b) => b.before - a.before)[0]?.currency ?? 'EUR', language)
  const unknown = numberIn(cost.unknown, language)
  const note: Words = cost.unknown
    ? { fr: `Prix inconnu pour ${unknown} messages : ils ne sont pas comptés.`, en: `Price unknown for ${unknown} messages: not counted.` }
    : { fr: 'Tous les prix sont connus.', en: 'Every price is known.' }
  const elsewhere: Words = {
    fr: ` Sans compter ce que ${numberIn(cost.elsewhere, language)} messages coûteraient ailleurs.`,
    en: ` Not counting what ${numberIn(cost.elsewhere, language)} messages would cost elsewhere.`,
  }
  const label: Words = { fr: 'de plus ou de moins sur la période', en: 'more or less over the period' }
  return {
    id: 'money',
    value,
    label: label[language],
    note: note[language] + (cost.elsewhere ? elsewhere[language] : ''),
    bad: changed.some(({ difference }) => difference > 0),
  }
}

const figuresOf = (answer: Answer, language: Language): Figure[] => {
  const { touched, messages, conversations, customers } = answer
  const touchedNote: Words = {
    fr: `${share(touched.messages, messages, 'fr')} des messages, dans ${numberIn(touched.conversations, 'fr')} conversations sur ${numberIn(conversations, 'fr')}`,
    en: `${share(touched.messages, messages, 'en')} of the messages, in ${numberIn(touched.conversations, 'en')} of ${numberIn(conversations, 'en')} conversations`,
  }
  const lostNote: Words = {
    fr: `sur ${numberIn(customers.lost, 'fr')} à qui plus rien ne parviendrait par ce canal`,
    en: `of ${numberIn(customers.lost, 'en')} whom nothing would reach on this channel any more`,
  }
  return [
    {
      id: 'touched',
      value: numberIn(touched.messages, language),
      label: WORDS.touched[language],
      note: touchedNote[language],
      bad: touched.messages > 0,
    },
    moneyFigure(answer, language),
    {
      id: 'unreachable',
      value: numberIn(customers.unreachable, language),
      label: WORDS.unreachable[language],
      note: lostNote[language],
      bad: customers.unreachable > 0,
    },
  ]
}

const effectsTable = ({ effects, conversationEffects }: Answer, language: Language): Table => ({
  id: 'effects',
  title: { fr: 'Ce qu’il adviendrait', en: 'What would become of them' }[language],
  note: null,
  columns: [{ fr: 'Devenir', en: 'Outcome' }[language], WORDS.messages[language], WORDS.conversations[language]],
  rows: [
    ...EFFECT_WORDS.map(([name, words]) => [
      words[language],
      numberIn(effects[name], language),
      numberIn(conversationEffects[name], language),
    ]),
    ...MORE_EFFECTS.filter(([name]) => effects[name] > 0).map(([name, words]) => [
      words[language],
      numberIn(effects[name], language),
      numberIn(conversationEffects[name], language),
    ]),
  ],
  bars: [...EFFECT_WORDS, ...MORE_EFFECTS]
    .filter(([name]) => effects[name] > 0)
    .map(([name, words]) => ({ label: words[language], part: effects[name], whole: effects[name] })),
})

const costTable = ({ cost }: Answer, language: Language): Table => ({
  id: 'cost',
  title: { fr: 'Le coût par catégorie', en: 'Cost by category' }[language],
  note: {
    fr: 'Chaque message compte comme remis ; les messages gratuits du mois sont répartis sur tous ceux qui y ont droit. Les monnaies ne sont pas mêlées.',
    en: 'Each message counts as delivered; a month’s free messages are shared by all that may have them. Currencies are not mixed.',
  }[language],
  columns: [
    { fr: 'Catégorie', en: 'Category' },
    { fr: 'avant', en: 'before' },
    { fr: 'après', en: 'after' },
    { fr: 'différence', en: 'difference' },
  ].map((words) => words[language]),
  rows: [
    ...cost.lines.map(({ category, currency, before, after, difference }) => [
      categoryIn(category, language),
      sumIn(before, currency, language),
      sumIn(after, currency, language),
      signedSum(difference, currency, language),
    ]),
    [
      { fr: 'prix inconnu', en: 'price unknown' }[language],
      '',
      '',
      spaced(language, WORDS.messages[language], numberIn(cost.unknown, language)),
    ],
  ],
  bars: null,
})

const waysTable = ({ customers }: Answer, language: Language): Table => {
  const still = customers.stillBy.map(({ channel, customers: count }): [string, number] => [
    { fr: `encore joints par « ${channel} »`, en: `still reached by “${channel}”` }[language],
    count,
  ])
  const could = customers.couldBy.map(({ kind, customers: count }): [string, number] => [
    { fr: `adresse connue, canal absent : ${mediumIn(kind, 'fr')}`, en: `address known, no channel for it: ${mediumIn(kind, 'en')}` }[
      language
    ],
    count,
  ])
  const rows: [string, number][] = [
    ...still,
    ...could,
    [{ fr: 'sans accord à la publicité ailleurs', en: 'no consent to marketing elsewhere' }[language], customers.withoutConsent],
    [{ fr: 'rien d’autre n’est connu', en: 'nothing else is known' }[language], customers.nothing],
  ]
  return {
    id: 'ways',
    title: { fr: 'Par quoi on les joint encore', en: 'By what they can still be reached' }[language],
    note: {
      fr: 'Un client peut figurer sur plusieurs lignes. « Perdu » veut dire que tout ce qui lui parvenait ici ne lui parviendrait plus.',
      en: 'A customer may stand in several rows. “Lost” means that all that came to them here would come no more.',
    }[language],
    columns: [{ fr: 'Clients perdus ici', en: 'Customers lost here' }[language], { fr: 'clients', en: 'customers' }[language]],
    rows: rows.map(([label, count]) => [label, numberIn(count, language)]),
    bars: rows.map(([label, count]) => ({ label, part: count, whole: customers.lost })),
  }
}

const MOST_ROWS = 12
const countTable = (id: string, title: Words, counts: readonly Count[], named: (name: string) => string, language: Language): Table[] => {
  const touched = counts.filter((count) => count.touched > 0)
  if (touched.length === 0) return []
  const shown = touched.slice(0, MOST_ROWS)
  return [
    {
      id,
      title: title[language],
      note:
        touched.length > shown.length
          ? { fr: `et ${touched.length - shown.length} de plus (--json)`, en: `and ${touched.length - shown.length} more (--json)` }[
              language
            ]
          : null,
      columns: ['', { fr: 'touchés', en: 'touched' }[language], { fr: 'en tout', en: 'in all' }[language]],
      rows: shown.map(({ name, touched: part, messages }) => [named(name), numberIn(part, language), numberIn(messages, language)]),
      bars: shown.map(({ name, touched: part, messages }) => ({ label: named(name), part, whole: messages })),
      measure: { fr: 'messages touchés, sur ceux qui ont été jugés', en: 'messages touched, of those judged' }[language],
    },
  ]
}

const rulesTable = ({ rules }: Answer, language: Language): Table[] =>
  rules.length === 0
    ? []
    : [
        {
          id: 'rules',
          title: { fr: 'Quelles règles parleraient', en: 'Which rules would speak' }[language],
          note: null,
          columns: [{ fr: 'Règle', en: 'Rule' }[language], WORDS.messages[language], { fr: 'Que faire', en: 'What to do' }[language]],
          rows: rules.slice(0, MOST_ROWS).map(({ rule, messages, remedy }) => [rule, numberIn(messages, language), remedy[language]]),
          bars: null,
        },
      ]

const waitingTable = ({ waiting }: Answer, language: Language): Table[] =>
  waiting === null
    ? []
    : [
        {
          id: 'waiting',
          title: { fr: `À ${waiting.limit} messages par seconde`, en: `At ${waiting.limit} messages a second` }[language],
          note: { fr: 'Messages reçus et envoyés comptent ensemble.', en: 'Messages in and out count together.' }[language],
          columns: ['', ''],
          rows: [
            [{ fr: 'la seconde la plus chargée', en: 'the busiest second' }[language], numberIn(waiting.busiest, language)],
            [{ fr: 'messages qui attendraient', en: 'messages that would wait' }[language], numberIn(waiting.delayed, language)],
            [{ fr: 'attente la plus longue', en: 'longest wait' }[language], `${numberIn(waiting.longestSeconds, language)} s`],
          ],
          bars: null,
        },
      ]

const countryNamed = (name: string, language: Language): string =>
  placeIn(name, language) || { fr: 'pays inconnu', en: 'unknown country' }[language]

/** What it costs, where that is what changes. */
const pricesOf = ({ priceBefore, priceAfter }: Example, language: Language): string => {
  const [was, would] = [priceIn(priceBefore, language), priceIn(priceAfter, language)]
  return was === would || priceAfter.amount === null
    ? ''
    : language === 'fr'
      ? `, pour ${would} au lieu de ${was}`
      : `, for ${would} instead of ${was}`
}

const SPEAKERS = { customer: { fr: 'Client', en: 'Customer' }, business: { fr: 'Entreprise', en: 'Business' } } as const
const LONGEST = 140
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1).trimEnd()}…` : text)

/** Masked first and cut then: half a number is not known for one. */
const linesOf = (thread: Thread | undefined, language: Language): Story['lines'] => {
  if (!thread) return []
  const known = knownOf(
    thread.person,
    thread.agents,
    thread.lines.map(({ content }) => content),
  )
  return thread.lines
    .map(({ from, content }) => ({ who: SPEAKERS[from][language], text: content ? wordsOf(content).replace(/\s+/gu, ' ').trim() : '' }))
    .filter(({ text }) => text !== '')
    .map(({ who, text }) => ({ who, text: cut(maskText(text, known, language)) }))
}

const storyOf = (example: Example, threads: Answer['threads'], language: Language): Story => {
  const { message, at, channel, country, journey, template, before, after, rule, remedy } = example
  const what = template || speakerIn(journey, language)
  return {
    id: message,
    head: `${dayIn(dayOf(at), language)} · ${channel} · ${countryNamed(country, language)} · ${what}`,
    lines: linesOf(threads.get(message), language),
    was: OUTCOMES_SAID[before][language],
    would: `${OUTCOMES_SAID[after][language]}${pricesOf(example, language)}`,
    why: rule && remedy ? spaced(language, rule, remedy[language]) : null,
  }
}

export const summarise = (answer: Answer, language: Language): Summary => ({
  title: WORDS.title[language],
  lead: leadOf(answer, language),
  figures: figuresOf(answer, language),
  todo: {
    title: WORDS[answer.actions.length === 3 ? 'three' : 'todo'][language],
    items: answer.actions.map(({ words }) => words[language]),
  },
  tables: [
    effectsTable(answer, language),
    costTable(answer, language),
    ...(answer.customers.lost > 0 ? [waysTable(answer, language)] : []),
    ...waitingTable(answer, language),
    ...rulesTable(answer, language),
    ...countTable('journeys', { fr: 'Par parcours', en: 'By journey' }, answer.journeys, (name) => speakerIn(name, language), language),
    ...countTable('templates', { fr: 'Par modèle', en: 'By template' }, answer.templates, (name) => name, language),
    ...countTable('countries', { fr: 'Par pays', en: 'By country' }, answer.countries, (name) => countryNamed(name, language), language),
  ],
  stories: {
    title: WORDS.stories[language],
    none: WORDS.none[language],
    items: answer.examples.map((example) => storyOf(example, answer.threads, language)),
  },
})
