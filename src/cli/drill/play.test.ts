import { expect, it } from 'vitest'
import { asId, type ChannelId } from '../../core/ids.ts'
import { noticedAfter, stopsIn } from './play.ts'

const told = (at: number, state: string) => ({
  kind: 'channel.health-changed',
  channel: asId<ChannelId>('line'),
  at,
  data: { kind: 'health', state },
})
const after = (...events: ReturnType<typeof told>[]) => noticedAfter(events, 'line', { at: 1000, healAt: 9000 })

it('takes for noticing a cut what was told while it lasted, and not that all is well again', () => {
  expect(after(told(0, 'cut'), told(3000, 'degraded'), told(9000, 'healthy'))).toBe(2000)
  expect(after(told(9000, 'healthy'))).toBeNull()
  // By a clock of whole seconds.
  expect(noticedAfter([told(1000, 'cut')], 'line', { at: 1999, healAt: 9000 })).toBe(0)
  expect(after(told(4000, 'healthy'))).toBeNull()
  expect(after(told(9001, 'cut'))).toBeNull()
})

it('tells from the journal how long our books had a channel for cut or paused', () => {
  const told = (channel: string, received: number, data: object) => ({ kind: 'channel.health-changed', channel, received, data }) as never
  const health = (state: string) => ({ kind: 'health', state, reason: 'x' })
  const paused = (yes: boolean) => ({ kind: 'paused', paused: yes, reason: 'x' })
  const events = [
    told('one', 10, health('degraded')),
    told('one', 20, health('cut')),
    told('two', 30, paused(true)),
    told('one', 40, { kind: 'quality', quality: 'red' }),
    told('one', 50, health('cut')),
    told('one', 60, health('healthy')),
    told('two', 70, health('healthy')),
    told('two', 80, paused(false)),
    told('one', 90, health('cut')),
  ]
  expect(stopsIn(events)).toEqual([
    { channel: 'one', from: 20, until: 60 },
    { channel: 'two', from: 30, until: 80 },
    { channel: 'one', from: 90, until: Number.POSITIVE_INFINITY },
  ])
})
