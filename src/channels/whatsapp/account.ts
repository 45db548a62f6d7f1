/**
 * What the platform tells of the account, the number, its templates and people's wishes: everything but messages and receipts.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update and its siblings (read 2026-11-22)
 */
import type { ChannelHealth, Inbound, Quality, TemplateState } from '../../core/event.ts'
import type { Category } from '../../core/situation.ts'
import { phoneAddress, uniqueAddresses, userAddress } from './people.ts'
import { type Place, unknownEvent } from './place.ts'
import { type Json, readJson, readList, readText, readTime } from './wire.ts'

type Reader = (place: Place, value: Json) => readonly Inbound[]

const health = (place: Place, state: ChannelHealth, reason: string): Inbound => ({
  kind: 'health',
  vendorId: place.hash('health'),
  at: place.at,
  state,
  reason,
})

const BANS = new Map<string, ChannelHealth>(Object.entries({ DISABLE: 'cut', SCHEDULE_FOR_DISABLE: 'degraded', REINSTATE: 'healthy' }))
const ACCOUNT_EVENTS = new Map<string, ChannelHealth>(
  Object.entries({
    ACCOUNT_DELETED: 'cut',
    ACCOUNT_OFFBOARDED: 'cut',
    ACCOUNT_RECONNECTED: 'healthy',
    ACCOUNT_VIOLATION: 'degraded',
    PARTNER_APP_UNINSTALLED: 'degraded',
    PARTNER_REMOVED: 'degraded',
  }),
)
/** Restrictions that leave messages alone; any other, a new one too, stops the channel. */
const HARMLESS = /^RESTRICT(ED|ION)_(ON_)?(ADD_PHONE_NUMBER|UTILITY_TEMPLATES|DIRECT_SEND|.*CALLING)/

const restrictionOf = (place: Place, value: Json): Inbound => {
  const found = readList(value, 'restriction_info').map((item) => {
    const until = readTime(item, 'expiration')
    const type = readText(item, 'restriction_type') ?? 'RESTRICTION'
    return { type, words: until === undefined ? type : `${type} until ${new Date(until).toISOString()}` }
  })
  const harmless = found.length > 0 && found.every((item) => HARMLESS.test(item.type))
  return health(place, harmless ? 'degraded' : 'cut', ['ACCOUNT_RESTRICTION', ...found.map((item) => item.words)].join(' '))
}

const readAccountUpdate: Reader = (place, value) => {
  const event = readText(value, 'event') ?? 'none'
  if (event === 'ACCOUNT_RESTRICTION') return [restrictionOf(place, value)]
  if (event === 'DISABLED_UPDATE') {
    const ban = readText(readJson(value, 'ban_info'), 'waba_ban_state') ?? 'DISABLE'
    return [health(place, BANS.get(ban) ?? 'cut', `DISABLED_UPDATE ${ban}`)]
  }
  const state = ACCOUNT_EVENTS.get(event)
  if (state === undefined) return [unknownEvent(place, `account_update:${event}`, 0)]
  const violation = readText(readJson(value, 'violation_info'), 'violation_type')
  return [health(place, state, violation === undefined ? event : `${event} ${violation}`)]
}

const QUALITIES: Readonly<Record<string, Quality>> = {
  GREEN: 'green',
  HIGH: 'green',
  YELLOW: 'yellow',
  MEDIUM: 'yellow',
  RED: 'red',
  LOW: 'red',
}
/** The platform's word for a number's quality; what it does not say is `unknown`. */
export const qualityOf = (word: string | undefined): Quality => QUALITIES[word?.toUpperCase() ?? ''] ?? 'unknown'

/** People who may be written to outside the window in 24 h; null = no limit, undefined = not told. */
export const tierOf = (word: string | undefined): number | null | undefined => {
  if (word === undefined) return undefined
  if (/UNLIMITED$/i.test(word) || word === '-1') return null
  const match = /^(?:TIER_)?(\d+)(K?)$/i.exec(word)
  return match?.[1] === undefined ? undefined : Number(match[1]) * (match[2] ? 1000 : 1)
}

/** Every number starts at 80 messages a second and is raised to 1,000. https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput (2026-05-21) */
export const UPGRADED = 1000

const tierIn = (value: Json) =>
  tierOf(
    readText(value, 'max_daily_conversations_per_business') ??
      readText(value, 'max_daily_conversation_per_phone') ??
      readText(value, 'current_limit'),
  )

