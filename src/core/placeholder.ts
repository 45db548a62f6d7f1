/** What is filled into texts of the workspace: `{{name}}` when a message is written, `${NAME}` from the environment. */

const PLACEHOLDER = /\{\{([^{}]*)\}\}/gu

/** What stands in the starter where a provider's token goes: the channel has none yet. */
export const SIMULATED = 'simulated'

/** The names in order, each once, trimmed. */
export const placeholdersIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(PLACEHOLDER)].map((found) => (found[1] ?? '').trim())),
]

/** Replaces each name by what `lookUp` gives. One pass: a value that looks like `{{…}}` stays as it is. */
export const fillPlaceholders = (text: string, lookUp: (name: string) => string): string =>
  text.replace(PLACEHOLDER, (_, name: string) => lookUp(name.trim()))

/** `${NAME}`: the name of an environment variable, for what may not stand in a file. */
export const SECRET = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/gu

/** Replaces each `${NAME}` by its value; empty where it is not set (loading the workspace refuses that earlier). */
export const fillSecrets = (text: string, env: Readonly<Record<string, string | undefined>>): string =>
  text.replace(SECRET, (_, name: string) => env[name] ?? '')
