import { expect, it } from 'vitest'
import type { Inbound } from '../core/event.ts'
import { asId, type ChannelId, type VendorId } from '../core/ids.ts'
import { silentMetrics } from '../core/metrics.ts'
import type { Arrivals } from '../core/store.ts'
import { createIntake } from './intake.ts'

const channel = asId<ChannelId>('whatsapp')
const said = (text: string): Inbound => ({
  kind: 'message',
  vendorId: asId<VendorId>(text),
  at: 0,
  from: { addresses: [{ kind: 'whatsapp', value: '+33600000001' }] },
  content: { type: 'text', text },
})

it('one batch at a time, in order: beside each other, two messages of one person could change places', async () => {
  const batches: Arrivals[] = []
  const release: (() => void)[] = []
  const store = {
    append: (arrivals: Arrivals) => {
      batches.push(arrivals)
      return new Promise<void>((resolve) => release.push(resolve))
    },
  }
  const intake = createIntake({ store, now: () => 0, metrics: silentMetrics, onArrival: () => {} })
  const taken = ['a', 'b', 'c'].map((text) => intake.submit(channel, [said(text)]))
  expect(batches).toHaveLength(1)
  release[0]?.()
  await taken[0]
  expect(batches.map((batch) => batch.contacts.map((arrival) => (arrival.body as { vendorId: string }).vendorId))).toEqual([
    ['a'],
    ['b', 'c'],
  ])
  release[1]?.()
  await intake.drain()
})
