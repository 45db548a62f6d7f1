/** Stopping while the store is away: what is in hand is given up after a while, for its attempt is written down. */
import { expect, it } from 'vitest'
import { house, OFFER } from '../../tests/support/deciding.ts'
import { stillClock } from '../../tests/support/rooms.ts'
import { RelaisError } from '../core/errors.ts'
import type { VendorId } from '../core/ids.ts'
import { silentMetrics } from '../core/metrics.ts'
import type { SendResult } from '../core/outcome.ts'
import { silentLog } from '../core/ports.ts'
import type { Store } from '../core/store.ts'
import { arrive, CHANNEL, countedIds, open, says, T0, turn, wrote } from '../store/contract/bench.ts'
import { createMemoryStore } from '../store/memory/index.ts'
import { createShared } from '../store/memory/shared.ts'
import { startDispatch } from './dispatch.ts'
import { initialState } from './state.ts'

const PRICE = { known: false, amount: null, currency: null, category: 'service', since: null, source: null, confidence: null } as const

const ACCEPTED: SendResult = { type: 'accepted', vendorId: 'wamid.1' as VendorId }

const sendOne = async (settle: (store: Store) => Store['settle'], send = () => Promise.resolve(ACCEPTED)) => {
  const clock = stillClock(T0)
  const store = createMemoryStore(createShared(), { ids: countedIds(), worker: 'w' })
  await open({ join: async () => ({ store, dieNow() {}, die: async () => {} }), dump: () => Promise.reject(), close: async () => {} })
  await arrive(store, { contacts: [wrote('+33600000001', 'hello')] })
  await turn(store, (loaded) => {
    const change = says(loaded, ['1'])
    const body = { to: { kind: 'whatsapp', value: '+33600000001' }, intent: { ...OFFER, message: 'msg_1', category: 'service' } }
    return { ...change, state: initialState('fr'), outbox: change.outbox.map((row) => ({ ...row, body })) }
  })
  const demo = await house
  const capabilities = demo.capabilities.get(CHANNEL)
  if (!capabilities) throw new Error('the demo has no WhatsApp')
  let sent = 0
  const dispatch = startDispatch({
    store: { ...store, settle: settle(store) },
    channel: CHANNEL,
    capabilities,
    open: {
      receive: () => Promise.reject(),
      send: () => {
        sent += 1
        return send()
      },
    },
    house: () => ({ ...demo, judge: () => ({ outcome: 'allow', amend: {}, until: null, rulings: [], price: PRICE }) }),
    clock,
    ids: countedIds(),
    random: () => 0,
    log: silentLog,
    metrics: silentMetrics,
    onSettled: () => {},
    onLease: () => {},
    reconcileMs: 120_000,
    tell: () => {},
  })
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 250) {
      for (let n = 0; n < 10; n++) await new Promise((resolve) => setImmediate(resolve))
      clock.advance(250)
    }
  }
  for (let n = 0; n < 40 && sent === 0; n++) await pass(250)
  let over = false
  return { pass, sent: () => sent, stop: () => void dispatch.stop().then(() => (over = true)), over: () => over }
}

it('a dispatch ends though the store never comes back', async () => {
  const house = await sendOne(() => async () => {
    throw new RelaisError('store-unavailable')
  })
  expect(house.sent()).toBe(1)
  await house.pass(2_000)
  house.stop()
  await house.pass(2_000)
  expect(house.over()).toBe(false)
  await house.pass(10_000)
  expect(house.over()).toBe(true)
})

it('a dispatch settles first where the store comes back in time', async () => {
  let away = true
  const settled: string[] = []
  const house = await sendOne((store) => async (settlements) => {
    if (away) throw new RelaisError('store-unavailable')
    settled.push(...settlements.map((one) => one.result.type))
    return store.settle(settlements)
  })
  house.stop()
  await house.pass(1_000)
  away = false
  await house.pass(1_000)
  expect([settled, house.over()]).toEqual([['accepted'], true])
})

it('a send whose connector never answers, not even when it is broken off, is unknown', async () => {
  const results: string[] = []
  const house = await sendOne(
    (store) => async (batch) => {
      results.push(...batch.map(({ result }) => result.type))
      return store.settle(batch)
    },
    () => new Promise(() => {}),
  )
  await house.pass(20_000)
  expect(results).toEqual([])
  await house.pass(6_000)
  expect(results).toEqual(['unknown'])
})
