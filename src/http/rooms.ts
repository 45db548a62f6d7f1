/** What the rooms behind HTTP give it. `cli/compose` plugs it together. */
import type { Access } from '../core/access.ts'
import type { Abilities, OpenChannel } from '../core/channel.ts'
import type { Ruling } from '../core/decision.ts'
import type { Inbound } from '../core/event.ts'
import type { ChannelId, Digest, EventId, Ids } from '../core/ids.ts'
import type { PassageInPlace } from '../core/knowledge.ts'
import type { Words } from '../core/language.ts'
import type { Links, Tokens } from '../core/link.ts'
import type { CodeStore, Codes } from '../core/one-time-code.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { Reading } from '../core/reading.ts'
import type { Store } from '../core/store.ts'
import type { Live, Visitors } from '../core/visitor.ts'
import type { Workspace } from '../core/workspace.ts'
import type { Meters } from './meters.ts'
import type { Page, Pages } from './pages.ts'

/** A channel as the API sees it: which addresses it can write to, and for how long after a customer's message text may answer. */
export type ChannelEntry = {
  readonly id: ChannelId
  readonly kind: string
  readonly scope: 'service' | 'general'
  readonly identities: readonly string[]
  readonly windowHours: number | null
  /** People are called there: nobody writes. */
  readonly calls: boolean
}

export type Readiness = {
  /** The schema is this program's. */
  readonly migrated: boolean
  /** This process sends, stands by for another that does, or has no such role. */
  readonly dispatch: 'leased' | 'standing-by' | 'not-here' | 'starting'
}

export type Rooms = {
  readonly store: Pick<Store, 'append' | 'turnSwitch'>
  readonly reading: Reading
  readonly access: Access
  /** One-time codes; `seal` makes of an address or a call what may stand beside a code. */
  readonly codes: Codes & Pick<CodeStore, 'open' | 'check'> & { readonly seal: (text: string) => string }
  /** A file that was kept, by its digest; null where there is none. */
  readonly media: (digest: Digest) => Promise<Blob | null>
  /** Keeps a file; gives its digest. `dropFile` forgets one. */
  readonly keepFile: (bytes: Uint8Array, mime: string) => Promise<Digest>
  readonly dropFile: (digest: Digest) => Promise<void>
  /** A passage of the knowledge, with what stands around it in its document; null where there is none (any more). */
  readonly passage: (id: string) => Promise<PassageInPlace | null>
  /** Durable once it resolves; `store-unavailable` otherwise. */
  readonly intake: { submit(channel: ChannelId, events: readonly Inbound[]): Promise<void> }
  readonly webhooks: ReadonlyMap<ChannelId, OpenChannel & Abilities>
  readonly channels: readonly ChannelEntry[]
  /** Rings the turn loop after HTTP itself appended something. */
  readonly wake: () => void
  readonly visitors: Visitors
  readonly live: Live
  /** Links and words of the bridge; `seal` makes of a word or a token's number what may be kept. */
  readonly bridge: { readonly tokens: Tokens; readonly links: Links; readonly seal: (text: string) => string }
  /** The seal under which a channel takes what the house hands to it. */
  readonly sealFor: (channel: ChannelId) => (text: string) => string
  /** Where customers reach the house's pages, with the path it is mounted at; absent: at the root of wherever they ask. */
  readonly publicUrl?: string | undefined
  /** True once the turn of this event is over; false where that takes too long to wait for. */
  readonly settled: (event: EventId) => Promise<boolean>
  readonly readiness: () => Readiness
  readonly log: Log
  readonly clock: Clock
  readonly ids: Ids
  /** Cryptographically random. */
  readonly randomBytes: (count: number) => Uint8Array
  readonly workspace: Pick<
    Workspace,
    'name' | 'country' | 'locale' | 'timezone' | 'assistant' | 'templates' | 'plans' | 'channels' | 'codes' | 'bridge' | 'links'
  >
  /** What each rule is about; none where nobody gave them. */
  readonly rules?: (() => readonly { readonly id: string; readonly by: Ruling['by'] | null; readonly about: Words }[]) | undefined
  /** True where browsers reach Relais by https: the session cookie then travels by nothing else. */
  readonly secure: boolean
  readonly meters: Meters
  readonly version: string
  readonly pages?: Pages | undefined
  /** By chat page. */
  readonly logos?: ReadonlyMap<ChannelId, Page> | undefined
}
