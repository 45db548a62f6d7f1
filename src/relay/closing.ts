/**
 * Where the rules let nothing leave on a channel any more, from a day on, it counts as cut by that rule; where they do again, the cut ends.
 * Looked at by the worker that holds the channel: what is judged stays the rulebook's, and this only says so in the channel's health.
 */
import type { ChannelId, Ids } from '../core/ids.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { ChannelArrival, Store } from '../core/store.ts'
import { mediumOf } from '../core/workspace.ts'
import { closingRule } from '../policy/index.ts'
import { type Loop, startLoop } from './loop.ts'
import type { House } from './world.ts'

/** A rule begins at midnight of its day; so late at most is it told. Until then each message is judged anyway. */
const EVERY_MS = 15_000
const BY_RULE = 'rule:'

export const closedBy = (house: House, channel: ChannelId, at: number): string | null => {
  const { workspace, capabilities, judge } = house
  const setup = workspace.channels.find(({ id }) => id === channel)
  if (!setup) return null
  const { scope, sender } = setup
  const windowHours = capabilities.get(channel)?.windowHours ?? 0
  const { aiIs, since: aiSince } = workspace.assistant
  const given = {
    channel: { kind: mediumOf(setup), id: channel, scope, windowHours, ...(sender ? { sender } : {}) },
    account: { country: workspace.country, aiIs, aiSince },
  }
  const ruling = closingRule(judge, given, at)
  return ruling ? `${BY_RULE}${ruling.rule}` : null
}

export const startClosing = (options: {
  readonly store: Pick<Store, 'channels'>
  readonly channel: ChannelId
  readonly house: () => House
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly leads: () => boolean
  readonly tell: (changes: readonly ChannelArrival[]) => Promise<void>
}): Loop => {
  const { store, channel, house, clock, ids, log } = options
  return startLoop(
    `closing:${channel}`,
    async () => {
      if (!options.leads()) return false
      const at = clock.now()
      const rule = closedBy(house(), channel, at)
      const facts = (await store.channels()).get(channel)
      if (!facts) return false
      const tell = (change: ChannelArrival['change']) => options.tell([{ id: ids('evt'), channel, at, change }])
      const byRule = facts.health === 'cut' && (facts.reason ?? '').startsWith(BY_RULE)
      if (rule && facts.health !== 'cut') await tell({ kind: 'health', state: 'cut', reason: rule })
      if (!rule && byRule) await tell({ kind: 'health', state: 'healthy', reason: '', ends: facts.reason ?? '' })
      return false
    },
    { clock, log, pollMs: EVERY_MS },
  )
}
