/** What a provider's refusal means to the chain. Details carry codes only: a provider may echo the prompt or the key in its words. */
import { z } from 'zod'
import type { EngineFailure } from '../../core/engine.ts'
import { retryAfterMs } from '../../core/retry-after.ts'

const callError = z.looseObject({
  statusCode: z.number().optional(),
  responseHeaders: z.record(z.string(), z.string()).optional(),
  responseBody: z.string().optional(),
})

const TOO_LONG = /context_length_exceeded|maximum context|too many tokens|context window|prompt is too long|token count .* exceeds/i

const classOf = (status: number, body: string): EngineFailure['class'] => {
  if (status === 401 || status === 403) return 'credentials'
  if (status === 402 || status === 429 || status === 529 || status === 503) return 'overloaded'
  if (status === 408 || status === 504) return 'timeout'
  if (status === 413 || (status === 400 && TOO_LONG.test(body))) return 'too-long'
  if (status >= 500) return 'broken'
  // 2xx that could not be read is the provider's fault; every other status is the request's.
  return status < 300 ? 'broken' : 'invalid'
}

export type Refusal = { readonly status: number; readonly body: string; readonly headers: Readonly<Record<string, string>> }
/** What a provider says of a refusal in its own dialect: its class and when to come back, as far as it tells. */
export type ReadRefusal = (refusal: Refusal) => Partial<Pick<EngineFailure, 'class' | 'afterMs'>>

/** What was paid for is used up: only a person mends that, so nobody asks again for a while. */
export const EXHAUSTED = { class: 'overloaded', afterMs: 600_000 } as const

/** The line went dead after the provider had begun to answer. */
const isTorn = (error: unknown, status = 0): boolean =>
  error instanceof Error &&
  (error.name === 'AI_InvalidResponseDataError' || (status >= 200 && status < 300 && error.cause instanceof TypeError))

/** Reads whatever was thrown or reported. `begun`: words of the answer had come already, so that a fault of the line is a cut. */
export const failureOf = (error: unknown, begun: boolean, now: number, readRefusal: ReadRefusal = () => ({})): EngineFailure => {
  const call = callError.safeParse(error)
  const status = call.success ? call.data.statusCode : undefined
  if (begun || isTorn(error, status)) return { class: 'cut', detail: 'the answer broke off in its middle' }
  if (!call.success || status === undefined) return { class: 'broken', detail: 'no connection, or no readable answer' }
  const body = call.data.responseBody ?? ''
  const headers = call.data.responseHeaders ?? {}
  const own = readRefusal({ status, body, headers })
  const kind = own.class ?? classOf(status, body)
  const afterMs = own.afterMs ?? retryAfterMs(headers['retry-after'], now)
  return { class: kind, detail: `HTTP ${status}`, ...(afterMs === undefined ? {} : { afterMs }) }
}
