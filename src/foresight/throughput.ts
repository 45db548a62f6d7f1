/** What waits where a number may send and receive only so many messages a second. */
export type Waiting = {
  readonly limit: number
  /** Messages that would wait for a later second. */
  readonly delayed: number
  readonly longestSeconds: number
  /** The most in one second, on one channel. */
  readonly busiest: number
}
export type Second = { readonly channel: string; readonly second: number; readonly count: number }

/** Seconds of one channel come in order, channels one after the other. */
export const openQueue = (limit: number) => {
  let last: Second | null = null
  let waiting = 0
  let delayed = 0
  let longest = 0
  let busiest = 0
  return {
    add: (seconds: readonly Second[]): void => {
      for (const now of seconds) {
        // What is left of earlier seconds, after those in between sent their share.
        const idle = last?.channel === now.channel ? now.second - last.second - 1 : Number.POSITIVE_INFINITY
        waiting = idle === Number.POSITIVE_INFINITY ? 0 : Math.max(0, waiting - limit * idle)
        const all = waiting + now.count
        delayed += Math.min(now.count, Math.max(0, all - limit))
        longest = Math.max(longest, Math.ceil(all / limit) - 1)
        busiest = Math.max(busiest, now.count)
        waiting = Math.max(0, all - limit)
        last = now
      }
    },
    close: (): Waiting => ({ limit, delayed, longestSeconds: longest, busiest }),
  }
}
