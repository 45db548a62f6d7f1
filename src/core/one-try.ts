/** One request, and what came of it: what is certain is called accepted, refused or postponed, everything else unknown. */
import { causeOf, isSurelyUnsent } from './certainty.ts'
import type { Refusal, SendResult } from './outcome.ts'

type Try = {
  readonly fetch: (request: Request) => Promise<Response>
  /** Made with the signal, so that ending it ends the wait. */
  readonly request: Request
  /** Where certainly no byte left. */
  readonly unreachable: (cause: string) => Refusal
  /** What a whole answer proves. */
  readonly judge: (answer: { readonly status: number; readonly headers: Headers; readonly text: string }) => SendResult
}

/** Never throws. */
export const tryOnce = async ({ fetch, request, unreachable, judge }: Try): Promise<SendResult> => {
  if (request.signal.aborted) return { type: 'postponed', refusal: unreachable('aborted-before-sending') }
  let response: Response
  try {
    response = await fetch(request)
  } catch (error) {
    const cause = causeOf(error)
    return isSurelyUnsent(error) ? { type: 'postponed', refusal: unreachable(cause) } : { type: 'unknown', cause }
  }
  try {
    return judge({ status: response.status, headers: response.headers, text: await response.text() })
  } catch (error) {
    return { type: 'unknown', cause: causeOf(error) }
  }
}
