/** What to do, those things first that help the most customers. */
import type { Words } from '../core/language.ts'
import { mediumIn, numberIn } from '../core/telling.ts'
import type { Customers } from './reach.ts'
import type { Count, Tallied } from './tally.ts'
import { speakerIn } from './telling.ts'
import type { Waiting } from './throughput.ts'

export type Action = { readonly id: string; readonly words: Words }

const MOST = 3
const counted = (count: number, one: Words, many: Words): Words => {
  const words = count === 1 ? one : many
  return { fr: `${numberIn(count, 'fr')} ${words.fr}`, en: `${numberIn(count, 'en')} ${words.en}` }
}
const customers = (count: number): Words => counted(count, { fr: 'client', en: 'customer' }, { fr: 'clients', en: 'customers' })
const messages = (count: number): Words => counted(count, { fr: 'message', en: 'message' }, { fr: 'messages', en: 'messages' })

/** What of a set-up an advice hangs on. */
export type SetUp = {
  /** Channels that a reach plan names. */
  readonly planned: readonly string[]
  /** Whether there is a channel for addresses of a kind. */
  readonly connectable: (kind: string) => boolean
}

const connect = ({ couldBy, unreachable }: Customers, { connectable }: SetUp): Action[] => {
  const best = couldBy.find(({ kind }) => connectable(kind))
  if (!best) return []
  const [fr, en] = [numberIn(unreachable, 'fr'), numberIn(unreachable, 'en')]
  return [
    {
      id: 'connect-channel',
      words: {
        fr: `Branchez un canal ${mediumIn(best.kind, 'fr')} : il joindrait ${numberIn(best.customers, 'fr')} des ${fr} clients que rien d’autre ne joint, par une adresse déjà connue.`,
        en: `Connect a channel for ${mediumIn(best.kind, 'en')}: it would reach ${numberIn(best.customers, 'en')} of the ${en} customers that nothing else reaches, by an address you know already.`,
      },
    },
  ]
}

/** A channel that reaches them is of use only where a plan names it; where one does, it goes on by itself. */
const plan = ({ stillBy, lost }: Customers, { planned }: SetUp): Action[] => {
  const [best] = stillBy
  if (!best || stillBy.some(({ channel }) => planned.includes(channel))) return []
  const { channel, customers: count } = best
  return [
    {
      id: 'plan-channel',
      words: {
        fr: `Nommez « ${channel} » à la suite dans plans.reach : il joint encore ${numberIn(count, 'fr')} des ${numberIn(lost, 'fr')} clients perdus ici.`,
        en: `Name “${channel}” next in plans.reach: it still reaches ${numberIn(count, 'en')} of the ${numberIn(lost, 'en')} customers lost here.`,
      },
    },
  ]
}

const collect = ({ nothing }: Customers): Action[] =>
  nothing === 0
    ? []
    : [
        {
          id: 'collect-address',
          words: {
            fr: `Demandez une seconde adresse tant que le fil est ouvert : de ${customers(nothing).fr}, rien d’autre n’est connu (étape « ask » ou « collect » d’un parcours).`,
            en: `Ask for a second address while the thread is open: nothing else is known of ${customers(nothing).en} (an “ask” or “collect” step of a journey).`,
          },
        },
      ]

const consent = ({ withoutConsent }: Customers): Action[] =>
  withoutConsent === 0
    ? []
    : [
        {
          id: 'ask-consent',
          words: {
            fr: `Demandez l’accord à la publicité sur un autre canal : ${customers(withoutConsent).fr} y ont une adresse, mais ne l’ont pas donné.`,
            en: `Ask for consent to marketing on another channel: ${customers(withoutConsent).en} have an address there and have not given it.`,
          },
        },
      ]

/** What the rule itself advises, for the messages it stops or changes most. */
const follow = ({ rules }: Tallied): Action[] =>
  rules.slice(0, 2).map(({ rule, remedy, messages: count }) => ({
    id: `rule:${rule}`,
    words: { fr: `${rule} (${messages(count).fr}) : ${remedy.fr}`, en: `${rule} (${messages(count).en}): ${remedy.en}` },
  }))

const most = (counts: readonly Count[]): Count | undefined => counts.find(({ touched }) => touched > 0)

const pay = ({ effects, journeys }: Tallied): Action[] => {
  const busiest = most(journeys)
  if (effects.dearer === 0 || !busiest) return []
  return [
    {
      id: 'write-less',
      words: {
        fr: `Écrivez moins de messages dans « ${speakerIn(busiest.name, 'fr')} » : ${messages(busiest.touched).fr} y changent de prix ; deux réponses courtes en une seule coûtent moitié moins.`,
        en: `Write fewer messages in “${speakerIn(busiest.name, 'en')}”: ${messages(busiest.touched).en} change their price there; two short answers in one cost half.`,
      },
    },
  ]
}

