/** What PostgreSQL keeps, as plain maps: one value for every worker of a house. Only the files beside this one touch it. */
import type { Address } from '../../core/address.ts'
import type { Callback } from '../../core/callback.ts'
import type { EngineHealth, ReceiptStatus, TemplateState } from '../../core/event.ts'
import type {
  AttemptId,
  CallbackId,
  ChannelId,
  ContactId,
  ConversationId,
  DecisionId,
  Digest,
  EngineId,
  EventId,
  JobId,
  LinkId,
  MessageId,
  TaskId,
  VendorId,
} from '../../core/ids.ts'
import type { LinkRow } from '../../core/link.ts'
import type { Category } from '../../core/situation.ts'
import type { ChannelFacts, ConsentRow, DecisionRow, JobRow, MessageRow, ReceiptArrival } from '../../core/store.ts'
import type { StartedTask } from '../../core/task.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }

export type Contact = {
  readonly id: ContactId
  name: string | null
  country: string
  language: string | null
  mergedInto: ContactId | null
}
export type Identity = { readonly key: string; contact: ContactId; readonly createdAt: number; readonly address: Address }
export type Conversation = {
  readonly id: ConversationId
  readonly contact: ContactId
  owner: string
  epoch: number
  state: unknown
  lastAt: number
  waitingSince: number | null
}
export type Message = Writable<Omit<MessageRow, 'reference'>> & {
  reference: string | null
  contact: ContactId
  conversation: ConversationId
  priceSeen: object | null
  duplicateRisk: boolean
  editedAt: number | null
  revokedAt: number | null
  acceptedAt: number | null
  sentAt: number | null
  deliveredAt: number | null
  readAt: number | null
  failedAt: number | null
  movedTo: MessageId | null
  lateAt: number | null
}
export type Pending = {
  readonly id: EventId
  contact: ContactId
  readonly channel: ChannelId | null
  readonly kind: string
  readonly at: number
  readonly received: number
  readonly dueAt: number
  tries: number
  body: unknown
}
export type Poison = {
  readonly id: string
  readonly contact: string
  readonly channel: string | null
  readonly kind: string
  readonly at: number
  readonly setAsideAt: number
  readonly error: string
}
export type Queued = {
  readonly message: MessageId
  readonly seq: number
  contact: ContactId
  readonly channel: ChannelId
  movable: 'left' | 'asked' | 'stuck' | null
  /** The sum of when each channel was changed, as it was asked for. */
  askedOf: number
  head: boolean
  dueAt: number
  epoch: number
  readonly automatic: boolean
  readonly category: Category
  state: 'queued' | 'sending' | 'unknown'
  tries: number
  attempt: AttemptId | null
  readonly decision: DecisionId
  waitRule: string | null
  body: object
}
export type Attempt = {
  readonly id: AttemptId
  readonly message: MessageId
  contact: ContactId
  readonly channel: ChannelId
  readonly decision: DecisionId
  readonly at: number
  result: string | null
  code: string | null
  vendor: VendorId | null
  settledAt: number | null
}
export type KeptJob = Writable<JobRow> & { contact: ContactId; worker: string | null; tries: number }
export type KeptLink = LinkRow & { contact: ContactId }
export type KeptCallback = Callback & { contact: ContactId }
export type KeptTask = StartedTask & { contact: ContactId }
export type Told = {
  readonly id: string
  readonly kind: string
  readonly contact: ContactId | null
  readonly conversation: ConversationId | null
  readonly channel: ChannelId | null
  readonly message: MessageId | null
  readonly decision: DecisionId | null
  readonly at: number
  readonly received: number
  readonly data: object | null
}
export type Channel = Writable<Omit<ChannelFacts, 'templates' | 'categories'>> & { lease: number }

export type Shared = {
  readonly contacts: Map<ContactId, Contact>
  readonly identities: Map<string, Identity>
  /** By contact. */
  readonly conversations: Map<ContactId, Conversation>
  readonly consents: (ConsentRow & { contact: ContactId })[]
  readonly messages: Map<MessageId, Message>
  /** `channel vendorId` → message. */
  readonly byVendor: Map<string, MessageId>
  readonly events: Told[]
  readonly payloads: Map<string, object>
  /** When each inbound event was taken. */
  readonly seen: Map<string, number>
  /** In order of arrival. */
  readonly pending: Map<EventId, Pending>
  readonly poison: Map<string, Poison>
  /** In order of arrival. */
  readonly outbox: Map<MessageId, Queued>
  readonly attempts: Map<AttemptId, Attempt>
  /** Of messages nobody knows (yet), by channel, target and status. */
  readonly receipts: Map<string, ReceiptArrival & { readonly received: number }>
  readonly jobs: Map<JobId, KeptJob>
  readonly callbacks: Map<CallbackId, KeptCallback>
  readonly tasks: Map<TaskId, KeptTask>
  readonly links: Map<LinkId, KeptLink>
  readonly decisions: Map<DecisionId, DecisionRow & { contact: ContactId }>
  readonly channels: Map<ChannelId, Channel>
  /** Where listening goes on from. */
  readonly listened: Map<ChannelId, string>
  /** What was told last; one nobody told of is not here. */
  readonly engines: Map<EngineId, { readonly health: EngineHealth; readonly reason: string | null }>
  /** `ai` and engines that a person stopped. */
  readonly pauses: Map<string, { readonly reason: string; readonly at: number }>
  /** `channel` → `name/language` → state. */
  readonly templates: Map<ChannelId, Map<string, TemplateState>>
  /** `channel` → `name/language` → the platform's category. */
  readonly categories: Map<ChannelId, Map<string, { readonly category: Category; readonly coming: Category | null }>>
  /** By channel and matter: when the newest word on it was said. */
  readonly toldAt: Map<string, number>
  /** `channel contact` → when. */
  readonly openings: Map<string, { readonly channel: ChannelId; readonly contact: ContactId; at: number }>
  /** When each was last started with. */
  readonly rulebooks: Map<Digest, number>
  readonly journeys: Map<Digest, unknown>
  /** Who is alive, what they hold and what they are deciding on. */
  readonly workers: Map<string, { alive: boolean; suspects: readonly EventId[] }>
  readonly held: Map<ChannelId, string>
  /** When each channel was changed last. */
  readonly changes: Map<ChannelId, number>
  seq: number
}

