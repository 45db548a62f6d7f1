/**
 * The store as the relay sees it: a few transactions, each whole or not at all. Two implementations, PostgreSQL (`store/postgres`) and a
 * model in memory (`store/memory`), are held to the same behaviour by one contract suite.
 *
 * Who calls what: `append` the intake; `turn` the turn loop; `claim` and `settle` the dispatcher of a channel; `claimJobs` and `finishJob`
 * the job runner; `sweep` every worker now and then. The callbacks given to `turn` and `claim` run inside the transaction, under the
 * contacts' locks: they must be pure and quick. Times are ms since 1970 and always the caller's.
 */
import type { Address } from './address.ts'
import type { ChannelChange, EngineHealth } from './event.ts'
import type { AttemptId, ChannelId, ContactId, DecisionId, Digest, EngineId, EventId, JobId, MessageId, VendorId } from './ids.ts'
import type { SendResult } from './outcome.ts'
import type { Category } from './situation.ts'
import type { Change, ChannelFacts, ContactFacts, JobRow, Loaded, ReceiptArrival, TimerRow, TurnReport } from './turn.ts'

export type * from './turn.ts'

// ── Intake ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Something one person did. `id` is a hash of channel, vendor id and kind: the second arrival of it is dropped. */
export type ContactArrival = {
  readonly id: EventId
  readonly channel: ChannelId
  readonly kind: string
  readonly at: number
  /** Addresses of the person, strongest first; unknown ones become known. */
  readonly addresses: readonly Address[]
  readonly name?: string | undefined
  readonly country?: string | undefined
  /** Our message on this channel that it proves to answer: its contact's, where nobody has these addresses; and they stay nobody's. */
  readonly proves?: VendorId | undefined
  readonly body: object
}
/** Something the house itself adds to a known contact: an agent's act, a call of the API. Dropped when `id` was seen before. */
export type OwnArrival = {
  readonly id: EventId
  readonly contact: ContactId
  readonly channel: ChannelId | null
  readonly kind: string
  readonly at: number
  readonly dueAt: number
  readonly body: object
}

export type ChannelArrival = {
  readonly id: EventId
  readonly channel: ChannelId
  readonly at: number
  readonly change:
    | Exclude<ChannelChange, { kind: 'health' }>
    /**
     * Where the channel is cut, `degraded` changes nothing. `ends`: counts only while this is still the channel's reason. `observed`: found out
     * by us from what happens: it never takes the place of what the platform or a person said.
     */
    | (Extract<ChannelChange, { kind: 'health' }> & { readonly ends?: string; readonly observed?: true })
    | { readonly kind: 'paused'; readonly paused: boolean; readonly reason: string }
}
/** What a process found out about an engine by asking it. */
export type EngineChange = {
  readonly id: EventId
  readonly engine: EngineId
  readonly at: number
  readonly state: EngineHealth
  /** A class of failure or `probe`: never a question, an answer or a secret. */
  readonly reason: string
}

/** All automation at once, as a switch names it: no channel, engine or webhook may be called so. */
export const AUTOMATION = 'ai'
/** Due when automation goes on. */
export const HELD = Number.MAX_SAFE_INTEGER
export type SwitchKind = 'automation' | 'channel' | 'engine' | 'webhook'
/** What a person stops or starts, by its id or as `ai`. `kind`: it counts only for one of these. */
export type Switch = {
  readonly id: EventId
  readonly what: string
  readonly kind?: SwitchKind | undefined
  readonly paused: boolean
  readonly reason: string
}
/** Of `ai` and of engines: a channel tells its own. */
export type Pause = { readonly what: string; readonly reason: string; readonly at: number }

export type Arrivals = {
  readonly contacts: readonly ContactArrival[]
  readonly own: readonly OwnArrival[]
  readonly receipts: readonly ReceiptArrival[]
  readonly channels: readonly ChannelArrival[]
}

// ── Dispatch ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export type Head = ContactFacts & {
  readonly message: MessageId
  readonly decision: DecisionId
  readonly category: Category
  readonly automatic: boolean
  readonly sendEpoch: number
  readonly tries: number
  readonly dueAt: number
  /** When they were last written to outside their window, on any channel of this kind; null = never. */
  readonly openedAt: number | null
  readonly body: unknown
}

/** What dispatch says of a head under its contact's lock. */
export type Gate =
  | { readonly type: 'send'; readonly attempt: AttemptId; readonly opening: boolean }
  /** Keeps its place; tried again at `until`. */
  | { readonly type: 'wait'; readonly until: number; readonly rule: string }
  /** Back to decide, with what the second judging said. */
  | { readonly type: 'return'; readonly event: TimerRow }
  /** Its owner's epoch is over. */
  | { readonly type: 'cancel' }

export type Claimed = { readonly head: Head; readonly attempt: AttemptId }

export type Settlement = {
  readonly attempt: AttemptId
  readonly message: MessageId
  readonly contact: ContactId
  readonly channel: ChannelId
  readonly at: number
  readonly result: SendResult
  /** accepted: what follows for the contact (or null). Others: `retry` keeps its place until `dueAt`; `leave` gives the event to decide; `unknown` keeps its place and gives an event due later. */
  readonly next:
    | { readonly type: 'done'; readonly event: TimerRow | null }
    | { readonly type: 'retry'; readonly dueAt: number }
    | { readonly type: 'leave'; readonly event: TimerRow }
    | { readonly type: 'unknown'; readonly event: TimerRow }
}

/** Of one contact and kind. */
export const JOBS_AT_ONCE = 2
export type Job = JobRow & { readonly contact: ContactId; readonly tries: number }
export type StoredMedia = { readonly digest: Digest; readonly mime: string; readonly bytes: number; readonly at: number }

