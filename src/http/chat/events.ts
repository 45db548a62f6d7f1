/**
 * `GET …/events`: what a visitor sees, as it happens (server-sent events). `id:` is a number of the journal; after `Last-Event-ID` nothing is
 * missed, and something may come twice. What is being written comes as it is written, without a number: it is seen whole later.
 */
import { RelaisError } from '../../core/errors.ts'
import type { ChannelId, ContactId } from '../../core/ids.ts'
import type { JournalEntry, JournalPosition } from '../../core/reading.ts'
import { type Frame, TOLD_OF_VISITS, type Visitor } from '../../core/visitor.ts'
import { hashSecret } from '../caller.ts'
import type { Rooms } from '../rooms.ts'
import type { Follower } from './follow.ts'
import { chatMessage, ownerOf } from './view.ts'
import { cookieIn } from './visit.ts'

const HEARTBEAT_MS = 15_000
/** Bytes a page may leave unread before it is cut off: it comes back and misses nothing. */
const BUFFER = 256 * 1024
const CATCH_UP = 500
/** More of one browser are tabs forgotten open, or a machine. */
const PAGES_OF_ONE = 8
const PAGES = 5_000

const encoder = new TextEncoder()
const BEAT = encoder.encode('event: beat\ndata:\n\n')

const frameOf = (event: string, data: object, seq?: number): string =>
  `${seq === undefined ? '' : `id: ${seq}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

const liveFrame = (frame: Frame): string => {
  if (frame.type === 'whole') return ''
  const { type, ...data } = frame
  return frameOf(type, data)
}

export type ChatEvents = {
  open(channel: ChannelId, request: Request): Promise<Response>
  /** Ends every stream: the process stops. */
  close(): void
  readonly pages: () => number
}

type OpenPage = { readonly visitor: Visitor; readonly write: (chunk: Uint8Array) => void; readonly end: () => void }