export const createShared = (): Shared => ({
  contacts: new Map(),
  identities: new Map(),
  conversations: new Map(),
  consents: [],
  messages: new Map(),
  byVendor: new Map(),
  events: [],
  payloads: new Map(),
  seen: new Map(),
  pending: new Map(),
  poison: new Map(),
  outbox: new Map(),
  attempts: new Map(),
  receipts: new Map(),
  jobs: new Map(),
  callbacks: new Map(),
  tasks: new Map(),
  links: new Map(),
  decisions: new Map(),
  channels: new Map(),
  listened: new Map(),
  engines: new Map(),
  pauses: new Map(),
  templates: new Map(),
  categories: new Map(),
  toldAt: new Map(),
  openings: new Map(),
  rulebooks: new Map(),
  journeys: new Map(),
  workers: new Map(),
  held: new Map(),
  changes: new Map(),
  seq: 0,
})

export const vendorKey = (channel: ChannelId, vendor: VendorId): string => `${channel} ${vendor}`
export const receiptKey = (channel: ChannelId, target: VendorId, status: ReceiptStatus): string => `${channel} ${target} ${status}`

/** The contact a person is by now. */
export const follow = (shared: Shared, contact: ContactId): ContactId => shared.contacts.get(contact)?.mergedInto ?? contact

/** What comes back from a database is a copy without `undefined`. */
export const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value ?? null)) as T

// A lone surrogate is written as an escape of its own by JSON.stringify; a pair is not.
const REFUSED = /(?<!\\)(?:\\\\)*\\u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2})/

/** Throws on what PostgreSQL cannot keep as text: NUL, and half a surrogate pair. */
export const refuseForeign = (...values: readonly unknown[]): void => {
  for (const value of values) if (REFUSED.test(JSON.stringify(value ?? null))) throw new Error('unsupported Unicode escape sequence')
}

export const emit = (shared: Shared, event: Partial<Told> & Pick<Told, 'id' | 'kind' | 'at' | 'received'>): void => {
  shared.events.push({ contact: null, conversation: null, channel: null, message: null, decision: null, data: null, ...event })
}

/** Adds an event for a contact's turn; one whose id waits already is dropped. */
export const addPending = (shared: Shared, row: Omit<Pending, 'tries'>): void => {
  if (!shared.pending.has(row.id)) shared.pending.set(row.id, { ...row, tries: 0, body: copy(row.body) })
}

/** What came of work that was under way at a merge, as of the epoch it was carried to. */
export const asOf = (body: object, epoch: number | undefined): object =>
  epoch !== undefined && 'epoch' in body ? { ...body, epoch } : body

export const isStopped = (shared: Shared, id: ChannelId): boolean => {
  const channel = shared.channels.get(id)
  return channel === undefined || channel.health === 'cut' || channel.paused
}

const stays = ({ movable, state }: Queued): boolean => state === 'queued' && (movable === null || movable === 'stuck')

/** What a plan may still take elsewhere keeps its place, and the others behind it, until that is decided; but behind one of its channel that stays. */
export const isKept = (shared: Shared, row: Queued): boolean =>
  isStopped(shared, row.channel) &&
  [...shared.outbox.values()].some((one) =>
    one === row ? stays(row) : one.contact === row.contact && one.channel === row.channel && one.seq < row.seq && stays(one),
  )

/**
 * The first that is left of each line becomes its head: what is in flight goes before what waits, and what a channel that is cut or paused
 * keeps does not keep the others.
 */
export const promote = (shared: Shared, contacts: Iterable<ContactId>): void => {
  const wanted = new Set(contacts)
  const rank = (row: Queued) => (row.state === 'queued' ? 2 : 0) + (isKept(shared, row) ? 1 : 0)
  const goesBefore = (row: Queued, known: Queued) =>
    rank(row) - rank(known) || row.seq - known.seq || (row.message < known.message ? -1 : 1)
  const first = new Map<ContactId, Queued>()
  for (const row of shared.outbox.values()) {
    if (!wanted.has(row.contact)) continue
    const known = first.get(row.contact)
    if (!known || goesBefore(row, known) < 0) first.set(row.contact, row)
  }
  for (const row of shared.outbox.values())
    if (wanted.has(row.contact)) row.head = first.get(row.contact) === row || (row.head && row.state !== 'queued')
}
