/** Mistyped words taken for the nearest one that matters. */
import { distanceBetween } from './spelling.ts'

const [SHORTEST, LONGEST, LONG] = [5, 20, 8]

/** A bit for each letter of a word: words that differ in many are not one mistyped. */
const lettersOf = (word: string): number => {
  let letters = 0
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) & 31)
  return letters
}

/** How many bits are set. */
const bitsIn = (bits: number): number => {
  const pairs = bits - ((bits >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

type Meant = { readonly word: string; readonly letters: number; readonly rank: number }

/** A function that gives the nearest of these (folded) words, if a typing error or two away, of equals the first; else the word itself. */
export const mendTo = (words: Iterable<string>): ((word: string) => string) => {
  // By the letters they may begin with (their first, or by a swap their second) and by length.
  const begun = new Map<string, Meant[]>()
  let rank = 0
  for (const word of words) {
    if (word.length < SHORTEST) continue
    const meant = { word, letters: lettersOf(word), rank }
    rank += 1
    for (const first of new Set([word.charAt(0), word.charAt(1)])) {
      const key = `${first}${word.length}`
      const known = begun.get(key)
      if (known) known.push(meant)
      else begun.set(key, [meant])
    }
  }
  return (word) => {
    if (word.length < SHORTEST || word.length > LONGEST) return word
    const limit = word.length < LONG ? 1 : 2
    const letters = lettersOf(word)
    let [best, least, first] = [word, limit + 1, 0]
    for (let length = word.length - limit; length <= word.length + limit; length += 1) {
      for (const meant of begun.get(`${word.charAt(0)}${length}`) ?? []) {
        if (bitsIn(meant.letters ^ letters) > 2 * Math.min(least, limit)) continue
        const distance = distanceBetween(word, meant.word, limit)
        if (distance < least || (distance === least && distance <= limit && meant.rank < first))
          [best, least, first] = [meant.word, distance, meant.rank]
      }
    }
    return best
  }
}
