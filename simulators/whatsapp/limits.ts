import type { Settings } from './options.ts'

const pairIntervalMs = 6_000
const pairBurst = 45

/**
 * The two rates of a number. Sources, read 2026-11-22: throughput
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput (80/s, 1,000/s upgraded, in and out together);
 * pair https://developers.facebook.com/documentation/business-messaging/whatsapp/about-the-platform (one per 6 s, bursts of 45).
 */
export interface Limits {
  /** Messages per second; set it to raise the number. */
  throughput: number
  /** Takes one message's share; false when the second is used up. */
  takeThroughput(now: number): boolean
  /** A customer's message counts too, and is never refused. */
  countInbound(now: number): void
  takePair(person: string, now: number): boolean
  reset(): void
}

export function makeLimits(settings: Settings): Limits {
  const pairs = new Map<string, Pair>()
  let tokens = Number.POSITIVE_INFINITY
  let filledAt = 0
  const refill = (now: number) => {
    tokens = Math.min(limits.throughput, tokens + ((now - filledAt) / 1000) * limits.throughput)
    filledAt = now
  }
  const limits: Limits = {
    throughput: settings.throughput,
    takeThroughput(now) {
      refill(now)
      if (tokens < 1) return false
      tokens -= 1
      return true
    },
    countInbound(now) {
      refill(now)
      tokens = Math.max(0, tokens - 1)
    },
    takePair(person, now) {
      const before = pairs.get(person)
      const after = settings.pairRule === 'strict' ? takeStrict(before, now) : takeBucket(before, now)
      if (!after) return false
      pairs.set(person, after)
      return true
    },
    reset() {
      pairs.clear()
      tokens = Number.POSITIVE_INFINITY
    },
  }
  return limits
}

/** `since`: strict, when the burst began; bucket, when all is repaid. */
interface Pair {
  readonly since: number
  readonly count: number
}

function takeBucket(before: Pair | undefined, now: number): Pair | undefined {
  const repaid = Math.max(before?.since ?? 0, now) + pairIntervalMs
  return repaid - now > pairBurst * pairIntervalMs ? undefined : { since: repaid, count: 0 }
}

function takeStrict(before: Pair | undefined, now: number): Pair | undefined {
  if (!before || now >= before.since + before.count * pairIntervalMs) return { since: now, count: 1 }
  if (now < before.since + pairIntervalMs && before.count < pairBurst) return { since: before.since, count: before.count + 1 }
  return undefined
}
