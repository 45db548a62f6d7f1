/** When people of the business answer: its usual hours, public holidays, and days of their own. */
import { isHoliday } from './holidays.ts'
import { addDays, dayAt, dayStart, localTime, nextLocalTime } from './local-time.ts'
import type { Hours } from './workspace.ts'

/** Longer than any closing of a business that comes back. */
const AHEAD_DAYS = 100

const clockOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const instantOf = (zone: string, date: string, minutes: number): number => nextLocalTime(dayStart(date, zone) - 1, zone, clockOf(minutes))

type Span = Hours['days'][number]

/** What is said of the very day counts before all else, the shortest run of days first; then holidays, then the week. */
const spanOn = ({ days, holidays, dates }: Hours, date: string, weekday: number): Span | undefined => {
  const length = ({ from, to }: { from: string; to: string }) => Date.parse(to) - Date.parse(from)
  const [own] = dates.filter(({ from, to }) => from <= date && date <= to).toSorted((a, b) => length(a) - length(b))
  if (own) return own.span === 'usual' ? days[weekday] : (own.span ?? undefined)
  return isHoliday(holidays, date) ? undefined : days[weekday]
}

/** Open now, and until when; or closed, and from when it is open again. null: not within a hundred days. */
export const openingAt = (hours: Hours, zone: string, at: number): { readonly open: boolean; readonly at: number } | null => {
  const today = dayAt(at, zone)
  for (let ahead = 0; ahead <= AHEAD_DAYS; ahead++) {
    const date = addDays(today, ahead)
    const day = spanOn(hours, date, localTime(dayStart(date, zone), zone).weekday)
    if (!day) continue
    const [from, to] = [instantOf(zone, date, day.from), instantOf(zone, date, day.to)]
    if (at < from) return { open: false, at: from }
    if (at < to) return { open: true, at: to }
  }
  return null
}
