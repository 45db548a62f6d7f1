/**
 * A channel's health from what happens on it. Pure: what was seen goes in one by one, and out comes the state with its reason.
 *
 * Down at once, up slowly: what makes it worse must be plain (thresholds to enter), what makes it better must be plainer still (lower
 * thresholds to leave, and a least time in each state), so that it does not flutter. A channel that was cut for what we saw ourselves is
 * tried again after a rest that doubles with each try in vain: by a question where its provider can be asked, so that no message is risked
 * before it answers, then by one send at a time. What a platform said, or a person, ends by their word.
 */
import type { ChannelHealth } from '../core/event.ts'
import type { SendResult } from '../core/outcome.ts'

/** Reasons found out by us: these heal by themselves, no others. */
export const OBSERVED = ['provider-down', 'no-answer', 'credentials', 'slow', 'receipts-missing', 'not-listening'] as const
export type Cause = (typeof OBSERVED)[number]
export const isObserved = (reason: string | null): reason is Cause => OBSERVED.some((cause) => cause === reason)

export type Signal =
  | { readonly type: 'sent'; readonly result: SendResult; readonly ms: number }
  /** Of what was accepted long enough ago: how many, and of how many a receipt told. */
  | { readonly type: 'receipts'; readonly accepted: number; readonly told: number }
  | { readonly type: 'listening'; readonly ok: boolean }
  /** The provider was asked whether it answers. */
  | { readonly type: 'probe'; readonly ok: boolean }
  /** A trial is due and nothing waits that could be it. */
  | { readonly type: 'idle' }
  | { readonly type: 'time' }

type Slot = { readonly at: number; readonly good: number; readonly slow: number; readonly bad: number }
export type Health = {
  readonly state: ChannelHealth
  readonly reason: Cause | null
  readonly changedAt: number
  readonly slots: readonly Slot[]
  /** The provider can be asked whether it answers. */
  readonly probes: boolean
  /** Faults in a row, of sends and of questions, without a send accepted in between. */
  readonly run: { readonly count: number; readonly since: number; readonly cause: Cause } | null
  readonly receipts: { readonly accepted: number; readonly missing: number } | null
  readonly deafSince: number | null
  /** Between trials; null where none are needed: it was not cut, or is well again. */
  readonly restMs: number | null
  /** When it may be asked or tried next. */
  readonly trialAt: number
  /** Accepted since it was cut. */
  readonly passed: number
}

/** Sends of so long are looked at: long enough for a share, short enough to follow an outage. */
const WINDOW_MS = 120_000
const SLOT_MS = 10_000
/** Fewer say nothing: two of three bad sends are an evening's accident. */
const FEWEST = 10
const FEWEST_TO_CUT = 20
/** Below a quarter, tries again absorb it; nine of ten lost is no service any more. Well again is one in twenty. */
const BAD = { degraded: 0.25, cut: 0.9, well: 0.05 } as const
/** Where little is sent, faults in a row tell: of so many, over so long. A restart of a provider takes less than a minute. */
const RUN = { degraded: { count: 4, ms: 60_000 }, cut: { count: 8, ms: 180_000 } } as const
/** A person waits for the answer on their screen: ten seconds is ten times what platforms take. */
const SLOW_MS = 10_000
const SLOW = { degraded: 0.5, well: 0.2 } as const
/** Phones that are off are a tenth, at most a third of a list; half of all without a receipt is the provider. */
const MISSING = { degraded: 0.5, cut: 0.9, well: 0.3 } as const
const FEWEST_RECEIPTS = 20
/** Once it was cut for that. */
const FEWEST_RECEIPTS_ON_TRIAL = 3
/** A connection to a mailbox breaks now and then, and comes back in seconds. */
const DEAF_MS = 120_000
/** At least so long in a state before a better one. */
const DWELL_MS = 60_000
const REST_MS = 60_000
const LONGEST_REST_MS = 1_800_000
/** Where it seemed to work and the message that tried it failed: each try costs one. */
const LONGEST_REST_AFTER_LOSS_MS = 14_400_000
/** After a fault, while the provider does not answer: so often that it tells before the next message would. */
const ASK_MS = 20_000

export const RECEIPTS_EVERY_MS = 60_000
/** Receipts of what was accepted within this long are looked for, but of the newest. */
export const RECEIPTS_WITHIN_MS = 2_100_000
export const RECEIPTS_AFTER_MS = 300_000

export const wellSince = (at: number, probes = false): Health => ({
  state: 'healthy',
  reason: null,
  changedAt: at,
  slots: [],
  probes,
  run: null,
  receipts: null,
  deafSince: null,
  restMs: null,
  trialAt: 0,
  passed: 0,
})

