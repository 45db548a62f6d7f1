/** Plans: which engines are asked for a task, and which channels are tried for a message, in order. */
import type { Content } from './content.ts'
import type { Task } from './engine.ts'
import type { ChannelId, EngineId, MessageId } from './ids.ts'
import type { Status } from './outcome.ts'
import type { Category } from './situation.ts'
import type { ReachStep, Workspace } from './workspace.ts'

/** An opinion and a summary are asked of nobody unless a plan names engines for them: nobody waits for one that does not come. */
export const ASKED_BY_NAME: ReadonlySet<Task> = new Set<Task>(['classify', 'summarise'])

/** `task@channel`, else `task`, else `default`; for an opinion or a summary no plan where none names them. */
const thinkPlanFor = ({ think }: Workspace['plans'], task: Task, channel: ChannelId | null): string | undefined =>
  [...(channel === null ? [] : [`${task}@${channel}`]), task, ...(ASKED_BY_NAME.has(task) ? [] : ['default'])].find(
    (key) => think[key] !== undefined,
  )

/** Whom a plan names for a task, in order; `channel` null: whatever channel it is about. */
export const enginesFor = (plans: Workspace['plans'], task: Task, channel: ChannelId | null): readonly EngineId[] =>
  plans.think[thinkPlanFor(plans, task, channel) ?? ''] ?? []

/** Some plan names engines for a task, on whatever channel. */
export const isPlanned = ({ think }: Workspace['plans'], task: Task): boolean =>
  Object.keys(think).some((key) => key === task || key.startsWith(`${task}@`) || (key === 'default' && !ASKED_BY_NAME.has(task)))

/** That plan says that a slow engine has the next one asked as well. */
export const isHedged = (plans: Workspace['plans'], task: Task, channel: ChannelId | null): boolean =>
  plans.hedged?.includes(thinkPlanFor(plans, task, channel) ?? '') === true

/** Where a message stands in its reach plan. Each step that is taken is a message of its own, on its own channel. */
export type Reach = {
  readonly plan: string
  /** Counted from 0, in the plan. */
  readonly step: number
  /** The message it was said as first. */
  readonly first: MessageId
  /** When that was. */
  readonly since: number
  /** The plan chose this channel in the place of another. */
  readonly relayed: boolean
  /** Channels that a drill holds for cut, for this message alone. */
  readonly without?: readonly ChannelId[] | undefined
  /** Steps that were passed by on the way here. */
  readonly passed: readonly Passed[]
  /** The steps still to come: one may have been taken before its turn, because the customer writes there. Absent: all that follow. */
  readonly left?: readonly number[] | undefined
  /** What was to be said, where the rules of its channel changed it: the next channel has rules of its own. */
  readonly said?: Said | undefined
}
/** `why`: `no-address`, `cut`, `paused`, `if`, or the rule that keeps the message from there. */
export type Passed = { readonly channel: ChannelId; readonly why: string }
export type Said = {
  readonly content: Content
  readonly category: Category
  readonly ai: boolean
  readonly disclosed: boolean
  readonly offersHuman: boolean
}

/** One message of a plan as the store has it now. */
export type PlanMessage = {
  readonly message: MessageId
  readonly first: MessageId
  readonly channel: ChannelId
  readonly status: Status
  /** It has a place in its contact's line. */
  readonly inLine: boolean
  /** The message that went on in its stead. */
  readonly movedTo: MessageId | null
  readonly duplicateRisk: boolean
  /** The provider put it off; no rule did. */
  readonly putOff: boolean
}

/** Of that name, else for the category, else `default`; null where there is none. A name nobody wrote down is none. */
export const reachPlanFor = ({ reach }: Workspace['plans'], name: string | undefined, category: Category): string | null =>
  [name, category, 'default'].find((key) => key !== undefined && reach[key] !== undefined) ?? null
export const stepsOf = ({ reach }: Workspace['plans'], plan: string): readonly ReachStep[] => reach[plan] ?? []

const REACHED: Readonly<Record<ReachStep['success'], readonly Status[]>> = {
  accepted: ['accepted', 'sent', 'delivered', 'read'],
  delivered: ['delivered', 'read'],
  read: ['read'],
}
export const isReached = (status: Status, success: ReachStep['success']): boolean => REACHED[success].includes(status)
