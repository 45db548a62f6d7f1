/** Who stays reachable, in words and tables. */

import type { Language, Words } from '../core/language.ts'
import type { Activity } from '../core/reachability.ts'
import { numberIn, placeIn } from '../core/telling.ts'
import type { ReachReport, Reason } from './reachability.ts'
import type { Figure, Summary, Table } from './summary.ts'

const REASON_WORDS: Readonly<Record<Reason, Words>> = {
  stopped: { fr: 'leur seul canal est coupé ou en pause', en: 'their only channel is cut or paused' },
  revoked: { fr: 'ils ont retiré leur consentement', en: 'they withdrew their consent' },
  'no-consent': { fr: 'une adresse est connue, aucun consentement', en: 'an address is known, and no consent' },
  'no-address': { fr: 'aucune autre adresse', en: 'no other address' },
}
const ACTIVITY_WORDS: Readonly<Record<Activity, Words>> = {
  month: { fr: 'ont écrit depuis 30 jours', en: 'wrote within 30 days' },
  quarter: { fr: 'de 31 à 90 jours', en: '31 to 90 days ago' },
  older: { fr: 'il y a plus longtemps', en: 'longer ago' },
  never: { fr: 'jamais', en: 'never' },
}
const AUTHORS: Readonly<Record<string, Words>> = {
  journey: { fr: 'des parcours', en: 'journeys' },
  agent: { fr: 'des conseillers', en: 'agents' },
  system: { fr: 'Relais lui-même', en: 'Relais itself' },
  api: { fr: 'des systèmes de l’entreprise', en: 'business systems' },
}
const NOBODY: Words = { fr: 'personne\u00a0: il ne répond à aucun client', en: 'nobody: it answers no customer' }
/** Who answers, as a sentence names them. */
const authorIn = (author: string, language: Language): string =>
  author === 'nobody'
    ? NOBODY[language]
    : (AUTHORS[author]?.[language] ?? author.replace('engine:', language === 'fr' ? 'moteur ' : 'engine '))
/** Rows of a table: the countries after them are added up. */
const MOST_COUNTRIES = 12

const shareIn = (part: number, whole: number, language: Language): string =>
  whole === 0 ? '—' : (part / whole).toLocaleString(language === 'fr' ? 'fr-FR' : 'en-GB', { style: 'percent', maximumFractionDigits: 1 })

const named = (ids: readonly string[], language: Language): string => ids.join(language === 'fr' ? ' et ' : ' and ')

const figuresOf = (report: ReachReport, language: Language): Figure[] => {
  const n = (value: number) => numberIn(value, language)
  const { people, reached, byOneOnly } = report
  const of = { fr: `sur ${n(people)} contacts`, en: `of ${n(people)} contacts` }[language]
  return [
    {
      id: 'touched',
      value: shareIn(reached, people, language),
      label: { fr: 'restent joignables', en: 'stay reachable' }[language],
      note: `${n(reached)} ${of}`,
      bad: false,
    },
    {
      id: 'unreachable',
      value: n(people - reached),
      label: { fr: 'ne le sont pas', en: 'do not' }[language],
      note: of,
      bad: people > reached,
    },
    {
      id: 'touched',
      value: shareIn(byOneOnly, people, language),
      label: { fr: 'tiennent à un seul canal', en: 'hang on one channel' }[language],
      note: `${n(byOneOnly)} ${of}`,
      bad: false,
    },
  ]
}

