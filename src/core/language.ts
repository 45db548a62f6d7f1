/** Languages of the product. Texts of a workspace may name others; these two are always there. */
export type Language = 'fr' | 'en'
export type Words = { readonly fr: string; readonly en: string }
/** A text of the workspace: one string for everybody, or one per language. */
export type Localized = string | Readonly<Record<string, string>>

/** The text in `language`, else in `fallback`, else the first there is. */
export const textIn = (text: Localized, language: string, fallback = 'fr'): string =>
  typeof text === 'string' ? text : (text[language] ?? text[fallback] ?? Object.values(text)[0] ?? '')
