/**
 * What was decided and sent, as foresight and the bill read it: whole stretches of time in batches, never one message. Reading only; times
 * are ms since 1970, ranges hold `since` and not `until`.
 */
import type { Content } from './content.ts'
import type { PriceTier } from './decision.ts'
import type { PriceSeen } from './event.ts'
import type { KnownPerson } from './evidence.ts'
import type { ChannelId, ContactId, EngineId, MessageId } from './ids.ts'
import type { Spent } from './store.ts'

export type Range = { readonly since: number; readonly until: number }

/** One message by the last decision on it. */
export type RecordedMessage = {
  readonly contact: ContactId
  readonly message: MessageId
  readonly at: number
  readonly author: string
  readonly marks: Marks
}

/**
 * Of each group of a situation (`SITUATION_GROUPS`, one after the other in that order) `MARK_DIGITS` hex digits that are the same where the
 * group is: few differ among a million, and only what stands behind those need be read.
 */
export type Marks = string
export const MARK_DIGITS = 16

/** What stands behind marks. A situation that an earlier program recorded may lack fields and groups. */
export type MarkedSituation = {
  readonly marks: Marks
  readonly content: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>
}

/** How a customer can be written to: name spaces of their addresses, and kinds of channel they agreed to marketing on. */
export type Ways = { readonly contact: ContactId; readonly kinds: readonly string[]; readonly marketing: readonly string[] }

/** A few lines of a thread, to show what a message was about; and of whom it is, so that what tells so is not shown. */
export type Thread = {
  readonly lines: readonly { readonly from: 'customer' | 'business'; readonly content: Content | null }[]
  readonly person: KnownPerson | undefined
  /** Names of the business's own people. */
  readonly agents: readonly string[]
}

/**
 * Messages of one day that are alike in everything that is paid for. `amount`: of one message as it was judged, in decimal digits; null =
 * not known. `seen`: what receipts said, null where none did.
 */
export type ChargedGroup = {
  /** YYYY-MM-DD in the zone that was asked for. */
  readonly day: string
  readonly channel: ChannelId
  readonly category: string
  readonly country: string
  readonly author: string
  readonly amount: string | null
  readonly currency: string | null
  /** Free messages a month that the price card tells of. */
  readonly free: number | null
  readonly tiers: readonly PriceTier[] | null
  readonly seen: PriceSeen | null
  /** A receipt says it came, or its operator charges by the part, and so what it takes: only that is charged. */
  readonly delivered: boolean
  /** It came after its reach plan had gone on: another was paid for in its stead. */
  readonly late: boolean
  readonly count: number
  /** In how many parts they left together, where they are charged by the part. */
  readonly parts: number
}

/** What one engine was asked on one day. `amount`: decimal digits of what is known; `unpriced`: calls whose price or tokens are not. */
export type ThoughtGroup = {
  readonly day: string
  readonly engine: EngineId
  readonly currency: string | null
  readonly amount: string
  readonly calls: number
  readonly unpriced: number
  readonly inputTokens: number
  readonly outputTokens: number
}

export interface Recorded {
  /** Decisions in a range: for a progress bar. */
  count(range: Range): Promise<number>
  /** Every message decided on in a range, by its last decision, those of one contact side by side. Memory does not grow with the range. */
  traffic(range: Range, take: (rows: readonly RecordedMessage[]) => Promise<void>): Promise<void>
  /** The situations of a few messages, by every decision on them. */
  situations(messages: readonly MessageId[]): Promise<readonly MarkedSituation[]>
  ways(contacts: readonly ContactId[]): Promise<readonly Ways[]>
  /** Messages in and out by channel and second, in order: what a number's throughput is counted on. */
  seconds(
    range: Range,
    take: (rows: readonly { readonly channel: ChannelId; readonly second: number; readonly count: number }[]) => Promise<void>,
  ): Promise<void>
  /** What a message answered and said, newest last. */
  thread(message: MessageId): Promise<Thread>
  /** `zone`: IANA; the days of the groups. */
  charged(range: Range, zone: string): Promise<readonly ChargedGroup[]>
  thoughts(range: Range, zone: string): Promise<readonly ThoughtGroup[]>
  /** What engines cost since an instant, by contact; what has no price is left out. */
  spentByEngines(since: number): Promise<readonly (Spent & { readonly engine: EngineId })[]>
}
