/**
 * The traffic of a rehearsal: invented people of the business's countries who write what its journeys and its knowledge expect, and what the
 * business sends by itself, before, during and after a cut. Nobody is real; the same chance gives the same script.
 */
import type { CountryCode } from 'libphonenumber-js/max'
import { getExampleNumber } from 'libphonenumber-js/max'
import examples from 'libphonenumber-js/mobile/examples'
import type { ChannelId } from '../core/ids.ts'
import type { Language } from '../core/language.ts'
import type { CarriedGroup, ReachGroup } from '../core/reachability.ts'
import type { Category } from '../core/situation.ts'

/** One sort of customer. Media are what consents are about: `sms` whoever operates it. */
export type Pattern = {
  readonly weight: number
  /** The channel they write on. */
  readonly home: ChannelId
  /** Media they have an address of, and of those the ones they agreed to be written to on, at all and for offers. */
  readonly media: readonly string[]
  readonly service: readonly string[]
  readonly marketing: readonly string[]
  readonly country: string
  readonly language: Language
}

export type TrafficShape = {
  readonly source: 'generated' | 'recorded'
  readonly patterns: readonly Pattern[]
  /** A contact, in the time of a rehearsal. */
  readonly writes: number
  readonly stops: number
  readonly answers: number
  readonly sends: Readonly<Partial<Record<Category, number>>>
}

/** A channel as people see it: what kind of address it writes to. */
export type Way = {
  readonly id: ChannelId
  readonly medium: string
  readonly address: 'phone' | 'email'
  /** Name spaces of addresses it writes to. */
  readonly identities: readonly string[]
}

export type Person = {
  readonly name: string
  readonly phone: string | null
  readonly email: string | null
  readonly country: string
  readonly language: Language
  readonly home: ChannelId
  readonly media: readonly string[]
  readonly service: readonly string[]
  readonly marketing: readonly string[]
}

/** `at`: ms since the rehearsal began. */
export type Act = { readonly at: number; readonly person: number } & (
  | { readonly act: 'write'; readonly channel: ChannelId; readonly text: string }
  /** Writes STOP there: no offers on that medium from then on. */
  | { readonly act: 'stop'; readonly channel: ChannelId }
  /** Answers what they saw last, on the channel where they saw it. */
  | { readonly act: 'answer'; readonly text: string }
  | { readonly act: 'send'; readonly category: Category }
)

/** Ids of channels and engines, and how they are cut. Ms since the rehearsal began. */
export type CutSpan = { readonly at: number; readonly healAt: number; readonly ids: readonly string[]; readonly how: string }

export type Script = {
  readonly people: readonly Person[]
  readonly acts: readonly Act[]
  readonly cuts: readonly CutSpan[]
  /** From when on nothing new happens. */
  readonly endAt: number
}

const HAVE_AND_AGREED = 0.7
const HAVE = 0.15
const OFFERS = 0.4
/** Of those who agreed to another medium, so many write there first. */
const AWAY = 0.25
/** So many of those who write do so in the last seconds before the cut: their answers are caught by it. */
const CAUGHT = 0.15
const CAUGHT_MS = 4_000

/**
 * Customers of a set-up of whom nothing is known: most write on the first channel, a quarter of those who agreed to another on that; of each other medium 70 in 100 gave an address and agreed,
 * 15 gave one and never agreed, 15 have none.
 */
