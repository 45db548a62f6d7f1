/** What came of one try at sending. Only a certain answer is called accepted or refused; everything else is unknown. */
import type { VendorId } from './ids.ts'
import type { Words } from './language.ts'

/** What the relay does about a refusal; a provider's own codes stay in its connector. */
export type RefusalClass =
  /** The credentials are bad: the channel is degraded and its operator told. */
  | 'credentials'
  /** A passing fault of the provider: again, with back-off. */
  | 'retry'
  /** The number sends too fast: the channel's line slows down. */
  | 'throttled'
  /** This person was written to too fast: this contact's line waits. */
  | 'pair'
  /** Not now; the earliest time is in `afterMs`. */
  | 'later'
  /** The service window is closed: only a template may go. */
  | 'window'
  /** Never again to this person, or never this message to this person. */
  | 'never'
  /** The account may not send: the channel is cut. */
  | 'stop-channel'
  /** The request or template is wrong: somebody must repair it. */
  | 'fix'

/** What passes by itself, or by sending more slowly: the same message may go later. */
export const PASSING: ReadonlySet<RefusalClass> = new Set<RefusalClass>(['retry', 'throttled', 'pair'])

export type Refusal = {
  readonly class: RefusalClass
  /** The provider's code, as text. */
  readonly code: string
  /** What the provider said, without personal data. */
  readonly detail: string
  readonly remedy: Words
  readonly source?: string | undefined
  /** Earliest next try, from now. */
  readonly afterMs?: number | undefined
  /** True where the person asked not to be written to: their marketing consent is revoked. */
  readonly optedOut?: boolean | undefined
  /** True where somebody of the business must know, though it is about this one message: others will meet the same. */
  readonly alerts?: boolean | undefined
}

export type SendResult =
  | { readonly type: 'accepted'; readonly vendorId: VendorId }
  /** Certainly not sent, and not to be tried again as it is. */
  | { readonly type: 'refused'; readonly refusal: Refusal }
  /** Certainly not sent; may be tried again after `refusal.afterMs`, else after a back-off. */
  | { readonly type: 'postponed'; readonly refusal: Refusal }
  /** Perhaps sent: never repeated blindly. */
  | { readonly type: 'unknown'; readonly cause: string }

const FINAL: ReadonlySet<RefusalClass> = new Set<RefusalClass>(['never', 'fix', 'window'])

/** What a certain no comes to. */
export const resultOf = (refusal: Refusal): SendResult => ({ type: FINAL.has(refusal.class) ? 'refused' : 'postponed', refusal })

/** A message's way, from weak to strong; it never goes back. `failed` is final unless it was delivered. */
export const STATUSES = ['queued', 'postponed', 'held', 'sending', 'unknown', 'accepted', 'sent', 'delivered', 'read'] as const
export type Status = (typeof STATUSES)[number] | 'failed' | 'refused' | 'cancelled'
