/**
 * What a channel or an engine may still spend today. What was spent stands in the store, in what was recorded of each send; here it is added
 * up and kept while it is used, and read again at each new day, every few minutes, and by whoever takes over.
 */
import type { Price } from '../core/decision.ts'
import type { ContactId } from '../core/ids.ts'
import { addDays, dayAt, dayStart } from '../core/local-time.ts'
import { microsOf } from '../core/money.ts'
import type { Spent } from '../core/store.ts'
import type { Budget } from '../core/workspace.ts'

/** What was refused, and so cost nothing, comes back with the next reading. */
const FRESH_MS = 300_000
/** Situations stay alike: the wait is told in quarters of an hour. */
const QUARTER_S = 900

const NO_BUDGET: Budget = { day: null, contact: null }

export type BudgetKeeper = {
  /** Reads what was spent where that is due. Call it before `wait`, and never while sends are being gated. */
  prepare(at: number): Promise<void>
  /** Seconds until there is budget again for a message of this price to this person; 0 = there is. What has no price is not counted. */
  wait(contact: ContactId, price: Pick<Price, 'amount' | 'currency'>, at: number): number
  take(contact: ContactId, price: Pick<Price, 'amount' | 'currency'>): void
  /** Somebody else may have spent meanwhile. */
  forget(): void
}

/**
 * `given`: the budget there is now; the business may change it while it is kept. `read` gives what was spent since an instant. `timezone`: the
 * business's; its midnight begins a day.
 */
export const keepBudget = (
  given: () => Budget | undefined,
  timezone: string,
  read: (since: number) => Promise<readonly Spent[]>,
): BudgetKeeper => {
  let budget: Budget = NO_BUDGET
  let day = ''
  let ends = 0
  let readAt = Number.NEGATIVE_INFINITY
  let ofAll = 0
  const ofContact = new Map<ContactId, number>()

  const add = (contact: ContactId, currency: string | null, micros: number): void => {
    // Another currency is not counted: nobody here knows its rate.
    if (budget.day?.currency === currency) ofAll += micros
    if (budget.contact?.currency === currency) ofContact.set(contact, (ofContact.get(contact) ?? 0) + micros)
  }
  const over = (limit: Budget['day'], spent: number, price: Pick<Price, 'amount' | 'currency'>): boolean =>
    limit !== null &&
    price.amount !== null &&
    price.amount > 0 &&
    price.currency === limit.currency &&
    spent + microsOf(price.amount) > microsOf(limit.amount)

  return {
    prepare: async (at) => {
      const now = given() ?? NO_BUDGET
      if (now === NO_BUDGET) {
        budget = NO_BUDGET
        return
      }
      // What was spent is counted in the budget's own currencies.
      if (now !== budget) readAt = Number.NEGATIVE_INFINITY
      const today = dayAt(at, timezone)
      if (today === day && at - readAt < FRESH_MS) return
      const since = dayStart(today, timezone)
      const spent = await read(since)
      budget = now
      day = today
      ends = dayStart(addDays(today, 1), timezone)
      readAt = at
      ofAll = 0
      ofContact.clear()
      for (const { contact, currency, amount } of spent) add(contact, currency, microsOf(amount))
    },
    wait: (contact, price, at) =>
      over(budget.day, ofAll, price) || over(budget.contact, ofContact.get(contact) ?? 0, price)
        ? Math.max(1, Math.ceil((ends - at) / 1000 / QUARTER_S)) * QUARTER_S
        : 0,
    take: (contact, { amount, currency }) => {
      if (amount !== null && amount > 0) add(contact, currency, microsOf(amount))
    },
    forget: () => {
      readAt = Number.NEGATIVE_INFINITY
    },
  }
}
