/** How long what a provider refused for now waits, and how often it is tried again. */
import type { Refusal } from '../core/outcome.ts'
import type { Category } from '../core/situation.ts'

/** A wait up to this keeps the message's place in its contact's line; a longer one leaves it. */
export const LONGEST_WAIT_MS = 300_000
export const LONGEST_RETRY_MS = 60_000
/** Tries that keep the line, then its contact's other messages go first. */
export const MOST_TRIES = 8
/** Out of line one waits this long, twice as long each time, up to an hour. */
const AWAY_MS = 300_000
const LONGEST_AWAY_MS = 3_600_000
const DAY_MS = 86_400_000
/** How long what passes by itself is tried again: a code to log in is of no use later. */
export const PATIENCE_MS: Readonly<Record<Category, number>> = {
  marketing: DAY_MS,
  utility: DAY_MS,
  service: DAY_MS,
  authentication: 600_000,
}

export const awayMs = (rounds: number): number => Math.min(AWAY_MS * 2 ** rounds, LONGEST_AWAY_MS)

/** After a pair limit 4^n seconds, as the strictest platform asks (its connector names the source); others double from one second, with up to a quarter more. */
export const backOff = (refusal: Refusal, tries: number, random: () => number): number =>
  refusal.class === 'pair' ? 4 ** Math.min(tries + 1, 6) * 1000 : Math.min(1000 * 2 ** tries, LONGEST_RETRY_MS * 0.8) * (1 + random() / 4)
