/** What a turn decides on: the bodies of pending events, by kind. Intake and dispatch write them, `decide` reads them. */

import type { Address } from '../core/address.ts'
import type { CallOutcome, CallWindow } from '../core/callback.ts'
import type { Content } from '../core/content.ts'
import type { Judgement } from '../core/decision.ts'
import type { Inbound } from '../core/event.ts'
import type { CallbackId, ChannelId, ContactId, EventId, LinkId, MessageId, VendorId } from '../core/ids.ts'
import type { Agreed } from '../core/journey.ts'
import type { Language } from '../core/language.ts'
import type { Refusal } from '../core/outcome.ts'
import type { Reach } from '../core/plan.ts'
import type { Category, Purpose } from '../core/situation.ts'
import type { Matter, StartedTaskKind, TaskOrigin, TaskResult } from '../core/task.ts'
import type { Limits } from './situation.ts'
import type { ConversationState } from './state.ts'

/** What somebody wants said. It becomes a message only through a decision. */
export type Intent = {
  readonly message: MessageId
  readonly channel: ChannelId
  readonly content: Content
  readonly category: Category
  readonly purpose: Purpose
  readonly purposeAssumed: boolean
  /** customer-facing author: journey:<name> | engine:<id> | agent:<id> | api:<key> | system */
  readonly author: string
  readonly ai: boolean
  /** Said for the machine that has the conversation: void once that epoch is over. What a business system sends is not, whoever has it. */
  readonly automatic: boolean
  /** It answers what the customer wrote. */
  readonly reply: boolean
  readonly replyTo: VendorId | null
  readonly citations: readonly { readonly title: string; readonly passage: string; readonly url?: string | undefined }[] | null
  /** Told already: an AI speaks; the way to a human. */
  readonly disclosed: boolean
  readonly offersHuman: boolean
  /** How many stood unanswered before it when it was first queued: it does not stand in its own way. */
  readonly unanswered?: number | undefined
  /** When it was first queued: patience with a provider that refuses runs from here. */
  readonly since?: number | undefined
  /** The business's own name of what it is about: an order, an appointment. */
  readonly reference?: string | undefined
  /** From then on it is of no use, and does not go. */
  readonly until?: number | undefined
  /** Reference of the one-time code that its dots stand for: the send alone fills it in (`core/one-time-code.ts`). */
  readonly sealed?: string | undefined
  /** Where it goes, whatever addresses are known: such an intent follows no reach plan. */
  readonly to?: Address | undefined
  /** Tries of this intent that a postponement or a refusal sent back. */
  readonly rounds: number
  /** Where it stands in its reach plan; absent: it follows none. */
  readonly reach?: Reach | undefined
  /** The one in whose stead it goes has perhaps left. */
  readonly duplicateRisk?: boolean | undefined
  readonly task?: TaskOrigin | undefined
}

/** What of an intent is kept with its decision. `epoch`: of the conversation's owner then. */
export type Asking = Pick<
  Intent,
  'author' | 'automatic' | 'category' | 'purpose' | 'purposeAssumed' | 'ai' | 'reply' | 'disclosed' | 'reference' | 'until' | 'task'
> & {
  /** It is said in the place of an answer of this purpose, which the rules kept from the channel: the decision is about that answer. */
  readonly insteadOf?: Purpose | undefined
  /** What was judged could not be done here (nothing fits to amend it with, no other channel): it waits for a person. */
  readonly became?: 'hold' | undefined
  readonly type: Content['type']
  readonly epoch: number
  readonly sealed?: string | undefined
  /** It went to an address of its own, which is not kept here: it is not tried again. */
  readonly fixed?: boolean | undefined
}

/** What a desk or a program asks of a conversation. */
export type Action =
  | { readonly action: 'take'; readonly agent: string }
  | { readonly action: 'reply'; readonly agent: string; readonly intent: ProposedSend }
  /** Back to the machine. */
  | { readonly action: 'give-back'; readonly agent: string }
  | { readonly action: 'close'; readonly agent: string; readonly reason: string | null }
  /** A held draft goes out, as it is or changed, and goes on in its plan; or it is dropped. */
  | (Held & { readonly action: 'release'; readonly intent: ProposedSend })
  | { readonly action: 'discard'; readonly agent: string; readonly message: MessageId }
  /** Ends a journey that is stuck. */
  | { readonly action: 'unstick'; readonly agent: string }
  /** What has not left does not leave, and no further step of its plan either. `first`: of that plan. */
  | { readonly action: 'cancel'; readonly agent: string; readonly message: MessageId; readonly first: MessageId }

/** `first`: of the plan it is a step of. */
type Held = { readonly agent: string; readonly message: MessageId; readonly first?: MessageId | undefined }

export type ProposedSend = {
  readonly message: MessageId
  readonly channel: ChannelId | null
  readonly content: Content
  readonly category: Category
  /** The reach plan to follow; absent: that of its category, else `default`. */
  readonly plan?: string | undefined
  /** Channels that a drill holds for cut, for this message alone: it never leaves by them. */
  readonly without?: readonly ChannelId[] | undefined
  readonly sealed?: string | undefined
  readonly reference?: string | undefined
  readonly until?: number | undefined
}

