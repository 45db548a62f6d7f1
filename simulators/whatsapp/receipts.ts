import type { Fields } from '../wire.ts'
import { webhookError } from './errors.ts'
import type { SendRecord } from './ledger.ts'
import type { Checked } from './messages.ts'
import type { Person, PhoneMessage } from './people.ts'
import { freeEntryUntil, noteAnswer, type Pricing, priceOf, serviceOpen } from './windows.ts'
import { metadataOf, seconds, stamp, type World } from './world.ts'

/** A message the platform has taken. */
export interface SentMessage {
  readonly id: string
  readonly record: SendRecord
  readonly person: Person | undefined
  readonly look: PhoneMessage
  readonly pricing: Pricing
  readonly conversation: Fields | undefined
  /** `pricing` went out with a delivered or read status. */
  priced: boolean
}

type Status = 'sent' | 'delivered' | 'read' | 'played' | 'failed'

/**
 * Takes a message: from here on it happens whether or not the answer reaches the caller. Shows it on the phone and sends its
 * receipts, or a `failed` status for what the platform only finds out later.
 * @param failsWith forces a later failure; @param hurry sends the receipts at once (before the answer)
 */
export function accept(
  world: World,
  given: { record: SendRecord; person: Person | undefined; type: string; checked: Checked; failsWith?: number; hurry?: boolean },
): SentMessage {
  const { clock, settings } = world
  const { record, person } = given
  const now = clock.now()
  const category = given.checked.template?.template.category.toLowerCase() ?? 'service'
  const code = given.failsWith ?? laterFailure(world, person, category)
  // The answer to an ad opens the free window in which it is itself priced.
  if (person && code === undefined) noteAnswer(person.windows, now)
  const id = world.ids.message(person?.userId ?? record.to)
  const message: SentMessage = {
    id,
    record,
    person,
    look: lookOf(id, given.type, given.checked, record.body, now),
    pricing: person ? priceOf(category, person.windows, now) : priceOf(category, { wroteAt: null, adAt: null, freeFrom: null }, now),
    conversation: person ? conversationOf(world, person, now) : undefined,
    priced: false,
  }
  record.wamid = id
  const [sent, delivered, failed] = given.hurry ? [0, 0, 0] : [settings.delays.sent, settings.delays.delivered, settings.delays.failed]
  if (code !== undefined) {
    record.failed = code
    clock.after(failed, () => tell(world, message, 'failed', { errors: [webhookError(code)] }))
    return message
  }
  if (category === 'marketing') person?.marketingAt.push(now)
  if (category === 'service' && person) person.heldByAgent = false
  clock.after(sent, () => tell(world, message, 'sent', { pricing: message.pricing }))
  clock.after(delivered, () => arrive(world, message))
  return message
}

/** What the platform finds out only after it said 200, in the order it looks. */
function laterFailure(world: World, person: Person | undefined, category: string): number | undefined {
  const now = world.clock.now()
  if (!person) return 131026
  if (category === 'service') return serviceOpen(person.windows, now) ? undefined : 131047
  if (category !== 'marketing') return undefined
  if (person.stoppedMarketing) return 131050
  // No marketing to US numbers since 2025-04-01: …/templates/marketing-templates/per-user-limits (read 2026-11-22).
  if (person.country === 'US') return 131049
  const limit = world.settings.marketingPerDay
  if (limit === undefined || serviceOpen(person.windows, now)) return undefined
  const recent = person.marketingAt.filter((at) => now - at < 86_400_000)
  return recent.length >= limit ? 131049 : undefined
}

/** The message reaches the phone, or waits until the phone is on. */
export function arrive(world: World, message: SentMessage): void {
  const { person } = message
  if (!person) return
  if (!person.online) {
    person.undelivered.push(message)
    return
  }
  const now = world.clock.now()
  world.ledger.addShown(message.record, now)
  person.typingUntil = 0
  const { reaction } = message.look
  if (reaction) react(person, reaction)
  else world.people.write(person, message.look)
  if (person.readsAtOnce) {
    message.look.readAt = now
    tell(world, message, 'read', price(message))
    return
  }
  person.unread.push(message)
  tell(world, message, 'delivered', price(message))
}

/** The person read everything up to and including `id` (default: all). */
export function readUpTo(world: World, person: Person, id?: string): void {
  const last = id === undefined ? person.unread.length - 1 : person.unread.findIndex((message) => message.id === id)
  for (const message of person.unread.splice(0, last + 1)) {
    message.look.readAt = world.clock.now()
    tell(world, message, 'read', price(message))
  }
}

/** `pricing` comes on one of delivered and read only. */
function price(message: SentMessage): Fields {
  if (message.priced) return {}
  message.priced = true
  return { pricing: message.pricing }
}

export function tell(world: World, message: SentMessage, status: Status, rest: Fields = {}): void {
  const { record, person } = message
  const now = world.clock.now()
  const phone = person ? (person.hidesPhone ? null : person.phone) : world.people.read(record.to)
  const entry: Fields = {
    id: message.id,
    status,
    timestamp: stamp(now),
    ...(phone === null ? {} : { recipient_id: phone }),
    ...(person ? { recipient_user_id: person.userId } : {}),
    ...(record.attempt === null ? {} : { biz_opaque_callback_data: record.attempt }),
    ...(message.conversation && status !== 'failed' ? { conversation: message.conversation } : {}),
    ...rest,
  }
  const value: Fields = { messaging_product: 'whatsapp', metadata: metadataOf(world.settings), statuses: [entry] }
  world.webhooks.push({ field: 'messages', part: 'statuses', items: [`${message.id}:${status}`], value })
}

/** Since v24.0 only inside a free entry point. */
function conversationOf(world: World, person: Person, now: number): Fields | undefined {
  const until = freeEntryUntil(person.windows, now)
  if (until === null) return undefined
  return { id: world.ids.conversation(), expiration_timestamp: String(seconds(until)), origin: { type: 'referral_conversion' } }
}

function lookOf(id: string, type: string, checked: Checked, content: Fields, at: number): PhoneMessage {
  const { template: _, ...look } = checked
  const context = content.context
  const answers = typeof context === 'object' && context !== null && 'message_id' in context ? String(context.message_id) : undefined
  return { id, from: 'business', type, at, content, readAt: null, reactions: [], ...look, ...(answers ? { answers } : {}) }
}

function react(person: Person, { to, emoji }: { to: string; emoji: string }): void {
  const target = person.thread.find((line) => line.id === to)
  if (!target) return
  target.reactions = target.reactions.filter((one) => one.by !== 'business')
  if (emoji !== '') target.reactions.push({ by: 'business', emoji })
}