/** A lease: the right to dispatch one channel. Every claim names it; a newer one makes it void. */
export type Lease = { readonly channel: ChannelId; readonly number: number }

/** What was spent on one contact. `amount`: decimal digits. */
export type Spent = { readonly contact: ContactId; readonly currency: string | null; readonly amount: string }

export interface Store {
  /** Durable when it returns. A rotten arrival is set aside (`poison`), its neighbours go on. */
  append(arrivals: Arrivals, at: number): Promise<void>
  /** Handles up to `limit` contacts with something due, but for those that rest. Order per contact is order of arrival. */
  turn(
    request: { readonly at: number; readonly limit: number; readonly resting?: readonly ContactId[] },
    decide: (loaded: Loaded, channels: ReadonlyMap<ChannelId, ChannelFacts>) => Change,
  ): Promise<TurnReport>
  /** When the next event is due (timers included), or null. What is due already may tell any instant of the past. */
  nextEvent(): Promise<number | null>
  /** When the next send of a channel is due, or null. What a cut or paused channel holds waits for no time. */
  nextSend(channel: ChannelId): Promise<number | null>

  /** Takes a channel's dispatch when nobody alive holds it; null otherwise. Sends left open by a dead holder come back as unknown. */
  lease(
    channel: ChannelId,
    at: number,
  ): Promise<{ readonly lease: Lease; readonly open: readonly OpenAttempt[]; readonly recent: readonly RecentAttempt[] } | null>
  /** `trial`: also of a channel that is cut for this reason, to try whether it works again. */
  claim(
    request: { readonly lease: Lease; readonly at: number; readonly limit: number; readonly trial?: string | undefined },
    gate: (head: Head, channel: ChannelFacts) => Gate,
  ): Promise<readonly Claimed[] | 'void' | 'stopped'>
  settle(settlements: readonly Settlement[]): Promise<void>
  /**
   * Different people written to outside their window since `since`, on this channel and all others of its kind (a platform counts over all
   * numbers of a business); `oldest`: when the first of them falls out.
   */
  openings(channel: ChannelId, since: number): Promise<{ readonly count: number; readonly oldest: number | null }>

  /** What a channel's sends since `since` cost, by the decisions they left on: known prices only, and what was refused cost nothing. */
  spent(channel: ChannelId, since: number): Promise<readonly Spent[]>

  /**
   * Up to `room` due jobs of each kind, the oldest first; of one contact and kind no more than two are under way at once. `running`: what this
   * worker has in hand. What it holds beside that (the answer to a claim was lost) is given to it again.
   */
  claimJobs(request: {
    readonly at: number
    readonly room: Readonly<Record<JobRow['kind'], number>>
    readonly running: readonly JobId[]
  }): Promise<readonly Job[]>
  /** Ends a job; `event` goes to its contact. A job whose epoch is over leaves nothing. */
  finishJob(job: Job, event: TimerRow | null): Promise<void>
  /** Of these, the jobs that this worker no longer has: a hand-over ended them, or it was taken for dead. */
  lostJobs(jobs: readonly JobId[]): Promise<readonly JobId[]>
  /** Gives a job back, for anybody to take from `dueAt` on. */
  postponeJob(job: Job, dueAt: number): Promise<void>

  /**
   * Asks for up to `limit` movable sends that wait for a channel that is cut or paused: an event `send.stranded` each, in the order of the line,
   * which waits for what is decided. Asked once, and again only when a channel has changed since. Gives how many; after the last of a cut,
   * an alert tells how many stay.
   */
  strand(at: number, limit: number): Promise<number>

  /** Where listening to a channel goes on from; null where nobody ever listened. */
  place(channel: ChannelId): Promise<string | null>
  keepPlace(channel: ChannelId, place: string): Promise<void>

  /** Frees what dead workers held, joins late receipts, passes over what a channel keeps that was cut or paused. */
  sweep(at: number): Promise<void>
  channels(): Promise<ReadonlyMap<ChannelId, ChannelFacts>>
  /** Stops or starts what a person names. Gives what it was; null where nobody knows of it. */
  turnSwitch(change: Switch, at: number): Promise<SwitchKind | null>
  pauses(): Promise<readonly Pause[]>
  /** Of what the channel accepted from `from` on and before `to`: how many, and of how many a receipt says at least that they came or failed. */
  delivery(channel: ChannelId, from: number, to: number): Promise<{ readonly accepted: number; readonly told: number }>
  /** Tells an engine's health in the journal if it is another than was told last, by whichever process; one nobody told of is `closed`. */
  engineChanged(change: EngineChange): Promise<void>
  /** Makes the configured channels known, cuts those it names no more (`not-configured`, an alert), and keeps the content of what decides by digest. */
  register(
    setup: {
      /** `kind`: the medium. */
      readonly channels: readonly { readonly id: ChannelId; readonly kind: string }[]
      readonly engines?: readonly EngineId[] | undefined
      readonly rulebook: { readonly digest: Digest; readonly content: object }
      readonly journeys: readonly { readonly digest: Digest; readonly content: object }[]
    },
    at: number,
  ): Promise<void>
  journeyVersions(): Promise<readonly unknown[]>
  keepMedia(media: StoredMedia): Promise<void>
}

export type OpenAttempt = {
  readonly attempt: AttemptId
  readonly message: MessageId
  readonly contact: ContactId
  readonly category: Category
  /** Of the conversation's owner when it was queued. */
  readonly epoch: number
  readonly body: unknown
}
export type RecentAttempt = { readonly contact: ContactId; readonly at: number }
