/**
 * What the outside reads of the store: the API, the desk, `explain`, the event stream, `/metrics`. Nothing here changes anything, and no
 * question takes a lock that a turn waits for. Lists come in pages: `cursor` is where the last page ended (a key, not a count, so that a
 * page of a million costs what a page of ten does). Times are ms since 1970.
 */
import type { Address } from './address.ts'
import type { Callback } from './callback.ts'
import type { Content } from './content.ts'
import type { Judgement } from './decision.ts'
import type { ChannelHealth, EngineHealth, PriceSeen, TemplateState } from './event.ts'
import type { Left } from './guard.ts'
import type {
  AttemptId,
  CallbackId,
  ChannelId,
  ContactId,
  ConversationId,
  DecisionId,
  Digest,
  EventId,
  MessageId,
  TaskId,
  VendorId,
} from './ids.ts'
import type { Refusal, SendResult, Status } from './outcome.ts'
import type { Passed } from './plan.ts'
import type { Category, ConsentState, Situation } from './situation.ts'
import type { ChannelFacts } from './store.ts'
import type { StartedTask } from './task.ts'

export type MessageView = {
  readonly id: MessageId
  readonly contactId: ContactId
  readonly conversationId: ConversationId
  readonly channel: ChannelId
  readonly direction: 'in' | 'out'
  readonly at: number
  readonly author: string
  readonly content: Content | null
  readonly category: Category | null
  readonly ai: boolean
  readonly citations: readonly { readonly title: string; readonly passage: string; readonly url?: string | undefined }[] | null
  readonly replyTo: VendorId | null
  readonly vendorId: VendorId | null
  readonly status: Status | 'received'
  readonly decisionId: DecisionId | null
  readonly refusal: Refusal | null
  readonly price: Judgement['price'] | null
  /** What the provider said it charges. */
  readonly priceSeen: PriceSeen | null
  /** An unknown send went once more: the customer may have it twice. */
  readonly duplicateRisk: boolean
  /** The business's own name of what it is about. */
  readonly reference: string | null
  /** Its step of a reach plan, counted from 0, and the first message of that; null: it follows none. */
  readonly reach: { readonly plan: string; readonly step: number; readonly of: MessageId } | null
  /** The message its plan went on with. */
  readonly movedTo: MessageId | null
  /** It was delivered though its plan had gone on. */
  readonly lateAt: number | null
  readonly editedAt: number | null
  readonly revokedAt: number | null
  readonly acceptedAt: number | null
  readonly sentAt: number | null
  readonly deliveredAt: number | null
  readonly readAt: number | null
  readonly failedAt: number | null
}

export type DecisionView = Judgement & {
  readonly id: DecisionId
  readonly messageId: MessageId
  readonly contactId: ContactId
  readonly at: number
  /** What was asked to be sent, and by whom. */
  readonly intent: Readonly<Record<string, unknown>> | null
  readonly situation: Situation | null
  readonly situationDigest: Digest
  readonly rulebook: Digest
}

export type AttemptView = {
  readonly id: AttemptId
  readonly channel: ChannelId
  readonly decisionId: DecisionId
  readonly at: number
  /** null = on its way. */
  readonly result: SendResult['type'] | null
  readonly code: string | null
  readonly vendorId: VendorId | null
  readonly settledAt: number | null
}

/**
 * All that is known of why one message was sent, changed, held or refused. Decisions and attempts oldest first. `answered`: what the customer
 * had written last before it.
 */
export type ExplanationData = {
  readonly message: MessageView
  readonly answered: Content | null
  readonly country: string
  readonly channelKind: string
  readonly decisions: readonly DecisionView[]
  readonly attempts: readonly AttemptView[]
  /** The messages of its reach plan, step by step; absent: it follows none. */
  readonly plan?: readonly PlanStepView[] | undefined
  /** What the engines did whose answer it is; absent: none wrote it. */
  readonly thought?: readonly EngineTry[] | undefined
  /** What came of the link it carries, oldest first; absent: it carries none. */
  readonly crossings?: readonly CrossingView[] | undefined
}
/** One step of a link that a message carries: `offered`, `opened`, `code-sent`, `coded`. */
export type CrossingView = { readonly kind: string; readonly at: number; readonly to: string | null }
export type EngineTry = {
  readonly engine: string
  readonly result: string
  readonly detail: string
  readonly left?: Left | undefined
}

