import { describe, expect, it } from 'vitest'
import { nextCallable, readWindows, usualWindows } from './callback.ts'

const PARIS = 'Europe/Paris'
const at = (text: string) => Date.parse(text)
const weekday = [{ days: [1, 2, 3, 4, 5], from: 540, to: 720 }]

describe('consented hours', () => {
  it.each([
    ['mon-fri 09:00-12:00', [{ days: [1, 2, 3, 4, 5], from: 540, to: 720 }]],
    ['09:00-12:00', [{ days: [1, 2, 3, 4, 5], from: 540, to: 720 }]],
    ['sat 10h-12h30', [{ days: [6], from: 600, to: 750 }]],
    ['sat-mon 18:00-20:00', [{ days: [6, 7, 1], from: 1080, to: 1200 }]],
    [
      'mon 09:00-10:00, tue 14:00-15:00',
      [
        { days: [1], from: 540, to: 600 },
        { days: [2], from: 840, to: 900 },
      ],
    ],
  ])('read %s', (text, windows) => expect(readWindows(text)).toEqual(windows))

  it.each(['', 'demain', 'mon 12:00-09:00', 'xyz 09:00-10:00', 'mon-fri 09:00-25:00'])('cannot read %j', (text) =>
    expect(readWindows(text)).toBeNull(),
  )

  it('are those of the business where nobody asked', () => {
    expect(usualWindows({ days: { 1: { from: 540, to: 1110 } }, holidays: 'FR', dates: [], closed: null })).toEqual([
      { days: [1], from: 540, to: 1110 },
    ])
    expect(usualWindows(null)).toEqual([{ days: [1, 2, 3, 4, 5], from: 540, to: 1140 }])
  })
})

describe('the next instant somebody may be called', () => {
  it('is now, while a window is open, and tells when it closes', () =>
    expect(nextCallable(weekday, PARIS, at('2026-11-20T09:30:00Z'))).toEqual({
      at: at('2026-11-20T09:30:00Z'),
      until: at('2026-11-20T11:00:00Z'),
    }))

  it('is Monday morning, asked on Friday at noon', () =>
    expect(nextCallable(weekday, PARIS, at('2026-11-20T11:00:00Z'))?.at).toBe(at('2026-11-23T08:00:00Z')))

  it('goes by the person’s own clock, and by its change of summer time', () => {
    expect(nextCallable(weekday, 'America/Martinique', at('2026-11-20T09:00:00Z'))?.at).toBe(at('2026-11-20T13:00:00Z'))
    expect(nextCallable(weekday, PARIS, at('2026-10-24T12:00:00Z'))?.at).toBe(at('2026-10-26T08:00:00Z'))
  })

  it('is never, where no window is', () => expect(nextCallable([], PARIS, at('2026-11-20T09:00:00Z'))).toBeNull())
})
