/** Public holidays by place: fixed days, and days counted from Easter. Places that are not here have none: their days are not kept. */
const DAY = 86_400_000

/** Easter Sunday, Gregorian (Meeus/Jones/Butcher), as days since 1970. */
const easterOf = (year: number): number => {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  return Date.UTC(year, month - 1, ((h + l - 7 * m + 114) % 31) + 1) / DAY
}

/** `fixed`: MM-DD. `easter`: days after Easter Sunday: -2 Good Friday, 1 Easter Monday, 39 Ascension, 50 Whit Monday. */
type Table = { readonly fixed: readonly string[]; readonly easter: readonly number[] }

/** Code du travail, art. L3133-1 (read 2026-11-22). */
const FRANCE: Table = {
  fixed: ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'],
  easter: [1, 39, 50],
}
const withDays = (table: Table, fixed: readonly string[], easter: readonly number[] = []): Table => ({
  fixed: [...table.fixed, ...fixed],
  easter: [...table.easter, ...easter],
})

const TABLES: Readonly<Record<string, Table>> = {
  FR: FRANCE,
  /** Alsace and Moselle: Code du travail, art. L3134-13 (read 2026-11-22). Good Friday only where there is a Protestant or mixed church. */
  'FR-AM': withDays(FRANCE, ['12-26'], [-2]),
  /** The end of slavery, overseas: Code du travail, art. L3422-2 (read 2026-11-22). */
  YT: withDays(FRANCE, ['04-27']),
  MQ: withDays(FRANCE, ['05-22']),
  GP: withDays(FRANCE, ['05-27']),
  MF: withDays(FRANCE, ['05-27']),
  GF: withDays(FRANCE, ['06-10']),
  BL: withDays(FRANCE, ['10-09']),
  RE: withDays(FRANCE, ['12-20']),
  /** Arrêté royal du 18 avril 1974, art. 1; from general knowledge. */
  BE: { fixed: ['01-01', '05-01', '07-21', '08-15', '11-01', '11-11', '12-25'], easter: [1, 39, 50] },
  /** Code du travail luxembourgeois, art. L.232-2; from general knowledge. */
  LU: { fixed: ['01-01', '05-01', '05-09', '06-23', '08-15', '11-01', '12-25', '12-26'], easter: [1, 39, 50] },
}

/** Whose days are known. */
export const HOLIDAY_PLACES: readonly string[] = Object.keys(TABLES)

/** `date` is local, YYYY-MM-DD; `place` an ISO 3166-1 code, or one of `HOLIDAY_PLACES`. */
export const isHoliday = (place: string | null, date: string): boolean => {
  const table = TABLES[place ?? '']
  if (!table) return false
  if (table.fixed.includes(date.slice(5))) return true
  const day = Date.parse(`${date}T00:00:00Z`) / DAY
  return table.easter.includes(day - easterOf(Number(date.slice(0, 4))))
}
