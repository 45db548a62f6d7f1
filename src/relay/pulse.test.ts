import { expect, it } from 'vitest'
import { asId, createIds } from '../core/ids.ts'
import type { ChannelArrival } from '../core/store.ts'
import { RECEIPTS_EVERY_MS } from './health.ts'
import { keepPulse } from './pulse.ts'

/** What is told of a channel of which a hundred messages were accepted, and nothing was heard of them. */
const toldOf = async (streams: boolean): Promise<readonly ChannelArrival['change'][]> => {
  const told: ChannelArrival['change'][] = []
  let now = 0
  const pulse = keepPulse({
    store: { channels: async () => new Map(), delivery: async () => ({ accepted: 100, told: 0 }) },
    channel: asId('site'),
    capabilities: { receipts: 'read', streams },
    now: () => now,
    ids: createIds(
      () => now,
      () => 0.5,
    ),
    tell: ({ change }) => told.push(change),
  })
  for (let n = 0; n < 3; n += 1) {
    now += RECEIPTS_EVERY_MS + 1
    await pulse.check(now)
  }
  return told
}

it('a channel whose receipts never come is cut', async () => {
  expect(await toldOf(false)).toMatchObject([{ kind: 'health', state: 'cut', reason: 'receipts-missing' }])
})

it('a page that people closed is not', async () => expect(await toldOf(true)).toEqual([]))
