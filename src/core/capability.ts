/** What a channel can do, as a table that the rest of the house reads instead of asking for a platform's name. */
import type { IdentityKind } from './address.ts'
import type { MediaKind } from './content.ts'

export type Capabilities = {
  /** Name spaces of addresses it can write to, preferred first. */
  readonly identities: readonly IdentityKind[]
  /** Longest text in UTF-16 units; longer ones are split at a sentence. */
  readonly text: number
  /** Reply buttons: 0 where there are none. */
  readonly buttons: { readonly count: number; readonly label: number; readonly body: number }
  readonly list: {
    readonly rows: number
    readonly label: number
    readonly description: number
    readonly button: number
    readonly body: number
  }
  readonly link: { readonly label: number; readonly body: number } | null
  /** Longest caption of a file; absent = 0: the words go as a text of their own. */
  readonly caption?: number | undefined
  /** Largest file in bytes by kind, with the types accepted. Kinds not named are not supported. */
  readonly media: Partial<Record<MediaKind, { readonly bytes: number; readonly types: readonly string[] }>>
  readonly templates: boolean
  /** It says, when asked, how it rates and limits the channel. */
  readonly standing: boolean
  /** It can be asked whether it answers, without anything sent: a channel that was cut is tried so first. */
  readonly probes?: boolean | undefined
  readonly reactions: boolean
  /** It listens (mailboxes) instead of being called, or beside it. */
  readonly listens?: boolean | undefined
  /** Anybody can write here in another's name: only what `proves` which message it answers is surely theirs. */
  readonly forgeable?: boolean | undefined
  /** How marketing can be ended from the mail program itself; absent: as the words say. */
  readonly unsubscribe?: 'one-click' | undefined
  /** People carry messages out by telephone: what is to be said becomes a call-back request. */
  readonly calls?: boolean | undefined
  /** In how many parts a text is sent and charged; absent: always one. */
  readonly parts?: ((text: string) => number) | undefined
  /** Strongest receipt the provider gives. */
  readonly receipts: 'none' | 'sent' | 'delivered' | 'read'
  readonly typing: boolean
  /** People watch an answer being written: it is decided before its first word. */
  readonly streams?: boolean | undefined
  /** An answer's sources are shown beside it: its text does not name them. */
  readonly cites?: boolean | undefined
  /** Our attempt id comes back in receipts: an unknown send can be reconciled. */
  readonly echoesAttempt: boolean
  /** The provider takes an idempotency key: a repeat is safe. */
  readonly idempotent: boolean
  /** Sends go stale: text may only answer a customer within this many hours. null: at any time. */
  readonly windowHours: number | null
  /** Rates allowed before a setting says otherwise. `pair`: one message per `seconds` to one person, `burst` borrowed and repaid. */
  readonly rates: { readonly perSecond: number; readonly pair: { readonly seconds: number; readonly burst: number } | null }
}

/** Of a channel that has neither buttons nor lists: choices go as numbered words. */
export const WITHOUT_CHOICES = {
  buttons: { count: 0, label: 0, body: 0 },
  list: { rows: 0, label: 0, description: 0, button: 0, body: 0 },
} as const satisfies Partial<Capabilities>
