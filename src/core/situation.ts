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
    readonly kind: string
    readonly id: string
    readonly scope: 'service' | 'general'
    readonly health: ChannelHealth
    readonly quality: Quality
    readonly windowHours: number
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
    /** text, buttons, list, … */
    readonly type: string
  }
  readonly account: {
    readonly aiIs: 'incidental' | 'primary'
    /** The day this business became an AI provider on the platform, YYYY-MM-DD; "" = from before 2025-10-15. */
    readonly aiSince: string
    /** Where the business is, ISO 3166-1 alpha-2. */
    readonly country: string
  }
  readonly contact: {
    /** The customer's country, ISO 3166-1 alpha-2; "" = unknown: the strictest line speaks. */
    readonly country: string
    readonly marketing: ConsentState
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
