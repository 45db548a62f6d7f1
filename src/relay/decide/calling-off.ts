/** Sends for later, and what is called off: by the business, or because its time is over. */
import type { MessageId } from '../../core/ids.ts'
import type { Intent } from '../event.ts'
import { closeCall } from './calling.ts'
import { type Draft, note, setState } from './draft.ts'

/** As many as can be under way at once with one person. */
const REMEMBERED = 100

/** Waits for its time. */
export const remember = (draft: Draft, message: MessageId): void =>
  setState(draft, { scheduled: [...(draft.state.scheduled ?? []), message].slice(-REMEMBERED) })

/** False where it was called off before its time came. */
export const takeScheduled = (draft: Draft, message: MessageId): boolean => {
  const waiting = draft.state.scheduled ?? []
  if (!waiting.includes(message)) return false
  setState(draft, { scheduled: waiting.filter((one) => one !== message) })
  return true
}

/** What has not left does not leave, and no further step of its plan either. What left already is left as it is. */
export const callOff = (draft: Draft, message: MessageId): void => {
  const scheduled = takeScheduled(draft, message)
  setState(draft, { calledOff: [...(draft.state.calledOff ?? []), message].slice(-REMEMBERED) })
  const later = draft.plans.filter(({ first }) => first === message).map((one) => one.message)
  draft.withdraw.push(message, ...later)
  for (const call of draft.state.calls ?? []) if ([message, ...later].includes(call.message)) closeCall(draft, call, null)
  if (scheduled) note(draft, { kind: 'message.cancelled', message, data: { why: 'called-off' } })
}

/** Why it does not go any more, whoever asks; null where it may. */
export const overBecause = (draft: Draft, { message, reach, until }: Intent): 'called-off' | 'too-late' | null => {
  const off = draft.state.calledOff ?? []
  if (off.includes(message) || (reach && off.includes(reach.first))) return 'called-off'
  return until !== undefined && draft.world.at >= until ? 'too-late' : null
}
