/**
 * The contract of a connector. It translates; it does not act: `receive` stores and sends nothing, `send` makes one request.
 * Every further ability is an interface of its own, found by the method being there; `capabilities` must say the same (contract suite).
 */
import type { z } from 'zod'
import type { Address } from './address.ts'
import type { Capabilities } from './capability.ts'
import type { Content, MediaRef } from './content.ts'
import type { Inbound, Quality, TemplateState } from './event.ts'
import type { AttemptId, ChannelId, Digest, VendorId } from './ids.ts'
import type { Language } from './language.ts'
import type { SendResult } from './outcome.ts'
import type { Finding, Log } from './ports.ts'
import type { Category, Situation } from './situation.ts'
import type { ChatSetup } from './visitor.ts'
import type { ChannelSetup } from './workspace.ts'

/** All that a connector may touch of the world. `fetch` refuses private addresses unless the operator's own settings name them. */
export type Tools = {
  readonly fetch: (request: Request) => Promise<Response>
  readonly now: () => number
  readonly log: Log
  readonly channel: ChannelId
  /** Where the provider reaches this channel's webhook from outside; undefined where the operator told no public address. */
  readonly webhookUrl: string | undefined
  /** The house's seal on a text, 43 characters of base64url: nobody else can make it, and no other channel's is the same. */
  readonly seal: (text: string) => string
  /** A file the house keeps. @throws where there is none of that digest. */
  readonly file: (digest: Digest) => Promise<Uint8Array>
}

export interface Channel<Config = unknown> {
  readonly kind: string
  /** What carries the message, whoever operates it (`sms`): what rules, prices and consents call `channel.kind`. Absent: the kind itself. */
  readonly medium?: string
  /** Validates, documents and draws the settings form. */
  readonly config: z.ZodType<Config>
  readonly capabilities: Capabilities
  /** What kind of number messages come from, by these settings. Absent: `unknown`. */
  senderOf?(config: Config): Situation['channel']['sender']
  /** How often people try, and how long they pause, by these settings: for a channel that `calls`. */
  callsOf?(config: Config): NonNullable<ChannelSetup['calls']>
  /** The page that visitors write on, by these settings: for a channel that is one of the house's own pages. */
  chatOf?(config: Config): ChatSetup
  /** Where a customer begins to write here, by these settings; absent or null: nowhere that an address can say. */
  entryOf?(config: Config): Entry | null
  open(config: Config, tools: Tools): OpenChannel
}

/** An address that opens the customer's own program on this channel. `text`: the parameter in which it takes their first words. */
export type Entry = { readonly url: string; readonly text: string }
export const entryUrl = ({ url, text }: Entry, words: string): string =>
  words === '' ? url : `${url}?${text}=${encodeURIComponent(words)}`

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
  readonly category: Category
  /** No person wrote it: where the channel can say so, it does. */
  readonly automatic?: boolean | undefined
  readonly language: Language
  /** The customer's last message on this channel: what a thread hangs on, where the channel has threads. */
  readonly thread?: VendorId | undefined
  /** What that thread is called, where the channel has subjects. */
  readonly subject?: string | undefined
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
/** Where nobody calls us: what came is fetched, and what comes next is waited for. */
export interface Listening {
  /**
   * Hands over what came since `from` (null: never listened) in order, with the place behind each batch, then goes on as more comes, until
   * `signal` ends it. Whoever calls keeps the place once a batch is durable: what was not kept comes again, with the same event ids. One
   * worker listens at a time. Throws where the provider cannot be listened to; the caller tries again.
   */
  listen(
    from: string | null,
    take: (batch: { readonly events: readonly Inbound[]; readonly place: string }) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>
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
/** What tells whether a channel works again before a message is risked on it. */
export interface Probing {
  /**
   * Asks the provider something harmless, by the way that sends take: resolves where it answers us, sends nothing. Throws where it does not:
   * `provider-refused` with the code where it is broken, refuses our credentials or has closed the account, else as the network fails. What
   * it says of one right or one message is an answer.
   */
  probe(signal: AbortSignal): Promise<void>
}
/** What `relais doctor` asks of a channel. `publicUrl` is where its webhook should be reached. */
export interface Checkup {
  examine(publicUrl: string | undefined, signal: AbortSignal): Promise<readonly Finding[]>
}

export type Abilities = Partial<Handshake & Media & Listening & Typing & Templates & Standings & Probing & Checkup>
