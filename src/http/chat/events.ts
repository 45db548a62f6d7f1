/**
 * `GET …/events`: what a visitor sees, as it happens (server-sent events). `id:` is a number of the journal; after `Last-Event-ID` nothing is
 * missed, and something may come twice. What is being written comes as it is written, without a number: it is seen whole later.
 */
import { RelaisError } from '../../core/errors.ts'
import type { ChannelId, ContactId } from '../../core/ids.ts'
import type { JournalEntry, JournalPosition } from '../../core/reading.ts'
import { type Frame, TOLD_OF_VISITS, type Visitor } from '../../core/visitor.ts'
import { hashSecret } from '../caller.ts'
import { secureHeaders } from '../headers.ts'
import type { Rooms } from '../rooms.ts'
import type { Follower } from './follow.ts'
import { type Line, openLine } from './line.ts'
import { chatMessage, ownerOf } from './view.ts'
import { cookieIn } from './visit.ts'

const HEARTBEAT_MS = 15_000
const CATCH_UP = 500
/** More of one browser are tabs forgotten open, or a machine. */
const PAGES_OF_ONE = 8
const PAGES = 5_000

const encoder = new TextEncoder()
const HELLO = encoder.encode('retry: 2000\n\n')
const BEAT = encoder.encode('event: beat\ndata:\n\n')

const frameOf = (event: string, data: object, seq?: number): string =>
  `${seq === undefined ? '' : `id: ${seq}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

const liveFrame = (frame: Frame): string => {
  if (frame.type === 'whole') return ''
  const { type, ...data } = frame
  return frameOf(type, data)
}

export type ChatEvents = {
  /** `env`: what the server hands over with the request. */
  open(channel: ChannelId, request: Request, env: unknown): Promise<Response>
  /** Ends every stream: the process stops. */
  close(): void
  readonly pages: () => number
}

type OpenPage = { readonly visitor: Visitor; readonly line: Line; readonly leave: () => void }

