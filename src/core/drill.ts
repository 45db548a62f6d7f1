/** What is kept of a rehearsed cut. */

export type DrillMode = 'shadow' | 'live'

/** `cut`: ids of channels and engines; `at`: when it was rehearsed, ms. */
export type KeptDrill = {
  readonly id: string
  readonly at: number
  readonly mode: DrillMode
  readonly cut: readonly string[]
  readonly ok: boolean
}

/** The last drill of each channel and engine that was ever cut in one. */
export type LastDrill = Omit<KeptDrill, 'cut'> & { readonly thing: string }

/** A drill older than this proves little: rules, people and providers have changed since. */
export const STALE_MS = 30 * 86_400_000
