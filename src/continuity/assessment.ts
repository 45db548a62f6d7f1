/**
 * What came of a rehearsal, told by the providers' ledgers and held against the business's own books: what customers saw decides, what we
 * believed explains.
 */
import type { ChannelId, ContactId, MessageId } from '../core/ids.ts'
import type { Category } from '../core/situation.ts'
import type { CutSpan } from './traffic.ts'

/** One message as our books have it. All that were said in each other's stead share `first`. Times in ms since 1970. */
export type BookedMessage = {
  readonly id: MessageId
  readonly first: MessageId
  readonly contact: ContactId
  readonly channel: ChannelId
  readonly at: number
  /** When it was first handed to a provider; null: never. */
  readonly handedAt: number | null
  readonly status: string
  readonly category: Category | null
  readonly author: string
  /** It may be there twice, and the thread says so. */
  readonly flagged: boolean
  /** A rule or a provider put it off: others may overtake it. */
  readonly putOff: boolean
  readonly moved: boolean
  /** Channels that its plan passed by, with the reason: `cut`, `no-address`, a rule … */
  readonly passed: readonly { readonly channel: ChannelId; readonly why: string }[]
  /** Rule or provider's code that kept it; null where nothing did. */
  readonly why: string | null
  /** The rule that last let it wait, held or refused it; null where it may leave. */
  readonly rule: string | null
}
/** What a provider says a customer saw. `message` null: our books know of no such send. */
export type SeenMessage = {
  readonly at: number
  /** When the provider was given it. */
  readonly sentAt: number
  readonly channel: ChannelId
  readonly medium: string
  readonly contact: ContactId | null
  readonly message: MessageId | null
}
/** What a customer wrote, and whether the house kept it. */
export type WrittenMessage = {
  readonly at: number
  readonly channel: ChannelId
  readonly medium: string
  readonly contact: ContactId
  readonly kept: boolean
  /** It said STOP: no offers there any more. */
  readonly stops: boolean
}
/** What a person agreed to before it all began: media, for anything at all and for offers. */
export type Agreed = { readonly service: readonly string[]; readonly marketing: readonly string[]; readonly media: readonly string[] }

/** Our books had a channel for cut or paused: what it kept stood aside for what went by others. `until`: infinite where it lasts. */
export type Stopped = { readonly channel: ChannelId; readonly from: number; readonly until: number }

export type Facts = {
  /** Ms since 1970. */
  readonly cuts: readonly CutSpan[]
  readonly booked: readonly BookedMessage[]
  readonly seen: readonly SeenMessage[]
  readonly written: readonly WrittenMessage[]
  readonly agreed: ReadonlyMap<ContactId, Agreed>
  /** Of each channel. */
  readonly media: ReadonlyMap<string, string>
  /** Conversations that people have at the end. */
  readonly withPeople: ReadonlySet<ContactId>
  readonly stopped: readonly Stopped[]
}

/** Milliseconds: half, 95 of 100, the slowest. null where there is none. */
export type Spread = {
  readonly count: number
  readonly median: number | null
  readonly p95: number | null
  readonly slowest: number | null
}

export type Assessment = {
  /** What was to be said, however many messages it took. */
  readonly said: number
  readonly seen: number
  readonly written: number
  /** What a customer wrote that was acknowledged and is nowhere, and what we believe delivered that nobody saw. */
  readonly lost: number
  readonly doubled: number
  readonly flagged: number
  /** Handed to providers the other way round than it was said. */
  readonly outOfOrder: number
  /** Seen the other way round: a provider may have held the earlier one back. */
  readonly overtaken: number
  readonly withoutConsent: number
  /** What would have gone by what was cut. */
  readonly affected: number
  readonly switched: number
  readonly conversations: number
  /** From the cut, or from when it was said where that was later, until it was seen on another channel: one figure a conversation, its slowest. */
  readonly switching: Spread & { readonly within: readonly { readonly ms: number | null; readonly count: number }[] }
  readonly by: readonly { readonly channel: ChannelId; readonly count: number }[]
  /** Seen on the cut channel itself: once it was back. */
  readonly later: number
  /** In people's hands: held as drafts. */
  readonly held: number
  /** Nobody saw it because a rule let it wait, or refused it: nobody's fault. */
  readonly ruled: readonly { readonly rule: string; readonly count: number }[]
  /** Nobody saw it before the end, why, and of those the ones who had agreed to a channel that works. */
  readonly unreachable: readonly { readonly why: string; readonly count: number }[]
  readonly missed: number
  /** What customers asked during the cut: answered on any channel, in people's hands, or neither. */
  readonly questions: { readonly asked: number; readonly answered: number; readonly people: number; readonly nobody: number }
  /** Who gave the answers during the cut. */
  readonly authors: readonly { readonly author: string; readonly count: number }[]
}

