/** How the files of a rulebook read: a rule, a price card, the groups of countries. Checked on load; every name that is not here is refused. */
import { z } from 'zod'
import { isCountry } from '../core/country.ts'
import { asks } from '../core/form.ts'
import type { Words } from '../core/language.ts'
import { isDay, isInstant, isZone } from '../core/local-time.ts'
import { describeSituation } from './vocabulary.ts'

const shaped = (pattern: RegExp, form: Words) => z.string().refine((text) => pattern.test(text), asks(form))
/** Of this millennium or the last: what ends in 9999 is meant to have no end. */
const isPlainDay = (text: string): boolean => isDay(text) && text < '3000'
const day = z.string().refine(isPlainDay, asks({ fr: 'un jour comme 2026-10-01', en: 'a day such as 2026-10-01' }))
const lastDay = z.string().refine(
  isPlainDay,
  asks({
    fr: 'un jour comme 2026-10-01, ou rien s’il n’y a pas de fin',
    en: 'a day such as 2026-10-01, or nothing where there is no end',
  }),
)
const zone = z.string().refine(isZone, asks({ fr: 'un fuseau IANA comme Europe/Paris', en: 'an IANA zone such as Europe/Paris' }))
const said = z.string().refine((text) => text.trim() !== '', asks({ fr: 'un texte qui n’est pas vide', en: 'a text that is not empty' }))
const words = z.strictObject({ fr: said, en: said })
const link = z.url({ protocol: /^https?$/ })
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))
const currency = z.string().refine((code) => CURRENCIES.has(code), asks({ fr: 'une monnaie comme EUR', en: 'a currency such as EUR' }))
const place = shaped(/^(world|[A-Z]{2,12})$/, {
  fr: '« world », un pays en deux lettres ou un groupe comme EEA',
  en: '“world”, a country of two letters, or a group such as EEA',
})
const name = shaped(/^[a-z][a-z0-9-]*\/[a-z0-9-]+$/, { fr: 'un nom comme <qui>/<sujet>', en: 'a name such as <who>/<topic>' })
const COUNTRY: Words = { fr: 'un pays en deux lettres comme FR', en: 'a country of two letters such as FR' }
const country = z.string().refine(isCountry, asks(COUNTRY))
const countryOrNone = z.string().refine((code) => code === '' || isCountry(code), asks(COUNTRY))
const nothing = z.strictObject({})
const confidence = z.enum(['A', 'B', 'C'])
/**
 * Whose country a rule goes by: where the person is (what they said, else their number), their number alone, or where the business is. Of
 * several the strictest speaks. Left out: the person.
 */
const whose = z.enum(['person', 'number', 'business'])
const countryBy = z.union([whose, z.array(whose).min(1)])

/** Exactly one of the six. */
const ruling = z
  .strictObject({
    allow: nothing.optional(),
    amend: z
      .strictObject({
        disclose: z.literal(true).optional(),
        human: z.literal(true).optional(),
        template: z.literal('window-closed').optional(),
      })
      .refine(
        (amend) => Object.keys(amend).length > 0,
        asks({ fr: 'au moins une chose à modifier : disclose, human ou template', en: 'something to amend: disclose, human or template' }),
      )
      .optional(),
    postpone: z
      .union([
        z.strictObject({ for: z.union([z.int().positive(), z.string()]) }),
        z.strictObject({ until: shaped(/^([01]\d|2[0-3]):[0-5]\d$/, { fr: 'une heure comme 08:00', en: 'a time such as 08:00' }) }),
      ])
      .optional(),
    reroute: nothing.optional(),
    hold: nothing.optional(),
    refuse: nothing.optional(),
  })
  .refine(
    (given) => Object.keys(given).length === 1,
    asks({
      fr: 'un seul de ces mots : allow, amend, postpone, reroute, hold, refuse',
      en: 'exactly one of allow, amend, postpone, reroute, hold, refuse',
    }),
  )
export type WrittenRuling = z.infer<typeof ruling>

const dated = {
  place,
  from: day,
  /** Last day. */
  to: lastDay.optional(),
  /** The day it became public; the first day where it does not say. */
  known: day.optional(),
  when: z.string().optional(),
  /** Announced, not yet seen in force. */
  expected: z.literal(true).optional(),
  note: z.string().optional(),
}
const sourced = { source: link, read: day, confidence }
const ownSource = { source: link.optional(), read: day.optional(), confidence: confidence.optional() }

const line = { ...dated, ruling: ruling.nullable(), values: z.record(z.string(), z.number()).optional(), remedy: words.optional() }
const rule = {
  rule: name,
  channels: z.array(z.string()).min(1).optional(),
  zone: zone.default('UTC'),
  country: countryBy.optional(),
  about: words,
  when: z.string(),
  remedy: words,
}

export const ruleFile = z.strictObject({
  ...rule,
  by: z.enum(['platform', 'law', 'industry', 'business']),
  says: z.array(z.strictObject({ ...line, ...sourced })).min(1),
})
export type RuleFile = z.infer<typeof ruleFile>

/** A business is its own source. `override` laxes the rule of the same name, until its last day. */
export const businessRuleFile = z.strictObject({
  ...rule,
  by: z.literal('business'),
  override: z.strictObject({ reason: said, by: said, until: day }).optional(),
  says: z.array(z.strictObject({ ...line, ...ownSource })).min(1),
})
export type BusinessRuleFile = z.infer<typeof businessRuleFile>

