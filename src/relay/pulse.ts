/** Keeps one channel's health where it is dispatched: takes what is seen, and tells each change as an event. */

import type { Capabilities } from '../core/capability.ts'
import type { ChannelId, Ids } from '../core/ids.ts'
import type { ChannelArrival, ChannelFacts, Store } from '../core/store.ts'
import {
  asks,
  type Health,
  isObserved,
  mostAtOnce,
  observe,
  RECEIPTS_AFTER_MS,
  RECEIPTS_EVERY_MS,
  RECEIPTS_WITHIN_MS,
  resumeHealth,
  SEVERITY,
  type Signal,
  wellSince,
} from './health.ts'

/** What was told a moment ago may not be read yet. */
const UNREAD_MS = 5_000
/** How often time alone is looked at. */
const BEAT_MS = 1_000

export type Pulse = {
  see(signal: Signal): void
  /** The channel as the store has it: by what others said meanwhile, or by whoever led before. */
  meet(facts: ChannelFacts | undefined): void
  /** How many sends may be under way at once. */
  room(): number
  /** Why it was cut, where that was for what we saw: such a channel is tried again. */
  trial(): string | undefined
  /** What time and receipts say, and what others have said of a channel that is not well. */
  check(at: number): Promise<void>
}

export const keepPulse = (options: {
  readonly store: Pick<Store, 'channels' | 'delivery'>
  readonly channel: ChannelId
  readonly capabilities: Pick<Capabilities, 'receipts' | 'streams'>
  readonly now: () => number
  readonly ids: Ids
  readonly tell: (change: ChannelArrival) => void
  /** Asks the provider whether it answers; null where nobody is to know any more. Absent: it cannot be asked. */
  readonly probe?: (() => Promise<boolean | null>) | undefined
}): Pulse => {
  const { store, channel, capabilities, now, ids } = options
  // A page that somebody closed tells nothing, and nothing is wrong with its channel.
  const tellsDeliveries = !capabilities.streams && (capabilities.receipts === 'delivered' || capabilities.receipts === 'read')
  let heardAt = now()
  const probes = options.probe !== undefined
  let health: Health = wellSince(now(), probes)
  let asking = false
  let toldAt = Number.NEGATIVE_INFINITY
  let beatAt = Number.NEGATIVE_INFINITY

  const see = (signal: Signal) => {
    const at = now()
    const before = health
    health = observe(before, signal, at)
    const { state, reason } = health
    if (state === before.state && reason === before.reason) return
    toldAt = at
    const ends = before.reason !== null && SEVERITY[state] < SEVERITY[before.state] ? { ends: before.reason } : {}
    options.tell({ id: ids('evt'), channel, at, change: { kind: 'health', state, reason: reason ?? '', observed: true, ...ends } })
  }
  const meet = (facts: ChannelFacts | undefined) => {
    if (!facts || now() - toldAt < UNREAD_MS) return
    const told = isObserved(facts.reason) ? facts.health : 'healthy'
    if (told !== health.state || (told !== 'healthy' && facts.reason !== health.reason))
      health = resumeHealth(facts.health, facts.reason, now(), probes)
  }
  const ask = async () => {
    asking = true
    const ok = await options.probe?.()
    asking = false
    if (typeof ok === 'boolean') see({ type: 'probe', ok })
  }
  const room = () => mostAtOnce(health, now())
  const beat = (at: number) => {
    // A clock that was set back must not make a pause of it.
    if (Math.abs(at - beatAt) < BEAT_MS) return
    beatAt = at
    see({ type: 'time' })
    if (!asking && asks(health, at)) void ask()
  }
  return {
    see,
    meet,
    room,
    trial: () => (health.state === 'cut' ? (health.reason ?? undefined) : undefined),
    check: async (at) => {
      beat(at)
      if (health.state !== 'healthy') meet((await store.channels()).get(channel))
      if (!tellsDeliveries || at - heardAt < RECEIPTS_EVERY_MS) return
      heardAt = at
      see({ type: 'receipts', ...(await store.delivery(channel, at - RECEIPTS_WITHIN_MS, at - RECEIPTS_AFTER_MS)) })
    },
  }
}
