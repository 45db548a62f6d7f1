/** Who can be reached by what, and who depends on which platform: people alike are judged once. Pure. */
import { PHONE_KINDS } from '../core/address.ts'
import {
  ACTIVITIES,
  type Activity,
  type AnsweredGroup,
  type CarriedGroup,
  type ChannelNow,
  type ReachGroup,
  type ThoughtGroup,
} from '../core/reachability.ts'
import { type Instead, insteadOf, type Thinking } from './instead.ts'

export type ReachChannel = {
  readonly id: string
  /** The connector, which is its operator or platform. */
  readonly kind: string
  readonly medium: string
  /** Name spaces of addresses it can write to. */
  readonly identities: readonly string[]
}

/** Why somebody is not reached by any channel that is left; the first that applies, from what is mended soonest. */
export const REASONS = ['stopped', 'revoked', 'no-consent', 'no-address'] as const
export type Reason = (typeof REASONS)[number]

export type Reached = { readonly people: number; readonly reached: number }
export type ReachReport = Reached & {
  /** Channels and engines that the question takes away. */
  readonly without: readonly string[]
  /** Reached by one channel alone. */
  readonly byOneOnly: number
  readonly channels: readonly {
    readonly id: string
    readonly kind: string
    readonly stopped: boolean
    readonly gone: boolean
    readonly reached: number
    readonly only: number
  }[]
  readonly countries: readonly (Reached & { readonly country: string })[]
  readonly activities: readonly (Reached & { readonly activity: Activity })[]
  readonly reasons: readonly { readonly reason: Reason; readonly people: number }[]
  /** By platform or operator: who is reached through it alone, and what it carried of the last 90 days' messages. */
  readonly platforms: readonly { readonly kind: string; readonly reached: number; readonly only: number; readonly messages: number }[]
  readonly messages: number
  /** Conversations of the last 90 days by who answered in them; one may be in several. */
  readonly answers: readonly { readonly author: string; readonly conversations: number; readonly gone: boolean }[]
  readonly conversations: number
  /** Who answers where an engine that the question takes away did. */
  readonly instead: readonly Instead[]
  /** Of those unreached: a number is known from another channel, so that agreeing is all that is missing. */
  readonly numberKnown: number
}

export type ReachFacts = {
  readonly groups: readonly ReachGroup[]
  readonly carried: readonly CarriedGroup[]
  readonly answered: readonly AnsweredGroup[]
  readonly now: readonly ChannelNow[]
  readonly channels: readonly ReachChannel[]
  readonly without: readonly string[]
  /** Of the engines that are taken away, and how the set-up goes on without them; null where none is. */
  readonly thinking: (Thinking & { readonly thought: readonly ThoughtGroup[] }) | null
}

const meets = (some: readonly string[], others: readonly string[]): boolean => some.some((one) => others.includes(one))
const isPhone = (kind: string): boolean => (PHONE_KINDS as readonly string[]).includes(kind)

/** They may be written to there: they have an address for it, and agreed or wrote there themselves, and did not take that back. */
const mayReach = ({ medium, identities }: ReachChannel, group: ReachGroup, wrote: readonly string[]): boolean =>
  meets(identities, group.kinds) && !group.revoked.includes(medium) && (group.given.includes(medium) || wrote.includes(medium))

const reasonOf = (
  channels: readonly ReachChannel[],
  stopped: readonly ReachChannel[],
  group: ReachGroup,
  wrote: readonly string[],
): Reason => {
  const all = [...channels, ...stopped]
  if (stopped.some((channel) => mayReach(channel, group, wrote))) return 'stopped'
  if (all.some(({ medium, identities }) => meets(identities, group.kinds) && group.revoked.includes(medium))) return 'revoked'
  // A number is a number: known from one kind of phone channel, it only lacks their word for another.
  const kinds = group.kinds.some(isPhone) ? [...group.kinds, ...PHONE_KINDS] : group.kinds
  return channels.some(({ identities }) => meets(identities, kinds)) ? 'no-consent' : 'no-address'
}