/** What to do next, in the order of how many people it would bring back. */
const stepsOf = (report: ReachReport, language: Language): string[] => {
  const fr = language === 'fr'
  const n = (value: number) => numberIn(value, language)
  const toPeople = report.instead.reduce((sum, { by, conversations }) => sum + (by === 'agent' ? conversations : 0), 0)
  const missing = (reason: Reason) => report.reasons.find((one) => one.reason === reason)?.people ?? 0
  const none = missing('no-address')
  const silent = missing('no-consent')
  const top = report.platforms.toSorted((a, b) => b.only - a.only)[0]
  const steps: (readonly [number, string])[] = [
    [
      none,
      fr
        ? `Demandez une deuxième adresse à ${n(none)} contacts : une étape « collect: email » ou « collect: sms » dans le parcours où ils écrivent.`
        : `Ask ${n(none)} contacts for a second address: a step “collect: email” or “collect: sms” in the journey they write in.`,
    ],
    [
      silent,
      fr
        ? `Demandez leur accord à ${n(silent)} contacts dont une adresse est connue${report.numberKnown ? ` (pour ${n(report.numberKnown)}, un numéro qui sert ailleurs)` : ''} : une étape « collect » dans le parcours où ils écrivent, ou « relais import » si l’accord existe déjà.`
        : `Ask ${n(silent)} contacts whose address is known for their consent${report.numberKnown ? ` (of ${n(report.numberKnown)}, a number used elsewhere)` : ''}: a step “collect” in the journey they write in, or “relais import” where it was given already.`,
    ],
    [
      missing('stopped'),
      fr
        ? `Remettez en marche le canal qui est coupé ou en pause : ${n(missing('stopped'))} contacts n’ont que lui (« relais doctor », « relais resume »).`
        : `Start the channel that is cut or paused again: ${n(missing('stopped'))} contacts have nothing else (“relais doctor”, “relais resume”).`,
    ],
    [
      missing('revoked'),
      fr
        ? `Laissez en paix les ${n(missing('revoked'))} qui ont retiré leur accord : quand ils écrivent, on leur répond là où ils écrivent.`
        : `Leave the ${n(missing('revoked'))} who withdrew alone: when they write, they are answered where they write.`,
    ],
  ]
  const ofEngines =
    toPeople > 0
      ? [
          fr
            ? `Ajoutez un moteur à la fin de la chaîne (plans.think)\u00a0: ${n(toPeople)} conversations iraient droit à des conseillers.`
            : `Add an engine at the end of the chain (plans.think): ${n(toPeople)} conversations would go straight to people.`,
        ]
      : []
  const ofPeople = steps
    .filter(([people]) => people > 0)
    .sort((a, b) => b[0] - a[0])
    .map(([, text]) => text)
  // Whoever asks about an engine wants to know of that first.
  const due = [...ofEngines, ...ofPeople]
  if (due.length > 0 || !top || top.only === 0) return due.slice(0, 3)
  return [
    fr
      ? `Tous sont joignables ; ${n(top.only)} ne le sont que par ${top.kind} : « relais reach report --without » dit ce qu’il en resterait.`
      : `Everybody can be reached; ${n(top.only)} by ${top.kind} alone: “relais reach report --without” says what would be left.`,
  ]
}

const reachedTable = (
  id: string,
  title: string,
  first: string,
  rows: readonly { readonly label: string; readonly people: number; readonly reached: number }[],
  language: Language,
): Table => ({
  id,
  title,
  note: null,
  columns: [first, ...(language === 'fr' ? ['contacts', 'joignables', 'part'] : ['contacts', 'reachable', 'share'])],
  rows: rows.map(({ label, people, reached }) => [
    label,
    numberIn(people, language),
    numberIn(reached, language),
    shareIn(reached, people, language),
  ]),
  bars: rows.map(({ label, people, reached }) => ({ label, whole: people, part: reached })),
  measure: language === 'fr' ? 'joignables / contacts' : 'reachable / contacts',
})

const countriesOf = ({ countries }: ReachReport, language: Language) => {
  const label = (country: string) => (country === '' ? { fr: 'pays inconnu', en: 'unknown country' }[language] : placeIn(country, language))
  const rest = countries.slice(MOST_COUNTRIES)
  const sum = (pick: (one: (typeof countries)[number]) => number) => rest.reduce((total, one) => total + pick(one), 0)
  return [
    ...countries.slice(0, MOST_COUNTRIES).map(({ country, people, reached }) => ({ label: label(country), people, reached })),
    ...(rest.length
      ? [
          {
            label: { fr: `${rest.length} autres pays`, en: `${rest.length} other countries` }[language],
            people: sum((one) => one.people),
            reached: sum((one) => one.reached),
          },
        ]
      : []),
  ]
}

