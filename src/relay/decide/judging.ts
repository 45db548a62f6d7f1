/** What the rules say of an intent, and the intent as they want it. */
import type { Address } from '../../core/address.ts'
import type { Capabilities } from '../../core/capability.ts'
import type { Content } from '../../core/content.ts'
import type { Amendment, Judgement } from '../../core/decision.ts'
import { digestOf } from '../../core/digest.ts'
import type { ChannelId, DecisionId } from '../../core/ids.ts'
import { textIn } from '../../core/language.ts'
import type { Situation } from '../../core/situation.ts'
import type { Asking, Intent } from '../event.ts'
import { type Limits, NO_LIMITS, situationOf } from '../situation.ts'
import { channelState } from '../state.ts'
import { countedAs, windowTemplate } from '../template.ts'
import { SAYS } from '../words.ts'
import type { Draft } from './draft.ts'

export type Judged = { readonly situation: Situation; readonly judgement: Judgement }

/** null where the channel is gone from the set-up. `limits`: as dispatch saw them. */
export const judge = (draft: Draft, intent: Intent, limits: Limits = NO_LIMITS): Judged | null => {
  const { world } = draft
  const channel = world.channels.get(intent.channel)
  if (!channel) return null
  const windowHours = world.capabilities.get(intent.channel)?.windowHours ?? null
  const situation = situationOf({
    facts: { ...draft.facts, consents: draft.consentStates, owner: draft.owner },
    state: draft.state,
    intent,
    channel,
    windowHours,
    workspace: world.workspace,
    at: world.at,
    to: intent.to ?? addressOn(draft, intent.channel),
    limits,
  })
  return { situation, judgement: world.judge(situation, world.at) }
}

/** With the category that its template counts as by now: the queue and the next judging go by it. */
export const filed = (draft: Draft, intent: Intent): Intent => {
  const channel = draft.world.channels.get(intent.channel)
  if (!channel || intent.content.type !== 'template') return intent
  return { ...intent, category: countedAs(intent.content, intent.category, channel) }
}

const withText = (content: Content, change: (text: string) => string): Content => {
  if ('text' in content && content.text !== undefined && content.type !== 'template')
    return { ...content, text: change(content.text) } as Content
  return content.type === 'media' ? { ...content, caption: change(content.caption ?? '') } : content
}

/** The message as the rules want it; null where nothing there is fits. Its plan remembers what was to be said. */
export const amend = (draft: Draft, intent: Intent, amendment: Amendment): Intent | null => {
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
  // Nothing can be added to a template.
  if (amendment.disclose && next.ai && next.content.type === 'template') return null
  if (amendment.disclose && next.ai)
    next = {
      ...next,
      disclosed: true,
      content: withText(next.content, (text) => `${textIn(workspace.assistant.disclosure, language)}\n\n${text}`),
    }
  if (amendment.human && next.content.type !== 'template')
    next = { ...next, offersHuman: true, content: withText(next.content, (text) => `${text}\n\n${SAYS.person[language]}`) }
  const capabilities = draft.world.capabilities.get(intent.channel)
  if (capabilities && tooLong(next.content, capabilities)) return null
  const { reach, content, category, ai, disclosed, offersHuman } = intent
  return reach ? { ...next, reach: { ...reach, said: reach.said ?? { content, category, ai, disclosed, offersHuman } } } : next
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

/** Kept exactly as it was judged: the same rulebook gives it again of the same situation. */
export const record = (
  draft: Draft,
  intent: Intent,
  { situation, judgement }: Judged,
  more: Pick<Asking, 'insteadOf' | 'became'> = {},
): DecisionId => {
  const { world } = draft
  const id = world.ids('dec')
  const { author, automatic, category, purpose, purposeAssumed, ai, reply, disclosed, reference, until, task } = intent
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
    reference,
    until,
    task,
    ...(intent.to ? { fixed: true } : {}),
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
