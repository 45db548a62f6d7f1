import { type Answer, answerRequests, type Call, type Clock, type Handler, json, pause } from '../wire.ts'
import { type Booking, bookings, shown } from './bookings.ts'

export type { Booking } from './bookings.ts'

export type BookingFault = 'slow' | '500' | 'timeout' | 'reset' | 'html'

export interface BookingSimulator extends Handler {
  fetch(request: Request): Promise<Response>
  /** References asked for, in order, with the status answered (`null`: none). */
  readonly ledger: readonly { readonly at: number; readonly reference: string; readonly status: number | null }[]
  readonly faults: {
    /** The next `n` calls. `ms`: how slow (5,000). */
    next(n: number, kind: BookingFault, detail?: { ms?: number }): void
    clear(): void
  }
  put(booking: Booking): void
  reset(): void
}

/** The agency's booking system: `GET /bookings/:reference` as JSON, 404 when there is none. */
export function createBookingSimulator({ clock }: { clock: Clock }): BookingSimulator {
  const kept = new Map<string, Booking>()
  const ledger: { at: number; reference: string; status: number | null }[] = []
  let planned: { kind: BookingFault; ms: number }[] = []

  const find = (call: Call): Answer => {
    const reference = /^\/bookings\/([A-Za-z]{2}\d{6})$/.exec(call.path)?.[1]?.toUpperCase()
    if (call.method !== 'GET') return json(405, { error: 'method not allowed' })
    const booking = reference === undefined ? undefined : kept.get(reference)
    return booking ? json(200, shown(booking)) : json(404, { error: 'unknown booking' })
  }

  const answer = async (call: Call): Promise<Answer> => {
    const fault = planned.shift()
    if (fault?.kind === 'slow') await pause(clock, fault.ms)
    if (fault?.kind === '500') return json(500, { error: 'internal error' })
    if (fault?.kind === 'html') return { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>Maintenance</p>' }
    if (fault?.kind === 'timeout') return { broken: 'silent' }
    if (fault?.kind === 'reset') return { broken: 'reset' }
    return find(call)
  }

  const handle: Handler['handle'] = async (call) => {
    const at = clock.now()
    const given = await answer(call)
    ledger.push({ at, reference: decodeURIComponent(call.path.split('/').at(-1) ?? ''), status: 'broken' in given ? null : given.status })
    return given
  }

  const reset = () => {
    kept.clear()
    ledger.length = 0
    planned = []
    for (const booking of bookings) kept.set(booking.reference, booking)
  }
  reset()

  return {
    handle,
    fetch: answerRequests({ handle }),
    ledger,
    faults: {
      next: (n, kind, { ms = 5_000 } = {}) => void planned.push(...Array.from({ length: n }, () => ({ kind, ms }))),
      clear: () => {
        planned = []
      },
    },
    put: (booking) => void kept.set(booking.reference, booking),
    reset,
  }
}
