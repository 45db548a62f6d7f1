/** The file of a message, as it was kept: an image to look at, anything else to save. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { MediaRef } from '../../core/content.ts'
import { RelaisError } from '../../core/errors.ts'
import { identify } from '../caller.ts'
import { check } from '../operation.ts'
import type { Rooms } from '../rooms.ts'
import * as shape from './schemas.ts'

/** What a browser shows and never runs; an SVG could hold a script. */
const SHOWN: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'])
/** Customers choose these bytes: nothing in them may run, load, or be framed, whatever a browser takes them for. */
const FILE_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
const DIGEST = /^[0-9a-f]{64}$/

/** RFC 6266: a name in ASCII for the oldest, and as it was written. */
const dispositionOf = ({ mime, filename }: MediaRef): string => {
  const how = SHOWN.has(mime) ? 'inline' : 'attachment'
  if (!filename) return how
  const written = encodeURIComponent(filename.toWellFormed()).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return `${how}; filename="${filename.replace(/[^\w .-]/g, '_')}"; filename*=UTF-8''${written}`
}

/** A kept file as its owner may see it. */
export const fileResponse = (media: MediaRef, file: Blob, request: Request): Response => {
  const headers = {
    'content-type': media.mime,
    'content-length': String(file.size),
    'content-disposition': dispositionOf(media),
    'content-security-policy': FILE_POLICY,
    'cache-control': 'private, no-store',
  }
  return new Response(request.method === 'HEAD' ? null : file.stream(), { headers })
}

export const addMedia = (api: OpenAPIHono, rooms: Rooms): void => {
  api.get('/media/:id', async (context) => {
    const request = context.req.raw
    await identify(request, rooms.access, rooms.secure, rooms.clock.now())
    const { id } = check(shape.messageId, context.req.param())
    const message = await rooms.reading.message(id)
    const media = message?.revokedAt === null && message.content?.type === 'media' ? message.content.media : null
    const file = media?.digest && DIGEST.test(media.digest) ? await rooms.media(media.digest) : null
    if (!media || !file) throw new RelaisError('no-file', id)
    return fileResponse(media, file, request)
  })
  api.openAPIRegistry.registerPath({
    method: 'get',
    path: '/api/v1/media/{id}',
    summary: 'The file that came with a message',
    description:
      'By the message’s id. Images come to be shown (`inline`), everything else to be saved (`attachment`), with the type that the bytes have. 404 `no-file` until it was fetched from the platform, and once the customer has deleted the message.',
    tags: ['Messages'],
    security: [{ bearer: [] }, { session: [] }],
    request: { params: shape.messageId },
    responses: {
      200: { description: 'The file.', content: { '*/*': { schema: { type: 'string', format: 'binary' } } } },
      default: {
        description: 'What went wrong, and what to do.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  })
}
