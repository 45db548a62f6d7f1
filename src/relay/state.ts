/** What the relay remembers of one conversation between two turns. Plain data; kept as JSON. */
import type { Address } from '../core/address.ts'
import type { Callback } from '../core/callback.ts'
import type { Choice } from '../core/content.ts'
import type { ChannelId, ContactId, LinkId, MessageId, TaskId, VendorId } from '../core/ids.ts'
import type { Agreed, JourneyState } from '../core/journey.ts'
import type { Language } from '../core/language.ts'
import type { CodeState } from '../core/one-time-code.ts'
import type { Category, Purpose } from '../core/situation.ts'
import type { StartedTask, TaskOrigin } from '../core/task.ts'

export type ChannelState = {
  /** The customer's last message here: opens the service window. */
  readonly inboundAt: number | null
  readonly inbound: VendorId | null
  readonly address: Address | null
  /** What the customer's thread is called here, where the channel has subjects. */
  readonly subject?: string | undefined
  /** An advertisement brought the customer; the business has not answered yet. */
  readonly referralAt: number | null
  /** When it did: the free entry window runs from here. */
  readonly freeEntryAt: number | null
  /** What the business began, one after another, without the customer writing. */
  readonly unanswered: number
  /** When a template last stood in for what could not be said outside the window. */
  readonly standInAt?: number | undefined
  /** When the platform last told of the person's own switch for marketing, and whether that ended a consent it may bring back. */
  readonly marketingSwitch?: { readonly at: number; readonly ended: boolean } | undefined
}

/** An address somebody gave, the code on its way there, and what they agree to by confirming it. No digit of the code. */
export type Proving = {
  readonly reference: string
  readonly address: Address
  readonly code: CodeState
  /** As they were shown, and in which language. */
  readonly words: string
  readonly language: Language
  readonly for: readonly Agreed[]
  /** Who asked: `journey:<name>`. */
  readonly source: string
  /** The thread it was asked in, and the journey's run that waits. */
  readonly channel: ChannelId
  readonly run: number
}

/** `message`: the one that offered it. */
export type Offer = {
  readonly message: MessageId
  readonly reference: string | null
  readonly at: number
  readonly buttons: readonly Choice[]
}

/** A browser of theirs on a page of the house, and what it shows: all, or what was said there since the visit began. */
export type Visit = { readonly id: string; readonly shows: 'own' | 'thread'; readonly since: number }

export type ConversationState = {
  readonly language: Language
  /** The country the customer said they are in, ISO 3166-1 alpha-2; absent: they said none. */
  readonly country?: string | undefined
  readonly channels: Readonly<Record<string, ChannelState>>
  /** The channel the customer used last. */
  readonly channel: ChannelId | null
  /** When they were last heard, by our clock: a platform's may be another. */
  readonly heardAt?: number | undefined
  /** It was said that an AI speaks, since a person last had the conversation. */
  readonly disclosed: boolean
  /** What the customer last wrote about, in a few words: for the template that stands in once the window is closed. */
  readonly topic: string
  readonly marketingRefusedAt: number | null
  readonly journey: JourneyState | null
  /** Journeys started so far: names the run a timer belongs to. */
  readonly runs: number
  readonly episode: { readonly openedAt: number } | null
  /** Drafts that a person released or dropped, the newest last: whoever asks for the same a moment later comes too late. */
  readonly letGo?: readonly MessageId[] | undefined
  /** Sends that wait for their time, and those that were called off, the newest last. */
  readonly scheduled?: readonly MessageId[] | undefined
  readonly calledOff?: readonly MessageId[] | undefined
  /** What messages of the business offered to choose, the newest last. */
  readonly offers?: readonly Offer[] | undefined
  /** Call-back requests that are open. */
  readonly calls?: readonly Callback[] | undefined
  /** When calls that sell were tried, and when such calls were refused last. */
  readonly sellingCalls?: readonly number[] | undefined
  readonly callRefusedAt?: number | undefined
  /** The address that is being proven, or was last. */
  readonly proving?: Proving | undefined
  /** Whose an address is that they gave, and that is another contact's: until people are done with it. */
  readonly taken?: { readonly kind: string; readonly contact: ContactId } | undefined
  /** Results of tasks that wait on a page for who comes by their link. */
  readonly results?: readonly Kept[] | undefined
  /** Codes sent, and tries at them, by address in its last day. */
  readonly codes?: readonly { readonly key: string; readonly since: number; readonly sent: number; readonly tries: number }[] | undefined
  /** Visits of the bridge, the newest last, and when a word of the way back was tried. */
  readonly visits?: readonly Visit[] | undefined
  readonly triedWords?: readonly number[] | undefined
}

