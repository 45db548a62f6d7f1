/** From what somebody wants said to what happens: judged, amended, and queued, postponed, moved, held or refused, each with its decision. */

import type { Address } from '../../core/address.ts'
import type { Content } from '../../core/content.ts'
import type { Outcome } from '../../core/decision.ts'
import type { ChannelId, DecisionId, MessageId, VendorId } from '../../core/ids.ts'
import type { Refusal, Status } from '../../core/outcome.ts'
import type { Category, Purpose } from '../../core/situation.ts'
import type { Intent } from '../event.ts'
import { type Limits, NO_LIMITS } from '../situation.ts'
import { channelState } from '../state.ts'
import { SAYS } from '../words.ts'
import { linkTo, offered, pageBeside } from './bridge-link.ts'
import { asCall } from './calling.ts'
import { overBecause } from './calling-off.ts'
import { type Draft, note, setChannelState, setState } from './draft.ts'
import { addressOn, amend, filed, type Judged, judge, record } from './judging.ts'
import { begin, DRILL, isDrilled, type Next, nextOf, onto, reachOn } from './reach.ts'
import { keepMessage, postpone, queue, rowOf } from './rows.ts'

type Proposal = {
  readonly channel: ChannelId
  readonly content: Content
  readonly author: string
  readonly automatic: boolean
  readonly reply: boolean
  readonly category?: Category
  readonly purpose?: Purpose | null
  readonly ai?: boolean
  readonly citations?: Intent['citations']
  readonly replyTo?: VendorId | null
  readonly offersHuman?: boolean
  readonly message?: MessageId
  /** The reach plan to follow; absent: that of its category, else `default`. */
  readonly plan?: string | undefined
  /** Channels that a drill holds for cut. */
  readonly without?: readonly ChannelId[] | undefined
  readonly sealed?: string | undefined
  readonly reference?: string | undefined
  readonly until?: number | undefined
  readonly disclosed?: boolean | undefined
  readonly task?: Intent['task']
  /** Its message is in the store: it waited for its time. */
  readonly kept?: boolean
  readonly to?: Address | undefined
}

/** Proposes a new message, on its channel or where its plan starts; long ones become several, in order. Gives the outcome of the first part. */
export const propose = (draft: Draft, proposal: Proposal): Outcome => {
  const intent = begin(draft, intentOf(draft, proposal, proposal.content))
  return settleParts(draft, intent, partsOf(draft, intent), proposal.kept)
}

/** As its channel can carry it: a template is its words where there are none. */
const partsOf = (draft: Draft, { content, channel }: Intent): readonly Content[] => {
  const capabilities = draft.world.capabilities.get(channel)
  return capabilities ? draft.world.fit(content, capabilities) : [content]
}

/** Each further part is a message that its plan follows by itself. */
const settleParts = (draft: Draft, intent: Intent, parts: readonly Content[], kept = false): Outcome => {
  let first: Outcome | null = null
  for (const [n, content] of parts.entries()) {
    const message = n === 0 ? intent.message : draft.world.ids('msg')
    const own = n > 0 && intent.reach ? { reach: { ...intent.reach, first: message } } : {}
    const place = draft.places.get(intent.message)
    if (place) draft.places.set(message, place)
    const outcome = settleIntent(draft, { ...intent, ...own, message, content }, !kept || n > 0)
    first ??= outcome
  }
  return first ?? 'allow'
}

/** What keeps an answer from a channel, rather than completing or delaying it. */
const KEEPING: ReadonlySet<Outcome> = new Set<Outcome>(['reroute', 'hold', 'refuse'])

/**
 * Says something in the place of an answer of this purpose, where a rule keeps such an answer from the channel that would let one of the
 * business's own matters pass. The message's decision is about that answer, which an AI would give, so that it tells which rule and whose;
 * the sentence has its own. False where no rule does.
 */
