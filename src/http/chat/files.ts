/** Files of visitors: what may come in, and what of their own thread goes out. Customers choose these bytes: nothing in them may run. */
import type { MediaRef } from '../../core/content.ts'
import { RelaisError } from '../../core/errors.ts'
import { asId, type ChannelId, type Digest, type VisitorId } from '../../core/ids.ts'
import type { Language } from '../../core/language.ts'
import { fileResponse } from '../api/media.ts'
import { readBody } from '../body.ts'
import { requireOwnOrigin } from '../caller.ts'
import { InvalidRequest } from '../problem.ts'
import type { Rooms } from '../rooms.ts'
import { admit, authorOf, clientId, type Doors, submit, tooFast } from './messages.ts'
import { safeName, sniff } from './sniff.ts'
import { findVisit, requireVisit } from './visit.ts'

export const LARGEST_FILE = 10 * 1024 * 1024
/** Files held in memory at once by a process: 80 MB. Of one visitor fewer, and half of them of who was never here: nobody slow keeps out the rest. */
const AT_ONCE = { all: 8, newcomers: 4, visitor: 2 }
const DIGEST = /^[0-9a-f]{64}$/

const idIn = (search: URLSearchParams): string => {
  const id = clientId.safeParse(search.get('id'))
  if (!id.success)
    throw new InvalidRequest([{ field: 'id', says: { fr: '8 à 64 lettres, chiffres, - et _', en: '8 to 64 letters, digits, - and _' } }])
  return id.data
}

const read = (request: Request): Promise<Uint8Array> =>
  readBody(request, LARGEST_FILE).catch((error: unknown) => {
    throw error instanceof RelaisError && error.code === 'body-too-large' ? new RelaisError('file-too-large') : error
  })

export type FileDoor = (rooms: Rooms, doors: Doors, channel: ChannelId, request: Request, language: Language) => Promise<Response>

/** 202 once the file and its message are durable. */
export const openFileDoor = (): FileDoor => {
  const held: (VisitorId | null)[] = []
  const hold = (whose: VisitorId | null): (() => void) => {
    const most = whose === null ? AT_ONCE.newcomers : AT_ONCE.visitor
    if (held.length >= AT_ONCE.all || held.filter((one) => one === whose).length >= most) throw tooFast(2_000)
    held.push(whose)
    return () => void held.splice(held.indexOf(whose), 1)
  }
  return async (rooms, { limits, newcomers }, channel, request, language) => {
    requireOwnOrigin(request)
    const { searchParams } = new URL(request.url)
    const id = idIn(searchParams)
    const known = await findVisit(rooms, channel, request)
    const release = hold(known?.id ?? null)
    try {
      // Before anything is read: a file costs more than a text.
      const now = rooms.clock.now()
      admit(limits, known, now)
      const wait = limits.file(known?.id ?? null, now)
      if (wait > 0) throw tooFast(wait)
      const bytes = await read(request)
      // What it is counts, not what it is called or said to be.
      const found = await sniff(bytes)
      if (!found) throw new RelaisError('file-refused')
      const { mime, kind } = found
      const by = await authorOf(rooms, newcomers, channel, request, known, { id, from: searchParams.get('from') })
      const media = {
        digest: await rooms.keepFile(bytes, mime),
        mime,
        bytes: bytes.byteLength,
        filename: safeName(searchParams.get('name') ?? '', found),
      }
      return await submit(rooms, channel, by, { id, language, content: { type: 'media', kind, media } })
    } finally {
      release()
    }
  }
}

/** Only of one's own thread, whatever digest somebody knows. */
export const giveFile = async (rooms: Rooms, channel: ChannelId, request: Request, digest: string): Promise<Response> => {
  const visitor = await requireVisit(rooms, channel, request)
  const message = DIGEST.test(digest) ? await rooms.visitors.file(visitor, asId<Digest>(digest)) : null
  const media: MediaRef | null = message?.revokedAt === null && message.content?.type === 'media' ? message.content.media : null
  const file = media ? await rooms.media(asId<Digest>(digest)) : null
  if (!media || !file) throw new RelaisError('not-found', new URL(request.url).pathname)
  return fileResponse(media, file, request)
}
