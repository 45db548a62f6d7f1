/** A breach as it is told: where in the files, on which channels, by which rule, since when or from when on, and how sure that is. */
import type { Language, Words } from '../core/language.ts'
import type { Finding, Place } from '../core/ports.ts'
import { dayIn, placeIn } from '../core/telling.ts'
import type { Breach } from './breach.ts'

export type Told = Pick<Finding, 'id' | 'level'> & {
  readonly place: Place
  readonly channels: readonly string[]
  /** Where the customers concerned are, and where the business is. */
  readonly countries: readonly string[]
  readonly home: string
  /** What the rule does: “says ‘does not leave’ to answers of the AI”. */
  readonly clause: Words
  /** Unset: what the rule says. */
  readonly remedy?: Words
}

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)]

const channelsIn = (ids: readonly string[], language: Language): string => {
  const several = ids.length > 1
  return language === 'fr'
    ? `sur ${several ? 'les canaux' : 'le canal'} ${ids.map((id) => `«\u00a0${id}\u00a0»`).join(', ')}`
    : `on the channel${several ? 's' : ''} ${ids.map((id) => `“${id}”`).join(', ')}`
}

const whenIn = ({ firstDay, begun }: Breach, language: Language): string => {
  const day = dayIn(firstDay, language)
  if (language === 'fr') return begun ? `en vigueur depuis le ${day}` : `à partir du ${day}`
  return begun ? `in force since ${day}` : `from ${day} on`
}

/** What one should know besides: whose customers, that it was announced only, that it is not certain. */
const notesIn = ({ ruling }: Breach, abroad: readonly string[], language: Language): string => {
  const french = language === 'fr'
  const notes = [
    ...(abroad.length > 0
      ? [`${french ? 'clients\u00a0: ' : 'customers: '}${abroad.map((country) => placeIn(country, language)).join(', ')}`]
      : []),
    ...(ruling.expected ? [french ? 'annoncé' : 'announced'] : []),
    ...(ruling.confidence === 'A' ? [] : [`${french ? 'confiance' : 'confidence'} ${ruling.confidence}`]),
  ]
  return notes.length > 0 ? ` (${notes.join(', ')})` : ''
}

export const findingOf = (breach: Breach, told: Told): Finding => {
  const { place, home, clause } = told
  const { rule, by, confidence, expected, outcome, remedy, source } = breach.ruling
  const [channels, countries] = [distinct(told.channels), distinct(told.countries)]
  const abroad = countries.filter((country) => country !== home)
  const sentence = (language: Language): string =>
    [
      channelsIn(channels, language),
      `${{ fr: 'la règle', en: 'the rule' }[language]} ${rule}`,
      whenIn(breach, language),
      `${clause[language]}${notesIn(breach, abroad, language)}`,
    ].join(', ')
  return {
    id: told.id,
    level: told.level,
    subject: `${place.file}:${place.line}:${place.column}`,
    place,
    words: { fr: sentence('fr'), en: sentence('en') },
    remedy: told.remedy ?? remedy,
    source,
    breach: { rule, by, ruling: outcome, firstDay: breach.firstDay, countries, confidence, ...(expected ? { expected } : {}) },
  }
}
