/** Where in a webhook a thing stands: what its translation must know. */
import { createHash } from 'node:crypto'
import type { Inbound } from '../../core/event.ts'
import { asId, type VendorId } from '../../core/ids.ts'
import type { WhatsappConfig } from './config.ts'
import type { Json } from './wire.ts'

export type Place = {
  readonly self: Pick<WhatsappConfig, 'phoneNumberId' | 'businessAccountId' | 'number'>
  readonly field: string
  /** Time of what has none of its own; ms. */
  readonly at: number
  /** A stable id for what has none of its own. */
  readonly hash: (part: string | number) => VendorId
}

/** Counted and shown; `part` tells the items of one change apart. */
export const unknownEvent = (place: Place, what: string, part: string | number, at = place.at): Inbound => ({
  kind: 'unknown',
  vendorId: place.hash(part),
  at,
  what,
})

const write = (value: Json): string => {
  try {
    return JSON.stringify(value)
  } catch {
    return 'too deep' // nested beyond the stack: told apart by its place and time alone
  }
}

/** Of the change's own content and the time it was told: a repeated webhook gives the same id, the same news next week another. */
export const hashOf =
  (field: string, told: unknown, value: Json) =>
  (part: string | number): VendorId =>
    asId<VendorId>(
      createHash('sha256')
        .update(`${field}\n${typeof told}:${String(told)}\n${part}\n`)
        .update(write(value))
        .digest('base64url')
        .slice(0, 32),
    )