type Chain = { readonly messages: readonly BookedMessage[]; readonly seen: readonly SeenMessage[]; readonly at: number }

const DELIVERED: ReadonlySet<string> = new Set(['delivered', 'read'])

const chainsOf = ({ booked, seen }: Facts): readonly Chain[] => {
  const seenOf = Map.groupBy(seen, ({ message }) => message)
  return [...Map.groupBy(booked, ({ first }) => first).values()].map((messages) => ({
    messages,
    seen: messages.flatMap(({ id }) => seenOf.get(id) ?? []).toSorted((a, b) => a.at - b.at),
    at: Math.min(...messages.map(({ at }) => at)),
  }))
}

/** The cut that touched it: it wanted to go by what was cut, and had not been seen when that began. */
const touchedBy = ({ messages, seen, at }: Chain, cuts: readonly CutSpan[]): CutSpan | undefined =>
  cuts.find((cut) => {
    const wanted = messages.some(
      ({ channel, passed }) =>
        cut.ids.includes(channel) ||
        passed.some((one) => cut.ids.includes(one.channel) && (one.why === 'cut' || one.why === 'paused' || one.why === 'drill')),
    )
    return wanted && at < cut.healAt && (seen[0]?.at ?? Number.POSITIVE_INFINITY) >= cut.at
  })

const countBy = <T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly [string, number])[] =>
  [...Map.groupBy(items, keyOf)].map(([key, list]) => [key, list.length] as const).toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))

const spreadOf = (values: readonly number[]): Spread => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null
  return { count: sorted.length, median: at(0.5), p95: at(0.95), slowest: sorted.at(-1) ?? null }
}

/** Classes of a distribution, ms; null: longer. */
const WITHIN = [1_000, 5_000, 30_000, 120_000, 600_000, null] as const
const withinOf = (values: readonly number[]) =>
  WITHIN.map((ms, n) => {
    const above = WITHIN[n - 1] ?? Number.NEGATIVE_INFINITY
    return { ms, count: values.filter((value) => value > above && value <= (ms ?? Number.POSITIVE_INFINITY)).length }
  })

/** Chains of one contact that happened, `by` the clock, before one that was said earlier. What was put off or stood aside may be overtaken. */
const inversions = (chains: readonly Chain[], stopped: readonly Stopped[], by: (chain: Chain) => readonly number[]): number => {
  let count = 0
  for (const own of Map.groupBy(chains, ({ messages }) => messages[0]?.contact).values()) {
    const earlier: { readonly chain: Chain; readonly first: number }[] = []
    for (const chain of own.toSorted((a, b) => a.at - b.at || (firstOf(a) < firstOf(b) ? -1 : 1))) {
      const times = by(chain)
      if (times.length === 0 || chain.messages.some(({ putOff }) => putOff)) continue
      const first = Math.min(...times)
      if (earlier.some((one) => first < one.first && !stoodAside(one.chain, chain, stopped))) count += 1
      earlier.push({ chain, first })
    }
  }
  return count
}

/**
 * Its stopped channel kept it, for want of another way, and the other went by another channel: while it was stopped, or as it stood in front
 * once that was well again.
 */
const stoodAside = (chain: Chain, other: Chain, stopped: readonly Stopped[]): boolean => {
  const [kept, went] = [firstHanded(chain), firstHanded(other)]
  if (!kept || !went || went.channel === kept.channel || went.handedAt >= kept.handedAt) return false
  const inLine = Math.max(kept.at, went.at)
  return stopped.some(({ channel, from, until }) => channel === kept.channel && from <= went.handedAt && inLine < until)
}
const firstHanded = ({ messages }: Chain) =>
  messages
    .flatMap(({ channel, at, handedAt }) => (handedAt === null ? [] : [{ channel, at, handedAt }]))
    .toSorted((a, b) => a.handedAt - b.handedAt)[0]
const firstOf = ({ messages }: Chain): string => messages[0]?.first ?? ''

/** What was on its way when somebody wrote STOP is nobody's fault. */
const GRACE_MS = 2_000

const withoutConsentIn = ({ seen, written, agreed, booked }: Facts): number => {
  const categories = new Map(booked.map(({ id, category }) => [id, category]))
  const byContact = Map.groupBy(written, ({ contact }) => contact)
  return seen.filter(({ contact, medium, sentAt, message }) => {
    const given = contact && agreed.get(contact)
    if (!contact || !given) return true
    const here = (byContact.get(contact) ?? []).filter((one) => one.medium === medium)
    if (message && categories.get(message) === 'marketing')
      return !given.marketing.includes(medium) || here.some(({ stops, at }) => stops && at + GRACE_MS < sentAt)
    return !given.service.includes(medium) && !here.some(({ at }) => at <= sentAt)
  }).length
}

/** The last word of our books on what nobody saw. */
const endOf = ({ messages }: Chain): BookedMessage | undefined => messages.findLast(({ moved }) => !moved) ?? messages.at(-1)

