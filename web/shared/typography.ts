/** French typography: no line may begin with a colon or end with an opening quotation mark. */
import type { Language } from '../../src/core/language.ts'
import type { Phrases } from './language.tsx'

const NARROW = '\u202f'
const FIXED = '\u00a0'

export const typesetFrench = (text: string): string =>
  text
    .replace(/ ([;?!])/g, `${NARROW}$1`)
    .replace(/ ([:»])/g, `${FIXED}$1`)
    .replace(/« /g, `«${FIXED}`)
    .replace(/(\d) (?=(?:h|min|s|j|€|%)(?![\p{L}]))/gu, `$1${FIXED}`)
    .replace(/(\d h) (?=\d)/g, `$1${FIXED}`)

/** The same phrases, with their spaces made unbreakable where French asks for it. */
export const typeset = <T extends Phrases>(phrases: T, language: Language): T => (language === 'fr' ? (deepTypeset(phrases) as T) : phrases)

const deepTypeset = (phrases: Phrases): Phrases =>
  Object.fromEntries(
    Object.entries(phrases).map(([name, value]) => {
      if (typeof value === 'string') return [name, typesetFrench(value)]
      if (typeof value === 'function') return [name, (...given: never[]) => typesetFrench(value(...given))]
      return [name, deepTypeset(value)]
    }),
  )
