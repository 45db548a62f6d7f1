/** What the rulebook says of one outgoing message. */
import type { DecisionId, Digest } from './ids.ts'
import type { Words } from './language.ts'

/** From mild to strict: across rules the strictest is the outcome. */
export const OUTCOMES = ['allow', 'amend', 'postpone', 'reroute', 'hold', 'refuse'] as const
export type Outcome = (typeof OUTCOMES)[number]

export type Amendment = {
  /** Say that an AI speaks. */
  readonly disclose?: true | undefined
  /** Show the way to a human. */
  readonly human?: true | undefined
  /** Turn it into the template that `replaces` this. */
  readonly template?: 'window-closed' | undefined
}

/** A: the text itself; B: several who agree; C: one report or a conclusion. */
export type Confidence = 'A' | 'B' | 'C'

export type Ruling = {
  /** `<who>/<topic>`, for example `travel/marketing-hours`. */
  readonly rule: string
  /** Whose rule it is. */
  readonly by: 'platform' | 'law' | 'industry' | 'business'
  readonly outcome: Outcome
  readonly amend?: Amendment | undefined
  /** For `postpone`: the earliest instant, ms. */
  readonly until?: number | undefined
  /** First and last day (YYYY-MM-DD) this line holds, in its own zone; `to` null = open. */
  readonly since: string
  readonly to: string | null
  /** The day it became known. */
  readonly known: string
  readonly place: string
  /** Set where it holds for where the business is; else `place` is where the customer is. */
  readonly placeOf?: 'business' | undefined
  readonly source: string
  /** Of the weakest of what it rests on. */
  readonly confidence: Confidence
  /** Set where it speaks because the own line of a narrower place ended: that end. */
  readonly ended?: { readonly place: string; readonly since: string; readonly source: string; readonly confidence: Confidence } | undefined
  /** Announced ahead of its day, and not yet seen in force. */
  readonly expected?: true | undefined
  readonly remedy: Words
  /** Set where the business laxed a rule on purpose. */
  readonly override?: { readonly reason: string; readonly by: string; readonly until: string } | undefined
}

export type Price = {
  readonly known: boolean
  /** In `currency` for one message, all its parts; null where not known. */
  readonly amount: number | null
  readonly currency: string | null
  readonly category: string
  /** Where it is charged by the part: how many. */
  readonly parts?: number | undefined
  readonly since: string | null
  readonly source: string | null
  readonly confidence: Confidence | null
  /** No price list is about its medium: the business's own page, its own mail server. Neither zero nor a platform's price that is not public. */
  readonly undeclared?: true | undefined
  /** Free messages a month that are not counted here, where the card has them. */
  readonly allowance?:
    | { readonly free: number; readonly per: 'month'; readonly of?: 'conversation' | undefined; readonly source: string }
    | undefined
  /** What each message costs from so many charged ones of a month on, where the card has such tiers; in order. */
  readonly tiers?: readonly PriceTier[] | undefined
}
export type PriceTier = { readonly from: number; readonly amount: number }

/** What `judge` gives: pure data, the same for the same rulebook, situation and instant. */
export type Judgement = {
  readonly outcome: Outcome
  /** All amendments of the rulings together; set where the outcome is `amend`. */
  readonly amend: Amendment
  /** The latest `until` of the postponements; set where the outcome is `postpone`. */
  readonly until: number | null
  /** Every rule that had something to say, the strictest first. `allow` rulings are kept where a dated line said so. */
  readonly rulings: readonly Ruling[]
  readonly price: Price
}

export type Decision = Judgement & {
  readonly id: DecisionId
  readonly at: number
  readonly situation: Digest
  readonly rulebook: Digest
}
