/** The name of `names` that `wrong` was most likely meant to be, or null where none is close (one letter of a short word, two letters, or a third of a long one differ). */
export const nearestName = (wrong: string, names: readonly string[]): string | null => {
  let best: string | null = null
  let bound = (wrong.length < 4 ? 1 : Math.max(2, Math.floor(wrong.length / 3))) + 1
  for (const name of names) {
    const distance = editDistance(wrong.toLowerCase(), name.toLowerCase())
    if (distance < bound) {
      best = name
      bound = distance
    }
  }
  return best
}

/** Insertions, deletions and replacements between two words (Levenshtein). */
const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
