/** From what somebody wants said to what happens: judged, amended, and queued, postponed, held or refused, each with its decision. */

import type { Address } from '../../core/address.ts'
import type { Capabilities } from '../../core/capability.ts'
import type { Content } from '../../core/content.ts'
import type { Amendment, Judgement, Outcome } from '../../core/decision.ts'
import { digestOf } from '../../core/digest.ts'
import type { ChannelId, DecisionId, MessageId, VendorId } from '../../core/ids.ts'
import { textIn } from '../../core/language.ts'
import type { Refusal, Status } from '../../core/outcome.ts'
import type { Category, Purpose, Situation } from '../../core/situation.ts'
import type { Asking, Intent } from '../event.ts'
import { type Limits, NO_LIMITS, situationOf } from '../situation.ts'
import { channelState } from '../state.ts'
import { countedAs, windowTemplate } from '../template.ts'
import { SAYS } from '../words.ts'
import { type Draft, note, setChannelState, setState } from './draft.ts'

type Proposal = {
  readonly channel: ChannelId
  readonly content: Content
  readonly author: string
  readonly automatic: boolean
  readonly reply: boolean
  readonly category?: Category
  readonly purpose?: Purpose | null
  readonly ai?: boolean
  readonly citations?: Intent['citations']
  readonly replyTo?: VendorId | null
  readonly offersHuman?: boolean
  readonly message?: MessageId
  readonly sealed?: string | undefined
}

/** Proposes a new message; long ones become several, in order. Gives the outcome of the first part. */
export const propose = (draft: Draft, proposal: Proposal): Outcome => {
  const { world } = draft
  const capabilities = world.capabilities.get(proposal.channel)
  const parts = capabilities && proposal.content.type !== 'template' ? world.fit(proposal.content, capabilities) : [proposal.content]
  let first: Outcome | null = null
  for (const [n, content] of parts.entries()) {
    const outcome = settleIntent(draft, intentOf(draft, proposal, content, n), true)
    first ??= outcome
  }
  return first ?? 'allow'
}

/** What keeps an answer from a channel, rather than completing or delaying it. */
const KEEPING: ReadonlySet<Outcome> = new Set<Outcome>(['reroute', 'hold', 'refuse'])

/**
 * Says something in the place of an answer of this purpose, where a rule keeps such an answer from the channel that would let one of the
 * business's own matters pass. The message's decision is about that answer, which an AI would give, so that it tells which rule and whose;
 * the sentence has its own. False where no rule does.
 */
export const proposeInstead = (draft: Draft, proposal: Proposal, answer: Purpose): boolean => {
  const capabilities = draft.world.capabilities.get(proposal.channel)
  const [content = proposal.content] = capabilities ? draft.world.fit(proposal.content, capabilities) : []
  const intent = intentOf(draft, { ...proposal, purpose: 'none' }, content, 0)
  const answered = { ...intent, ai: true, purposeAssumed: false }
  const kept = judge(draft, { ...answered, purpose: answer }, NO_LIMITS)
  const anyway = judge(draft, { ...answered, purpose: 'service' }, NO_LIMITS)
  if (!kept || !anyway) return false
  const always = new Set(anyway.judgement.rulings.filter(({ outcome }) => KEEPING.has(outcome)).map(({ rule }) => rule))
  if (!kept.judgement.rulings.some(({ rule, outcome }) => KEEPING.has(outcome) && !always.has(rule))) return false
  settleIntent(draft, intent, true, NO_LIMITS, record(draft, intent, kept, { insteadOf: answer }))
  return true
}

const intentOf = (draft: Draft, proposal: Proposal, content: Content, part: number): Intent => ({
  message: part === 0 && proposal.message ? proposal.message : draft.world.ids('msg'),
  channel: proposal.channel,
  content,
  category: proposal.category ?? 'service',
  purpose: proposal.purpose ?? 'service',
  purposeAssumed: !proposal.purpose,
  author: proposal.author,
  ai: proposal.ai ?? false,
  automatic: proposal.automatic,
  reply: proposal.reply,
  replyTo: proposal.replyTo ?? null,
  citations: proposal.citations ?? null,
  disclosed: false,
  offersHuman: proposal.offersHuman ?? false,
  sealed: proposal.sealed,
  rounds: 0,
})

