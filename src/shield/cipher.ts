/**
 * The canary behind a cipher: whoever talks a model into its instructions has them written in ROT13, in hexadecimal, in Morse, as first letters of
 * words. Nobody can list all ciphers, but most put one sign, word or number for each letter. So not what stands there is compared, only where it
 * comes again: the canary is made of few letters in chance order, and nothing else has its pattern. What packs letters into bits is unpacked first.
 */

/** So many signs in a row with the canary's pattern are it: 1 in 4,000,000,000 whatever stands there, and texts seldom have so few different ones. */
const TELLING = 16
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
  const patterns = patternsOf(both)
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

/** Which of `TELLING` signs are alike, as a tree: at each node where to go on for a sign met first, second and so on; 0 is nowhere. */
type Patterns = number[]
const WAYS = CANARY_LETTERS.length
const patternsOf = (canaries: readonly string[]): Patterns => {
  const patterns: number[] = Array(WAYS).fill(0)
  for (const canary of canaries)
    for (let at = 0; at + TELLING <= canary.length; at += 1) {
      let [node, met] = [0, '']
      for (let n = at; n < at + TELLING; n += 1) {
        const letter = canary.charAt(n)
        let place = met.indexOf(letter)
        if (place < 0) {
          place = met.length
          met += letter
        }
        const way = node + place
        node = patterns[way] || patterns.length
        if (node < patterns.length) continue
        patterns[way] = node
        for (let more = 0; more < WAYS; more += 1) patterns.push(0)
      }
    }
  return patterns
}

/** Groups of `length` signs, each by `step` after the one before it. */
const met: number[] = Array(WAYS).fill(0)
const isPattern = (signs: readonly number[], patterns: Patterns, at: number, step: number, length: number): boolean => {
  let [node, count] = [0, 0]
  for (let n = 0; n < TELLING; n += 1) {
    const group = at + n * step
    let place = 0
    while (place < count && !isAlike(signs, met[place] as number, group, length)) place += 1
    if (place === WAYS) return false
    if (place === count) {
      met[place] = group
      count += 1
    }
    node = patterns[node + place] as number
    if (!node) return false
  }
  return true
}
const isAlike = (signs: readonly number[], one: number, other: number, length: number): boolean => {
  for (let n = 0; n < length; n += 1) if (signs[one + n] !== signs[other + n]) return false
  return true
}

/**
 * Every `step`th sign, or `grouped` with those up to the next. Each stretch is looked at from its end: where a letter too many turns up, none that
 * holds it can be the canary. Signs are told apart by five bits: that is quick, and never makes more of them than there are.
 */
const hasPattern = (signs: readonly number[], patterns: Patterns, step: number, grouped: boolean): boolean => {
  const span = (TELLING - 1) * step
  for (let from = 0; from < step; from += 1)
    for (let at = from; at + span < signs.length; ) {
      let [seen, count] = [0, 0]
      let place = at + span
      for (; place >= at; place -= step) {
        const bit = 1 << (signs[place] as number)
        if (seen & bit) continue
        if (count === WAYS) break
        seen |= bit
        count += 1
      }
      if (place < at && (isPattern(signs, patterns, at, step, 1) || (grouped && isPattern(signs, patterns, at, step, step)))) return true
      at = (place < at ? at : place) + step
    }
  return false
}

// --- what may stand for a letter ---------------------------------------------------------------------------------------------------------------

/** What a sign is, kept by its code. */
const [SILENT, CAPITAL, ALNUM, SYMBOL, SPACE, PARTS, ENDS] = [1, 2, 4, 8, 16, 32, 64] as const
const IS: readonly (readonly [number, RegExp])[] = [
  [SILENT, /[\s\p{P}\p{C}\p{M}]/u],
  [CAPITAL, /\p{Lu}/u],
  [ALNUM, /[\p{L}\p{N}]/u],
  [SYMBOL, /\p{S}/u],
  [SPACE, /\s/u],
  [PARTS, /[\s/|,;]/u],
  [ENDS, /[.!?…]/u],
]
const READ = 128
const kinds = new Uint8Array(0x10000)
const kindOf = (code: number): number => {
  const before = kinds[code]
  if (before) return before
  const sign = String.fromCodePoint(code)
  const kind = IS.reduce((sum, [one, pattern]) => (pattern.test(sign) ? sum | one : sum), READ)
  if (code < kinds.length) kinds[code] = kind
  return kind
}

/** By sign, by number: the next letter of a word's or a group's own. */
const mixed = (before: number, code: number): number => (Math.imul(before, 0x9e3779b1) + code) | 0

const signsIn = (text: string): number[] => {
  const signs: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) as number
    if (code > 0xffff) at += 1
    if (!(kindOf(code) & SILENT)) signs.push(code)
  }
  return signs
}

/** Capitals, and what white space and such part. */
const capitalsAndPieces = (text: string) => {
  const [capitals, pieces]: [number[], number[]] = [[], []]
  let [piece, open] = [0, false]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) as number
    if (code > 0xffff) at += 1
    const kind = kindOf(code)
    if (kind & CAPITAL) capitals.push(code)
    if (kind & PARTS && open) pieces.push(piece)
    open = !(kind & PARTS)
    piece = open ? mixed(piece, code) : 0
  }
  if (open) pieces.push(piece)
  return [capitals, pieces]
}

/** Words, their first and last letters, the first letters of lines and sentences. `text`: in lower case. */
const wordsAndInitials = (text: string) => {
  const found = {
    words: [] as number[],
    initials: [] as number[],
    finals: [] as number[],
    lines: [] as number[],
    sentences: [] as number[],
  }
  let [word, last, initial] = [0, 0, 0]
  let [inLine, inSentence, ended] = [false, false, false]
  const endWord = () => {
    found.words.push(word)
    found.finals.push(last)
    if (initial) found.initials.push(initial)
    word = 0
    last = 0
    initial = 0
  }
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) as number
    if (code > 0xffff) at += 1
    const kind = kindOf(code)
    if (kind & (ALNUM | SYMBOL)) {
      word = mixed(word, code)
      last = code
    } else if (last) endWord()
    if (kind & ALNUM) {
      initial ||= code
      if (!inLine) found.lines.push(code)
      if (!inSentence) found.sentences.push(code)
      inLine = true
      inSentence = true
    }
    if (code === LINE_END) inLine = false
    if (ended && kind & SPACE) inSentence = false
    ended = (kind & ENDS) > 0
  }
  if (last) endWord()
  return Object.values(found)
}
const LINE_END = 10

/** Signs that a code has for each of ours: hexadecimal, decimal, escapes, bits. */
const LENGTHS = [1, 2, 3, 4, 5, 8] as const
/** Words and lines that may stand in between. */
const STEPS = [1, 2, 3] as const

/** Whatever may stand for a letter each has the canary's pattern. */
const isBehindSigns = (text: string, patterns: Patterns): boolean => {
  const signs = signsIn(text.normalize('NFKC').toLowerCase())
  const [capitals = [], pieces = []] = capitalsAndPieces(text)
  return (
    hasPattern(capitals, patterns, 1, false) ||
    LENGTHS.some((length) => hasPattern(signs, patterns, length, length > 1)) ||
    [pieces, ...wordsAndInitials(text.toLowerCase())].some((units) => STEPS.some((step) => hasPattern(units, patterns, step, false)))
  )
}

const ALPHABETS = [
  { signs: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', bits: 6 },
  { signs: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', bits: 5 },
] as const
const PACKED = /(?<![A-Za-z\d+/_-])[A-Za-z\d+/_-]{16,}/g

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
