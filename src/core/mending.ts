/** Mistyped words taken for the nearest one that matters. */
import { distanceBetween } from './spelling.ts'

const [SHORTEST, LONGEST, LONG] = [5, 20, 8]

/** A bit for each letter of a word: words that differ in many are not one mistyped. */
const lettersOf = (word: string): number => {
  let letters = 0
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) & 31)
  return letters
}

const bitsIn = (bits: number): number => {
  let [left, count] = [bits, 0]
  for (; left !== 0; left &= left - 1) count += 1
  return count
}

/** A function that gives the nearest of these (folded) words, if a typing error or two away; else the word itself. */
export const mendTo = (words: Iterable<string>): ((word: string) => string) => {
  // By the letters they may begin with: their first, or by a swap their second.
  const begun = new Map<string, { readonly word: string; readonly letters: number }[]>()
  for (const word of words) {
    if (word.length < SHORTEST) continue
    for (const first of new Set([word.charAt(0), word.charAt(1)])) {
      const known = begun.get(first)
      const meant = { word, letters: lettersOf(word) }
      if (known) known.push(meant)
      else begun.set(first, [meant])
    }
  }
  return (word) => {
    if (word.length < SHORTEST || word.length > LONGEST) return word
    const limit = word.length < LONG ? 1 : 2
    const letters = lettersOf(word)
    let [best, least] = [word, limit + 1]
    for (const meant of begun.get(word.charAt(0)) ?? []) {
      if (Math.abs(meant.word.length - word.length) > limit || bitsIn(meant.letters ^ letters) > 2 * limit) continue
      const distance = distanceBetween(word, meant.word, limit)
      if (distance < least) [best, least] = [meant.word, distance]
    }
    return best
  }
}
