/** Call-back requests: when somebody may be called, and what became of it. A person dials; nothing here calls. */
import type { CallbackId, ChannelId, MessageId } from './ids.ts'
import { addDays, dayAt, dayStart, localTime, nextLocalTime } from './local-time.ts'
import type { Category } from './situation.ts'
import type { Hours } from './workspace.ts'

/** Hours somebody agreed to be called at: minutes since midnight by their own clock, on days 1 (Monday) to 7. */
export type CallWindow = { readonly days: readonly number[]; readonly from: number; readonly to: number }

export const CALL_OUTCOMES = ['reached', 'done', 'no-answer', 'wrong-number', 'refused'] as const
/** `reached`: we spoke. `done`: it was settled without a call. `no-answer` goes again until the tries are over. */
export type CallOutcome = (typeof CALL_OUTCOMES)[number]

/** One request, as the call centre sees it. */
export type Callback = {
  readonly id: CallbackId
  /** The message it is: its status tells a reach plan whether the person was reached. */
  readonly message: MessageId
  readonly channel: ChannelId
  readonly number: string
  readonly windows: readonly CallWindow[]
  readonly timezone: string
  readonly category: Category
  /** What it is about, in a few words. */
  readonly topic: string
  /** The journey that was running when they asked, and its step. */
  readonly step: string | null
  /** An engine's summary of the thread, where one is planned and cleared for that. */
  readonly summary: string | null
  readonly since: number
  /** Not before: a pause after a try that nobody answered. */
  readonly from: number
  readonly tries: number
  readonly mostTries: number
  readonly state: 'waiting' | 'taken' | 'closed'
  readonly takenBy: string | null
  readonly outcome: CallOutcome | null
  readonly note: string | null
  readonly closedAt: number | null
}

const clockOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** The days ahead that are looked at: every weekday comes in them. */
const AHEAD = 8

/** The first instant from `at` on at which one of the windows is open, and when that closes; null where none ever is. */
export const nextCallable = (
  windows: readonly CallWindow[],
  zone: string,
  at: number,
): { readonly at: number; readonly until: number } | null => {
  const today = dayAt(at, zone)
  for (let ahead = 0; ahead < AHEAD; ahead++) {
    const midnight = dayStart(addDays(today, ahead), zone)
    const { weekday } = localTime(midnight, zone)
    const open = windows
      .filter(({ days }) => days.includes(weekday))
      .map(({ from, to }) => ({ at: nextLocalTime(midnight - 1, zone, clockOf(from)), until: endOf(midnight, zone, to) }))
      .filter(({ until }) => until > at)
      .sort((a, b) => a.at - b.at)[0]
    if (open) return { at: Math.max(at, open.at), until: open.until }
  }
  return null
}

const DAY_MINUTES = 1_440
const endOf = (midnight: number, zone: string, to: number): number =>
  to >= DAY_MINUTES ? dayStart(addDays(dayAt(midnight, zone), 1), zone) : nextLocalTime(midnight - 1, zone, clockOf(to))

const WEEK = [1, 2, 3, 4, 5]
/** Where nobody asked: the business's own hours, else weekdays from nine to seven. */
export const usualWindows = (hours: Hours | null): readonly CallWindow[] =>
  hours
    ? Object.entries(hours.days).map(([day, { from, to }]) => ({ days: [Number(day)], from, to }))
    : [{ days: WEEK, from: 9 * 60, to: 19 * 60 }]

const DAYS: Readonly<Record<string, number>> = { mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7 }
const SPAN = /^(?:([a-z]{3})(?:-([a-z]{3}))?\s+)?(\d{1,2})[:h](\d{2})?\s*-\s*(\d{1,2})[:h](\d{2})?$/

/** `mon-fri 09:00-12:00, sat 10:00-12:00`; no days = Monday to Friday. null where it cannot be read. */
export const readWindows = (text: string): readonly CallWindow[] | null => {
  const windows = text
    .toLowerCase()
    .split(/\s*[,;]\s*/)
    .filter(Boolean)
    .map(readWindow)
  return windows.length > 0 && windows.every((window) => window !== null) ? windows : null
}

const readWindow = (text: string): CallWindow | null => {
  const [, first, last, fromHour, fromMinute = '0', toHour, toMinute = '0'] = SPAN.exec(text.trim()) ?? []
  if (fromHour === undefined || toHour === undefined) return null
  const [from, to] = [Number(fromHour) * 60 + Number(fromMinute), Number(toHour) * 60 + Number(toMinute)]
  const days = first === undefined ? WEEK : daysFrom(DAYS[first], DAYS[last ?? first])
  return days.length > 0 && from < to && to <= DAY_MINUTES ? { days, from, to } : null
}

/** From one weekday to another, over Sunday too. */
const daysFrom = (first: number | undefined, last: number | undefined): readonly number[] => {
  if (first === undefined || last === undefined) return []
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, n) => ((first - 1 + n) % 7) + 1)
}
