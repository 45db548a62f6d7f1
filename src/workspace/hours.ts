/** `hours` of relais.yaml: days of the week, days of the calendar, and what is said while nobody is there. */
import { z } from 'zod'
import { HOLIDAY_PLACES } from '../core/holidays.ts'
import type { Words } from '../core/language.ts'
import { isDay } from '../core/local-time.ts'
import type { Hours } from '../core/workspace.ts'
import { bothLanguages, refuse } from './field.ts'
import { parseDays, parseSpan } from './scalar.ts'

const SPAN: Words = { fr: 'des heures comme 09:00-18:30', en: 'hours such as 09:00-18:30' }
const OWN_SPAN: Words = {
  fr: 'des heures comme 09:00-18:30, «\u00a0closed\u00a0» ou «\u00a0open\u00a0» (les heures habituelles)',
  en: 'hours such as 09:00-18:30, “closed” or “open” (the usual hours)',
}
const KEY: Words = {
  fr: 'un jour ou une suite de jours\u00a0: mon, mon-fri, sat… ou des dates\u00a0: 2026-12-24, 2026-12-24..2027-01-02',
  en: 'a day or a run of days: mon, mon-fri, sat… or dates: 2026-12-24, 2026-12-24..2027-01-02',
}
const PLACE: Words = { fr: `l’un de ${HOLIDAY_PLACES.join(', ')}`, en: `one of ${HOLIDAY_PLACES.join(', ')}` }
const ONCE: Words = { fr: 'chaque jour une seule fois', en: 'each day once' }
const TEXT: Words = { fr: 'un texte', en: 'a text' }

type Date = Hours['dates'][number]

/** `2026-12-24` or `2026-12-24..2027-01-02`; null where it is none. */
const parseDates = (key: string): { readonly from: string; readonly to: string } | null => {
  const [from = '', to = from, ...rest] = key.split('..')
  return isDay(from) && isDay(to) && from <= to && rest.length === 0 ? { from, to } : null
}

const parseOwn = (text: string): Date['span'] | undefined => {
  if (text === 'closed') return null
  return text === 'open' ? 'usual' : (parseSpan(text) ?? undefined)
}

export const hours = z
  .record(z.string(), z.union([z.string(), bothLanguages]))
  .transform((entries, context): Hours => {
    const days: Record<number, Hours['days'][number]> = {}
    const dates: Date[] = []
    const wrong = (key: string, form: Words, value: unknown = entries[key]) => refuse(context, value, form, [key])
    const { holidays = null, closed = null, ...rest } = entries
    if (holidays !== null && !(typeof holidays === 'string' && HOLIDAY_PLACES.includes(holidays))) wrong('holidays', PLACE)
    for (const [key, text] of Object.entries(rest)) {
      if (typeof text !== 'string') {
        wrong(key, TEXT)
        continue
      }
      const range = parseDates(key)
      if (range) {
        const span = parseOwn(text)
        if (span === undefined) wrong(key, OWN_SPAN)
        else dates.push({ ...range, span })
        continue
      }
      const span = parseSpan(text)
      const named = parseDays(key)
      if (span === null) wrong(key, SPAN)
      if (named.length === 0) wrong(key, KEY, key)
      for (const day of named) {
        if (days[day] !== undefined) wrong(key, ONCE, key)
        if (span !== null) days[day] = span
      }
    }
    const said = typeof closed === 'string' ? { fr: closed, en: closed } : closed
    return { days, holidays: typeof holidays === 'string' ? holidays : null, dates, closed: said }
  })
  .describe(
    'When people answer: `mon-fri: 09:00-18:30`, `sat: 10:00-17:00`; `holidays: FR` closes on that place’s public holidays (`FR-AM`: Alsace and Moselle); a date or a run of dates is `closed`, `open` (its usual hours, though it is a holiday) or has hours of its own: `2026-12-24..2027-01-02: closed`; `closed: { fr: …, en: … }` is said when nobody is there, with `{{back}}` for when somebody is.',
  )
