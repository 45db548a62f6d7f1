/** What becomes of a message that was judged, as rows: kept, in its line, or waiting for its time. */
import type { Address } from '../../core/address.ts'
import type { Judgement } from '../../core/decision.ts'
import type { DecisionId } from '../../core/ids.ts'
import type { Refusal, Status } from '../../core/outcome.ts'
import { stepsOf } from '../../core/plan.ts'
import type { MessageRow } from '../../core/store.ts'
import type { Intent } from '../event.ts'
import { channelState } from '../state.ts'
import { keepCall } from './calling.ts'
import { type Draft, note, setChannelState, setState } from './draft.ts'
import { hasNext } from './reach.ts'

/** Refused by a rule, told in the same shape as a provider's refusal. */
const refusalOf = (judgement: Judgement): Refusal | null => {
  const [strictest] = judgement.rulings
  return strictest ? { class: 'never', code: strictest.rule, detail: '', remedy: strictest.remedy, source: strictest.source } : null
}

export const keepMessage = (
  draft: Draft,
  intent: Intent,
  status: Status,
  decision: DecisionId,
  judgement: Judgement,
  fresh: boolean,
): void => {
  // A draft waits because somebody wanted it to.
  const refusal = status === 'refused' || (status === 'held' && !intent.task?.draft) ? refusalOf(judgement) : null
  const waiting = draft.messages.findIndex((row) => row.id === intent.message)
  if (!fresh && waiting < 0) {
    draft.patches.push({
      message: intent.message,
      vendorId: null,
      channel: intent.channel,
      status,
      content: intent.content,
      decision,
      category: intent.category,
      price: judgement.price,
      onto: intent.channel,
      ...(intent.reach ? { reach: intent.reach } : {}),
      ...(refusal ? { refusal } : {}),
    })
    return
  }
  const row = { ...rowOf(draft, intent, status), decision, refusal, price: judgement.price }
  if (waiting >= 0) draft.messages[waiting] = row
  else draft.messages.push(row)
}

export const rowOf = (draft: Draft, intent: Intent, status: Status): MessageRow => ({
  id: intent.message,
  channel: intent.channel,
  direction: 'out',
  at: draft.world.at,
  author: intent.author,
  content: intent.content,
  category: intent.category,
  ai: intent.ai,
  citations: intent.citations,
  replyTo: intent.replyTo,
  vendorId: null,
  status,
  decision: null,
  refusal: null,
  price: null,
  ...following(intent),
})

const following = ({ reach, duplicateRisk, reference }: Intent): Pick<Intent, 'reach' | 'duplicateRisk' | 'reference'> => ({
  ...(reference === undefined ? {} : { reference }),
  ...(reach ? { reach } : {}),
  ...(duplicateRisk ? { duplicateRisk } : {}),
})

export const queue = (draft: Draft, intent: Intent, decision: DecisionId, to: Address): void => {
  const { unanswered } = channelState(draft.state, intent.channel)
  const place = draft.places.get(intent.message)
  const queued: Intent = { ...intent, since: intent.since ?? draft.world.at }
  draft.outbox.push({
    message: intent.message,
    channel: intent.channel,
    ...(intent.reach && hasNext(draft, intent.reach) ? { movable: true } : {}),
    ...(place ? { place } : {}),
    dueAt: draft.world.at,
    epoch: draft.epoch,
    automatic: intent.automatic,
    category: intent.category,
    decision,
    body: { intent: intent.reply ? queued : { ...queued, unanswered: intent.unanswered ?? unanswered }, to },
  })
  if (!intent.reply && intent.unanswered === undefined) setChannelState(draft, intent.channel, { unanswered: unanswered + 1 })
  if (intent.disclosed) setState(draft, { disclosed: true })
  draft.lastAt = Math.max(draft.lastAt, draft.world.at)
  keepCall(draft, intent, to)
  note(draft, { kind: 'message.queued', channel: intent.channel, message: intent.message, decision })
  const { waitMs = null } = (intent.reach && stepsOf(draft.world.workspace.plans, intent.reach.plan)[intent.reach.step]) ?? {}
  if (intent.since === undefined && intent.reach && waitMs !== null && hasNext(draft, intent.reach)) awaitStep(draft, queued, waitMs)
}

/** Once for each message, from when it first joined its line: what a rule postpones waits as the rule says. */
export const awaitStep = (draft: Draft, intent: Intent, waitMs: number, epoch = draft.epoch): void => {
  const { ids, at } = draft.world
  draft.timers.push({ id: ids('evt'), kind: 'reach.due', channel: intent.channel, dueAt: at + waitMs, body: { intent, epoch } })
}

/** Postponed as often as its rule says so, but never in a circle without time in it. */
const LEAST_POSTPONED_MS = 1_000

export const postpone = (draft: Draft, intent: Intent, wanted: number, decision: DecisionId): void => {
  const until = Math.max(wanted, draft.world.at + LEAST_POSTPONED_MS)
  note(draft, { kind: 'message.postponed', channel: intent.channel, message: intent.message, decision, data: { until } })
  draft.timers.push({
    id: draft.world.ids('evt'),
    kind: 'send.due',
    channel: intent.channel,
    dueAt: until,
    body: { intent: { ...intent, rounds: intent.rounds + 1 }, epoch: draft.epoch },
  })
}
