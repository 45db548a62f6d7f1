/** The durable places of those who are told what happens: how far in the journal each has come. */
import type { JournalPosition } from './reading.ts'

export type Place = {
  /** Everything up to here was told. */
  readonly place: JournalPosition
  /** Failures in a row of what comes next. */
  readonly tries: number
  /** It is not tried before, ms since 1970. */
  readonly dueAt: number
  readonly failingSince: number | null
  /** Since when it is told nothing any more; a person turns it on again. */
  readonly offAt: number | null
}

export interface Places {
  /** True where this process tells `id`; no other does then. */
  lead(id: string): Promise<boolean>
  /** At first sight, the journal's end: what happened before is not told. */
  read(id: string, at: number): Promise<Place>
  keep(id: string, place: Omit<Place, 'offAt'>, at: number): Promise<void>
  /** Told in the journal, with an alert. */
  switchOff(id: string, reason: string, at: number): Promise<void>
}
