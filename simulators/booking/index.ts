import { type Answer, answerRequests, type Call, type Clock, type Handler, json, pause } from '../wire.ts'
import { type Booking, bookings, labels, shown } from './bookings.ts'

export type { Booking } from './bookings.ts'

const DAY = 86_400_000
const CONFIRMED = { status: 'confirmed', statusLabel: labels.confirmed } as const

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
  /** The traveller's own booking, confirmed now; one is made for who has none. */
  confirm(traveller: string): Booking
  reset(): void
}

const wordsIn = (name: string): readonly string[] =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)

/** By the last word of their name at least. */
const names = (given: string, { traveller }: Booking): boolean => wordsIn(given).includes(wordsIn(traveller).at(-1) ?? '')

/** The agency's booking system: `GET /bookings/:reference` as JSON, 404 when there is none, or none of the `traveller` asked for. */
export function createBookingSimulator({ clock }: { clock: Clock }): BookingSimulator {
  const kept = new Map<string, Booking>()
  const ledger: { at: number; reference: string; status: number | null }[] = []
  let planned: { kind: BookingFault; ms: number }[] = []

  const find = (call: Call): Answer => {
    const reference = /^\/bookings\/([A-Za-z]{2}\d{6})$/.exec(call.path)?.[1]?.toUpperCase()
    if (call.method !== 'GET') return json(405, { error: 'method not allowed' })
    const booking = reference === undefined ? undefined : kept.get(reference)
    const traveller = call.query.get('traveller')
    const asked = booking && (traveller === null || names(traveller, booking)) ? booking : undefined
    return asked ? json(200, shown(asked)) : json(404, { error: 'unknown booking' })
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

  /** The same one for the same name, whatever was asked before. */
  const makeFor = (traveller: string): Booking => {
    const number = [...traveller].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 100_000, 7)
    const dayIn = (days: number) => new Date(clock.now() + days * DAY).toISOString().slice(0, 10)
    const [departure, back] = [dayIn(62), dayIn(66)]
    const there = { destination: 'Porto', hotel: 'Hotel Infante Sagres', balanceDue: 690 }
    return { reference: `VL3${String(number).padStart(5, '0')}`, traveller, departure, return: back, ...there, ...CONFIRMED }
  }

  const confirm = (traveller: string): Booking => {
    const own = [...kept.values()].find((one) => one.traveller === traveller) ?? makeFor(traveller)
    const confirmed: Booking = { ...own, ...CONFIRMED }
    kept.set(confirmed.reference, confirmed)
    return confirmed
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
    confirm,
    reset,
  }
}
