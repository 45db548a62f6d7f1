/**
 * Five hundred customers of the demo agency and a month of what it wrote to them: the same for the same end. For questions before there is
 * any traffic of one's own. Countries are weighted as a French agency's customers are; every share below is invented.
 */
import { makeRandom } from './random.ts'

export type SampleCustomer = {
  readonly id: string
  readonly country: string
  /** Name spaces of the addresses that are known. */
  readonly kinds: readonly string[]
  /** Kinds of channel they agreed to marketing on. */
  readonly marketing: readonly string[]
}
export type SampleLine = { readonly from: 'customer' | 'business'; readonly text: string }
export type SampleMessage = {
  readonly id: string
  readonly customer: string
  readonly at: number
  readonly author: string
  /** What differs from a plain answer, in the words of a situation. */
  readonly given: {
    readonly channel: Readonly<Record<string, unknown>>
    readonly message: Readonly<Record<string, unknown>>
    readonly account: Readonly<Record<string, unknown>>
    readonly contact: Readonly<Record<string, unknown>>
    readonly window: Readonly<Record<string, unknown>>
    readonly local: Readonly<Record<string, unknown>>
  }
  readonly lines: readonly SampleLine[]
}
export type Sample = { readonly customers: readonly SampleCustomer[]; readonly messages: readonly SampleMessage[] }

export const SAMPLE_CUSTOMERS = 500
const SEED = 20_261_122
const DAYS = 30
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Share of the customers, zone, and hours ahead of UTC in winter. */
const COUNTRIES = [
  ['FR', 62, 'Europe/Paris', 1],
  ['DE', 8, 'Europe/Berlin', 1],
  ['IT', 8, 'Europe/Rome', 1],
  ['GB', 6, 'Europe/London', 0],
  ['BR', 5, 'America/Sao_Paulo', -3],
  ['TR', 4, 'Europe/Istanbul', 3],
  ['US', 4, 'America/New_York', -5],
  ['IN', 3, 'Asia/Kolkata', 5],
] as const
type Country = (typeof COUNTRIES)[number]

const ASKED: Readonly<Record<'fr' | 'en', readonly (readonly [string, string])[]>> = {
  fr: [
    ['Quand arrivent mes documents de voyage ?', 'Ils vous parviennent par e-mail dix jours avant le départ.'],
    ['Puis-je payer en plusieurs fois ?', 'Oui : un acompte à la réservation, puis le solde un mois avant le départ.'],
    ['Faut-il un visa pour Marrakech ?', 'Pour un séjour touristique, un passeport en cours de validité suffit.'],
    ['Combien de bagages en soute ?', 'Un bagage de 23 kg par personne est compris dans votre séjour.'],
  ],
  en: [
    ['When do my travel documents arrive?', 'They reach you by e-mail ten days before departure.'],
    ['Can I pay in instalments?', 'Yes: a deposit when you book, the balance one month before departure.'],
    ['Do I need a visa for Marrakesh?', 'For a holiday, a valid passport is enough.'],
    ['How many bags may I check in?', 'One bag of 23 kg a person is part of your holiday.'],
  ],
}
const MENU = { fr: 'Que souhaitez-vous : un devis, un dossier, une personne ?', en: 'What would you like: a quote, a booking, a person?' }
const PERSON = { fr: 'Bonjour, ici Claire : je regarde votre dossier.', en: 'Hello, this is Claire: I am looking at your booking.' }
const TEMPLATES = {
  booking_confirmation: { fr: 'Votre réservation est confirmée.', en: 'Your booking is confirmed.' },
  departure_reminder: { fr: 'Votre départ approche.', en: 'Your departure is coming up.' },
  early_booking_offer: { fr: 'Réservez tôt et gagnez 12 %.', en: 'Book early and save 12%.' },
} as const

type Draw = { readonly random: () => number; readonly end: number }
type Person = SampleCustomer & { readonly country: string; readonly zone: string; readonly ahead: number }

const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)] as T

/** One of several by their shares of a hundred. */
const drawBy = <T>(shares: readonly (readonly [T, number])[], random: () => number): T => {
  let left = random() * 100
  for (const [one, share] of shares) {
    left -= share
    if (left < 0) return one
  }
  return (shares[0] as readonly [T, number])[0]
}

const drawCountry = (random: () => number): Country =>
  drawBy(
    COUNTRIES.map((country) => [country, country[1]] as const),
    random,
  )

const drawPerson = (index: number, { random }: Draw): Person => {
  const [country, , zone, ahead] = drawCountry(random)
  const hidden = random() < 0.12
  const mail = random() < 0.42
  const web = random() < 0.06
  const offers = random() < 0.35
  const mailed = mail && random() < 0.5
  return {
    id: `con_sample_${String(index + 1).padStart(3, '0')}`,
    country,
    zone,
    ahead,
    kinds: [hidden ? 'whatsapp_user' : 'whatsapp', ...(mail ? ['email'] : []), ...(web ? ['web'] : [])],
    marketing: [...(offers ? ['whatsapp'] : []), ...(mailed ? ['email'] : [])],
  }
}

