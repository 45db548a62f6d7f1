import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { charged } from '../../../tests/support/charged.ts'
import { runCommand } from '../../../tests/support/terminal.ts'
import { asId, type EngineId } from '../../core/ids.ts'
import type { Range, Recorded } from '../../core/recorded.ts'
import { costCommand } from './cost.ts'

const NOW = Date.parse('2026-11-22T09:00:00Z')
const FOLDER = mkdtempSync(join(tmpdir(), 'relais-cost-'))

const BOOKING = { category: 'utility', author: 'journey:booking' } as const
const days = Array.from({ length: 21 }, (_, n) => `2026-11-${String(n + 1).padStart(2, '0')}`)
const groups = [
  ...days.map((day) => charged({ ...BOOKING, day })),
  charged({ ...BOOKING, day: '2026-11-05', seen: { category: 'marketing', type: 'regular', billable: true }, count: 7 }),
]
const thoughts = [
  {
    day: '2026-11-03',
    engine: asId<EngineId>('main'),
    currency: 'EUR',
    amount: '1.5',
    calls: 90,
    unpriced: 0,
    inputTokens: 9_000,
    outputTokens: 900,
  },
]

const run = async (line: string, language: 'fr' | 'en' = 'en') => {
  const asked: Range[] = []
  const recorded: Partial<Recorded> = {
    charged: async (range) => {
      asked.push(range)
      return groups
    },
    thoughts: async () => thoughts,
  }
  let closed = 0
  const command = costCommand({
    openRecords: async () => ({ recorded: recorded as Recorded, close: async () => void closed++ }),
    timezone: 'Europe/Paris',
  })
  const ran = await runCommand(command, line, { cwd: FOLDER, now: () => NOW, language })
  return { ...ran, closed, asked }
}

it('tells what a month cost, by everything that is paid for, and what it will', async () => {
  const { out, code, closed, asked } = await run('')
  expect([code, closed]).toEqual([0, 1])
  expect(asked.map(({ since, until }) => [new Date(since).toISOString(), new Date(until).toISOString()])).toEqual([
    ['2026-10-03T22:00:00.000Z', '2026-11-30T23:00:00.000Z'],
  ])
  for (const words of [
    'What November 2026 cost',
    '€53.58',
    'expected by the month’s end',
    'By category',
    'By country',
    'By channel',
    'By journey',
  ])
    expect(out).toContain(words)
  for (const words of ['Engines', '9,000', 'Reconciled with receipts', 'charged in another category (utility → marketing, regular)'])
    expect(out).toContain(words)
})

it('gives programs the same as one document', async () => {
  const told = JSON.parse((await run('--json')).out)
  expect(told).toMatchObject({
    zone: 'Europe/Paris',
    today: '2026-11-22',
    month: '2026-11',
    messages: 2_107,
    unknown: 7,
    sums: [{ currency: 'EUR', amount: 52.08 }],
    engineSums: [{ currency: 'EUR', amount: 1.5 }],
    reconciled: { told: 7, differences: [{ kind: 'other-category', messages: 7 }] },
  })
  const [{ low, expected, high }] = told.forecast
  expect(low).toBeLessThan(expected)
  expect(expected).toBeLessThan(high)
})

it('writes one page that needs nothing else, in French too', async () => {
  const { out } = await run('--out page.html', 'fr')
  expect(out).toContain('Ce que novembre 2026 a coûté')
  const page = readFileSync(join(FOLDER, 'page.html'), 'utf8')
  expect(page).toContain('Rapproché des accusés')
  expect(page).not.toMatch(/<script|<link|src="http/)
})

it('elides before a month that begins with a vowel', async () => {
  expect((await run('--month 2026-10', 'fr')).out).toContain('Ce qu’octobre 2026 a coûté')
})

it.each([
  ['--month 2026-13', '“2026-13” is not a month (2026-11)'],
  ['--month november', '“november” is not a month'],
  ['--workspace nowhere', 'nowhere has no relais.yaml that can be read'],
])('%s is wrong use, told in a line', async (line, sentence) => {
  const { code, out, err, asked } = await run(line)
  expect(err).toContain(sentence)
  expect([code, out, asked.length, err.trim().split('\n').length]).toEqual([2, '', 0, 1])
})