const judge = (draft: Draft, intent: Intent, limits: Limits): { situation: Situation; judgement: Judgement } | null => {
  const { world } = draft
  const channel = world.channels.get(intent.channel)
  if (!channel) return null
  const { windowHours = null, parts } = world.capabilities.get(intent.channel) ?? {}
  const situation = situationOf({
    facts: { ...draft.facts, consents: draft.consentStates, owner: draft.owner },
    state: draft.state,
    intent,
    channel,
    windowHours,
    parts,
    workspace: world.workspace,
    at: world.at,
    to: addressOn(draft, intent.channel),
    limits,
  })
  return { situation, judgement: world.judge(situation, world.at) }
}

/** With the category that its template counts as by now: the queue and the next judging go by it. */
const filed = (draft: Draft, intent: Intent): Intent => {
  const channel = draft.world.channels.get(intent.channel)
  if (!channel || intent.content.type !== 'template') return intent
  return { ...intent, category: countedAs(intent.content, intent.category, channel) }
}

/**
 * Judges an intent and does what the outcome says. `fresh`: its message is not in the store yet. `limits`: as dispatch saw them. `kept`: what
 * was judged of the answer in whose place it is said.
 */
export const settleIntent = (
  draft: Draft,
  asked: Intent,
  fresh: boolean,
  limits: Limits = NO_LIMITS,
  instead: DecisionId | null = null,
): Outcome => {
  const intent = filed(draft, asked)
  const first = judge(draft, intent, limits)
  const address = addressOn(draft, intent.channel)
  if (!first || !address) return refuseUnreachable(draft, intent, fresh, first)
  if (first.judgement.outcome !== 'amend') return conclude(draft, intent, first, fresh, address, { before: instead })
  if (first.judgement.amend.template && standsIn(draft, intent.channel)) return standBehind(draft, intent, first, fresh, address)
  const amended = amend(draft, intent, first.judgement.amend)
  const second = amended && judge(draft, amended, limits)
  if (!second || second.judgement.outcome === 'amend') return conclude(draft, intent, first, fresh, address, { held: true })
  if (first.judgement.amend.template && second.judgement.outcome === 'allow')
    setChannelState(draft, intent.channel, { standInAt: draft.world.at })
  return conclude(draft, amended, second, fresh, address, { before: instead ?? record(draft, intent, first) })
}

/** For so long one template speaks for all that is said in a row: it asks the customer to write, and asking again says nothing more. */
const STAND_IN_MS = 600_000

const standsIn = (draft: Draft, channel: ChannelId): boolean => {
  const { standInAt, inboundAt } = channelState(draft.state, channel)
  return standInAt !== undefined && standInAt > (inboundAt ?? 0) && draft.world.at - standInAt < STAND_IN_MS
}

/** Held as a draft, beside the template that was queued already: it tells the customer for this one too, so nobody takes the conversation over. */
const standBehind = (draft: Draft, intent: Intent, judged: Judged, fresh: boolean, to: Address): Outcome => {
  draft.stoodInFor.add(intent.message)
  draft.waitingSince ??= draft.world.at
  conclude(draft, intent, judged, fresh, to, { held: true })
  return 'amend'
}

type Judged = { readonly situation: Situation; readonly judgement: Judgement }

const withText = (content: Content, change: (text: string) => string): Content => {
  if ('text' in content && content.text !== undefined && content.type !== 'template')
    return { ...content, text: change(content.text) } as Content
  return content.type === 'media' ? { ...content, caption: change(content.caption ?? '') } : content
}

