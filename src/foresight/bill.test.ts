import { expect, it } from 'vitest'
import type { Price } from '../core/decision.ts'
import { judge, loadRulebook, situationOf } from '../policy/index.ts'
import { openBill } from './bill.ts'
import type { Side, Verdict } from './verdict.ts'

const { price: unknown } = judge(loadRulebook([]), situationOf({}), 0)
const MONTHLY = { free: 1_000, per: 'month', source: 'https://example.org' } as const
const EUR: Price = { ...unknown, known: true, amount: 0.05, currency: 'EUR' }

const side = (price: Price): Side => ({ outcome: 'allow', amend: '', price, ruling: null })
const verdict = (before: Price, after: Price): Verdict => ({
  channel: 'line',
  kind: 'chat',
  country: 'FR',
  category: 'service',
  template: '',
  before: side(before),
  after: side(after),
  gone: false,
})

it('free conversations are no free messages, though as many are free at the same price', () => {
  const bill = openBill()
  bill.add(verdict(EUR, { ...EUR, allowance: MONTHLY }), '2026-11')
  bill.add(verdict(EUR, { ...EUR, allowance: { ...MONTHLY, of: 'conversation' } }), '2026-11')
  expect(bill.close().totals).toEqual([{ currency: 'EUR', before: 0.1, after: 0.05, difference: -0.05 }])
})

it('a message of two currencies stands in both, and in no sum of them', () => {
  const bill = openBill()
  bill.add(verdict(EUR, { ...EUR, currency: 'USD' }), '2026-11')
  expect(bill.close().totals).toEqual([
    { currency: 'EUR', before: 0.05, after: 0, difference: -0.05 },
    { currency: 'USD', before: 0, after: 0.05, difference: 0.05 },
  ])
})
