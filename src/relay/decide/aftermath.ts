/** What follows a send: it was refused, has to wait, came back judged otherwise, failed later, or nobody knows. */
import type { Outcome } from '../../core/decision.ts'
import { PASSING, type Refusal } from '../../core/outcome.ts'
import { stepsOf } from '../../core/plan.ts'
import type { Bodies, Intent } from '../event.ts'
import type { Limits } from '../situation.ts'
import { isAutomatic } from '../state.ts'
import { overBecause } from './calling-off.ts'
import { confirmsStop, followSwitch } from './consent.ts'
import { type Draft, note, setState } from './draft.ts'
import { alert, holdForPerson } from './hand.ts'
import { moveOn, settleIntent } from './propose.ts'
import { codeLost } from './proving.ts'
import { nextOf, obstacleOn, standingOf } from './reach.ts'

/** An automatic send of an owner whose epoch is over ends here. */
export const isOver = (draft: Draft, intent: Intent, epoch: number): boolean => {
  if (isMoved(draft, intent)) return true
  if (!intent.automatic || epoch === draft.epoch) return false
  draft.patches.push({ message: intent.message, vendorId: null, channel: intent.channel, status: 'cancelled' })
  return true
}

/** Its plan has gone on with another message, or it was called off. */
const isMoved = (draft: Draft, intent: Pick<Intent, 'message' | 'reach'>): boolean => {
  const now = standingOf(draft, intent)
  return now !== undefined && (now.movedTo !== null || now.status === 'cancelled')
}

/** Nothing is left to try: somebody of the business must know. An offer is not worth a person's time, and a code is of no use later. */
export const unreached = (draft: Draft, { reach, channel, message, category }: Intent, why: string): void => {
  if (!reach || category === 'marketing') return
  alert(draft, 'unreached', { plan: reach.plan, message, why }, channel)
  if (category !== 'authentication') draft.waitingSince ??= draft.world.at
}

/** What its plan can still do; null where nothing is left, and somebody is told. */
const takeNext = (draft: Draft, intent: Intent, why: string, doubtful = false): Outcome | null => {
  const next = nextOf(draft, intent)
  if (next) return moveOn(draft, intent, next, why, doubtful)
  unreached(draft, intent, why)
  return null
}

/** What was to say that an AI speaks did not: the next answer says it. */
const unsay = (draft: Draft, intent: Intent): void => {
  if (intent.ai && intent.disclosed) setState(draft, { disclosed: false })
}

const again = (draft: Draft, intent: Intent, limits?: Limits): Outcome => {
  const outcome = settleIntent(draft, intent, false, limits)
  if (outcome === 'hold' || outcome === 'reroute') holdForPerson(draft, 'hold')
  return outcome
}

/** A postponed intent's time has come: decided anew, from the facts of now. */
export const due = (draft: Draft, { intent, epoch }: Bodies['send.due']): void => {
  if (!isOver(draft, intent, epoch)) again(draft, intent)
}

/** What only dispatch sees (people written to in 24 hours …) counts here too: else this would allow it for dispatch to return it, for ever. */
export const returned = (draft: Draft, { intent, epoch, limits }: Bodies['send.returned']): void => {
  if (isOver(draft, intent, epoch)) return
  unsay(draft, intent)
  again(draft, intent, limits)
}

/** The provider asks for patience longer than a line can wait. */
export const postponed = (draft: Draft, { intent, refusal, until, epoch }: Bodies['send.postponed']): void => {
  if (isOver(draft, intent, epoch)) return
  unsay(draft, intent)
  rememberMarketing(draft, intent.category, refusal)
  if (isTooLate(draft, intent, until) && movePostponed(draft, intent, refusal)) return
  draft.patches.push({ message: intent.message, vendorId: null, channel: intent.channel, status: 'postponed', refusal })
  note(draft, { kind: 'message.postponed', channel: intent.channel, message: intent.message, data: { code: refusal.code, until } })
  draft.timers.push({
    id: draft.world.ids('evt'),
    kind: 'send.due',
    channel: intent.channel,
    dueAt: until,
    body: { intent: { ...intent, rounds: intent.rounds + 1 }, epoch },
  })
}

