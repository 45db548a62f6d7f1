/** Everybody, as far as reaching them goes: people alike are one row with a count. */

export const ACTIVITIES = ['month', 'quarter', 'older', 'never'] as const
/** When they last wrote: within 30 days, within 90, before that, never. */
export type Activity = (typeof ACTIVITIES)[number]

export type ReachGroup = {
  /** ISO 3166-1 alpha-2; "" unknown. */
  readonly country: string
  readonly activity: Activity
  /** Kinds of the addresses they have. */
  readonly kinds: readonly string[]
  /** Media on which they agreed to be written to in service, and where they took that back: their last word counts. */
  readonly given: readonly string[]
  readonly revoked: readonly string[]
  /** Channels, by id, on which they wrote themselves. */
  readonly wrote: readonly string[]
  readonly count: number
}
/** Messages of the last 90 days. */
export type CarriedGroup = { readonly channel: string; readonly direction: 'in' | 'out'; readonly messages: number }
/** Conversations of the last 90 days in which this author answered: `engine:<id>`, `journey`, `agent`, `system`, `api`; `*`: anybody at all. */
export type AnsweredGroup = { readonly author: string; readonly conversations: number }
/** Conversations of the last 90 days in which this engine answered, by the channel of its last answer. */
export type ThoughtGroup = { readonly engine: string; readonly channel: string; readonly conversations: number }
/** Channels as they are now. */
export type ChannelNow = { readonly id: string; readonly medium: string; readonly stopped: boolean }

export interface Reachability {
  groups(at: number): Promise<readonly ReachGroup[]>
  carried(at: number): Promise<readonly CarriedGroup[]>
  answered(at: number): Promise<readonly AnsweredGroup[]>
  thought(at: number, engines: readonly string[]): Promise<readonly ThoughtGroup[]>
  channels(): Promise<readonly ChannelNow[]>
}