const raise = <K>(counts: Map<K, Reached>, key: K, people: number, reached: boolean): void => {
  const before = counts.get(key) ?? { people: 0, reached: 0 }
  counts.set(key, { people: before.people + people, reached: before.reached + (reached ? people : 0) })
}
const add = <K>(counts: Map<K, number>, key: K, more: number): void => void counts.set(key, (counts.get(key) ?? 0) + more)

export const reportReach = ({ groups, carried, answered, now, channels, without, thinking }: ReachFacts): ReachReport => {
  const mediumOf = new Map([
    ...now.map(({ id, medium }) => [id, medium] as const),
    ...channels.map(({ id, medium }) => [id, medium] as const),
  ])
  const isStopped = ({ id }: ReachChannel) => now.some((one) => one.id === id && one.stopped)
  const left = channels.filter(({ id }) => !without.includes(id))
  const works = left.filter((channel) => !isStopped(channel))
  const stopped = left.filter(isStopped)
  const [by, only, byKind, onlyKind] = [
    new Map<string, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
  ]
  const countries = new Map<string, Reached>()
  const activities = new Map<Activity, Reached>()
  const reasons = new Map<Reason, number>()
  let [people, reached, byOneOnly, numberKnown] = [0, 0, 0, 0]
  for (const group of groups) {
    const { count } = group
    const wrote = group.wrote.flatMap((id) => mediumOf.get(id) ?? [])
    const ways = works.filter((channel) => mayReach(channel, group, wrote))
    const kinds = [...new Set(ways.map(({ kind }) => kind))]
    people += count
    raise(countries, group.country, count, ways.length > 0)
    raise(activities, group.activity, count, ways.length > 0)
    for (const { id } of ways) add(by, id, count)
    for (const kind of kinds) add(byKind, kind, count)
    const [way, second] = ways
    if (way && !second) {
      byOneOnly += count
      add(only, way.id, count)
    }
    if (kinds.length === 1 && kinds[0] !== undefined) add(onlyKind, kinds[0], count)
    if (way) {
      reached += count
      continue
    }
    const reason = reasonOf(works, stopped, group, wrote)
    add(reasons, reason, count)
    if (reason === 'no-consent' && group.kinds.some(isPhone)) numberKnown += count
  }
  const kindOf = new Map(channels.map(({ id, kind }) => [id, kind]))
  const messages = new Map<string, number>()
  for (const group of carried) add(messages, kindOf.get(group.channel) ?? group.channel, group.messages)
  return {
    without,
    people,
    reached,
    byOneOnly,
    numberKnown,
    channels: channels.map((channel) => ({
      id: channel.id,
      kind: channel.kind,
      stopped: isStopped(channel),
      gone: without.includes(channel.id),
      reached: by.get(channel.id) ?? 0,
      only: only.get(channel.id) ?? 0,
    })),
    countries: [...countries]
      .map(([country, counts]) => ({ country, ...counts }))
      .sort((a, b) => b.people - a.people || (a.country < b.country ? -1 : 1)),
    activities: ACTIVITIES.map((activity) => ({ activity, ...(activities.get(activity) ?? { people: 0, reached: 0 }) })),
    reasons: REASONS.map((reason) => ({ reason, people: reasons.get(reason) ?? 0 })),
    platforms: [...new Set([...channels.map(({ kind }) => kind), ...messages.keys()])].map((kind) => ({
      kind,
      reached: byKind.get(kind) ?? 0,
      only: onlyKind.get(kind) ?? 0,
      messages: messages.get(kind) ?? 0,
    })),
    messages: carried.reduce((sum, group) => sum + group.messages, 0),
    answers: answered
      .filter(({ author }) => author !== '*')
      .map(({ author, conversations }) => ({ author, conversations, gone: without.some((id) => author === `engine:${id}`) })),
    conversations: answered.find(({ author }) => author === '*')?.conversations ?? 0,
    instead: thinking ? insteadOf(thinking, thinking.thought) : [],
  }
}
