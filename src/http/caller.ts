/** Who calls: a program with a Bearer key, or a person's browser with the session cookie it got for a key. */
import { createHash } from 'node:crypto'
import type { Access, Key } from '../core/access.ts'
import { RelaisError } from '../core/errors.ts'

/** The longest a browser stays entered: one working day. */
export const SESSION_MS = 12 * 3_600_000
const KEY = /^rk_[A-Za-z0-9_-]{43}$/

/** 256 random bits need no slow hash: there is nothing to guess. The store finds a key by this digest, so no comparison tells its secret. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Of 32 random bytes; shown once. */
export const makeSecret = (bytes: Uint8Array): string => `rk_${Buffer.from(bytes).toString('base64url')}`

/** `__Host-` binds the cookie to this very host, but browsers take it over https only. */
export const cookieName = (secure: boolean): string => (secure ? '__Host-relais' : 'relais')

export const cookieOf = (value: string, secure: boolean, maxAgeSeconds: number): string =>
  `${cookieName(secure)}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure ? '; Secure' : ''}`

export const readCookie = (request: Request, secure: boolean): string | null => {
  const name = `${cookieName(secure)}=`
  const cookie = (request.headers.get('cookie') ?? '').split(/;\s*/).find((one) => one.startsWith(name))
  return cookie ? cookie.slice(name.length) : null
}

/** A browser says where a request comes from; one that does not is asked for its Origin. Throws `foreign-origin`. */
export const requireOwnOrigin = (request: Request): void => {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) {
    if (site === 'same-origin') return
    throw new RelaisError('foreign-origin')
  }
  const origin = request.headers.get('origin')
  const host = request.headers.get('host') ?? new URL(request.url).host
  if (origin === null || !URL.canParse(origin) || new URL(origin).host !== host) throw new RelaisError('foreign-origin')
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Finds out who calls. Throws `unauthorized`, or `foreign-origin` for an act by cookie from elsewhere. */
export const identify = async (request: Request, access: Access, secure: boolean, now: number): Promise<Key> => {
  const authorization = request.headers.get('authorization')
  if (authorization !== null) return findBearer(authorization, access)
  const cookie = readCookie(request, secure)
  if (cookie === null) throw new RelaisError('unauthorized')
  if (!SAFE.has(request.method)) requireOwnOrigin(request)
  const key = await access.findSession(hashSecret(cookie), now)
  if (!key) throw new RelaisError('unauthorized')
  return key
}

const findBearer = async (authorization: string, access: Access): Promise<Key> => {
  const secret = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? ''
  const key = KEY.test(secret) ? await access.findKey(hashSecret(secret)) : null
  if (!key) throw new RelaisError('unauthorized')
  return key
}

/** The key behind a secret that a person typed in; null where it is none. */
export const findTyped = (secret: string, access: Access): Promise<Key | null> =>
  KEY.test(secret) ? access.findKey(hashSecret(secret)) : Promise.resolve(null)
