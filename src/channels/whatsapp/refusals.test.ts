import { expect, it } from 'vitest'
import { refusalOf } from './refusals.ts'

const detailOf = (message: string, details?: string) =>
  refusalOf({ code: 131026, message, ...(details === undefined ? {} : { error_data: { details } }) }).detail

it('the platform’s words are told once, however often it says them', () => {
  expect(detailOf('Message undeliverable', 'Message undeliverable')).toBe('Message undeliverable')
  expect(detailOf('Message undeliverable', 'Not on the platform')).toBe('Message undeliverable — Not on the platform')
  expect(detailOf('Message undeliverable')).toBe('Message undeliverable')
})
