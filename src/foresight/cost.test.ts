import { describe, expect, it } from 'vitest'
import { charged } from '../../tests/support/charged.ts'
import { asId, type ChannelId, type EngineId } from '../core/ids.ts'
import type { ChargedGroup, ThoughtGroup } from '../core/recorded.ts'
import { addUpMonth } from './cost.ts'
import { summariseCost } from './cost-summary.ts'

const thought = (change: Partial<ThoughtGroup> = {}): ThoughtGroup => ({
  day: '2026-11-03',
  engine: asId<EngineId>('main'),
  currency: 'EUR',
  amount: '0.000123',
  calls: 10,
  unpriced: 0,
  inputTokens: 5_000,
  outputTokens: 700,
  ...change,
})
const add = (charged: readonly ChargedGroup[], thoughts: readonly ThoughtGroup[] = [], today = '2026-11-22') =>
  addUpMonth({ month: '2026-11', charged, thoughts, today })
const regular = (category: string, billable = true) => ({ category, type: billable ? 'regular' : 'free_customer_service', billable })

it('adds up by category, country, channel and journey, in whole millionths', () => {
  const report = add([
    charged({ count: 3 }),
    charged({ count: 7, country: 'DE', amount: '0.0456' }),
    charged({ author: 'engine:main', count: 1 }),
  ])
  expect(report.sums).toEqual([{ currency: 'EUR', amount: 0.4184 }])
  expect(report.countries.map(({ name, sums }) => [name, sums[0]?.amount])).toEqual([
    ['DE', 0.3192],
    ['FR', 0.0992],
  ])
  expect(report.journeys.map(({ name, messages }) => [name, messages])).toEqual([
    ['menu', 10],
    ['engine', 1],
  ])
})

it('an unknown price is in no sum, and counted', () => {
  const report = add([charged(), charged({ amount: null, currency: null, country: 'IT', count: 40 })])
  expect(report).toMatchObject({ sums: [{ currency: 'EUR', amount: 2.48 }], unknown: 40, messages: 140 })
  expect(report.countries.find(({ name }) => name === 'IT')).toEqual({ name: 'IT', messages: 40, free: 0, unknown: 40, sums: [] })
})

it('the first thousand of a month are free, even where nobody knows the price, on each channel', () => {
  const unknown = { amount: null, currency: null, country: 'IT', free: 1_000 } as const
  const report = add([
    charged({ ...unknown, count: 700, day: '2026-11-01' }),
    charged({ free: 1_000, count: 400, day: '2026-11-02' }),
    charged({ ...unknown, count: 5, day: '2026-11-03' }),
    charged({ free: 1_000, count: 10, channel: asId<ChannelId>('second') }),
  ])
  expect(report).toMatchObject({ free: 1_010, unknown: 5, sums: [{ currency: 'EUR', amount: 2.48 }] })
  expect(report.allowances).toEqual([
    { channel: 'whatsapp', free: 1_000, used: 1_000 },
    { channel: 'second', free: 1_000, used: 10 },
  ])
})

it('what a receipt calls free uses up the month’s allowance, and differs from what was foreseen only beyond it', () => {
  const report = add([
    charged({ free: 1_000, seen: regular('service', false), count: 900, day: '2026-11-01' }),
    charged({ free: 1_000, count: 300, day: '2026-11-02' }),
    charged({ free: 1_000, seen: regular('service', false), count: 50, day: '2026-11-03' }),
  ])
  expect(report).toMatchObject({ free: 1_050, sums: [{ currency: 'EUR', amount: 4.96 }], allowances: [{ used: 1_000 }] })
  expect(report.reconciled).toMatchObject({ agreed: 900, differences: [{ kind: 'free-though-charged', messages: 50 }] })
})

it('from a volume tier on, the charged messages of a month cost less, by price and across channels', () => {
  const tiers = [
    { from: 101, amount: 0.02 },
    { from: 201, amount: 0.01 },
  ]
  const utility = { category: 'utility', tiers } as const
  const report = add([
    charged({ ...utility, count: 80, day: '2026-11-01' }),
    charged({ ...utility, count: 20, day: '2026-11-01', seen: regular('utility', false) }),
    charged({ ...utility, count: 170, day: '2026-11-02', channel: asId<ChannelId>('second') }),
    charged({ ...utility, count: 10, day: '2026-11-02', country: 'DE', amount: '0.0456' }),
  ])
  // 100 at 0.0248, 100 at 0.02, 50 at 0.01; Germany's ten are counted apart.
  expect(report.sums).toEqual([{ currency: 'EUR', amount: 5.436 }])
  expect(report.tiers).toMatchObject([
    { category: 'utility', messages: 250, spared: { currency: 'EUR', amount: 1.22 } },
    { category: 'utility', messages: 10, spared: { currency: 'EUR', amount: 0 } },
  ])
})