/** As it was told last, by whoever held the channel. What others said of it is not ours to judge. */
export const resumeHealth = (state: ChannelHealth, reason: string | null, at: number, probes = false): Health =>
  isObserved(reason) && state !== 'healthy'
    ? { ...wellSince(at, probes), state, reason, ...(state === 'cut' ? { restMs: REST_MS, trialAt: at } : {}) }
    : wellSince(at, probes)

/** A question tells whether a provider answers, not whether what it accepts arrives. */
const isTriedByQuestion = ({ probes, reason }: Health): boolean => probes && reason !== 'receipts-missing'

/** Whether the provider is to be asked now: it was cut and has rested, or a send failed and it is to be known whether others would. */
export const asks = (health: Health, at: number): boolean =>
  at >= health.trialAt && (health.state === 'cut' ? isTriedByQuestion(health) : health.probes && health.run !== null)

/** How many sends may be under way at once: one, while it is tried whether it works again. */
export const mostAtOnce = (health: Health, at: number): number => {
  const { state, restMs, trialAt } = health
  if (state === 'cut') return at >= trialAt && !isTriedByQuestion(health) ? 1 : 0
  return restMs === null ? Number.POSITIVE_INFINITY : 1
}

/** What a result says of the channel; null where it speaks of the message, the person or our own pace. */
const causeOf = (result: SendResult): Cause | 'none' | null => {
  if (result.type === 'accepted') return 'none'
  if (result.type === 'unknown') return 'no-answer'
  if (result.refusal.class === 'credentials') return 'credentials'
  return result.refusal.class === 'retry' ? 'provider-down' : null
}

const counted = (slots: readonly Slot[], at: number, add: Omit<Slot, 'at'>): readonly Slot[] => {
  const start = at - (at % SLOT_MS)
  const kept = slots.filter((slot) => slot.at > start - WINDOW_MS)
  const last = kept.at(-1)
  if (last?.at !== start) return [...kept, { at: start, ...add }]
  return [...kept.slice(0, -1), { at: start, good: last.good + add.good, slow: last.slow + add.slow, bad: last.bad + add.bad }]
}

/** After a fault: that it answers ends the questions, not what was seen of sends; that it does not counts as one more fault. */
const answered = (health: Health, ok: boolean, at: number): Health => {
  const { state, run } = health
  if (state === 'cut' || run === null) return health
  return ok ? { ...health, trialAt: Number.POSITIVE_INFINITY } : { ...health, run: { ...run, count: run.count + 1 }, trialAt: at + ASK_MS }
}

const take = (health: Health, signal: Signal, at: number): Health => {
  if (signal.type === 'receipts') return { ...health, receipts: { accepted: signal.accepted, missing: signal.accepted - signal.told } }
  if (signal.type === 'listening') return { ...health, deafSince: signal.ok ? null : (health.deafSince ?? at) }
  if (signal.type === 'probe') return answered(health, signal.ok, at)
  if (signal.type !== 'sent') return { ...health, slots: health.slots.filter((slot) => slot.at > at - WINDOW_MS - SLOT_MS) }
  const cause = causeOf(signal.result)
  if (cause === null) return health
  if (cause === 'none') {
    const slots = counted(health.slots, at, { good: 1, slow: signal.ms > SLOW_MS ? 1 : 0, bad: 0 })
    return { ...health, slots, run: null, passed: health.passed + 1 }
  }
  const run = { count: (health.run?.count ?? 0) + 1, since: health.run?.since ?? at, cause }
  const trialAt = health.state === 'cut' ? health.trialAt : at + ASK_MS
  return { ...health, slots: counted(health.slots, at, { good: 0, slow: 0, bad: 1 }), run, trialAt }
}

type Shares = { readonly sends: number; readonly bad: number; readonly accepted: number; readonly slow: number; readonly missing: number }
const sharesOf = ({ slots, receipts }: Health): Shares => {
  const [good, slow, bad] = (['good', 'slow', 'bad'] as const).map((key) => slots.reduce((sum, slot) => sum + slot[key], 0)) as [
    number,
    number,
    number,
  ]
  const share = (part: number, whole: number) => (whole ? part / whole : 0)
  return {
    sends: good + bad,
    bad: share(bad, good + bad),
    accepted: good,
    slow: share(slow, good),
    missing: share(receipts?.missing ?? 0, receipts?.accepted ?? 0),
  }
}

