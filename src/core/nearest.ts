import { distanceBetween } from './spelling.ts'

/** The name of `names` that `wrong` was most likely meant to be, or null where none is close (one letter of a short word, two letters, or a third of a long one differ). */
export const nearestName = (wrong: string, names: readonly string[]): string | null => {
  let best: string | null = null
  let bound = (wrong.length < 4 ? 1 : Math.max(2, Math.floor(wrong.length / 3))) + 1
  for (const name of names) {
    const distance = distanceBetween(wrong.toLowerCase(), name.toLowerCase(), bound)
    if (distance < bound) {
      best = name
      bound = distance
    }
  }
  return best
}
