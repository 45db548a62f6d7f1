/** The cookie by which a browser is known again, and the visit behind it. */
import { RelaisError } from '../../core/errors.ts'
import type { ChannelId, VisitorId } from '../../core/ids.ts'
import { type NewVisitor, VISIT_MS, type Visitor } from '../../core/visitor.ts'
import { hashSecret } from '../caller.ts'
import type { Rooms } from '../rooms.ts'

type Place = Pick<Rooms, 'secure' | 'publicUrl'>

/** Below which path the house is mounted: without its last stroke. */
export const mountOf = ({ publicUrl }: Pick<Rooms, 'publicUrl'>): string =>
  publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '')

/** `__Host-` binds the cookie to this very host: by https, and where the house has the host for itself. */
const nameOf = (place: Place, channel: ChannelId): string => `${place.secure && mountOf(place) === '' ? '__Host-' : ''}visit-${channel}`

const cookieOf = (place: Place, channel: ChannelId, value: string, seconds: number): string =>
  `${nameOf(place, channel)}=${value}; Path=${mountOf(place) || '/'}; HttpOnly; SameSite=Lax; Max-Age=${seconds}${place.secure ? '; Secure' : ''}`

const visitCookie = (place: Place, channel: ChannelId, value: string): string => cookieOf(place, channel, value, VISIT_MS / 1000)
export const clearedCookie = (place: Place, channel: ChannelId): string => cookieOf(place, channel, '', 0)

const VALUE = /^[\w-]{43}$/
export const cookieIn = (place: Place, channel: ChannelId, request: Request): string | null => {
  const name = `${nameOf(place, channel)}=`
  const found = (request.headers.get('cookie') ?? '').split(/;\s*/).find((one) => one.startsWith(name))
  const value = found?.slice(name.length) ?? ''
  return VALUE.test(value) ? value : null
}

/** Seen again, at most once an hour. */
const SEEN_MS = 3_600_000

/** Who asks; null where this channel knows nobody by this browser. */
export const findVisit = async (rooms: Rooms, channel: ChannelId, request: Request): Promise<Visitor | null> => {
  const value = cookieIn(rooms, channel, request)
  const at = rooms.clock.now()
  const visitor = value === null ? null : await rooms.visitors.find(hashSecret(value), channel, at)
  if (visitor && at - visitor.seenAt > SEEN_MS) await rooms.visitors.keep(visitor.id, at, at + VISIT_MS)
  return visitor
}

/** The cookie once more, so that it lasts as long as the visit; null where that is new. */
export const seenAgain = (rooms: Rooms, { channel, createdAt }: Visitor, request: Request): string | null => {
  const value = rooms.clock.now() - createdAt > SEEN_MS ? cookieIn(rooms, channel, request) : null
  return value === null ? null : visitCookie(rooms, channel, value)
}

/** @throws {RelaisError} `no-visit` */
export const requireVisit = async (rooms: Rooms, channel: ChannelId, request: Request): Promise<Visitor> => {
  const visitor = await findVisit(rooms, channel, request)
  if (!visitor) throw new RelaisError('no-visit')
  return visitor
}

export type Begun = { readonly id: VisitorId; readonly cookie: string }

/** A new visit, with the cookie that finds it. `known`: whose it is, where that is known already. */
export const beginVisit = async (
  rooms: Rooms,
  channel: ChannelId,
  known: Partial<Pick<NewVisitor, 'id' | 'since' | 'shows' | 'contact'>> = {},
): Promise<Begun> => {
  const at = rooms.clock.now()
  const value = Buffer.from(rooms.randomBytes(32)).toString('base64url')
  const { id = rooms.ids('vis') } = known
  const visit = { since: at, shows: 'own' as const, ...known, id, channel, hash: hashSecret(value), expiresAt: at + VISIT_MS }
  await rooms.visitors.make(visit, at)
  return { id, cookie: visitCookie(rooms, channel, value) }
}
