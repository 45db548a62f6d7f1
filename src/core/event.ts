/** What happens. Connectors give `Inbound`; the relay journals `Event`s and decides on them one by one. */
import type { Address } from './address.ts'
import type { Content } from './content.ts'
import type { AttemptId, VendorId } from './ids.ts'
import type { Language } from './language.ts'
import type { Refusal } from './outcome.ts'
import type { Category } from './situation.ts'

export type Sender = {
  /** Every address the provider named, strongest first. At least one. */
  readonly addresses: readonly Address[]
  readonly name?: string | undefined
}

/** An advertisement or page button that brought the customer: may open a free entry window. */
export type Referral = {
  readonly source: string
  readonly id?: string | undefined
  readonly url?: string | undefined
  readonly headline?: string | undefined
  readonly opensFreeEntry: boolean
}

export type ReceiptStatus = 'sent' | 'delivered' | 'read' | 'failed'
export type PriceSeen = { readonly category: string; readonly type: string; readonly billable: boolean }

/** What a provider tells. `vendorId` with the channel and kind makes the event id, so a repeat is the same event. Times in ms since 1970. */
export type Inbound = { readonly vendorId: VendorId; readonly at: number } & (
  | {
      readonly kind: 'message'
      readonly from: Sender
      readonly content: Content
      /** The message this one answers. */
      readonly replyTo?: VendorId | undefined
      readonly referral?: Referral | undefined
      /** Of the page it was written on: theirs, until their words are of another. */
      readonly language?: Language | undefined
      /** True where the provider's own agent holds the thread and only lets us watch. */
      readonly standby?: boolean | undefined
      /** What the thread is called, where the channel has subjects. */
      readonly subject?: string | undefined
      /** A machine wrote it (out of office, a list, a loop): kept and shown, never answered. */
      readonly automatic?: boolean | undefined
      /** It came with that message (a file of the same mail): kept and shown with it, and answered with it. */
      readonly partOf?: VendorId | undefined
      /** Our own message that it proves to answer (a sealed reply address): whose thread it is, where nobody knows the sender's address. */
      readonly proves?: VendorId | undefined
    }
  | { readonly kind: 'edit'; readonly from: Sender; readonly target: VendorId; readonly content: Content }
  | { readonly kind: 'revoke'; readonly from: Sender; readonly target: VendorId }
  | {
      readonly kind: 'receipt'
      readonly status: ReceiptStatus
      /** The provider's id of our message. */
      readonly target: VendorId
      /** Our attempt, where the provider echoes it. */
      readonly attempt?: AttemptId | undefined
      readonly refusal?: Refusal | undefined
      readonly price?: PriceSeen | undefined
      readonly to?: Address | undefined
    }
  /** A person's address changed: both belong to one contact from now on. */
  | { readonly kind: 'identity'; readonly previous: Address; readonly current: Address }
  | {
      readonly kind: 'preference'
      readonly from: Sender
      readonly category: 'marketing'
      readonly value: 'stop' | 'resume'
      readonly words: string
    }
  /** The customer called: it opens the service window as a message does. */
  | { readonly kind: 'call'; readonly from: Sender }
  /** Who may speak in this thread: the provider's own agent, the business, or `person`: one of the business wrote from elsewhere just now. */
  | { readonly kind: 'control'; readonly from: Sender; readonly holder: 'platform' | 'business' | 'person' }
  | ChannelChange
)

/** What a provider tells of a channel and its templates. */
export type ChannelChange =
  | { readonly kind: 'health'; readonly state: 'healthy' | 'degraded' | 'cut'; readonly reason: string }
  | { readonly kind: 'quality'; readonly quality: Quality }
  /** `perDay`: people who may be written to outside the window in 24 h; null is no limit. */
  | { readonly kind: 'limit'; readonly throughput?: number | undefined; readonly perDay?: number | null | undefined }
  | {
      readonly kind: 'template'
      readonly name: string
      readonly language: string
      readonly state: TemplateState
      readonly reason?: string | undefined
    }
  /** The platform files a template under another category: its rules and its price count from now on. */
  | {
      readonly kind: 'template-category'
      readonly name: string
      readonly language: string
      readonly category: Category
      /** What it will be filed under in a day, where that is announced. */
      readonly coming?: Category | undefined
    }
  /** Something new or foreign: counted and shown, never a crash. */
  | { readonly kind: 'unknown'; readonly what: string }
  /** Nobody could read it, try as we might: set aside with the place where it lies, and what came after it goes on. Not a word of it. */
  | { readonly kind: 'unreadable'; readonly where: string; readonly cause: string }

export type Quality = 'green' | 'yellow' | 'red' | 'unknown'
/** `unknown`: nobody said yet. `missing`: the platform listed its templates, and this one was not among them. */
export type TemplateState = 'approved' | 'pending' | 'rejected' | 'paused' | 'disabled' | 'missing' | 'unknown'
export type ChannelHealth = 'healthy' | 'degraded' | 'cut'
/** `closed`: it is asked. `open`: it is left out for a while. `half-open`: one call tries whether it answers again. */
export type EngineHealth = 'closed' | 'open' | 'half-open'
/** An engine's breaker in the words of a channel's health: for whoever reads both. */
export const healthOf = (breaker: EngineHealth): ChannelHealth =>
  (({ closed: 'healthy', 'half-open': 'degraded', open: 'cut' }) as const)[breaker]

/** Names of the stream and of outgoing webhooks. */
export const NOTICES = [
  'message.received',
  'message.queued',
  'message.postponed',
  'message.accepted',
  'message.sent',
  'message.delivered',
  'message.read',
  'message.failed',
  'message.held',
  /** Called off, or of no use any more. */
  'message.cancelled',
  /** The customer chose one of its buttons. */
  'message.answered',
  /** A reach plan took it to another channel. */
  'message.moved',
  /** Delivered after its plan had gone on. */
  'message.late',
  'callback.asked',
  'callback.taken',
  'callback.unanswered',
  'callback.closed',
  'task.done',
  'task.failed',
  /** Who it is for came by its link to read it. */
  'task.opened',
  'media.fetched',
  'media.failed',
  /** The bridge: a link was offered, opened, opened after a code; somebody came back by a word; an account was linked; all of it ended. */
  'crossing.offered',
  'crossing.opened',
  'crossing.coded',
  'crossing.returned',
  'crossing.linked',
  'crossing.unlinked',
  'decision.made',
  'conversation.owner-changed',
  'consent.changed',
  'channel.health-changed',
  'engine.health-changed',
  'automation.changed',
  'webhook.changed',
  'template.changed',
  'rulebook.changed',
  'alert',
] as const
export type Notice = (typeof NOTICES)[number]
