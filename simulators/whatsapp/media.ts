import { createHash } from 'node:crypto'
import type { Call, Fields, Said } from '../wire.ts'
import { json } from '../wire.ts'
import { GraphError } from './errors.ts'
import type { Ids } from './ids.ts'

const day = 86_400_000
const uploadMs = 30 * day
/** Of ids in webhooks, since 2025-10-09. */
const inboundMs = 7 * day
const urlMs = 5 * 60_000
const megabyte = 1024 * 1024

/** Largest sizes and accepted types per kind. Source: …/whatsapp/business-phone-numbers/media (2025-12-02, read 2026-11-22). */
const kinds: Record<string, { bytes: number; types: readonly string[] }> = {
  image: { bytes: 5 * megabyte, types: ['image/jpeg', 'image/png'] },
  audio: { bytes: 16 * megabyte, types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'] },
  video: { bytes: 16 * megabyte, types: ['video/mp4', 'video/3gpp'] },
  sticker: { bytes: 512_000, types: ['image/webp'] },
  document: {
    bytes: 100 * megabyte,
    types: [
      'text/plain',
      'application/pdf',
      'application/msword',
      'application/vnd.ms-excel',
      'application/vnd.ms-powerpoint',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ],
  },
}

export interface StoredMedia {
  readonly id: string
  readonly mime: string
  readonly bytes: Uint8Array
  readonly filename: string | undefined
  readonly sha256: Buffer
  readonly expiresAt: number
}

export interface MediaStore {
  put(media: { bytes: Uint8Array; mime: string; filename?: string; from: 'business' | 'customer' }): StoredMedia
  /** `undefined` when unknown, deleted or expired (30 days after an upload, 7 days after a webhook). */
  find(id: string): StoredMedia | undefined
  remove(id: string): boolean
  /** A download address good for 5 minutes. */
  url(id: string, origin: string): string
  /** Answers a download address. */
  download(query: URLSearchParams): Said
  reset(): void
}

export function makeMediaStore(ids: Ids, now: () => number): MediaStore {
  const kept = new Map<string, StoredMedia>()
  const sign = (id: string, until: number) => createHash('sha256').update(`${id}:${until}:simulator`).digest('hex').slice(0, 24)
  const store: MediaStore = {
    put({ bytes, mime, filename, from }) {
      const media: StoredMedia = {
        id: ids.media(),
        mime,
        bytes,
        filename,
        sha256: createHash('sha256').update(bytes).digest(),
        expiresAt: now() + (from === 'business' ? uploadMs : inboundMs),
      }
      kept.set(media.id, media)
      return media
    },
    find(id) {
      const media = kept.get(id)
      return media && now() < media.expiresAt ? media : undefined
    },
    remove: (id) => kept.delete(id),
    url(id, origin) {
      const until = now() + urlMs
      return `${origin}/whatsapp_business/attachments/?mid=${id}&ext=${until}&hash=${sign(id, until)}`
    },
    download(query) {
      const id = query.get('mid') ?? ''
      const until = Number(query.get('ext'))
      const media = store.find(id)
      if (!media || query.get('hash') !== sign(id, until) || now() >= until) {
        return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not Found' }
      }
      return { status: 200, headers: { 'content-type': media.mime }, body: media.bytes }
    },
    reset: () => kept.clear(),
  }
  return store
}

/** `POST /{phone-number-id}/media`: multipart with `messaging_product`, `file`, `type`. */
export async function upload(store: MediaStore, call: Call): Promise<Said> {
  const form = await readForm(call)
  if (form.get('messaging_product') !== 'whatsapp') {
    throw new GraphError(100, undefined, { bare: '(#100) The parameter messaging_product is required.' })
  }
  const file = form.get('file')
  if (file === null || typeof file === 'string') throw new GraphError(100, undefined, { bare: '(#100) The parameter file is required.' })
  const asked = form.get('type')
  const mime = bareType(file.type || (typeof asked === 'string' ? asked : ''))
  const kind = Object.values(kinds).find((one) => one.types.includes(mime))
  if (!kind) throw new GraphError(131053, `Param file must be a file of a supported type, not ${mime || 'of none'}.`)
  if (file.size > kind.bytes) throw new GraphError(131053, `File size too large: ${file.size} bytes, at most ${kind.bytes}.`)
  const bytes = new Uint8Array(await file.arrayBuffer())
  const media = store.put({ bytes, mime, from: 'business', ...(file.name ? { filename: file.name } : {}) })
  return json(200, { id: media.id })
}

async function readForm(call: Call): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(call.body), { headers: { 'content-type': call.header('content-type') ?? '' } }).formData()
  } catch {
    throw new GraphError(100, 'The body is not multipart/form-data.')
  }
}

/** `GET /{media-id}`. The hash is hexadecimal here and base64 in webhooks. */
export const describe = (store: MediaStore, media: StoredMedia, origin: string): Fields => ({
  messaging_product: 'whatsapp',
  url: store.url(media.id, origin),
  mime_type: media.mime,
  sha256: media.sha256.toString('hex'),
  file_size: media.bytes.byteLength,
  id: media.id,
})

/** The media a message names, checked for its kind; a `link` is taken at its word. Throws 131008, 131009, 131053. */
export function mediaOf(store: MediaStore, kind: string, content: Fields): StoredMedia | undefined {
  if (typeof content.link === 'string') return undefined
  if (typeof content.id !== 'string') throw new GraphError(131008, `Required parameter is missing: ${kind}['id'] or ${kind}['link'].`)
  const media = store.find(content.id)
  if (!media) throw new GraphError(131009, `Media ID ${content.id} does not exist or has expired.`)
  const known = kinds[kind]
  if (known && !known.types.includes(bareType(media.mime))) throw new GraphError(131053, `${media.mime} cannot be sent as ${kind}.`)
  return media
}

const bareType = (mime: string): string => (mime.split(';')[0] ?? '').trim().toLowerCase()