/** One message of a reach plan. `why`: what made the plan go on from it; `passed`: the steps left out before it. */
export type PlanStepView = {
  readonly id: MessageId
  readonly channel: ChannelId
  readonly step: number
  readonly at: number
  readonly status: MessageView['status']
  readonly passed: readonly Passed[]
  readonly why: string | null
  readonly lateAt: number | null
}

export type ConsentView = {
  readonly channelKind: string
  readonly category: string
  readonly state: ConsentState
  readonly at: number
  readonly words: string | null
  readonly proof: object | null
  readonly source: string
}
export type ContactView = {
  readonly id: ContactId
  readonly conversationId: ConversationId | null
  readonly name: string | null
  readonly country: string
  readonly language: string | null
  readonly addresses: readonly Address[]
  readonly createdAt: number
}
export type ContactDetail = ContactView & { readonly consents: readonly ConsentView[] }

export type ConversationView = {
  readonly id: ConversationId
  readonly contactId: ContactId
  readonly name: string | null
  readonly country: string
  readonly language: string | null
  readonly owner: string
  readonly lastAt: number
  readonly waitingSince: number | null
  readonly last: Pick<MessageView, 'id' | 'channel' | 'direction' | 'at' | 'author' | 'content' | 'status'> | null
}
export type ConversationDetail = ConversationView & {
  readonly addresses: readonly Address[]
  /** When the customer last wrote, by channel: what a service window counts from. */
  readonly heard: readonly { readonly channel: ChannelId; readonly at: number }[]
  /** Whose an address is that they gave, and that is another contact's; null: people are done with it, or there was none. */
  readonly taken: {
    readonly kind: string
    readonly contactId: ContactId
    readonly conversationId: ConversationId
    readonly name: string | null
  } | null
}

export type PoisonView = {
  readonly id: EventId
  readonly contactId: ContactId | null
  readonly channel: ChannelId | null
  readonly kind: string
  readonly at: number
  readonly setAsideAt: number
  readonly error: string
}

export type ChannelView = Omit<ChannelFacts, 'templates' | 'categories'> & {
  readonly changedAt: number
  readonly templates: readonly {
    readonly name: string
    readonly language: string
    readonly state: TemplateState
    readonly reason: string | null
    /** The platform's; null = not told. */
    readonly category: Category | null
  }[]
}

/** An engine; `breaker` as its events tell it. */
export type EngineView = {
  readonly id: string
  readonly health: ChannelHealth
  readonly breaker: EngineHealth
  readonly reason: string | null
  readonly paused: boolean
  readonly pausedBecause: string | null
  readonly pausedSince: number | null
  readonly changedAt: number
}
/** An outgoing webhook. `dueAt`: when it is tried next, after a failure; `offAt`: since when nothing is told to it any more. */
export type WebhookView = {
  readonly id: string
  readonly failingSince: number | null
  readonly offAt: number | null
  readonly reason: string | null
  readonly tries: number
  readonly dueAt: number
}
export type Switches = {
  readonly automation: { readonly paused: boolean; readonly reason: string | null; readonly since: number | null }
  readonly engines: readonly EngineView[]
  readonly webhooks: readonly WebhookView[]
}

/** A call-back request with who it is, and the last words they wrote before it, oldest first. */
export type CallbackView = Callback & {
  readonly contactId: ContactId
  readonly conversationId: ConversationId
  readonly name: string | null
  readonly language: string | null
  readonly words: readonly { readonly at: number; readonly content: Content }[]
}

export type TaskView = StartedTask & { readonly contactId: ContactId; readonly conversationId: ConversationId }

