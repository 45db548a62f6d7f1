/** How fast visitors may write, and how many new ones a process takes: whoever comes too fast is told when there is room. */
import type { VisitorId } from '../../core/ids.ts'

/** A person types less than that; a machine is not answered faster. */
const POSTS = { perSecond: 0.5, burst: 12 }
/** Twenty at once, then one a minute; and all visitors of a process together, for what they send is kept. */
const FILES = { perSecond: 1 / 60, burst: 20 }
const ALL_FILES = { perSecond: 5, burst: 300 }
const RECEIPTS = { perSecond: 2, burst: 60 }
const NEWCOMERS = { perSecond: 40, burst: 400 }
/** The longest anybody is asked to wait: those who come in a crowd are spread over it. */
const LONGEST_MS = 120_000
const REMEMBERED = 10_000

type Rate = typeof POSTS
type Bucket = { tokens: number; at: number }

const draw = (bucket: Bucket, { perSecond, burst }: Rate, now: number): boolean => {
  bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond)
  bucket.at = now
  if (bucket.tokens < 1) return false
  bucket.tokens -= 1
  return true
}

export type ChatLimits = {
  /** Milliseconds to wait; 0: now. */
  post(visitor: VisitorId, now: number): number
  /** null: of who was never here. */
  file(visitor: VisitorId | null, now: number): number
  receipts(visitor: VisitorId, now: number): number
  newcomer(now: number): number
}

/** Who was seen last stays; whoever is forgotten begins anew. */
const bucketsOf = (rate: Rate): ((visitor: VisitorId, now: number) => number) => {
  const buckets = new Map<VisitorId, Bucket>()
  return (visitor, now) => {
    const bucket = buckets.get(visitor) ?? { tokens: rate.burst, at: now }
    buckets.delete(visitor)
    buckets.set(visitor, bucket)
    if (buckets.size > REMEMBERED) for (const oldest of buckets.keys()) if (buckets.delete(oldest)) break
    return draw(bucket, rate, now) ? 0 : 1000 / rate.perSecond
  }
}

export const createLimits = (): ChatLimits => {
  const newcomers: Bucket = { tokens: NEWCOMERS.burst, at: 0 }
  const files: Bucket = { tokens: ALL_FILES.burst, at: 0 }
  const filesOf = bucketsOf(FILES)
  let promised = 0
  return {
    post: bucketsOf(POSTS),
    file: (visitor, now) => (visitor && filesOf(visitor, now)) || (draw(files, ALL_FILES, now) ? 0 : 2_000),
    receipts: bucketsOf(RECEIPTS),
    newcomer: (now) => {
      if (draw(newcomers, NEWCOMERS, now)) return 0
      promised = Math.max(now, promised) + 1000 / NEWCOMERS.perSecond
      if (promised > now + LONGEST_MS) promised = now + 1000
      return Math.max(1000, promised - now)
    },
  }
}
