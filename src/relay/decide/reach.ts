/** Reach plans: on which channel a message starts, and which one is next. Nothing is written here but what the next message says. */
import type { Content } from '../../core/content.ts'
import type { ChannelId, MessageId } from '../../core/ids.ts'
import { isReached, type PlanMessage, type Reach, reachPlanFor, stepsOf } from '../../core/plan.ts'
import { isFor } from '../../core/stand-in.ts'
import type { ReachStep } from '../../core/workspace.ts'
import type { Intent } from '../event.ts'
import type { Draft } from './draft.ts'
import { addressOn, amend, filed, judge } from './judging.ts'

/** Where a plan goes on, and what it passed by on the way. */
export type Next = Pick<Reach, 'step' | 'passed' | 'left'> & { readonly channel: ChannelId }

/** The plan of a message that starts on a channel; undefined where no plan names that channel. */
export const reachOn = (draft: Draft, intent: Intent, name: string | undefined, without?: readonly ChannelId[]): Reach | undefined => {
  const { plans } = draft.world.workspace
  const plan = intent.to ? null : reachPlanFor(plans, name, intent.category)
  const step = plan === null ? -1 : stepsOf(plans, plan).findIndex(({ channel }) => channel === intent.channel)
  if (plan === null || step < 0) return undefined
  return { plan, step, first: intent.message, since: draft.world.at, relayed: false, passed: [], ...(without ? { without } : {}) }
}

/**
 * Where what nobody chose a channel for starts: at the head of the plan that the caller or its category names; `default` leaves it to the
 * customer's own channel. null where there is no such plan.
 */
export const startOf = (draft: Draft, name: string | undefined, category: Intent['category']): ChannelId | null => {
  const { plans } = draft.world.workspace
  const plan = reachPlanFor(plans, name, category)
  if (plan === null) return null
  const channels = stepsOf(plans, plan).map(({ channel }) => channel)
  const own = plan === 'default' && name !== plan ? channels.find((channel) => channel === draft.state.channel) : undefined
  return own ?? channels[0] ?? null
}

/** A message that a plan follows, on the first channel that can send it and has an address; as it is where none can. */
export const begin = (draft: Draft, intent: Intent): Intent => {
  const { reach } = intent
  if (!reach) return intent
  const why = isDrilled(reach, intent.channel) ? DRILL : obstacleOn(draft, intent.channel)
  const next = why === null ? null : nextOf(draft, { ...intent, reach: { ...reach, passed: [{ channel: intent.channel, why }] } })
  return next ? onto(draft, intent, next) : intent
}

/** Why a live drill passes a channel by: it is held for cut. */
export const DRILL = 'drill'
export const isDrilled = ({ without }: Reach, channel: ChannelId): boolean => without?.includes(channel) ?? false

/** The step after a message's own that would let it leave, first that on which the customer has written since; null where there is none. */
export const nextOf = (draft: Draft, intent: Intent): Next | null => {
  const { reach } = intent
  if (!reach || isWithdrawn(draft, intent)) return null
  const steps = stepsOf(draft.world.workspace.plans, reach.plan)
  const passed = [...reach.passed]
  const left = steps.map((one, step) => ({ one, step })).filter(({ step }) => reach.left?.includes(step) ?? step > reach.step)
  const isTheirs = ({ one }: { readonly one: ReachStep }) => one.channel === draft.state.channel && hasHeard(draft, reach)
  const inTurn = [...left.filter(isTheirs), ...left.filter((each) => !isTheirs(each))]
  for (const [n, { one, step }] of inTurn.entries()) {
    const { channel } = one
    const why = obstacle(draft, intent, one, { channel, step, passed })
    if (why === null) return { channel, step, passed, left: inTurn.slice(n + 1).map((other) => other.step) }
    passed.push({ channel, why })
  }
  return null
}

/** An offer whose channel they said STOP to goes nowhere else. */
const isWithdrawn = (draft: Draft, { category, channel }: Intent): boolean =>
  category === 'marketing' && draft.consentStates[`${draft.world.channels.get(channel)?.kind}/marketing`] === 'revoked'

/** What keeps any message from a channel; null where nothing does. */
export const obstacleOn = (draft: Draft, channel: ChannelId): string | null => {
  const facts = draft.world.channels.get(channel)
  if (!facts || facts.health === 'cut') return 'cut'
  if (facts.paused) return 'paused'
  return addressOn(draft, channel) ? null : 'no-address'
}

