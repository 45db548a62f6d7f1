/** Clocks on the wall: days and hours of an IANA zone, with its changes of summer time. Instants are ms since 1970; days are YYYY-MM-DD. */
import type { Situation } from './situation.ts'

const DAY_MS = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** Kept per zone: making a format costs a thousand times what using it does. */
const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(zone, format)
  return format
}

export const isZone = (zone: string): boolean => {
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}

type Wall = {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const wallAt = (at: number, zone: string): Wall => {
  const wall = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 }
  for (const { type, value } of formatOf(zone).formatToParts(at)) if (type in wall) wall[type as keyof Wall] = Number(value)
  return wall
}

/** What the wall shows, read as if it were UTC. */
const wallMs = (at: number, zone: string): number => {
  const wall = wallAt(at, zone)
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second)
}

const offsetAt = (at: number, zone: string): number => wallMs(at, zone) - Math.floor(at / 1000) * 1000

/** The first instant at which the wall shows `wall`; where summer time leaps over it, as much later as it leapt. */
const instantOf = (wall: number, zone: string): number => {
  const before = wall - offsetAt(wall - DAY_MS, zone)
  const after = wall - offsetAt(wall + DAY_MS, zone)
  const shown = [before, after].filter((at) => wallMs(at, zone) === wall)
  return shown.length > 0 ? Math.min(...shown) : before
}

const padded = (value: number, length = 2): string => String(value).padStart(length, '0')

/** Whether it is written as a day and exists: 2026-02-30 does not. */
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && addDays(text, 0) === text

/** Whether it is an instant that says its zone, as 2026-10-01T08:00:00Z does: a wall clock's hour without one could be anywhere's. */
export const isInstant = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text))

/** Midnight of a day as if in UTC. */
const dayMs = (day: string): number => Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)))

export const addDays = (day: string, days: number): string => dayAt(dayMs(day) + days * DAY_MS, 'UTC')

/** The first instant of a day in a zone. */
export const dayStart = (day: string, zone: string): number => instantOf(dayMs(day), zone)

/** Noon of a day in a zone. */
export const dayNoon = (day: string, zone: string): number => instantOf(dayMs(day) + DAY_MS / 2, zone)

export const dayAt = (at: number, zone: string): string => {
  const wall = wallAt(at, zone)
  return `${padded(wall.year, 4)}-${padded(wall.month)}-${padded(wall.day)}`
}

/** Hour, minute, day and weekday (1 = Monday) in a zone: what a situation tells of the customer's clock, but for holidays. */
export const localTime = (at: number, zone: string): Omit<Situation['local'], 'holiday'> => {
  const wall = wallAt(at, zone)
  const weekday = ((Math.floor(Date.UTC(wall.year, wall.month - 1, wall.day) / DAY_MS) + 3) % 7) + 1
  return { hour: wall.hour, minute: wall.minute, weekday, date: `${padded(wall.year, 4)}-${padded(wall.month)}-${padded(wall.day)}` }
}

/** The next instant after `at` at which the wall shows `time` ("08:00"). */
export const nextLocalTime = (at: number, zone: string, time: string): number => {
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  const today = dayMs(dayAt(at, zone))
  for (const days of [0, 1]) {
    const instant = instantOf(today + days * DAY_MS + minutes * 60_000, zone)
    if (instant > at) return instant
  }
  return instantOf(today + 2 * DAY_MS + minutes * 60_000, zone)
}
