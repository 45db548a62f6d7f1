/**
 * What visitors did -> events. Nobody calls this channel from outside: the house's own page room hands over what it let in, under the house's
 * seal. An event's id names its visitor, so that nobody's id takes another's place.
 */
import { timingSafeEqual } from 'node:crypto'
import type { Received, Tools } from '../../core/channel.ts'
import type { Content } from '../../core/content.ts'
import type { Inbound } from '../../core/event.ts'
import { asId, type Digest, type VendorId } from '../../core/ids.ts'
import { SEAL } from '../../core/visitor.ts'

type Json = Readonly<Record<string, unknown>>
const jsonOf = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {})
/** What PostgreSQL and UTF-8 cannot hold becomes U+FFFD. */
const tame = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD')
const textAt = (from: Json, key: string): string | undefined => {
  const value = from[key]
  return typeof value === 'string' && value !== '' ? tame(value) : undefined
}

const isSealed = (given: string | null, seal: string): boolean => {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(seal)]
  return one.length === other.length && timingSafeEqual(one, other)
}

const readContent = (content: Json): Content => {
  const text = textAt(content, 'text')
  if (content.type === 'text' && text) return { type: 'text', text }
  const [id, label] = [textAt(content, 'id'), textAt(content, 'label')]
  if (content.type === 'choice' && id && label) {
    const target = textAt(content, 'target')
    return { type: 'choice', id, label, ...(target ? { target: asId<VendorId>(target) } : {}) }
  }
  const media = jsonOf(content.media)
  const digest = textAt(media, 'digest')
  if (content.type === 'media' && digest && /^[0-9a-f]{64}$/.test(digest)) {
    const filename = textAt(media, 'filename')
    return {
      type: 'media',
      kind: content.kind === 'image' ? 'image' : 'document',
      media: {
        digest: asId<Digest>(digest),
        mime: textAt(media, 'mime') ?? 'application/octet-stream',
        ...(typeof media.bytes === 'number' && Number.isSafeInteger(media.bytes) ? { bytes: media.bytes } : {}),
        ...(filename ? { filename } : {}),
      },
    }
  }
  return { type: 'unsupported', what: 'post' }
}

const readReceipts = (post: Json, visitor: string, at: number): readonly Inbound[] => {
  const list = Array.isArray(post.receipts) ? post.receipts.map(jsonOf) : []
  const read = list.flatMap((receipt): readonly Inbound[] => {
    const target = textAt(receipt, 'target')
    const status = receipt.status === 'read' ? 'read' : receipt.status === 'delivered' ? 'delivered' : null
    if (!target || !status) return []
    return [{ kind: 'receipt', vendorId: asId<VendorId>(`${visitor}:${target}:${status}`), at, status, target: asId<VendorId>(target) }]
  })
  return [...new Map(read.map((event) => [event.vendorId, event])).values()]
}

const readPost = (post: Json, tools: Tools): readonly Inbound[] => {
  const visitor = textAt(post, 'visitor')
  const at = typeof post.at === 'number' && Number.isSafeInteger(post.at) && post.at > 0 ? post.at : tools.now()
  if (!visitor) return []
  if (post.kind === 'receipts') return readReceipts(post, visitor, at)
  const id = textAt(post, 'id')
  if (post.kind !== 'message' || !id) return []
  const [replyTo, source] = [textAt(post, 'replyTo'), textAt(post, 'source')]
  const language = post.language === 'fr' || post.language === 'en' ? post.language : null
  return [
    {
      kind: 'message',
      vendorId: asId<VendorId>(`${visitor}:${id}`),
      at,
      from: { addresses: [{ kind: 'web', value: visitor }] },
      content: readContent(jsonOf(post.content)),
      ...(language ? { language } : {}),
      ...(replyTo ? { replyTo: asId<VendorId>(replyTo) } : {}),
      ...(source ? { referral: { source, opensFreeEntry: false } } : {}),
    },
  ]
}

/** Total: never throws. */
export const receive = (tools: Tools, request: Request, body: Uint8Array): Received => {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
  if (!isSealed(request.headers.get(SEAL), tools.seal(text))) {
    tools.log.warn('webhook.seal-refused', { channel: tools.channel, bytes: body.length })
    return { events: [], reply: new Response(null, { status: 401 }) }
  }
  try {
    return { events: readPost(jsonOf(JSON.parse(text)), tools), reply: new Response(null, { status: 200 }) }
  } catch {
    return { events: [], reply: new Response(null, { status: 400 }) }
  }
}
