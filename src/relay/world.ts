/** Everything outside the conversation that decide may ask: all of it told by the caller, for one instant. */
import type { Capabilities } from '../core/capability.ts'
import type { Content } from '../core/content.ts'
import type { Judgement } from '../core/decision.ts'
import type { ChannelId, Digest, Ids, LinkId } from '../core/ids.ts'
import type { Journey } from '../core/journey.ts'
import type { Language } from '../core/language.ts'
import type { Codes } from '../core/one-time-code.ts'
import type { Purpose, Situation } from '../core/situation.ts'
import type { ChannelFacts } from '../core/store.ts'
import type { Workspace } from '../core/workspace.ts'

/** What changes only when the workspace or the rulebook is loaded anew. */
export type House = {
  readonly workspace: Workspace
  readonly capabilities: ReadonlyMap<ChannelId, Capabilities>
  readonly rulebook: Digest
  readonly judge: (situation: Situation, at: number) => Judgement
  /** Whether the condition of a plan's step is true. */
  readonly holds: (condition: string, situation: Situation) => boolean
  /** Running journeys stay with their version; undefined where it is lost. */
  readonly journey: (version: Digest) => Journey | undefined
  readonly asksForHuman: (text: string) => boolean
  /** The language in which a text asks who answers, a machine or a person; null where it does not. */
  readonly asksWhoAnswers: (text: string) => Language | null
  /** Whose matter a question is. */
  readonly purposeOf: (text: string) => Purpose
  /** The language a text is surely in; null where it may be any. */
  readonly languageOf: (text: string) => Language | null
  readonly isOptOut: (text: string) => boolean
  readonly fit: (content: Content, capabilities: Capabilities) => readonly Content[]
  readonly codes: Codes
  /** The address of a link of the bridge; absent: nobody knows where customers reach the house. */
  readonly linkFor?: ((id: LinkId) => string) | undefined
  /** Where customers reach the house's pages; absent: nowhere that is told. */
  readonly publicUrl?: string | undefined
}

export type World = House & { readonly at: number; readonly ids: Ids; readonly channels: ReadonlyMap<ChannelId, ChannelFacts> }
