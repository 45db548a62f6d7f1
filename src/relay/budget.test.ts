import { expect, it } from 'vitest'
import { asId, type ContactId } from '../core/ids.ts'
import type { Spent } from '../core/store.ts'
import type { Budget } from '../core/workspace.ts'
import { keepBudget } from './budget.ts'

const ANNA = asId<ContactId>('con_anna')
const BEN = asId<ContactId>('con_ben')
/** Ten in the evening in Paris. */
const EVENING = Date.UTC(2026, 10, 22, 21)
const HOUR = 3_600_000
const price = (amount: number | null, currency: string | null = 'EUR') => ({ amount, currency })
const eur = (amount: number) => ({ amount, currency: 'EUR' })

const keep = async (budget: Budget, spent: readonly Spent[] = []) => {
  const reads: number[] = []
  const keeper = keepBudget(
    () => budget,
    'Europe/Paris',
    async (since) => {
      reads.push(since)
      return spent
    },
  )
  await keeper.prepare(EVENING)
  return { keeper, reads }
}

it('a message that would go beyond the day’s budget waits for midnight at the business’s place', async () => {
  const { keeper } = await keep({ day: eur(0.05), contact: null })
  for (const _ of [1, 2]) {
    expect(keeper.wait(ANNA, price(0.0248), EVENING)).toBe(0)
    keeper.take(ANNA, price(0.0248))
  }
  expect(keeper.wait(BEN, price(0.0248), EVENING)).toBe(2 * 3600)
  expect(keeper.wait(BEN, price(0.0004), EVENING)).toBe(0)
})

it('what was spent before, by whatever process, counts', async () => {
  const { keeper, reads } = await keep({ day: eur(1), contact: null }, [{ contact: ANNA, currency: 'EUR', amount: '0.9999' }])
  expect(reads).toEqual([Date.UTC(2026, 10, 21, 23)])
  expect(keeper.wait(BEN, price(0.0248), EVENING)).toBe(2 * 3600)
})

it('a customer’s own budget holds for them alone', async () => {
  const { keeper } = await keep({ day: null, contact: eur(0.5) }, [{ contact: ANNA, currency: 'EUR', amount: '0.5' }])
  expect(keeper.wait(ANNA, price(0.0248), EVENING)).toBeGreaterThan(0)
  expect(keeper.wait(BEN, price(0.0248), EVENING)).toBe(0)
})

it('a new day begins with all of it, and the store is asked again', async () => {
  const { keeper, reads } = await keep({ day: eur(0.02), contact: null })
  expect(keeper.wait(ANNA, price(0.0248), EVENING)).toBe(2 * 3600)
  await keeper.prepare(EVENING + 1)
  expect(reads).toHaveLength(1)
  await keeper.prepare(EVENING + 2 * HOUR)
  expect(reads).toEqual([Date.UTC(2026, 10, 21, 23), Date.UTC(2026, 10, 22, 23)])
})

it('what has no price, is free, or is in another currency stops nothing and counts for nothing', async () => {
  const { keeper } = await keep({ day: eur(0.01), contact: null })
  for (const other of [price(null, null), price(0), price(5, 'AED')]) {
    expect(keeper.wait(ANNA, other, EVENING)).toBe(0)
    keeper.take(ANNA, other)
  }
  expect(keeper.wait(ANNA, price(0.01), EVENING)).toBe(0)
})

it('a thousand small prices add up exactly', async () => {
  const { keeper } = await keep({ day: eur(24.8), contact: null })
  for (let n = 0; n < 1_000; n++) {
    expect(keeper.wait(ANNA, price(0.0248), EVENING)).toBe(0)
    keeper.take(ANNA, price(0.0248))
  }
  expect(keeper.wait(ANNA, price(0.000001), EVENING)).toBeGreaterThan(0)
})

it('a budget that is changed, set or taken away holds from the next look on, and counts what the day has cost so far', async () => {
  let budget: Budget | undefined
  const keeper = keepBudget(
    () => budget,
    'Europe/Paris',
    async () => [{ contact: BEN, currency: 'USD', amount: '0.03' }],
  )
  const waits = async () => {
    await keeper.prepare(EVENING)
    return keeper.wait(ANNA, price(0.02, 'USD'), EVENING) > 0
  }
  expect(await waits()).toBe(false)
  budget = { day: { amount: 0.04, currency: 'USD' }, contact: null }
  expect(await waits()).toBe(true)
  budget = { day: { amount: 0.05, currency: 'USD' }, contact: null }
  expect(await waits()).toBe(false)
  budget = { day: { amount: 0.01, currency: 'USD' }, contact: null }
  expect(await waits()).toBe(true)
  budget = undefined
  expect(await waits()).toBe(false)
})
