import { describe, expect, it } from 'vitest'
import { makeVirtualClock } from '../clocks.ts'
import { makeBench } from './fixture.ts'

const hour = 3_600_000
const text = { type: 'text', text: { body: 'a' } }
const update = {
  type: 'template',
  template: {
    name: 'named',
    language: { code: 'fr' },
    components: [{ type: 'body', parameters: [{ type: 'text', parameter_name: 'prenom', text: 'x' }] }],
  },
}

describe('the service window', () => {
  it('is open for 24 hours from the last message of the customer, and then fails with 131047', async () => {
    const { simulator, send, clock } = makeBench()
    const user = simulator.user({ phone: '+33699000001', name: 'Camille' })
    await send(text)
    user.sendText('Bonjour')
    await clock.advance(24 * hour - 1)
    await send(text)
    await clock.advance(1)
    await send(text)
    user.react('wamid.any', '👍')
    await send(text)
    await clock.advance(1000)
    expect(simulator.ledger.sends.map((one) => one.failed)).toEqual([131047, null, 131047, null])
    expect(simulator.ledger.sends.map((one) => one.status)).toEqual([200, 200, 200, 200])
  })

  it('lets templates through when it is closed', async () => {
    const { simulator, send, clock } = makeBench()
    simulator.user({ phone: '+33699000001', name: 'Camille' })
    await send(update)
    await clock.advance(1000)
    expect(simulator.ledger.shown()).toHaveLength(1)
  })
})

describe('the free entry point', () => {
  it('lasts 72 hours from the answer to an ad, names the conversation, and does not open the service window', async () => {
    const { simulator, send, clock, statuses } = makeBench()
    const user = simulator.user({ phone: '+33699000001', name: 'Camille' })
    user.sendFromAd('Lisbonne ?')
    await clock.advance(hour)
    await send(text)
    await clock.advance(1000)
    expect(statuses()[0]).toMatchObject({
      pricing: { billable: false, pricing_model: 'PMP', type: 'free_entry_point', category: 'referral_conversion' },
      conversation: {
        origin: { type: 'referral_conversion' },
        expiration_timestamp: String((Date.UTC(2026, 10, 22, 10) + 72 * hour) / 1000),
      },
    })
    await clock.advance(30 * hour)
    await send(text)
    await send(update)
    await clock.advance(1000)
    expect(simulator.ledger.sends.map((one) => one.failed)).toEqual([null, 131047, null])
    expect(statuses().at(-1)).toMatchObject({ pricing: { type: 'free_entry_point' } })
    await clock.advance(42 * hour)
    await send(update)
    await clock.advance(1000)
    expect(statuses().at(-1)).toMatchObject({ pricing: { type: 'regular', category: 'utility', billable: true } })
    expect(statuses().at(-1)).not.toHaveProperty('conversation')
  })

  it('does not open when the answer comes a day late', async () => {
    const { simulator, send, clock, statuses } = makeBench()
    simulator.user({ phone: '+33699000001', name: 'Camille' }).sendFromAd('Lisbonne ?')
    await clock.advance(24 * hour)
    await send(update)
    await clock.advance(1000)
    expect(statuses()[0]).toMatchObject({ pricing: { type: 'regular' } })
  })
})

describe('pricing', () => {
  it.each([
    [Date.UTC(2026, 8, 30, 23, 59, 50), 'free_customer_service', false],
    [Date.UTC(2026, 9, 1, 0, 0, 0), 'regular', true],
  ])('of service and of utility in the window on %i is %s', async (at, type, billable) => {
    const clock = makeVirtualClock(at)
    const { simulator, send, statuses } = makeBench({ clock })
    simulator.user({ phone: '+33699000001', name: 'Camille' }).sendText('Bonjour')
    await send(text)
    await send(update)
    await clock.advance(200)
    const sent = statuses().filter((one) => one.status === 'sent')
    expect(sent.map((one) => one.pricing)).toEqual([
      { billable, pricing_model: 'PMP', type, category: 'service' },
      { billable, pricing_model: 'PMP', type, category: 'utility' },
    ])
  })
})

describe('the pair limit', () => {
  const count = async (pairRule: 'bucket' | 'strict', waits: readonly number[]) => {
    const { simulator, send, clock } = makeBench({ pairRule, throughput: 1000 })
    simulator.user({ phone: '+33699000001', name: 'Camille' }).sendText('Bonjour')
    const codes: (number | undefined)[] = []
    for (const wait of waits) {
      await clock.advance(wait)
      codes.push((await send(text)).json.error?.code)
    }
    return codes
  }
  const atOnce = (times: number) => Array.from({ length: times }, () => 0)

  it('takes 45 at once, refuses the 46th with 131056, and gives one back every 6 seconds', async () => {
    const codes = await count('bucket', [...atOnce(46), 5_999, 1, 0])
    expect(codes.slice(0, 45)).toEqual(atOnce(45).map(() => undefined))
    expect(codes.slice(45)).toEqual([131056, 131056, undefined, 131056])
  })

  it('read strictly, repays a burst of 20 with two minutes of silence', async () => {
    const codes = await count('strict', [...atOnce(20), 6_000, 113_999, 1])
    expect(codes.slice(20)).toEqual([131056, 131056, undefined])
  })

  it('is each person’s own', async () => {
    const { simulator, send } = makeBench({ throughput: 1000 })
    for (const phone of ['+33699000001', '+33699000002']) simulator.user({ phone, name: phone }).sendText('Bonjour')
    for (let n = 0; n < 45; n += 1) await send(text)
    expect((await send({ ...text, to: '+33699000002' })).status).toBe(200)
  })
})

describe('the throughput', () => {
  it('refuses with 130429 what exceeds it within a second, in and out together', async () => {
    const { simulator, send, clock } = makeBench({ throughput: 3 })
    const user = simulator.user({ phone: '+33699000001', name: 'Camille' })
    user.sendText('Bonjour')
    const codes = []
    for (let n = 0; n < 3; n += 1) codes.push((await send(text)).json.error?.code)
    expect(codes).toEqual([undefined, undefined, 130429])
    await clock.advance(1000)
    simulator.throughput = 1000
    expect((await send(text)).status).toBe(200)
  })
})
