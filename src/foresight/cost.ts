/** What a month cost: by what was said, where to, by whom; what engines took; and how far receipts agree with what was foreseen. */

import { addTo, amountOf, type Micros, microsOf, type Purse } from '../core/money.ts'
import type { ChargedGroup, ThoughtGroup } from '../core/recorded.ts'
import { type DayCost, type Forecast, forecastMonth, type NoForecast } from './forecast.ts'
import { journeyOf } from './tally.ts'

export type Sum = { readonly currency: string; readonly amount: number }
export type CostShare = {
  readonly name: string
  /** Delivered. */
  readonly messages: number
  readonly sums: readonly Sum[]
  /** Charged, at a price nobody here knows: in no sum. */
  readonly unknown: number
  /** Not charged: free by their price, by the month's allowance, or by what a receipt said. */
  readonly free: number
}
export type EngineCost = {
  readonly engine: string
  readonly calls: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly sums: readonly Sum[]
  /** Calls whose price or tokens are not known. */
  readonly unpriced: number
}
/** `free-though-charged`: foreseen with a price, and the provider charges nothing. `charged-though-free`: the other way round. */
export type DifferenceKind = 'free-though-charged' | 'charged-though-free' | 'other-category'
export type Reconciled = {
  /** Delivered messages whose receipt told of the price. */
  readonly told: number
  readonly untold: number
  readonly agreed: number
  readonly differences: readonly {
    readonly kind: DifferenceKind
    readonly category: string
    readonly seen: string
    readonly messages: number
    /** What was foreseen for them. */
    readonly foreseen: readonly Sum[]
  }[]
}
export type CostReport = {
  readonly month: string
  readonly messages: number
  /** What they were charged in: more than messages where long ones leave in several. */
  readonly parts: number
  /** Sent, and no receipt says that they came: not charged yet. */
  readonly underway: number
  readonly free: number
  readonly unknown: number
  readonly sums: readonly Sum[]
  /** Delivered after their reach plan had gone on: what was paid beside what went in their stead. In the sums above. */
  readonly twice: { readonly messages: number; readonly sums: readonly Sum[] }
  readonly engineSums: readonly Sum[]
  readonly categories: readonly CostShare[]
  readonly countries: readonly CostShare[]
  readonly channels: readonly CostShare[]
  readonly journeys: readonly CostShare[]
  readonly engines: readonly EngineCost[]
  /** The month's free messages, by channel. */
  readonly allowances: readonly { readonly channel: string; readonly free: number; readonly used: number }[]
  /** What volume tiers spared, against the price below them. */
  readonly tiers: readonly { readonly category: string; readonly messages: number; readonly spared: Sum }[]
  readonly reconciled: Reconciled
  /** null where there is none; `noForecast` says why. */
  readonly forecast: readonly Forecast[] | null
  readonly noForecast: NoForecast | null
}

type Bill = { messages: number; free: number; unknown: number; purse: Record<string, Micros> }
const newBill = (): Bill => ({ messages: 0, free: 0, unknown: 0, purse: {} })
const sumsOf = (purse: Purse): Sum[] =>
  Object.entries(purse)
    .filter(([, micros]) => micros !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, micros]) => ({ currency, amount: amountOf(micros) }))

