import { expect, test } from 'vitest'
import { parseDays, parseDuration, parseMoney, parseSpan } from './scalar.ts'

test.each([
  ['30s', 30_000],
  ['10m', 600_000],
  ['24h', 86_400_000],
  ['2 d', 172_800_000],
  ['36mo', 93_312_000_000],
  ['0m', null],
  ['20y', null],
  ['10', null],
  ['m', null],
  ['-1h', null],
  ['1.5h', null],
])('the duration “%s” is %s ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

test.each([
  ['20 EUR', { amount: 20, currency: 'EUR' }],
  ['0.50 EUR', { amount: 0.5, currency: 'EUR' }],
  ['20', null],
  ['EUR 20', null],
  ['20 eur', null],
])('the amount “%s”', (text, money) => {
  expect(parseMoney(text)).toEqual(money)
})

test.each([
  ['mon', [1]],
  ['mon-fri', [1, 2, 3, 4, 5]],
  ['sat-mon', [6, 7, 1]],
  ['lun', []],
  ['mon-tue-wed', []],
])('the days “%s”', (text, days) => {
  expect(parseDays(text)).toEqual(days)
})

test.each([
  ['09:00-18:30', { from: 540, to: 1110 }],
  ['00:00-24:00', { from: 0, to: 1440 }],
  ['18:00-09:00', null],
  ['09:60-10:00', null],
  ['23:00-25:00', null],
  ['9-18', null],
])('the hours “%s”', (text, span) => {
  expect(parseSpan(text)).toEqual(span)
})