/** Who answers in the place of each engine that is taken away, in one sentence each. */
const insteadLines = ({ instead }: ReachReport, language: Language): string[] =>
  [...Map.groupBy(instead, ({ engine }) => engine)].map(([engine, rows]) => {
    const all = rows.reduce((sum, { conversations }) => sum + conversations, 0)
    const shown = rows.map(
      ({ by, conversations }) => `${authorIn(by, language)}${all > 0 ? ` (${shareIn(conversations, all, language)})` : ''}`,
    )
    const n = numberIn(all, language)
    if (language === 'fr')
      return all > 0
        ? `À la place de ${engine}, qui a répondu dans ${n} conversations en 90 jours\u00a0: ${shown.join(', ')}.`
        : `À la place de ${engine}, qui n’a répondu à personne en 90 jours\u00a0: ${shown.join(', ')}.`
    return all > 0
      ? `In the place of ${engine}, which answered in ${n} conversations of 90 days: ${shown.join(', ')}.`
      : `In the place of ${engine}, which answered nobody in 90 days: ${shown.join(', ')}.`
  })

const insteadTable = ({ instead }: ReachReport, language: Language): Table[] => {
  if (instead.length === 0) return []
  const fr = language === 'fr'
  const all = (engine: string) => instead.reduce((sum, one) => sum + (one.engine === engine ? one.conversations : 0), 0)
  return [
    {
      id: 'instead',
      title: fr ? 'Qui répond à la place' : 'Who answers instead',
      note: fr
        ? 'Qui vient ensuite dans la chaîne\u00a0; ce qu’il ne sait pas va au suivant, à la fin à des conseillers. «\u00a0relais drill\u00a0» le montre.'
        : 'Who comes next in the chain; what it does not know goes to the one after, and to people in the end. “relais drill” shows it.',
      columns: fr
        ? ['moteur retiré', 'qui répond', 'conversations', 'part']
        : ['engine taken away', 'who answers', 'conversations', 'share'],
      rows: instead.map(({ engine, by, conversations }) => [
        engine,
        authorIn(by, language),
        numberIn(conversations, language),
        shareIn(conversations, all(engine), language),
      ]),
      bars: instead.map(({ engine, by, conversations }) => ({
        label: `${engine} → ${authorIn(by, language)}`,
        whole: all(engine),
        part: conversations,
      })),
      measure: fr ? 'y répond / conversations du moteur retiré' : 'answers in / conversations of the engine taken away',
    },
  ]
}

