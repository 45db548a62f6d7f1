import { describe, expect, it } from 'vitest'
import { makeVirtualClock } from '../clocks.ts'
import { makeRandom } from '../random.ts'
import { makeBench, start } from './fixture.ts'

/** Three hundred messages under every kind of chance. */
async function live(seed: number): Promise<string> {
  const clock = makeVirtualClock(start)
  const random = makeRandom(seed)
  const { simulator, send } = makeBench({ clock, random })
  const users = Array.from({ length: 10 }, (_, n) => simulator.user({ phone: `+336990000${n}0`, name: `Client ${n}` }))
  for (const kind of ['500', 'accepted-500', 'truncated', 'duplicate', 'disordered', 'late', 'missing', 'mis-signed'] as const) {
    simulator.faults.chance(kind, 0.05)
  }
  for (let n = 0; n < 300; n += 1) {
    const user = users[n % users.length]
    user?.sendText(`question ${n}`)
    await send({ to: `+${user?.person.phone}`, type: 'text', text: { body: `réponse ${n}` }, biz_opaque_callback_data: `att_${n}` })
    await clock.advance(Math.floor(random() * 500))
  }
  await clock.advance(120_000)
  return JSON.stringify([simulator.ledger.sends, simulator.ledger.webhooks, simulator.ledger.untold])
}

describe('the ledger', () => {
  it('repeats exactly with the same seed and clock, and differs with another', async () => {
    const [first, second, other] = [await live(7), await live(7), await live(8)]
    expect(first.length).toBeGreaterThan(100_000)
    expect(second).toBe(first)
    expect(other).not.toBe(first)
  })

  it('names attempts that were shown twice', async () => {
    const { simulator, send, clock } = makeBench()
    simulator.user({ phone: '+33699000001', name: 'Camille' }).sendText('Bonjour')
    simulator.faults.next(1, 'accepted-500')
    for (const attempt of ['a', 'a', 'b']) await send({ type: 'text', text: { body: 'x' }, biz_opaque_callback_data: attempt })
    await clock.advance(200)
    expect(simulator.ledger.doubled()).toEqual(['a'])
    expect(simulator.ledger.shown().map((one) => [one.attempt, one.status])).toEqual([
      ['a', 500],
      ['a', 200],
      ['b', 200],
    ])
  })

  it('is empty after a reset, and nothing of before arrives any more', async () => {
    const { simulator, send, clock, heard } = makeBench()
    simulator.user({ phone: '+33699000001', name: 'Camille' }).sendText('Bonjour')
    await send({ type: 'text', text: { body: 'x' } })
    await clock.settle()
    const before = heard.length
    simulator.reset()
    await clock.advance(86_400_000)
    expect(heard).toHaveLength(before)
    expect(simulator.ledger).toMatchObject({ sends: [], webhooks: [], untold: [] })
    expect(simulator.users()).toEqual([])
    expect(clock.pending()).toBe(0)
  })
})
