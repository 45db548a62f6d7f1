/** A message on a channel where people call is a request to them: what it says is what the call is about. */
import type { Address } from '../../core/address.ts'
import { type Callback, type CallOutcome, usualWindows } from '../../core/callback.ts'
import { wordsOf } from '../../core/content.ts'
import { zoneOfCountry } from '../../core/country.ts'
import { asId, type CallbackId, type MessageId } from '../../core/ids.ts'
import { enginesFor } from '../../core/plan.ts'
import type { Intent } from '../event.ts'
import { type Draft, note, setState } from './draft.ts'

const callbackOf = (message: MessageId): CallbackId => asId(`cal_${message.slice(4)}`)

const calls = (draft: Draft, { channel }: Intent): boolean => draft.world.capabilities.get(channel)?.calls === true

/** In words, whatever it was to be elsewhere. */
export const asCall = (draft: Draft, intent: Intent): Intent =>
  calls(draft, intent) && intent.content.type !== 'call' ? { ...intent, content: { type: 'call', text: wordsOf(intent.content) } } : intent

/** The request that a queued call is; nothing for any other message. */
export const keepCall = (draft: Draft, intent: Intent, to: Address): void => {
  if (!calls(draft, intent) || draft.state.calls?.some(({ message }) => message === intent.message)) return
  const { workspace, at } = draft.world
  const { tries = 3, pauseMs: _ } = workspace.channels.find(({ id }) => id === intent.channel)?.calls ?? {}
  const wish = draft.wishes.get(intent.message)
  const { journey } = draft.state
  const request: Callback = {
    id: callbackOf(intent.message),
    message: intent.message,
    channel: intent.channel,
    number: wish?.number ?? to.value,
    windows: wish?.windows ?? usualWindows(workspace.hours),
    timezone: zoneOfCountry(draft.state.country || draft.facts.country) || workspace.timezone,
    category: intent.category,
    topic: wordsOf(intent.content) || draft.state.topic,
    step: journey ? journey.journey : null,
    summary: null,
    since: at,
    from: at,
    tries: 0,
    mostTries: tries,
    state: 'waiting',
    takenBy: null,
    outcome: null,
    note: null,
    closedAt: null,
  }
  setState(draft, { calls: [...(draft.state.calls ?? []), request] })
  draft.callbacks.push(request)
  summarise(draft, request)
  note(draft, { kind: 'callback.asked', channel: intent.channel, message: intent.message, data: { callback: request.id } })
}

/** Whoever has the conversation, and whatever becomes of it: a summary is for the person who calls. */
export const ALWAYS = 2_000_000_000

/** Outside the line, where a plan names engines for it. */
const summarise = (draft: Draft, { id, channel }: Callback): void => {
  const { ids, at, workspace } = draft.world
  if (!enginesFor(workspace.plans, 'summarise', channel).length) return
  const body = { callback: id, language: draft.state.language }
  draft.jobs.push({ id: ids('job'), kind: 'think', channel, epoch: ALWAYS, dueAt: at, body })
}

/** The request as it is from now on. A closed one is remembered by the call centre's list alone. */
export const changeCall = (draft: Draft, request: Callback, change: Partial<Callback>): Callback => {
  const next = { ...request, ...change }
  const others = (draft.state.calls ?? []).filter(({ id }) => id !== request.id)
  setState(draft, { calls: next.state === 'closed' ? others : [...others, next] })
  draft.callbacks = [...draft.callbacks.filter(({ id }) => id !== request.id), next]
  return next
}

export const closeCall = (draft: Draft, request: Callback, outcome: CallOutcome | null, said: string | null = null): Callback => {
  const closed = changeCall(draft, request, { state: 'closed', outcome, note: said, takenBy: null, closedAt: draft.world.at })
  const data = { callback: request.id, outcome: outcome ?? 'cancelled', tries: closed.tries }
  note(draft, { kind: 'callback.closed', channel: request.channel, message: request.message, data })
  return closed
}
