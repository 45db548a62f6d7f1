/** What the library of expressions complains of, in our words. A sentence not foreseen here is told as it comes in English, and as a plain fault in French. */
import type { Words } from './language.ts'

type Telling = readonly [pattern: RegExp, words: (...parts: readonly string[]) => Words]

const END: Words = { fr: 'il manque quelque chose à la fin', en: 'something is missing at the end' }
const TELLINGS: readonly Telling[] = [
  [/^Unexpected token: EOF$/u, () => END],
  [/^Unexpected (?:token|character): (.+)$/u, (sign) => ({ fr: `« ${sign} » est inattendu ici`, en: `“${sign}” is unexpected here` })],
  [/^Unterminated string$/u, () => ({ fr: 'un guillemet n’est pas refermé', en: 'a quote is not closed' })],
  [
    /^no such overload: (.+)$/u,
    (types) => ({ fr: `ces valeurs ne vont pas ensemble : ${types}`, en: `these values do not go together: ${types}` }),
  ],
  [
    /^found no matching overload for '(.+)'$/u,
    (call) => ({
      fr: `cette fonction n’existe pas, ou pas pour ces valeurs : ${call}`,
      en: `there is no such function, or not for these values: ${call}`,
    }),
  ],
  [
    /must have the same type, (?:got|expected type) '(.+)' (?:and|but found) '(.+)'$/u,
    (one, other) => ({ fr: `des valeurs de même sorte, pas ${one} et ${other}`, en: `values of one kind, not ${one} and ${other}` }),
  ],
]

export const wordsOfLibrary = (summary: string): Words => {
  for (const [pattern, words] of TELLINGS) {
    const found = pattern.exec(summary)
    if (found) return words(...found.slice(1))
  }
  return { fr: 'cette expression ne se lit pas', en: summary }
}
