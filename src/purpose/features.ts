/**
 * What a message shows of its purpose: its words and pairs of words, their letters, how near they are to the business, its shape.
 * Each feature is a bucket of one table (hashed), so that no list of features has to be kept.
 */
import { foldInto, hashOf, mix } from '../core/hashing.ts'
import { stemOf, wordsIn } from '../core/terms.ts'
import { FAMILIES_OF, type Family } from './families.ts'
import { isSmall, type Nearness, nearnessOf, type Vocabulary } from './vocabulary.ts'

/** Buckets of a table of weights: a power of two. */
export const BUCKETS = 131_072

/** Bucket -> strength. All strengths together have the length `LENGTH`, so that long messages do not outweigh short ones. */
export type Features = ReadonlyMap<number, number>
const LENGTH = 5
/** Of a long message both ends: what is wanted stands in one of them. */
const END = 300

/**
 * `word` as written, `standing` and `families` of the word meant. `standing` is how near the word is to the business; small words
 * and numbers have none. `part` is what it is in a sentence: a small word itself, else what it is about, else how near it is.
 */
type Token = {
  readonly word: string
  readonly standing: Nearness | 'other' | null
  readonly families: readonly Family[]
  readonly part: string
}
type NoteHash = (hash: number, strength: number) => void
/** `after`: the hash of what stands before the feature. */
type Note = (feature: string, strength: number, after?: number) => void

export const featuresOf = (text: string, vocabulary: Vocabulary): Features => {
  const ends = text.length > 2 * END ? `${text.slice(0, END)}\n${text.slice(-END)}` : text
  const tokens = wordsIn(ends).map((word) => tokenOf(word, vocabulary))
  const found = new Map<number, number>()
  const noteHash: NoteHash = (hash, strength) => {
    const bucket = foldInto(hash, BUCKETS)
    if ((found.get(bucket) ?? 0) < strength) found.set(bucket, strength)
  }
  const note: Note = (feature, strength, after) => noteHash(hashOf(feature, after), strength)
  noteWords(tokens, note)
  for (const word of new Set(tokens.map((token) => token.word))) noteLetters(word, noteHash)
  noteOrder(tokens, note)
  noteFamilies(tokens, note)
  noteShape(ends, tokens, note)
  let squares = 0
  for (const strength of found.values()) squares += strength * strength
  const scale = LENGTH / Math.sqrt(squares)
  for (const [bucket, strength] of found) found.set(bucket, scale * strength)
  return found
}

const tokenOf = (word: string, vocabulary: Vocabulary): Token => {
  if (/^\d+$/.test(word)) return { word: '#', standing: null, families: [], part: '#' }
  const small = isSmall(word)
  const known = small || FAMILIES_OF.has(word) || nearnessOf(word, vocabulary) !== null
  const meant = known ? word : vocabulary.mend(word)
  const families = FAMILIES_OF.get(meant) ?? []
  const standing = nearnessOf(meant, vocabulary) ?? (small || /\d/.test(word) ? null : 'other')
  const part = small ? word : (families[0] ?? standing ?? '#')
  return { word, standing, families, part }
}

/** Each word by its stems, and by how near it is to the business: the same word is one trade's own and foreign to another. */
const noteWords = (tokens: readonly Token[], note: Note): void => {
  let before = '^'
  for (const { word, standing } of tokens) {
    if (standing === null) note(`w ${word}`, 1)
    else for (const language of ['fr', 'en']) note(`s ${stemOf(word, language)}`, 1)
    if (standing) note(`${standing} ${word}`, 1)
    note(`w ${before} ${word}`, 0.8)
    before = word
  }
  note(`w ${before} $`, 0.8)
}

/** Three to five letters together, with the ends of the word: hashed as they grow, for they are most of the work. */
const noteLetters = (word: string, noteHash: NoteHash): void => {
  const padded = ` ${word} `
  for (let from = 0; from + 3 <= padded.length; from += 1) {
    let hash = BEFORE_LETTERS
    for (let at = from; at < from + 5 && at < padded.length; at += 1) {
      hash = mix(hash, padded.charCodeAt(at))
      if (at >= from + 2) noteHash(hash, 0.3)
    }
  }
}
const BEFORE_LETTERS = hashOf('l ')

/** Two and three parts in a row. */
const noteOrder = (tokens: readonly Token[], note: Note): void => {
  const parts = ['^', ...tokens.map(({ part }) => part), '$']
  for (let at = 0; at + 2 <= parts.length; at += 1) {
    note(`o ${parts[at]} ${parts[at + 1]}`, 0.7)
    if (at + 3 <= parts.length) note(`o ${parts[at]} ${parts[at + 1]} ${parts[at + 2]}`, 0.7)
  }
}

/** What it is about, whether that is near to the business, and which two things it is about. */
const noteFamilies = (tokens: readonly Token[], note: Note): void => {
  const counts = new Map<Family, number>()
  for (const { families, standing } of tokens)
    for (const family of families) {
      counts.set(family, (counts.get(family) ?? 0) + 1 / families.length)
      note(`f ${family} ${standing}`, 1)
    }
  const found = [...counts.keys()].sort()
  found.forEach((family, at) => {
    note(`f ${family}`, 3 * Math.min(2, 0.5 + (counts.get(family) ?? 0)))
    const before = hashOf(`f ${family} `)
    for (let next = at + 1; next < found.length; next += 1) note(found[next] ?? '', 0.8, before)
  })
  if (found.length === 0) note('f none', 1)
  const [first] = tokens
  for (const family of first?.families ?? []) note(`f ^ ${family}`, 0.8)
}

const noteShape = (text: string, tokens: readonly Token[], note: Note): void => {
  note(`n ${LENGTHS.find((length) => tokens.length <= length) ?? 'long'}`, 1)
  for (const mark of MARKS) if (mark.test(text)) note(`m ${mark.source}`, 1)
  const count = (standing: Token['standing']) => tokens.filter((token) => token.standing === standing).length
  const [named, told, other] = [count('named'), count('told'), count('other')]
  note(`x ${Math.min(named, 3)} ${Math.min(other, 3)}`, 1)
  note(`x named ${Math.min(named, 4)}`, 1)
  note(`x other ${Math.min(other, 4)}`, 1)
  const telling = named + told + other
  if (telling === 0) return
  note('x share named', (2 * named) / telling)
  note('x share other', (2 * other) / telling)
}
const LENGTHS = [0, 1, 2, 3, 4, 6, 9, 14, 22, 40]
const MARKS = [/\?/, /!/, /["«“]/, /[=+^{}<>²√]/, /:/, /\p{Extended_Pictographic}/u, /[A-Z]{2}\d{4}|\d{6}/, /[€£$]/, /\n/]
