/** The report of a drill as one value: what was cut, what came of it, and whether the plan B held. */
import type { Language } from '../core/language.ts'
import type { Assessment } from './assessment.ts'

export type CutThing = { readonly id: string; readonly what: 'channel' | 'engine'; readonly kind: string }
export type DrillPrice = { readonly currency: string; readonly cut: number; readonly uncut: number }

/** A promise that did not hold, and how often. */
export const FAILURES = ['lost', 'doubled', 'out-of-order', 'without-consent', 'missed', 'no-way', 'unanswered', 'unnoticed'] as const
export type Failure = { readonly what: (typeof FAILURES)[number]; readonly count: number }

/** Times in ISO 8601. A price is what the rulebook says of what providers accepted, with the cut and without it. */
export type DrillReport = {
  readonly format: 'relais-drill-1'
  readonly language: Language
  readonly business: string
  /** IANA: of the times as they are shown. */
  readonly timezone: string
  readonly mode: 'shadow' | 'live'
  readonly traffic: 'generated' | 'recorded' | 'cohort'
  readonly contacts: number
  readonly seed: number | null
  readonly how: string
  readonly cut: readonly CutThing[]
  readonly began: string
  readonly cutAt: string
  readonly healedAt: string
  readonly ended: string
  /** When the house knew of it by itself, ms after the cut; null: never. `byHand`: once it was back, a person had to let it go on. */
  readonly noticed: readonly { readonly id: string; readonly afterMs: number | null; readonly byHand: boolean }[]
  readonly result: Assessment
  readonly price: readonly DrillPrice[]
  /** Sends whose price nobody knows. Where there are more of them with the cut, the difference of the sums says nothing. */
  readonly unpriced: { readonly cut: number; readonly uncut: number }
  readonly failures: readonly Failure[]
  readonly ok: boolean
  readonly rulebook: string
  /** Of the folder's files. */
  readonly workspace: string
  readonly made: string
  readonly key: string
}

/** What did not hold. A cut that touched nobody proves nothing, and fails. */
export const failuresOf = (
  { lost, doubled, outOfOrder, withoutConsent, missed, affected, switched, questions }: Assessment,
  cut: readonly CutThing[],
  noticed: DrillReport['noticed'],
): readonly Failure[] => {
  const channels = cut.filter(({ what }) => what === 'channel')
  const found: readonly Failure[] = [
    { what: 'lost', count: lost },
    { what: 'doubled', count: doubled },
    { what: 'out-of-order', count: outOfOrder },
    { what: 'without-consent', count: withoutConsent },
    { what: 'missed', count: missed },
    { what: 'no-way', count: channels.length > 0 && switched === 0 ? Math.max(1, affected) : 0 },
    { what: 'unanswered', count: questions.nobody },
    { what: 'unnoticed', count: channels.filter(({ id }) => noticed.some((one) => one.id === id && one.afterMs === null)).length },
  ]
  return found.filter(({ count }) => count > 0)
}