/** The message as the rules want it; null where nothing there is fits. */
const amend = (draft: Draft, intent: Intent, amendment: Amendment): Intent | null => {
  const { workspace } = draft.world
  const language = draft.state.language
  let next = intent
  if (amendment.template) {
    const channel = draft.world.channels.get(intent.channel)
    // It speaks of what the customer had asked: to somebody who asked nothing, it would pass our words off as theirs.
    const { topic } = draft.state
    const content =
      channel && topic
        ? windowTemplate(workspace, channel, intent.category, {
            name: draft.name ?? draft.facts.name ?? '',
            topic,
            language,
          })
        : null
    if (!content) return null
    next = { ...next, content: content.content, category: content.category, ai: false, disclosed: false }
  }
  if (amendment.disclose && next.ai)
    next = {
      ...next,
      disclosed: true,
      content: withText(next.content, (text) => `${textIn(workspace.assistant.disclosure, language)}\n\n${text}`),
    }
  if (amendment.human && next.content.type !== 'template')
    next = { ...next, offersHuman: true, content: withText(next.content, (text) => `${text}\n\n${SAYS.person[language]}`) }
  const capabilities = draft.world.capabilities.get(intent.channel)
  return capabilities && tooLong(next.content, capabilities) ? null : next
}

const tooLong = (content: Content, capabilities: Capabilities): boolean =>
  content.type === 'text' && content.text.length > capabilities.text

/** The address to write to on a channel: the one the person used there last, else the first of the channel's preference. */
export const addressOn = (draft: Draft, channel: ChannelId): Address | null => {
  const used = channelState(draft.state, channel).address
  if (used && draft.facts.addresses.some((address) => address.kind === used.kind && address.value === used.value)) return used
  for (const kind of draft.world.capabilities.get(channel)?.identities ?? []) {
    const address = draft.facts.addresses.findLast((candidate) => candidate.kind === kind)
    if (address) return address
  }
  return null
}

const STATUS_OF: Record<Outcome, Status> = {
  allow: 'queued',
  amend: 'queued',
  postpone: 'postponed',
  reroute: 'held',
  hold: 'held',
  refuse: 'refused',
}

/**
 * `held`: what was judged cannot be done here. `before`: the decision that changed it, or kept the answer in whose place it is said. Both are
 * kept as they were judged: the message names that one, its attempts name the one that let it go, with its price.
 */
type How = { readonly held?: boolean; readonly before?: DecisionId | null }

const conclude = (draft: Draft, intent: Intent, judged: Judged, fresh: boolean, to: Address, { held, before }: How): Outcome => {
  const { judgement } = judged
  // There is no other channel to take yet: what cannot go here waits for a person.
  const became = held || judgement.outcome === 'reroute' ? 'hold' : judgement.outcome
  const outcome: Outcome = before && became === 'allow' ? 'amend' : became
  const own = record(draft, intent, judged, became === judgement.outcome ? {} : { became: 'hold' })
  const decision = before && outcome === 'amend' ? before : own
  keepMessage(draft, intent, STATUS_OF[outcome], decision, judgement, fresh)
  if (outcome === 'allow' || outcome === 'amend') queue(draft, intent, own, to)
  else if (outcome === 'postpone') postpone(draft, intent, Math.max(judgement.until ?? 0, draft.world.at + LEAST_POSTPONED_MS), decision)
  else {
    if (outcome === 'hold' && draft.state.letGo)
      setState(draft, { letGo: draft.state.letGo.filter((message) => message !== intent.message) })
    note(draft, {
      kind: outcome === 'hold' ? 'message.held' : 'message.failed',
      channel: intent.channel,
      message: intent.message,
      decision,
      data: { outcome },
    })
  }
  return outcome
}

