/**
 * `POST` and `DELETE /chat/<channel>/account`: who is signed in on the business's site is linked to their conversation by a token that the site
 * signs, once they agree, and unlinked as easily.
 */
import { errors, importSPKI, jwtVerify } from 'jose'
import { z } from 'zod'
import type { Address } from '../../core/address.ts'
import { RelaisError } from '../../core/errors.ts'
import type { ChannelId, ContactId } from '../../core/ids.ts'
import type { Language, Words } from '../../core/language.ts'
import type { ContactView } from '../../core/reading.ts'
import type { SignIn, Visitor } from '../../core/visitor.ts'
import type { ChannelSetup } from '../../core/workspace.ts'
import { append, ownArrival } from '../api/act.ts'
import { parseJson, readBody } from '../body.ts'
import { requireOwnOrigin } from '../caller.ts'
import type { ChatLimits } from '../chat/limits.ts'
import { admit } from '../chat/messages.ts'
import { clearedCookie, findVisit, requireVisit } from '../chat/visit.ts'
import { check } from '../operation.ts'
import type { Rooms } from '../rooms.ts'
import { arrive, isAnonymous, tellCrossed } from './crossing.ts'

const Account = z.strictObject({ token: z.string().min(1).max(4096), agreed: z.literal(true) })
const LARGEST = 8192
/** A token that lives longer is no proof of who is there now. */
const LONGEST_MS = 600_000
const SKEW_S = 30
const claims = z.object({ sub: z.string().min(1).max(200), jti: z.string().min(1).max(200), exp: z.number() })

const keyOf = ({ algorithm, key }: SignIn) => (algorithm === 'HS256' ? new TextEncoder().encode(key) : importSPKI(key, algorithm))

/** One algorithm, the operator's: what the token says of itself chooses nothing. @throws {RelaisError} `account-token`, with why. */
const verify = async (rooms: Rooms, channel: ChannelId, signIn: SignIn, token: string) => {
  const now = rooms.clock.now()
  const { issuer, audience, algorithm } = signIn
  const { payload } = await jwtVerify(token, await keyOf(signIn), {
    algorithms: [algorithm],
    issuer,
    audience,
    currentDate: new Date(now),
    clockTolerance: SKEW_S,
    requiredClaims: ['sub', 'jti', 'exp'],
  }).catch((error: unknown) => {
    if (error instanceof errors.JOSEError) throw new RelaisError('account-token', error.code)
    throw error
  })
  const read = claims.safeParse(payload)
  if (!read.success) throw new RelaisError('account-token', 'claims')
  const expiresAt = read.data.exp * 1000
  if (expiresAt > now + LONGEST_MS + SKEW_S * 1000) throw new RelaisError('account-token', 'exp')
  if (!(await rooms.bridge.links.useOnce(rooms.bridge.seal(`jti ${channel} ${read.data.jti}`), expiresAt + SKEW_S * 1000)))
    throw new RelaisError('account-token', 'used')
  return read.data
}

const signInOf = ({ id, chat }: ChannelSetup): SignIn => {
  if (!chat?.signIn) throw new RelaisError('not-found', `/chat/${id}/account`)
  return chat.signIn
}

export const link = async (
  rooms: Rooms,
  limits: ChatLimits,
  setup: ChannelSetup,
  request: Request,
  language: Language,
): Promise<Response> => {
  requireOwnOrigin(request)
  const signIn = signInOf(setup)
  const { token } = check(Account, parseJson(await readBody(request, LARGEST)))
  const before = await findVisit(rooms, setup.id, request)
  admit(limits, before, rooms.clock.now())
  const { sub, jti } = await verify(rooms, setup.id, signIn, token)
  const channel = setup.id
  // Of this channel's site: two sites may both know a customer 1.
  const address = { kind: 'account', value: `${channel}/${sub}` }
  const holder = await holderOf(rooms, address)
  let newly = false
  if (!holder) {
    // Whoever came by a link and signs in is that person, unless they have another account: then it is somebody else at the same browser. Who was
    // shown their own visit alone sees no more of that thread by an account of their own.
    const theirs = before?.contact && before.shows === 'thread' && !(await isAnonymous(rooms, before.contact))
    const mine = theirs ? await rooms.reading.contact(before.contact) : null
    const [known] = mine && !mine.addresses.some(({ kind }) => kind === 'account') ? mine.addresses : []
    newly = known !== undefined
    await claim(rooms, channel, known ? [known, address] : [address])
  }
  const contact = (holder ?? (await holderOf(rooms, address)))?.id
  if (!contact) throw new RelaisError('store-unavailable')
  const arrived = await arrive(rooms, before, { visitor: rooms.ids('vis'), channel, contact, shows: 'thread' })
  const what = { how: 'account', link: null, shows: 'thread', from: null, to: channel } as const
  await tellCrossed(rooms, contact, arrived, newly ? { ...what, newly: true } : what)
  await agree(rooms, channel, contact, language, true, { jti, visitor: arrived.visitor })
  return new Response(null, { status: 204, headers: { 'set-cookie': arrived.cookie } })
}

/** What they agree to by it; the page shows the same words. */
export const AGREED: Words = {
  fr: 'Relier cette conversation à mon compte sur ce site, pour la retrouver ici quand j’y suis connecté.',
  en: 'Link this conversation to my account on this site, so that I find it here when I am signed in.',
}
const agree = async (
  rooms: Rooms,
  channel: ChannelId,
  contact: ContactId,
  language: Language,
  given: boolean,
  proof: object,
): Promise<void> => {
  const [id, at] = [rooms.ids('evt'), rooms.clock.now()]
  const body = {
    channelKind: 'account',
    category: 'service',
    given,
    words: AGREED[language],
    proof,
    source: `account:${channel}`,
  }
  await append(rooms, { own: [ownArrival('consent', body, { id, contact, channel, at })] }, id)
}

/** An event that says only that these addresses are one person's. */
const claim = async (rooms: Rooms, channel: ChannelId, addresses: readonly Address[]): Promise<void> => {
  const [id, at] = [rooms.ids('evt'), rooms.clock.now()]
  await append(rooms, { contacts: [{ id, channel, kind: 'identity', at, addresses, country: rooms.workspace.country, body: {} }] }, id)
}

const holderOf = async (rooms: Rooms, { kind, value }: Address): Promise<ContactView | null> =>
  (await rooms.reading.contacts({ address: `${kind}:${value}`, limit: 1, cursor: null })).items[0] ?? null

/** The browser is nobody's from here on. */
export const unlink = async (rooms: Rooms, setup: ChannelSetup, request: Request, language: Language): Promise<Response> => {
  requireOwnOrigin(request)
  signInOf(setup)
  const visitor = await requireVisit(rooms, setup.id, request)
  const at = rooms.clock.now()
  await rooms.visitors.end(visitor.id, at)
  if (visitor.contact) {
    await agree(rooms, setup.id, visitor.contact, language, false, { visitor: visitor.id })
    const place = { id: rooms.ids('evt'), contact: visitor.contact, channel: setup.id, at }
    await append(rooms, { own: [ownArrival('unlinked', { visitor: visitor.id, to: setup.id }, place)] }, place.id)
  }
  return new Response(null, { status: 204, headers: { 'set-cookie': clearedCookie(rooms, setup.id) } })
}

/** Came by their account on the site, so that they can be unlinked from it. */
export const isSignedIn = async (rooms: Rooms, { contact }: Pick<Visitor, 'contact'>): Promise<boolean> => {
  const known = contact === null ? null : await rooms.reading.contact(contact)
  return known?.addresses.some(({ kind }) => kind === 'account') === true
}
