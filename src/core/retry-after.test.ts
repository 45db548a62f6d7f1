import { expect, it } from 'vitest'
import { retryAfterMs } from './retry-after.ts'

it('reads Retry-After in seconds and as a date, and ignores the rest', () => {
  const now = Date.UTC(2026, 10, 22, 10, 0, 0)
  expect(retryAfterMs('7', now)).toBe(7000)
  expect(retryAfterMs('Sun, 22 Nov 2026 10:00:30 GMT', now)).toBe(30_000)
  for (const nothing of ['soon', '', '-5', 'Sun, 22 Nov 2026 09:59:00 GMT', null, undefined])
    expect(retryAfterMs(nothing, now)).toBeUndefined()
})
