/** What providers tell of a channel and its templates. */
import { isDeepStrictEqual } from 'node:util'
import type { ChannelId } from '../../core/ids.ts'
import { AUTOMATION, type ChannelArrival, type ChannelFacts } from '../../core/store.ts'
import { isOfChannel, noticesOf } from '../notice.ts'
import { copy, emit, type Shared } from './shared.ts'

/** Providers tell whole seconds, we tell milliseconds. */
const GRAIN_MS = 999

/** A milder word lifts no cut: only the platform's "well again", or an operator, does. */
// What we found out ourselves ends by itself alone, and is told of a channel that is well, or of one that is worse than was said.
const lifts = (shared: Shared, id: ChannelId, change: Extract<ChannelArrival['change'], { kind: 'health' }>): boolean => {
  const { state, ends, observed } = change
  const now = shared.channels.get(id)
  if (ends !== undefined) return ends === now?.reason
  if (now?.health === 'cut' && state === 'degraded') return false
  return !observed || now?.health === 'healthy' || (state === 'cut' && now?.health === 'degraded')
}

/** Something that came in, not how the channel is. */
const isItem = ({ kind }: ChannelArrival['change']): boolean => kind === 'unknown' || kind === 'unreadable'

/** An older word than the newest on the same matter changes nothing. */
const isNewest = (shared: Shared, { channel, change, at }: ChannelArrival): boolean => {
  const matter = 'name' in change ? `${channel} ${change.kind} ${change.name}/${change.language}` : `${channel} ${change.kind}`
  const last = shared.toldAt.get(matter) ?? 0
  if (change.kind === 'paused' || isItem(change)) return true
  if (at < last - GRAIN_MS || (change.kind === 'health' && !lifts(shared, channel, change))) return false
  shared.toldAt.set(matter, 'name' in change ? at : Math.max(at, last))
  return true
}

const apply = (shared: Shared, { id: event, channel: id, change, at: told }: ChannelArrival, at: number): void => {
  if (change.kind === 'template') {
    const templates = shared.templates.get(id) ?? new Map()
    shared.templates.set(id, templates.set(`${change.name}/${change.language}`, change.state))
    return
  }
  if (change.kind === 'template-category') {
    const key = `${change.name}/${change.language}`
    const templates = shared.templates.get(id) ?? new Map()
    shared.templates.set(id, templates.set(key, templates.get(key) ?? 'unknown'))
    const categories = shared.categories.get(id) ?? new Map()
    shared.categories.set(id, categories.set(key, { category: change.category, coming: change.coming ?? null }))
    return
  }
  if (change.kind === 'unreadable') {
    const error = `${change.where}: ${change.cause}`
    shared.poison.set(event, { id: event, contact: '', channel: id, kind: change.kind, at: told, setAsideAt: at, error })
    return
  }
  const channel = shared.channels.get(id)
  if (!channel) return
  switch (change.kind) {
    case 'health':
      channel.health = change.state
      channel.reason = change.reason
      return
    case 'quality':
      channel.quality = change.quality
      return
    case 'limit':
      channel.throughput = change.throughput ?? channel.throughput
      if (change.perDay !== undefined) channel.perDay = change.perDay ?? -1
      return
    case 'paused':
      channel.paused = change.paused
      // An operator's word that all is well.
      if (!change.paused) channel.health = 'healthy'
      channel.reason = change.reason
      return
    case 'unknown':
      return
  }
}

const stateOf = (shared: Shared, { channel, change }: ChannelArrival): unknown => {
  if (!('name' in change)) return copy(shared.channels.get(channel))
  const kept = change.kind === 'template' ? shared.templates : shared.categories
  return kept.get(channel)?.get(`${change.name}/${change.language}`)
}

export const applyChannels = (shared: Shared, arrivals: readonly ChannelArrival[], at: number): void => {
  const isTold = ({ channel, change }: ChannelArrival) => 'name' in change || isItem(change) || shared.channels.has(channel)
  for (const arrival of arrivals) {
    if (shared.seen.has(arrival.id)) continue
    shared.seen.set(arrival.id, at)
    if (!isTold(arrival) || !isNewest(shared, arrival)) continue
    const was = stateOf(shared, arrival)
    apply(shared, arrival, at)
    // What is as it was is no news.
    if (!isItem(arrival.change) && isDeepStrictEqual(was, stateOf(shared, arrival))) continue
    if (isOfChannel(arrival)) shared.changes.set(arrival.channel, at)
    for (const notice of noticesOf(arrival)) emit(shared, { ...notice, channel: arrival.channel, at: arrival.at, received: at })
  }
}

export const loadChannels = (shared: Shared): ReadonlyMap<ChannelId, ChannelFacts> =>
  new Map(
    [...shared.channels.values()].map(({ lease: _, ...channel }) => [
      channel.id,
      {
        ...channel,
        automationPaused: shared.pauses.has(AUTOMATION),
        templates: Object.fromEntries(shared.templates.get(channel.id) ?? []),
        categories: Object.fromEntries([...(shared.categories.get(channel.id) ?? [])].map(([key, { category }]) => [key, category])),
      },
    ]),
  )
