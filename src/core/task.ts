/** AI tasks that somebody starts: a business system over data it gives, an agent over the thread in sight. */
import type { ChannelId, ContactId, MessageId, TaskId } from './ids.ts'
import type { Language } from './language.ts'

export const STARTED_TASKS = ['summarise', 'draft', 'answer', 'suggest'] as const
export type StartedTaskKind = (typeof STARTED_TASKS)[number]

export const TASK_STATES = ['working', 'done', 'failed'] as const
/**
 * Why there is no result. `nothing`: an engine was asked and found nothing that what it was given supports. `engines`: none answered. `budget`:
 * what may be spent on engines is spent. `paused`: a person stopped them. `no-engine`: no plan names one. `no-channel`: no address of this person
 * belongs to a channel. `too-long`: the result does not fit the template.
 */
export const TASK_FAILURES = ['nothing', 'engines', 'budget', 'paused', 'no-engine', 'no-channel', 'too-long'] as const
export type TaskFailure = (typeof TASK_FAILURES)[number]

type Citations = readonly { readonly title: string; readonly passage: string; readonly url?: string | undefined }[]

/** As it is kept. What it was given is not: that goes with the work itself. */
export type StartedTask = {
  readonly id: TaskId
  readonly task: StartedTaskKind
  /** api:<key> | agent:<id> */
  readonly by: string
  /** What becomes of the result: a message that waits for a person, one that leaves; null: it is only told. */
  readonly send: 'draft' | 'now' | null
  readonly since: number
  readonly state: (typeof TASK_STATES)[number]
  readonly why: TaskFailure | null
  readonly endedAt: number | null
  readonly engine: string | null
  readonly text: string | null
  /** Of the business's own knowledge, where the result rests on it. */
  readonly citations: Citations
  /** The message it became. */
  readonly message: MessageId | null
}

/** What an engine is to work on: given data, each piece with its name, or the thread so far. */
export type Matter =
  | { readonly over: 'data'; readonly pieces: readonly { readonly title: string; readonly text: string }[] }
  | { readonly over: 'thread' }

export type TaskWork = {
  readonly task: StartedTaskKind
  readonly matter: Matter
  /** What the business wants of it, in its own words. */
  readonly instruction: string | null
  readonly language: Language
}
export type TaskRequest = TaskWork & { readonly contact: ContactId; readonly channel: ChannelId }

export type TaskResult = {
  readonly text: string | null
  readonly why: TaskFailure | null
  readonly engine: string | null
  /** A model wrote it. */
  readonly ai: boolean
  readonly citations: Citations
  /** What each engine did, and what it cost. */
  readonly attempts: readonly object[]
}

/** A task and the message it may become have one number. */
export const taskOf = (message: MessageId): TaskId => `tsk_${message.slice(4)}` as TaskId
