/** `Retry-After` in ms from `now`: seconds, or an HTTP date (RFC 9110 §10.2.3). undefined where it says nothing usable. */
export const retryAfterMs = (value: string | null | undefined, now: number): number | undefined => {
  if (value === undefined || value === null) return undefined
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined
}
