/** Call-back requests: asked for, taken by one person at a time, dialled by them, and closed with what came of it. Nothing here calls. */

import { type Callback, type CallOutcome, nextCallable } from '../../core/callback.ts'
import type { ChannelId, MessageId, VendorId } from '../../core/ids.ts'
import type { Words } from '../../core/language.ts'
import type { ReceiptArrival } from '../../core/store.ts'
import type { Bodies, CallbackAct, CallbackClosing, CallbackWish, Intent } from '../event.ts'
import { calledBack, callNoted, SAYS } from '../words.ts'
import { changeCall, closeCall } from './calling.ts'
import { type Draft, note, setState } from './draft.ts'
import { addressOn, judge } from './judging.ts'
import { propose } from './propose.ts'
import { obstacleOn } from './reach.ts'

const MONTH_MS = 30 * 86_400_000

const callChannel = (draft: Draft): ChannelId | null =>
  draft.world.workspace.channels.find(({ id }) => draft.world.capabilities.get(id)?.calls)?.id ?? null

/** `reply`: the customer asked for it themselves, in these words: that is their consent to this call. False where nobody calls here. */
export const askCall = (
  draft: Draft,
  wish: CallbackWish,
  { author, reply, message, words }: { author: string; reply: boolean; message: MessageId; words: string | null },
): boolean => {
  const channel = wish.channel ?? callChannel(draft)
  if (!channel) {
    note(draft, { kind: 'message.failed', message, data: { outcome: 'refuse', code: 'no-channel' } })
    return false
  }
  draft.wishes.set(message, wish)
  if (reply) agree(draft, words)
  const text = wish.topic ?? draft.state.topic
  propose(draft, { channel, content: { type: 'call', text }, author, automatic: false, reply, category: wish.category, message })
  const request = draft.state.calls?.find((one) => one.message === message)
  if (request) tell(draft, callNoted(request, draft.state.language, draft.world.at))
  return request !== undefined
}

/** By somebody who waits for people, in words alone: at the hours of the business, on the number they write from. Once: who asks again is told the same. */
export const askToBeCalled = (draft: Draft, words: string): void => {
  const { language } = draft.state
  const [open] = draft.state.calls ?? []
  const wish = { number: null, windows: null, topic: null, channel: null, category: 'service' } as const
  if (open) tell(draft, callNoted(open, language, draft.world.at))
  else if (!askCall(draft, wish, { author: 'system', reply: true, message: draft.world.ids('msg'), words }))
    tell(draft, SAYS.callNeeds[language])
}

/** To be called is what they asked for. */
const agree = (draft: Draft, words: string | null): void => {
  if (draft.consentStates['voice/service'] === 'given') return
  const row = {
    channelKind: 'voice',
    category: 'service',
    given: true,
    at: draft.world.at,
    words,
    proof: { event: draft.event },
    source: 'message',
  }
  draft.consents.push(row)
  draft.consentStates['voice/service'] = 'given'
  note(draft, { kind: 'consent.changed', data: { channelKind: 'voice', category: 'service', given: true } })
}

export const asked = (draft: Draft, { key, message, wish }: Bodies['callback.ask']): void => {
  askCall(draft, wish, { author: key, reply: false, message, words: null })
}

/** What the call centre does. An act that comes too late (another took it, it is closed) changes nothing. */
export const act = (draft: Draft, body: CallbackAct): void => {
  const request = draft.state.calls?.find(({ id }) => id === body.callback)
  if (!request) return
  const own = request.takenBy === body.agent
  if (body.act === 'take') take(draft, request, body.agent)
  else if (body.act === 'close') {
    if (own || body.outcome === 'done') close(draft, request, body)
  } else if (own) changeCall(draft, request, { state: 'waiting', takenBy: null })
}

const take = (draft: Draft, request: Callback, agent: string): void => {
  if (request.state !== 'waiting' || callableAt(draft, request) !== draft.world.at) return
  changeCall(draft, request, { state: 'taken', takenBy: agent })
  note(draft, { kind: 'callback.taken', channel: request.channel, message: request.message, data: { callback: request.id, by: agent } })
}

/** When they may be called next: in their hours, after the pause, and as the rules on calls say now. null: never. */
const callableAt = (draft: Draft, request: Callback): number | null => {
  const { at } = draft.world
  const open = nextCallable(request.windows, request.timezone, Math.max(at, request.from))
  if (!open || open.at > at) return open?.at ?? null
  const judged = judge(draft, intentOf(request, request.channel, { type: 'call', text: request.topic }, 'agent:call'))
  const { outcome, until } = judged?.judgement ?? { outcome: 'refuse', until: null }
  return outcome === 'allow' || outcome === 'amend' ? at : until
}

