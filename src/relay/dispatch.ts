/**
 * Dispatch of one channel: the heads of its lines are judged once more at this instant, their attempts committed, then sent; what came of
 * it is settled in groups. One worker at a time has a channel (a lease), so its rates and order live in one memory.
 */

import type { Address } from '../core/address.ts'
import type { Capabilities } from '../core/capability.ts'
import type { OpenChannel, Outgoing, Probing } from '../core/channel.ts'
import { RelaisError } from '../core/errors.ts'
import type { AttemptId, ChannelId, EventId, Ids } from '../core/ids.ts'
import type { Metrics } from '../core/metrics.ts'
import { revealCode } from '../core/one-time-code.ts'
import { PASSING, type Refusal, type SendResult } from '../core/outcome.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { ChannelArrival, ChannelFacts, Claimed, Gate, Head, Lease, OpenAttempt, Settlement, Store, TimerRow } from '../core/store.ts'
import { isMachines, standStill } from './automation.ts'
import { createBucket, createBuckets } from './bucket.ts'
import { keepBudget } from './budget.ts'
import type { Bodies, Intent } from './event.ts'
import { type Loop, startLoop } from './loop.ts'
import { awayMs, backOff, LONGEST_RETRY_MS, LONGEST_WAIT_MS, MOST_TRIES, PATIENCE_MS } from './patience.ts'
import { keepProbe } from './probe.ts'
import { keepPulse } from './pulse.ts'
import { trySend } from './send.ts'
import { type Limits, situationOf } from './situation.ts'
import { type ConversationState, channelState, initialState } from './state.ts'
import type { House } from './world.ts'

/** How long an unknown send waits for a receipt that bears its attempt's id. */
export const RECONCILE_MS = 120_000
const POLL_MS = 250
const SETTLE_BATCH = 200
const SETTLE_AGAIN_MS = 500
/** While stopping: what the store does not take by then is told by whoever takes the channel next, from the open attempt. */
const LAST_TRIES = 10
const DAY_MS = 86_400_000
const REFERRAL_MS = DAY_MS
/** How old the count of people written to outside their window may be. */
const COUNT_MS = 10_000
/** The platform counts what arrives, and an earlier message may have been longer on its way. */
const UNEVEN_MS = 500

type OutboxBody = { readonly intent: Intent; readonly to: Address; readonly resent?: boolean }

type Options = {
  readonly store: Store
  readonly channel: ChannelId
  readonly open: OpenChannel & Partial<Probing>
  readonly capabilities: Capabilities
  readonly house: () => House
  readonly clock: Clock
  readonly ids: Ids
  readonly random: () => number
  readonly log: Log
  readonly metrics: Metrics
  readonly onSettled: () => void
  readonly reconcileMs: number
  /** This worker has taken the channel. */
  readonly onLease: () => void
  /** Something the house must know of the channel: it refuses us altogether, or works again. */
  readonly tell: (change: ChannelArrival) => void
}

export type Dispatch = Loop & {
  /** True while this worker holds the channel. */
  readonly leads: () => boolean
  /** The worker's session was lost: another may hold the channel now. */
  readonly lose: () => void
  /** The channel is listened to, or cannot be: tells its health. */
  readonly listening: (ok: boolean) => void
}

/** What came of a send, and what is told of it should the store refuse that. */
type Entry = { readonly settlement: Settlement; readonly otherwise: Settlement }

