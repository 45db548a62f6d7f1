import { expect, it } from 'vitest'
import { addressBelow } from './public-url.ts'

it('keeps the path below which the house stands', () => {
  expect(addressBelow('https://a.example', 'webhooks/w')).toBe('https://a.example/webhooks/w')
  expect(addressBelow('https://a.example/relais', 'webhooks/w')).toBe('https://a.example/relais/webhooks/w')
  expect(addressBelow('https://a.example/relais/', 'l/x')).toBe('https://a.example/relais/l/x')
})