const tablesOf = (report: ReachReport, language: Language): Table[] => {
  const fr = language === 'fr'
  const n = (value: number) => numberIn(value, language)
  const { people, messages, conversations } = report
  const state = ({ gone, stopped }: ReachReport['channels'][number]) =>
    gone ? (fr ? ' (retiré)' : ' (taken away)') : stopped ? (fr ? ' (arrêté)' : ' (stopped)') : ''
  return [
    {
      id: 'channels',
      title: fr ? 'Par quel canal' : 'By which channel',
      note: fr ? 'Un contact joignable par deux canaux compte deux fois.' : 'A contact that two channels reach counts twice.',
      columns: fr ? ['canal', 'joints', 'par lui seul', 'part'] : ['channel', 'reached', 'by it alone', 'share'],
      rows: report.channels.map((one) => [`${one.id}${state(one)}`, n(one.reached), n(one.only), shareIn(one.only, people, language)]),
      bars: report.channels.map((one) => ({ label: `${one.id}${state(one)}`, whole: one.reached, part: one.only })),
      measure: fr ? 'par lui seul / joints' : 'by it alone / reached',
    },
    {
      id: 'reasons',
      title: fr ? 'Qui ne l’est pas, et pourquoi' : 'Who is not, and why',
      note: null,
      columns: fr ? ['raison', 'contacts', 'part'] : ['reason', 'contacts', 'share'],
      rows: report.reasons.map((one) => [REASON_WORDS[one.reason][language], n(one.people), shareIn(one.people, people, language)]),
      bars: report.reasons.map((one) => ({ label: REASON_WORDS[one.reason][language], whole: one.people, part: one.people })),
    },
    reachedTable(
      'activity',
      fr ? 'Selon leur dernier message' : 'By their last message',
      fr ? 'dernier message' : 'last message',
      report.activities.map((one) => ({ label: ACTIVITY_WORDS[one.activity][language], ...one })),
      language,
    ),
    reachedTable('countries', fr ? 'Par pays' : 'By country', fr ? 'pays' : 'country', countriesOf(report, language), language),
    {
      id: 'platforms',
      title: fr ? 'Dépendance : plateformes et opérateurs' : 'Dependence: platforms and operators',
      note: fr ? 'Messages des 90 derniers jours, dans les deux sens.' : 'Messages of the last 90 days, both ways.',
      columns: fr
        ? ['plateforme', 'contacts qu’elle seule joint', 'part', 'messages', 'part du trafic']
        : ['platform', 'contacts it alone reaches', 'share', 'messages', 'share of traffic'],
      rows: report.platforms.map((one) => [
        one.kind,
        n(one.only),
        shareIn(one.only, people, language),
        n(one.messages),
        shareIn(one.messages, messages, language),
      ]),
      bars: report.platforms.map((one) => ({ label: one.kind, whole: people, part: one.only })),
      measure: fr ? 'contacts qu’elle seule joint / tous' : 'contacts it alone reaches / all',
    },
    {
      id: 'engines',
      title: fr ? 'Dépendance : qui répond' : 'Dependence: who answers',
      note: fr
        ? 'Conversations des 90 derniers jours ; plusieurs peuvent répondre dans une même.'
        : 'Conversations of the last 90 days; several may answer in one.',
      columns: fr ? ['qui', 'conversations', 'part'] : ['who', 'conversations', 'share'],
      rows: report.answers.map((one) => [
        `${authorIn(one.author, language)}${one.gone ? (fr ? ' (retiré)' : ' (taken away)') : ''}`,
        n(one.conversations),
        shareIn(one.conversations, conversations, language),
      ]),
      bars: report.answers.map((one) => ({
        label: AUTHORS[one.author]?.[language] ?? one.author.replace('engine:', ''),
        whole: conversations,
        part: one.conversations,
      })),
      measure: fr ? 'y ont répondu / conversations' : 'answered in / conversations',
    },
    ...insteadTable(report, language),
  ]
}

const titleOf = ({ without, channels, instead }: ReachReport, language: Language): string => {
  const fr = language === 'fr'
  if (without.length === 0) return fr ? 'Qui est joignable, et par quoi' : 'Who is reachable, and by what'
  const gone = named(without, language)
  if (instead.length === 0) return fr ? `Sans ${gone}, qui reste joignable\u00a0?` : `Without ${gone}, who stays reachable?`
  if (!channels.some((one) => one.gone)) return fr ? `Sans ${gone}, qui répond\u00a0?` : `Without ${gone}, who answers?`
  return fr ? `Sans ${gone}, qui reste joignable, et qui répond\u00a0?` : `Without ${gone}, who stays reachable, and who answers?`
}

export const summariseReach = (report: ReachReport, language: Language): Summary => {
  const fr = language === 'fr'
  const { people, reached } = report
  const title = titleOf(report, language)
  const counted = fr
    ? `${numberIn(reached, language)} contacts sur ${numberIn(people, language)} ont une adresse sur un canal qui marche, et y ont écrit ou ont accepté qu’on leur y écrive.`
    : `${numberIn(reached, language)} contacts of ${numberIn(people, language)} have an address on a channel that works, and wrote there or agreed to be written to.`
  const items = stepsOf(report, language)
  return {
    title,
    lead: [title, ...insteadLines(report, language), counted],
    figures: figuresOf(report, language),
    todo: items.length ? { title: fr ? 'À faire' : 'To do', items } : null,
    tables: tablesOf(report, language),
    stories: null,
  }
}
