/** One contact's turn in the making: what `decide` collects before it is written whole. Lives within one call of `decide`. */
import type { Callback } from '../../core/callback.ts'
import type { ChannelId, EventId, MessageId } from '../../core/ids.ts'
import type { LinkRow } from '../../core/link.ts'
import type { ConsentState, Purpose } from '../../core/situation.ts'
import type { Change, ContactFacts, JournalRow, Loaded, ReceiptArrival } from '../../core/store.ts'
import type { StartedTask } from '../../core/task.ts'
import type { CallbackWish } from '../event.ts'
import { type ChannelState, type ConversationState, channelState, initialState, isAutomatic } from '../state.ts'
import type { World } from '../world.ts'

type Lists = {
  -readonly [K in
    | 'messages'
    | 'patches'
    | 'decisions'
    | 'outbox'
    | 'remove'
    | 'stay'
    | 'resend'
    | 'timers'
    | 'jobs'
    | 'consents'
    | 'claims'
    | 'journal']: Change[K][number][]
}

export type Draft = Lists & {
  readonly world: World
  readonly facts: ContactFacts
  /** As in the facts, with what this turn adds. */
  consentStates: Record<string, ConsentState>
  state: ConversationState
  owner: string
  epoch: number
  cancelBefore: number | null
  waitingSince: number | null
  lastAt: number
  name: string | undefined
  language: string | undefined
  /** The event being decided. */
  event: EventId
  /** Whose matter it is what the customer asks in it; null where they ask nothing or nobody looked. */
  purpose: Purpose | null
  /** The messages of reach plans that the events speak of, as the store has them. */
  readonly plans: Loaded['plans']
  /** Sends that are called off, call-back requests as they are now, and what their messages hear of them. */
  withdraw: MessageId[]
  callbacks: Callback[]
  /** AI tasks as they are now. */
  tasks: StartedTask[]
  readonly receipts: ReceiptArrival[]
  /** Links of the bridge that messages carry, and whether all there are end with every visit. */
  readonly links: LinkRow[]
  unlink: boolean | undefined
  /** What somebody said of when and where to call them, by the message that asks for it. */
  readonly wishes: Map<MessageId, CallbackWish>
  /** Whose place in the line a message of this turn takes. */
  readonly places: Map<MessageId, MessageId>
  /** Held because a template speaks for them: they wait for a person, and the machine keeps the conversation. */
  readonly stoodInFor: Set<MessageId>
}

export const openDraft = (loaded: Loaded, world: World): Draft => ({
  world,
  facts: loaded,
  consentStates: { ...loaded.consents },
  state:
    (loaded.state as ConversationState | null) ??
    initialState(loaded.language === 'en' || loaded.language === 'fr' ? loaded.language : world.workspace.locale),
  owner: loaded.owner,
  epoch: loaded.epoch,
  cancelBefore: null,
  waitingSince: loaded.waitingSince,
  lastAt: 0,
  name: undefined,
  language: undefined,
  event: '' as EventId,
  purpose: null,
  plans: loaded.plans,
  places: new Map(),
  wishes: new Map(),
  withdraw: [],
  callbacks: [],
  tasks: [],
  receipts: [],
  links: [],
  unlink: undefined,
  stoodInFor: new Set(),
  messages: [],
  patches: [],
  decisions: [],
  outbox: [],
  remove: [],
  stay: [],
  resend: [],
  timers: [],
  jobs: [],
  consents: [],
  claims: [],
  journal: [],
})

/** What is left of a draft is the change. */
export const closeDraft = (draft: Draft, { contact, events }: Loaded): Change => {
  const { world, facts, consentStates, event, plans, places, wishes, stoodInFor, ...change } = draft
  return { ...change, contact, handled: events.map((event) => event.id) }
}

export const note = (draft: Draft, row: Omit<JournalRow, 'id' | 'at'> & { readonly id?: EventId; readonly at?: number }): void => {
  draft.journal.push({ id: draft.world.ids('evt'), at: draft.world.at, ...row })
}

export const setState = (draft: Draft, patch: Partial<ConversationState>): void => {
  draft.state = { ...draft.state, ...patch }
}

export const setChannelState = (draft: Draft, channel: ChannelId, patch: Partial<ChannelState>): void => {
  setState(draft, { channels: { ...draft.state.channels, [channel]: { ...channelState(draft.state, channel), ...patch } } })
}

/**
 * Changes who speaks. Between people, machines and a platform the epoch rises, and what the former owner queued is void (promise 7).
 * A journey and an engine are one machine here: what one has queued still goes when the other takes the next message.
 */
export const setOwner = (draft: Draft, owner: string, reason: string): void => {
  if (owner === draft.owner) return
  const former = draft.owner
  draft.owner = owner
  if (!(isAutomatic(former) && isAutomatic(owner))) {
    draft.epoch += 1
    draft.cancelBefore = draft.epoch
    dropQueued(draft)
    setState(draft, { journey: null, ...(isAutomatic(owner) ? { disclosed: false } : {}) })
  }
  note(draft, { kind: 'conversation.owner-changed', data: { from: former, to: owner, reason, epoch: draft.epoch } })
}

/** Automatic sends that this very turn had queued for the former owner: new ones, and those whose time had come. */
const dropQueued = (draft: Draft): void => {
  const [gone, kept] = [draft.outbox.filter((row) => row.automatic), draft.outbox.filter((row) => !row.automatic)]
  draft.outbox = kept
  for (const { message, channel } of gone) draft.patches.push({ message, vendorId: null, channel, status: 'cancelled' })
  draft.jobs = draft.jobs.filter((job) => job.epoch >= draft.epoch)
}

/** What the business says of its own accord is its own matter, whatever was asked; null where nobody looked what that was. */
export const ownPurpose = ({ purpose }: Draft): Purpose | null => (purpose === 'general' ? 'service' : purpose)