const within = (at: number, cuts: readonly CutSpan[]): boolean => cuts.some((cut) => at >= cut.at && at < cut.healAt)

const questionsOf = ({ written, cuts, withPeople }: Facts, chains: readonly Chain[]): Assessment['questions'] => {
  const byContact = Map.groupBy(chains, ({ messages }) => messages[0]?.contact)
  const asked = written.filter(({ at, stops }) => !stops && within(at, cuts))
  const ends = asked.map(({ contact, at }) => {
    const own = byContact.get(contact) ?? []
    if (own.some((chain) => (chain.seen.at(-1)?.at ?? 0) >= at)) return 'answered'
    const held = own.some((chain) => chain.at >= at && endOf(chain)?.status === 'held')
    return held || withPeople.has(contact) ? 'people' : 'nobody'
  })
  const count = (end: (typeof ends)[number]) => ends.filter((one) => one === end).length
  return { asked: asked.length, answered: count('answered'), people: count('people'), nobody: count('nobody') }
}

type Touched = Chain & { readonly cut: CutSpan }

/** Whoever agreed to a channel that worked could have been reached there. */
const couldReach = (chain: Touched, { agreed, media }: Facts): boolean => {
  const end = endOf(chain)
  const given = end && agreed.get(end.contact)
  const may = (end?.category === 'marketing' ? given?.marketing : given?.service) ?? []
  return [...media].some(([channel, medium]) => !chain.cut.ids.includes(channel) && may.includes(medium))
}

export const assess = (facts: Facts): Assessment => {
  const { cuts, seen, written, stopped } = facts
  const chains = chainsOf(facts)
  const affected = chains.flatMap((chain): Touched[] => {
    const cut = touchedBy(chain, cuts)
    return cut ? [{ ...chain, cut }] : []
  })
  const isBack = ({ seen: [first], cut }: Touched) => first !== undefined && cut.ids.includes(first.channel)
  const switched = affected.filter((chain) => chain.seen.length > 0 && !isBack(chain))
  const times = [...Map.groupBy(switched, ({ messages }) => messages[0]?.contact).values()].map((own) =>
    Math.max(...own.map(({ seen: [first], at, cut }) => (first?.at ?? 0) - Math.max(at, cut.at))),
  )
  const unseen = affected.filter((chain) => chain.seen.length === 0)
  const held = unseen.filter((chain) => endOf(chain)?.status === 'held')
  const left = unseen.filter((chain) => !held.includes(chain) && endOf(chain)?.status !== 'cancelled')
  const ruleOf = (chain: Chain): string => endOf(chain)?.rule ?? ''
  const unreached = left.filter((chain) => !ruleOf(chain))
  const twice = chains.filter((chain) => chain.seen.length > 1)
  const isFlagged = ({ messages }: Chain) => messages.some(({ flagged }) => flagged)
  const believed = chains.filter(({ messages, seen: own }) => own.length === 0 && messages.some(({ status }) => DELIVERED.has(status)))
  const spoken = chains.filter(({ at, seen: own }) => own.length > 0 && within(at, cuts))
  return {
    said: chains.length,
    seen: seen.length,
    written: written.length,
    lost: written.filter(({ kept }) => !kept).length + believed.length + seen.filter(({ message }) => message === null).length,
    doubled: twice.filter((chain) => !isFlagged(chain)).length,
    flagged: twice.filter(isFlagged).length,
    outOfOrder: inversions(chains, stopped, ({ messages }) => messages.flatMap(({ handedAt }) => (handedAt === null ? [] : [handedAt]))),
    overtaken: inversions(chains, stopped, ({ seen: own }) => own.map(({ at }) => at)),
    withoutConsent: withoutConsentIn(facts),
    affected: affected.length,
    switched: switched.length,
    conversations: times.length,
    switching: { ...spreadOf(times), within: withinOf(times) },
    by: countBy(switched, ({ seen: [first] }) => first?.channel ?? '').map(([channel, count]) => ({
      channel: channel as ChannelId,
      count,
    })),
    later: affected.filter(isBack).length,
    held: held.length,
    ruled: countBy(left.filter(ruleOf), ruleOf).map(([rule, count]) => ({ rule, count })),
    unreachable: countBy(unreached, (chain) => endOf(chain)?.why ?? endOf(chain)?.status ?? '').map(([why, count]) => ({ why, count })),
    // Of what nobody knows whether it left, `unknown:` in relais.yaml says what follows: to be sent twice may be worse.
    missed: unreached.filter((chain) => endOf(chain)?.status !== 'unknown' && couldReach(chain, facts)).length,
    questions: questionsOf(facts, chains),
    authors: countBy(spoken, ({ messages }) => messages[0]?.author ?? '').map(([author, count]) => ({ author, count })),
  }
}
