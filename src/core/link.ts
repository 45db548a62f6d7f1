/**
 * The bridge's own words. A link takes a contact from one channel to another: an id and a seal on it, so that what was made up is told from what
 * we made before anybody looks it up. A word takes a visitor back.
 */
import type { ChannelId, ContactId, LinkId, MessageId } from './ids.ts'
import type { Language, Words } from './language.ts'
import { CROSSING_WORDS } from './link-words.ts'

export const CROSSING = {
  /** From when it was made, unless relais.yaml says otherwise. */
  expiresMs: 24 * 3_600_000,
  /** Who has the message in hand opens it at once; later, somebody else may be reading along. */
  firstMs: 15 * 60_000,
  /** Codes that one link can have sent: who was forwarded it cannot fill the customer's thread with them. */
  codes: 3,
  codeLifeMs: 600_000,
  wordLifeMs: 15 * 60_000,
} as const

/** As it is made in a turn. */
export type LinkRow = {
  readonly id: LinkId
  /** The message that carries it. */
  readonly message: MessageId
  readonly from: ChannelId
  readonly to: ChannelId
  readonly at: number
  readonly expiresAt: number
}
export type Link = LinkRow & {
  readonly contact: ContactId
  /** When it was opened first, and by which visitor. */
  readonly openedAt: number | null
  readonly visitor: string | null
  /** Sent for it so far. */
  readonly codes: number
}

/** `elsewhere`: a code is asked of another browser, and later. `always`: of everybody. */
export type AskCode = 'elsewhere' | 'always'

/** `open`: straight in; `again`: in, it is the browser that opened it; `code`: after a code sent in the thread it came from; `over`: not at all. */
export const crossingOf = (link: Link, visitor: string | null, code: AskCode, at: number): 'open' | 'again' | 'code' | 'over' => {
  if (at >= link.expiresAt) return 'over'
  if (link.visitor !== null && link.visitor === visitor) return 'again'
  if (link.openedAt !== null || code === 'always' || at - link.at >= CROSSING.firstMs) return 'code'
  return 'open'
}

export interface Links {
  /** By the contact as it is by now; null where there is none. */
  find(id: LinkId): Promise<Link | null>
  /** The first opening; false where somebody was quicker. */
  open(id: LinkId, visitor: string, at: number): Promise<boolean>
  /** Counts one more code sent for it; false where there were enough. */
  countCode(id: LinkId): Promise<boolean>
  /** The word of a visitor, in the place of the one before; false where another has the same one just now. */
  keepWord(word: Word, at: number): Promise<boolean>
  /** Whose word it is, once: a second message with it finds nothing, the same one again finds it. */
  useWord(seal: string, channel: ChannelId, event: string, at: number): Promise<Used | null>
  /** False where it was used before. */
  useOnce(seal: string, expiresAt: number): Promise<boolean>
  prune(before: number): Promise<void>
}
/** A visit that lasts: on which page, and since when. */
export type Used = { readonly visitor: string; readonly from: ChannelId; readonly since: number }
/** `seal`: of the word, which is kept nowhere. */
export type Word = { readonly seal: string; readonly visitor: string; readonly channel: ChannelId; readonly expiresAt: number }

export type Tokens = { token(id: LinkId): string; read(token: string): LinkId | null }

/** Two words and two digits, by random bytes. */
export const wordOf = (random: Uint8Array, language: Language): string => {
  const [a = 0, b = 0, c = 0, d = 0] = random
  const words = CROSSING_WORDS[language]
  return `${words[a % words.length]}-${words[b % words.length]}-${String((c * 256 + d) % 100).padStart(2, '0')}`
}

/** What a visitor sends on the other channel, as the page wrote it for them. */
const BACK: Words = { fr: 'Je continue ici', en: 'Let me go on here' }
export const backLine = (word: string, language: Language): string => `${BACK[language]}${language === 'fr' ? '\u00a0' : ''}: ${word}`
const BACK_LINE = new RegExp(`(?:${Object.values(BACK).join('|')})\\s*:\\s*\\p{L}+-\\p{L}+-\\d{2}`, 'gu')
/** What they wrote themselves. */
export const withoutBackLine = (text: string): string => text.replace(BACK_LINE, '').trim()

const LONGEST = 300
const FORM = /(\p{L}{3,12})[\s-]+(\p{L}{3,12})[\s-]+(\d{2})(?!\d)/gu
const known: ReadonlySet<string> = new Set(Object.values(CROSSING_WORDS).flat())

/** A word in one spelling: what is sealed. */
export const sameWord = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s-]+/gu, '-')

/** The word in a message; null where there is none. */
export const readWord = (said: string): string | null => {
  if (said.length > LONGEST) return null
  for (const [whole, first = '', second = ''] of said.normalize('NFKC').toLowerCase().matchAll(FORM))
    if (known.has(first) && known.has(second)) return sameWord(whole)
  return null
}
