/** What visitors write, and what was said: `…/messages`, `…/receipts`. */
import { z } from 'zod'
import type { Choice, Content } from '../../core/content.ts'
import { sourceOf } from '../../core/entry.ts'
import { RelaisError } from '../../core/errors.ts'
import { asId, type ChannelId, type MessageId, type VisitorId } from '../../core/ids.ts'
import type { Language, Words } from '../../core/language.ts'
import type { Visitor } from '../../core/visitor.ts'
import { parseJson, readBody } from '../body.ts'
import { requireOwnOrigin } from '../caller.ts'
import { check } from '../operation.ts'
import type { Rooms } from '../rooms.ts'
import type { ChatLimits } from './limits.ts'
import type { Newcomers } from './newcomers.ts'
import { post } from './posting.ts'
import { chatMessage } from './view.ts'
import { beginVisit, findVisit, requireVisit, seenAgain } from './visit.ts'

export const PAGE = 50
const LONGEST_TEXT = 8 * 1024
/** A text of that length, each of its letters written as `\uXXXX`. */
const LARGEST_POST = 64 * 1024
const CLIENT_ID = /^[\w-]{8,64}$/
export const clientId = z.string().regex(CLIENT_ID)
const messageId = z.string().regex(/^msg_[0-9a-f-]{1,40}$/)

/** Name of the entry link that led here. */
const from = z.string().max(63).optional()

const Post = z.union([
  z.strictObject({ id: clientId, text: z.string().min(1), from }),
  z.strictObject({
    id: clientId,
    from,
    choice: z.strictObject({ id: z.string().min(1).max(300), label: z.string().min(1).max(300), target: messageId.optional() }),
  }),
  z.strictObject({ id: clientId, person: z.literal(true), from }),
])
type Post = z.output<typeof Post>

const PERSON: Words = { fr: 'Je voudrais parler à un conseiller.', en: 'I would like to talk to a person.' }

const offersIn = (content: Content | null): readonly Choice[] => {
  if (content?.type === 'list') return content.rows
  return content?.type === 'buttons' || content?.type === 'template' ? (content.buttons ?? []) : []
}

/** What somebody taps was offered to them, in these words; anything else they wrote themselves. */
const contentOf = async (rooms: Rooms, visitor: Visitor | null, given: Post, language: Language): Promise<Content> => {
  if ('text' in given) return { type: 'text', text: given.text }
  if ('person' in given) return { type: 'choice', id: 'person', label: PERSON[language] }
  const { id, label, target } = given.choice
  const message = visitor && target ? (await rooms.visitors.these(visitor, [asId<MessageId>(target)]))[0] : undefined
  const offered = offersIn(message?.content ?? null).find((one) => one.id === id)
  if (!message || !offered) return { type: 'text', text: label }
  return { type: 'choice', id, label: offered.label, ...(message.vendorId ? { target: message.vendorId } : {}) }
}

export const tooFast = (ms: number): RelaisError => new RelaisError('chat-too-fast', String(Math.ceil(ms / 1000)))

/** What keeps visitors from coming too fast, and twice. */
export type Doors = { readonly limits: ChatLimits; readonly newcomers: Newcomers }

/** @throws {RelaisError} `chat-too-fast` */
export const admit = (limits: ChatLimits, visitor: Visitor | null, now: number): void => {
  const wait = visitor ? limits.post(visitor.id, now) : limits.newcomer(now)
  if (wait > 0) throw tooFast(wait)
}

/** Whose post it is, known already or from now on. @throws {RelaisError} `chat-too-fast` */
export const visitorFor = async (
  rooms: Rooms,
  limits: ChatLimits,
  channel: ChannelId,
  visitor: Visitor | null,
): Promise<{ readonly id: VisitorId; readonly cookie: string | null }> => {
  admit(limits, visitor, rooms.clock.now())
  return visitor ? { id: visitor.id, cookie: null } : beginVisit(rooms, channel)
}

const tooLong = (): RelaisError => new RelaisError('chat-too-long', String(LONGEST_TEXT / 1024))

