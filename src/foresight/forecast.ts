/**
 * A month's end, from the days that are known. Each day to come is taken to cost what the last whole days cost on average, before what is
 * free; the range holds 8 of 10 outcomes if days vary by chance around that mean: ± 1.2816 standard deviations of a sum of that many days.
 * It knows no season and no plan: a bulk send that was never made before is not in it.
 */
import { addDays } from '../core/local-time.ts'
import { amountOf, type Micros, type Purse } from '../core/money.ts'

export type DayCost = { readonly day: string; readonly gross: Record<string, Micros>; readonly net: Record<string, Micros> }
export type Forecast = {
  readonly currency: string
  readonly low: number
  readonly expected: number
  readonly high: number
  readonly days: number
}

const HISTORY = 28
const LEAST = 3
/** The 90th percentile of the normal distribution. */
const Z = 1.2816

const lastDayOf = (month: string): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

const daysFrom = (first: string, last: string): string[] => {
  const days: string[] = []
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day)
  return days
}

/** Why there is none: the month is over or to come, or nothing was paid before today, or for the first time less than three whole days ago. */
export type NoForecast = 'over' | 'ahead' | 'too-few-days' | 'nothing-paid'

/** `basis`: by which figures the days to come go; `gross-free-left` while free messages are left, when days to come go by what was paid. */
export const forecastMonth = (
  days: readonly DayCost[],
  month: string,
  today: string,
  basis: 'gross' | 'gross-free-left',
): Forecast[] | NoForecast => {
  const end = lastDayOf(month)
  if (today > end) return 'over'
  if (!today.startsWith(month)) return 'ahead'
  const known = days.map(({ day }) => day).filter((day) => day < today)
  const [first] = known.toSorted()
  if (first === undefined) return 'nothing-paid'
  const from = addDays(today, -HISTORY) > first ? addDays(today, -HISTORY) : first
  const history = daysFrom(from, addDays(today, -1))
  if (history.length < LEAST) return 'too-few-days'
  const by = new Map(days.map((one) => [one.day, one]))
  const ahead = daysFrom(today, end)
  const currencies = [...new Set(days.flatMap(({ gross }) => Object.keys(gross)))].sort()
  return currencies.map((currency) => {
    const purseOf = (day: string): Purse => {
      const cost = by.get(day)
      return (basis === 'gross-free-left' && day.startsWith(month) ? cost?.net : cost?.gross) ?? {}
    }
    const costs = history.map((day) => purseOf(day)[currency] ?? 0)
    const mean = costs.reduce((sum, cost) => sum + cost, 0) / costs.length
    const variance = costs.reduce((sum, cost) => sum + (cost - mean) ** 2, 0) / Math.max(1, costs.length - 1)
    const spent = days.reduce((sum, { day, net }) => (day.startsWith(month) ? sum + (net[currency] ?? 0) : sum), 0)
    const todays = by.get(today)?.net[currency] ?? 0
    // Of today the rest is to come.
    const coming = Math.max(0, mean * ahead.length - todays)
    const spread = Z * Math.sqrt(variance * ahead.length)
    const [low, expected, high] = [Math.max(spent, spent + coming - spread), spent + coming, spent + coming + spread].map(Math.round)
    return { currency, low: amountOf(low ?? 0), expected: amountOf(expected ?? 0), high: amountOf(high ?? 0), days: history.length }
  })
}
