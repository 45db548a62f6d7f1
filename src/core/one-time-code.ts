/**
 * One-time codes: the one place where they are made, covered and checked. A code is made from the house's secret and a reference whenever it is
 * needed, so that nobody stores it: what is kept and shown of a message has dots in its place, and the send alone fills it in.
 */
import type { Content } from './content.ts'
import type { CodeId, MessageId } from './ids.ts'
import type { CodeLimits } from './workspace.ts'

export const CODE_DIGITS = 6
/** Tries at one code. One in 200,000 guesses it then, where it has six digits. */
export const CODE_TRIES = 5
export const CODE_LIFE_MS = 600_000

export type Codes = {
  /** The code of a reference, in digits. The same one gives the same code, and nobody without the secret can tell it. */
  code(reference: string, digits?: number): string
}

/** `seal`: an HMAC by the house's secret, base64url. 64 bits of it are far more than the most digits there may be. */
export const codesOf = (seal: (text: string) => string): Codes => ({
  code: (reference, digits = CODE_DIGITS) => {
    const number = Buffer.from(seal(reference), 'base64url').readBigUInt64BE() % 10n ** BigInt(digits)
    return String(number).padStart(digits, '0')
  },
})

/** For who decides nothing on codes. */
export const noCodes: Codes = {
  code: () => {
    throw new Error('There is no secret to make codes with.')
  },
}

const DOT = '•'
/** Stands for a code wherever it is kept or shown. */
export const coverOf = (digits: number = CODE_DIGITS): string => DOT.repeat(digits)

const COVERS = /•{4,10}/g

/** As it leaves: the dots in its words and variables are the code of `reference`. Never kept, never logged. */
export const revealCode = (content: Content, reference: string, codes: Codes): Content => {
  const fill = (text: string) => text.replace(COVERS, (dots) => codes.code(reference, dots.length))
  if (content.type === 'template') {
    const parameters = Object.fromEntries(Object.entries(content.parameters).map(([name, value]) => [name, fill(value)]))
    return { ...content, parameters, text: fill(content.text) }
  }
  return 'text' in content && content.text !== undefined ? ({ ...content, text: fill(content.text) } as Content) : content
}

/** What it will be as long as, for whoever counts: a dot is one digit, and dots are no letters of an SMS. */
export const asLong = (text: string): string => text.replace(COVERS, (dots) => '0'.repeat(dots.length))

/** What somebody typed, as digits: spaces, hyphens and full-width forms are how people and keyboards write them. */
export const digitsIn = (typed: string): string => typed.normalize('NFKC').replace(/[\s.\-‐‑–]+/gu, '')

/** What is kept of a code: no digit of it. */
export type CodeState = {
  readonly expiresAt: number
  readonly triesLeft: number
  readonly usedAt: number | null
  /** A newer one took its place. */
  readonly replaced: boolean
}
/** A code that is asked for. `whom`: everything the person is known by (the contact's id, addresses sealed), so that no other name of theirs helps. */
export type CodeRequest = {
  readonly id: CodeId
  readonly message: MessageId
  readonly whom: readonly string[]
  readonly purpose: string
  readonly digits: number
  readonly expiresAt: number
  /** To a telephone in another country than the business's. */
  readonly abroad: boolean
}
/** So many codes a person gets in an hour, and so long after the last one. */
export const CODES_AN_HOUR = 5
export const CODE_PAUSE_MS = 30_000

export interface CodeStore {
  /**
   * From now on the one valid code of this person and purpose; `afterMs` says when they may have one, where that is not yet, and `limit` whose
   * limit it is: the person's, or the house's, of which somebody is told once an hour. Asked again for the same id it changes nothing.
   */
  open(
    request: CodeRequest,
    limits: CodeLimits,
    at: number,
  ): Promise<{ readonly afterMs: null } | { readonly afterMs: number; readonly limit: 'person' | keyof CodeLimits }>
  /** One try, counted before anybody hears of it; null where there is no such code. */
  check(
    id: CodeId,
    isRight: (digits: number) => boolean,
    at: number,
  ): Promise<(Checked & { readonly message: MessageId; readonly purpose: string }) | null>
  /** Forgets codes made before that. */
  prune(before: number): Promise<void>
}

export type CodeReason = 'right' | 'wrong' | 'used' | 'expired' | 'replaced' | 'no-tries-left'
export type Checked = { readonly valid: boolean; readonly reason: CodeReason; readonly state: CodeState }

/** One try at a code. Once right it is used up; once over, the right digits are of no use and nothing is counted any more. */
export const checkCode = (state: CodeState, isRight: boolean, at: number): Checked => {
  const over = overBecause(state, at)
  if (over) return { valid: false, reason: over, state }
  if (isRight) return { valid: true, reason: 'right', state: { ...state, usedAt: at } }
  const triesLeft = state.triesLeft - 1
  return { valid: false, reason: triesLeft > 0 ? 'wrong' : 'no-tries-left', state: { ...state, triesLeft } }
}

/** Why a code is of no use any more; null while it may be tried. */
export const overBecause = ({ usedAt, replaced, triesLeft, expiresAt }: CodeState, at: number): CodeReason | null => {
  if (usedAt !== null) return 'used'
  if (replaced) return 'replaced'
  if (triesLeft <= 0) return 'no-tries-left'
  return at >= expiresAt ? 'expired' : null
}
