/**
 * What a rehearsal needs of any imitation provider, whatever it speaks at the wire: customers who write and read, a cut and its end, and the
 * provider's own word on what customers saw.
 */
import type { Clock, Fetch } from '../wire.ts'

/**
 * `banned`: the account is closed, nobody can write there either, and the provider says so where it says such things. `refuses`: it says no
 * to every send. `silent`: it accepts and delivers nothing until it is healed. `down`: nobody answers.
 */
export const CUTS = ['banned', 'refuses', 'silent', 'down'] as const
export type Cut = (typeof CUTS)[number]

export type Customer = { readonly name: string; readonly phone: string | null; readonly email: string | null }

/** What a customer was shown of one send, when, and by the provider's own account. `words`: as it went over the wire. */
export type Shown = {
  readonly at: number
  /** When the provider was given it. */
  readonly sentAt: number
  /** Digits of a number, or a mailbox. */
  readonly to: string
  /** The business's own id of the try, where the provider was given one. */
  readonly attempt: string | null
  readonly words: string
}

export type Provider = {
  /** What the connector is to be configured with in place of the business's own: this provider's addresses and secrets. */
  readonly settings: Readonly<Record<string, unknown>>
  fetch(request: Request): Promise<Response>
  /** Somebody who can be reached here from now on. */
  admit(customer: Customer): void
  /** False where this customer has no address here, or the provider takes nothing in. */
  write(customer: Customer, text: string): boolean
  cut(how: Cut): void
  heal(): void
  /** In the order customers saw it. */
  shown(): readonly Shown[]
  /** Sends that came in since it was opened, whatever became of them. */
  sends(): number
  /** Work over sockets that the virtual clock does not see: true while some is under way. */
  busy?(): boolean
  /** Where the house listens: the place up to which it has kept what came. */
  heard?(place: string): void
  stop(): Promise<void>
}

export type ProviderTools = {
  readonly clock: Clock
  readonly random: () => number
  /** Calls the house's webhook. */
  readonly fetch: Fetch
  readonly webhookUrl: string
  /** What the house puts into addresses that only it can make. */
  readonly seal: (text: string) => string
  /** The channel's settings as the business wrote them. */
  readonly config: Readonly<Record<string, unknown>>
  readonly templates: readonly { readonly name: string; readonly language: string; readonly category: string; readonly text: string }[]
}
