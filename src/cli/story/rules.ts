/** What the rulebook says on a day, in a country, of the answer that the story turns on. */
import { COUNTRIES } from '../../../simulators/customers.ts'
import { judge, listRules, type Rulebook, situationAt } from '../../policy/index.ts'
import { scopeOn } from './folder.ts'
import { PLATFORM } from './platform.ts'
import type { Told } from './views.ts'

export const FIRST_DAY = '2025-12-01'
export const LAST_DAY = '2027-02-01'
const DAY = /^\d{4}-\d{2}-\d{2}$/u

export const isStoryDay = (text: string): boolean =>
  DAY.test(text) &&
  text >= FIRST_DAY &&
  text <= LAST_DAY &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text)

/** Every country that the platform's rules name, by itself or in a group, and those whose numbers the imitation knows. */
export const countriesOf = (rulebook: Rulebook): readonly string[] => {
  const membersOf = (place: string): readonly string[] => rulebook.groups.get(place)?.map(({ country }) => country) ?? [place]
  const named = listRules(rulebook).flatMap(({ channels, places }) => (channels.includes(PLATFORM) ? places : []))
  return [...new Set([...named.flatMap(membersOf), ...COUNTRIES])].filter((place) => /^[A-Z]{2}$/u.test(place)).sort()
}

/** As the story's business stands: AI is its main service, since before the terms of October 2025. */
export const tellRules = (rulebook: Rulebook, date: string, country: string): Told => {
  const about = (purpose: 'general' | 'service'): Told['general'] => {
    const { situation, at } = situationAt(
      {
        channel: { kind: PLATFORM, id: PLATFORM, scope: 'general' },
        message: { category: 'service', purpose, purposeAssumed: false, ai: true, firstAiTurn: false, reply: true, type: 'text' },
        account: { aiIs: 'primary', aiSince: '2025-06-01', country: 'FR' },
        contact: { country, numberCountry: country },
        window: { service: 'open', freeEntry: 'closed' },
      },
      date,
    )
    const { outcome, rulings, price } = judge(rulebook, situation, at)
    return { outcome, rulings, price }
  }
  return { date, country, scope: scopeOn(date), general: about('general'), service: about('service') }
}