const readPost = async (request: Request): Promise<Post> => {
  const body = await readBody(request, LARGEST_POST).catch((error: unknown) => {
    throw error instanceof RelaisError && error.code === 'body-too-large' ? tooLong() : error
  })
  const given = check(Post, parseJson(body))
  if ('text' in given && Buffer.byteLength(given.text) > LONGEST_TEXT) throw tooLong()
  return given
}

/** Whose post it is, with the cookie that finds them again, and the entry link's source with their first. */
type Author = { readonly visitor: VisitorId; readonly cookie: string | null; readonly source: string | null }

/** `known`: who asks, if this channel knows them; else the post makes them. */
export const authorOf = async (
  rooms: Rooms,
  newcomers: Newcomers,
  channel: ChannelId,
  request: Request,
  known: Visitor | null,
  given: { readonly id: string; readonly from?: string | null | undefined },
): Promise<Author> => {
  if (known) return { visitor: known.id, cookie: seenAgain(rooms, known, request), source: null }
  const { id, cookie } = await newcomers.visitFor(channel, given.id, rooms.clock.now(), () => beginVisit(rooms, channel))
  return { visitor: id, cookie, source: given.from ? sourceOf(given.from, channel, rooms.workspace.links) : null }
}

/** 202 once it is durable. */
export const submit = async (
  rooms: Rooms,
  channel: ChannelId,
  { visitor, cookie, source }: Author,
  said: { readonly id: string; readonly language: Language; readonly content: Content },
): Promise<Response> => {
  await post(rooms, channel, { kind: 'message', visitor, at: rooms.clock.now(), ...said, ...(source ? { source } : {}) })
  return Response.json({ id: said.id }, { status: 202, headers: cookie ? { 'set-cookie': cookie } : {} })
}

/** 202 once it is durable. The first one makes the visitor. */
export const takeMessage = async (
  rooms: Rooms,
  { limits, newcomers }: Doors,
  channel: ChannelId,
  request: Request,
  language: Language,
): Promise<Response> => {
  requireOwnOrigin(request)
  const known = await findVisit(rooms, channel, request)
  // Before anything is read: in a crowd, most are only told when to come back.
  admit(limits, known, rooms.clock.now())
  const given = await readPost(request)
  const content = await contentOf(rooms, known, given, language)
  const by = await authorOf(rooms, newcomers, channel, request, known, given)
  return submit(rooms, channel, by, { id: given.id, language, content })
}

export const listMessages = async (rooms: Rooms, channel: ChannelId, request: Request): Promise<Response> => {
  const visitor = await requireVisit(rooms, channel, request)
  const before = new URL(request.url).searchParams.get('before')
  return Response.json(await earlier(rooms, visitor, before))
}

/** A page of what was said, the oldest first. */
export const earlier = async (rooms: Rooms, visitor: Visitor, before: string | null) => {
  const { items, next } = await rooms.visitors.messages(visitor, { limit: PAGE, cursor: before })
  return { messages: items.map((message) => chatMessage(message, visitor.id, rooms.workspace)).reverse(), more: next }
}

const ids = z.array(messageId).max(PAGE).default([])
const Receipts = z.strictObject({ delivered: ids, read: ids })

/** What the page has shown, and what somebody has read: as a provider would tell it. */
export const takeReceipts = async (rooms: Rooms, limits: ChatLimits, channel: ChannelId, request: Request): Promise<Response> => {
  requireOwnOrigin(request)
  const { delivered, read } = check(Receipts, parseJson(await readBody(request, LARGEST_POST)))
  const visitor = await requireVisit(rooms, channel, request)
  const wait = limits.receipts(visitor.id, rooms.clock.now())
  if (wait > 0) throw tooFast(wait)
  const messages = await rooms.visitors.these(
    visitor,
    [...new Set([...delivered, ...read])].map((id) => asId<MessageId>(id)),
  )
  const receipts = messages.flatMap(({ id, vendorId, direction, channel: carried, readAt, deliveredAt }) => {
    if (!vendorId || direction !== 'out' || carried !== channel) return []
    const status = read.includes(id) ? ('read' as const) : ('delivered' as const)
    return (status === 'read' ? readAt : deliveredAt) === null ? [{ target: vendorId, status }] : []
  })
  if (receipts.length) await post(rooms, channel, { kind: 'receipts', visitor: visitor.id, at: rooms.clock.now(), receipts })
  return new Response(null, { status: 204 })
}
