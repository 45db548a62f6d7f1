/** What both sides of a question cost: only messages whose price is known on both are compared, the rest are counted. */
import type { Price } from '../core/decision.ts'
import { addTo, amountOf, type Micros, microsOf } from '../core/money.ts'
import { leaves, type Side, type Verdict } from './verdict.ts'

export type CostLine = {
  readonly category: string
  readonly currency: string
  readonly before: number
  readonly after: number
  readonly difference: number
}
export type CostChange = {
  readonly lines: readonly CostLine[]
  /** By currency; several are never added up. */
  readonly totals: readonly { readonly currency: string; readonly before: number; readonly after: number; readonly difference: number }[]
  /** Messages whose price is not known on one side or both: left out of every sum. */
  readonly unknown: number
  /** Messages that would go another way: what they cost there is not in these sums. */
  readonly elsewhere: number
}

type Alike = {
  readonly channel: string
  readonly category: string
  readonly before: Side
  readonly after: Side
  readonly months: Map<string, number>
}

export type Bill = { readonly add: (verdict: Verdict, month: string) => void; readonly close: () => CostChange }

const priceKey = ({ known, amount, currency, allowance }: Price): string =>
  `${known} ${amount} ${currency} ${allowance?.free ?? ''} ${allowance?.of ?? ''}`
const keyOf = ({ channel, category, before, after }: Verdict): string =>
  `${channel} ${category} ${leaves(before)} ${priceKey(before.price)} ${after.outcome} ${priceKey(after.price)}`

/**
 * Free messages are given by channel and month to all who may have them alike, for nobody tells which of them the platform counts first:
 * of 4,000 messages with 1,000 free, each costs three quarters of its price.
 */
export const openBill = (): Bill => {
  const kept = new Map<string, Alike>()
  const byVerdict = new Map<Verdict, Alike>()
  const alikeOf = (verdict: Verdict): Alike => {
    const known = byVerdict.get(verdict)
    if (known) return known
    const key = keyOf(verdict)
    const { channel, category, before, after } = verdict
    const alike = kept.get(key) ?? { channel, category, before, after, months: new Map() }
    kept.set(key, alike)
    byVerdict.set(verdict, alike)
    return alike
  }
  return {
    add: (verdict, month) => {
      const { months } = alikeOf(verdict)
      months.set(month, (months.get(month) ?? 0) + 1)
    },
    close: () => closeBill([...kept.values()]),
  }
}

const SIDES = ['before', 'after'] as const
type Which = (typeof SIDES)[number]

const claimsFree = (side: Side): number | null => {
  const { allowance } = side.price
  // Free conversations are not free messages: nobody here counts them.
  return leaves(side) && allowance && allowance.of === undefined ? allowance.free : null
}

/** The share of messages with an allowance that is paid for, by side, channel and month. */
const paidShares = (all: readonly Alike[]): ((which: Which, alike: Alike, month: string) => { paid: number; of: number }) => {
  const claims = new Map<string, { count: number; free: number }>()
  const key = (which: Which, channel: string, month: string) => `${which} ${channel} ${month}`
  for (const alike of all)
    for (const which of SIDES) {
      const free = claimsFree(alike[which])
      if (free === null) continue
      for (const [month, count] of alike.months) {
        const claim = claims.get(key(which, alike.channel, month)) ?? { count: 0, free: 0 }
        claims.set(key(which, alike.channel, month), { count: claim.count + count, free: Math.max(claim.free, free) })
      }
    }
  return (which, alike, month) => {
    const claim = claimsFree(alike[which]) === null ? undefined : claims.get(key(which, alike.channel, month))
    return claim ? { paid: Math.max(0, claim.count - claim.free), of: claim.count } : { paid: 1, of: 1 }
  }
}

/** Millionths for `count` messages; null where nobody knows. What does not leave costs nothing, here. */
const costOf = (side: Side, count: number, { paid, of }: { paid: number; of: number }): Micros | null => {
  if (!leaves(side) || paid === 0) return 0
  const { known, amount, currency } = side.price
  return known && amount !== null && (currency !== null || amount === 0) ? Math.round((microsOf(amount) * count * paid) / of) : null
}

const closeBill = (all: readonly Alike[]): CostChange => {
  const share = paidShares(all)
  const sums = new Map<string, { before: Record<string, Micros>; after: Record<string, Micros> }>()
  let unknown = 0
  let elsewhere = 0
  for (const alike of all)
    for (const [month, count] of alike.months) {
      if (leaves(alike.before) && alike.after.outcome === 'reroute') elsewhere += count
      const before = costOf(alike.before, count, share('before', alike, month))
      const after = costOf(alike.after, count, share('after', alike, month))
      if (before === null || after === null) {
        unknown += count
        continue
      }
      const sum = sums.get(alike.category) ?? { before: {}, after: {} }
      sums.set(alike.category, sum)
      // Nothing is nothing in every currency.
      if (before) addTo(sum.before, alike.before.price.currency ?? '', before)
      if (after) addTo(sum.after, alike.after.price.currency ?? '', after)
    }
  const lines = [...sums].flatMap(([category, sum]) =>
    [...new Set([...Object.keys(sum.before), ...Object.keys(sum.after)])].map((currency) => ({
      category,
      currency,
      ...compared(sum.before[currency] ?? 0, sum.after[currency] ?? 0),
    })),
  )
  return { lines: lines.sort(byName), totals: totalsOf(sums.values()), unknown, elsewhere }
}

const byName = (a: CostLine, b: CostLine): number =>
  a.category === b.category ? (a.currency < b.currency ? -1 : 1) : a.category < b.category ? -1 : 1
const compared = (before: Micros, after: Micros) => ({
  before: amountOf(before),
  after: amountOf(after),
  difference: amountOf(after - before),
})

const totalsOf = (sums: Iterable<{ before: Record<string, Micros>; after: Record<string, Micros> }>): CostChange['totals'] => {
  const before: Record<string, Micros> = {}
  const after: Record<string, Micros> = {}
  for (const sum of sums) {
    for (const [currency, micros] of Object.entries(sum.before)) addTo(before, currency, micros)
    for (const [currency, micros] of Object.entries(sum.after)) addTo(after, currency, micros)
  }
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .map((currency) => ({ currency, ...compared(before[currency] ?? 0, after[currency] ?? 0) }))
}