/** Kept exactly as it was judged: the same rulebook gives it again of the same situation. */
const record = (draft: Draft, intent: Intent, { situation, judgement }: Judged, more: Pick<Asking, 'insteadOf' | 'became'> = {}) => {
  const { world } = draft
  const id = world.ids('dec')
  const { author, automatic, category, purpose, purposeAssumed, ai, reply, disclosed } = intent
  const asking: Asking = {
    author,
    automatic,
    category,
    purpose,
    purposeAssumed,
    ai,
    reply,
    disclosed,
    type: intent.content.type,
    epoch: draft.epoch,
    sealed: intent.sealed,
    ...more,
  }
  draft.decisions.push({
    ...judgement,
    id,
    at: world.at,
    message: intent.message,
    situation,
    situationDigest: digestOf(situation),
    rulebook: world.rulebook,
    intent: asking,
  })
  return id
}

/** Refused by a rule, told in the same shape as a provider's refusal. */
const refusalOf = (judgement: Judgement): Refusal | null => {
  const [strictest] = judgement.rulings
  return strictest ? { class: 'never', code: strictest.rule, detail: '', remedy: strictest.remedy, source: strictest.source } : null
}

const keepMessage = (draft: Draft, intent: Intent, status: Status, decision: DecisionId, judgement: Judgement, fresh: boolean): void => {
  const refusal = status === 'refused' || status === 'held' ? refusalOf(judgement) : null
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
      ...(refusal ? { refusal } : {}),
    })
    return
  }
  const row = {
    id: intent.message,
    channel: intent.channel,
    direction: 'out' as const,
    at: draft.world.at,
    author: intent.author,
    content: intent.content,
    category: intent.category,
    ai: intent.ai,
    citations: intent.citations,
    replyTo: intent.replyTo,
    vendorId: null,
    status,
    decision,
    refusal,
    price: judgement.price,
  }
  if (waiting >= 0) draft.messages[waiting] = row
  else draft.messages.push(row)
}

const queue = (draft: Draft, intent: Intent, decision: DecisionId, to: Address): void => {
  const { unanswered } = channelState(draft.state, intent.channel)
  const queued: Intent = { ...intent, since: intent.since ?? draft.world.at }
  draft.outbox.push({
    message: intent.message,
    channel: intent.channel,
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
  note(draft, { kind: 'message.queued', channel: intent.channel, message: intent.message, decision })
}

/** Postponed as often as its rule says so, but never in a circle without time in it. */
const LEAST_POSTPONED_MS = 1_000

const postpone = (draft: Draft, intent: Intent, until: number, decision: DecisionId): void => {
  note(draft, { kind: 'message.postponed', channel: intent.channel, message: intent.message, decision, data: { until } })
  draft.timers.push({
    id: draft.world.ids('evt'),
    kind: 'send.due',
    channel: intent.channel,
    dueAt: until,
    body: { intent: { ...intent, rounds: intent.rounds + 1 }, epoch: draft.epoch },
  })
}

/** No address of this person belongs to the channel, or the channel is gone from the set-up: nothing can be judged, and nothing leaves. */
const refuseUnreachable = (draft: Draft, intent: Intent, fresh: boolean, judged: Judged | null): Outcome => {
  const remedy = { fr: 'Écrivez par un canal dont cette personne a une adresse.', en: 'Write on a channel this person has an address for.' }
  const refusal: Refusal = { class: 'never', code: 'no-address', detail: '', remedy }
  if (!fresh) draft.patches.push({ message: intent.message, vendorId: null, channel: intent.channel, status: 'refused', refusal })
  else
    draft.messages.push({
      id: intent.message,
      channel: intent.channel,
      direction: 'out',
      at: draft.world.at,
      author: intent.author,
      content: intent.content,
      category: intent.category,
      ai: intent.ai,
      citations: null,
      replyTo: null,
      vendorId: null,
      status: 'refused',
      decision: null,
      refusal,
      price: judged?.judgement.price ?? null,
    })
  note(draft, { kind: 'message.failed', channel: intent.channel, message: intent.message, data: { outcome: 'refuse', code: 'no-address' } })
  return 'refuse'
}