/** A task that somebody starts. `message`: what its result becomes, and by which it is named; where nothing is sent, its number alone. */
export type TaskAsked = {
  readonly message: MessageId
  readonly task: StartedTaskKind
  /** api:<key> | agent:<id> */
  readonly by: string
  /** null: the result is only told. */
  readonly send: TaskSend | null
}
export type TaskSend = {
  readonly how: 'draft' | 'now'
  readonly intent: Omit<ProposedSend, 'content' | 'message'>
  readonly purpose: Purpose | null
  readonly carrier: TaskCarrier
}
/** `fill`: the template's parameter that the result stands for, or with `link` the signed link to a page of ours where the result is read. */
export type TaskCarrier =
  | { readonly type: 'text' }
  /** `text`: said with it; null: in our words. */
  | { readonly type: 'link'; readonly text: string | null }
  | {
      readonly type: 'template'
      readonly name: string
      readonly language: string
      readonly parameters: Readonly<Record<string, string>>
      readonly fill: string
      readonly link: boolean
    }

/** What somebody who wants to be called back said; null: as far as it is known. */
export type CallbackWish = {
  /** E.164; null: the number they write from. */
  readonly number: string | null
  readonly windows: readonly CallWindow[] | null
  readonly topic: string | null
  /** null: the first channel that calls. */
  readonly channel: ChannelId | null
  readonly category: Category
}
export type CallbackAct = { readonly callback: CallbackId; readonly agent: string } & (CallbackTaking | CallbackClosing)
type CallbackTaking = { readonly act: 'take' | 'release' }
/** `target`: how its channel calls the message that asked for it, which hears what came of it; null: it has not left. */
export type CallbackClosing = {
  readonly act: 'close'
  readonly outcome: CallOutcome
  readonly note: string | null
  readonly target: VendorId | null
}

export type Bodies = {
  message: Extract<Inbound, { kind: 'message' }>
  edit: Extract<Inbound, { kind: 'edit' }>
  revoke: Extract<Inbound, { kind: 'revoke' }>
  preference: Extract<Inbound, { kind: 'preference' }>
  call: Extract<Inbound, { kind: 'call' }>
  control: Extract<Inbound, { kind: 'control' }>
  identity: Extract<Inbound, { kind: 'identity' }>
  /** The store made one contact of two; `state` is what the conversation knew that the customer wrote to less lately. */
  merged: { readonly other: ContactId; readonly state: Partial<ConversationState> }
  action: Action
  /** A business system writes: `POST /api/v1/messages`. */
  'api.send': {
    readonly key: string
    readonly intent: ProposedSend
    readonly purpose: Purpose | null
    /** Kept until then, and judged then. */
    readonly sendAt?: number | undefined
  }
  /** The time of a scheduled send has come. */
  'send.scheduled': Bodies['api.send']
  /** Somebody is to be called back: asked by a business system or an agent. */
  'callback.ask': { readonly key: string; readonly message: MessageId; readonly wish: CallbackWish }
  /** What the call centre does with a request. */
  'callback.act': CallbackAct
  /** An engine summarised the thread for the call centre. */
  'callback.summary': {
    readonly callback: CallbackId
    readonly summary: string | null
    readonly engine?: string | null | undefined
    /** What each engine did, and what it cost. */
    readonly attempts?: readonly object[] | undefined
  }
  /** Somebody starts an AI task. */
  'task.ask': TaskAsked & {
    readonly matter: Matter
    readonly instruction: string | null
    /** null: the customer's. */
    readonly language: Language | null
  }
  /** What came of it. */
  'task.done': TaskAsked & { readonly since: number; readonly result: TaskResult }
  consent: {
    readonly channelKind: string
    readonly category: string
    readonly given: boolean
    readonly words: string
    readonly proof: object | null
    readonly source: string
    /** When it was said; unset: when it was recorded. */
    readonly at?: number | undefined
  }
  /** A second address that the business records for a contact, with what they agreed to. */
  address: { readonly address: Address; readonly consent: Omit<AddressConsent, 'at'> & { readonly at?: number | undefined } }
  /** The link to confirm an address was opened, and its button pressed. */
  'code.tapped': { readonly code: string }
  /** The store's word on an address that a turn claimed for its contact. */
  joined: Claim & {
    /** Whose it is already; null: it is theirs now. */
    readonly other: ContactId | null
  }
  timer: {
    readonly timer: 'wait' | 'expire' | 'remind'
    readonly run: number
    readonly step: number
    readonly count: number
    readonly epoch: number
    readonly channel: ChannelId
  }
  /** A postponed intent, decided anew. */
  'send.due': { readonly intent: Intent; readonly epoch: number }
  /** Dispatch judged otherwise at the instant of sending. */
  'send.returned': { readonly intent: Intent; readonly judgement: Judgement; readonly limits: Limits; readonly epoch: number }
  'send.refused': { readonly intent: Intent; readonly refusal: Refusal; readonly epoch: number }
  'send.postponed': { readonly intent: Intent; readonly refusal: Refusal; readonly until: number; readonly epoch: number }
  /** A receipt says of what was accepted that it failed. */
  'send.failed': {
    readonly message: MessageId
    readonly refusal: Refusal | null
    readonly content: Content | null
    readonly category: Category
    readonly author: string
    readonly channel: ChannelId
    readonly replyTo: VendorId | null
    /** As its decision was asked; null where there is none. */
    readonly asked: Asking | null
    /** How often it was given to the provider and not refused at once. */
    readonly tries: number
    readonly reach?: Reach | null | undefined
  }
  /** The time to reconcile an unknown send is over. */
  'send.unknown': {
    readonly intent: Intent
    readonly cause: string
    readonly epoch: number
    /** It went once more already. */
    readonly resent: boolean
  }
  'send.reconciled': { readonly message: MessageId }
  /** It waits for a channel that was cut or paused, and its plan has another step. */
  'send.stranded': { readonly intent: Intent; readonly epoch: number }
  /** The wait of a plan's step is over. */
  'reach.due': {
    readonly intent: Intent
    readonly epoch: number
    /** It stood still meanwhile, and so did the message. */
    readonly anew?: boolean | undefined
  }
  /** A message whose plan had gone on was delivered after all. */
  'reach.late': { readonly message: MessageId; readonly first: MessageId; readonly channel: ChannelId; readonly at: number }
  /** The business answered a customer who came by an advertisement: a free entry window opens. */
  answered: { readonly channel: ChannelId; readonly at: number }
  thought: Thought
  /** A browser came to a page of the house: by a link, with or without a code, or by its site's word for who is signed in there. */
  crossed: Crossed
  /** Somebody else, or too late, would come by a link: a code goes to the thread it came from. */
  'crossing.code': {
    readonly link: LinkId
    readonly from: ChannelId
    readonly to: ChannelId
    readonly message: MessageId
    readonly reference: string
    readonly until: number
  }
  /** What came of a word of the way back: `visitor` null where it was none of theirs. `from`: the page, since when they visit it. */
  returned: { readonly visitor: string | null; readonly from: ChannelId | null; readonly since: number | null }
  /** Who is signed in on the site is linked no more. */
  unlinked: { readonly visitor: string; readonly to: ChannelId }
  called: {
    readonly call: string
    readonly run: number
    readonly ok: boolean
    readonly value: unknown
    readonly epoch: number
    readonly channel: ChannelId
    /** The message that led to the call: the answer is a reply to it. */
    readonly asked: { readonly channel: ChannelId; readonly vendorId: VendorId; readonly text: string; readonly content: Content } | null
  }
  fetched: {
    readonly message: MessageId
    readonly channel: ChannelId
    /** The message with its file's digest; null where it could not be fetched. */
    readonly content: Content | null
    readonly error: string | null
  }
}
export type EventKind = keyof Bodies

