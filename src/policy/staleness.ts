/** When somebody last read the sources of each rule file, and which nobody has read for too long. */
import type { Rulebook } from './rulebook.ts'

/** Days after which the sources of a file are to be read again. */
export const STALE_DAYS = 90
const DAY_MS = 86_400_000

/** `read`: the newest day (YYYY-MM-DD) on which one of its sources was read; `days`: whole days since. */
export type FileAge = { readonly file: string; readonly read: string; readonly days: number; readonly stale: boolean }

/** Of every file that names sources, in the order of their names. A business's own rules without any are left out: it is its own source. */
export const agesOf = (rulebook: Pick<Rulebook, 'files'>, now: number): FileAge[] =>
  rulebook.files.flatMap(({ path, source }) => {
    const read = readDays(JSON.parse(source)).reduce((newest, day) => (day > newest ? day : newest), '')
    if (read === '') return []
    const days = Math.floor((now - Date.parse(read)) / DAY_MS)
    return [{ file: path, read, days, stale: days > STALE_DAYS }]
  })

const readDays = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) => (name === 'read' && typeof part === 'string' ? [part] : readDays(part)))
}

/** The newest day on which a source of these rules was read; "" where none was: how new a rulebook without a date of its own is. */
export const newestRead = (rulebook: Pick<Rulebook, 'files'>): string =>
  agesOf(rulebook, 0).reduce((newest, { read }) => (read > newest ? read : newest), '')
