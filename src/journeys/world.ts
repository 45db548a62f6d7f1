/** What a journey may know of the world at one step. All of it is told by the caller; nothing is looked up. */
import type { Capabilities } from '../core/capability.ts'
import type { Content } from '../core/content.ts'
import { wordsOf } from '../core/content.ts'
import type { JourneyState } from '../core/journey.ts'
import { type Localized, textIn } from '../core/language.ts'
import { fillPlaceholders } from '../core/placeholder.ts'
import type { Template } from '../core/workspace.ts'

export type JourneyWorld = {
  /** The customer's language, and the workspace's for texts that lack it. */
  readonly language: string
  readonly fallback: string
  readonly contact: { readonly name: string | null }
  /** The country in which numbers without `+` are read. */
  readonly national?: string | undefined
  /** The phone number they write from, in E.164; absent where they write from no phone. */
  readonly number?: string | undefined
  /** True where the message may be somebody else's: an address given so could be anybody's. */
  readonly unproven?: boolean | undefined
  /** Of the channel the answer will go out on. */
  readonly capabilities: Capabilities
  readonly templates: readonly Template[]
  /** `startFor` finds another journey for this message: one that does not fit the waiting step is then `unmatched`, so that the other may start. */
  readonly startsAnother: boolean
}

/** The variables of `{{…}}` and of `if`: message.text, contact.name, answers.*, and each call by its name. */
export const variablesOf = (state: JourneyState, world: JourneyWorld): Readonly<Record<string, unknown>> => ({
  message: { text: '' },
  ...state.values,
  answers: state.answers,
  contact: { name: world.contact.name ?? '' },
})

/** Which order or appointment a tapped button was about. */
const referenceOf = (content: Content): object => (content.type === 'choice' && content.reference ? { reference: content.reference } : {})

/** Remembers the customer's words as `message.text`. */
export const withMessage = (state: JourneyState, content: Content | undefined): JourneyState =>
  content === undefined ? state : { ...state, values: { ...state.values, message: { text: wordsOf(content), ...referenceOf(content) } } }

const lookUp = (variables: Readonly<Record<string, unknown>>, path: string): string | null => {
  let value: unknown = variables
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null
    value = Reflect.get(value, name)
  }
  if (typeof value === 'string') return value === '' ? null : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

/** Writes texts for one customer, and remembers which names had no value. */
export type Pen = {
  readonly missing: ReadonlySet<string>
  text(text: Localized): string
  /** For an address: values are percent-encoded and never a dot segment, so that a customer cannot lead the call elsewhere. */
  url(template: string): string
  value(name: string): string
}

export const createPen = (state: JourneyState, world: JourneyWorld): Pen => {
  const variables = variablesOf(state, world)
  const missing = new Set<string>()
  const value = (name: string): string => {
    const found = lookUp(variables, name)
    if (found === null) missing.add(name)
    return found ?? ''
  }
  const segment = (name: string): string => {
    const found = value(name)
    if (!/^\.{1,2}$/u.test(found)) return encodeURIComponent(found.toWellFormed())
    missing.add(name)
    return ''
  }
  return {
    missing,
    value,
    text: (text) => fillPlaceholders(textIn(text, world.language, world.fallback), value).trim(),
    url: (template) => fillPlaceholders(template, segment),
  }
}

const MOST_CHARACTERS = 64 * 1024
const MOST_DEPTH = 16

const tame = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\u0000', '')
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'boolean' || value === null) return value
  if (typeof value !== 'object' || depth > MOST_DEPTH) return null
  if (Array.isArray(value)) return value.map((item) => tame(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name.toWellFormed().replaceAll('\u0000', ''), tame(item, depth + 1)]),
  )
}

/** What a business system gave, as plain JSON the store can keep; null where it is more than 64 KiB. */
export const tameValue = (value: unknown): { readonly value: unknown } | null => {
  const tamed = tame(value, 0)
  return JSON.stringify(tamed).length > MOST_CHARACTERS ? null : { value: tamed }
}
