import { expect } from 'vitest'
import type { ChannelArrival, Store } from '../../core/store.ts'
import { HELD } from '../../core/store.ts'
import {
  arrive,
  CHANNEL,
  claimed,
  evt,
  leased,
  namesOf,
  nothing,
  OTHER,
  queued,
  RESULTS,
  receipt,
  sendAll,
  sent,
  T0,
  timer,
  turn,
  wamid,
  wrote,
} from './bench.ts'
import { casesOf, type Make } from './case.ts'

const turned = (store: Store, what: string, paused: boolean, reason = 'audit', at = T0) =>
  store.turnSwitch({ id: evt(`${what}-${paused}-${reason}`), what, paused, reason }, at)

type Health = Extract<ChannelArrival['change'], { kind: 'health' }>
const say = (store: Store, id: string, change: Omit<Health, 'kind'>) =>
  arrive(store, { channels: [{ id: evt(id), channel: CHANNEL, at: T0 + Number(id) * 1000, change: { kind: 'health', ...change } }] })

const RULEBOOK = { digest: 'rules' as never, content: {} }

/** What a person stops and starts, and what is found out by us. */
export const aboutSwitches = (make: Make): void => {
  const shows = casesOf(make)

  shows('tells of all automation on every channel that it stands still, once, and wakes somebody', async ({ store }, bench) => {
    const { store: other } = await bench.join('second')
    expect([...(await store.channels()).values()].map((one) => one.automationPaused)).toEqual([false, false])
    expect(await turned(store, 'ai', true)).toBe('automation')
    expect([...(await other.channels()).values()].map((one) => one.automationPaused)).toEqual([true, true])
    expect(await turned(other, 'ai', true)).toBe('automation')
    expect(await store.pauses()).toEqual([{ what: 'ai', reason: 'audit', at: T0 }])
    expect(await turned(other, 'ai', false)).toBe('automation')
    expect(await store.pauses()).toEqual([])
    const { events } = await bench.dump()
    expect(events.map((event) => event.kind)).toEqual(['alert', 'automation.changed', 'automation.changed'])
  })

  shows('makes due what waits for automation, when it goes on or a moment after', async ({ store }, bench) => {
    const waits = async (id: string) => {
      await arrive(store, { contacts: [wrote('+33600000001', id)] })
      await turn(store, (loaded) => ({ ...nothing(loaded), timers: [timer(`${id}-timer`, 'timer', HELD)] }))
    }
    const due = async () => (await bench.dump()).pending.map((row) => row.dueAt)
    await turned(store, 'ai', true)
    await waits('a')
    await store.sweep(T0 + 1000)
    expect(await due()).toEqual([HELD])
    await turned(store, 'ai', false, 'audit', T0 + 2000)
    expect(await due()).toEqual([T0 + 2000])
    await waits('b')
    await store.sweep(T0 + 4000)
    expect(await due()).toEqual([T0 + 2000, T0 + 4000])
  })

  shows('stops an engine of the set-up, and knows no other', async ({ store }, bench) => {
    expect(await turned(store, 'main', true)).toBeNull()
    await store.register(
      { channels: [{ id: CHANNEL, kind: 'whatsapp' }], engines: ['main' as never], rulebook: RULEBOOK, journeys: [] },
      T0,
    )
    expect(await store.turnSwitch({ id: evt('x'), what: 'main', kind: 'channel', paused: true, reason: '' }, T0)).toBeNull()
    expect(await turned(store, 'main', true, 'cost')).toBe('engine')
    expect(await store.pauses()).toEqual([{ what: 'main', reason: 'cost', at: T0 }])
    expect((await bench.dump()).events.map(({ kind }) => kind)).toContain('engine.health-changed')
  })

  shows('stops and starts a channel by its name', async ({ store }) => {
    const paused = async () => (await store.channels()).get(CHANNEL)?.paused
    expect(await turned(store, CHANNEL, true)).toBe('channel')
    expect(await paused()).toBe(true)
    expect(await turned(store, CHANNEL, false)).toBe('channel')
    expect(await paused()).toBe(false)
    expect(await turned(store, 'nobody', true)).toBeNull()
  })

  shows('gives sends of a channel that is cut to who tries it for that very reason, and to nobody else', async ({ store }) => {
    await queued(store, '+33600000001', ['a'])
    const lease = await leased(store)
    await say(store, '1', { state: 'cut', reason: 'no-answer' })
    const tried = (trial?: string) => store.claim({ lease, at: T0, limit: 1, trial }, sendAll)
    expect(await tried()).toBe('stopped')
    expect(await tried('slow')).toBe('stopped')
    await turned(store, CHANNEL, true, 'no-answer')
    expect(await tried('no-answer')).toBe('stopped')
    await turned(store, CHANNEL, false)
    await say(store, '2', { state: 'cut', reason: 'no-answer' })
    const heads = await tried('no-answer')
    expect(typeof heads === 'string' ? heads : namesOf(heads)).toEqual(['a'])
  })

  shows('lets what was found out by us end by itself, and never take the place of what a platform said', async ({ store }) => {
    const is = async () => {
      const { health, reason } = (await store.channels()).get(CHANNEL) ?? {}
      return `${health} ${reason}`
    }
    await say(store, '1', { state: 'degraded', reason: 'slow', observed: true })
    await say(store, '2', { state: 'cut', reason: 'no-answer', observed: true })
    expect(await is()).toBe('cut no-answer')
    await say(store, '3', { state: 'degraded', reason: 'no-answer', observed: true, ends: 'no-answer' })
    expect(await is()).toBe('degraded no-answer')
    await say(store, '4', { state: 'cut', reason: '131031' })
    await say(store, '5', { state: 'cut', reason: 'no-answer', observed: true })
    await say(store, '6', { state: 'healthy', reason: '', observed: true, ends: 'no-answer' })
    expect(await is()).toBe('cut 131031')
    await say(store, '7', { state: 'healthy', reason: '' })
    await say(store, '8', { state: 'degraded', reason: 'flagged' })
    await say(store, '9', { state: 'degraded', reason: 'slow', observed: true })
    expect(await is()).toBe('degraded flagged')
    await say(store, '10', { state: 'cut', reason: 'no-answer', observed: true })
    expect(await is()).toBe('cut no-answer')
  })

  shows('counts what was accepted in a stretch of time, and of how much of it a receipt told', async ({ store }) => {
    await queued(store, '+33600000001', ['a'])
    await queued(store, '+33600000002', ['b'])
    await queued(store, '+33600000003', ['c'])
    const lease = await leased(store)
    await sent(store, lease, RESULTS.accepted)
    await arrive(store, { receipts: [receipt('delivered', { target: wamid('a') }), receipt('sent', { target: wamid('b') })] })
    expect(await store.delivery(CHANNEL, T0, T0 + 1)).toEqual({ accepted: 3, told: 1 })
    expect(await store.delivery(CHANNEL, T0 + 1, T0 + 2)).toEqual({ accepted: 0, told: 0 })
    expect(await store.delivery(OTHER, T0, T0 + 1)).toEqual({ accepted: 0, told: 0 })
    expect(await claimed(store, lease)).toEqual([])
  })
}
