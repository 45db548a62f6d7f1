/** Pages by key: a cursor holds the sort keys of the last row, as base64url JSON. Nobody outside reads it. */
import { RelaisError } from '../../core/errors.ts'
import type { Page, PageRequest } from '../../core/reading.ts'

export type Keys = readonly (string | number)[]

const encode = (keys: Keys): string => Buffer.from(JSON.stringify(keys)).toString('base64url')

const decode = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

/** The keys a cursor holds, of the kinds of `first` (which stands before every row), or `first` where there is no cursor. */
export const keysOf = (cursor: string | null, first: Keys): Keys => {
  if (cursor === null) return first
  const keys = decode(cursor)
  if (!Array.isArray(keys) || keys.length !== first.length || !keys.every((key, index) => isLike(key, first[index])))
    throw new RelaisError('invalid-request', 'cursor')
  return keys
}

const isLike = (key: unknown, first: unknown): boolean =>
  typeof first === 'number' ? Number.isSafeInteger(key) : typeof key === 'string' && !key.includes('\u0000')

/** `rows` were asked with one more than the limit: the extra row says that there is a next page. */
export const pageOf = <T>(rows: readonly T[], request: PageRequest, keys: (row: T) => Keys): Page<T> => {
  const items = rows.slice(0, request.limit)
  const last = items.at(-1)
  return { items, next: rows.length > request.limit && last ? encode(keys(last)) : null }
}

/** Stands before every row of a list that goes down in time. */
export const LATEST = Number.MAX_SAFE_INTEGER