export type Page<T> = { readonly items: readonly T[]; readonly next: string | null }
/** `cursor` is what the last page gave as `next`; a foreign one is a RelaisError `invalid-request`. */
export type PageRequest = { readonly limit: number; readonly cursor: string | null }

/** A line of the journal, as the stream tells it: ids and facts, nothing personal. */
export type JournalEntry = {
  readonly seq: number
  readonly position: JournalPosition
  readonly id: EventId
  readonly kind: string
  readonly at: number
  readonly contactId: ContactId | null
  readonly conversationId: ConversationId | null
  readonly channel: ChannelId | null
  readonly messageId: MessageId | null
  readonly decisionId: DecisionId | null
  /** The business's own name of what the message is about, and its step of a reach plan: only where it has them. */
  readonly reference?: string
  readonly reach?: NonNullable<MessageView['reach']>
  readonly data: Readonly<Record<string, unknown>> | null
}
/** A place in the journal, in the order in which it became certain that nothing earlier can still appear. Compares as text. */
export type JournalPosition = string

export type Gauges = {
  /** Age in ms of the oldest event that waits for its turn, and how many are due. */
  readonly pending: { readonly due: number; readonly oldestMs: number; readonly later: number }
  readonly outbox: readonly { readonly channel: ChannelId; readonly state: 'queued' | 'sending' | 'unknown'; readonly count: number }[]
  readonly poison: number
  readonly waiting: { readonly count: number; readonly longestMs: number }
  readonly channels: readonly Pick<ChannelFacts, 'id' | 'health' | 'quality' | 'paused'>[]
  readonly switches: Switches
  /** The last rehearsed cut of each channel and engine that was ever cut in one. */
  readonly drills: readonly { readonly thing: string; readonly ageMs: number; readonly ok: boolean }[]
}

export interface Reading {
  message(id: MessageId): Promise<MessageView | null>
  /** What was sent under the business's own name of it, newest first. */
  messagesAbout(reference: string, request: PageRequest): Promise<Page<MessageView>>
  /** Open call-back requests that reached the call centre, the longest waiting first; with `closed`, those that are over, the newest first. */
  callbacks(request: PageRequest & { readonly closed?: boolean | undefined }): Promise<Page<CallbackView>>
  callback(id: CallbackId): Promise<CallbackView | null>
  /** An AI task that somebody started; forgotten after 30 days. */
  task(id: TaskId): Promise<TaskView | null>
  decision(id: DecisionId): Promise<DecisionView | null>
  explanation(id: MessageId): Promise<ExplanationData | null>
  /** What a rulebook that decided was made of, as it is kept; null where there is none of this digest. */
  rulebook(digest: Digest): Promise<unknown>
  contacts(request: PageRequest & { readonly address?: string | undefined }): Promise<Page<ContactView>>
  /** Follows a merge: the id of somebody who became part of another contact gives that contact. */
  contact(id: ContactId): Promise<ContactDetail | null>
  /** Newest first; with `waiting`, who waits longest first. */
  conversations(
    request: PageRequest & { readonly waiting?: boolean | undefined; readonly owner?: string | undefined },
  ): Promise<Page<ConversationView>>
  conversation(id: ConversationId): Promise<ConversationDetail | null>
  /** Newest first. */
  messages(conversation: ConversationId, request: PageRequest): Promise<Page<MessageView>>
  poison(request: PageRequest): Promise<Page<PoisonView>>
  channels(): Promise<readonly ChannelView[]>
  switches(): Promise<Switches>
  /** Of these events, those whose turn has not yet come. */
  waiting(events: readonly EventId[]): Promise<ReadonlySet<EventId>>
  /** The journal after `after`, as far as it is certain. */
  journal(after: JournalPosition, limit: number): Promise<{ readonly entries: readonly JournalEntry[]; readonly position: JournalPosition }>
  /** Where the line `seq` stands; null gives the end of what is certain now. */
  journalPosition(seq: number | null): Promise<JournalPosition>
  gauges(at: number): Promise<Gauges>
  /** Rejects where the store does not answer. */
  ping(): Promise<void>
}
