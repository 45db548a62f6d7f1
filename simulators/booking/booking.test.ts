import { describe, expect, it } from 'vitest'
import { makeVirtualClock } from '../clocks.ts'
import { bookings } from './bookings.ts'
import { createBookingSimulator } from './index.ts'

function open() {
  const clock = makeVirtualClock(0)
  const simulator = createBookingSimulator({ clock })
  const get = (reference: string) => simulator.fetch(new Request(`http://bookings.test/bookings/${reference}`))
  return { clock, simulator, get }
}

describe('the booking system', () => {
  it('shows a booking, whatever the case of its reference', async () => {
    const { get } = open()
    for (const reference of ['VL204518', 'vl204518']) {
      const response = await get(reference)
      expect(response.status).toBe(200)
      expect(await response.json()).toEqual({
        reference: 'VL204518',
        traveller: 'Camille Laurent',
        destination: 'Lisbonne',
        departure: '2027-05-08',
        return: '2027-05-12',
        status: 'confirmed',
        statusLabel: { fr: 'confirmé', en: 'confirmed' },
        hotel: 'Hotel Avenida Palace',
        balanceDue: 780,
        departureLabel: { fr: 'samedi 8 mai 2027', en: 'Saturday 8 May 2027' },
        returnLabel: { fr: 'mercredi 12 mai 2027', en: 'Wednesday 12 May 2027' },
        balanceLabel: { fr: '780\u00a0€', en: '€780' },
      })
    }
  })

  it('writes days and amounts as customers read them', async () => {
    const { get, simulator } = open()
    const [booking] = bookings
    if (!booking) throw new Error('no booking')
    simulator.put({ ...booking, departure: '2027-05-01', balanceDue: 1250 })
    expect(await (await get(booking.reference)).json()).toMatchObject({
      departureLabel: { fr: 'samedi 1er mai 2027', en: 'Saturday 1 May 2027' },
      balanceLabel: { fr: '1\u202f250\u00a0€', en: '€1,250' },
    })
  })

  it('holds twelve bookings with well-formed references and dates in order', () => {
    expect(bookings).toHaveLength(12)
    for (const booking of bookings) {
      expect(booking.reference).toMatch(/^[A-Z]{2}\d{6}$/)
      expect(booking.departure < booking.return).toBe(true)
      expect(booking.status === 'pending payment').toBe(booking.statusLabel.en === 'pending payment')
    }
  })

  it('says 404 of an unknown or malformed reference', async () => {
    const { get, simulator } = open()
    expect([(await get('ZZ000000')).status, (await get('a%2Fb')).status]).toEqual([404, 404])
    expect(simulator.ledger).toMatchObject([
      { reference: 'ZZ000000', status: 404 },
      { reference: 'a/b', status: 404 },
    ])
  })

  it('shows a booking to who names its traveller, however they write it, and to nobody else who must', async () => {
    const { get } = open()
    const as = async (traveller: string) => (await get(`VL204537?traveller=${encodeURIComponent(traveller)}`)).status
    expect(await Promise.all(['Aïcha Benali', 'benali', 'Mme BENALI'].map(as))).toEqual([200, 200, 200])
    expect(await Promise.all(['', 'Aïcha', 'Camille Laurent', 'Benalix'].map(as))).toEqual([404, 404, 404, 404])
  })

  it('fails, resets and is slow when told to', async () => {
    const { get, simulator, clock } = open()
    simulator.faults.next(1, '500')
    simulator.faults.next(1, 'reset')
    simulator.faults.next(1, 'slow', { ms: 5_000 })
    expect((await get('VL204518')).status).toBe(500)
    await expect(get('VL204518')).rejects.toThrow('fetch failed')
    let status = 0
    void get('VL204518').then((response) => {
      status = response.status
    })
    await clock.advance(4_999)
    expect(status).toBe(0)
    await clock.advance(1)
    expect(status).toBe(200)
    expect((await get('VL204518')).status).toBe(200)
  })
})
