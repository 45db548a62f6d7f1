/** What `/sim/api` tells of the phones: shapes alone, so that the page may read them too. Times are ms of the demo's clock. */

/** `taken`: the business has it for certain (its webhook was answered with 200). Set for what the customer wrote. */
export type LineView = {
  readonly id: string
  readonly from: 'business' | 'customer' | 'agent'
  readonly type: string
  readonly at: number
  readonly text: string
  readonly header?: string
  readonly footer?: string
  readonly buttons?: readonly { readonly id: string; readonly label: string; readonly url?: string }[]
  readonly opens?: string
  readonly rows?: readonly { readonly id: string; readonly title: string; readonly description?: string; readonly section?: string }[]
  readonly link?: { readonly label: string; readonly url: string }
  /** `shown`: its bytes are at `/sim/api/media/<id>`. */
  readonly media?: { readonly id: string; readonly mime: string; readonly filename: string; readonly shown: boolean }
  readonly place?: { readonly latitude: number; readonly longitude: number; readonly name?: string; readonly address?: string }
  readonly answers?: string
  readonly reactions: readonly { readonly by: 'business' | 'customer'; readonly emoji: string }[]
  readonly taken: boolean
  readonly read: boolean
  readonly removed: boolean
  readonly edited: boolean
}

export type PersonView = {
  /** The platform's user id: what the control routes call a person by. */
  readonly id: string
  readonly name: string
  /** E.164; null: known by user id only. */
  readonly phone: string | null
  readonly country: string
  readonly unread: number
  readonly lastAt: number | null
}

export type PhoneView = PersonView & {
  readonly typing: boolean
  /** Until when the business may write freely; null: the customer never wrote. */
  readonly windowUntil: number | null
  readonly online: boolean
  readonly thread: readonly LineView[]
}

/** `refuses`: it says no to everything. `silent`: it takes everything and nothing comes of it. `down`: every call fails. `banned`: by the platform. */
export type CutKind = 'refuses' | 'silent' | 'down' | 'banned'

export type ProviderView = {
  /** The channel's or the engine's id in the workspace. */
  readonly id: string
  readonly cuts: readonly CutKind[]
  readonly cut: CutKind | null
  /** How much came in over the wire since the start. */
  readonly received: number
}

/** One request as a provider took it: neither its words nor a secret. */
export type ReceivedView = {
  readonly provider: string
  readonly n: number
  readonly at: number
  readonly to: string
  readonly kind: string
  /** HTTP or SMTP status answered; null: none. */
  readonly status: number | null
  /** The provider's error code, at once or told later. */
  readonly code: string | null
  /** When the customer saw it; null: not (yet). */
  readonly shownAt: number | null
}

export type InboxLine = {
  readonly id: string
  readonly from: 'business' | 'customer'
  readonly at: number
  readonly subject?: string
  readonly text: string
  readonly read: boolean
  /** It offers a way out that is taken with one click. */
  readonly leave?: boolean
}
export type InboxView = {
  /** The provider it comes from. */
  readonly id: string
  readonly address: string
  readonly unread: number
  /** They told the operator STOP: it delivers nothing more of this business. */
  readonly stopped: boolean
  /** The words by which they leave this address at the agency. */
  readonly agrees: string
  /** Oldest first. */
  readonly lines: readonly InboxLine[]
}

export type SimState = {
  /** Changes whenever anything below it does, and when the clock leapt. */
  readonly version: string
  readonly now: number
  readonly business: { readonly name: string; readonly phone: string; readonly timezone: string }
  readonly countries: readonly string[]
  readonly people: readonly PersonView[]
  readonly phone: PhoneView | null
  readonly providers: readonly ProviderView[]
  /** Of whoever holds the phone. */
  readonly inboxes: readonly InboxView[]
}