/** `price`: an amount for one message, `unknown` where it is not public, null where a wider place speaks again. */
const ownPriceLine = z
  .strictObject({
    ...dated,
    ...ownSource,
    price: z.union([z.number().nonnegative(), z.literal('unknown')]).nullable(),
    currency: currency.optional(),
    /** Free ones a month that the price leaves out: of messages, where it does not say `of: conversation`. */
    allowance: z
      .strictObject({ free: z.int().positive(), per: z.literal('month'), of: z.literal('conversation').optional(), source: link })
      .optional(),
    /** What each costs from so many charged messages of a month on, of one card and line. */
    tiers: z
      .array(z.strictObject({ from: z.int().min(2), price: z.number().nonnegative() }))
      .min(1)
      .optional(),
  })
  .refine(
    ({ tiers = [] }) => tiers.every(({ from }, n) => n === 0 || from > (tiers[n - 1]?.from ?? 0)),
    asks({ fr: 'des paliers (tiers) dans l’ordre', en: 'tiers in order' }),
  )
  .refine(
    ({ tiers, price }) => tiers === undefined || typeof price === 'number',
    asks({ fr: 'un prix connu sous les paliers (tiers)', en: 'a known price below its tiers' }),
  )
  .refine(
    (given) => typeof given.price !== 'number' || given.currency !== undefined,
    asks({ fr: 'un prix avec sa monnaie (currency)', en: 'a price with its currency' }),
  )

/** Cards are asked in order: the first with a line in force for the message gives the price. */
const priceList = {
  prices: name,
  channels: z.array(z.string()).min(1),
  zone: zone.default('UTC'),
  country: countryBy.optional(),
  about: words,
  /** What an amount is for: each part a message is sent in; a whole message where nothing is said. */
  per: z.literal('part').optional(),
}
const cardsOf = <L extends z.ZodType>(line: L) =>
  z.array(z.strictObject({ card: words, when: z.string(), says: z.array(line).min(1) })).min(1)
export const priceFile = z.strictObject({ ...priceList, cards: cardsOf(ownPriceLine.safeExtend(sourced)) })
/** What a business pays by its own contract: it is its own source, and its cards are asked first. */
export const businessPriceFile = z.strictObject({ ...priceList, cards: cardsOf(ownPriceLine) })
export type PriceFile = z.infer<typeof businessPriceFile>

/** A country, or every member of another group, from a day on. */
const member = z
  .strictObject({ country: place.optional(), group: place.optional(), from: day, to: lastDay.optional() })
  .refine(
    (given) => (given.country === undefined) !== (given.group === undefined),
    asks({ fr: 'un pays (country) ou un groupe (group)', en: 'a country or a group' }),
  )

export const placesFile = z.strictObject({
  groups: z.record(
    z.string().regex(/^[A-Z]{2,12}$/),
    z.strictObject({
      about: words,
      source: link,
      read: day,
      members: z.array(member).min(1),
    }),
  ),
})
export type PlacesFile = z.infer<typeof placesFile>

const fieldSchema = (type: string, name: string): z.ZodType => {
  if (name === 'contact.timezone') return zone
  if (type === 'string') return z.string()
  if (type === 'country') return countryOrNone
  if (type === 'bool') return z.boolean()
  return type === 'int' ? z.int() : z.enum(type.split(' | '))
}
const givenShape = (): Record<string, Record<string, z.ZodType>> => {
  const shape: Record<string, Record<string, z.ZodType>> = {}
  for (const { name: full, type } of describeSituation()) {
    const [group = '', field = ''] = full.split('.')
    shape[group] = { ...shape[group], [field]: fieldSchema(type, full).optional() }
  }
  return shape
}
/** Any part of a situation; the rest is plain. */
export const partialSituation = z.strictObject(
  Object.fromEntries(Object.entries(givenShape()).map(([group, shape]) => [group, z.strictObject(shape).optional()])),
)

const instant = z.string().refine(
  (text) => isDay(text) || isInstant(text),
  asks({
    fr: 'un jour (2026-10-01) ou un instant (2026-10-01T08:00:00Z)',
    en: 'a day (2026-10-01) or an instant (2026-10-01T08:00:00Z)',
  }),
)

/** A computed name: an object with a plain `then` would be taken for a promise, says the linter; this is a schema's shape. */
const THEN = 'then'

/** What this one rule says: an outcome, `silent`, or the outcome with what it carries; of prices the amount or `unknown`. */
const told = z.union([
  z.enum(['silent', 'allow', 'amend', 'postpone', 'reroute', 'hold', 'refuse', 'unknown']),
  ruling,
  z.strictObject({ postponed: instant }),
  z.strictObject({ price: z.union([z.number(), z.literal('unknown')]), currency: z.string().optional(), free: z.int().optional() }),
])

/** `then` is what this one rule says, or what it says to customers of several countries: `{ FR: allow, US: reroute }`. */
export const examplesFile = z
  .array(
    z.strictObject({
      at: instant,
      known: instant.optional(),
      given: partialSituation.optional(),
      [THEN]: z.union([told, z.record(country, told)]),
      since: day.optional(),
      place: place.optional(),
      because: z.string().min(1),
    }),
  )
  .min(1)
type WrittenExample = z.infer<typeof examplesFile>[number]
/** Of one customer. */
export type Example = Omit<WrittenExample, 'then'> & { readonly then: z.infer<typeof told> }

const isTold = (then: WrittenExample['then']): then is Example['then'] => told.safeParse(then).success

/** One example a country. */
export const apart = (written: WrittenExample): readonly Example[] => {
  const { then, given, because, ...rest } = written
  if (isTold(then)) return [{ ...rest, given, because, then }]
  return Object.entries(then).map(([country, then]) => ({
    ...rest,
    given: { ...given, contact: { ...given?.contact, country } },
    then,
    because: `${country}: ${because}`,
  }))
}
