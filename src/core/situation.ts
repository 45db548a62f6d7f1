/**
 * The facts a rule may ask about: one outgoing message, at one instant. Flat and total (no optional fields), so that a rule
 * can be type-checked when it is loaded. Every field here is a name in rule expressions: `window.service == "open"`.
 */
import type { ChannelHealth, Quality, TemplateState } from './event.ts'

export const CATEGORIES = ['marketing', 'utility', 'authentication', 'service'] as const
export type Category = (typeof CATEGORIES)[number]
export type Purpose = 'service' | 'general' | 'none' | 'unsure'
export type ConsentState = 'given' | 'none' | 'revoked'

export type Situation = {
  readonly channel: {
    /** What carries the message, whoever operates it. */
    readonly kind: string
    /** Who operates the channel: its connector. What a message costs may differ by it. */
    readonly operator: string
    readonly id: string
    readonly scope: 'service' | 'general'
    readonly health: ChannelHealth
    readonly quality: Quality
    readonly windowHours: number
    /** What kind of number messages come from, for channels that have one; `unknown` until a connector tells. */
    readonly sender: 'shortcode' | 'alphanumeric' | 'mobile' | 'landline' | 'unknown'
  }
  readonly message: {
    readonly category: Category
    readonly purpose: Purpose
    /** True where nothing classified the question and `service` is an assumption. */
    readonly purposeAssumed: boolean
    /** Text in it was made by an AI. */
    readonly ai: boolean
    /** The first AI message to this person since the business last spoke by a human, or ever. */
    readonly firstAiTurn: boolean
    /** It already tells that an AI speaks. */
    readonly disclosed: boolean
    /** It already shows the way to a human. */
    readonly offersHuman: boolean
    /** No human wrote or released it. */
    readonly automatic: boolean
    /** Template name, "" for none. */
    readonly template: string
    readonly templateState: TemplateState
    /** It answers something the customer wrote, rather than starting. */
    readonly reply: boolean
    /** A reach plan brought it to this channel in the place of another. */
    readonly relayed: boolean
    /** text, buttons, list, …; `call` for a call. */
    readonly type: string
    /** In how many parts it is sent and charged. */
    readonly parts: number
    /** It says how to receive no more of them. */
    readonly offersStop: boolean
    /** How a mail program can unsubscribe: headers that act on one click, a link in the text, nothing. */
    readonly unsubscribe: 'one-click' | 'link' | 'none'
    /** What the platform is told the message is, where it takes messages outside its window only under such a word. */
    readonly tag: 'none' | 'human-agent' | 'event' | 'purchase' | 'account'
    readonly templateQuality: Quality
    /** Machines can tell that an AI made it. True by construction: whatever an AI wrote carries `ai` wherever Relais hands it out. */
    readonly marked: boolean
    /** It tells a decision that weighs on the person, and no human took it. */
    readonly decides: boolean
  }
  readonly account: {
    readonly aiIs: 'incidental' | 'primary'
    /** The day this business became an AI provider on the platform, YYYY-MM-DD; "" = from before 2025-10-15. */
    readonly aiSince: string
    /** Where the business is, ISO 3166-1 alpha-2. */
    readonly country: string
    /** What the platform has put on the account: nothing, no templates, no messages at all, locked for good. */
    readonly restriction: 'none' | 'templates' | 'all' | 'locked'
  }
  readonly contact: {
    /** The customer's country, ISO 3166-1 alpha-2: what they said, else their number's; "" = unknown: the strictest line speaks. */
    readonly country: string
    /** The country of the number, or of the user id, that is written to; "" = unknown. Rules that say `country: number` go by it. */
    readonly numberCountry: string
    /** What kind of address is written to. */
    readonly address: 'phone' | 'user' | 'email' | 'web' | 'other'
    /** They bought from the business, gave this address then, and the message is about similar goods of its own. */
    readonly boughtSimilar: boolean
    /** A contract with the business is running, and the message is about it. */
    readonly runningContract: boolean
    /** On the country's list of those who want no calls. */
    readonly doNotCall: boolean
    readonly callPermission: 'given' | 'none'
    /** Calls that sold something, tried with this person in the last 30 days. */
    readonly callsRecently: number
    /** Seconds since the person refused such calls; -1 = never. */
    readonly callRefusedAgo: number
    /** The platform's own agent has the thread. */
    readonly heldByPlatform: boolean
    readonly marketing: ConsentState
    /** Consent to be written to on this kind of channel at all. */
    readonly service: ConsentState
    /** They ever wrote on a channel of this kind themselves. */
    readonly wroteHere: boolean
    /** Messages in a row that the customer did not answer. */
    readonly unanswered: number
    /** Seconds since the platform refused a marketing message to this person for having had too many; -1 = never. */
    readonly marketingRefusedAgo: number
    /**
     * The customer can reach a human in this thread. True by construction where Relais converses: a request for a person is heard in every
     * conversation, before any journey or engine, and puts it in the agents' queue. False stands only in examples of rules.
     */
    readonly humanReachable: boolean
    /** IANA zone of the customer, the workspace's where unknown. */
    readonly timezone: string
  }
  readonly window: {
    /** `open` while free text may answer. */
    readonly service: 'open' | 'closed'
    /** Seconds until it closes; 0 where it is closed. */
    readonly secondsLeft: number
    readonly freeEntry: 'open' | 'closed'
    /** Seconds since the customer last wrote here, 8 days at most; -1 = never. */
    readonly inboundAgo: number
  }
  readonly limits: {
    /** Seconds until this person may be written to again under the pair limit; 0 = now. */
    readonly pairWait: number
    /** Seconds until the number may send again; 0 = now. */
    readonly numberWait: number
    /** Different people written to outside their window in the last 24 h, and how many are allowed (-1 = no limit). */
    readonly portfolioUsed: number
    readonly portfolioLimit: number
    /** Seconds until the portfolio's oldest use of the last 24 h runs out. */
    readonly portfolioWait: number
    /** Seconds until the business has budget for it again, by channel or person, in quarters of an hour; 0 = it has, or set none. */
    readonly budgetWait: number
    /** Templates the portfolio sent in 365 days; -1 = nobody counts. */
    readonly templatesYear: number
    /** Calls connected with this person in the last 24 h. */
    readonly callsConnected: number
  }
  /** Where it is asked whether an engine may read what was written on this channel; of a message that leaves, `asked` is false. */
  readonly engine: {
    readonly asked: boolean
    /** What the provider does with what it reads, as the workspace declares it. */
    readonly trainsOnData: 'no' | 'yes' | 'unknown'
    /** A written contract binds the provider to the business's instructions. */
    readonly contract: 'yes' | 'no' | 'unknown'
    /** The day (YYYY-MM-DD) it came on the market; "" = before 2026-08-02. */
    readonly since: string
  }
  /** The customer's local time. */
  readonly local: {
    readonly hour: number
    readonly minute: number
    readonly weekday: number
    readonly date: string
    readonly holiday: boolean
  }
}

/** In the order in which they are marked where traffic is recorded: a new one joins at the end. */
export const SITUATION_GROUPS = [
  'channel',
  'message',
  'account',
  'contact',
  'window',
  'limits',
  'engine',
  'local',
] as const satisfies readonly (keyof Situation)[]
