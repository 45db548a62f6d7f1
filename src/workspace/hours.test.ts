import { expect, it } from 'vitest'
import { hours } from './hours.ts'

const read = (entries: object) => hours.safeParse(entries)

it('hours are of the week, of days of the calendar, and have words for when nobody is there', () => {
  const { data } = read({
    'mon-fri': '09:00-18:30',
    holidays: 'FR-AM',
    '2026-12-24..2027-01-02': 'closed',
    '2026-12-28': '10:00-12:00',
    '2026-11-11': 'open',
    closed: { fr: 'Fermé, retour {{back}}.', en: 'Closed, back {{back}}.' },
  })
  expect(data).toMatchObject({
    holidays: 'FR-AM',
    dates: [
      { from: '2026-12-24', to: '2027-01-02', span: null },
      { from: '2026-12-28', to: '2026-12-28', span: { from: 600, to: 720 } },
      { from: '2026-11-11', to: '2026-11-11', span: 'usual' },
    ],
    closed: { fr: 'Fermé, retour {{back}}.' },
  })
})

it.each([
  ['a place whose holidays nobody knows', { holidays: 'US' }],
  ['a day that does not exist', { '2026-02-30': 'closed' }],
  ['a run of days that ends before it begins', { '2027-01-02..2026-12-24': 'closed' }],
  ['no hours', { '2026-12-24': 'shut' }],
  ['a day of the week that is “closed”', { mon: 'closed' }],
  ['a day twice', { mon: '09:00-10:00', 'mon-fri': '09:00-10:00' }],
])('%s is refused', (_, entries) => {
  expect(read(entries).success).toBe(false)
})
