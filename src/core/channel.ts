/**
 * The contract of a connector. It translates; it does not act: `receive` stores and sends nothing, `send` makes one request.
 * Every further ability is an interface of its own, found by the method being there; `capabilities` must say the same (contract suite).
 */
import type { z } from 'zod'
import type { Address } from './address.ts'
import type { Capabilities } from './capability.ts'
import type { Content, MediaRef } from './content.ts'
import type { Inbound, Quality, TemplateState } from './event.ts'
import type { AttemptId, ChannelId, VendorId } from './ids.ts'
import type { SendResult } from './outcome.ts'
import type { Finding, Log } from './ports.ts'
import type { Category } from './situation.ts'

/** All that a connector may touch of the world. `fetch` refuses private addresses unless the operator's own settings name them. */
export type Tools = {
  readonly fetch: (request: Request) => Promise<Response>
  readonly now: () => number
  readonly log: Log
  readonly channel: ChannelId
}

export interface Channel<Config = unknown> {
  readonly kind: string
  /** Validates, documents and draws the settings form. */
  readonly config: z.ZodType<Config>
  readonly capabilities: Capabilities
  open(config: Config, tools: Tools): OpenChannel
}

export type Received = {
  /** Every item of a batch in order, receipts too; empty where the signature is bad. */
  readonly events: readonly Inbound[]
  /** What the provider is told once the events are durable. 401 on a bad signature, 400 on no JSON. */
  readonly reply: Response
}

export type Outgoing = {
  readonly attempt: AttemptId
  readonly to: Address
  readonly content: Content
  /** The customer's message this one answers, where the platform can show it. */
  readonly replyTo?: VendorId | undefined
}

export interface OpenChannel {
  /** `body` is the raw bytes of the request, read once, at most 4 MB. Never throws on foreign data. */
  receive(request: Request, body: Uint8Array): Promise<Received>
  /** One try. Never throws: what is not certain is `unknown`. `signal` ends the wait; ended after the first byte, it is `unknown`. */
  send(message: Outgoing, signal: AbortSignal): Promise<SendResult>
}

export interface Handshake {
  /** Answers the platform's GET. */
  handshake(request: Request): Promise<Response>
}
export interface Media {
  /** Streams a file the provider keeps; the caller caps, sniffs and stores it. */
  fetchMedia(media: MediaRef, signal: AbortSignal): Promise<Response>
  /** Hands a file over; gives the id to send it by. */
  uploadMedia(file: Uint8Array, mime: string, filename: string, signal: AbortSignal): Promise<VendorId>
}
export interface Typing {
  /** Marks the customer's message as read and shows that an answer is being written. True where the provider said yes. */
  markRead(message: VendorId, typing: boolean, signal: AbortSignal): Promise<boolean>
}
export type VendorTemplate = {
  readonly name: string
  readonly language: string
  readonly state: TemplateState
  /** null where the platform says none that is known. */
  readonly category: Category | null
  readonly parameters: number
}
export interface Templates {
  /** All of them: one that is not in the list cannot be sent. Throws `provider-refused` where the list is not whole. */
  listTemplates(signal: AbortSignal): Promise<readonly VendorTemplate[]>
}
/** What no webhook tells for sure. Absent: the platform did not say. `perDay` as in the event `limit`. */
export type Standing = {
  readonly quality?: Quality | undefined
  readonly perDay?: number | null | undefined
}
export interface Standings {
  /** How the platform rates and limits the channel now. Asked by the worker that holds the channel. Throws `provider-refused`. */
  readStanding(signal: AbortSignal): Promise<Standing>
}
/** What `relais doctor` asks of a channel. `publicUrl` is where its webhook should be reached. */
export interface Checkup {
  examine(publicUrl: string | undefined, signal: AbortSignal): Promise<readonly Finding[]>
}

export type Abilities = Partial<Handshake & Media & Typing & Templates & Standings & Checkup>
