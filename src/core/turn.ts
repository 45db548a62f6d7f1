/** A turn as the store gives and takes it: what is known of one contact and its new events, and all that deciding on them changes. */
import type { Address } from './address.ts'
import type { Callback } from './callback.ts'
import type { Content } from './content.ts'
import type { Decision } from './decision.ts'
import type { ChannelHealth, PriceSeen, Quality, ReceiptStatus, TemplateState } from './event.ts'
import type { AttemptId, ChannelId, ContactId, ConversationId, DecisionId, Digest, EventId, JobId, MessageId, VendorId } from './ids.ts'
import type { LinkRow } from './link.ts'
import type { Refusal, Status } from './outcome.ts'
import type { PlanMessage, Reach } from './plan.ts'
import type { Category, ConsentState, Situation } from './situation.ts'
import type { StartedTask } from './task.ts'

export type PendingEvent = {
  readonly id: EventId
  readonly kind: string
  readonly channel: ChannelId | null
  readonly at: number
  readonly received: number
  readonly tries: number
  readonly body: unknown
}

export type ContactFacts = {
  readonly contact: ContactId
  readonly conversation: ConversationId
  readonly name: string | null
  readonly country: string
  readonly language: string | null
  readonly addresses: readonly Address[]
  /** `<channel kind>/<category>` → the latest consent; absent = none. */
  readonly consents: Readonly<Record<string, ConsentState>>
  readonly owner: string
  readonly epoch: number
  /** Since when a person waits for an agent; null = nobody waits. */
  readonly waitingSince: number | null
  /** The relay's own state of the conversation; null at first sight. */
  readonly state: unknown
}
export type ChannelFacts = {
  readonly id: ChannelId
  /** Its medium: `sms` whoever operates it. */
  readonly kind: string
  readonly health: ChannelHealth
  readonly reason: string | null
  readonly quality: Quality
  /** What the provider last told; null = nothing. */
  readonly throughput: number | null
  /** People per 24 h outside the window: null = not told, -1 = no limit. */
  readonly perDay: number | null
  readonly paused: boolean
  /** A person stopped all automation, on every channel: nothing speaks but people, and the house's own notices. */
  readonly automationPaused?: boolean | undefined
  /** `name/language` → state. */
  readonly templates: Readonly<Record<string, TemplateState>>
  /** `name/language` → the category the platform files it under; absent = not told. */
  readonly categories: Readonly<Record<string, Category>>
}

export type Loaded = ContactFacts & {
  readonly events: readonly PendingEvent[]
  /** All messages of the reach plans that the events speak of (`planOf`), the oldest first; locked against receipts until the turn is written. */
  readonly plans: readonly PlanMessage[]
}

export type MessageRow = {
  readonly id: MessageId
  readonly channel: ChannelId
  readonly direction: 'in' | 'out'
  readonly at: number
  readonly author: string
  readonly content: Content
  readonly category: Category | null
  readonly ai: boolean
  readonly citations: readonly { readonly title: string; readonly passage: string; readonly url?: string | undefined }[] | null
  readonly replyTo: VendorId | null
  readonly vendorId: VendorId | null
  readonly status: Status | 'received'
  readonly decision: DecisionId | null
  readonly refusal: Refusal | null
  readonly price: Decision['price'] | null
  /** The business's own name of what it is about. */
  readonly reference?: string | undefined
  /** Where it stands in its reach plan; absent: it follows none. */
  readonly reach?: Reach | undefined
  /** The one in whose stead it goes has perhaps left: the customer may have both. */
  readonly duplicateRisk?: boolean | undefined
}
export type OutboxRow = {
  readonly message: MessageId
  readonly channel: ChannelId
  /** Its plan has another step: should its channel be cut or paused, it is asked for anew (`strand`) instead of waiting there. */
  readonly movable?: boolean | undefined
  /** Takes the place of this one in the line, which is among `remove`. */
  readonly place?: MessageId | undefined
  readonly dueAt: number
  readonly epoch: number
  readonly automatic: boolean
  readonly category: Category
  readonly decision: DecisionId
  /** What dispatch needs to send it, and decide to think of it again. */
  readonly body: object
}
export type JournalRow = {
  readonly id: EventId
  readonly kind: string
  readonly at: number
  readonly channel?: ChannelId | null
  readonly message?: MessageId | null
  readonly decision?: DecisionId | null
  readonly data?: object | null /** Personal; kept apart. */
  readonly payload?: object | null
}
export type TimerRow = {
  readonly id: EventId
  readonly kind: string
  readonly channel: ChannelId | null
  readonly dueAt: number
  readonly body: object
}
export type JobRow = {
  readonly id: JobId
  readonly kind: 'think' | 'task' | 'call' | 'fetch' | 'mark'
  readonly channel: ChannelId
  readonly epoch: number
  readonly dueAt: number
  readonly body: object
}
export type ConsentRow = {
  readonly channelKind: string
  readonly category: string
  readonly given: boolean
  readonly at: number
  readonly words: string | null
  readonly proof: object | null
  readonly source: string
}
export type DecisionRow = Omit<Decision, 'situation'> & {
  readonly message: MessageId
  readonly situation: Situation
  readonly situationDigest: Digest
  readonly intent: object
}