/** It would leave only when its plan has gone on, if ever. */
const isTooLate = (draft: Draft, { reach, since, channel }: Intent, until: number): boolean => {
  if (obstacleOn(draft, channel)) return true
  const waitMs = reach && stepsOf(draft.world.workspace.plans, reach.plan)[reach.step]?.waitMs
  return typeof waitMs === 'number' && until > (since ?? draft.world.at) + waitMs
}

const movePostponed = (draft: Draft, intent: Intent, refusal: Refusal): boolean => {
  const next = nextOf(draft, intent)
  if (!next) return false
  draft.patches.push({ message: intent.message, vendorId: null, channel: intent.channel, status: 'cancelled', refusal })
  moveOn(draft, intent, next, refusal.code)
  return true
}

const rememberMarketing = (draft: Draft, category: Intent['category'], refusal: Refusal): void => {
  if (category === 'marketing' && refusal.class === 'later') setState(draft, { marketingRefusedAt: draft.world.at })
}

/** What a refusal asks for beside the message itself. */
const follow = (draft: Draft, channel: Intent['channel'], refusal: Refusal): void => {
  if (refusal.optedOut) followSwitch(draft, channel, 'stop', refusal.code, draft.world.at)
  if (refusal.class === 'fix' || refusal.class === 'credentials' || refusal.alerts)
    alert(draft, 'send-refused', { code: refusal.code, class: refusal.class }, channel)
}

/** Certainly not sent. A closed window turns into the rule's remedy; what a machine could not say goes to people. */
export const refused = (draft: Draft, { intent, refusal, epoch }: Bodies['send.refused']): void => {
  codeLost(draft, intent.sealed)
  note(draft, { id: draft.event, kind: 'message.failed', channel: intent.channel, message: intent.message, data: { code: refusal.code } })
  // Where patience ran out the provider had only said "later": nobody has called it failed yet.
  draft.patches.push({ message: intent.message, vendorId: null, channel: intent.channel, status: 'failed', refusal })
  follow(draft, intent.channel, refusal)
  rememberMarketing(draft, intent.category, refusal)
  if (epoch === draft.epoch) unsay(draft, intent)
  if (refusal.class === 'window' && intent.content.type !== 'template' && intent.rounds === 0 && !isOver(draft, intent, epoch)) {
    closeWindow(draft, intent.channel)
    again(draft, { ...intent, rounds: 1 })
    return
  }
  // That their STOP was heard need not be told where nothing of ours comes through because of it: nobody waits for that.
  if (refusal.optedOut && confirmsStop(intent)) return
  if (!isVoid(draft, intent, epoch) && takeNext(draft, intent, refusal.code) !== null) return
  // Patience has run out: see dispatch.
  if (PASSING.has(refusal.class)) alert(draft, 'send-failed', { code: refusal.code, class: refusal.class }, intent.channel)
  if (intent.automatic && intent.reply && isAutomatic(draft.owner) && epoch === draft.epoch) holdForPerson(draft, 'send-refused')
}

/** Said for a machine that has the conversation no more. */
const isVoid = (draft: Draft, intent: Intent, epoch: number): boolean => intent.automatic && epoch !== draft.epoch

/** The platform says that the window is closed: it counts from another message than we do. */
const closeWindow = (draft: Draft, channel: Intent['channel']): void => {
  const here = draft.state.channels[channel]
  if (here) setState(draft, { channels: { ...draft.state.channels, [channel]: { ...here, inboundAt: null } } })
}

/** The first wait after a failure that passes; each further one is four times as long. */
const FIRST_RETRY_MS = 30_000
const MOST_TRIES = 5