const readNumberQuality: Reader = (place, value) => {
  const shown = phoneAddress(readText(value, 'display_phone_number'))
  if (shown !== undefined && shown.value !== place.self.number) return [unknownEvent(place, 'foreign-number', 0)]
  const event = readText(value, 'event') ?? 'none'
  const perDay = tierIn(value)
  const throughput = event === 'THROUGHPUT_UPGRADE' ? UPGRADED : undefined
  const word = readText(value, 'quality_rating') ?? readText(value, 'current_quality') ?? readText(value, 'new_quality_score')
  // FLAGGED and UNFLAGGED: what the platform called a number falling to red and rising from it.
  const quality = event === 'FLAGGED' ? 'red' : event === 'UNFLAGGED' ? 'green' : word === undefined ? undefined : qualityOf(word)
  const events: Inbound[] = []
  if (quality !== undefined) events.push({ kind: 'quality', vendorId: place.hash('quality'), at: place.at, quality })
  if (throughput !== undefined || perDay !== undefined)
    events.push({ kind: 'limit', vendorId: place.hash('limit'), at: place.at, throughput, perDay })
  return events.length > 0 ? events : [unknownEvent(place, `phone_number_quality_update:${event}`, 0)]
}

const readCapability: Reader = (place, value) => {
  const perDay = tierIn(value)
  return perDay === undefined ? [] : [{ kind: 'limit', vendorId: place.hash('limit'), at: place.at, perDay }]
}

/** FLAGGED still sends; the platform's other words for "gone" do not. */
const TEMPLATE_STATES: Readonly<Record<string, TemplateState>> = {
  APPROVED: 'approved',
  REINSTATED: 'approved',
  UNPAUSED: 'approved',
  FLAGGED: 'approved',
  PENDING: 'pending',
  IN_APPEAL: 'pending',
  REJECTED: 'rejected',
  LIMIT_EXCEEDED: 'rejected',
  PAUSED: 'paused',
  DISABLED: 'disabled',
  LOCKED: 'disabled',
  ARCHIVED: 'disabled',
  DELETED: 'disabled',
  PENDING_DELETION: 'disabled',
}
export const templateStateOf = (word: string | undefined): TemplateState => TEMPLATE_STATES[word?.toUpperCase() ?? ''] ?? 'unknown'

const CATEGORIES: readonly Category[] = ['marketing', 'utility', 'authentication']
export const categoryOf = (word: string | undefined): Category | null => CATEGORIES.find((one) => one === word?.toLowerCase()) ?? null

/** Webhooks have shown `en-US` where the list of templates, and sends, say `en_US`. */
const languageIn = (value: Json): string => (readText(value, 'message_template_language') ?? '').replace('-', '_')

const readTemplateStatus: Reader = (place, value) => {
  const name = readText(value, 'message_template_name')
  const event = readText(value, 'event')
  if (name === undefined || event === undefined) return []
  const reason = readText(value, 'reason')
  const info = readJson(value, 'other_info')
  const words = [reason === 'NONE' ? undefined : reason, readText(info, 'title'), event === 'FLAGGED' ? event : undefined].filter(Boolean)
  return [
    {
      kind: 'template',
      vendorId: place.hash('template'),
      at: place.at,
      name,
      language: languageIn(value),
      state: templateStateOf(event),
      reason: words.length > 0 ? words.join(' ') : undefined,
    },
  ]
}

/**
 * The platform has filed a template elsewhere, or says a day ahead that it will (`correct_category`; `new_category` is then the one it still has).
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/template_category_update/ (read 2026-11-22)
 */
const readTemplateCategory: Reader = (place, value) => {
  const name = readText(value, 'message_template_name')
  const category = categoryOf(readText(value, 'new_category'))
  if (name === undefined || category === null) return [unknownEvent(place, 'template_category_update', 0)]
  const coming = categoryOf(readText(value, 'correct_category')) ?? undefined
  return [
    { kind: 'template-category', vendorId: place.hash('category'), at: place.at, name, language: languageIn(value), category, coming },
  ]
}

/** A template's quality changes long before its state does: counted, for the state comes by its own webhook. */
const readTemplateQuality: Reader = (place, value) => [
  unknownEvent(place, `template-quality:${qualityOf(readText(value, 'new_quality_score'))}`, 0),
]

