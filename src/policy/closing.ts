/**
 * Whether the rules still let anything leave on a channel: judged by the plainest reply there is, a person's own words to somebody who has
 * just written, in every category and to customers everywhere. What a rule keeps of that, it keeps altogether.
 */
import type { Judgement, Outcome, Ruling } from '../core/decision.ts'
import { CATEGORIES, type Situation } from '../core/situation.ts'
import { situationAt } from './example.ts'
import type { PartialSituation } from './vocabulary.ts'

const KEEPING: ReadonlySet<Outcome> = new Set<Outcome>(['reroute', 'hold', 'refuse'])
/** Where customers may be besides the business's own country: one of each of the rulebook's larger places, and outside them. */
const ABROAD = ['FR', 'DE', 'IT', 'GB', 'US', 'BR', 'IN']
/** An ordinary noon: what depends on the hour closes nothing. */
const NOON = { hour: 12, minute: 0, weekday: 3, holiday: false }
const HOUR_S = 3_600

type Given = {
  readonly channel: Partial<Situation['channel']>
  readonly account: Partial<Situation['account']>
}

const plainReply = ({ channel, account }: Given, category: Situation['message']['category'], country: string): PartialSituation => ({
  channel,
  account,
  message: { category, purpose: 'service', purposeAssumed: false, reply: true, automatic: false, offersHuman: true, offersStop: true },
  contact: { country, numberCountry: country, marketing: 'given' },
  window: { service: 'open', secondsLeft: 20 * HOUR_S, inboundAgo: HOUR_S },
  local: NOON,
})

/** The ruling that keeps everything; null while anything may leave. */
export const closingRule = (judge: (situation: Situation, at: number) => Judgement, given: Given, at: number): Ruling | null => {
  const time = new Date(at).toISOString()
  let common: readonly Ruling[] | null = null
  for (const country of new Set([given.account.country ?? 'FR', ...ABROAD]))
    for (const category of CATEGORIES) {
      const { outcome, rulings } = judge(situationAt(plainReply(given, category, country), time).situation, at)
      if (!KEEPING.has(outcome)) return null
      const keeping = rulings.filter((ruling) => KEEPING.has(ruling.outcome))
      common = common === null ? keeping : common.filter(({ rule }) => keeping.some((ruling) => ruling.rule === rule))
    }
  return common?.[0] ?? null
}