export type ReceiptArrival = {
  readonly channel: ChannelId
  readonly target: VendorId
  readonly status: ReceiptStatus
  readonly at: number
  readonly attempt?: AttemptId | undefined
  readonly refusal?: Refusal | undefined
  readonly price?: PriceSeen | undefined
}

/** What one contact's turn changes: written whole, with the events it handled gone from `pending`. */
export type Change = {
  readonly contact: ContactId
  readonly handled: readonly EventId[]
  readonly name?: string | undefined
  readonly language?: string | undefined
  readonly owner: string
  readonly epoch: number
  readonly state: object
  readonly lastAt: number
  /** Since when a person waits for an agent; null = nobody waits. */
  readonly waitingSince: number | null
  readonly messages: readonly MessageRow[]
  /** Changes of messages there are: an edit, a revocation, a status that no receipt tells. */
  readonly patches: readonly {
    readonly message: MessageId | null
    readonly vendorId: VendorId | null
    readonly channel: ChannelId
    readonly status?: Status | undefined
    readonly refusal?: Refusal | undefined
    readonly content?: Content | undefined
    readonly editedAt?: number | undefined
    readonly revokedAt?: number | undefined
    readonly decision?: DecisionId | undefined
    readonly category?: Category | undefined
    readonly price?: Decision['price'] | undefined
    readonly movedTo?: MessageId | undefined
    readonly reach?: Reach | undefined
    /** The channel it takes by now: it had waited for its time. */
    readonly onto?: ChannelId | undefined
  }[]
  readonly decisions: readonly DecisionRow[]
  readonly outbox: readonly OutboxRow[]
  /** Queued sends of a former owner end as `cancelled`, its jobs go: set when the epoch was raised. */
  readonly cancelBefore: number | null
  /** Rows of the outbox that end here. */
  readonly remove: readonly MessageId[]
  /** Rows of the outbox that `strand` asked for and that stay: for want of another way (`stuck`), or because nothing needs be done. */
  readonly stay: readonly { readonly message: MessageId; readonly stuck: boolean }[]
  /** Sends that are called off: those whose first byte has not left end as `cancelled`, the others go on. */
  readonly withdraw?: readonly MessageId[] | undefined
  /** Call-back requests as they are now. */
  readonly callbacks?: readonly Callback[] | undefined
  /** AI tasks that somebody started, as they are now. */
  readonly tasks?: readonly StartedTask[] | undefined
  /** Links of the bridge that messages of this turn carry. */
  readonly links?: readonly LinkRow[] | undefined
  /** All visits of the contact end, and every link there is. */
  readonly unlink?: boolean | undefined
  /** What people tell of their own messages, as a provider would: it raises them in this very transaction. */
  readonly receipts?: readonly ReceiptArrival[] | undefined
  /** An unknown send goes once more, flagged as possibly double. */
  readonly resend: readonly { readonly message: MessageId; readonly dueAt: number }[]
  readonly timers: readonly TimerRow[]
  readonly jobs: readonly JobRow[]
  readonly consents: readonly ConsentRow[]
  /** Addresses that become the contact's, unless they are another's. Each is answered by an event `joined`: its body, and `other`, whose it is already, or null. */
  readonly claims: readonly {
    readonly event: EventId
    readonly address: Address
    readonly channel: ChannelId | null
    readonly body: object
  }[]
  readonly journal: readonly JournalRow[]
}

export type TurnReport = {
  readonly contacts: number
  readonly events: number
  readonly sends: boolean
  readonly jobs: boolean
  readonly more: boolean
  /** Who had as many events as one turn takes, and perhaps more. */
  readonly full: readonly ContactId[]
}