export const supposedShape = (
  ways: readonly Way[],
  { country, locale }: { readonly country: string; readonly locale: Language },
): TrafficShape => {
  const [first, ...others] = ways
  if (!first) return { source: 'generated', patterns: [], writes: 0, stops: 0, answers: 0, sends: {} }
  const media = [...new Set(others.map(({ medium }) => medium))].filter((medium) => medium !== first.medium)
  let states: { weight: number; media: string[]; service: string[] }[] = [{ weight: 1, media: [first.medium], service: [first.medium] }]
  for (const medium of media)
    states = states.flatMap(({ weight, media: had, service }) => [
      { weight: weight * HAVE_AND_AGREED, media: [...had, medium], service: [...service, medium] },
      { weight: weight * HAVE, media: [...had, medium], service },
      { weight: weight * (1 - HAVE - HAVE_AND_AGREED), media: had, service },
    ])
  const other: Language = locale === 'fr' ? 'en' : 'fr'
  const patterns = states.flatMap((state) => [
    { ...state, weight: state.weight * (1 - OFFERS), marketing: [], country, language: locale },
    { ...state, weight: state.weight * OFFERS * 0.9, marketing: state.service, country, language: locale },
    { ...state, weight: state.weight * OFFERS * 0.1, marketing: state.service, country: other === 'en' ? 'GB' : 'FR', language: other },
  ])
  return {
    source: 'generated',
    patterns: patterns.flatMap((pattern): Pattern[] => {
      const elsewhere = others.filter(({ medium }) => medium !== first.medium && pattern.service.includes(medium))
      const away = elsewhere.length > 0 ? AWAY : 0
      return [
        { ...pattern, home: first.id, weight: pattern.weight * (1 - away) },
        ...elsewhere.map(({ id }) => ({ ...pattern, home: id, weight: (pattern.weight * away) / elsewhere.length })),
      ]
    }),
    writes: 1.5,
    stops: 0.02,
    answers: 0.2,
    sends: { utility: 0.6, authentication: 0.2, marketing: 0.2 },
  }
}

/** Most messages a contact writes, or is sent, in one rehearsal: a rehearsal of a busy business is one of more contacts. */
const MOST_EACH = 4

/**
 * Customers as the store counts them: who has which address and agreed to what, where they write, and how many messages go which way. Nothing
 * of a person is in it. A medium they wrote on counts as agreed to.
 */
export const recordedShape = (
  groups: readonly ReachGroup[],
  carried: readonly CarriedGroup[],
  ways: readonly Way[],
  { locale, country }: { readonly country: string; readonly locale: Language },
): TrafficShape | null => {
  const supposed = supposedShape(ways, { country, locale })
  const patterns = groups.flatMap((group): Pattern[] => {
    const media = [
      ...new Set(ways.filter(({ identities }) => identities.some((kind) => group.kinds.includes(kind))).map(({ medium }) => medium)),
    ]
    const home = ways.find(({ id }) => group.wrote.includes(id)) ?? ways.find(({ medium }) => media.includes(medium))
    if (!home) return []
    const wrote = ways.filter(({ id }) => group.wrote.includes(id)).map(({ medium }) => medium)
    const service = [...new Set([...group.given, ...wrote])].filter((medium) => media.includes(medium) && !group.revoked.includes(medium))
    const at = group.country || country
    return [
      {
        weight: group.count,
        home: home.id,
        media,
        service,
        marketing: [],
        country: at,
        language: at === country ? locale : otherThan(locale),
      },
    ]
  })
  if (patterns.length === 0) return null
  const count = (direction: 'in' | 'out') =>
    carried.filter((one) => one.direction === direction).reduce((sum, one) => sum + one.messages, 0)
  const [written, sent] = [count('in'), count('out')]
  // An answer for each message, most likely; the rest the business began.
  const begun = written > 0 ? Math.max(0.2, (sent - written) / written) * supposed.writes : 1
  return { ...supposed, source: 'recorded', patterns, sends: { utility: Math.min(MOST_EACH, begun) } }
}
const otherThan = (language: Language): Language => (language === 'fr' ? 'en' : 'fr')

export type ScriptRequest = {
  readonly shape: TrafficShape
  readonly ways: readonly Way[]
  readonly contacts: number
  readonly cuts: readonly CutSpan[]
  readonly endAt: number
  /** Ways of cutting a channel that keep customers from writing there, too. */
  readonly deaf: readonly string[]
  /** What customers write, by language: questions that are answered, and words that begin a journey. */
  readonly texts: Readonly<Record<Language, readonly string[]>>
  /** Uniform in [0, 1). */
  readonly random: () => number
}

const FIRST = ['Léa', 'Hugo', 'Manon', 'Karim', 'Emma', 'Louis', 'Inès', 'Paul', 'Chloé', 'Adam', 'Zoé', 'Nina']
const LAST = ['Bernard', 'Lefèvre', 'Roux', 'Benali', 'Girard', 'Moreau', 'Diallo', 'Petit', 'Lambert', 'Faure', 'Weber', 'Carter']

