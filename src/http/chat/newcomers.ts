/**
 * The first message of somebody new may come twice: its answer was lost, or two tabs send one queue. Within a few minutes, and in this process,
 * the same post is the same visit. Its id is as good as the cookie then, so only one that nobody guesses counts.
 */
import type { ChannelId } from '../../core/ids.ts'
import type { Begun } from './visit.ts'

const REMEMBERED_MS = 300_000
const MOST = 5_000
/** 128 bits in base64url; a UUID is longer. */
const SHORTEST = 22

export type Newcomers = {
  /** The visit that this post began, or the one that `begin` makes. */
  visitFor(channel: ChannelId, post: string, now: number, begin: () => Promise<Begun>): Promise<Begun>
}

export const createNewcomers = (): Newcomers => {
  const known = new Map<string, { readonly at: number; readonly visit: Promise<Begun> }>()
  return {
    visitFor: (channel, post, now, begin) => {
      if (post.length < SHORTEST) return begin()
      const key = `${channel} ${post}`
      const before = known.get(key)
      if (before && now - before.at < REMEMBERED_MS) return before.visit
      for (const [oldest, { at }] of known) {
        if (known.size < MOST && now - at < REMEMBERED_MS) break
        known.delete(oldest)
      }
      const visit = begin()
      known.set(key, { at: now, visit })
      visit.catch(() => known.delete(key))
      return visit
    },
  }
}
