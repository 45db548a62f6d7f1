/** A month's cost in words and tables. */
import type { Language, Words } from '../core/language.ts'
import { amountOf, microsOf } from '../core/money.ts'
import { categoryIn, numberIn, placeIn } from '../core/telling.ts'
import type { CostReport, CostShare, DifferenceKind, Sum } from './cost.ts'
import type { NoForecast } from './forecast.ts'
import type { Figure, Summary, Table } from './summary.ts'
import { speakerIn, sumIn } from './telling.ts'

const said = (sums: readonly Sum[], language: Language): string =>
  sums.map(({ currency, amount }) => sumIn(amount, currency, language)).join(' + ')

/** Sums and what is not known, in the same breath: an unknown price is never nothing. */
const costIn = (sums: readonly Sum[], unknown: number, language: Language): string => {
  const known = said(sums, language)
  if (unknown === 0) return known || '0'
  const words = language === 'fr' ? `${numberIn(unknown, 'fr')} de prix inconnu` : `${numberIn(unknown, 'en')} of unknown price`
  return known ? `${known} + ${words}` : words
}

const monthIn = (month: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${month}-01T00:00:00Z`),
  )

const NO_FORECAST: Readonly<Record<NoForecast, Words>> = {
  over: { fr: 'le mois est terminé', en: 'the month is over' },
  ahead: { fr: 'le mois n’a pas commencé', en: 'the month has not begun' },
  'too-few-days': {
    fr: 'le premier message payant date de moins de trois jours entiers',
    en: 'the first message paid for is less than three whole days old',
  },
  'nothing-paid': { fr: 'rien n’a été payé avant aujourd’hui', en: 'nothing was paid before today' },
}

const figuresOf = (report: CostReport, language: Language): Figure[] => {
  const both = [...report.sums]
  for (const { currency, amount } of report.engineSums) {
    const at = both.findIndex((one) => one.currency === currency)
    const there = both[at]
    if (there) both[at] = { currency, amount: amountOf(microsOf(there.amount) + microsOf(amount)) }
    else both.push({ currency, amount })
  }
  const forecast = report.forecast ?? []
  const and: Words = { fr: 'et', en: 'and' }
  const range = forecast
    .map(({ currency, low, high }) => `${sumIn(low, currency, language)} ${and[language]} ${sumIn(high, currency, language)}`)
    .join(' · ')
  const { differences, told } = report.reconciled
  const differing = differences.reduce((sum, { messages }) => sum + messages, 0)
  const inParts: Words =
    report.parts > report.messages
      ? {
          fr: `, en ${numberIn(report.parts, 'fr')} parties de SMS et autres messages`,
          en: `, in ${numberIn(report.parts, 'en')} parts of SMS and other messages`,
        }
      : { fr: '', en: '' }
  const notes: Record<'spent' | 'forecast' | 'differs', Words> = {
    spent: {
      fr: `${numberIn(report.messages, 'fr')} messages remis${inParts.fr}, dont ${numberIn(report.free, 'fr')} gratuits et ${numberIn(report.unknown, 'fr')} de prix inconnu, qui ne sont dans aucune somme`,
      en: `${numberIn(report.messages, 'en')} messages delivered${inParts.en}, ${numberIn(report.free, 'en')} of them free and ${numberIn(report.unknown, 'en')} of unknown price, which are in no sum`,
    },
    forecast: range
      ? { fr: `huit mois sur dix finiraient entre ${range}`, en: `eight months of ten would end between ${range}` }
      : NO_FORECAST[report.noForecast ?? 'nothing-paid'],
    differs: {
      fr: `sur ${numberIn(told, 'fr')} dont l’accusé dit le prix`,
      en: `of ${numberIn(told, 'en')} whose receipt tells of the price`,
    },
  }
  const expected = forecast.map(({ currency, expected: amount }) => sumIn(amount, currency, language)).join(' + ')
  return [
    {
      id: 'money',
      value: said(both, language) || '0',
      label: { fr: 'dépensés, moteurs compris', en: 'spent, engines included' }[language],
      note: notes.spent[language],
      bad: false,
    },
    {
      id: 'money',
      value: expected || '—',
      label: { fr: 'prévus à la fin du mois', en: 'expected by the month’s end' }[language],
      note: notes.forecast[language],
      bad: false,
    },
    {
      id: 'touched',
      value: numberIn(differing, language),
      label: { fr: 'messages facturés autrement que prévu', en: 'messages charged otherwise than foreseen' }[language],
      note: notes.differs[language],
      bad: differing > 0,
    },
    ...twiceFigure(report, language),
  ]
}

/** Only where there are any: what came by two channels was paid twice. */
const twiceFigure = ({ twice }: CostReport, language: Language): readonly Figure[] => {
  if (twice.messages === 0) return []
  const label: Words = { fr: 'messages remis après leur relais', en: 'messages delivered after their relay' }
  const note: Words = {
    fr: `reçus par deux canaux, et payés deux fois : ${said(twice.sums, 'fr') || '0'}, compris dans la dépense`,
    en: `had by two channels, and paid twice: ${said(twice.sums, 'en') || '0'}, in the sum spent`,
  }
  return [{ id: 'touched', value: numberIn(twice.messages, language), label: label[language], note: note[language], bad: true }]
}

const shareTable = (
  id: string,
  title: Words,
  shares: readonly CostShare[],
  named: (name: string) => string,
  language: Language,
): Table => ({
  id,
  title: title[language],
  note: null,
  columns: ['', { fr: 'remis', en: 'delivered' }[language], { fr: 'gratuits', en: 'free' }[language], { fr: 'coût', en: 'cost' }[language]],
  rows: shares.map(({ name, messages, free, sums, unknown }) => [
    named(name),
    numberIn(messages, language),
    numberIn(free, language),
    costIn(sums, unknown, language),
  ]),
  bars: shares.slice(0, 12).map(({ name, messages, free }) => ({ label: named(name), whole: messages, part: messages - free })),
  measure: { fr: 'messages payants, sur ceux qui ont été remis', en: 'messages that are not free, of those delivered' }[language],
})

const KINDS: Readonly<Record<DifferenceKind, Words>> = {
  'free-though-charged': { fr: 'prévu payant, facturé gratuit', en: 'foreseen as paid, charged nothing' },
  'charged-though-free': { fr: 'prévu gratuit, facturé', en: 'foreseen as free, charged' },
  'other-category': { fr: 'facturé dans une autre catégorie', en: 'charged in another category' },
}

const reconciledTable = ({ reconciled }: CostReport, language: Language): Table => ({
  id: 'reconciled',
  title: { fr: 'Rapproché des accusés', en: 'Reconciled with receipts' }[language],
  note: {
    fr: 'Ce qu’un accusé dit du prix l’emporte sur ce qui était prévu ; son montant n’y figure pas.',
    en: 'What a receipt says of the price goes before what was foreseen; it tells no amount.',
  }[language],
  columns: ['', { fr: 'messages', en: 'messages' }[language], { fr: 'prévu', en: 'foreseen' }[language]],
  rows: [
    [{ fr: 'd’accord', en: 'agreed' }[language], numberIn(reconciled.agreed, language), ''],
    [{ fr: 'sans mot du prix', en: 'no word of the price' }[language], numberIn(reconciled.untold, language), ''],
    ...reconciled.differences.map(({ kind, category, seen, messages, foreseen }) => [
      `${KINDS[kind][language]} (${categoryIn(category, language)} → ${seen})`,
      numberIn(messages, language),
      said(foreseen, language),
    ]),
  ],
  bars: null,
})

const enginesTable = ({ engines }: CostReport, language: Language): Table => ({
  id: 'engines',
  title: { fr: 'Moteurs', en: 'Engines' }[language],
  note: null,
  columns: [
    '',
    { fr: 'appels', en: 'calls' }[language],
    { fr: 'jetons lus', en: 'tokens in' }[language],
    { fr: 'jetons écrits', en: 'tokens out' }[language],
    { fr: 'coût', en: 'cost' }[language],
  ],
  rows: engines.map(({ engine, calls, inputTokens, outputTokens, sums, unpriced }) => [
    engine,
    numberIn(calls, language),
    numberIn(inputTokens, language),
    numberIn(outputTokens, language),
    costIn(sums, unpriced, language),
  ]),
  bars: null,
})

const allowancesTable = ({ allowances }: CostReport, language: Language): Table[] =>
  allowances.length === 0
    ? []
    : [
        {
          id: 'allowances',
          title: { fr: 'Messages gratuits du mois', en: 'The month’s free messages' }[language],
          note: null,
          columns: ['', { fr: 'pris', en: 'used' }[language], { fr: 'sur', en: 'of' }[language]],
          rows: allowances.map(({ channel, used, free }) => [channel, numberIn(used, language), numberIn(free, language)]),
          bars: allowances.map(({ channel, used, free }) => ({ label: channel, part: used, whole: free })),
        },
      ]

const tiersTable = ({ tiers }: CostReport, language: Language): Table[] =>
  tiers.length === 0
    ? []
    : [
        {
          id: 'tiers',
          title: { fr: 'Paliers de volume', en: 'Volume tiers' }[language],
          note: null,
          columns: ['', { fr: 'messages payants', en: 'charged messages' }[language], { fr: 'épargné', en: 'spared' }[language]],
          rows: tiers.map(({ category, messages, spared }) => [
            categoryIn(category, language),
            numberIn(messages, language),
            sumIn(spared.amount, spared.currency, language),
          ]),
          bars: null,
        },
      ]

export const summariseCost = (report: CostReport, language: Language): Summary => {
  const month = monthIn(report.month, language)
  const underway = numberIn(report.underway, language)
  const lead: Words = {
    fr: `${underway} messages envoyés dont aucun accusé ne dit qu’ils sont arrivés : pas encore comptés. Les monnaies ne sont pas mêlées.`,
    en: `${underway} messages were sent and no receipt says that they came: not counted yet. Currencies are not mixed.`,
  }
  return {
    title: { fr: 'Coûts', en: 'Costs' }[language],
    lead: [{ fr: `Ce ${/^[ao]/.test(month) ? 'qu’' : 'que '}${month} a coûté`, en: `What ${month} cost` }[language], lead[language]],
    figures: figuresOf(report, language),
    todo: null,
    tables: [
      shareTable(
        'categories',
        { fr: 'Par catégorie', en: 'By category' },
        report.categories,
        (name) => categoryIn(name, language),
        language,
      ),
      shareTable('countries', { fr: 'Par pays', en: 'By country' }, report.countries, (name) => placeIn(name, language) || '?', language),
      shareTable('channels', { fr: 'Par canal', en: 'By channel' }, report.channels, (name) => name, language),
      shareTable('journeys', { fr: 'Par parcours', en: 'By journey' }, report.journeys, (name) => speakerIn(name, language), language),
      enginesTable(report, language),
      ...allowancesTable(report, language),
      ...tiersTable(report, language),
      reconciledTable(report, language),
    ].filter(({ rows }) => rows.length > 0),
    stories: null,
  }
}