export type Crossed = {
  readonly how: 'first' | 'code' | 'account'
  readonly link: LinkId | null
  readonly visitor: string
  readonly shows: 'own' | 'thread'
  readonly since: number
  /** The thread that is told of it; null: none. */
  readonly from: ChannelId | null
  readonly to: ChannelId
  /** An account was linked to a thread for the first time: that thread is told. */
  readonly newly?: true
}

/** What somebody agreed to with an address, in the words they saw. */
export type AddressConsent = {
  readonly for: readonly Agreed[]
  readonly words: string
  readonly source: string
  readonly proof: object | null
  readonly at: number
}
/** What follows once an address is theirs. `run`: of the journey that waits; `tell`: the person is told. */
export type Claim = {
  readonly address: Address
  readonly consent: AddressConsent
  readonly run: number | null
  readonly tell: boolean
}

/** An answer that is shown as it is written: the message it becomes, and what stands before its first word. */
export type Streamed = { readonly message: MessageId; readonly before: string }

/** What an engine chain came to. `engine` is for the record, never for the thread. */
export type Thought = {
  readonly epoch: number
  readonly question: { readonly channel: ChannelId; readonly message: VendorId; readonly text: string }
  /** A journey gave it to the engines: what they do not know goes to people, for a journey that begins on it again would never end. */
  readonly byJourney?: boolean | undefined
  /** Whose matter the question is, as far as it was found; unset: nobody looked. */
  readonly purpose?: Purpose | null | undefined
  readonly answer: {
    readonly text: string
    readonly engine: string
    readonly ai: boolean
    readonly citations: readonly { readonly title: string; readonly passage: string; readonly url?: string | undefined }[]
  } | null
  /** Why nobody answered, and what each engine did. */
  readonly attempts: readonly object[]
  /** People watched it being written. */
  readonly stream?: Streamed | undefined
  /** Asked while a journey's step waited (its visit): that step is said again after the answer, or told that nobody could. */
  readonly visit: number | null
}

/** The store's word on an address that an event claimed: named after it, so that whoever caused it can wait for what comes of it. */
export const joinedBy = (event: EventId): EventId => `${event}:joined` as EventId
