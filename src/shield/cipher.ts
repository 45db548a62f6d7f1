/**
 * The canary behind a cipher: whoever talks a model into its instructions has them written in ROT13, in hexadecimal, in Morse, as first letters of
 * words. Nobody can list all ciphers, but most put one sign, word or number for each letter. So not what stands there is compared, only where it
 * comes again: the canary is made of few letters in chance order, and nothing else has its pattern. What packs letters into bits is unpacked first.
 */

/** So many signs in a row with the canary's pattern are it: 1 in 3,000,000 whatever stands there, and texts seldom have so few different ones. */
const TELLING = 12
/** As many letters in a row, where they stand as they are. */
const TELLTALE = 8
/** An answer is a few sentences; a longer one is looked at by its end. */
const MOST = 2_000
/** While somebody watches, it is looked at after so many more, with as much before them as a cipher may need. */
const [STEP, BEFORE] = [600, 250]
/** Letters that no word has in such a row. */
export const CANARY_LETTERS = 'bdgkpt'

export type Watch = {
  /** Whether what was said so far gives the canary away. `ended`: there is no more. */
  hears(text: string, ended: boolean): boolean
}

export const watchFor = (canary: string): Watch => {
  const both = [canary, [...canary].reverse().join('')]
  const patterns = new Set(
    both.flatMap((one) => Array.from({ length: Math.max(0, one.length - TELLING + 1) }, (_, at) => patternOf(idsOf([...one]), at, 1))),
  )
  const parts = both.flatMap((one) => Array.from({ length: one.length - TELLTALE + 1 }, (_, at) => one.slice(at, at + TELLTALE)))
  const isTold = (text: string): boolean =>
    isBehindSigns(text, patterns) || unpacked(text, 2).some((found) => parts.some((part) => found.includes(part)))
  let said = ''
  let fresh = 0
  return {
    hears(text, ended) {
      said = (said + text).slice(-MOST)
      fresh += text.length
      if (said === '' || (fresh < STEP && !ended)) return false
      const told = isTold(said.slice(-fresh - BEFORE))
      fresh = 0
      return told
    },
  }
}

/** Signs as numbers: the same for the same. By hand: `from` with a function takes six times as long. */
const idsOf = (signs: readonly string[]): Int32Array => {
  const [known, ids] = [new Map<string, number>(), new Int32Array(signs.length)]
  for (let at = 0; at < signs.length; at += 1) {
    const sign = signs[at] ?? ''
    const id = known.get(sign) ?? known.size
    ids[at] = id
    if (id === known.size) known.set(sign, id)
  }
  return ids
}

/** Which of `TELLING` signs are alike, read by `step` from the last one at `at` back: `0120` of “1231”. */
const met = new Int32Array(CANARY_LETTERS.length)
const patternOf = (signs: Int32Array, at: number, step: number): string => {
  let pattern = ''
  let count = 0
  for (let n = 0; n < TELLING; n += 1) {
    const sign = signs[at + n * step] ?? -1
    let place = 0
    while (place < count && met[place] !== sign) place += 1
    if (place === count) {
      met[place] = sign
      count += 1
    }
    pattern += place
  }
  return pattern
}

/** Looked at from the end of each stretch: where a letter too many turns up, no stretch that holds it can be the canary. */
const hasPattern = (signs: Int32Array, patterns: ReadonlySet<string>, step = 1): boolean => {
  const span = (TELLING - 1) * step
  for (let from = 0; from < step; from += 1)
    for (let at = from; at + span < signs.length; ) {
      let count = 0
      let n = TELLING - 1
      for (; n >= 0; n -= 1) {
        const sign = signs[at + n * step]
        let place = 0
        while (place < count && met[place] !== sign) place += 1
        if (place < count) continue
        if (count === met.length) break
        met[count] = sign ?? -1
        count += 1
      }
      if (n < 0 && patterns.has(patternOf(signs, at, step))) return true
      at += (n < 0 ? 1 : n + 1) * step
    }
  return false
}

const SILENT = /[\s\p{P}\p{C}\p{M}]+/gu
/** Signs that a code has for each of ours: hexadecimal, decimal, escapes, bits. */
const LENGTHS: ReadonlySet<number> = new Set([2, 3, 4, 5, 8])
const LONGEST = 8
/** Words and lines that may stand in between. */
const STEPS = [1, 2, 3] as const

/** Whatever may stand for a letter each has the canary's pattern. */
const isBehindSigns = (text: string, patterns: ReadonlySet<string>): boolean => {
  const signs = idsOf([...text.normalize('NFKC').toLowerCase().replace(SILENT, '')])
  if (hasPattern(signs, patterns) || hasPattern(idsOf(text.match(/\p{Lu}/gu) ?? []), patterns)) return true
  let groups = signs
  for (let length = 2; length <= LONGEST; length += 1) {
    groups = joined(groups, signs, length)
    if (LENGTHS.has(length) && (hasPattern(signs, patterns, length) || hasPattern(groups, patterns, length))) return true
  }
  const words = text.toLowerCase().match(/[\p{L}\p{N}\p{S}]+/gu) ?? []
  const pieces = text.split(/[\s/|,;]+/u)
  const lines = text.split('\n').flatMap(initialOf)
  const sentences = text.split(/[.!?…]\s/u).flatMap(initialOf)
  return [words, pieces, words.flatMap(initialOf), words.map((word) => word.at(-1) ?? ''), lines, sentences].some((units) => {
    const ids = idsOf(units)
    return STEPS.some((step) => hasPattern(ids, patterns, step))
  })
}
const initialOf = (text: string): string[] =>
  text
    .toLowerCase()
    .match(/[\p{L}\p{N}]/u)
    ?.slice(0, 1) ?? []

/** At each place, that sign and the one after those that were joined before, as one. */
const joined = (before: Int32Array, signs: Int32Array, length: number): Int32Array => {
  const ids = new Int32Array(signs.length)
  for (let at = 0; at < ids.length; at += 1) ids[at] = (Math.imul(before[at] ?? 0, 8191) + (signs[at + length - 1] ?? -1)) | 0
  return ids
}

const ALPHABETS = [
  { signs: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', bits: 6 },
  { signs: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', bits: 5 },
] as const
const PACKED = /[A-Za-z\d+/_-]{16,}/gu

/** What base64 and base32 make of its longest words, from each place where a group may begin; and what those make of that. */
const unpacked = (text: string, depth: number): string[] => {
  const runs = depth > 0 ? (text.match(PACKED) ?? []) : []
  return runs.flatMap((run) =>
    ALPHABETS.flatMap(({ signs, bits }) => {
      const plain = bits === 5 ? run.toUpperCase() : run.replace(/-/gu, '+').replace(/_/gu, '/')
      const codes = [...plain].map((sign) => signs.indexOf(sign)).filter((code) => code >= 0)
      const found = Array.from({ length: bits === 5 ? 8 : 4 }, (_, from) => fromBits(codes.slice(from), bits))
      return [...found.map((one) => one.toLowerCase().replace(/[^a-z]/gu, '')), ...found.flatMap((one) => unpacked(one, depth - 1))]
    }),
  )
}

const fromBits = (codes: readonly number[], bits: number): string => {
  let [text, held, count] = ['', 0, 0]
  for (const code of codes) {
    held = ((held << bits) | code) & 0xffff
    count += bits
    if (count < 8) continue
    count -= 8
    text += String.fromCharCode((held >> count) & 0xff)
  }
  return text
}
