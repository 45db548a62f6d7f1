import { describe, expect, it } from 'vitest'
import { HOLIDAY_PLACES, isHoliday } from './holidays.ts'
import { openingAt } from './hours.ts'
import type { Hours } from './workspace.ts'

const PARIS = 'Europe/Paris'
const day = { from: 540, to: 1110 }
const WEEK: Hours = { days: { 1: day, 2: day, 3: day, 4: day, 5: day }, holidays: 'FR', dates: [], closed: null }
const paris = (text: string) => Date.parse(`${text}:00+01:00`)
/** "open until" or "closed until", by the wall in Paris. */
const said = (hours: Hours, at: number) => {
  const opening = openingAt(hours, PARIS, at)
  const when = opening && new Date(opening.at + 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
  return opening ? `${opening.open ? 'open' : 'closed'} until ${when}` : 'closed for good'
}

describe('opening hours', () => {
  it('follow the week', () => {
    expect(said(WEEK, paris('2026-11-20T10:00'))).toBe('open until 2026-11-20 18:30')
    expect(said(WEEK, paris('2026-11-20T19:00'))).toBe('closed until 2026-11-23 09:00')
  })

  it('skip no day where clocks leap over an hour of it', () => {
    const sundays: Hours = { ...WEEK, days: { 7: day }, holidays: null }
    expect(openingAt(sundays, PARIS, Date.parse('2026-03-28T23:30:00+01:00'))).toEqual({
      open: false,
      at: Date.parse('2026-03-29T09:00:00+02:00'),
    })
  })

  it('close on public holidays, and on two more in Alsace and Moselle', () => {
    expect(said(WEEK, paris('2026-11-11T10:00'))).toBe('closed until 2026-11-12 09:00')
    // A Saturday is closed anyway; in 2028 the 26th of December is a Tuesday.
    expect(said(WEEK, paris('2028-12-26T10:00'))).toBe('open until 2028-12-26 18:30')
    expect(said({ ...WEEK, holidays: 'FR-AM' }, paris('2028-12-26T10:00'))).toBe('closed until 2028-12-27 09:00')
  })

  it('close for days of the business’s own, over the end of a year', () => {
    const away: Hours = { ...WEEK, dates: [{ from: '2026-12-24', to: '2027-01-02', span: null }] }
    expect(said(away, paris('2026-12-23T19:00'))).toBe('closed until 2027-01-04 09:00')
  })

  it('open on one day although it is a holiday, or in the middle of a closing', () => {
    const own: Hours = {
      ...WEEK,
      dates: [
        { from: '2026-12-24', to: '2027-01-02', span: null },
        { from: '2026-12-28', to: '2026-12-28', span: { from: 600, to: 720 } },
        { from: '2026-11-11', to: '2026-11-11', span: 'usual' },
      ],
    }
    expect(said(own, paris('2026-11-11T10:00'))).toBe('open until 2026-11-11 18:30')
    expect(said(own, paris('2026-12-26T10:00'))).toBe('closed until 2026-12-28 10:00')
    expect(said(own, paris('2026-12-28T12:30'))).toBe('closed until 2027-01-04 09:00')
  })

  it('may never come back', () => {
    expect(said({ ...WEEK, days: {} }, paris('2026-11-20T10:00'))).toBe('closed for good')
    expect(said({ ...WEEK, dates: [{ from: '2026-01-01', to: '2030-01-01', span: null }] }, paris('2026-11-20T10:00'))).toBe(
      'closed for good',
    )
  })

  it('are the wall’s when summer time ends in between', () => {
    expect(said(WEEK, Date.parse('2026-10-24T12:00:00+02:00'))).toBe('closed until 2026-10-26 09:00')
  })
})

describe('public holidays', () => {
  it.each([
    ['FR', '2026-04-06', true],
    ['FR', '2026-05-14', true],
    ['FR', '2026-05-25', true],
    ['FR', '2026-04-03', false],
    ['FR-AM', '2026-04-03', true],
    ['FR', '2026-12-26', false],
    ['FR-AM', '2026-12-26', true],
    ['RE', '2026-12-20', true],
    ['RE', '2026-07-14', true],
    ['FR', '2026-12-20', false],
    ['MQ', '2026-05-22', true],
    ['BE', '2026-07-21', true],
    ['BE', '2026-07-14', false],
    ['LU', '2026-05-09', true],
    ['US', '2026-07-04', false],
    [null, '2026-01-01', false],
  ])('in %s, %s: %s', (place, date, is) => {
    expect(isHoliday(place, date)).toBe(is)
  })

  it('are known of France, its overseas places, Belgium and Luxembourg', () => {
    expect(HOLIDAY_PLACES).toEqual(['FR', 'FR-AM', 'YT', 'MQ', 'GP', 'MF', 'GF', 'BL', 'RE', 'BE', 'LU'])
  })
})
