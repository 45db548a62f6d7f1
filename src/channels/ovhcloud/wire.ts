/** Reading what the API answers. Nothing here throws. */
export type Json = Readonly<Record<string, unknown>>

export const asJson = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {})

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Ids come as numbers; names as short texts. */
export const readWord = (from: Json, key: string): string | undefined => {
  const value = from[key]
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  return typeof value === 'string' && value !== '' && value.length <= 300 ? value : undefined
}

export const readWords = (from: Json, key: string): readonly string[] => {
  const value = from[key]
  return Array.isArray(value) ? value.flatMap((item) => readWord({ item }, 'item') ?? []) : []
}

/** A number in E.164: the operator writes +33…, 0033… and 33…. undefined where it is no number that can be answered. */
export const readNumber = (text: string | undefined): string | undefined => {
  const digits = text?.replace(/^(?:\+|00)/, '') ?? ''
  return /^[1-9]\d{8,14}$/.test(digits) ? `+${digits}` : undefined
}
