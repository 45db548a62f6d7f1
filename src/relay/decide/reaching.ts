/** What befalls a reach plan: a step's wait is over, its channel is cut, a message it had given up comes after all. */
import type { MessageId } from '../../core/ids.ts'
import { type PlanMessage, type Reach, stepsOf } from '../../core/plan.ts'
import type { ReachStep } from '../../core/workspace.ts'
import type { Bodies, Intent } from '../event.ts'
import { isOver, unreached } from './aftermath.ts'
import { type Draft, note } from './draft.ts'
import { moveOn } from './propose.ts'
import { isEnded, nextOf, obstacleOn, planMessages, standingOf } from './reach.ts'
import { awaitStep } from './rows.ts'

/** What is on its way, or of which nobody knows yet, is looked at again after this. */
const LOOK_AGAIN_MS = 30_000

/** The wait of a step is over: the next one, but where somebody was reached, where nobody knows yet, or where a rule made it wait. */
export const stepDue = (draft: Draft, { intent, epoch, anew }: Bodies['reach.due']): void => {
  const now = standingOf(draft, intent)
  const reach = intent.reach as Reach
  const step: ReachStep | undefined = stepsOf(draft.world.workspace.plans, reach.plan)[reach.step]
  if (!now || now.movedTo || !step || (intent.automatic && epoch !== draft.epoch) || isEnded(draft, intent, reach, step)) return
  const { status, inLine } = now
  // From an unknown send nothing goes on before it is reconciled, or its own time is over.
  if (status === 'sending' || (status === 'unknown' && inLine)) awaitStep(draft, intent, LOOK_AGAIN_MS, epoch)
  else if (anew || (status === 'postponed' && !now.putOff)) awaitStep(draft, intent, step.waitMs ?? LOOK_AGAIN_MS, epoch)
  else if (status === 'queued' || status === 'postponed') goOn(draft, intent, `not-${step.success}`, true, now.duplicateRisk)
  else if (status === 'accepted' || status === 'sent' || status === 'delivered') goOn(draft, intent, `not-${step.success}`, false)
}

/** `waits`: it has not left, and will not. */
const goOn = (draft: Draft, intent: Intent, why: string, waits: boolean, doubtful = false): void => {
  const next = nextOf(draft, intent)
  if (!next) {
    unreached(draft, intent, why)
    return
  }
  if (waits) callOff(draft, intent)
  moveOn(draft, intent, next, why, doubtful)
}

const callOff = (draft: Draft, { message, channel }: Pick<Intent, 'message' | 'channel'>): void => {
  draft.remove.push(message)
  draft.patches.push({ message, vendorId: null, channel, status: 'cancelled' })
}

/** Its channel was cut or paused while it waited. Never one that is on its way, or of which nobody knows. */
export const stranded = (draft: Draft, { intent, epoch }: Bodies['send.stranded']): void => {
  const { message, channel } = intent
  if (isOver(draft, intent, epoch)) {
    draft.remove.push(message)
    return
  }
  const now = standingOf(draft, intent)
  const why = obstacleOn(draft, channel)
  const waits = now?.status === 'queued' && now.inLine && why !== null
  const next = waits ? nextOf(draft, intent) : null
  if (next && why) {
    callOff(draft, intent)
    moveOn(draft, intent, next, why, now?.duplicateRisk)
  } else draft.stay.push({ message, stuck: waits })
}

/** Delivered after its plan had gone on: it is told, and what has not left yet in its stead stays here. */
export const late = (draft: Draft, { message, first, channel, at }: Bodies['reach.late']): void => {
  const others = planMessages(draft, first).filter((one) => one.message !== message)
  note(draft, { id: draft.event, kind: 'message.late', channel, message, at, data: { next: others.at(-1)?.message ?? null } })
  endPlan(draft, first, message)
}

/** What of a plan has not left yet goes no more; its later steps neither. Its messages are known where the event names it (`planOf`). */
const endPlan = (draft: Draft, first: MessageId, but: MessageId | null = null): void => {
  for (const one of planMessages(draft, first)) if (one.message !== but && hasNotLeft(one)) callOff(draft, one)
}

const hasNotLeft = ({ status, duplicateRisk }: PlanMessage): boolean =>
  (status === 'queued' && !duplicateRisk) || status === 'postponed' || status === 'held'
