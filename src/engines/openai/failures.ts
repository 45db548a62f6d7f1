/** https://developers.openai.com/api/docs/guides/error-codes (read 2026-11-22). */
import { EXHAUSTED, type ReadRefusal } from '../model/failures.ts'

/** `6m0s`, `7s`, `20ms`: how long until there is room again. */
const SPAN = /^(?:(\d+)h)?(?:(\d+)m(?!s))?(?:([\d.]+)s)?(?:(\d+)ms)?$/
const msIn = (span: string | undefined): number | undefined => {
  const [whole, h = 0, m = 0, s = 0, ms = 0] = SPAN.exec(span ?? '') ?? []
  return whole ? Number(h) * 3_600_000 + Number(m) * 60_000 + Number(s) * 1000 + Number(ms) : undefined
}

export const readRefusal: ReadRefusal = ({ status, body, headers }) => {
  if (status !== 429) return {}
  if (body.includes('"insufficient_quota"')) return EXHAUSTED
  const exact = Number(headers['retry-after-ms'])
  const spent = ['requests', 'tokens'].find((what) => headers[`x-ratelimit-remaining-${what}`] === '0')
  const afterMs = exact > 0 ? exact : msIn(headers[`x-ratelimit-reset-${spent}`])
  return afterMs === undefined ? {} : { afterMs }
}