/** Accepted once, then a receipt said that it failed: as another try, as another message, or to people. */
export const failed = (draft: Draft, body: Bodies['send.failed']): void => {
  codeLost(draft, body.asked?.sealed)
  const { refusal, channel, category, tries } = body
  if (refusal) {
    follow(draft, channel, refusal)
    rememberMarketing(draft, category, refusal)
  }
  const intent = intentOf(body)
  const epoch = body.asked?.epoch ?? draft.epoch
  // Whoever has the conversation by now: nothing automatic of a former owner speaks in its stead.
  if (intent && (isVoid(draft, intent, epoch) || isMoved(draft, intent))) return
  if (intent) unsay(draft, intent)
  const passing = refusal !== null && PASSING.has(refusal.class)
  if (intent && refusal?.class === 'window' && intent.content.type !== 'template') {
    closeWindow(draft, channel)
    // The answer to the call may still be on its way: this send is over.
    draft.remove.push(intent.message)
    again(draft, { ...intent, rounds: 1 })
  } else if (intent && refusal && passing && tries <= MOST_TRIES) {
    draft.remove.push(intent.message)
    const until = draft.world.at + Math.max(refusal.afterMs ?? 0, FIRST_RETRY_MS * 4 ** (tries - 1))
    postponed(draft, { intent, refusal, until, epoch })
  } else {
    if (intent && takeNext(draft, intent, refusal?.code ?? 'failed') !== null) return
    if (passing) alert(draft, 'send-failed', { code: refusal?.code, tries }, channel)
    if (intent?.automatic && intent.reply && isAutomatic(draft.owner)) holdForPerson(draft, 'send-failed')
  }
}

/** What was sent, to be said again. What the rules added to it stands in its content by now. */
const intentOf = ({ message, channel, content, replyTo, asked, reach }: Bodies['send.failed']): Intent | null => {
  if (!content || !asked || asked.fixed) return null
  const { author, automatic, category, purpose, purposeAssumed, ai, reply, disclosed } = asked
  return {
    message,
    channel,
    content,
    category,
    purpose,
    purposeAssumed,
    author,
    ai,
    automatic,
    reply,
    replyTo,
    citations: null,
    disclosed,
    offersHuman: true,
    sealed: asked.sealed,
    reference: asked.reference,
    until: asked.until,
    rounds: 0,
    ...(reach ? { reach, since: reach.since } : {}),
  }
}

/** 120 s without a receipt: never repeated blindly. What the workspace says for the category happens, and it is told. */
export const unknown = (draft: Draft, { intent, cause, epoch, resent }: Bodies['send.unknown']): void => {
  const { workspace, at } = draft.world
  const mayGo = workspace.unknown[intent.category] === 'resend' && !isVoid(draft, intent, epoch) && overBecause(draft, intent) === null
  // Another channel, where there is one, is surer than the same again; either way it may be the second.
  const next = mayGo ? nextOf(draft, intent) : null
  const resend = mayGo && !next && !resent
  note(draft, {
    id: draft.event,
    kind: 'message.unknown',
    channel: intent.channel,
    message: intent.message,
    data: { cause, next: next ? 'move' : resend ? 'resend' : 'park' },
  })
  if (next) {
    draft.remove.push(intent.message)
    moveOn(draft, intent, next, 'unknown', true)
    return
  }
  if (resend) {
    draft.resend.push({ message: intent.message, dueAt: at })
    return
  }
  if (epoch === draft.epoch) unsay(draft, intent)
  // Its status says unknown since the call; a receipt that came a moment ago may have said more.
  draft.remove.push(intent.message)
  alert(draft, 'send-unknown', { message: intent.message, cause }, intent.channel)
  if (intent.automatic && intent.reply && isAutomatic(draft.owner) && epoch === draft.epoch) holdForPerson(draft, 'send-unknown')
}

/** A receipt bearing the attempt's id came: it was sent after all. */
export const reconciled = (draft: Draft, { message }: Bodies['send.reconciled']): void => {
  draft.remove.push(message)
  note(draft, { id: draft.event, kind: 'message.accepted', message, data: { by: 'receipt' } })
}
