import { expect, it } from 'vitest'
import { NOON, stillClock } from '../../tests/support/rooms.ts'
import { asId, type EventId } from '../core/ids.ts'
import { createSettlement } from './settlement.ts'

const event = (name: string) => asId<EventId>(name)
const open = () => {
  const clock = stillClock(NOON)
  const pending = new Set([event('a'), event('b')])
  const asked: number[] = []
  const waiting = async (events: readonly EventId[]) => {
    asked.push(events.length)
    return new Set(events.filter((one) => pending.has(one)))
  }
  const settlement = createSettlement({ waiting }, clock, { everyMs: 20, withinMs: 100 })
  const beat = async (ms: number) => {
    clock.advance(ms)
    for (let n = 0; n < 10; n++) await Promise.resolve()
  }
  return { settlement, pending, asked, beat }
}

it('asks once for all who wait, and tells each when its turn is over', async () => {
  const { settlement, pending, asked, beat } = open()
  const told: string[] = []
  for (const name of ['a', 'b']) void settlement.settled(event(name)).then((handled) => told.push(`${name} ${handled}`))
  await beat(20)
  pending.delete(event('a'))
  await beat(20)
  expect([told, asked]).toEqual([['a true'], [2, 2]])
})

it('gives up in time, and asks no more', async () => {
  const { settlement, asked, beat } = open()
  const answer = settlement.settled(event('a'))
  for (let n = 0; n < 5; n++) await beat(20)
  expect(await answer).toBe(false)
  const before = asked.length
  await beat(1_000)
  expect(asked).toHaveLength(before)
})

it('looks at once when a batch of turns is over', async () => {
  const { settlement, pending, beat } = open()
  const answer = settlement.settled(event('a'))
  pending.delete(event('a'))
  settlement.look()
  await beat(0)
  expect(await answer).toBe(true)
})
