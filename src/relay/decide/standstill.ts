/** While all automation is paused: what would make a machine speak waits, outside every line, until it goes on. */
import type { PendingEvent } from '../../core/store.ts'
import { HELD } from '../../core/store.ts'
import { isMachines, isStopped, STOPPED } from '../automation.ts'
import type { Bodies } from '../event.ts'
import { SAYS } from '../words.ts'
import { type Draft, note } from './draft.ts'
import { handOver } from './hand.ts'
import { takeBack } from './streaming.ts'

/** The body again when it goes on: what became void meanwhile ends then. */
const wait = (draft: Draft, { kind, channel, body }: PendingEvent): true => {
  draft.timers.push({ id: draft.world.ids('evt'), kind, channel, dueAt: HELD, body: body as object })
  return true
}

const waitToSend = (draft: Draft, event: PendingEvent): boolean => {
  const { intent, epoch } = event.body as Bodies['send.due']
  if (!isMachines(intent) || epoch !== draft.epoch) return false
  draft.patches.push({ message: intent.message, vendorId: null, channel: intent.channel, status: 'postponed', refusal: STOPPED })
  note(draft, { kind: 'message.postponed', channel: intent.channel, message: intent.message, data: { code: STOPPED.code } })
  return wait(draft, event)
}

/** True where the event waits now. */
export const standsStill = (draft: Draft, event: PendingEvent): boolean => {
  if (!isStopped(draft.world.channels)) return false
  switch (event.kind as keyof Bodies) {
    case 'timer':
    case 'called':
      return wait(draft, event)
    case 'task.done':
      return (event.body as Bodies['task.done']).send?.how === 'now' && wait(draft, event)
    case 'send.due':
      return waitToSend(draft, event)
    case 'reach.due': {
      // Its wait begins anew with the message itself.
      const body = event.body as Bodies['reach.due']
      return isMachines(body.intent) && wait(draft, { ...event, body: { ...body, anew: true } })
    }
    case 'thought': {
      const { epoch, question, stream } = event.body as Bodies['thought']
      if (epoch === draft.epoch) takeBack(draft, question.channel, stream)
      if (epoch === draft.epoch) handOver(draft, question.channel, STOPPED.code, SAYS.received[draft.state.language])
      return epoch === draft.epoch
    }
    default:
      return false
  }
}