export const createEvents = (rooms: Rooms, follower: Follower): ChatEvents => {
  const { visitors, live, clock, workspace, reading } = rooms
  const open = new Set<OpenPage>()
  let stopHeart = () => {}
  const heart = (): void => {
    for (const { line } of [...open]) line.write(BEAT)
    if (open.size) stopHeart = clock.after(HEARTBEAT_MS, heart)
  }

  /** The entries of a contact as its visitor is told them. */
  const told = async (visitor: Visitor, entries: readonly JournalEntry[]): Promise<string> => {
    const ids = [...new Set(entries.flatMap(({ messageId }) => messageId ?? []))]
    const seen = new Map((await visitors.these(visitor, ids)).map((message) => [message.id, message]))
    return entries
      .map(({ kind, messageId, data, seq, at }) => {
        if (visitor.shows === 'own' && at < visitor.since) return ''
        if (kind === OWNER_CHANGED) return frameOf('owner', { owner: ownerOf(String(data?.to ?? '')) }, seq)
        if (messageId === null) return ''
        const message = seen.get(messageId)
        if (message) return frameOf('message', chatMessage(message, visitor.id, workspace), seq)
        return GONE_BACK.has(kind) ? frameOf('withdrawn', { id: messageId, why: 'withheld' }, seq) : ''
      })
      .join('')
  }

  /** Follows a contact for one line, until either ends. */
  const attend = (line: Line, found: Visitor, contact: ContactId, hash: string, after: JournalPosition): OpenPage => {
    let visitor = found
    let last = after
    let stopFollowing = () => {}
    let stopHearing = () => {}
    /** What comes is told one after the other: each needs a look into the store. */
    let telling: Promise<void> = Promise.resolve()
    const page: OpenPage = {
      visitor: found,
      line,
      leave: () => {
        open.delete(page)
        stopFollowing()
        stopHearing()
        if (!open.size) stopHeart()
      },
    }
    const isOpen = () => open.has(page)
    const say = (text: string) => {
      if (text && isOpen()) line.write(encoder.encode(text))
    }
    const hear = (whose: ContactId) => {
      stopHearing()
      if (isOpen()) stopHearing = live.hear(whose, (frame) => say(liveFrame(frame)))
    }
    const follow = async (whose: ContactId) => {
      stopFollowing()
      stopFollowing = await follower.join(whose, tell)
      // They may have left meanwhile.
      if (!isOpen()) stopFollowing()
    }
    /** Its visit may be over, or of another contact by now. */
    const lookAgain = async () => {
      const again = await visitors.find(hash, visitor.channel, clock.now())
      if (!again?.contact) {
        say(frameOf('gone', {}))
        line.end()
        return
      }
      const moved = again.contact !== visitor.contact
      visitor = again
      if (!moved) return
      hear(again.contact)
      await follow(again.contact)
    }
    const take = async (news: readonly JournalEntry[]) => {
      last = news.at(-1)?.position ?? last
      if (news.some(({ kind }) => ASKS_ANEW.has(kind))) await lookAgain()
      if (isOpen()) say(await told(visitor, news))
    }
    const tell = (entries: readonly JournalEntry[]) => {
      telling = telling
        .then(async () => {
          const news = entries.filter(({ position }) => position > last)
          if (!isOpen() || !news.length) return
          if (visitor.contact && news.some(isHandedOver)) live.drop(visitor.contact)
          await take(news)
        })
        // It comes back and reads what it missed.
        .catch(() => line.end())
    }
    /** First the ear, then what was missed: what comes meanwhile waits behind it. */
    const catchUp = async () => {
      await follow(contact)
      let isTheirs = ownerOf(found.owner) !== 'assistant'
      let missed: readonly JournalEntry[]
      do {
        missed = await visitors.journal(visitor.contact ?? contact, last, CATCH_UP)
        const change = missed.findLast(({ kind }) => kind === OWNER_CHANGED)
        if (change) isTheirs = isHandedOver(change)
        await take(missed)
      } while (missed.length === CATCH_UP && isOpen())
      const whose = visitor.contact ?? contact
      // Nobody may have been here to hear of it.
      if (isTheirs) live.drop(whose)
      hear(whose)
    }
    open.add(page)
    if (open.size === 1) stopHeart = clock.after(HEARTBEAT_MS, heart)
    line.write(HELLO)
    telling = catchUp().catch(() => line.end())
    return page
  }

  return {
    async open(channel, request, env) {
      const value = cookieIn(rooms, channel, request)
      const hash = hashSecret(value ?? '')
      const visitor = value === null ? null : await visitors.find(hash, channel, clock.now())
      if (!visitor?.contact) throw new RelaisError('no-visit')
      const mine = [...open].filter((page) => page.visitor.id === visitor.id)
      if (mine.length >= PAGES_OF_ONE) mine[0]?.line.end()
      if (open.size >= PAGES) throw new RelaisError('chat-too-fast', '5')
      const from = request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after')
      const seq = from !== null && /^\d{1,15}$/.test(from) ? Number(from) : null
      const { contact } = visitor
      const after = await reading.journalPosition(seq)
      const headers = headersOf(rooms.secure)
      // Who only asks whether it is there would never leave.
      if (request.method === 'HEAD') return new Response(null, { headers })
      let page: OpenPage | null = null
      return openLine(headers, env, {
        begin: (line) => {
          page = attend(line, visitor, contact, hash, after)
        },
        over: () => page?.leave(),
      })
    },
    close() {
      for (const { line } of [...open]) line.end()
    },
    pages: () => open.size,
  }
}

/** All of them: the line may be begun before anybody else sees its answer. */
const headersOf = (secure: boolean): Headers => {
  const said = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' }
  const response = new Response(null, { headers: said })
  secureHeaders(response, secure)
  return response.headers
}

const OWNER_CHANGED = 'conversation.owner-changed'
/** From here on no machine speaks. */
const isHandedOver = ({ kind, data }: JournalEntry): boolean => kind === OWNER_CHANGED && ownerOf(String(data?.to ?? '')) !== 'assistant'

/** A message that was shown as it was written, and does not go. */
const GONE_BACK: ReadonlySet<string> = new Set([
  TOLD_OF_VISITS.withdrawn,
  'message.held',
  'message.failed',
  'message.cancelled',
  'message.postponed',
])
const ASKS_ANEW: ReadonlySet<string> = new Set([TOLD_OF_VISITS.ended, 'contact.merged'])
