/** Opening hours and public holidays of the business. */
import { dayStart, localTime, nextLocalTime } from './local-time.ts'
import type { Hours } from './workspace.ts'

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

/** France: Code du travail, art. L3133-1 (read 2026-11-22). Alsace-Moselle's two more days are not counted. */
const FR_FIXED = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25']
const FR_AFTER_EASTER = [1, 39, 50]

/** `date` is local, YYYY-MM-DD. Countries without a table have no holidays here. */
export const isHoliday = (country: string | null, date: string): boolean => {
  if (country !== 'FR') return false
  if (FR_FIXED.includes(date.slice(5))) return true
  const day = Date.parse(`${date}T00:00:00Z`) / DAY
  return FR_AFTER_EASTER.includes(day - easterOf(Number(date.slice(0, 4))))
}

const clockOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const instantOf = (zone: string, date: string, minutes: number): number => nextLocalTime(dayStart(date, zone) - 1, zone, clockOf(minutes))

/** Open now, and until when; or closed, and from when. Looks two weeks ahead; null: never open. */
export const openingAt = (hours: Hours, zone: string, at: number): { readonly open: boolean; readonly at: number } | null => {
  for (let ahead = 0; ahead < 15; ahead++) {
    const { date, weekday } = localTime(at + ahead * DAY, zone)
    const day = hours.days[weekday]
    if (!day || isHoliday(hours.holidays, date)) continue
    const [from, to] = [instantOf(zone, date, day.from), instantOf(zone, date, day.to)]
    if (at < from) return { open: false, at: from }
    if (at < to) return { open: true, at: to }
  }
  return null
}