class Shares {
  readonly #all = new Map<string, Bill>()
  of(name: string): Bill {
    const bill = this.#all.get(name) ?? newBill()
    this.#all.set(name, bill)
    return bill
  }
  list(): CostShare[] {
    const weight = ({ purse }: Bill) => Object.values(purse).reduce((sum, micros) => sum + micros, 0)
    return [...this.#all]
      .sort(([a, x], [b, y]) => weight(y) - weight(x) || y.messages - x.messages || (a < b ? -1 : 1))
      .map(([name, { messages, free, unknown, purse }]) => ({ name, messages, free, unknown, sums: sumsOf(purse) }))
  }
}

const CATEGORIES = new Set(['marketing', 'utility', 'authentication', 'service'])

const differenceOf = ({ seen, amount, category }: ChargedGroup): DifferenceKind | null => {
  if (seen === null) return null
  if (seen.billable && CATEGORIES.has(seen.category) && seen.category !== category) return 'other-category'
  if (amount === null) return null
  if (!seen.billable && Number(amount) > 0) return 'free-though-charged'
  return seen.billable && Number(amount) === 0 ? 'charged-though-free' : null
}

/** What one message of the group costs: 0 where nothing is charged, null where nobody knows. A receipt has the last word on whether. */
const unitOf = (group: ChargedGroup, difference: DifferenceKind | null): Micros | null => {
  if (group.seen && !group.seen.billable) return 0
  if (difference === 'charged-though-free' || difference === 'other-category') return null
  return group.amount === null || (group.currency === null && Number(group.amount) > 0) ? null : microsOf(group.amount)
}

export type CostAsked = {
  /** YYYY-MM. */
  readonly month: string
  /** Of that month, and of the four weeks before it. */
  readonly charged: readonly ChargedGroup[]
  readonly thoughts: readonly ThoughtGroup[]
  /** YYYY-MM-DD in the same zone. */
  readonly today: string
}

/**
 * Adds up a month. Only what was delivered is charged; of a channel's messages with an allowance the first of the month are free, day by
 * day in the order in which they came (which of one day's are counted first nobody tells, so they are taken in the order of their names).
 */
export const addUpMonth = ({ month, charged, thoughts, today }: CostAsked): CostReport => {
  const [categories, countries, channels, journeys] = [new Shares(), new Shares(), new Shares(), new Shares()]
  const [all, twice] = [newBill(), newBill()]
  const used = new Map<string, { free: number; used: number }>()
  const days = new Map<string, DayCost>()
  const reconciling = openReconciling()
  const tiers = openTiers()
  let [underway, parts] = [0, 0]

  const dayOf = (day: string): DayCost => {
    const cost = days.get(day) ?? { day, gross: {}, net: {} }
    days.set(day, cost)
    return cost
  }
  const takeFree = ({ channel, free, count }: ChargedGroup): number => {
    if (free === null) return 0
    const allowance = used.get(channel) ?? { free, used: 0 }
    const taken = Math.min(count, Math.max(0, allowance.free - allowance.used))
    used.set(channel, { free: Math.max(free, allowance.free), used: allowance.used + taken })
    return taken
  }
  const add = (group: ChargedGroup): void => {
    const { day, count, currency } = group
    const inMonth = day.startsWith(month)
    const difference = differenceOf(group)
    const unit = unitOf(group, difference)
    if (!inMonth || !group.delivered) {
      if (unit && currency) addTo(dayOf(day).gross, currency, unit * count)
      if (inMonth) underway += count
      return
    }
    parts += group.parts
    // What a receipt calls free may be free by the month's allowance: then it was foreseen.
    const allowed = group.seen?.billable === false ? takeFree(group) : 0
    reconciling.add({ ...group, count: allowed }, null)
    reconciling.add({ ...group, count: count - allowed }, difference)
    const free = unit === 0 ? count : takeFree(group)
    const paid = count - free
    const cost = unit === null ? 0 : tiers.take(group, unit, paid)
    if (unit && currency) {
      addTo(dayOf(day).gross, currency, cost + unit * free)
      addTo(dayOf(day).net, currency, cost)
    }
    const bills = [
      all,
      categories.of(group.category),
      countries.of(group.country),
      channels.of(group.channel),
      journeys.of(journeyOf(group.author)),
      ...(group.late ? [twice] : []),
    ]
    for (const bill of bills) {
      bill.messages += count
      bill.free += free
      if (unit === null) bill.unknown += paid
      else if (unit > 0 && currency) addTo(bill.purse, currency, cost)
    }
  }
  for (const group of charged.toSorted(byDay)) add(group)

  const engines = enginesOf(thoughts, month, dayOf)
  const basis = [...used.values()].every((one) => one.used < one.free) ? 'gross-free-left' : 'gross'
  const forecast = forecastMonth([...days.values()], month, today, basis)
  return {
    month,
    messages: all.messages,
    parts,
    underway,
    free: all.free,
    unknown: all.unknown,
    sums: sumsOf(all.purse),
    twice: { messages: twice.messages, sums: sumsOf(twice.purse) },
    engineSums: sumsOf(engines.purse),
    categories: categories.list(),
    countries: countries.list(),
    channels: channels.list(),
    journeys: journeys.list(),
    engines: engines.list,
    allowances: [...used].map(([channel, one]) => ({ channel, ...one })),
    tiers: tiers.close(),
    reconciled: reconciling.close(),
    ...(typeof forecast === 'string' ? { forecast: null, noForecast: forecast } : { forecast, noForecast: null }),
  }
}

const nameOf = ({ channel, category, country, author, amount }: ChargedGroup): string =>
  [channel, category, country, author, amount].join(' ')
const byDay = (a: ChargedGroup, b: ChargedGroup): number => (a.day === b.day ? (nameOf(a) < nameOf(b) ? -1 : 1) : a.day < b.day ? -1 : 1)

/** Messages of one price and its tiers are counted together, whatever channel they left by: a platform counts by market and business. */
const openTiers = () => {
  const kept = new Map<string, { readonly category: string; readonly currency: string; messages: number; spared: Micros }>()
  return {
    /** What `count` charged messages more cost, at `unit` below all tiers. */
    take: ({ category, currency, tiers }: ChargedGroup, unit: Micros, count: number): Micros => {
      if (!tiers?.length || !currency || count === 0) return unit * count
      const key = JSON.stringify([category, currency, unit, tiers])
      const one = kept.get(key) ?? { category, currency, messages: 0, spared: 0 }
      kept.set(key, one)
      const spared = tiers.reduce((sum, { from, amount }, n) => {
        const next = tiers[n + 1]?.from ?? Number.POSITIVE_INFINITY
        const inside = Math.min(one.messages + count, next - 1) - Math.max(one.messages, from - 1)
        return inside > 0 ? sum + inside * (unit - microsOf(amount)) : sum
      }, 0)
      one.messages += count
      one.spared += spared
      return unit * count - spared
    },
    close: (): CostReport['tiers'] =>
      [...kept.values()].map(({ category, currency, messages, spared }) => ({
        category,
        messages,
        spared: { currency, amount: amountOf(spared) },
      })),
  }
}

const openReconciling = () => {
  const differences = new Map<
    string,
    { kind: DifferenceKind; category: string; seen: string; messages: number; purse: Record<string, Micros> }
  >()
  const counts = { told: 0, untold: 0, agreed: 0 }
  return {
    add: ({ seen, category, count, amount, currency }: ChargedGroup, kind: DifferenceKind | null): void => {
      if (count === 0) return
      if (seen === null) {
        counts.untold += count
        return
      }
      counts.told += count
      if (kind === null) {
        counts.agreed += count
        return
      }
      const key = `${kind} ${category} ${seen.category} ${seen.type}`
      const one = differences.get(key) ?? { kind, category, seen: `${seen.category}, ${seen.type}`, messages: 0, purse: {} }
      differences.set(key, one)
      one.messages += count
      if (amount !== null && currency) addTo(one.purse, currency, microsOf(amount) * count)
    },
    close: (): Reconciled => ({
      ...counts,
      differences: [...differences.values()]
        .map(({ purse, ...one }) => ({ ...one, foreseen: sumsOf(purse) }))
        .sort((a, b) => b.messages - a.messages),
    }),
  }
}

const enginesOf = (thoughts: readonly ThoughtGroup[], month: string, dayOf: (day: string) => DayCost) => {
  const purse: Record<string, Micros> = {}
  const byEngine = new Map<string, Omit<EngineCost, 'sums'> & { readonly purse: Record<string, Micros> }>()
  for (const { day, engine, currency, amount, calls, unpriced, inputTokens, outputTokens } of thoughts) {
    const micros = microsOf(amount)
    if (currency) addTo(dayOf(day).gross, currency, micros)
    if (!day.startsWith(month)) continue
    if (currency) {
      addTo(dayOf(day).net, currency, micros)
      addTo(purse, currency, micros)
    }
    const one = byEngine.get(engine) ?? { engine, calls: 0, inputTokens: 0, outputTokens: 0, unpriced: 0, purse: {} }
    if (currency) addTo(one.purse, currency, micros)
    byEngine.set(engine, {
      ...one,
      calls: one.calls + calls,
      unpriced: one.unpriced + unpriced,
      inputTokens: one.inputTokens + inputTokens,
      outputTokens: one.outputTokens + outputTokens,
    })
  }
  const list = [...byEngine.values()]
    .map(({ purse: own, ...one }): EngineCost => ({ ...one, sums: sumsOf(own) }))
    .sort((a, b) => b.calls - a.calls)
  return { purse, list }
}
