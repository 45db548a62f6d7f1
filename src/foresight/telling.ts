/** Names of outcomes, speakers and figures as people read them. */
import type { Outcome } from '../core/decision.ts'
import type { Language, Words } from '../core/language.ts'
import { OUTCOME_WORDS } from '../core/telling.ts'

const SPEAKERS: Readonly<Record<string, Words>> = {
  engine: { fr: 'réponses d’un moteur', en: 'answers of an engine' },
  agent: { fr: 'conseillers', en: 'agents' },
  api: { fr: 'systèmes de l’entreprise', en: 'business systems' },
  system: { fr: 'Relais lui-même', en: 'Relais itself' },
}
/** A journey by its name, anybody else by what they are. */
export const speakerIn = (name: string, language: Language): string => SPEAKERS[name]?.[language] ?? name

/** Of a message that was judged, or would be: what comes of it. */
export const OUTCOMES_SAID: Readonly<Record<Outcome, Words>> = {
  ...OUTCOME_WORDS,
  allow: { fr: 'part', en: 'leaves' },
  reroute: { fr: 'doit passer ailleurs', en: 'must go another way' },
  refuse: { fr: 'est refusé', en: 'is refused' },
}

/** Two decimals for sums; more only where it is less than a cent. */
export const sumIn = (amount: number, currency: string, language: Language): string =>
  new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    style: 'currency',
    currency,
    maximumFractionDigits: amount !== 0 && Math.abs(amount) < 0.01 ? 6 : 2,
  }).format(amount)

/** The same with its sign. */
export const signedSum = (amount: number, currency: string, language: Language): string =>
  `${amount > 0 ? '+' : amount < 0 ? '−' : ''}\u2060${sumIn(Math.abs(amount), currency, language)}`
