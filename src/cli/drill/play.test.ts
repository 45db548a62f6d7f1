import { expect, it } from 'vitest'
import { asId, type ChannelId } from '../../core/ids.ts'
import { noticedAfter } from './play.ts'

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
