/** Reading what the API answers: JSON with the message, or with a code and its words. Nothing here throws. */
export type Answer = { readonly sid?: string; readonly code?: string; readonly status?: string }
type Json = Readonly<Record<string, unknown>>

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

export const readObject = (text: string): Json => {
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value) ? value : {}
  } catch {
    return {}
  }
}

/** Ids and codes come as texts and as numbers. */
export const readWord = (from: Json, key: string): string | undefined => {
  const value = from[key]
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return typeof value === 'string' && /^[\w+-]{1,64}$/.test(value) ? value : undefined
}

/** A list of objects; what is none is left out. */
export const readObjects = (from: Json, key: string): readonly Json[] => {
  const value = from[key]
  return Array.isArray(value) ? value.filter(isJson) : []
}