type Kind = 'answer' | 'menu' | 'booking' | 'person' | 'booking_confirmation' | 'departure_reminder' | 'early_booking_offer'
const SHARES: readonly (readonly [Kind, number])[] = [
  ['answer', 38],
  ['menu', 17],
  ['booking', 11],
  ['person', 8],
  ['booking_confirmation', 9],
  ['departure_reminder', 8],
  ['early_booking_offer', 9],
]
const drawKind = (person: Person, random: () => number): Kind => {
  const kind = drawBy(SHARES, random)
  return kind === 'early_booking_offer' && !person.marketing.includes('whatsapp') ? 'answer' : kind
}

const AUTHORS: Readonly<Record<Kind, string>> = {
  answer: 'engine:main',
  menu: 'journey:menu',
  booking: 'journey:booking',
  person: 'agent:claire',
  booking_confirmation: 'api:booking',
  departure_reminder: 'journey:booking',
  early_booking_offer: 'api:offers',
}

const linesOf = (kind: Kind, language: 'fr' | 'en', random: () => number): readonly SampleLine[] => {
  if (kind in TEMPLATES) return [{ from: 'business', text: TEMPLATES[kind as keyof typeof TEMPLATES][language] }]
  const [question, answer] = pick(ASKED[language], random)
  const said = kind === 'answer' ? answer : kind === 'person' ? PERSON[language] : MENU[language]
  return [
    { from: 'customer', text: question },
    { from: 'business', text: said },
  ]
}

const drawMessage = (person: Person, n: number, first: boolean, { random, end }: Draw): SampleMessage => {
  const kind = drawKind(person, random)
  const offer = kind === 'early_booking_offer'
  const hour = offer ? 9 + Math.floor(random() * 10) : 7 + Math.floor(random() * 15)
  const day = Math.floor(end / DAY_MS) - 1 - Math.floor(random() * DAYS)
  const minute = Math.floor(random() * 60)
  const at = day * DAY_MS + (hour - person.ahead) * HOUR_MS + minute * 60_000
  const template = kind in TEMPLATES ? kind : ''
  const open = template === '' || random() < 0.3
  const ai = kind === 'answer'
  const local = new Date(day * DAY_MS)
  return {
    id: `msg_sample_${person.id.slice(-3)}_${n}`,
    customer: person.id,
    at,
    author: AUTHORS[kind],
    given: {
      channel: { kind: 'whatsapp', id: 'whatsapp', scope: 'service', health: 'healthy', quality: 'green', windowHours: 24 },
      message: {
        category: offer ? 'marketing' : template ? 'utility' : 'service',
        purpose: 'service',
        purposeAssumed: true,
        ai,
        firstAiTurn: ai && first,
        disclosed: ai && first,
        offersHuman: true,
        automatic: kind !== 'person',
        template,
        templateState: template ? 'approved' : 'unknown',
        reply: template === '',
        type: template ? 'template' : kind === 'menu' ? 'buttons' : 'text',
        offersStop: offer,
      },
      account: { aiIs: 'incidental', aiSince: '2024-05-01', country: 'FR' },
      contact: {
        country: person.country,
        numberCountry: person.country,
        marketing: person.marketing.includes('whatsapp') ? 'given' : 'none',
        timezone: person.zone,
      },
      window: { service: open ? 'open' : 'closed', secondsLeft: open ? (1 + Math.floor(random() * 23)) * 3600 : 0, freeEntry: 'closed' },
      local: {
        hour,
        minute: minute - (minute % 15),
        weekday: local.getUTCDay() || 7,
        date: local.toISOString().slice(0, 10),
        holiday: false,
      },
    },
    lines: linesOf(kind, person.country === 'FR' ? 'fr' : 'en', random),
  }
}

/** `end`: the instant the month ends, ms. Messages of one customer stand side by side, in order of time. */
export const makeSample = (end: number): Sample => {
  const draw: Draw = { random: makeRandom(SEED), end }
  const people = Array.from({ length: SAMPLE_CUSTOMERS }, (_, index) => drawPerson(index, draw))
  const messages = people.flatMap((person) => {
    const count = 2 + Math.floor(draw.random() ** 2 * 14)
    let asked = false
    return Array.from({ length: count }, (_, n) => {
      const message = drawMessage(person, n, !asked, draw)
      if (message.given.message.ai) asked = true
      return message
    }).sort((a, b) => a.at - b.at)
  })
  return { customers: people.map(({ id, country, kinds, marketing }) => ({ id, country, kinds, marketing })), messages }
}
