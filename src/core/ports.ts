/** What the house needs from outside, as shapes. */
import type { Outcome, Ruling } from './decision.ts'
import type { Words } from './language.ts'

/** Structured and without message text or secrets: `event` is a fixed name, `fields` are ids, counts, codes and times. */
export type Log = {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }

export type Clock = {
  now(): number
  /** Calls once after `ms`; the returned function takes it back. */
  after(ms: number, call: () => void): () => void
}

/** Where in a file of the workspace; line and column from 1. */
export type Place = { readonly file: string; readonly line: number; readonly column: number }

/** One thing `doctor` or `check` found. */
export type Finding = {
  readonly id: string
  readonly level: 'error' | 'warning' | 'notice'
  readonly subject: string
  readonly place?: Place | undefined
  readonly words: Words
  readonly remedy: Words
  readonly source?: string | undefined
  /** Where a dated rule is broken, or will be. */
  readonly breach?: FoundBreach | undefined
}

export type FoundBreach = Pick<Ruling, 'rule' | 'by' | 'confidence' | 'expected'> & {
  readonly ruling: Outcome
  /** The first day (YYYY-MM-DD, in the rule's zone) of the breach that is on, or else of the next one. */
  readonly firstDay: string
  /** ISO 3166-1: where the customers concerned are. */
  readonly countries: readonly string[]
}
