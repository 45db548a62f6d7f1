import { describe, expect, it } from 'vitest'
import type { Hours } from '../core/workspace.ts'
import { expectedTime } from './words.ts'

const day = { from: 540, to: 1110 }
const HOURS: Hours = { days: { 1: day, 2: day, 3: day, 4: day, 5: day }, holidays: 'FR', dates: [], closed: null }
const says = (hours: Hours | null, at: string, language: 'fr' | 'en' = 'fr') =>
  expectedTime({ hours, timezone: 'Europe/Paris' }, Date.parse(`${at}:00+01:00`), language).replaceAll('\u00a0', ' ')

describe('when a person answers', () => {
  it('is told by the opening hours', () => {
    expect(says(null, '2026-11-20T10:00')).toBe('')
    expect(says(HOURS, '2026-11-20T10:00')).toBe('Réponse dès que possible, aujourd’hui jusqu’à 18 h 30.')
    expect(says(HOURS, '2026-11-20T08:00')).toBe('Réponse aujourd’hui à partir de 9 h.')
    expect(says(HOURS, '2026-11-20T19:00')).toBe('Réponse lundi à partir de 9 h.')
    expect(says(HOURS, '2026-11-20T19:00', 'en')).toBe('We answer on Monday from 9:00.')
  })

  it('is told with its date where another such day comes before', () => {
    const away: Hours = { ...HOURS, dates: [{ from: '2026-12-24', to: '2027-01-02', span: null }] }
    expect(says(away, '2026-12-23T19:00')).toBe('Réponse le 4 janvier à partir de 9 h.')
    expect(says(away, '2026-12-23T19:00', 'en')).toBe('We answer on 4 January from 9:00.')
    expect(says(away, '2026-12-31T19:00')).toBe('Réponse lundi à partir de 9 h.')
  })

  it('is told in the business’s own words while nobody is there', () => {
    const own: Hours = { ...HOURS, closed: { fr: 'L’agence est fermée, nous vous lisons {{back}}.', en: 'Closed.' } }
    expect(says(own, '2026-11-20T19:00')).toBe('L’agence est fermée, nous vous lisons lundi à partir de 9 h.')
    expect(says(own, '2026-11-20T19:00', 'en')).toBe('Closed.')
    expect(says(own, '2026-11-20T10:00')).toBe('Réponse dès que possible, aujourd’hui jusqu’à 18 h 30.')
    expect(says({ ...own, days: {} }, '2026-11-20T10:00')).toBe('')
  })
})
