import { expect, it } from 'vitest'
import { stillClock } from '../../tests/support/rooms.ts'
import { asId, type ContactId, type EngineId } from '../core/ids.ts'
import type { Recorded } from '../core/recorded.ts'
import type { Workspace } from '../core/workspace.ts'
import { createEngineBudgets } from './engine-budgets.ts'

const NOON = Date.UTC(2026, 10, 22, 11)
const [MAIN, FAQ] = ['main', 'faq'].map((id) => asId<EngineId>(id)) as [EngineId, EngineId]
const [ANNA, BEN] = ['con_anna', 'con_ben'].map((id) => asId<ContactId>(id)) as [ContactId, ContactId]
const eur = (amount: number) => ({ amount, currency: 'EUR' })

const open = (budget: Workspace['budgets'][string]) => {
  const clock = stillClock(NOON)
  const rows: Awaited<ReturnType<Recorded['spentByEngines']>>[number][] = []
  let reads = 0
  const engines = [MAIN, FAQ].map((id) => ({ id }))
  const recorded = {
    spentByEngines: async () => {
      reads += 1
      return [...rows]
    },
  }
  const given = { main: budget }
  const budgets = createEngineBudgets({ engines, timezone: 'Europe/Paris' }, () => given, recorded, clock)
  return { clock, budgets, rows, reads: () => reads, given }
}

it('an engine is spent once its day’s budget is used up, for everybody, and no other is', async () => {
  const { budgets, rows, clock } = open({ day: eur(0.01), contact: null })
  expect((await budgets.spentFor(ANNA))(MAIN)).toBe(false)
  rows.push({ engine: MAIN, contact: ANNA, currency: 'EUR', amount: '0.01' })
  clock.advance(5_000)
  const isSpent = await budgets.spentFor(BEN)
  expect([isSpent(MAIN), isSpent(FAQ)]).toEqual([true, false])
})

it('a customer’s budget is their own', async () => {
  const { budgets, rows } = open({ day: null, contact: eur(0.01) })
  rows.push({ engine: MAIN, contact: ANNA, currency: 'EUR', amount: '0.02' })
  expect((await budgets.spentFor(ANNA))(MAIN)).toBe(true)
  expect((await budgets.spentFor(BEN))(MAIN)).toBe(false)
})

it('another currency is not counted, and the store is not asked for every question', async () => {
  const { budgets, rows, reads, clock } = open({ day: eur(0.01), contact: null })
  rows.push({ engine: MAIN, contact: ANNA, currency: 'USD', amount: '9' })
  for (let n = 0; n < 20; n++) expect((await budgets.spentFor(ANNA))(MAIN)).toBe(false)
  expect(reads()).toBe(1)
  clock.advance(5_000)
  await budgets.spentFor(ANNA)
  expect(reads()).toBe(2)
})

it('a store that could not be read is asked again by the next question', async () => {
  let down = true
  const recorded = {
    spentByEngines: async () => {
      if (down) throw new Error('down')
      return [{ engine: MAIN, contact: ANNA, currency: 'EUR', amount: '1' }]
    },
  }
  const given = { main: { day: eur(0.01), contact: null } }
  const budgets = createEngineBudgets({ engines: [{ id: MAIN }], timezone: 'Europe/Paris' }, () => given, recorded, stillClock(NOON))
  await expect(budgets.spentFor(ANNA)).rejects.toThrow('down')
  down = false
  expect((await budgets.spentFor(ANNA))(MAIN)).toBe(true)
})

it('a budget that is changed holds from the next question on', async () => {
  const { budgets, rows, given } = open({ day: eur(0.05), contact: null })
  rows.push({ engine: MAIN, contact: ANNA, currency: 'EUR', amount: '0.02' })
  expect((await budgets.spentFor(ANNA))(MAIN)).toBe(false)
  given.main = { day: eur(0.01), contact: null }
  expect((await budgets.spentFor(ANNA))(MAIN)).toBe(true)
})