const obstacle = (draft: Draft, intent: Intent, step: ReachStep, next: Next): string | null => {
  const unable = intent.reach && isDrilled(intent.reach, step.channel) ? DRILL : obstacleOn(draft, step.channel)
  if (unable) return unable
  const there = filed(draft, onto(draft, intent, next))
  const judged = judge(draft, there)
  if (!judged) return 'cut'
  if (step.if !== null && !draft.world.holds(step.if, judged.situation)) return 'if'
  return keptBy(draft, there, judged.judgement)
}

/** The rule that keeps it from there; what only delays or completes it does not. */
const keptBy = (draft: Draft, intent: Intent, { outcome, amend: wanted, rulings }: NonNullable<ReturnType<typeof judge>>['judgement']) => {
  const rule = rulings[0]?.rule ?? outcome
  if (outcome !== 'amend') return outcome === 'allow' || outcome === 'postpone' ? null : rule
  const amended = amend(draft, intent, wanted)
  const second = amended && judge(draft, amended)?.judgement
  return second && (second.outcome === 'allow' || second.outcome === 'postpone') ? null : rule
}

/** The same words for another channel: as they were before the rules of this one changed them. */
export const onto = (draft: Draft, intent: Intent, { channel, step, passed, left }: Next): Intent => {
  const { said, ...reach } = intent.reach as Reach
  const { content, category, ai, disclosed, offersHuman } = said ?? intent
  return {
    ...intent,
    channel,
    category,
    ai,
    disclosed,
    offersHuman,
    content: asTextWhereForeign(draft, content, channel),
    replyTo: null,
    unanswered: undefined,
    since: undefined,
    rounds: 0,
    reach: { ...reach, step, passed, left, relayed: true },
  }
}

/** A template belongs to the platform that approved it; elsewhere it is its words. */
const asTextWhereForeign = (draft: Draft, content: Content, channel: ChannelId): Content => {
  const facts = draft.world.channels.get(channel)
  if (content.type !== 'template' || !facts) return content
  const { name, language, text } = content
  const own = draft.world.workspace.templates.some(
    (template) => template.name === name && template.language === language && isFor(template, facts),
  )
  return own && draft.world.capabilities.get(channel)?.templates ? content : { type: 'text', text }
}

/** The messages of a plan as this turn leaves them, the oldest first. */
export const planMessages = (draft: Draft, first: MessageId): readonly PlanMessage[] => {
  const known = draft.plans.filter((one) => one.first === first)
  const made = draft.messages.flatMap((row): PlanMessage[] =>
    row.reach?.first !== first || row.status === 'received'
      ? []
      : [
          {
            message: row.id,
            first,
            channel: row.channel,
            status: row.status,
            inLine: draft.outbox.some(({ message }) => message === row.id),
            movedTo: null,
            duplicateRisk: row.duplicateRisk ?? false,
            putOff: false,
          },
        ],
  )
  return [...known, ...made].map((one) => {
    const changes = draft.patches.filter(({ message }) => message === one.message)
    const status = changes.findLast((patch) => patch.status !== undefined)?.status ?? one.status
    const movedTo = changes.findLast((patch) => patch.movedTo !== undefined)?.movedTo ?? one.movedTo
    return { ...one, status, movedTo, inLine: one.inLine && !draft.remove.includes(one.message) }
  })
}

/** As the store and this turn have it; undefined where the message follows no plan. */
export const standingOf = (draft: Draft, { reach, message }: Pick<Intent, 'reach' | 'message'>): PlanMessage | undefined =>
  reach && planMessages(draft, reach.first).find((one) => one.message === message)

/**
 * Some message of the plan reached them. That they have written since proves that they read what was delivered; of what was not it proves
 * nothing. But nobody who is in a conversation is followed with an offer.
 */
export const isEnded = (draft: Draft, { category }: Intent, reach: Reach, { success }: ReachStep): boolean => {
  const heard = hasHeard(draft, reach)
  if (heard && category === 'marketing') return true
  return planMessages(draft, reach.first).some(
    ({ status }) => isReached(status, success) || (heard && success === 'read' && status === 'delivered'),
  )
}

const hasHeard = (draft: Draft, { since }: Reach): boolean => (draft.state.heardAt ?? 0) > since

/** A step that may be followed by another. */
export const hasNext = (draft: Draft, { plan, step, left }: Reach): boolean =>
  (left?.length ?? stepsOf(draft.world.workspace.plans, plan).length - step - 1) > 0