const close = (draft: Draft, request: Callback, { outcome, note: said, target }: CallbackClosing): void => {
  const { at, workspace } = draft.world
  const tried = outcome === 'done' ? request : changeCall(draft, request, { tries: request.tries + 1 })
  if (outcome !== 'done') countCall(draft, request)
  if (outcome === 'no-answer' && tried.tries < tried.mostTries) {
    const { pauseMs = 0 } = workspace.channels.find(({ id }) => id === request.channel)?.calls ?? {}
    changeCall(draft, tried, { state: 'waiting', takenBy: null, from: at + pauseMs, note: said ?? tried.note })
    note(draft, {
      kind: 'callback.unanswered',
      channel: request.channel,
      message: request.message,
      data: { callback: request.id, tries: tried.tries },
    })
    return
  }
  if (outcome === 'refused') refuse(draft, request)
  closeCall(draft, tried, outcome, said)
  if (target) draft.receipts.push(receiptOf(request.channel, target, outcome, at))
  tell(draft, calledBack(outcome, draft.state.language))
}

const REMEDIES: Readonly<Record<'no-answer' | 'wrong-number' | 'refused', Words>> = {
  'no-answer': { fr: 'Personne n’a répondu : écrivez par un autre canal.', en: 'Nobody answered: write on another channel.' },
  'wrong-number': { fr: 'Demandez le bon numéro par un autre canal.', en: 'Ask for the right number on another channel.' },
  refused: { fr: 'Cette personne ne veut pas être appelée.', en: 'This person does not want to be called.' },
}

/** What the message hears of it, as if a provider told: reached, or failed for good. */
const receiptOf = (channel: ChannelId, target: VendorId, outcome: CallOutcome, at: number): ReceiptArrival =>
  outcome === 'reached' || outcome === 'done'
    ? { channel, target, at, status: 'delivered' }
    : { channel, target, at, status: 'failed', refusal: { class: 'never', code: outcome, detail: '', remedy: REMEDIES[outcome] } }

/** For the rules on calls that sell: how often, and that they want no more of them. */
const countCall = (draft: Draft, { category }: Callback): void => {
  if (category !== 'marketing') return
  const { at } = draft.world
  setState(draft, { sellingCalls: [...(draft.state.sellingCalls ?? []).filter((one) => one > at - MONTH_MS), at] })
}

const refuse = (draft: Draft, { category }: Callback): void => {
  const { at } = draft.world
  setState(draft, { callRefusedAt: at })
  draft.consents.push({ channelKind: 'voice', category, given: false, at, words: null, proof: { event: draft.event }, source: 'call' })
  draft.consentStates[`voice/${category}`] = 'revoked'
  note(draft, { kind: 'consent.changed', data: { channelKind: 'voice', category, given: false } })
}

const intentOf = (request: Callback | null, channel: ChannelId, content: Intent['content'], author: string): Intent => ({
  message: '' as MessageId,
  channel,
  content,
  category: request?.category ?? 'service',
  purpose: 'service',
  purposeAssumed: true,
  author,
  ai: false,
  automatic: false,
  reply: true,
  replyTo: null,
  citations: null,
  disclosed: true,
  offersHuman: true,
  rounds: 0,
})

/** By the channel they used last, else the first other one that may carry it now; where none may, in silence: it is a courtesy. */
const tell = (draft: Draft, text: string): void => {
  const { workspace, capabilities } = draft.world
  const content = { type: 'text', text } as const
  const ways = [...(draft.state.channel ? [draft.state.channel] : []), ...workspace.channels.map(({ id }) => id)]
  const channel = ways.find(
    (id) =>
      !capabilities.get(id)?.calls &&
      obstacleOn(draft, id) === null &&
      addressOn(draft, id) !== null &&
      judge(draft, intentOf(null, id, content, 'system'))?.judgement.outcome === 'allow',
  )
  if (channel) propose(draft, { channel, content, author: 'system', automatic: false, reply: true, purpose: 'service', offersHuman: true })
}

/** What an engine made of the thread; nothing where it knew nothing, or the request is closed. */
export const summarised = (draft: Draft, { callback, summary, engine = null, attempts = [] }: Bodies['callback.summary']): void => {
  if (attempts.length) note(draft, { id: draft.event, kind: 'engine.thought', data: { engine, attempts } })
  const request = draft.state.calls?.find(({ id }) => id === callback)
  if (request && summary) changeCall(draft, request, { summary })
}
