/**
 * What a message shows of a request for a human: its words and pairs of words, how they begin, their families in order and side by side.
 * Each feature is a bucket of one table (hashed), so that no list of features has to be kept.
 */
import { bucketOf } from '../core/hashing.ts'
import { mendTo } from '../core/mending.ts'
import { isStopWord, wordsIn } from '../core/terms.ts'
import { CUES, FAMILY_OF, type Family, HEARD, MENDABLE, TELLING } from './human-words.ts'
import { SHORTHAND } from './shorthand.ts'

/** Buckets of the table of weights: a power of two. */
export const BUCKETS = 65_536

/** Bucket -> strength. All strengths together have the length `LENGTH`, so that long messages do not outweigh short ones. */
export type Features = ReadonlyMap<number, number>
const LENGTH = 5

type Token = { readonly word: string; readonly family: Family | null }

/** The message, and each of its sentences where it has several: a request may stand in one of many. Of a long one both ends. */
export const partsOf = (text: string): string[] => {
  const ends = text.length > 2 * END ? `${text.slice(0, END)}\n${text.slice(-END)}` : text
  const sentences = ends.split(/(?<=[.!?…;\n])\s*/).filter((part) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(part))
  return sentences.length > 1 ? [ends, ...sentences] : [ends]
}
const END = 2000

/** `alike`: words that only look like a mistyped one. */
export const featuresOf = (part: string, alike: ReadonlySet<string>): Features => {
  const tokens = tokensOf(part, alike)
  const found = new Map<number, number>()
  const note = (feature: string, strength: number): void => {
    const bucket = bucketOf(feature, BUCKETS)
    if ((found.get(bucket) ?? 0) < strength) found.set(bucket, strength)
  }
  noteWords(tokens, note)
  noteFamilies(tokens, note)
  noteShape(part, tokens, note)
  let squares = 0
  for (const strength of found.values()) squares += strength * strength
  const scale = LENGTH / Math.sqrt(squares)
  for (const [bucket, strength] of found) found.set(bucket, scale * strength)
  return found
}

type Note = (feature: string, strength: number) => void

const noteWords = (tokens: readonly Token[], note: Note): void => {
  let before = '^'
  for (const { word } of tokens) {
    note(`w ${word}`, 1)
    note(`w ${before} ${word}`, 1)
    before = word
    if (word.length > 4) for (const letters of [4, 5]) note(`b ${word.slice(0, letters)}`, 0.4)
  }
  note(`w ${before} $`, 1)
}

const noteFamilies = (tokens: readonly Token[], note: Note): void => {
  const names = ['^', ...tokens.map(({ word, family }) => family ?? word), '$']
  const known = [false, ...tokens.map(({ family }) => family !== null && family !== 'other' && family !== 'number'), false]
  for (let at = 0; at < names.length; at += 1) {
    let [joined, tells] = ['f', false]
    for (let to = at; to < at + 3 && to < names.length; to += 1) {
      joined += ` ${names[to]}`
      tells ||= known[to] === true
      if (tells) note(joined, 1)
    }
  }
  const telling = ['^', ...tokens.flatMap(({ family }) => (family && TELLING.has(family) ? [family] : [])), '$']
  const order = telling.filter((name, at) => name !== telling[at - 1])
  for (let at = 0; at + 2 <= order.length; at += 1) {
    note(`o ${order[at]} ${order[at + 1]}`, 1)
    if (at + 3 <= order.length) note(`o ${order[at]} ${order[at + 1]} ${order[at + 2]}`, 1)
  }
  const kinds = [...new Set(order.slice(1, -1))].sort()
  kinds.forEach((one, at) => {
    for (const other of kinds.slice(at + 1)) note(`p ${one} ${other}`, 0.7)
  })
}

const noteShape = (part: string, tokens: readonly Token[], note: Note): void => {
  note(`n ${LENGTHS.find((length) => tokens.length <= length) ?? 'long'}`, 1)
  for (const mark of ['?', '!']) if (part.includes(mark)) note(`m ${mark}`, 1)
  const others = tokens.filter(({ family }) => family === 'other').length
  note(`x ${Math.min(others, 4)}`, 1)
  if (tokens.some(({ family }) => family && WHO.has(family))) note(`y ${Math.min(others, 3)}`, 1)
  if (!tokens.some(({ family }) => family && CUES.has(family))) note('z', 3)
}
const LENGTHS = [1, 2, 4, 8, 16]
const WHO: ReadonlySet<Family> = new Set(['human', 'role', 'anybody', 'person'])

const tokensOf = (part: string, alike: ReadonlySet<string>): readonly Token[] => {
  const written = part.replace(PICTURE, (picture) => ` ${PICTURES[picture] ?? ''} `).match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  const shouted = written.filter((word) => word.length > 1 && word === word.toUpperCase()).length * 2 > written.length
  return written.flatMap((word, at) => {
    const named = at > 0 && !shouted && /^\p{Lu}\p{Ll}/u.test(word)
    return (/^[a-z0-9]+$/i.test(word) ? [word.toLowerCase()] : wordsIn(word))
      .flatMap((folded) => (HEARD.get(folded) ?? SHORT.get(folded) ?? folded).split(' '))
      .map((one) => tokenOf(one, named, alike))
  })
}
const PICTURE = /[👤🙋👩👨🧑🤖📞📱]|☎/gu
const PICTURES: Readonly<Record<string, string>> = {
  '👤': 'person',
  '🙋': 'person',
  '👩': 'person',
  '👨': 'person',
  '🧑': 'person',
  '🤖': 'robot',
  '📞': 'phone',
  '📱': 'phone',
  '☎': 'phone',
}
const SHORT = new Map(
  [...(SHORTHAND.fr ?? []), ...(SHORTHAND.en ?? [])].filter(([short, word]) => short.length > 1 && word.length > 3 && short !== 'rdv'),
)

const tokenOf = (folded: string, named: boolean, alike: ReadonlySet<string>): Token => {
  if (/^\d/.test(folded)) return { word: '#', family: 'number' }
  const word = alike.has(folded) ? folded : mended(folded)
  const family = FAMILY_OF.get(word)
  if (family) return { word, family }
  if (isSmall(word)) return { word, family: null }
  return { word, family: named ? 'name' : 'other' }
}
const isSmall = (word: string): boolean => isStopWord(word, 'fr') || isStopWord(word, 'en')

/** The nearest word that matters, if a typing error or two away; else the word itself. */
export const mended = (word: string): string => (FAMILY_OF.has(word) || isSmall(word) ? word : mendToFamilies(word))
const mendToFamilies = mendTo(MENDABLE)