/** Another wording helps where a rule speaks of it, not where the way is gone. */
const review = ({ templates, touched, effects }: Tallied): Action[] => {
  const first = effects.rerouted < touched.messages ? most(templates) : undefined
  return first
    ? [
        {
          id: 'review-template',
          words: {
            fr: `Relisez le modèle « ${first.name} » : ${messages(first.touched).fr} de ce modèle changent.`,
            en: `Look over the template “${first.name}”: ${messages(first.touched).en} of it change.`,
          },
        },
      ]
    : []
}

const spread = (waiting: Waiting | null): Action[] =>
  waiting && waiting.delayed > 0
    ? [
        {
          id: 'spread-sends',
          words: {
            fr: `Étalez les envois groupés : à ${waiting.limit} messages par seconde, ${messages(waiting.delayed).fr} attendraient, jusqu’à ${waiting.longestSeconds} s.`,
            en: `Spread bulk sends: at ${waiting.limit} messages a second, ${messages(waiting.delayed).en} would wait, up to ${waiting.longestSeconds} s.`,
          },
        },
      ]
    : []

/** Prices move what a budget buys. */
const budget = ({ effects: { dearer, cheaper } }: Tallied): Action[] =>
  dearer + cheaper === 0
    ? []
    : [
        {
          id: 'set-budgets',
          words: {
            fr: `Revoyez vos budgets (relais.yaml, budgets) : ${messages(dearer + cheaper).fr} ne coûteraient plus le même prix.`,
            en: `Look over your budgets (relais.yaml, budgets): ${messages(dearer + cheaper).en} would not cost the same any more.`,
          },
        },
      ]

const namePrice = ({ cost: { unknown } }: Tallied): Action[] =>
  unknown === 0
    ? []
    : [
        {
          id: 'name-price',
          words: {
            fr: `Demandez les prix qui manquent et reposez la question avec --price : ${messages(unknown).fr} ne sont dans aucune somme.`,
            en: `Ask for the prices that are missing, and ask again with --price: ${messages(unknown).en} are in no sum.`,
          },
        },
      ]

const startWith = ({ journeys, touched }: Tallied): Action[] => {
  const busiest = most(journeys)
  if (!busiest) return []
  const part: Words = {
    fr: `${numberIn(busiest.touched, 'fr')} sur ${messages(touched.messages).fr}`,
    en: `${numberIn(busiest.touched, 'en')} of ${messages(touched.messages).en}`,
  }
  return [
    {
      id: 'start-with',
      words: {
        fr: `Regardez d’abord « ${speakerIn(busiest.name, 'fr')} » : ${part.fr} touchés en viennent.`,
        en: `Look first at “${speakerIn(busiest.name, 'en')}”: ${part.en} touched come from there.`,
      },
    },
  ]
}

const readExamples = ({ examples: [first] }: Tallied): Action[] =>
  first
    ? [
        {
          id: 'read-examples',
          words: {
            fr: `Lisez les conversations en exemple ; « relais explain ${first.message} » dit tout de la première.`,
            en: `Read the example conversations; “relais explain ${first.message}” tells all of the first.`,
          },
        },
      ]
    : []

const RECORD: Action = {
  id: 'record-more',
  words: {
    fr: 'Élargissez la période (--since) : aucun message n’y est enregistré.',
    en: 'Widen the period (--since): no message is on record in it.',
  },
}

/** Nothing to do, and what to watch. */
const nothing = (waiting: Waiting | null): Action => {
  const watch: Words = waiting
    ? {
        fr: `surveillez la seconde la plus chargée, ${messages(waiting.busiest).fr} sur ${numberIn(waiting.limit, 'fr')} permis`,
        en: `watch the busiest second, ${messages(waiting.busiest).en} of ${numberIn(waiting.limit, 'en')} allowed`,
      }
    : { fr: 'reposez la question quand votre trafic change', en: 'ask again when your traffic changes' }
  return {
    id: 'nothing',
    words: {
      fr: `Rien n’est à faire : aucun message enregistré n’est touché ; ${watch.fr}.`,
      en: `Nothing needs doing: no recorded message is touched; ${watch.en}.`,
    },
  }
}

/** Three where messages are touched. */
export const actionsFor = (tallied: Tallied, lost: Customers, waiting: Waiting | null, setUp: SetUp): readonly Action[] => {
  if (tallied.messages === 0) return [RECORD]
  if (tallied.touched.messages === 0) return waiting?.delayed ? spread(waiting) : [nothing(waiting)]
  return [
    ...connect(lost, setUp),
    ...plan(lost, setUp),
    ...collect(lost),
    ...consent(lost),
    ...spread(waiting),
    ...pay(tallied),
    ...follow(tallied),
    ...review(tallied),
    ...budget(tallied),
    ...namePrice(tallied),
    ...startWith(tallied),
    ...readExamples(tallied),
  ].slice(0, MOST)
}
