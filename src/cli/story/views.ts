/** What `/demo/api` tells the story's page: shapes alone, so that the page may read them too. Days are `YYYY-MM-DD`, times ms. */
import type { Judgement } from '../../core/decision.ts'
import type { ExplanationData, MessageView } from '../../core/reading.ts'

/** The rulebook of one day and place, asked about the answer of an AI to a general question on the platform. */
export type Told = {
  readonly date: string
  /** ISO 3166-1. */
  readonly country: string
  /** What the business itself lets it answer there that day. */
  readonly scope: 'service' | 'general'
  /** Of platforms and law alone; the business's own choice left out. */
  readonly general: Pick<Judgement, 'outcome' | 'rulings' | 'price'>
  /** Of a question on the business's own matter. */
  readonly service: Pick<Judgement, 'outcome' | 'rulings' | 'price'>
}

export type StoryFacts = {
  readonly from: string
  readonly to: string
  /** Where the rulebook says something of the platform of its own, and every country in a group that it names. */
  readonly countries: readonly string[]
  readonly ownGroundSince: string
  readonly business: string
  readonly zone: string
  /** By rule: what it is about. */
  readonly rules: readonly { readonly id: string; readonly about: { readonly fr: string; readonly en: string } }[]
}

export type SceneView = {
  readonly id: string
  readonly date: string
  readonly country: string
  readonly scope: 'service' | 'general'
  /** Whose phone it is: `/demo/<id>/sim/api` calls them so. */
  readonly who: string
  /** How long it took to be there. */
  readonly ms: number
}

/** The one conversation of a scene as the house has it, oldest first. */
export type SceneThread = {
  readonly conversation: string | null
  readonly owner: string | null
  readonly messages: readonly (MessageView & { readonly why: ExplanationData | null })[]
}

export type CutView =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly share: number; readonly contacts: number; readonly reach: Reach; readonly ms: number }
  | { readonly state: 'failed'; readonly reason: string }
  | {
      readonly state: 'done'
      readonly contacts: number
      readonly reach: Reach
      readonly ms: number
      readonly ok: boolean
      readonly failures: readonly { readonly what: string; readonly count: number }[]
      readonly said: number
      readonly seen: number
      readonly lost: number
      readonly doubled: number
      readonly affected: number
      readonly switched: number
      readonly median: number | null
      readonly by: readonly { readonly channel: string; readonly count: number }[]
      readonly unreachable: readonly { readonly why: string; readonly count: number }[]
      readonly questions: { readonly asked: number; readonly answered: number; readonly people: number; readonly nobody: number }
      readonly authors: readonly { readonly author: string; readonly count: number }[]
      /** The signature of the report, verified as `relais evidence verify` does. */
      readonly verified: boolean
      readonly key: string
    }

/** Of the generated customers, by what they left and agreed to. */
export type Reach = {
  readonly all: number
  /** Whom another channel still reaches, by the first of the plan. */
  readonly still: readonly { readonly channel: string; readonly count: number }[]
  readonly nobody: readonly { readonly why: 'no-address' | 'no-consent'; readonly count: number }[]
}
