/** Everything two stores must agree on, as plain rows: what an oracle reads. Surrogate keys and times of writing are left out. */
import type {
  Attempt,
  Channel,
  Contact,
  Conversation,
  KeptCallback,
  KeptJob,
  KeptLink,
  KeptTask,
  Message,
  Pending,
  Poison,
  Queued,
  Shared,
  Told,
} from '../memory/shared.ts'

export type Dump = {
  readonly contacts: readonly Contact[]
  readonly identities: readonly { readonly key: string; readonly contact: string }[]
  readonly conversations: readonly Conversation[]
  /** In order. */
  readonly consents: readonly {
    readonly contact: string
    readonly channelKind: string
    readonly category: string
    readonly given: boolean
    readonly at: number
  }[]
  readonly messages: readonly (Omit<Message, 'citations' | 'reach'> & { readonly reach: object | null })[]
  /** In order of arrival. */
  readonly pending: readonly Omit<Pending, 'received'>[]
  readonly poison: readonly Pick<Poison, 'id' | 'contact' | 'channel' | 'kind'>[]
  /** In order of arrival. */
  readonly outbox: readonly Omit<Queued, 'seq' | 'askedOf'>[]
  readonly callbacks: readonly KeptCallback[]
  readonly tasks: readonly KeptTask[]
  readonly links: readonly KeptLink[]
  readonly attempts: readonly Attempt[]
  readonly receipts: readonly { readonly channel: string; readonly target: string; readonly status: string; readonly at: number }[]
  readonly jobs: readonly Omit<KeptJob, 'dueAt' | 'body'>[]
  readonly decisions: readonly { readonly id: string; readonly message: string; readonly contact: string; readonly outcome: string }[]
  readonly openings: readonly { readonly channel: string; readonly contact: string; readonly at: number }[]
  readonly channels: readonly Channel[]
  readonly engines: readonly { readonly id: string; readonly health: string; readonly reason: string | null }[]
  readonly templates: readonly {
    readonly channel: string
    readonly key: string
    readonly state: string
    readonly category: string | null
  }[]
  readonly events: readonly Omit<Told, 'received' | 'conversation' | 'data'>[]
}

const byKey =
  <T>(key: (row: T) => string) =>
  (a: T, b: T) =>
    key(a) < key(b) ? -1 : 1

export const dumpMemory = (shared: Shared): Dump =>
  structuredClone({
    contacts: [...shared.contacts.values()].sort(byKey((row) => row.id)),
    identities: [...shared.identities.values()].map(({ key, contact }) => ({ key, contact })).sort(byKey((row) => row.key)),
    conversations: [...shared.conversations.values()].sort(byKey((row) => row.id)),
    consents: shared.consents.map(({ contact, channelKind, category, given, at }) => ({ contact, channelKind, category, given, at })),
    messages: [...shared.messages.values()]
      .map(({ citations: _, ...row }) => ({ ...row, reach: row.reach ?? null }))
      .sort(byKey((row) => row.id)),
    pending: [...shared.pending.values()].map(({ received: _, ...row }) => row),
    poison: [...shared.poison.values()]
      .map(({ id, contact, channel, kind }) => ({ id, contact, channel, kind }))
      .sort(byKey((row) => row.id)),
    outbox: [...shared.outbox.values()]
      .sort((a, b) => a.seq - b.seq || (a.message < b.message ? -1 : 1))
      .map(({ seq: _, askedOf: __, ...row }) => row),
    callbacks: [...shared.callbacks.values()].sort(byKey((row) => row.id)),
    tasks: [...shared.tasks.values()].sort(byKey((row) => row.id)),
    links: [...shared.links.values()].sort(byKey((row) => row.id)),
    attempts: [...shared.attempts.values()].sort(byKey((row) => row.id)),
    receipts: [...shared.receipts.values()]
      .map(({ channel, target, status, at }) => ({ channel, target, status, at }))
      .sort(byKey((row) => `${row.channel} ${row.target} ${row.status}`)),
    jobs: [...shared.jobs.values()].map(({ dueAt: _, body: __, ...row }) => row).sort(byKey((row) => row.id)),
    decisions: [...shared.decisions.values()]
      .map(({ id, message, contact, outcome }) => ({ id, message, contact, outcome }))
      .sort(byKey((row) => row.id)),
    openings: [...shared.openings.values()].sort(byKey((row) => `${row.channel} ${row.contact}`)),
    channels: [...shared.channels.values()].sort(byKey((row) => row.id)),
    engines: [...shared.engines].map(([id, engine]) => ({ id, ...engine })).sort(byKey((row) => row.id)),
    templates: [...shared.templates]
      .flatMap(([channel, states]) =>
        [...states].map(([key, state]) => ({ channel, key, state, category: shared.categories.get(channel)?.get(key)?.category ?? null })),
      )
      .sort(byKey((row) => `${row.channel} ${row.key}`)),
    events: shared.events
      .map(({ received: _, conversation: __, data: ___, ...row }) => row)
      .sort(byKey((row) => `${row.kind} ${row.id} ${row.at}`)),
  })
