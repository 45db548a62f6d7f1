import type { Clock, Fetch } from '../wire.ts'

export interface WhatsAppOptions {
  clock: Clock
  /** Uniform in [0, 1). The only source of chance: same seed and clock, same ledger. */
  random: () => number
  /** Calls the webhook. In-process: `(url, init) => app.fetch(new Request(url, init))`. */
  fetch: Fetch
  appSecret: string
  accessToken: string
  verifyToken: string
  businessAccountId: string
  phoneNumberId: string
  /** E.164, e.g. `+33612345678`. */
  displayNumber: string
  /** Empty: nobody is told anything. */
  webhookUrl: string
  /** Messages per second of the number, in and out (80; 1000 once upgraded; 20 with the Business app). */
  throughput?: number
  /** What `GET /{phone-number-id}` calls the business. */
  verifiedName?: string
  appId?: string
  templates?: readonly Template[]
  /** Where media URLs of webhooks point to; set `publicUrl` on the simulator once it is served. */
  publicUrl?: string
  /** Milliseconds from acceptance. Default 50, 150, 60. */
  delays?: { sent?: number; delivered?: number; failed?: number }
  /** Several updates in one webhook: up to `max` (≤ 1,000), gathered for `withinMs`. Default: one each. */
  batch?: { max: number; withinMs: number }
  /** How long an unanswered webhook is retried: `7d` (webhooks overview) or `36h` (endpoint guide); the platform says both. */
  retries?: '7d' | '36h'
  /** How long the platform waits for the webhook's answer. Default 20,000 ms. */
  webhookTimeoutMs?: number
  /** Webhooks in flight at once. Default 100. */
  webhooksAtOnce?: number
  /**
   * How the pair limit repays a burst: `bucket` (45 at once, one back every 6 s) or `strict` (after a burst of n within 6 s
   * nothing for n × 6 s, as the documentation's example reads). Default `bucket`.
   */
  pairRule?: 'bucket' | 'strict'
  /** Marketing templates one person gets in 24 h before 131049; the real number is secret and adaptive. Default: no limit. */
  marketingPerDay?: number
  /** JSON bodies of webhooks with non-ASCII and slashes escaped, as the platform writes them. Default true. */
  escaped?: boolean
}

export type Category = 'MARKETING' | 'UTILITY' | 'AUTHENTICATION'
export type TemplateStatus = 'APPROVED' | 'PENDING' | 'REJECTED' | 'PAUSED' | 'DISABLED'

export interface TemplateButton {
  type: 'QUICK_REPLY' | 'URL' | 'PHONE_NUMBER' | 'COPY_CODE' | 'OTP'
  text: string
  url?: string
  phone_number?: string
}

export interface TemplateComponent {
  type: 'HEADER' | 'BODY' | 'FOOTER' | 'BUTTONS'
  format?: 'TEXT' | 'IMAGE' | 'VIDEO' | 'DOCUMENT' | 'LOCATION'
  text?: string
  buttons?: readonly TemplateButton[]
}

/** A template as `GET /{waba}/message_templates` shows it. */
export interface Template {
  name: string
  language: string
  category: Category
  components: readonly TemplateComponent[]
  status?: TemplateStatus
  parameter_format?: 'POSITIONAL' | 'NAMED'
  id?: string
}

export interface Settings extends Required<Omit<WhatsAppOptions, 'batch' | 'delays' | 'marketingPerDay' | 'templates'>> {
  delays: { sent: number; delivered: number; failed: number }
  batch: { max: number; withinMs: number }
  marketingPerDay: number | undefined
}

export const settle = (given: WhatsAppOptions): Settings => ({
  verifiedName: 'Voyages Lumière',
  appId: '634974688087057',
  publicUrl: 'https://graph.facebook.com',
  throughput: 80,
  retries: '7d',
  webhookTimeoutMs: 20_000,
  webhooksAtOnce: 100,
  pairRule: 'bucket',
  escaped: true,
  ...given,
  delays: { sent: 50, delivered: 150, failed: 60, ...given.delays },
  batch: given.batch ?? { max: 1, withinMs: 0 },
  marketingPerDay: given.marketingPerDay,
})
