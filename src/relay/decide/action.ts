/** What agents and business systems ask of a conversation. */
import type { ChannelId, MessageId } from '../../core/ids.ts'
import { textIn } from '../../core/language.ts'
import type { Bodies, Intent, ProposedSend } from '../event.ts'
import { isAutomatic } from '../state.ts'
import { renderTemplate } from '../template.ts'
import { callOff, fullOf, remember } from './calling-off.ts'
import { type Draft, note, setOwner, setState } from './draft.ts'
import { addressOn } from './judging.ts'
import { offer } from './offer.ts'
import { keepForLater, propose, proposeDraft, settleIntent } from './propose.ts'
import { reachOn, standingOf, startOf } from './reach.ts'

/** The channel asked for, else the one the person used last, else the first that reaches them. */
const channelFor = (draft: Draft, wanted: ChannelId | null): ChannelId | null => {
  if (wanted) return wanted
  if (draft.state.channel) return draft.state.channel
  return draft.world.workspace.channels.find((channel) => addressOn(draft, channel.id) !== null)?.id ?? null
}

/** A template asked for by name is filled from the workspace's own text. */
const contentOf = (draft: Draft, { content }: ProposedSend): ProposedSend['content'] => {
  if (content.type !== 'template' || content.text) return content
  const { templates, locale } = draft.world.workspace
  const named = templates.filter((template) => template.name === content.name)
  const template =
    named.find((candidate) => candidate.language === content.language) ??
    named.find((candidate) => candidate.language.startsWith(content.language || draft.state.language)) ??
    named.find((candidate) => candidate.language.startsWith(locale)) ??
    named[0]
  return template ? renderTemplate(template, content.parameters) : content
}

/** An answer goes where they wrote; what a business begins goes where its plan starts. */
export const wayOf = (draft: Draft, { channel, plan, category }: Omit<ProposedSend, 'content' | 'message'>, reply: boolean) =>
  channelFor(draft, channel ?? (reply ? null : startOf(draft, plan, category)))

type Extra = { readonly reply: boolean; readonly automatic: boolean; readonly kept?: boolean } & Partial<
  Pick<Bodies['api.send'], 'purpose' | 'sendAt'>
> &
  Partial<Pick<Intent, 'ai' | 'citations' | 'task'>>

/** A template cannot be told anything more: it says itself that an AI speaks, or it does not. */
const isDisclosedIn = (draft: Draft, content: ProposedSend['content']): boolean =>
  content.type === 'template' && (content.text ?? '').includes(textIn(draft.world.workspace.assistant.disclosure, draft.state.language))

export const send = (draft: Draft, intent: ProposedSend, author: string, extra: Extra): void => {
  const channel = wayOf(draft, intent, extra.reply)
  if (!channel) {
    note(draft, { kind: 'message.failed', message: intent.message, data: { outcome: 'refuse', code: 'no-address' } })
    return
  }
  const { sendAt, kept = false, ai = false, citations = null, task } = extra
  const content = offer(draft, intent, contentOf(draft, intent))
  const proposal = {
    channel,
    content,
    author,
    automatic: extra.automatic,
    reply: extra.reply,
    category: intent.category,
    purpose: extra.purpose ?? null,
    message: intent.message,
    plan: intent.plan,
    without: intent.without,
    sealed: intent.sealed,
    reference: intent.reference,
    until: intent.until,
    kept,
    ai,
    citations,
    task,
    disclosed: ai && isDisclosedIn(draft, content),
  }
  if (task?.draft) proposeDraft(draft, proposal)
  else if (sendAt === undefined || sendAt <= draft.world.at) propose(draft, proposal)
  else schedule(draft, proposal, { key: author, intent, purpose: extra.purpose ?? null }, sendAt)
}

const schedule = (draft: Draft, proposal: Parameters<typeof keepForLater>[1], body: Bodies['send.scheduled'], sendAt: number): void => {
  const refusal = fullOf(draft)
  keepForLater(draft, proposal, sendAt, refusal)
  if (refusal) return
  remember(draft, body.intent.message)
  draft.timers.push({ id: draft.world.ids('evt'), kind: 'send.scheduled', channel: proposal.channel, dueAt: sendAt, body })
}

export const act = (draft: Draft, body: Bodies['action']): void => {
  const agent = body.agent
  switch (body.action) {
    case 'take':
      setOwner(draft, agent, 'take')
      return
    case 'reply':
      // Who replies has the conversation: nothing automatic may speak in between.
      setOwner(draft, agent, 'reply')
      draft.waitingSince = null
      send(draft, body.intent, agent, { reply: true, automatic: false })
      return
    case 'give-back':
      setOwner(draft, 'journey', 'give-back')
      setState(draft, { taken: undefined })
      draft.waitingSince = null
      return
    case 'close':
      setOwner(draft, 'journey', 'close')
      draft.waitingSince = null
      note(draft, { kind: 'conversation.closed', data: { reason: body.reason, openedAt: draft.state.episode?.openedAt ?? null } })
      setState(draft, { journey: null, episode: null, taken: undefined })
      return
    case 'release':
      release(draft, body)
      return
    case 'discard':
      if (!letGo(draft, body.message)) return
      draft.patches.push({ message: body.message, vendorId: null, channel: draft.state.channel ?? ('' as ChannelId), status: 'cancelled' })
      // The machine has the conversation: nobody waited but for this.
      if (isAutomatic(draft.owner)) draft.waitingSince = null
      return
    case 'cancel':
      callOff(draft, body.first)
      if (body.message !== body.first) callOff(draft, body.message)
      return
    case 'unstick':
      note(draft, { kind: 'journey.ended', data: { journey: draft.state.journey?.journey ?? null, reason: 'unstick' } })
      setState(draft, { journey: null })
      return
  }
}

/** More acts on drafts than can be under way at once in one conversation. */
const REMEMBERED = 50

/** False where somebody let it go before: that it was held was seen outside this contact's order. */
const letGo = (draft: Draft, message: MessageId): boolean => {
  const gone = draft.state.letGo ?? []
  if (gone.includes(message)) return false
  setState(draft, { letGo: [...gone, message].slice(-REMEMBERED) })
  return true
}

/** A held draft goes out under a person's name: judged again, as what it is now. */
const release = (draft: Draft, body: Extract<Bodies['action'], { action: 'release' }>): void => {
  const channel = channelFor(draft, body.intent.channel)
  if (!channel || !letGo(draft, body.message)) return
  draft.waitingSince = null
  const intent: Intent = {
    message: body.message,
    channel,
    content: contentOf(draft, body.intent),
    category: body.intent.category,
    purpose: 'service',
    purposeAssumed: true,
    author: body.agent,
    ai: false,
    automatic: false,
    reply: true,
    replyTo: null,
    citations: null,
    disclosed: false,
    offersHuman: true,
    rounds: 0,
  }
  const reach = reachOn(draft, intent, body.intent.plan)
  const released = reach ? { ...intent, reach: { ...reach, first: body.first ?? reach.first } } : intent
  // Its plan may have ended meanwhile: what had gone before it was delivered after all.
  if (standingOf(draft, released)?.status !== 'cancelled') settleIntent(draft, released, false)
}
