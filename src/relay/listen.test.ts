import { describe, expect, it } from 'vitest'
import { makeVirtualClock } from '../../simulators/clocks.ts'
import type { Abilities } from '../core/channel.ts'
import type { Inbound } from '../core/event.ts'
import type { ChannelId, VendorId } from '../core/ids.ts'
import { silentLog } from '../core/ports.ts'
import { startListening } from './listen.ts'

const CHANNEL = 'mail' as ChannelId
const event = (id: string): Inbound => ({ kind: 'unknown', vendorId: id as VendorId, at: 0, what: 'x' })

type Listen = NonNullable<Abilities['listen']>

const begin = (listen: Listen, submit = async () => {}) => {
  const clock = makeVirtualClock(0)
  const seen = { leads: true, kept: [] as string[], heard: [] as boolean[], submitted: [] as string[] }
  const loop = startListening({
    store: {
      place: async () => seen.kept.at(-1) ?? null,
      keepPlace: async (_channel, place) => void seen.kept.push(place),
    },
    channel: CHANNEL,
    open: { listen },
    clock,
    log: silentLog,
    leads: () => seen.leads,
    submit: async (_channel, events) => {
      await submit()
      seen.submitted.push(...events.map(({ vendorId }) => vendorId))
    },
    heard: (ok) => void seen.heard.push(ok),
  })
  return { clock, seen, loop }
}
const forEver = (signal: AbortSignal) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))

describe('a channel that is listened to', () => {
  it('keeps a place only once what came before it is durable', async () => {
    let fails = true
    const places: (string | null)[] = []
    const { clock, seen, loop } = begin(
      async (from, take, signal) => {
        places.push(from)
        await take({ events: [event('a')], place: 'one' })
        await forEver(signal)
      },
      async () => {
        if (fails) throw new Error('store-unavailable')
      },
    )
    await clock.settle()
    expect([seen.kept, seen.heard]).toEqual([[], [false]])
    fails = false
    await clock.advance(2_000)
    expect([seen.submitted, seen.kept, places]).toEqual([['a'], ['one'], [null, null]])
    await loop.stop()
  })

  it('is begun again later and later while it fails, and goes on where it was', async () => {
    const begun: number[] = []
    const { clock, seen, loop } = begin(async () => {
      begun.push(clock.now())
      throw new Error('nobody there')
    })
    await clock.advance(40_000)
    expect(begun).toEqual([0, 1_000, 3_000, 7_000, 15_000, 31_000])
    expect(seen.heard).toEqual(begun.map(() => false))
    await loop.stop()
  })

  it('is left to whoever takes it over, and ends cleanly', async () => {
    let ended = 0
    const { clock, seen, loop } = begin(async (_from, _take, signal) => {
      await forEver(signal)
      ended += 1
    })
    await clock.settle()
    seen.leads = false
    await clock.advance(2_000)
    expect(ended).toBe(1)
    seen.leads = true
    await clock.advance(2_000)
    await loop.stop()
    expect(ended).toBe(2)
  })
})