export const proposeInstead = (draft: Draft, proposal: Proposal, answer: Purpose): boolean => {
  const whole = intentOf(draft, { ...proposal, purpose: 'none' }, proposal.content)
  const [content = proposal.content] = partsOf(draft, whole)
  const intent = { ...whole, content }
  const answered = { ...intent, ai: true, purposeAssumed: false }
  const kept = judge(draft, { ...answered, purpose: answer }, NO_LIMITS)
  const anyway = judge(draft, { ...answered, purpose: 'service' }, NO_LIMITS)
  if (!kept || !anyway) return false
  const always = new Set(anyway.judgement.rulings.filter(({ outcome }) => KEEPING.has(outcome)).map(({ rule }) => rule))
  if (!kept.judgement.rulings.some(({ rule, outcome }) => KEEPING.has(outcome) && !always.has(rule))) return false
  settleIntent(draft, intent, true, NO_LIMITS, record(draft, intent, kept, { insteadOf: answer }))
  return true
}

export const intentOf = (draft: Draft, proposal: Proposal, content: Content): Intent => {
  const intent: Intent = {
    message: proposal.message ?? draft.world.ids('msg'),
    channel: proposal.channel,
    content,
    category: proposal.category ?? 'service',
    purpose: proposal.purpose ?? 'service',
    purposeAssumed: !proposal.purpose,
    author: proposal.author,
    ai: proposal.ai ?? false,
    automatic: proposal.automatic,
    reply: proposal.reply,
    replyTo: proposal.replyTo ?? null,
    citations: proposal.citations ?? null,
    disclosed: proposal.disclosed ?? false,
    offersHuman: proposal.offersHuman ?? false,
    sealed: proposal.sealed,
    reference: proposal.reference,
    until: proposal.until,
    to: proposal.to,
    task: proposal.task,
    rounds: 0,
  }
  const reach = intent.to ? undefined : reachOn(draft, intent, proposal.plan, proposal.without)
  return reach ? { ...intent, reach } : intent
}

/**
 * Judges an intent and does what the outcome says. `fresh`: its message is not in the store yet. `limits`: as dispatch saw them. `kept`: what
 * was judged of the answer in whose place it is said.
 */
export const settleIntent = (
  draft: Draft,
  asked: Intent,
  fresh: boolean,
  limits: Limits = NO_LIMITS,
  instead: DecisionId | null = null,
): Outcome => {
  const over = overBecause(draft, asked)
  if (over) return endHere(draft, asked, over, fresh)
  const intent = asCall(draft, filed(draft, asked))
  if (intent.reach && isDrilled(intent.reach, intent.channel)) return endHere(draft, intent, DRILL, fresh)
  const first = judge(draft, intent, limits)
  const address = intent.to ?? addressOn(draft, intent.channel)
  if (!first || !address) return refuseUnreachable(draft, intent, fresh, first)
  if (first.judgement.outcome !== 'amend') return conclude(draft, intent, first, fresh, address, { before: instead })
  if (first.judgement.amend.template && standsIn(draft, intent.channel)) return standBehind(draft, intent, first, fresh, address)
  const amended = amend(draft, intent, first.judgement.amend)
  const second = amended && judge(draft, amended, limits)
  if (!second || second.judgement.outcome === 'amend') return conclude(draft, intent, first, fresh, address, { held: true })
  if (first.judgement.amend.template && second.judgement.outcome === 'allow')
    setChannelState(draft, intent.channel, { standInAt: draft.world.at })
  return conclude(draft, amended, second, fresh, address, { before: instead ?? record(draft, intent, first) })
}

/** It goes no more, whoever asks. */
const endHere = (draft: Draft, intent: Intent, why: string, fresh: boolean): Outcome => {
  const { message, channel } = intent
  if (fresh) draft.messages.push(rowOf(draft, intent, 'cancelled'))
  else draft.patches.push({ message, vendorId: null, channel, status: 'cancelled' })
  note(draft, { kind: 'message.cancelled', channel, message, data: { why } })
  return 'refuse'
}