/** What makes it worse than it is, the worst first. */
const worseOf = (health: Health, at: number): { readonly state: ChannelHealth; readonly reason: Cause } | null => {
  const { run, receipts, deafSince, reason, restMs } = health
  const { sends, bad, accepted, slow, missing } = sharesOf(health)
  const fault = run?.cause ?? 'provider-down'
  const ran = ({ count, ms }: (typeof RUN)['cut' | 'degraded']) => run !== null && run.count >= count && at - run.since >= ms
  const onTrial = restMs !== null && reason === 'receipts-missing'
  const many = (receipts?.accepted ?? 0) >= (onTrial ? FEWEST_RECEIPTS_ON_TRIAL : FEWEST_RECEIPTS)
  const found: readonly (readonly [boolean, ChannelHealth, Cause])[] = [
    [(sends >= FEWEST_TO_CUT && bad >= BAD.cut) || ran(RUN.cut), 'cut', fault],
    [many && missing >= MISSING.cut, 'cut', 'receipts-missing'],
    [run?.cause === 'credentials', 'degraded', 'credentials'],
    [(sends >= FEWEST && bad >= BAD.degraded) || ran(RUN.degraded), 'degraded', fault],
    [many && missing >= MISSING.degraded, 'degraded', 'receipts-missing'],
    [accepted >= FEWEST && slow >= SLOW.degraded, 'degraded', 'slow'],
    [deafSince !== null && at - deafSince >= DEAF_MS, 'degraded', 'not-listening'],
  ]
  const [worst] = found.filter(([is]) => is)
  return worst ? { state: worst[1], reason: worst[2] } : null
}

/** Nothing speaks against it any more, and something for it. */
const isWell = (health: Health): boolean => {
  const { bad, slow, missing } = sharesOf(health)
  const tried = health.restMs === null || health.passed > 0
  const arrived = health.reason !== 'receipts-missing' || (health.receipts?.accepted ?? 0) > 0
  return (
    tried && arrived && health.run === null && bad <= BAD.well && slow <= SLOW.well && missing <= MISSING.well && health.deafSince === null
  )
}

export const SEVERITY = { healthy: 0, degraded: 1, cut: 2 } as const

/** Cut anew: as long again, and as it took for a message to come by that failed. Where little is sent, a minute tells nothing. */
const cut = (health: Health, reason: Cause, at: number): Health => {
  const longer = 2 * Math.max(health.restMs ?? 0, at - health.changedAt)
  const restMs = health.restMs === null ? REST_MS : Math.min(longer, LONGEST_REST_AFTER_LOSS_MS)
  return { ...health, state: 'cut', reason, changedAt: at, restMs, trialAt: at + restMs, passed: 0 }
}

/** What was seen before says nothing of how it goes on. */
const lifted = (health: Health, at: number): Health => ({ ...health, state: 'degraded', changedAt: at, slots: [], run: null })

/** Tried in vain. */
const rested = (health: Health, at: number): Health => {
  const before = health.restMs ?? REST_MS
  const restMs = Math.max(before, Math.min(before * 2, LONGEST_REST_MS))
  return { ...health, restMs, trialAt: at + restMs }
}

/** While it is cut: what a question or a trial came to. */
const underTrial = (health: Health, before: Health, signal: Signal, at: number): Health => {
  const { reason, passed, receipts } = health
  if (signal.type === 'probe') return signal.ok ? lifted(health, at) : rested(health, at)
  const unheard = reason === 'receipts-missing'
  const heard = receipts === null || sharesOf(health).missing <= MISSING.well
  if (signal.type === 'sent' && health.run !== before.run && health.run !== null && at >= before.trialAt)
    return { ...rested(health, at), passed: 0 }
  // That it is accepted says nothing where what is accepted never comes.
  if (signal.type === 'sent' && unheard && passed > before.passed) return rested(health, at)
  const dwelt = at - health.changedAt >= DWELL_MS
  const works = unheard ? heard && signal.type !== 'sent' && (receipts?.accepted ?? 0) > 0 : passed > 0
  const free = signal.type === 'idle' && at >= health.trialAt && (!unheard || heard)
  return dwelt && (works || free) ? lifted(health, at) : health
}

/** One thing seen at one instant; where `state` or `reason` differs from before, that is to be told. */
export const observe = (before: Health, signal: Signal, at: number): Health => {
  const health = take(before, signal, at)
  if (health.state === 'cut') return underTrial(health, before, signal, at)
  // On trial, one fault is enough.
  if (health.state === 'degraded' && health.restMs !== null && health.run !== null) return cut(health, health.run.cause, at)
  const worse = worseOf(health, at)
  if (worse && SEVERITY[worse.state] > SEVERITY[health.state])
    return worse.state === 'cut' ? cut(health, worse.reason, at) : { ...health, ...worse, changedAt: at }
  if (health.state === 'degraded' && at - health.changedAt >= DWELL_MS && isWell(health))
    return { ...wellSince(at, health.probes), slots: health.slots }
  return health
}
