/** Places, days, amounts and categories as people read them: the same words in every command, explanation and page of the API. */
import { MEDIA } from './address.ts'
import type { Outcome, Price, Ruling } from './decision.ts'
import type { Language, Words } from './language.ts'
import type { Category } from './situation.ts'

/** A medium as people call it; a channel that is called something else stays as it is. */
export const mediumIn = (name: string, language: Language): string => MEDIA[name]?.[language] ?? name

const PLACES: Readonly<Record<string, Words>> = {
  world: { fr: 'partout', en: 'everywhere' },
  EEA: { fr: 'Espace économique européen', en: 'European Economic Area' },
  EU: { fr: 'Union européenne', en: 'European Union' },
  FRANCE: { fr: 'France avec l’outre-mer', en: 'France with its overseas regions' },
}
const countries: Readonly<Record<Language, Intl.DisplayNames>> = {
  fr: new Intl.DisplayNames('fr', { type: 'region', fallback: 'code' }),
  en: new Intl.DisplayNames('en', { type: 'region', fallback: 'code' }),
}

/** `world`, a group of the rulebook, or a country (ISO 3166-1); a name nobody knows stays as it is. */
export const placeIn = (place: string, language: Language): string =>
  PLACES[place]?.[language] ?? (/^[A-Z]{2}$/.test(place) ? (countries[language].of(place) ?? place) : place)

/** The place of a ruling, and whose it is where it is not the customer's. */
export const groundIn = ({ place, placeOf }: Pick<Ruling, 'place' | 'placeOf'>, language: Language): string =>
  placeOf === 'business'
    ? `${placeIn(place, language)}, ${{ fr: 'où se trouve l’entreprise', en: 'where the business is' }[language]}`
    : placeIn(place, language)

/** `2026-10-01` → "1er octobre 2026" or "1 October 2026"; what is no day stays as it is. */
export const dayIn = (day: string, language: Language): string => {
  const [year, month, date] = day.split('-').map(Number)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !year || !month) return day
  const name = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' })
  const text = name.format(Date.UTC(year, month - 1, date))
  return language === 'fr' ? text.replace(/^1 /u, '1er ').replace(' ', '\u00a0') : text
}

/** "1 ligne rejetée", "2 lignes rejetées": the number with the form that goes with it. */
export const countIn = (count: number, one: string, other: string, language: Language): string =>
  `${numberIn(count, language)} ${formIn(count, one, other, language)}`

/** The form alone, where the number stands apart. */
export const formIn = (count: number, one: string, other: string, language: Language): string =>
  new Intl.PluralRules(language).select(count) === 'one' ? one : other

export const numberIn = (value: number, language: Language): string => value.toLocaleString(language === 'fr' ? 'fr-FR' : 'en-GB')

/** An amount with its currency; six decimals at most, for messages cost fractions of a cent. */
export const moneyIn = (amount: number, currency: string, language: Language): string =>
  new Intl.NumberFormat(language, { style: 'currency', currency, maximumFractionDigits: 6 }).format(amount)

/** The amount of a price, "free", or that it is not known. */
export const priceIn = ({ amount, currency }: Pick<Price, 'amount' | 'currency'>, language: Language): string => {
  if (amount === null || currency === null) return { fr: 'prix inconnu', en: 'price unknown' }[language]
  return amount === 0 ? { fr: 'gratuit', en: 'free' }[language] : moneyIn(amount, currency, language)
}

const FREE = {
  message: { fr: 'messages gratuits par mois', en: 'free messages a month' },
  conversation: { fr: 'conversations gratuites par mois', en: 'free conversations a month' },
} as const
/** What is free each month before the price counts; empty where nothing is. */
export const allowanceIn = ({ allowance }: Pick<Price, 'allowance'>, language: Language): string =>
  allowance ? `${allowance.free.toLocaleString(language)} ${FREE[allowance.of ?? 'message'][language]}` : ''

/** Why a wider place speaks: a narrower one's own rule ended, and how sure that is. */
export const endIn = ({ place, since, confidence }: NonNullable<Ruling['ended']>, language: Language): string =>
  language === 'fr'
    ? `${placeIn(place, language)}\u00a0: sa propre règle a pris fin le ${dayIn(since, language)} (confiance ${confidence})`
    : `${placeIn(place, language)}: its own rule ended on ${dayIn(since, language)} (confidence ${confidence})`

/** Who made a rule laxer, until when, and why. */
export const overrideIn = ({ reason, by, until }: NonNullable<Ruling['override']>, language: Language): string =>
  language === 'fr'
    ? `Assouplie par l’entreprise (${by}, jusqu’au ${dayIn(until, 'fr')})\u00a0: ${reason}`
    : `Made laxer by the business (${by}, until ${dayIn(until, 'en')}): ${reason}`

const CATEGORIES: Readonly<Record<Category, Words>> = {
  service: { fr: 'service', en: 'service' },
  utility: { fr: 'utilitaire', en: 'utility' },
  marketing: { fr: 'marketing', en: 'marketing' },
  authentication: { fr: 'authentification', en: 'authentication' },
}
const PURPOSES: Readonly<Record<string, Words>> = {
  service: { fr: 'l’activité de l’entreprise', en: 'the business’s own matters' },
  general: { fr: 'un sujet général', en: 'a general matter' },
  none: { fr: 'aucun', en: 'none' },
  unsure: { fr: 'incertain', en: 'unsure' },
}
export const purposeIn = (purpose: string, language: Language): string => PURPOSES[purpose]?.[language] ?? purpose

/** A platform's price class; one that nobody knows stays as it is. */
export const categoryIn = (category: string, language: Language): string =>
  Object.hasOwn(CATEGORIES, category) ? CATEGORIES[category as Category][language] : category

/** What becomes of a message. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, Words>> = {
  allow: { fr: 'peut partir', en: 'may leave' },
  amend: { fr: 'part modifié', en: 'leaves changed' },
  postpone: { fr: 'part plus tard', en: 'leaves later' },
  reroute: { fr: 'passe par un autre canal', en: 'goes another way' },
  hold: { fr: 'attend un conseiller', en: 'waits for an agent' },
  refuse: { fr: 'ne part pas', en: 'does not leave' },
}
