/** Which engines the business wants to spend no more on today: for a customer, or at all. */
import type { ContactId, EngineId } from '../core/ids.ts'
import type { Clock } from '../core/ports.ts'
import type { Recorded } from '../core/recorded.ts'
import type { EngineSetup, Workspace } from '../core/workspace.ts'
import { type BudgetKeeper, keepBudget } from '../relay/budget.ts'

export type EngineBudgets = {
  /** What a further question of this customer may not be asked. */
  spentFor(contact: ContactId): Promise<(engine: EngineId) => boolean>
}

/**
 * Several workers ask engines at once, and each looks at the store before it asks, at most every `FRESH_MS`: what they spend in between may
 * go beyond a budget by that much. A question's cost is known once it is answered, so a budget ends with the question that used it up.
 */
const FRESH_MS = 5_000
/** What the cheapest question costs: with less than this left, there is no budget. */
const LEAST = 0.000_001

/** `budgets`: those there are now, by engine. */
export const createEngineBudgets = (
  workspace: Pick<Workspace, 'timezone'> & { readonly engines: readonly Pick<EngineSetup, 'id'>[] },
  budgets: () => Workspace['budgets'],
  recorded: Pick<Recorded, 'spentByEngines'>,
  clock: Clock,
): EngineBudgets => {
  let reading: { readonly since: number; readonly at: number; readonly rows: ReturnType<Recorded['spentByEngines']> } | null = null
  const read = (since: number): ReturnType<Recorded['spentByEngines']> => {
    const at = clock.now()
    if (reading?.since === since && at - reading.at < FRESH_MS) return reading.rows
    const rows = recorded.spentByEngines(since)
    reading = { since, at, rows }
    // The next question asks again.
    rows.catch(() => {
      reading = null
    })
    return rows
  }
  const keepers = workspace.engines.map(({ id }): { readonly id: EngineId; readonly keeper: BudgetKeeper; readAt: number } => {
    const own = async (since: number) => (await read(since)).filter(({ engine }) => engine === id)
    return { id, keeper: keepBudget(() => budgets()[id], workspace.timezone, own), readAt: Number.NEGATIVE_INFINITY }
  })
  return {
    spentFor: async (contact) => {
      const at = clock.now()
      const spent = new Set<EngineId>()
      for (const one of keepers) {
        if (at - one.readAt >= FRESH_MS) {
          one.keeper.forget()
          one.readAt = at
        }
        await one.keeper.prepare(at)
        const { day, contact: each } = budgets()[one.id] ?? { day: null, contact: null }
        const currencies = [day?.currency, each?.currency].filter((currency) => currency !== undefined)
        if (currencies.some((currency) => one.keeper.wait(contact, { amount: LEAST, currency }, at) > 0)) spent.add(one.id)
      }
      return (engine) => spent.has(engine)
    },
  }
}