/** What came of a task, for who comes by a link to read it: said on the page once they do. */
export type Kept = {
  readonly link: LinkId
  readonly expiresAt: number
  readonly task: TaskId
  readonly text: string
  readonly engine: string
  readonly ai: boolean
  readonly citations: StartedTask['citations']
  readonly category: Category
  readonly purpose: Purpose | null
  readonly origin: TaskOrigin
}

export const NO_CHANNEL: ChannelState = {
  inboundAt: null,
  inbound: null,
  address: null,
  referralAt: null,
  freeEntryAt: null,
  unanswered: 0,
}

export const initialState = (language: Language): ConversationState => ({
  language,
  channels: {},
  channel: null,
  disclosed: false,
  topic: '',
  marketingRefusedAt: null,
  journey: null,
  runs: 0,
  episode: null,
})

export const channelState = (state: ConversationState, channel: ChannelId): ChannelState => state.channels[channel] ?? NO_CHANNEL

/** Owners that are machines; an agent, the queue and a platform's own agent are not. */
export const isAutomatic = (owner: string): boolean => owner === 'journey' || owner === 'engine'

/** Of one channel both sides of a merge used: what the customer wrote last counts; without any, the longer row of what they left unanswered. */
const newerChannel = (a: ChannelState, b: ChannelState): ChannelState => {
  const [heard, other] = [a.inboundAt ?? -1, b.inboundAt ?? -1]
  const [newer, older] = other > heard || (other === heard && b.unanswered > a.unanswered) ? [b, a] : [a, b]
  return { ...newer, address: newer.address ?? older.address }
}

const both = <T>(quiet: readonly T[] | undefined, alive: readonly T[] | undefined): readonly T[] | undefined =>
  quiet || alive ? [...(quiet ?? []), ...(alive ?? [])] : undefined

/** Two conversations turn out to be one: the living one goes on, and knows what the quiet one knew. The quiet one's journey is over. */
export const joinStates = (alive: ConversationState, quiet: ConversationState): ConversationState => {
  const channels = { ...quiet.channels }
  for (const [id, own] of Object.entries(alive.channels)) {
    const other = quiet.channels[id]
    channels[id] = other ? newerChannel(own, other) : own
  }
  const heardAt = Math.max(alive.heardAt ?? 0, quiet.heardAt ?? 0)
  const refusals = [alive.marketingRefusedAt, quiet.marketingRefusedAt].filter((at) => at !== null)
  return {
    ...alive,
    channels,
    channel: alive.channel ?? quiet.channel,
    ...(heardAt ? { heardAt } : {}),
    topic: alive.topic || quiet.topic,
    country: alive.country ?? quiet.country,
    marketingRefusedAt: refusals.length ? Math.max(...refusals) : null,
    runs: Math.max(alive.runs, quiet.runs),
    episode: alive.episode ?? quiet.episode,
    letGo: [...(quiet.letGo ?? []), ...(alive.letGo ?? [])],
    scheduled: both(quiet.scheduled, alive.scheduled),
    calledOff: both(quiet.calledOff, alive.calledOff),
    offers: both(quiet.offers, alive.offers),
    calls: both(quiet.calls, alive.calls),
    sellingCalls: both(quiet.sellingCalls, alive.sellingCalls),
    callRefusedAt: Math.max(alive.callRefusedAt ?? 0, quiet.callRefusedAt ?? 0) || undefined,
    proving: alive.proving ?? quiet.proving,
    results: both(quiet.results, alive.results),
    codes: [...(quiet.codes ?? []), ...(alive.codes ?? [])],
    visits: both(quiet.visits, alive.visits),
    triedWords: both(quiet.triedWords, alive.triedWords),
  }
}
