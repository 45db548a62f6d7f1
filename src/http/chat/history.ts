/** One's own history: taken away as a file, or erased for good. It is what the visitor sees, no more and no less. */
import type { ChannelId } from '../../core/ids.ts'
import type { Visitor } from '../../core/visitor.ts'
import { requireOwnOrigin } from '../caller.ts'
import type { Rooms } from '../rooms.ts'
import { chatMessage } from './view.ts'
import { clearedCookie, requireVisit } from './visit.ts'

const AT_ONCE = 200

/** Page by page, newest first, as one JSON document: the store is asked no faster than the visitor reads. */
const written = async function* (rooms: Rooms, visitor: Visitor): AsyncGenerator<string> {
  const { name, timezone } = rooms.workspace
  const head = {
    business: name,
    timezone,
    takenAt: new Date(rooms.clock.now()).toISOString(),
    since: new Date(visitor.since).toISOString(),
  }
  yield `${JSON.stringify(head).slice(0, -1)},"messages":[`
  let first = true
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    const page = await rooms.visitors.messages(visitor, { limit: AT_ONCE, cursor })
    for (const message of page.items) {
      const { at, ...rest } = chatMessage(message, visitor.id, rooms.workspace)
      yield `${first ? '' : ','}\n${JSON.stringify({ at: new Date(at).toISOString(), ...rest })}`
      first = false
    }
    cursor = page.next
  }
  yield '\n]}\n'
}

export const giveHistory = async (rooms: Rooms, channel: ChannelId, request: Request): Promise<Response> => {
  const visitor = await requireVisit(rooms, channel, request)
  const day = new Date(rooms.clock.now()).toISOString().slice(0, 10)
  const body = request.method === 'HEAD' ? null : ReadableStream.from(written(rooms, visitor)).pipeThrough(new TextEncoderStream())
  return new Response(body, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="conversation-${day}.json"`,
      'cache-control': 'no-store',
    },
  })
}

export const eraseHistory = async (rooms: Rooms, channel: ChannelId, request: Request): Promise<Response> => {
  requireOwnOrigin(request)
  const visitor = await requireVisit(rooms, channel, request)
  const files = await rooms.visitors.erase(visitor, rooms.clock.now())
  await Promise.all(files.map((digest) => rooms.dropFile(digest)))
  rooms.wake()
  return new Response(null, { status: 204, headers: { 'set-cookie': clearedCookie(rooms, channel) } })
}
