import type { Fields } from '../wire.ts'

/** One `POST /{phone-number-id}/messages`, whatever became of it. */
export interface SendRecord {
  readonly n: number
  /** Milliseconds of the simulator's clock. */
  readonly at: number
  /** `biz_opaque_callback_data`: the sender's own id of this try, `null` when it gave none. */
  readonly attempt: string | null
  /** Who it was for, as asked (`to` or `recipient`). */
  readonly to: string
  /** Message type; `read` for a read mark; `?` when the body could not be read. */
  readonly type: string
  readonly body: Fields
  /** The fault that met it. */
  readonly fault: string | null
  /** HTTP status that was answered; `null`: no answer left (reset, silence, still waiting). */
  status: number | null
  /** Error code answered at once. */
  refused: number | null
  /** Set when the platform took it, also when the answer was lost. */
  wamid: string | null
  /** Error code reported later, by webhook. */
  failed: number | null
  /** When the phone showed it; `null`: never. This, and nothing else, is "it took effect". */
  shownAt: number | null
}

/** One try of one webhook. */
export interface WebhookRecord {
  readonly n: number
  readonly at: number
  /** Same number for all tries of the same body. */
  readonly delivery: number
  /** 1 for the first. */
  readonly attempt: number
  readonly field: string
  /** Ids inside: message ids; for statuses `wamid:status`. */
  readonly items: readonly string[]
  readonly signature: 'good' | 'none' | 'bad'
  readonly body: string
  /** HTTP status; 0: no answer (refused, reset, timed out); `null`: still waiting. */
  answer: number | null
  answeredAt: number | null
}

/** Something that was due to be told and was not, with the reason. */
export interface Untold {
  readonly at: number
  readonly field: string
  readonly items: readonly string[]
  readonly why: 'missing' | 'not subscribed' | 'given up' | 'no webhook'
}

/** What really happened, kept by the provider's side: the oracle of all fault tests. */
export interface Ledger {
  readonly sends: readonly SendRecord[]
  readonly webhooks: readonly WebhookRecord[]
  readonly untold: readonly Untold[]
  /** Sends that a phone showed, in the order shown. */
  shown(): readonly SendRecord[]
  /** All tries of one attempt id. */
  attempt(id: string): readonly SendRecord[]
  /** Attempt ids shown more than once. */
  doubled(): readonly string[]
  reset(): void
}

export interface OpenLedger extends Ledger {
  readonly sends: SendRecord[]
  readonly webhooks: WebhookRecord[]
  readonly untold: Untold[]
  addSend(record: Omit<SendRecord, 'n' | 'status' | 'refused' | 'wamid' | 'failed' | 'shownAt'>): SendRecord
  addWebhook(record: Omit<WebhookRecord, 'n' | 'answer' | 'answeredAt'>): WebhookRecord
  addShown(record: SendRecord, at: number): void
}

export function makeLedger(): OpenLedger {
  const sends: SendRecord[] = []
  const webhooks: WebhookRecord[] = []
  const untold: Untold[] = []
  const shown: SendRecord[] = []
  return {
    sends,
    webhooks,
    untold,
    addSend(record) {
      const whole: SendRecord = { n: sends.length + 1, ...record, status: null, refused: null, wamid: null, failed: null, shownAt: null }
      sends.push(whole)
      return whole
    },
    addWebhook(record) {
      const whole: WebhookRecord = { n: webhooks.length + 1, ...record, answer: null, answeredAt: null }
      webhooks.push(whole)
      return whole
    },
    addShown(record, at) {
      record.shownAt = at
      shown.push(record)
    },
    shown: () => shown,
    attempt: (id) => sends.filter((send) => send.attempt === id),
    doubled() {
      const seen = new Set<string>()
      const twice = new Set<string>()
      for (const { attempt } of shown) {
        if (attempt === null) continue
        if (seen.has(attempt)) twice.add(attempt)
        seen.add(attempt)
      }
      return [...twice]
    },
    reset() {
      sends.length = 0
      webhooks.length = 0
      untold.length = 0
      shown.length = 0
    },
  }
}
