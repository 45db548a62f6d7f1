/** What a connector brings to the contract suite: itself, its fixtures, and how its provider speaks. */
import type { Address } from '../../core/address.ts'
import type { Abilities, Channel, OpenChannel, Tools } from '../../core/channel.ts'
import type { Inbound } from '../../core/event.ts'
import type { RefusalClass, SendResult } from '../../core/outcome.ts'
import type { Fixture } from './fixtures.ts'
import type { Answer, FarEnd, Heard } from './provider.ts'

export type Case =
  | 'fixtures'
  | 'signature'
  | 'hostile'
  | 'nesting'
  | 'batches'
  | 'identities'
  | 'echoes'
  | 'accepted'
  | 'refusals'
  | 'uncertain'
  | 'unsent'
  | 'capabilities'
  | 'probe'
  | 'fitting'
  | 'logs'

export type Opened = OpenChannel & Abilities
export type Taken = { readonly status: number; readonly events: readonly Inbound[] }

export type Subject<A = Answer> = {
  readonly channel: Channel
  /** `port`: of the far end on loopback; connectors that speak HTTP are led there by `tools.fetch`. */
  readonly make: (tools: Tools, port: number) => Opened
  /** What may never be logged. */
  readonly secrets: readonly string[]
  readonly fixtures: URL
  readonly to: Address
  /** A fixture's body as it comes over the wire; absent: JSON. */
  readonly encode?: (body: unknown) => Uint8Array
  /** A webhook request as the provider would sign it. `fixture` tells where and how it called, where that matters. */
  readonly sign?: (body: Uint8Array, fixture: Pick<Fixture, 'at' | 'method'>) => Request
  /** How what came is taken in, where nobody calls. */
  readonly receive?: (open: Opened, body: Uint8Array, fixture: Pick<Fixture, 'at' | 'method'>) => Promise<Taken>
  /** What proves who calls; absent: a signature over the body. `address`: a seal in the webhook's address. */
  readonly provenBy?: 'body' | 'address'
  /** The same call with something changed that its signature covers beside the body; each must be refused. */
  readonly tampered?: (body: Uint8Array, fixture: Pick<Fixture, 'at' | 'method'>) => Readonly<Record<string, Request>>
  /** Several webhooks as one; absent: the provider sends one thing at a time. */
  readonly merge?: (bodies: readonly unknown[]) => unknown
  /** Whether a body that was cut off can be told from a whole one; absent: it can, as JSON. */
  readonly truncation?: 'noticed' | 'passes'
  /** The far end; absent: an HTTP server. */
  readonly far?: () => Promise<FarEnd<A>>
  /** The words and values in what was sent, readable; absent: every string of a JSON document. */
  readonly said?: (heard: Heard) => readonly string[]
  /** The provider's yes, and the id it gives the message. */
  readonly accepted: { readonly answer: A; readonly vendorId: string }
  /** Every refusal the provider documents. */
  readonly refusals: readonly {
    readonly name: string
    readonly answer: A
    readonly result: { readonly type: SendResult['type']; readonly class?: RefusalClass; readonly afterMs?: number }
  }[]
  /** Answers that prove nothing; absent: those of a broken HTTP server. */
  readonly garbled?: readonly { readonly name: string; readonly answer: A }[]
  /** "Too fast", with how long to wait; absent: 429 and Retry-After, null: the provider has none. */
  readonly throttled?: { readonly answer: A; readonly afterMs: number } | null
  /** What the provider answers the question whether it answers: what counts as yes, and what does not. */
  readonly probe?: { readonly yes: A; readonly no: readonly { readonly name: string; readonly answer: A }[] }
  readonly skip?: readonly { readonly case: Case; readonly reason: string }[]
}