it('does not mix currencies', () => {
  expect(add([charged(), charged({ currency: 'AED', amount: '0.025', country: 'BR' })]).sums).toEqual([
    { currency: 'AED', amount: 2.5 },
    { currency: 'EUR', amount: 2.48 },
  ])
})

it('what no receipt says came is not charged yet', () => {
  expect(add([charged({ delivered: false })])).toMatchObject({ messages: 0, underway: 100, sums: [] })
})

it('a receipt has the last word on whether it is charged; every difference is shown', () => {
  const report = add([
    charged({ seen: regular('service'), count: 10 }),
    charged({ seen: regular('service', false), count: 20 }),
    charged({ amount: '0', seen: regular('service'), count: 30 }),
    charged({ category: 'utility', seen: regular('marketing'), count: 40 }),
    charged({ count: 50 }),
  ])
  expect(report.reconciled).toEqual({
    told: 100,
    untold: 50,
    agreed: 10,
    differences: [
      {
        kind: 'other-category',
        category: 'utility',
        seen: 'marketing, regular',
        messages: 40,
        foreseen: [{ currency: 'EUR', amount: 0.992 }],
      },
      { kind: 'charged-though-free', category: 'service', seen: 'service, regular', messages: 30, foreseen: [] },
      {
        kind: 'free-though-charged',
        category: 'service',
        seen: 'service, free_customer_service',
        messages: 20,
        foreseen: [{ currency: 'EUR', amount: 0.496 }],
      },
    ],
  })
  expect(report).toMatchObject({ sums: [{ currency: 'EUR', amount: 1.488 }], unknown: 70, free: 20 })
})

it('engines by tokens; calls of unknown price are told', () => {
  const report = add([], [thought(), thought({ engine: asId<EngineId>('local'), currency: null, amount: '0', unpriced: 4, calls: 4 })])
  expect(report.engineSums).toEqual([{ currency: 'EUR', amount: 0.000123 }])
  expect(report.engines.map(({ engine, inputTokens, unpriced }) => [engine, inputTokens, unpriced])).toEqual([
    ['main', 5_000, 0],
    ['local', 5_000, 4],
  ])
})

it('what came after its plan had gone on was paid beside the one in its stead: it is told, and in the sums', () => {
  const { messages, sums, twice } = add([charged({ amount: '0.05' }), charged({ amount: '0.05', count: 3, late: true })])
  expect({ messages, sums, twice }).toEqual({
    messages: 103,
    sums: [{ currency: 'EUR', amount: 5.15 }],
    twice: { messages: 3, sums: [{ currency: 'EUR', amount: 0.15 }] },
  })
  expect(add([charged({})]).twice).toEqual({ messages: 0, sums: [] })
})

describe('the forecast', () => {
  const days = Array.from({ length: 21 }, (_, n) => charged({ day: `2026-11-${String(n + 1).padStart(2, '0')}`, amount: '0.01' }))

  it('goes on as the last days went', () => {
    expect(add(days).forecast).toEqual([{ currency: 'EUR', low: 30, expected: 30, high: 30, days: 21 }])
  })

  it('holds more where days differ more, and never less than is spent', () => {
    const uneven = days.map((day, n) => ({ ...day, count: n % 2 ? 0 : 200 }))
    const [forecast] = add(uneven).forecast ?? []
    expect(forecast?.low).toBeLessThan(forecast?.expected ?? 0)
    expect(forecast?.low).toBeGreaterThanOrEqual(22)
    expect(forecast?.high).toBeGreaterThan(forecast?.expected ?? 0)
  })

  it('counts the days to come in full once what is free is used up', () => {
    const free = days.map((day) => ({ ...day, free: 1_000 }))
    // 2,100 until today, 1,100 of them paid; nine days of 100 to come, all paid.
    expect(add(free).forecast).toMatchObject([{ expected: 20 }])
  })

  it('is not made of a month that is over, or of two days', () => {
    expect(add(days, [], '2026-12-03').forecast).toBeNull()
    expect(add(days.slice(19)).forecast).toBeNull()
  })

  it.each([
    ['the month is over', days, '2026-12-03'],
    ['the month has not begun', days, '2026-10-30'],
    ['the first message paid for is less than three whole days old', days.slice(19), undefined],
    ['nothing was paid before today', [], undefined],
    ['nothing was paid before today', days.map((day) => ({ ...day, amount: '0', currency: null })), undefined],
  ])('is not there because %s, and says that alone', (reason, charges, today) => {
    const report = add(charges, [], today)
    expect([report.forecast, summariseCost(report, 'en').figures[1]?.note]).toEqual([null, reason])
  })
})

it('counts the parts that long texts leave in, beside the messages', () => {
  const { messages, parts } = add([charged({ count: 10, parts: 25, amount: '0.1' }), charged({ count: 5 })])
  expect([messages, parts]).toEqual([15, 30])
})