/** Kept and shown until its time; judged then. `refusal`: why it is not. */
export const keepForLater = (draft: Draft, proposal: Proposal, sendAt: number, refusal: Refusal | null): void => {
  const intent = intentOf(draft, proposal, proposal.content)
  const { message, channel } = intent
  if (refusal) {
    draft.messages.push({ ...rowOf(draft, intent, 'refused'), refusal })
    note(draft, { kind: 'message.failed', channel, message, data: { outcome: 'refuse', code: refusal.code } })
    return
  }
  draft.messages.push(rowOf(draft, intent, 'postponed'))
  note(draft, { kind: 'message.postponed', channel, message, data: { until: sendAt } })
}

/** Waits for a person, who sees what the rules say of it now. The machine keeps the conversation: nobody there has asked for people. */
export const proposeDraft = (draft: Draft, proposal: Proposal): Outcome => {
  const intent = filed(draft, begin(draft, intentOf(draft, proposal, proposal.content)))
  const over = overBecause(draft, intent)
  if (over) return endHere(draft, intent, over, true)
  const judged = judge(draft, intent)
  const to = addressOn(draft, intent.channel)
  if (!judged || !to) return refuseUnreachable(draft, intent, true, judged)
  return keepBehind(draft, intent, judged, true, to)
}

/** For so long one template speaks for all that is said in a row: it asks the customer to write, and asking again says nothing more. */
const STAND_IN_MS = 600_000

const standsIn = (draft: Draft, channel: ChannelId): boolean => {
  const { standInAt, inboundAt } = channelState(draft.state, channel)
  return standInAt !== undefined && standInAt > (inboundAt ?? 0) && draft.world.at - standInAt < STAND_IN_MS
}

/** Held as a draft, beside the template that was queued already: it tells the customer for this one too, so nobody takes the conversation over. */
const standBehind = (draft: Draft, intent: Intent, judged: Judged, fresh: boolean, to: Address): Outcome => {
  keepBehind(draft, intent, judged, fresh, to)
  return 'amend'
}
const keepBehind = (draft: Draft, intent: Intent, judged: Judged, fresh: boolean, to: Address): Outcome => {
  draft.stoodInFor.add(intent.message)
  draft.waitingSince ??= draft.world.at
  return conclude(draft, intent, judged, fresh, to, { held: true, behind: true })
}

const STATUS_OF: Record<Outcome, Status> = {
  allow: 'queued',
  amend: 'queued',
  postpone: 'postponed',
  reroute: 'held',
  hold: 'held',
  refuse: 'refused',
}

/**
 * `held`: what was judged cannot be done here. `behind`: another speaks for it. `before`: the decision that changed it, or kept the answer in
 * whose place it is said. Both are kept as they were judged: the message names that one, its attempts name the one that let it go, with its price.
 */
type How = { readonly held?: boolean; readonly behind?: boolean; readonly before?: DecisionId | null }

const conclude = (draft: Draft, intent: Intent, judged: Judged, fresh: boolean, to: Address, { held, behind, before }: How): Outcome => {
  const { judgement } = judged
  const kept = !behind && (held || judgement.outcome === 'reroute' || judgement.outcome === 'refuse')
  const next = kept ? nextOf(draft, intent) : null
  if (next) return moveJudged(draft, intent, judged, fresh, next)
  const bridged = judgement.outcome === 'reroute' && !before ? bridge(draft, intent, judged, fresh, to) : null
  if (bridged) return bridged
  // There is no other channel to take: what cannot go here waits for a person.
  const waits = held || judgement.outcome === 'reroute' || judgement.outcome === 'hold'
  // But nobody can let a code go: by then it is of no use.
  const became = waits ? (intent.sealed === undefined ? 'hold' : 'refuse') : judgement.outcome
  const outcome: Outcome = before && became === 'allow' ? 'amend' : became
  const own = record(draft, intent, judged, became === judgement.outcome || became !== 'hold' ? {} : { became })
  const decision = before && outcome === 'amend' ? before : own
  keepMessage(draft, intent, STATUS_OF[outcome], decision, judgement, fresh)
  if (outcome === 'allow' || outcome === 'amend') queue(draft, intent, own, to)
  else if (outcome === 'postpone') postpone(draft, intent, judgement.until ?? 0, decision)
  else {
    if (outcome === 'hold' && draft.state.letGo)
      setState(draft, { letGo: draft.state.letGo.filter((message) => message !== intent.message) })
    note(draft, {
      kind: outcome === 'hold' ? 'message.held' : 'message.failed',
      channel: intent.channel,
      message: intent.message,
      decision,
      data: { outcome },
    })
  }
  return outcome
}

