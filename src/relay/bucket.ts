/** Rates as "when may the next one go": the virtual scheduling form of a token bucket (ITU-T I.371, annex A). No timer, one number each. */

export type Bucket = {
  /** Milliseconds until one may go; 0 = now. */
  wait(at: number): number
  /** One goes. */
  take(at: number): void
  /** How many may go now. */
  room(at: number): number
  /** Nothing goes before `until`. */
  hold(until: number): void
}

/** One every `intervalMs`; up to `burst` at once, borrowed from the time to come and repaid. */
export const createBucket = (intervalMs: number, burst: number): Bucket => {
  const slack = intervalMs * (burst - 1)
  let next = Number.NEGATIVE_INFINITY
  let held = Number.NEGATIVE_INFINITY
  const wait = (at: number) => Math.max(0, next - slack - at, held - at)
  return {
    wait,
    take: (at) => {
      next = Math.max(next, at) + intervalMs
    },
    room: (at) => (wait(at) > 0 ? 0 : Math.max(1, Math.floor((at + slack - Math.max(next, at)) / intervalMs) + 1)),
    hold: (until) => {
      held = Math.max(held, until)
    },
  }
}

/** A bucket for each key; those that are full again are forgotten. */
export const createBuckets = (intervalMs: number, burst: number): { of(key: string): Bucket; forget(at: number): void } => {
  const buckets = new Map<string, Bucket>()
  return {
    of: (key) => {
      let bucket = buckets.get(key)
      if (!bucket) {
        bucket = createBucket(intervalMs, burst)
        buckets.set(key, bucket)
      }
      return bucket
    },
    forget: (at) => {
      for (const [key, bucket] of buckets) if (bucket.room(at) >= burst) buckets.delete(key)
    },
  }
}
