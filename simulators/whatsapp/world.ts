import type { Clock, Fields } from '../wire.ts'
import type { Account } from './account.ts'
import type { OpenFaults } from './faults.ts'
import type { Ids } from './ids.ts'
import type { OpenLedger } from './ledger.ts'
import type { Limits } from './limits.ts'
import type { MediaStore } from './media.ts'
import type { Settings } from './options.ts'
import type { People } from './people.ts'
import type { TemplateBook } from './templates.ts'
import type { Webhooks } from './webhooks.ts'

/** Everything one simulator knows; made once by `createWhatsAppSimulator`, handed to each part. */
export interface World {
  readonly settings: Settings
  readonly clock: Clock
  readonly random: () => number
  readonly ids: Ids
  readonly ledger: OpenLedger
  readonly faults: OpenFaults
  readonly limits: Limits
  readonly webhooks: Webhooks
  readonly account: Account
  readonly templates: TemplateBook
  readonly media: MediaStore
  readonly people: People
  /** The `date` header. */
  date(): string
}

export const seconds = (ms: number): number => Math.floor(ms / 1000)

/** `timestamp` of messages and statuses: a string of seconds. */
export const stamp = (ms: number): string => String(seconds(ms))

export const metadataOf = (settings: Settings): Fields => ({
  display_phone_number: settings.displayNumber.replace(/\D/g, ''),
  phone_number_id: settings.phoneNumberId,
})

/** The `date` header of now, made once a second. */
export function makeDate(now: () => number): () => string {
  let second = -1
  let text = ''
  return () => {
    const at = now()
    if (seconds(at) !== second) {
      second = seconds(at)
      text = new Date(at).toUTCString()
    }
    return text
  }
}
