/** The facts of one outgoing message at one instant, as rules ask for them. */

import type { Address } from '../core/address.ts'
import type { Capabilities } from '../core/capability.ts'
import { type Content, wordsOf } from '../core/content.ts'
import { countryOfAddress, sortOfAddress, zoneOfCountry } from '../core/country.ts'
import { isHoliday } from '../core/holidays.ts'
import { localTime } from '../core/local-time.ts'
import { asLong } from '../core/one-time-code.ts'
import { offersStop } from '../core/opt-out.ts'
import type { Situation } from '../core/situation.ts'
import type { ChannelFacts, ContactFacts } from '../core/store.ts'
import { mediumOf, type Workspace } from '../core/workspace.ts'
import type { Intent } from './event.ts'
import { type ConversationState, channelState } from './state.ts'
import { countedAs } from './template.ts'

const HOUR = 3_600_000
const QUARTER_MS = 900_000
const MONTH_MS = 30 * 24 * HOUR
/** The free entry window: the business answers within 24 h, then 72 h from its answer. Its price and meaning stand in the rulebook. */
const FREE_ENTRY_HOURS = 72

/** What only dispatch knows. */
export type Limits = Omit<Situation['limits'], 'templatesYear' | 'callsConnected'>
export const NO_LIMITS: Limits = { pairWait: 0, numberWait: 0, portfolioUsed: 0, portfolioLimit: -1, portfolioWait: 0, budgetWait: 0 }

/** What the house cannot know yet stands at its plain value, at which no rule speaks: see the vocabulary of `src/policy`. */
const UNTOLD = {
  message: { unsubscribe: 'one-click', tag: 'none', templateQuality: 'unknown', marked: true, decides: false },
  contact: { boughtSimilar: false, runningContract: false, doNotCall: false, callPermission: 'none', callsRecently: 0, callRefusedAgo: -1 },
  limits: { templatesYear: -1, callsConnected: 0 },
  engine: { asked: false, trainsOnData: 'no', contract: 'yes', since: '' },
} as const

const LONGEST_AGO_HOURS = 192

const templateOf = (content: Content): { name: string; language: string } =>
  content.type === 'template' ? content : { name: '', language: '' }

/** The customer's clock, told in quarters of an hour, and looked up once for each. */
const quarters = new Map<string, ReturnType<typeof localTime>>()
const quarterOf = (at: number, zone: string): ReturnType<typeof localTime> => {
  const quarter = Math.floor(at / QUARTER_MS)
  const key = `${zone} ${quarter}`
  let local = quarters.get(key)
  if (!local) {
    if (quarters.size > 1_000) quarters.clear()
    local = localTime(quarter * QUARTER_MS, zone)
    quarters.set(key, local)
  }
  return local
}

const hasWritten = (state: ConversationState, kind: string, { channels }: Workspace): boolean =>
  channels.some(
    (setup) => mediumOf(setup) === kind && (state.channels[setup.id]?.inboundAt ?? state.channels[setup.id]?.inbound ?? null) !== null,
  )

type Facts = Pick<ContactFacts, 'country' | 'consents' | 'owner'>

/** Seconds and minutes are told coarsely (whole hours, quarters), so that equal situations are one row of the store. */
export const situationOf = (input: {
  facts: Facts
  state: ConversationState
  intent: Intent
  channel: ChannelFacts
  windowHours: number | null
  /** `Capabilities.parts` of the channel. */
  parts?: Capabilities['parts']
  workspace: Workspace
  at: number
  /** Where it goes; null: nobody knows. */
  to: Address | null
  limits?: Limits
}): Situation => {
  const { facts, state, intent, channel, windowHours, workspace, at, to } = input
  const setup = workspace.channels.find((candidate) => candidate.id === channel.id)
  const here = channelState(state, channel.id)
  const left = windowHours === null ? Number.POSITIVE_INFINITY : here.inboundAt === null ? 0 : here.inboundAt + windowHours * HOUR - at
  const freeEntry = here.freeEntryAt !== null && at < here.freeEntryAt + FREE_ENTRY_HOURS * HOUR
  const country = state.country || facts.country
  const timezone = zoneOfCountry(country) || workspace.timezone
  const local = quarterOf(at, timezone)
  const template = templateOf(intent.content)
  return {
    channel: {
      kind: channel.kind,
      operator: setup?.kind ?? channel.kind,
      id: channel.id,
      scope: setup?.scope ?? 'service',
      health: channel.health,
      quality: channel.quality,
      windowHours: windowHours ?? 0,
      sender: setup?.sender ?? 'unknown',
    },
    message: {
      category: template.name ? countedAs(template, intent.category, channel) : intent.category,
      purpose: intent.purpose,
      purposeAssumed: intent.purposeAssumed,
      ai: intent.ai,
      firstAiTurn: intent.ai && !state.disclosed,
      disclosed: intent.disclosed,
      offersHuman: intent.offersHuman,
      automatic: !intent.author.startsWith('agent:'),
      template: template.name,
      templateState: template.name ? (channel.templates[`${template.name}/${template.language}`] ?? 'unknown') : 'unknown',
      reply: intent.reply,
      relayed: intent.reach?.relayed ?? false,
      type: intent.content.type,
      parts: input.parts?.(asLong(wordsOf(intent.content))) ?? 1,
      offersStop: offersStop(wordsOf(intent.content), setup?.sender !== 'alphanumeric'),
      ...UNTOLD.message,
    },
    account: {
      aiIs: workspace.assistant.aiIs,
      aiSince: workspace.assistant.since,
      country: workspace.country,
      restriction: 'none',
    },
    contact: {
      country,
      numberCountry: to ? countryOfAddress(to) : facts.country,
      address: to ? sortOfAddress(to) : 'other',
      ...UNTOLD.contact,
      callsRecently: state.sellingCalls?.filter((one) => one > at - MONTH_MS).length ?? 0,
      callRefusedAgo: state.callRefusedAt === undefined ? -1 : Math.floor((at - state.callRefusedAt) / HOUR) * 3600,
      heldByPlatform: facts.owner === 'platform',
      marketing: facts.consents[`${channel.kind}/marketing`] ?? 'none',
      service: facts.consents[`${channel.kind}/service`] ?? 'none',
      wroteHere: hasWritten(state, channel.kind, workspace),
      unanswered: Math.min(here.unanswered, intent.unanswered ?? here.unanswered),
      marketingRefusedAgo: state.marketingRefusedAt === null ? -1 : Math.floor((at - state.marketingRefusedAt) / HOUR) * 3600,
      // By construction: see the type.
      humanReachable: true,
      timezone,
    },
    window: {
      service: left > 0 ? 'open' : 'closed',
      secondsLeft: left === Number.POSITIVE_INFINITY ? -1 : Math.max(0, Math.floor(left / HOUR) * 3600),
      freeEntry: freeEntry ? 'open' : 'closed',
      inboundAgo: here.inboundAt === null ? -1 : Math.min(LONGEST_AGO_HOURS, Math.floor((at - here.inboundAt) / HOUR)) * 3600,
    },
    limits: { ...(input.limits ?? NO_LIMITS), ...UNTOLD.limits },
    engine: UNTOLD.engine,
    local: { ...local, holiday: isHoliday(country || workspace.country, local.date) },
  }
}