export const createEvents = (rooms: Rooms, follower: Follower): ChatEvents => {
  const { visitors, live, clock, workspace, reading } = rooms
  const open = new Set<OpenPage>()
  let stopHeart = () => {}
  const heart = (): void => {
    for (const page of [...open]) page.write(BEAT)
    if (open.size) stopHeart = clock.after(HEARTBEAT_MS, heart)
  }

  /** The entries of a contact as its visitor is told them. */
  const told = async (visitor: Visitor, entries: readonly JournalEntry[]): Promise<string> => {
    const ids = [...new Set(entries.flatMap(({ messageId }) => messageId ?? []))]
    const seen = new Map((await visitors.these(visitor, ids)).map((message) => [message.id, message]))
    return entries
      .map(({ kind, messageId, data, seq, at }) => {
        if (visitor.shows === 'own' && at < visitor.since) return ''
        if (kind === 'conversation.owner-changed') return frameOf('owner', { owner: ownerOf(String(data?.to ?? '')) }, seq)
        if (messageId === null) return ''
        const message = seen.get(messageId)
        if (message) return frameOf('message', chatMessage(message, visitor.id, workspace), seq)
        return GONE_BACK.has(kind) ? frameOf('withdrawn', { id: messageId, why: 'withheld' }, seq) : ''
      })
      .join('')
  }

  const stream = (found: Visitor, contact: ContactId, hash: string, after: JournalPosition): ReadableStream<Uint8Array> => {
    let visitor = found
    let last = after
    let page: OpenPage | null = null
    let stopFollowing = () => {}
    let stopHearing = () => {}
    /** What comes is told one after the other: each needs a look into the store. */
    let telling: Promise<void> = Promise.resolve()
    const leave = () => {
      if (page) open.delete(page)
      page = null
      stopFollowing()
      stopHearing()
      if (!open.size) stopHeart()
    }
    const hear = (whose: ContactId) => live.hear(whose, (frame) => say(liveFrame(frame)))
    const say = (text: string) => {
      if (text && page) page.write(encoder.encode(text))
    }
    /** Its visit may be over, or of another contact by now. */
    const lookAgain = async () => {
      const again = await visitors.find(hash, visitor.channel, clock.now())
      if (!again?.contact) {
        say(frameOf('gone', {}))
        page?.end()
        return
      }
      if (again.contact !== visitor.contact) {
        stopHearing()
        stopFollowing()
        stopHearing = hear(again.contact)
        stopFollowing = await follower.join(again.contact, tell)
      }
      visitor = again
    }
    const tell = (entries: readonly JournalEntry[]) => {
      telling = telling
        .then(async () => {
          const news = entries.filter(({ position }) => position > last)
          if (!page || !news.length) return
          last = news.at(-1)?.position ?? last
          if (news.some(({ kind }) => ASKS_ANEW.has(kind))) await lookAgain()
          if (visitor.contact && news.some(isHandedOver)) live.drop(visitor.contact)
          if (page) say(await told(visitor, news))
        })
        // It comes back and reads what it missed.
        .catch(() => page?.end())
    }
    return new ReadableStream<Uint8Array>(
      {
        async start(controller) {
          page = {
            visitor,
            write: (chunk) => {
              if ((controller.desiredSize ?? 0) <= 0) page?.end()
              else controller.enqueue(chunk)
            },
            end: () => {
              leave()
              controller.close()
            },
          }
          open.add(page)
          if (open.size === 1) stopHeart = clock.after(HEARTBEAT_MS, heart)
          controller.enqueue(encoder.encode('retry: 2000\n\n'))
          // First the ear, then what was missed: what comes meanwhile waits behind it.
          let missed: readonly JournalEntry[] = []
          const ready = Promise.withResolvers<void>()
          telling = ready.promise
          try {
            stopFollowing = await follower.join(contact, tell)
            do {
              missed = await visitors.journal(contact, last, CATCH_UP)
              last = missed.at(-1)?.position ?? last
              say(await told(visitor, missed))
            } while (missed.length === CATCH_UP && page)
            stopHearing = hear(contact)
          } catch {
            page?.end()
          } finally {
            ready.resolve()
          }
        },
        cancel: leave,
      },
      { highWaterMark: BUFFER, size: (chunk) => chunk?.byteLength ?? 0 },
    )
  }

  return {
    async open(channel, request) {
      const value = cookieIn(rooms, channel, request)
      const hash = hashSecret(value ?? '')
      const visitor = value === null ? null : await visitors.find(hash, channel, clock.now())
      if (!visitor?.contact) throw new RelaisError('no-visit')
      const mine = [...open].filter((page) => page.visitor.id === visitor.id)
      if (mine.length >= PAGES_OF_ONE) mine[0]?.end()
      if (open.size >= PAGES) throw new RelaisError('chat-too-fast', '5')
      const from = request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after')
      const seq = from !== null && /^\d{1,15}$/.test(from) ? Number(from) : null
      const body = request.method === 'HEAD' ? null : stream(visitor, visitor.contact, hash, await reading.journalPosition(seq))
      return new Response(body, {
        headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
      })
    },
    close() {
      for (const page of [...open]) page.end()
    },
    pages: () => open.size,
  }
}

/** From here on no machine speaks. */
const isHandedOver = ({ kind, data }: JournalEntry): boolean =>
  kind === 'conversation.owner-changed' && ownerOf(String(data?.to ?? '')) !== 'assistant'

/** A message that was shown as it was written, and does not go. */
const GONE_BACK: ReadonlySet<string> = new Set([
  TOLD_OF_VISITS.withdrawn,
  'message.held',
  'message.failed',
  'message.cancelled',
  'message.postponed',
])
const ASKS_ANEW: ReadonlySet<string> = new Set([TOLD_OF_VISITS.ended, TOLD_OF_VISITS.changed, 'contact.merged'])
