/** Which step of its reach plan a message was, why the plan went on, and what came late: as sentences. */
import type { Language } from '../core/language.ts'
import type { ExplanationData, PlanStepView } from '../core/reading.ts'
import { mediumIn } from '../core/telling.ts'

type When = (at: number) => string

/** Why a step was left or passed by: the relay's own words, a rule (`who/topic`), or a provider's code. */
const WHY: Record<Language, Readonly<Record<string, string>>> = {
  fr: {
    cut: 'le canal était coupé',
    paused: 'le canal était en pause',
    'no-address': 'la personne n’y a pas d’adresse',
    if: 'la condition de l’étape n’était pas remplie',
    unknown: 'personne ne savait si le message était parti ; il a peut-être été reçu deux fois',
    failed: 'l’envoi avait échoué',
    'not-accepted': 'le délai était passé sans que le fournisseur l’ait pris',
    'not-delivered': 'le délai était passé sans que le message ait été remis',
    'not-read': 'le délai était passé sans que le message ait été lu',
  },
  en: {
    cut: 'the channel was cut',
    paused: 'the channel was paused',
    'no-address': 'the person has no address there',
    if: 'the step’s condition was not met',
    unknown: 'nobody knew whether it had left; it may have arrived twice',
    failed: 'the send had failed',
    'not-accepted': 'the wait was over before the provider took it',
    'not-delivered': 'the wait was over before it was delivered',
    'not-read': 'the wait was over before it was read',
  },
}
const ruleOrCode: Record<Language, (why: string) => string> = {
  fr: (why) => (why.includes('/') ? `la règle ${why} l’en écartait` : `le fournisseur l’avait refusé (${why})`),
  en: (why) => (why.includes('/') ? `the rule ${why} kept it from there` : `the provider had refused it (${why})`),
}
export const whyMovedIn = (why: string, language: Language): string => WHY[language][why] ?? ruleOrCode[language](why)

const SAYS = {
  fr: {
    heading: (plan: string) => `Le plan de contact « ${plan} »`,
    step: (n: number, channel: string, when: string, here: boolean) => `Étape ${n} : ${channel}, ${when}${here ? ' (ce message)' : ''}.`,
    passed: (channel: string, why: string) => `Étape passée : ${channel}, car ${why}.`,
    moved: (channel: string, why: string) => `L’étape ${channel} n’a pas abouti : ${why}. Le plan est passé à la suivante.`,
    late: (channel: string, when: string) =>
      `Remis malgré tout par ${channel} ${when} : la personne l’a reçu deux fois, rien ne lui est redemandé, et les deux envois sont comptés.`,
  },
  en: {
    heading: (plan: string) => `The reach plan “${plan}”`,
    step: (n: number, channel: string, when: string, here: boolean) => `Step ${n}: ${channel}, ${when}${here ? ' (this message)' : ''}.`,
    passed: (channel: string, why: string) => `Step passed by: ${channel}, for ${why}.`,
    moved: (channel: string, why: string) => `From ${channel} the plan went on: ${why}.`,
    late: (channel: string, when: string) =>
      `Delivered by ${channel} all the same ${when}: the person had it twice, is asked nothing again, and both sends are counted.`,
  },
} as const

export const planPart = ({ message, plan = [] }: ExplanationData, language: Language, when: When) => ({
  heading: SAYS[language].heading(message.reach?.plan ?? ''),
  lines:
    plan.length < 2 && !plan.some(({ passed }) => passed.length)
      ? []
      : plan.flatMap((step) => stepLines(step, step.id === message.id, language, when)),
})

const stepLines = ({ step, channel, at, passed, why, lateAt }: PlanStepView, here: boolean, language: Language, when: When) => {
  const says = SAYS[language]
  const medium = mediumIn(channel, language)
  return [
    ...passed.map((one) => says.passed(mediumIn(one.channel, language), whyMovedIn(one.why, language))),
    says.step(step + 1, medium, when(at), here),
    ...(why === null ? [] : [says.moved(medium, whyMovedIn(why, language))]),
    ...(lateAt === null ? [] : [says.late(medium, when(lateAt))]),
  ].map((text) => ({ text }))
}