/** An answer that a rule keeps from here may be had on a page of the house: a link goes in its place. null: there is no such page, or no link may go either. */
const bridge = (draft: Draft, intent: Intent, judged: Judged, fresh: boolean, to: Address): Outcome | null => {
  if (!intent.automatic || !intent.reply || intent.sealed !== undefined) return null
  const page = pageBeside(draft, intent.channel, () => true)
  const link = page && linkTo(draft, intent.message, intent.channel, page)
  if (!link) return null
  const { language } = draft.state
  const content: Content = { type: 'link', text: SAYS.elsewhere[language], label: SAYS.openPage[language], url: link.url }
  const [fitted = content] = partsOf(draft, { ...intent, content })
  const said: Intent = { ...intent, content: fitted, author: 'system', ai: false, purpose: 'none', purposeAssumed: false, citations: null }
  const allowed = judge(draft, said)
  if (allowed?.judgement.outcome !== 'allow') return null
  offered(draft, link)
  return conclude(draft, said, allowed, fresh, to, { before: record(draft, intent, judged) })
}

/** What a rule keeps from its channel takes the next one, with the decision that says so. */
const moveJudged = (draft: Draft, intent: Intent, judged: Judged, fresh: boolean, next: Next): Outcome => {
  const decision = record(draft, intent, judged)
  const { outcome, rulings } = judged.judgement
  keepMessage(draft, intent, outcome === 'refuse' ? 'refused' : 'cancelled', decision, judged.judgement, fresh)
  return moveOn(draft, intent, next, rulings[0]?.rule ?? outcome)
}

/**
 * Says it on the plan's next channel, as a message of its own; gives what becomes of that. `why`: what ended the step. `doubtful`: the message
 * has perhaps left. What its status is from now on is the caller's to say.
 */
export const moveOn = (draft: Draft, intent: Intent, next: Next, why: string, doubtful = false): Outcome => {
  const message = draft.world.ids('msg')
  const { message: former, channel, reach } = intent
  draft.patches.push({ message: former, vendorId: null, channel, movedTo: message })
  const data = { plan: reach?.plan ?? '', step: next.step, from: channel, to: next.channel, why, next: message }
  note(draft, { kind: 'message.moved', channel, message: former, data })
  if (draft.remove.includes(former)) draft.places.set(message, former)
  const place = draft.places.get(former)
  if (place) draft.places.set(message, place)
  const moved: Intent = { ...onto(draft, intent, next), message, ...(doubtful ? { duplicateRisk: true } : {}) }
  return settleParts(draft, moved, partsOf(draft, moved))
}

/** No address of this person belongs to the channel, or the channel is gone from the set-up: nothing can be judged, and nothing leaves. */
const refuseUnreachable = (draft: Draft, intent: Intent, fresh: boolean, judged: Judged | null): Outcome => {
  const next = nextOf(draft, intent)
  const remedy = { fr: 'Écrivez par un canal dont cette personne a une adresse.', en: 'Write on a channel this person has an address for.' }
  const refusal: Refusal = { class: 'never', code: 'no-address', detail: '', remedy }
  if (!fresh) draft.patches.push({ message: intent.message, vendorId: null, channel: intent.channel, status: 'refused', refusal })
  else
    draft.messages.push({
      ...rowOf(draft, intent, 'refused'),
      citations: null,
      replyTo: null,
      refusal,
      price: judged?.judgement.price ?? null,
    })
  if (next) return moveOn(draft, intent, next, 'no-address')
  note(draft, { kind: 'message.failed', channel: intent.channel, message: intent.message, data: { outcome: 'refuse', code: 'no-address' } })
  return 'refuse'
}