export const startDispatch = (options: Options): Dispatch => {
  const { store, channel, capabilities, house, clock, ids, log, metrics } = options
  const setup = house().workspace.channels.find((candidate) => candidate.id === channel)
  const pairRate = capabilities.rates.pair
  const newPairs = () => (pairRate ? createBuckets(pairRate.seconds * 1000, pairRate.burst) : null)
  let pairs = newPairs()
  const budget = keepBudget(
    () => house().workspace.budgets[channel],
    house().workspace.timezone,
    (since) => store.spent(channel, since),
  )
  const probe = keepProbe({ channel, open: options.open, clock, log, leads: () => lease !== null })
  const pulse = keepPulse({ store, channel, capabilities, now: clock.now, ids, tell: options.tell, probe: probe?.ask })
  let perSecond = setup?.throughput ?? capabilities.rates.perSecond
  let number = createBucket(1000 / perSecond, Math.max(1, Math.round(perSecond / 10)))
  let lease: Lease | null = null
  let used = { count: 0, oldest: null as number | null, readAt: Number.NEGATIVE_INFINITY }
  const inFlight = new Set<AttemptId>()
  const settling: Entry[] = []
  let settlingNow = false
  let mostAtOnce = SETTLE_BATCH
  let idle = () => {}
  let stopping = false
  /** Tries to settle that failed since it was asked to stop. */
  let vain = 0

  const takeLease = async (): Promise<boolean> => {
    const at = clock.now()
    const got = await store.lease(channel, at)
    if (!got) return false
    // Told whole: what this worker remembers of an earlier lease is in it.
    pairs = newPairs()
    budget.forget()
    for (const { contact, at: when } of got.recent) pairs?.of(contact).take(when)
    lease = got.lease
    pulse.meet((await store.channels()).get(channel))
    for (const attempt of got.open) if (!inFlight.has(attempt.attempt)) settle(orphanOf(attempt, 'process-ended', at))
    log.info('dispatch.leads', { channel, lease: got.lease.number, open: got.open.length })
    options.onLease()
    return true
  }

  /** An attempt of which nobody can tell: perhaps it was sent. */
  const orphanOf = ({ attempt, message, contact, epoch, body }: Omit<OpenAttempt, 'category'>, cause: string, at: number): Settlement => ({
    attempt,
    message,
    contact,
    channel,
    at,
    result: { type: 'unknown', cause },
    next: { type: 'unknown', event: unknownEvent(attempt, body as OutboxBody, cause, epoch, at) },
  })

  const unknownEvent = (attempt: AttemptId, body: OutboxBody, cause: string, epoch: number, at: number): TimerRow => {
    const told: Bodies['send.unknown'] = { intent: body.intent, cause, epoch, resent: body.resent ?? false }
    return { id: `${attempt}:unknown` as EventId, kind: 'send.unknown', channel, dueAt: at + options.reconcileMs, body: told }
  }

  const gate = (head: Head, facts: ChannelFacts): Gate => {
    if (head.automatic && head.sendEpoch !== head.epoch) return { type: 'cancel' }
    const at = clock.now()
    const { intent, to, resent } = head.body as OutboxBody
    // Of no use any more: its contact's turn ends it, and tells.
    if (intent.until !== undefined && at >= intent.until) {
      const body: Bodies['send.due'] = { intent, epoch: head.sendEpoch }
      return { type: 'return', event: { id: ids('evt'), kind: 'send.due', channel, dueAt: at, body } }
    }
    if (facts.automationPaused && isMachines(intent)) return standStill(head, intent, resent, channel, ids('evt'), at)
    const now = house()
    const state = (head.state as ConversationState | null) ?? initialState(now.workspace.locale)
    const pair = pairs?.of(head.contact)
    const outside = capabilities.windowHours !== null && !isOpen(state, channel, capabilities.windowHours, at)
    // Somebody the platform has counted already takes no place of another's.
    const counted = head.openedAt !== null && head.openedAt > at - DAY_MS
    const unlimited = {
      pairWait: Math.ceil((pair?.wait(at) ?? 0) / 1000),
      numberWait: 0,
      portfolioUsed: used.count,
      portfolioLimit: outside && !counted ? (facts.perDay ?? -1) : -1,
      portfolioWait: used.oldest === null ? 0 : Math.max(0, Math.ceil((used.oldest + DAY_MS - at) / 1000)),
      budgetWait: 0,
    }
    const judgeUnder = (limits: Limits) =>
      now.judge(
        situationOf({
          facts: head,
          state,
          intent,
          channel: facts,
          windowHours: capabilities.windowHours,
          parts: capabilities.parts,
          workspace: now.workspace,
          at,
          to,
          limits,
        }),
        at,
      )
    // What it costs is known once it is judged; only where the day's budget does not hold it, it is judged anew.
    const free = judgeUnder(unlimited)
    const budgetWait = free.outcome === 'allow' ? budget.wait(head.contact, free.price, at) : 0
    const limits = budgetWait ? { ...unlimited, budgetWait } : unlimited
    const judgement = budgetWait ? judgeUnder(limits) : free
    if (judgement.outcome === 'allow') {
      pair?.take(at)
      number.take(at)
      budget.take(head.contact, judgement.price)
      if (outside && !counted) used.count += 1
      return { type: 'send', attempt: ids('att'), opening: outside }
    }
    if (judgement.outcome === 'postpone' && judgement.until !== null && judgement.until - at <= LONGEST_WAIT_MS) {
      const wait = pair?.wait(at) ?? 0
      return {
        type: 'wait',
        until: Math.ceil(Math.max(judgement.until, wait ? at + wait + UNEVEN_MS : at)),
        rule: judgement.rulings[0]?.rule ?? '',
      }
    }
    const body: Bodies['send.returned'] = { intent: { ...intent, rounds: intent.rounds + 1 }, judgement, limits, epoch: head.sendEpoch }
    return { type: 'return', event: { id: ids('evt'), kind: 'send.returned', channel, dueAt: at, body } }
  }

  const send = async ({ head, attempt }: Claimed) => {
    inFlight.add(attempt)
    const body = head.body as OutboxBody
    const began = clock.now()
    const result = await trySend(options.open, outgoingOf(head, attempt, body), clock)
    const at = clock.now()
    metrics.sent(channel, result.type)
    metrics.took('send', at - began)
    pulse.see({ type: 'sent', result, ms: at - began })
    const { message, contact, sendEpoch: epoch } = head
    settle(
      { attempt, message, contact, channel, at, result, next: follow(head, attempt, body, result, at) },
      orphanOf({ attempt, message, contact, epoch, body }, 'unsettled', at),
    )
  }

  const outgoingOf = (head: Head, attempt: AttemptId, { intent, to }: OutboxBody): Outgoing => {
    const state = (head.state as ConversationState | null) ?? initialState(house().workspace.locale)
    const { inbound, subject } = channelState(state, channel)
    const { content, category, replyTo, sealed } = intent
    return {
      attempt,
      to,
      content: sealed === undefined ? content : revealCode(content, sealed, house().codes),
      replyTo: replyTo ?? undefined,
      category,
      automatic: head.automatic,
      language: state.language,
      thread: inbound ?? undefined,
      subject,
    }
  }

  const follow = (head: Head, attempt: AttemptId, body: OutboxBody, result: SendResult, at: number): Settlement['next'] => {
    const { intent } = body
    const leave = (kind: 'send.refused' | 'send.postponed', more: object): Settlement['next'] => ({
      type: 'leave',
      event: { id: `${attempt}:${kind}` as EventId, kind, channel, dueAt: at, body: { intent, epoch: head.sendEpoch, ...more } },
    })
    if (result.type === 'accepted') {
      return { type: 'done', event: answered(head, at) }
    }
    if (result.type === 'unknown') return { type: 'unknown', event: unknownEvent(attempt, body, result.cause, head.sendEpoch, at) }
    const { refusal } = result
    if (refusal.class === 'stop-channel' || refusal.class === 'credentials') {
      if (refusal.class === 'stop-channel')
        options.tell({ id: ids('evt'), channel, at, change: { kind: 'health', state: 'cut', reason: refusal.code } })
      return { type: 'retry', dueAt: at + LONGEST_RETRY_MS }
    }
    return result.type === 'refused' ? leave('send.refused', { refusal }) : wait(head, intent, refusal, at, leave)
  }

  /** Certainly not sent, and it may go later: in line at first, then out of it, until patience ends. */
  const wait = (
    head: Head,
    intent: Intent,
    refusal: Refusal,
    at: number,
    leave: (kind: 'send.refused' | 'send.postponed', more: object) => Settlement['next'],
  ): Settlement['next'] => {
    const passing = PASSING.has(refusal.class)
    if (passing && at - (intent.since ?? at) >= PATIENCE_MS[intent.category]) return leave('send.refused', { refusal })
    // The store counts in whole milliseconds.
    const ms = Math.ceil(refusal.afterMs ?? backOff(refusal, head.tries, options.random))
    if (refusal.class === 'throttled') number.hold(at + Math.min(ms, LONGEST_RETRY_MS))
    // A pair's limit holds for the whole line.
    const longest = refusal.class === 'pair' ? LONGEST_WAIT_MS : LONGEST_RETRY_MS
    if (ms <= longest && head.tries + 1 < MOST_TRIES) return { type: 'retry', dueAt: at + ms }
    const away = passing ? awayMs(intent.rounds) : 0
    return leave('send.postponed', { refusal, until: at + Math.max(ms, away) })
  }

  /** The first answer to somebody an advertisement brought opens the free entry window. */
  const answered = (head: Head, at: number): TimerRow | null => {
    const referralAt = head.state ? channelState(head.state as ConversationState, channel).referralAt : null
    if (referralAt === null || at > referralAt + REFERRAL_MS) return null
    const body: Bodies['answered'] = { channel, at }
    return { id: `${head.contact}:${referralAt}:answered` as EventId, kind: 'answered', channel, dueAt: at, body }
  }

  const settle = (settlement: Settlement, otherwise: Settlement = settlement) => {
    settling.push({ settlement, otherwise })
    void flush()
  }

  /** Results stay in memory until the store has them; should the process die first, its successor finds the attempts open. */
  const flush = async () => {
    if (settlingNow || !settling.length) return
    settlingNow = true
    const entries = settling.slice(0, mostAtOnce)
    const batch = entries.map((entry) => entry.settlement)
    try {
      await store.settle(batch)
      settling.splice(0, batch.length)
      for (const { attempt } of batch) inFlight.delete(attempt)
      settlingNow = false
      if (batch.some(({ next }) => next.type !== 'done' || next.event)) options.onSettled()
      loop.ring()
      if (settling.length) void flush()
      else {
        mostAtOnce = SETTLE_BATCH
        if (!inFlight.size) idle()
      }
    } catch (error) {
      // The store works and refuses a row (two messages of one vendor id …): one by one, and what is refused alone is told as unknown.
      if (!(error instanceof RelaisError && error.code === 'store-unavailable')) {
        mostAtOnce = 1
        if (entries.length === 1 && entries[0]) settling[0] = { settlement: entries[0].otherwise, otherwise: entries[0].otherwise }
      }
      log.warn('settle.failed', { channel, waiting: settling.length, error: error instanceof Error ? error.name : 'unknown' })
      if (stopping) vain += 1
      if (vain >= LAST_TRIES) idle()
      else
        clock.after(SETTLE_AGAIN_MS, () => {
          settlingNow = false
          void flush()
        })
    }
  }

  const widen = (facts: ChannelFacts | undefined) => {
    const allowed = facts?.throughput ?? setup?.throughput ?? capabilities.rates.perSecond
    if (allowed === perSecond) return
    perSecond = allowed
    number = createBucket(1000 / perSecond, Math.max(1, Math.round(perSecond / 10)))
    log.info('dispatch.throughput', { channel, perSecond })
  }

  const loop = startLoop(
    `dispatch:${channel}`,
    async () => {
      if (!lease && !(await takeLease())) return false
      const at = clock.now()
      await pulse.check(at)
      const free = Math.min(Math.max(64, perSecond), pulse.room()) - inFlight.size
      // Whoever settles rings.
      if (free <= 0) return false
      const room = Math.min(free, number.room(at))
      if (room <= 0) return at + Math.max(1, number.wait(at))
      if (at - used.readAt > COUNT_MS && capabilities.windowHours !== null) {
        used = { ...(await store.openings(channel, at - DAY_MS)), readAt: at }
        pairs?.forget(at)
      }
      await budget.prepare(at)
      let seen: ChannelFacts | null = null
      const trial = pulse.trial()
      const claimed = await store
        .claim({ lease: lease as Lease, at, limit: room, trial }, (head, facts) => {
          seen = facts
          return gate(head, facts)
        })
        .catch((error) => {
          // Perhaps it was committed all the same: what it left open is told when the lease is taken anew.
          lease = null
          throw error
        })
      if (claimed === 'void') {
        lease = null
        return true
      }
      if (claimed === 'stopped') return false
      if (seen) {
        widen(seen)
        pulse.meet(seen)
      } else if (trial) pulse.see({ type: 'idle' })
      for (const one of claimed) void send(one)
      return claimed.length > 0 || ((await store.nextSend(channel)) ?? false)
    },
    { clock, log, pollMs: POLL_MS },
  )

  return {
    ring: loop.ring,
    leads: () => lease !== null,
    listening: (ok) => pulse.see({ type: 'listening', ok }),
    lose: () => {
      lease = null
      loop.ring()
    },
    stop: async () => {
      stopping = true
      probe?.stop()
      await loop.stop()
      if ((inFlight.size || settling.length) && vain < LAST_TRIES) await new Promise<void>((resolve) => (idle = resolve))
    },
  }
}

const isOpen = (state: ConversationState, channel: ChannelId, hours: number, at: number): boolean => {
  const { inboundAt } = channelState(state, channel)
  return inboundAt !== null && at < inboundAt + hours * 3_600_000
}
