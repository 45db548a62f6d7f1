/** Fields that several files of the workspace have in common. */
import { z } from 'zod'
import type { Task } from '../core/engine.ts'
import { asks } from '../core/form.ts'
import type { Words } from '../core/language.ts'
import { CATEGORIES } from '../core/situation.ts'
import { parseDuration, parseMoney } from './scalar.ts'

export const refuse = (context: z.core.ParsePayload<unknown>, input: unknown, form: Words, path: PropertyKey[] = []): never => {
  context.issues.push({ code: 'custom', input, path, ...asks(form) })
  return z.NEVER
}

const DURATION: Words = { fr: 'une durée comme 10m, 24h, 2d ou 36mo', en: 'a duration such as 10m, 24h, 2d or 36mo' }
export const shaped = (pattern: RegExp, form: Words) =>
  z.string().check((context) => {
    if (!pattern.test(context.value)) refuse(context, context.value, form)
  })

const text = (example: string) => z.string().meta({ examples: [example] })
export const durationText = text('36mo').check((context) => {
  if (parseDuration(context.value) === null) refuse(context, context.value, DURATION)
})
export const duration = text('24h').transform((given, context) => parseDuration(given) ?? refuse(context, given, DURATION))
export const durationOr = (standard: string) =>
  text(standard)
    .default(standard)
    .transform((given, context) => parseDuration(given) ?? refuse(context, given, DURATION))
const MONEY: Words = { fr: 'un montant comme 20 EUR', en: 'an amount such as 20 EUR' }
export const money = text('20 EUR').transform((given, context) => parseMoney(given) ?? refuse(context, given, MONEY))

const ID: Words = {
  fr: 'des minuscules, chiffres et tirets (a-z, 0-9, -) ; pas « ai », qui nomme tout l’automatisme',
  en: 'small letters, digits and hyphens (a-z, 0-9, -); not “ai”, which names all automation',
}
export const id = shaped(/^(?!ai$)[a-z][a-z0-9-]{0,39}$/u, ID)
export const name = shaped(/^[A-Za-z_][A-Za-z0-9_]{0,39}$/u, {
  fr: 'un nom fait de lettres, chiffres et _',
  en: 'a name of letters, digits and _',
})
export const label = shaped(/^[A-Za-z0-9_][A-Za-z0-9_-]{0,39}$/u, {
  fr: 'une étiquette faite de lettres, chiffres, - et _',
  en: 'a label of letters, digits, - and _',
})
const LANGUAGE_TAG = /^[a-z]{2,3}(?:[-_][A-Z]{2})?$/u
export const languageTag = shaped(LANGUAGE_TAG, { fr: 'une langue comme fr ou pt_BR', en: 'a language such as fr or pt_BR' }).meta({
  pattern: LANGUAGE_TAG.source,
})
export const words = z.string().min(1)
/** A text for everybody, or one per language. */
export const localized = z.union([words, z.record(languageTag, words)])
export const bothLanguages = z.union([words.transform((text): Words => ({ fr: text, en: text })), z.strictObject({ fr: words, en: words })])
export const category = z.enum(CATEGORIES)
export const purpose = z.enum(['service', 'general', 'none', 'unsure'])
export const say = localized.describe(
  'What is said: one text, or one per language. `{{…}}` fills in `message.text`, `contact.name`, `answers.*` and what a `call` returned.',
)

export const TASKS = [
  'answer',
  'draft',
  'suggest',
  'summarise',
  'classify',
  'qualify',
  'transcribe',
  'illustrate',
] as const satisfies readonly Task[]
