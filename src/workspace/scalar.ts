/** Small values written as text: durations, money, hours. */
import type { Hours } from '../core/workspace.ts'

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, mo: 2_592_000_000, y: 31_536_000_000 } as const

/** `10m`, `24h`, `2d`, `36mo` in milliseconds (a month is 30 days, a year 365); null where it is none or over ten years. */
export const parseDuration = (text: string): number | null => {
  const found = /^(\d{1,5})\s?(s|m|h|d|w|mo|y)$/u.exec(text.trim())
  const unit = Object.entries(UNITS).find(([name]) => name === found?.[2])
  const ms = Number(found?.[1]) * (unit?.[1] ?? Number.NaN)
  return ms > 0 && ms <= 10 * UNITS.y ? ms : null
}

export type Money = { readonly amount: number; readonly currency: string }

/** `20 EUR`, `0.50 EUR`; null where it is none. */
export const parseMoney = (text: string): Money | null => {
  const found = /^(\d{1,9}(?:\.\d{1,4})?)\s?([A-Z]{3})$/u.exec(text.trim())
  return found?.[1] && found[2] ? { amount: Number(found[1]), currency: found[2] } : null
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** `mon` or `mon-fri` as days 1 to 7; `sat-mon` goes over the week's end. Empty where it is none. */
export const parseDays = (text: string): readonly number[] => {
  const [first = '', last = first, ...rest] = text.split('-')
  const [from, to] = [DAYS.indexOf(first), DAYS.indexOf(last)]
  if (from === -1 || to === -1 || rest.length > 0) return []
  const count = ((to - from + 7) % 7) + 1
  return Array.from({ length: count }, (_, index) => ((from + index) % 7) + 1)
}

/** `tue 10:00` or `10:00`: a day of the week, or any, and minutes since midnight; null where it is none. */
export const parseMoment = (text: string): { readonly weekday: number | null; readonly minute: number } | null => {
  const found = /^(?:([a-z]{3}) )?(\d{2}):(\d{2})$/u.exec(text.trim())
  const weekday = found?.[1] === undefined ? null : DAYS.indexOf(found[1]) + 1
  const [hour, minute] = [Number(found?.[2]), Number(found?.[3])]
  return found && weekday !== 0 && hour < 24 && minute < 60 ? { weekday, minute: hour * 60 + minute } : null
}

/** `09:00-18:30` in minutes since midnight; null where it is none or ends before it begins. */
export const parseSpan = (text: string): Hours['days'][number] | null => {
  const found = /^(\d{2}):(\d{2})\s?-\s?(\d{2}):(\d{2})$/u.exec(text.trim())
  if (!found) return null
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = found.slice(1).map(Number)
  const span = { from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute }
  return fromMinute < 60 && toMinute < 60 && span.from < span.to && span.to <= 1440 ? span : null
}
