/** What the evidence file is made from: questions of customers with what was said to them, as the store keeps both. Times are ms since 1970. */
import type { Address } from './address.ts'
import type { Content } from './content.ts'
import type { Outcome } from './decision.ts'
import type { ChannelId, ConversationId, MessageId } from './ids.ts'
import type { Status } from './outcome.ts'
import type { Situation } from './situation.ts'

/** A message of a conversation with the last decision on it; what a customer wrote has none. */
export type SaidMessage = {
  readonly id: MessageId
  readonly conversation: ConversationId
  readonly channel: ChannelId
  readonly kind: string
  readonly direction: 'in' | 'out'
  readonly at: number
  readonly author: string
  readonly type: Content['type'] | null
  readonly status: Status | 'received'
  readonly decision: {
    readonly outcome: Outcome
    readonly rulebook: string
    readonly rules: readonly string[]
    readonly message: Situation['message'] | null
    readonly humanReachable: boolean
  } | null
}

/** What is known of somebody, to be taken out of what is shown. */
export type KnownPerson = {
  readonly names: readonly string[]
  readonly addresses: readonly Address[]
  /** What they answered and what they were told by name: order numbers, addresses, whatever a form asked for. */
  readonly details: readonly string[]
  readonly country: string
}

export interface EvidenceSource {
  /** Conversation by conversation, and in each in order: all that was said from `since` to before `until`. A few conversations are held at a time. */
  said(since: number, until: number): AsyncIterable<SaidMessage>
  /** How many conversations `said` goes through at most. */
  count(since: number): Promise<number>
  /** The words of messages, and of whom each conversation is. */
  contents(messages: readonly MessageId[]): Promise<ReadonlyMap<MessageId, Content | null>>
  people(conversations: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, KnownPerson>>
  /** Names of the business's own people: they are no part of the proof. */
  agents(): Promise<readonly string[]>
}
