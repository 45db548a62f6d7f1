import type { Fields } from '../wire.ts'
import { GraphError } from './errors.ts'
import type { Limits } from './limits.ts'
import type { Settings } from './options.ts'
import type { Webhooks } from './webhooks.ts'

const day = 86_400_000

export type Restriction =
  | 'RESTRICTED_BIZ_INITIATED_MESSAGING'
  | 'RESTRICTED_CUSTOMER_INITIATED_MESSAGING'
  | 'RESTRICTED_ADD_PHONE_NUMBER_ACTION'

/** The business's account and number: what they may do now, and the events that say it changed. */
export interface Account {
  quality: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN'
  tier: 'TIER_250' | 'TIER_2K' | 'TIER_10K' | 'TIER_100K' | 'TIER_UNLIMITED'
  registered: boolean
  /** Refused with 131057 while an upgrade runs. */
  maintenance: boolean
  /** `false`: every token is refused with 190. */
  tokenValid: boolean
  /** Scopes of the token. */
  scopes: readonly string[]
  /** Whether the number has a pin for two-step verification. */
  pinned: boolean
  readonly state: 'connected' | 'banned' | 'restricted'
  /** DISABLED_UPDATE / DISABLE; sends are refused with `code`: 131031 (default) or 368. */
  ban(detail?: { code?: 131031 | 368 }): void
  /** DISABLED_UPDATE / SCHEDULE_FOR_DISABLE: a warning, sends still go. */
  scheduleBan(): void
  /** ACCOUNT_RESTRICTION; templates or service messages are refused with 368 for `days`. */
  restrict(types: readonly Restriction[], days?: number): void
  /** ACCOUNT_VIOLATION. */
  violate(type: string): void
  /** DISABLED_UPDATE / REINSTATE: all is well again. */
  reinstate(): void
  /**
   * Changes the quality rating. The number's own page shows it at once; since 2026 the platform documents no event for it, so the
   * older FLAGGED / UNFLAGGED of `phone_number_quality_update` is sent, unless `silent`.
   */
  setQuality(quality: Account['quality'], detail?: { silent?: boolean }): void
  /** `phone_number_quality_update` THROUGHPUT_UPGRADE to 1,000 a second. */
  upgradeThroughput(): void
  /** `business_capability_update`. */
  setTier(tier: Account['tier']): void
  /** `account_alerts`. */
  alert(alert: { type: string; severity?: 'CRITICAL' | 'WARNING' | 'INFORMATIONAL'; description?: string }): void
  /** Any other event of the account, as is. */
  event(field: string, value: Fields): void
  /** What refuses a send now, if anything does. Throws 131031, 368, 133010, 131057. */
  check(isTemplate: boolean): void
}

const daily = { TIER_250: 250, TIER_2K: 2000, TIER_10K: 10_000, TIER_100K: 100_000, TIER_UNLIMITED: -1 }

export function makeAccount(settings: Settings, limits: Limits, webhooks: Webhooks, now: () => number): Account {
  let banCode: 131031 | 368 | undefined
  let restrictions: readonly { type: Restriction; until: number }[] = []
  let events = 0

  const event = (field: string, value: Fields) => webhooks.push({ field, part: field, items: [`${field}:${++events}`], value })
  const disabled = (state: string) =>
    event('account_update', {
      event: 'DISABLED_UPDATE',
      ban_info: {
        waba_ban_state: state,
        waba_ban_date: new Date(now()).toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' }),
      },
    })
  const restricted = (type: Restriction) => restrictions.some((one) => one.type === type && now() < one.until)

  const account: Account = {
    quality: 'GREEN',
    tier: 'TIER_2K',
    registered: true,
    maintenance: false,
    tokenValid: true,
    scopes: ['whatsapp_business_management', 'whatsapp_business_messaging', 'public_profile'],
    pinned: true,
    get state() {
      if (banCode !== undefined) return 'banned'
      return restrictions.some((one) => now() < one.until) ? 'restricted' : 'connected'
    },
    ban({ code = 131031 } = {}) {
      banCode = code
      disabled('DISABLE')
    },
    scheduleBan: () => disabled('SCHEDULE_FOR_DISABLE'),
    restrict(types, days = 7) {
      const until = now() + days * day
      restrictions = types.map((type) => ({ type, until }))
      const info = types.map((type) => ({ restriction_type: type, expiration: Math.floor(until / 1000) }))
      event('account_update', { event: 'ACCOUNT_RESTRICTION', restriction_info: info })
    },
    violate: (type) => event('account_update', { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: type } }),
    reinstate() {
      banCode = undefined
      restrictions = []
      disabled('REINSTATE')
    },
    setQuality(quality, { silent = false } = {}) {
      account.quality = quality
      if (silent) return
      event('phone_number_quality_update', {
        display_phone_number: settings.displayNumber.replace(/\D/g, ''),
        event: quality === 'RED' ? 'FLAGGED' : 'UNFLAGGED',
        max_daily_conversations_per_business: account.tier,
      })
    },
    upgradeThroughput() {
      limits.throughput = 1000
      account.tier = 'TIER_UNLIMITED'
      event('phone_number_quality_update', {
        display_phone_number: settings.displayNumber.replace(/\D/g, ''),
        event: 'THROUGHPUT_UPGRADE',
        max_daily_conversations_per_business: account.tier,
      })
    },
    setTier(tier) {
      account.tier = tier
      event('business_capability_update', { max_daily_conversations_per_business: daily[tier], max_phone_numbers_per_waba: 25 })
    },
    alert: ({ type, severity = 'INFORMATIONAL', description = '' }) =>
      event('account_alerts', {
        entity_type: 'PHONE_NUMBER',
        entity_id: settings.phoneNumberId,
        alert_info: { alert_severity: severity, alert_status: 'ACTIVE', alert_type: type, alert_description: description },
      }),
    event,
    check(isTemplate) {
      if (banCode !== undefined) throw new GraphError(banCode)
      if (!account.registered) throw new GraphError(133010)
      if (account.maintenance) throw new GraphError(131057)
      const type: Restriction = isTemplate ? 'RESTRICTED_BIZ_INITIATED_MESSAGING' : 'RESTRICTED_CUSTOMER_INITIATED_MESSAGING'
      if (restrictions.length > 0 && restricted(type)) throw new GraphError(368)
    },
  }
  return account
}
