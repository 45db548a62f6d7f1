/** `{{name}}` in a text of the workspace. */
const PLACEHOLDER = /\{\{([^{}]*)\}\}/gu

/** The names in order, each once, trimmed. */
export const placeholdersIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(PLACEHOLDER)].map((found) => (found[1] ?? '').trim())),
]

/** Replaces each name by what `valueOf` gives. One pass: a value that looks like `{{…}}` stays as it is. */
export const fillPlaceholders = (text: string, valueOf: (name: string) => string): string =>
  text.replace(PLACEHOLDER, (_, name: string) => valueOf(name.trim()))
