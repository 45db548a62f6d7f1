/**
 * A customer's message in the platform's shape -> content in the house's.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages (read 2026-11-22)
 */
import type { Content, MediaKind } from '../../core/content.ts'
import { asId, type VendorId } from '../../core/ids.ts'
import { asJson, type Json, parseJson, readFlag, readJson, readList, readNumber, readText, tameValue } from './wire.ts'

const vendorId = (text: string | undefined): VendorId | undefined => (text === undefined ? undefined : asId<VendorId>(text))

/** The message this one points at: a reply, a tapped button, a list row. */
export const targetOf = (message: Json): VendorId | undefined => vendorId(readText(readJson(message, 'context'), 'id'))

const unsupported = (what: string): Content => ({ type: 'unsupported', what })

const choice = (id: string | undefined, label: string | undefined, target: VendorId | undefined, what: string): Content =>
  id === undefined && label === undefined ? unsupported(what) : { type: 'choice', id: id ?? label ?? '', label: label ?? id ?? '', target }

const mediaOf = (kind: MediaKind, body: Json | undefined): Content => {
  const id = readText(body, 'id')
  if (id === undefined) return unsupported(kind)
  return {
    type: 'media',
    kind,
    media: {
      vendorId: asId<VendorId>(id),
      mime: readText(body, 'mime_type') ?? 'application/octet-stream',
      sha256: readText(body, 'sha256'),
      filename: readText(body, 'filename'),
    },
    caption: readText(body, 'caption'),
    voice: kind === 'audio' ? readFlag(body, 'voice') : undefined,
  }
}

/** What a form sent back is a JSON document inside a string; one that is none is kept as it came. */
const formOf = (reply: Json | undefined): Content => {
  const text = readText(reply, 'response_json')
  const values = asJson(tameValue(text === undefined ? undefined : parseJson(text)))
  return { type: 'form', name: readText(reply, 'name') ?? 'flow', values: values ?? (text === undefined ? {} : { text }) }
}

const interactiveOf = (body: Json | undefined, target: VendorId | undefined): Content => {
  const type = readText(body, 'type') ?? 'interactive'
  const reply = readJson(body, type)
  switch (type) {
    case 'button_reply':
    case 'list_reply':
      return choice(readText(reply, 'id'), readText(reply, 'title'), target, type)
    case 'nfm_reply':
      return formOf(reply)
    case 'call_permission_reply':
      return { type: 'form', name: type, values: asJson(tameValue(reply)) ?? {} }
    default:
      return unsupported(`interactive:${type}`)
  }
}

const locationOf = (body: Json | undefined): Content => {
  const latitude = readNumber(body, 'latitude')
  const longitude = readNumber(body, 'longitude')
  if (latitude === undefined || longitude === undefined) return unsupported('location')
  return { type: 'location', latitude, longitude, name: readText(body, 'name'), address: readText(body, 'address') }
}

const contactsOf = (message: Json): Content => ({
  type: 'contacts',
  contacts: readList(message, 'contacts').map((card) => ({
    name: readText(readJson(card, 'name'), 'formatted_name') ?? '',
    phones: readList(card, 'phones').flatMap((phone) => readText(phone, 'phone') ?? readText(phone, 'wa_id') ?? []),
  })),
})

const orderOf = (body: Json | undefined): Content => ({
  type: 'order',
  text: readText(body, 'text'),
  items: readList(body, 'product_items').map((item) => ({
    product: readText(item, 'product_retailer_id') ?? '',
    quantity: readNumber(item, 'quantity') ?? 1,
    price: readNumber(item, 'item_price'),
    currency: readText(item, 'currency'),
  })),
})

const unsupportedOf = (message: Json): Content => {
  const type = readText(readJson(message, 'unsupported'), 'type')
  const code = readText(readList(message, 'errors')[0], 'code')
  return unsupported(type ?? (code === undefined ? 'unsupported' : `error:${code}`))
}

/** Total: what is not known is `unsupported` content, so that an agent sees that something came and the service window opens. */
export const readContent = (message: Json): Content => {
  const type = readText(message, 'type') ?? 'untyped'
  const body = readJson(message, type)
  switch (type) {
    case 'text': {
      const text = readText(body, 'body')
      return text === undefined ? unsupported('text') : { type: 'text', text }
    }
    case 'image':
    case 'video':
    case 'document':
    case 'audio':
    case 'sticker':
      return mediaOf(type, body)
    case 'interactive':
      return interactiveOf(body, targetOf(message))
    case 'button':
      return choice(readText(body, 'payload'), readText(body, 'text'), targetOf(message), type)
    case 'location':
      return locationOf(body)
    case 'contacts':
      return contactsOf(message)
    case 'reaction': {
      const target = vendorId(readText(body, 'message_id'))
      return target === undefined ? unsupported('reaction') : { type: 'reaction', target, emoji: readText(body, 'emoji') ?? null }
    }
    case 'order':
      return orderOf(body)
    case 'unsupported':
      return unsupportedOf(message)
    default:
      return unsupported(type)
  }
}
