/** Times, spans and money as people of a language write them. `zone` undefined: the page's, else the browser's own. */
import type { Language } from '../../src/core/language.ts'

const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const
const FIXED = '\u00a0'

let pageZone: string | undefined
/** A page that shows somebody else's time tells whose (IANA). */
export const setZone = (zone: string): void => {
  pageZone = zone
}

const formats = new Map<string, Intl.DateTimeFormat>()
const formatOf = (language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const zoned = { ...options, timeZone: options.timeZone ?? pageZone }
  const key = language + JSON.stringify(zoned)
  const known = formats.get(key) ?? new Intl.DateTimeFormat(LOCALES[language], zoned)
  formats.set(key, known)
  return known
}

/** Minutes since midnight: "14 h 05" or "14:05". */
export const clockOf = (minutes: number, language: Language): string => {
  const [hour, minute] = [Math.floor(minutes / 60), String(minutes % 60).padStart(2, '0')]
  return language === 'fr' ? `${hour}${FIXED}h${FIXED}${minute}` : `${String(hour).padStart(2, '0')}:${minute}`
}

/** Cities whose zones bear another name than the French one: Intl knows names of zones, not of their cities. */
const FRENCH_CITIES: Readonly<Record<string, string>> = {
  London: 'Londres',
  Brussels: 'Bruxelles',
  Vienna: 'Vienne',
  Lisbon: 'Lisbonne',
  Copenhagen: 'Copenhague',
  Athens: 'Athènes',
  Warsaw: 'Varsovie',
  Bucharest: 'Bucarest',
  Algiers: 'Alger',
  Reunion: 'La Réunion',
  'Sao Paulo': 'São Paulo',
  Montreal: 'Montréal',
}
/** The city a zone (IANA) is named by. */
export const cityOf = (zone: string, language: Language): string => {
  const city = (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
  return (language === 'fr' ? FRENCH_CITIES[city] : undefined) ?? city
}

/** "14 h 05" or "14:05". */
export const timeOf = (at: number, language: Language, zone?: string): string => {
  const parts = formatOf(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).formatToParts(at)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  return clockOf(part('hour') * 60 + part('minute'), language)
}

/** "dimanche 22 novembre" or "Sunday 22 November". */
export const dayOf = (at: number, language: Language, zone?: string): string =>
  formatOf(language, { weekday: 'long', day: 'numeric', month: 'long', timeZone: zone }).format(at)

/** "dim. 22 nov." or "Sun 22 Nov". */
export const shortDayOf = (at: number, language: Language, zone?: string): string =>
  formatOf(language, { weekday: 'short', day: 'numeric', month: 'short', timeZone: zone }).format(at).replace(',', '')

const dateKey = (at: number, zone?: string): string => formatOf('en', { dateStyle: 'short', timeZone: zone }).format(at)
export const isSameDay = (a: number, b: number, zone?: string): boolean => dateKey(a, zone) === dateKey(b, zone)

/** Time alone today, with its day otherwise. */
export const momentOf = (at: number, now: number, language: Language, zone?: string): string =>
  isSameDay(at, now, zone) ? timeOf(at, language, zone) : `${shortDayOf(at, language, zone)}, ${timeOf(at, language, zone)}`

/** "22 nov. 2026, 14 h 05" or "22 Nov 2026, 14:05": of what may be long ago. */
export const plainMoment = (at: number, language: Language): string =>
  `${formatOf(language, { day: 'numeric', month: 'short', year: 'numeric' }).format(at)}, ${timeOf(at, language)}`

/** A day of the rulebook, "2026-10-01": "1 octobre 2026". */
export const plainDay = (day: string, language: Language): string => {
  const at = Date.parse(`${day}T12:00:00Z`)
  if (Number.isNaN(at)) return day
  const text = formatOf(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at)
  return language === 'fr' ? text.replace(/^1 /, '1er ') : text
}

/** "23 h 41", "12 min", "40 s" or "3 j"; never less than nothing. */
export const spanOf = (ms: number, language: Language): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3600), Math.floor(seconds / 86_400)]
  const join = (...words: (string | number)[]) => words.join(FIXED)
  if (minutes < 1) return join(seconds, 's')
  if (hours < 1) return join(minutes, 'min')
  if (days < 2) {
    const rest = minutes % 60
    if (rest === 0) return join(hours, 'h')
    return language === 'fr' ? join(hours, 'h', String(rest).padStart(2, '0')) : join(hours, 'h', rest, 'min')
  }
  return join(days, language === 'fr' ? 'j' : 'd')
}

/** "1,2 Mo" or "1.2 MB", in thousands. */
export const sizeOf = (bytes: number, language: Language): string => {
  const [unit, size] =
    bytes < 1000 ? (['byte', 1] as const) : bytes < 1_000_000 ? (['kilobyte', 1000] as const) : (['megabyte', 1_000_000] as const)
  const format = {
    style: 'unit',
    unit,
    unitDisplay: size === 1 ? 'long' : 'short',
    maximumFractionDigits: bytes < 10 * size ? 1 : 0,
  } as const
  return new Intl.NumberFormat(LOCALES[language], format).format(bytes / size)
}

export const moneyOf = (amount: number, currency: string, language: Language): string =>
  new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency, maximumFractionDigits: 4 }).format(amount)

/** The rulebook's groups, in the words of src/core/telling.ts. */
const GROUPS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  EEA: { fr: 'Espace économique européen', en: 'European Economic Area' },
  FRANCE: { fr: 'France avec l’outre-mer', en: 'France with its overseas regions' },
}
/** "Italie" for "IT", a group of the rulebook by its own name; the code where the browser does not know it. */
export const countryName = (code: string, language: Language): string => {
  const group = GROUPS[code]
  if (group) return group[language]
  try {
    return new Intl.DisplayNames(LOCALES[language], { type: 'region' }).of(code) ?? code
  } catch {
    return code
  }
}
