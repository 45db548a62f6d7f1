/**
 * Every error of Relais: code, what happened, what to do, HTTP status. `docs/errors.md` is this table (tested).
 * What can happen to a message is a value (`SendResult`, `Decision`); a RelaisError is what should not have been asked, or cannot be done now.
 */
import { OF_ASKING } from './errors-of-asking.ts'
import { OF_RUNNING } from './errors-of-running.ts'
import type { Words } from './language.ts'

export type ErrorEntry = { readonly status: number; readonly says: Words; readonly remedy: Words }

export const CATALOGUE = { ...OF_ASKING, ...OF_RUNNING }

export type ErrorCode = keyof typeof CATALOGUE

export class RelaisError extends Error {
  readonly code: ErrorCode
  /** What exactly: a place, a name, a number. Never a secret or a message text. */
  readonly detail: string
  readonly status: number

  constructor(code: ErrorCode, detail = '', cause?: unknown) {
    const entry: ErrorEntry = CATALOGUE[code]
    super(sentence(entry, detail, 'en'), cause === undefined ? undefined : { cause })
    this.name = 'RelaisError'
    this.code = code
    this.detail = detail
    this.status = entry.status
  }
}

/** One line in `language`: what, where, what to do. */
export const sentenceOf = (error: RelaisError, language: 'fr' | 'en'): string => sentence(CATALOGUE[error.code], error.detail, language)

/** "What happened: where. What to do." */
const sentence = ({ says, remedy }: ErrorEntry, given: string, language: 'fr' | 'en'): string => {
  const detail = given.replace(/[.:]$/u, '')
  if (detail === '') return `${says[language]} ${remedy[language]}`
  const colon = language === 'fr' ? '\u00a0: ' : ': '
  const what = says[language].replace(/\.$/u, detail.startsWith('(') ? ' ' : colon)
  return `${/\s$/u.test(what) ? what : `${what} `}${detail}${/[!?…]$/u.test(detail) ? '' : '.'} ${remedy[language]}`
}