/** A number of the form that the country's mobile numbers have. Nobody is called: nothing leaves a rehearsal. */
const phoneOf = (country: string, n: number): string => {
  const form = getExampleNumber(country as CountryCode, examples)?.number ?? '+33612345678'
  const tail = String(n).padStart(5, '0')
  return `${form.slice(0, -tail.length)}${tail}`
}

const personOf = (n: number, pattern: Pattern, ways: readonly Way[]): Person => {
  const { home, country, language, media, service, marketing } = pattern
  const has = (address: Way['address']) => ways.some((way) => way.address === address && media.includes(way.medium))
  const name = `${FIRST[n % FIRST.length]} ${LAST[Math.floor(n / FIRST.length) % LAST.length]}`
  return {
    name,
    phone: has('phone') ? phoneOf(country, n + 1) : null,
    email: has('email') ? `contact-${n + 1}@rehearsal.example` : null,
    country,
    language,
    home,
    media,
    service,
    marketing,
  }
}

const pickBy = <T>(items: readonly T[], weightOf: (item: T) => number, random: () => number): T | undefined => {
  let left = random() * items.reduce((sum, item) => sum + weightOf(item), 0)
  for (const item of items) {
    left -= weightOf(item)
    if (left < 0) return item
  }
  return items.at(-1)
}

/** So often on average: 1.5 is once, and once more for every second. */
const timesOf = (average: number, random: () => number): number => Math.floor(average) + (random() < average % 1 ? 1 : 0)

export const writeScript = (request: ScriptRequest): Script => {
  const { shape, ways, contacts, cuts, endAt, texts, random } = request
  const people: Person[] = []
  const acts: Act[] = []
  const anytime = () => Math.floor(random() * endAt)
  /** A few are caught by a cut with their question on the way. */
  const writingTime = () => {
    const caughtBy = cuts[Math.floor(random() * cuts.length)]
    return caughtBy && random() < CAUGHT ? Math.max(0, Math.floor(caughtBy.at - random() * CAUGHT_MS)) : anytime()
  }
  for (let n = 0; n < contacts; n++) {
    const pattern = pickBy(shape.patterns, ({ weight }) => weight, random)
    if (!pattern) break
    const person = personOf(n, pattern, ways)
    people.push(person)
    const words = texts[person.language]
    const text = () => words[Math.floor(random() * words.length)] ?? '?'
    for (let times = timesOf(shape.writes, random); times > 0; times--) {
      const at = writingTime()
      const channel = writesOn(person, deafAt(request, at), ways)
      if (channel) acts.push({ at, person: n, act: 'write', channel, text: text() })
    }
    for (let times = timesOf(shape.stops, random); times > 0; times--) {
      const at = anytime()
      const channel = writesOn(person, deafAt(request, at), ways)
      if (channel) acts.push({ at, person: n, act: 'stop', channel })
    }
    for (let times = timesOf(shape.answers, random); times > 0; times--)
      acts.push({ at: anytime(), person: n, act: 'answer', text: text() })
    for (const [category, average] of Object.entries(shape.sends) as [Category, number][]) {
      // Nobody sends offers to those who never agreed to any.
      if (category === 'marketing' && person.marketing.length === 0) continue
      for (let times = timesOf(average, random); times > 0; times--) acts.push({ at: anytime(), person: n, act: 'send', category })
    }
  }
  return { people, acts: acts.toSorted((a, b) => a.at - b.at || a.person - b.person), cuts, endAt }
}

/** Channels on which nobody can write at that moment. */
const deafAt = ({ cuts, deaf }: ScriptRequest, at: number): readonly string[] =>
  cuts.flatMap((cut) => (at >= cut.at && at < cut.healAt && deaf.includes(cut.how) ? cut.ids : []))

/** Where somebody writes while these channels take nothing in: at home, else on another channel that they have an address of; null: nowhere. */
const writesOn = ({ home, media }: Person, deaf: readonly string[], ways: readonly Way[]): ChannelId | null => {
  if (!deaf.includes(home)) return home
  return ways.find(({ id, medium }) => !deaf.includes(id) && media.includes(medium))?.id ?? null
}
