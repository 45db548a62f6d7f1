/** What a month's bill is added up from. */
import { asId, type ChannelId } from '../../src/core/ids.ts'
import type { ChargedGroup } from '../../src/core/recorded.ts'

/** A hundred delivered messages of one day, alike in all that a bill asks for. */
export const charged = (change: Partial<ChargedGroup> = {}): ChargedGroup => ({
  day: '2026-11-03',
  channel: asId<ChannelId>('whatsapp'),
  category: 'service',
  country: 'FR',
  author: 'journey:menu',
  amount: '0.0248',
  currency: 'EUR',
  free: null,
  tiers: null,
  seen: null,
  delivered: true,
  late: false,
  count: 100,
  parts: change.count ?? 100,
  ...change,
})