const readAlert: Reader = (place, value) => {
  const alert = readJson(value, 'alert_info') ?? value
  const type = readText(alert, 'alert_type') ?? 'ALERT'
  const urgent = readText(alert, 'alert_severity') === 'CRITICAL' && readText(alert, 'alert_status') === 'ACTIVE'
  return [urgent ? health(place, 'degraded', `account_alerts ${type}`) : unknownEvent(place, `account_alerts:${type}`, 0)]
}

const readPreferences: Reader = (place, value) =>
  readList(value, 'user_preferences').map((item, index) => {
    const at = readTime(item, 'timestamp') ?? place.at
    const addresses = uniqueAddresses([phoneAddress(readText(item, 'wa_id')), userAddress(readText(item, 'user_id'))])
    const wish = readText(item, 'value')
    const category = readText(item, 'category') ?? 'none'
    if (addresses.length === 0 || category !== 'marketing_messages' || (wish !== 'stop' && wish !== 'resume'))
      return unknownEvent(place, `user_preferences:${category}`, index, at)
    const words = readText(item, 'detail') ?? wish
    return { kind: 'preference', vendorId: place.hash(index), at, from: { addresses }, category: 'marketing', value: wish, words }
  })

/** A user id of a person was replaced; where the phone is told too, it is tied to the same person. */
const readUserIds: Reader = (place, value) =>
  readList(value, 'user_id_update').flatMap((item, index) => {
    const at = readTime(item, 'timestamp') ?? place.at
    const ids = readJson(item, 'user_id')
    const parents = readJson(item, 'parent_user_id')
    const chain = uniqueAddresses([
      phoneAddress(readText(item, 'wa_id')),
      userAddress(readText(ids, 'previous')),
      userAddress(readText(ids, 'current')),
      userAddress(readText(parents, 'current')),
    ])
    if (chain.length < 2) return [unknownEvent(place, 'user_id_update', index, at)]
    return chain.slice(1).map((current, step): Inbound => {
      return { kind: 'identity', vendorId: place.hash(`${index}.${step}`), at, previous: chain[step] ?? current, current }
    })
  })

const AGENT = /agent/i

/**
 * Who speaks now: told by the new owner's role; else it is us, where the former owner was the platform's agent. A hand-over we cannot
 * read leaves the thread with the platform: silence is the safe side.
 */
const readHandover: Reader = (place, value) => {
  const type = readText(value, 'type') ?? 'none'
  const passed = readJson(value, type) ?? readJson(value, 'control_passed')
  const sender = readJson(value, 'sender')
  const addresses = uniqueAddresses([
    phoneAddress(readText(sender, 'phone_number') ?? readText(sender, 'wa_id')),
    userAddress(readText(sender, 'user_id')),
  ])
  if (passed === undefined || addresses.length === 0) return [unknownEvent(place, `messaging_handovers:${type}`, 0)]
  const next = readText(passed, 'new_owner_role') ?? readText(passed, 'new_owner_app_role')
  const former = readText(passed, 'previous_owner_app_role') ?? readText(passed, 'previous_owner_role') ?? ''
  const holder = (next === undefined ? AGENT.test(former) : !AGENT.test(next)) ? 'business' : 'platform'
  const at = readTime(value, 'timestamp') ?? place.at
  return [{ kind: 'control', vendorId: place.hash('control'), at, from: { addresses }, holder }]
}

const READERS: Readonly<Record<string, Reader>> = {
  account_update: readAccountUpdate,
  account_alerts: readAlert,
  phone_number_quality_update: readNumberQuality,
  business_capability_update: readCapability,
  message_template_status_update: readTemplateStatus,
  message_template_quality_update: readTemplateQuality,
  template_category_update: readTemplateCategory,
  user_preferences: readPreferences,
  user_id_update: readUserIds,
  messaging_handovers: readHandover,
}

/** Fields without a reader give nothing here: the caller counts them. Among them are echoes of what the business itself wrote elsewhere. */
export const readAccountChange: Reader = (place, value) =>
  Object.hasOwn(READERS, place.field) ? (READERS[place.field]?.(place, value) ?? []) : []

/** Distinct variables of a template's body, `{{1}}` or `{{name}}`. */
export const countParameters = (text: string): number => new Set(text.match(/\{\{\s*\w+\s*\}\}/g)).size
