/**
 * A model's words while it still writes, without what is only meant for us. Citation marks are taken out and collected; anything that may still
 * become one, or the abstention word, is held back until it is known. Which links may stay is the guard's to say, for every engine alike.
 */
import type { Passage } from '../../core/engine.ts'
import { ABSTENTION } from './messages.ts'

export type Sieve = {
  /** Takes what the model wrote next; gives what may be shown of it. */
  push(text: string): string
  /** Gives the rest. */
  end(): string
  /** True where the abstention word stood anywhere in the text. */
  readonly abstained: boolean
  /** Ids of the passages cited so far, in order, each once. */
  readonly citations: readonly string[]
}

/** A bracket left open this long is no citation. */
const LONGEST_HELD = 400
const CITATION = /[ \t\u00a0\u202f]*[[【]\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*[\]】]/g

export const createSieve = (passages: readonly Passage[]): Sieve => {
  const citations: string[] = []
  let held = ''
  let tail = ''
  let shown = false
  let abstained = false

  const clean = (text: string): string =>
    text.replace(CITATION, (_, numbers: string) => {
      for (const number of numbers.split(/[,;]/)) {
        const id = passages[Number(number) - 1]?.id
        if (id !== undefined && !citations.includes(id)) citations.push(id)
      }
      return ''
    })

  const take = (upTo: number): string => {
    const text = held.slice(0, upTo)
    held = held.slice(upTo)
    tail = (tail + text).slice(-ABSTENTION.length * 2)
    if (tail.includes(ABSTENTION)) abstained = true
    if (abstained) return ''
    const kept = shown ? clean(text) : clean(text).trimStart()
    if (kept.length > 0) shown = true
    return kept
  }
  return {
    push(text) {
      held += text
      return take(safeLength(held))
    },
    end: () => take(held.length).trimEnd(),
    get abstained() {
      return abstained
    },
    citations,
  }
}

/** How much of `text` can no longer change its meaning: up to the last white space outside any bracket. */
const safeLength = (text: string): number => {
  let safe = 0
  let open = -1
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at)
    if (open < 0) {
      if (sign === '[' || sign === '【') open = at
      else if (/\s/.test(sign) && !/\s/.test(text.charAt(at - 1))) safe = at
    } else if (at - open > LONGEST_HELD || sign === ']' || sign === '】') open = -1
  }
  return safe
}
