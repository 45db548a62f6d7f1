/**
 * Reading foreign JSON. Every string that enters the house passes `readText`, which replaces what PostgreSQL and UTF-8 cannot hold
 * (NUL, lone surrogates) by U+FFFD. Readers instead of a schema: one rotten item leaves its neighbours whole, and nothing here throws
 * (docs/decisions/040-connectors-read-by-hand.md).
 */
export type Json = Readonly<Record<string, unknown>>

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

export const tameText = (text: string): string =>
  text.isWellFormed() && !text.includes('\0') ? text : text.toWellFormed().replaceAll('\0', '\uFFFD')

/** The value itself where it is an object, else undefined. */
export const asJson = (value: unknown): Json | undefined => (isJson(value) ? value : undefined)

export const readJson = (from: Json | undefined, key: string): Json | undefined => asJson(from?.[key])

const NOTHING: Json = {}

/** A list of objects. What is no object counts as an empty one, so that a rotten item is still an item. */
export const readList = (from: Json | undefined, key: string): readonly Json[] => {
  const value = from?.[key]
  return Array.isArray(value) ? value.map((item) => asJson(item) ?? NOTHING) : []
}

/** A non-empty string, tamed. Numbers become text: ids come as both. */
export const readText = (from: Json | undefined, key: string): string | undefined => {
  const value = from?.[key]
  if (typeof value === 'string') return value === '' ? undefined : tameText(value)
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined
}

/** A finite number, also where it comes as text. */
export const readNumber = (from: Json | undefined, key: string): number | undefined => {
  const value = from?.[key]
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

export const readFlag = (from: Json | undefined, key: string): boolean => from?.[key] === true

/** Seconds since 1970, as text or number, to milliseconds. What already looks like milliseconds stays. */
export const readTime = (from: Json | undefined, key: string): number | undefined => {
  const value = readNumber(from, key)
  if (value === undefined || value <= 0 || value > 8.64e15) return undefined
  return Math.trunc(value > 1e11 ? value : value * 1000)
}

const DEEPEST = 16

/** Any value with every string and key tamed, for the few places where a form's own fields are kept as they are. */
export const tameValue = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return tameText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === DEEPEST) return null
  if (Array.isArray(value)) return value.map((item) => tameValue(item, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [tameText(key), tameValue(item, depth + 1)]))
}

/** The document a text holds, or undefined where it is no JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
