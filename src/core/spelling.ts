/** How alike two words are, for the typing errors of customers. */

import { wordsIn } from './terms.ts'

/** The folded words with one space between: the form in which labels and keywords are compared. */
export const plain = (text: string): string => wordsIn(text).join(' ')

/** Insertions, deletions, changes and swaps of neighbours between two words; `limit + 1` as soon as it must be more than `limit`. */
export const distanceBetween = (one: string, other: string, limit: number): number => {
  const a = [...one]
  const b = [...other]
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1
      let least = Math.min((last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + same)
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) least = Math.min(least, (before[column - 2] ?? 0) + 1)
      next.push(least)
    }
    if (Math.min(...next) > limit) return limit + 1
    before = last
    last = next
  }
  return last[b.length] ?? limit + 1
}

/** How many typing errors a word of this length may have before it is another word. */
export const tolerance = (word: string): number => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2)
