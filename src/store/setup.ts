/** What a setup says of the channels that are known: those it names no more are cut, those it names again go on. */
import type { ChannelId, Ids } from '../core/ids.ts'
import type { ChannelArrival, ChannelFacts } from '../core/store.ts'

const NOT_CONFIGURED = 'not-configured'

/** One that is cut for a reason of its own stays so. */
export const setupChanges = (
  known: readonly Pick<ChannelFacts, 'id' | 'health' | 'reason'>[],
  configured: ReadonlySet<ChannelId>,
  ids: Ids,
  at: number,
): readonly ChannelArrival[] =>
  known.flatMap(({ id: channel, health, reason }) => {
    const gone = !configured.has(channel)
    if (gone ? health === 'cut' : reason !== NOT_CONFIGURED) return []
    const state = gone ? 'cut' : 'healthy'
    return [{ id: ids('evt'), channel, at, change: { kind: 'health', state, reason: gone ? NOT_CONFIGURED : '' } }]
  })
