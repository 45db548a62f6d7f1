/**
 * Who writes on one of the house's own pages, and what they may see there. A visitor is one browser: found by a cookie of which the store
 * keeps only the hash. Whose visits they are is said by the address `web:<visitor id>`, which belongs to a contact like any other.
 */
import type { ChannelId, ContactId, ConversationId, Digest, MessageId, VendorId, VisitorId } from './ids.ts'
import type { Language, Words } from './language.ts'
import type { JournalEntry, JournalPosition, MessageView, Page, PageRequest } from './reading.ts'

/** `own`: what was said on this channel since the visit began. `thread`: the whole conversation, on every channel. */
export type Shows = 'own' | 'thread'

export type Visitor = {
  readonly id: VisitorId
  readonly channel: ChannelId
  /** null until their first message had its contact made. */
  readonly contact: ContactId | null
  readonly conversation: ConversationId | null
  /** Of the conversation. */
  readonly owner: string | null
  readonly language: string | null
  readonly since: number
  readonly shows: Shows
  readonly createdAt: number
  readonly seenAt: number
  readonly expiresAt: number
}

/** So long after the last visit a browser is known. */
export const VISIT_MS = 90 * 86_400_000

export type NewVisitor = {
  readonly id: VisitorId
  readonly channel: ChannelId
  /** SHA-256 of the cookie, hex. */
  readonly hash: string
  readonly since: number
  readonly shows: Shows
  readonly expiresAt: number
  /** Whose address `web:<id>` is from the start; absent: that of a contact made for their first message. */
  readonly contact?: ContactId | undefined
}

/** Kept visits, and what each of them may see: nothing that a visitor is shown is read in any other way. */
export interface Visitors {
  make(visitor: NewVisitor, at: number): Promise<void>
  /** null: unknown on this channel, ended, or not seen for too long. */
  find(hash: string, channel: ChannelId, at: number): Promise<Visitor | null>
  /** Seen again. */
  keep(id: VisitorId, at: number, expiresAt: number): Promise<void>
  /** The browser is known no more. */
  end(id: VisitorId, at: number): Promise<void>
  /** Newest first. */
  messages(visitor: Visitor, request: PageRequest): Promise<Page<MessageView>>
  /** Those of these that they may see. */
  these(visitor: Visitor, ids: readonly MessageId[]): Promise<readonly MessageView[]>
  /** How many they see of before the visit. */
  carried(visitor: Visitor): Promise<number>
  /** The message of what they may see that holds this file; null: none. */
  file(visitor: Visitor, digest: Digest): Promise<MessageView | null>
  /** Whether something they may see cites this passage. */
  cites(visitor: Visitor, passage: string): Promise<boolean>
  /** Empties all that they may see, for good, and ends the visit. Gives the files that no message holds any more. */
  erase(visitor: Visitor, at: number): Promise<readonly Digest[]>
  /** What happened to a contact after a place in the journal. */
  journal(contact: ContactId, after: JournalPosition, limit: number): Promise<readonly JournalEntry[]>
  /** Forgets visits that ended before. */
  prune(at: number): Promise<void>
}

/** What the page of a channel looks like and lets in. */
export type ChatSetup = {
  /** Sites that may show the page in a frame. */
  readonly origins: readonly string[]
  readonly look: { readonly accent: string; readonly accentDark: string | null; readonly logo: string | null }
  readonly welcome: Words | null
  /** Whose word is taken for who is signed in on the business's site; null: nobody's. */
  readonly signIn: SignIn | null
}

/** How a site signs for its customers: one algorithm, and its public key (HS256: the secret that both have). */
export type SignIn = {
  readonly algorithm: 'EdDSA' | 'RS256' | 'ES256' | 'HS256'
  readonly key: string
  readonly issuer: string
  readonly audience: string
}

/** What the house hands to the channel of a page, sealed: nothing else comes in by it. */
export type VisitorPost = {
  readonly visitor: VisitorId
  readonly at: number
} & (
  | {
      readonly kind: 'message'
      readonly id: string
      readonly content: unknown
      /** Of the page. */
      readonly language: Language
      readonly replyTo?: VendorId | undefined
      /** Of the entry link that led here. */
      readonly source?: string | undefined
    }
  | { readonly kind: 'receipts'; readonly receipts: readonly { readonly target: VendorId; readonly status: 'delivered' | 'read' }[] }
)
/** The header its seal stands in. */
export const SEAL = 'relais-seal'

/** What a page shows of an answer while it is written. `n`: characters before `text`; 0 begins anew. */
export type Frame =
  | { readonly type: 'writing'; readonly id: MessageId; readonly n: number; readonly text: string }
  /** What was shown of it does not hold: cut off, kept back, or another takes its place. */
  | { readonly type: 'withdrawn'; readonly id: MessageId; readonly why: Withdrawal }
  /** It is written to its end, and goes to be judged. */
  | { readonly type: 'whole'; readonly id: MessageId }
export type Withdrawal = 'cut' | 'withheld' | 'replaced'

/** From whoever writes an answer to whoever watches; what is lost is only seen later. */
export interface Live {
  say(contact: ContactId, frame: Frame): void
  /** People have the conversation by now: what is being written is taken back, and not heard any more. */
  drop(contact: ContactId): void
  /** Hears what is said from now on, beginning with what is being written. Gives how to stop. */
  hear(contact: ContactId, listener: (frame: Frame) => void): () => void
}

/** What the journal tells of visits, and of an answer that was watched being written and is not said. */
export const TOLD_OF_VISITS = { ended: 'visit.ended', withdrawn: 'message.withdrawn' } as const
