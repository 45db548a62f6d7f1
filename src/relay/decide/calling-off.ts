/** Sends for later, and what is called off: by the business, or because its time is over. */
import type { MessageId } from '../../core/ids.ts'
import type { Refusal } from '../../core/outcome.ts'
import type { Intent } from '../event.ts'
import { closeCall } from './calling.ts'
import { type Draft, note, setState } from './draft.ts'

/** As many wait for their time with one person; one more is refused, for what is forgotten would never go. */
const MOST_SCHEDULED = 100
/** More than one call calls off. */
const REMEMBERED = 500

export const fullOf = ({ state }: Draft): Refusal | null =>
  (state.scheduled?.length ?? 0) < MOST_SCHEDULED
    ? null
    : {
        class: 'never',
        code: 'too-many-scheduled',
        detail: String(MOST_SCHEDULED),
        remedy: {
          fr: `${MOST_SCHEDULED} envois attendent déjà leur heure pour cette personne\u00a0: annulez-en, ou envoyez celui-ci plus tard.`,
          en: `${MOST_SCHEDULED} sends wait for their time with this person already: call some off, or send this one later.`,
        },
      }

/** Waits for its time. */
export const remember = (draft: Draft, message: MessageId): void =>
  setState(draft, { scheduled: [...(draft.state.scheduled ?? []), message] })

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
