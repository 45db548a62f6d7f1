import { describe, expect, it } from 'vitest'
import { addDays, dayNoon, dayStart, isDay, localTime, nextLocalTime } from './local-time.ts'

const iso = (at: number) => new Date(at).toISOString()
const at = (text: string) => Date.parse(text)

describe('local time', () => {
  it.each([
    ['2026-10-01', 'UTC', '2026-10-01T00:00:00.000Z'],
    ['2026-10-01', 'Europe/Paris', '2026-09-30T22:00:00.000Z'],
    ['2026-01-15', 'America/Sao_Paulo', '2026-01-15T03:00:00.000Z'],
    // São Paulo had no midnight on this day: it began at 01:00.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  ])('%s begins in %s at %s', (day, zone, expected) => {
    expect(iso(dayStart(day, zone))).toBe(expected)
  })

  it('knows the wall at an instant', () => {
    expect(localTime(at('2026-08-02T22:30:00Z'), 'Europe/Paris')).toEqual({ hour: 0, minute: 30, weekday: 1, date: '2026-08-03' })
    expect(localTime(at('2026-08-02T12:00:00Z'), 'Asia/Kolkata')).toEqual({ hour: 17, minute: 30, weekday: 7, date: '2026-08-02' })
  })

  it.each([
    ['before it, today', '2026-06-10T05:00:00Z', '2026-06-10T06:00:00.000Z'],
    ['at it, tomorrow', '2026-06-10T06:00:00Z', '2026-06-11T06:00:00.000Z'],
    ['over the night summer time begins', '2026-03-28T20:00:00Z', '2026-03-29T06:00:00.000Z'],
    ['over the night summer time ends', '2026-10-24T20:00:00Z', '2026-10-25T07:00:00.000Z'],
  ])('finds the next 08:00 in Paris: %s', (_, now, expected) => {
    expect(iso(nextLocalTime(at(now), 'Europe/Paris', '08:00'))).toBe(expected)
  })

  it('finds 02:30 on the day that has none an hour later', () => {
    expect(iso(nextLocalTime(at('2026-03-28T23:30:00Z'), 'Europe/Paris', '02:30'))).toBe('2026-03-29T01:30:00.000Z')
  })

  it('finds noon, counts days and refuses days that do not exist', () => {
    expect(iso(dayNoon('2026-10-01', 'Europe/Paris'))).toBe('2026-10-01T10:00:00.000Z')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(isDay('2026-02-30')).toBe(false)
    expect(isDay('2026-02-28')).toBe(true)
  })
})
