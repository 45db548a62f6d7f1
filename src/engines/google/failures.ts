/**
 * https://ai.google.dev/gemini-api/docs/troubleshooting (read 2026-11-22): a wrong key is a 400, and when to come back stands in the details of
 * the body. Without it a quota is used up for longer than anybody waits.
 */
import { z } from 'zod'
import { EXHAUSTED, type ReadRefusal } from '../model/failures.ts'

const refusal = z.looseObject({
  error: z.looseObject({
    details: z.array(z.looseObject({ reason: z.string().optional(), retryDelay: z.string().optional() })).default([]),
  }),
})
const detailsIn = (body: string) => {
  try {
    return refusal.safeParse(JSON.parse(body)).data?.error.details ?? []
  } catch {
    return []
  }
}

export const readRefusal: ReadRefusal = ({ status, body }) => {
  const details = status === 400 || status === 429 ? detailsIn(body) : []
  if (status === 400) return details.some(({ reason }) => reason === 'API_KEY_INVALID') ? { class: 'credentials' } : {}
  if (status !== 429) return {}
  const seconds = details.map(({ retryDelay }) => Number.parseFloat(retryDelay ?? '')).find((one) => one >= 0)
  return seconds === undefined ? EXHAUSTED : { afterMs: seconds * 1000 }
}
