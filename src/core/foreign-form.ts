/** Reading what comes as a form (`application/x-www-form-urlencoded`), in a body or behind a question mark. Total: any text is a form. */
export type Form = ReadonlyMap<string, string>

/** What PostgreSQL and UTF-8 cannot hold becomes U+FFFD. */
const tame = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD')

/** Of a name that comes several times the last counts; empty values are left out. */
export const readForm = (source: string | URLSearchParams): Form =>
  new Map([...new URLSearchParams(source)].flatMap(([name, value]) => (value === '' ? [] : [[tame(name), tame(value)]])))
