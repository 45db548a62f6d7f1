import type { Fields } from '../wire.ts'
import { fieldsOf, isFields, listOf, textOf } from '../wire.ts'
import { GraphError } from './errors.ts'
import { type MediaStore, mediaOf, type StoredMedia } from './media.ts'
import { type FilledTemplate, fillTemplate, type TemplateBook } from './templates.ts'

/** What a phone shows of one message. */
export interface Look {
  text: string
  header?: string
  footer?: string
  buttons?: readonly { id: string; label: string; from: 'interactive' | 'template'; url?: string }[]
  /** The word on a list's button, and its rows. */
  opens?: string
  rows?: readonly { id: string; title: string; description?: string; section?: string }[]
  link?: { label: string; url: string }
  media?: { id: string | undefined; link?: string; mime?: string; filename?: string; bytes?: Uint8Array }
  place?: { latitude: number; longitude: number; name?: string; address?: string }
  contacts?: readonly unknown[]
  reaction?: { to: string; emoji: string }
}

export interface Checked extends Look {
  template?: FilledTemplate
}

interface Shelf {
  readonly media: MediaStore
  readonly templates: TemplateBook
}

/**
 * Checks the body of a message as the platform does and says how it will look. Lengths are counted in UTF-16 units, the strictest
 * reading. Throws `GraphError`. Limits: …/whatsapp/messages/* and …/send-messages (2025–2026, read 2026-11-22).
 */
export function checkMessage(type: string, body: Fields, shelf: Shelf): Checked {
  const check = Object.hasOwn(checks, type) ? checks[type] : undefined
  if (!check) throw new GraphError(131051, `Message type ${type} is currently not supported.`)
  const content = type === 'contacts' ? { contacts: body.contacts } : body[type]
  if (!isFields(content)) throw new GraphError(131008, `Required parameter is missing: ${type}.`)
  if (body.context !== undefined && textOf(fieldsOf(body.context).message_id) === '') {
    throw new GraphError(131009, "Param context['message_id'] must be a message id.")
  }
  return check(content, shelf)
}

const checks: Record<string, (content: Fields, shelf: Shelf) => Checked> = {
  text: (content) => {
    if (content.body === undefined) throw new GraphError(131008, "Required parameter is missing: text['body'].")
    const text = textOf(content.body)
    if (text === '') throw new GraphError(100, "Param text['body'] must be a non-empty string.")
    if (text.length > 4096) throw new GraphError(100, "Param text['body'] must be at most 4096 characters long.")
    return { text }
  },
  template: (content, shelf) => {
    const template = fillTemplate(shelf.templates, content)
    const buttons = template.buttons.map(({ label, payload, url }) => ({
      id: payload ?? '',
      label,
      from: 'template' as const,
      ...(url === undefined ? {} : { url }),
    }))
    return { text: template.text, template, ...(buttons.length > 0 ? { buttons } : {}) }
  },
  interactive: (content, shelf) => checkInteractive(content, shelf),
  image: (content, shelf) => checkMedia('image', content, shelf),
  audio: (content, shelf) => checkMedia('audio', content, shelf),
  video: (content, shelf) => checkMedia('video', content, shelf),
  document: (content, shelf) => checkMedia('document', content, shelf),
  sticker: (content, shelf) => checkMedia('sticker', content, shelf),
  location: (content) => {
    const { latitude, longitude } = content
    const [lat, lng] = [Number(latitude ?? Number.NaN), Number(longitude ?? Number.NaN)]
    if (latitude === undefined || longitude === undefined) throw new GraphError(131008, 'Required parameter is missing: location.')
    if (!(Math.abs(lat) <= 90 && Math.abs(lng) <= 180)) throw new GraphError(131009, 'Latitude or longitude is not valid.')
    const [name, address] = [textOf(content.name), textOf(content.address)]
    return { text: name, place: { latitude: lat, longitude: lng, ...(name ? { name } : {}), ...(address ? { address } : {}) } }
  },
  contacts: ({ contacts }) => {
    const cards = listOf(contacts)
    if (cards.length < 1 || cards.length > 257) throw new GraphError(131009, 'Contacts must be between 1 and 257.')
    const names = cards.map((card) => textOf(fieldsOf(fieldsOf(card).name).formatted_name))
    if (names.includes('')) throw new GraphError(131008, "Required parameter is missing: contacts['name']['formatted_name'].")
    return { text: names.join(', '), contacts: cards }
  },
  reaction: (content) => {
    const to = textOf(content.message_id)
    if (to === '') throw new GraphError(131008, "Required parameter is missing: reaction['message_id'].")
    return { text: textOf(content.emoji), reaction: { to, emoji: textOf(content.emoji) } }
  },
}

function checkMedia(kind: string, content: Fields, shelf: Shelf): Checked {
  const caption = textOf(content.caption)
  if (caption.length > 1024) throw new GraphError(100, `Param ${kind}['caption'] must be at most 1024 characters long.`)
  if (caption && (kind === 'audio' || kind === 'sticker')) throw new GraphError(100, `Unexpected key "caption" on param "${kind}".`)
  const stored = mediaOf(shelf.media, kind, content)
  return { text: caption, media: lookOf(stored, content) }
}

const lookOf = (stored: StoredMedia | undefined, content: Fields): NonNullable<Look['media']> => {
  const filename = textOf(content.filename) || stored?.filename
  return {
    id: stored?.id,
    ...(typeof content.link === 'string' ? { link: content.link } : {}),
    ...(stored ? { mime: stored.mime, bytes: stored.bytes } : {}),
    ...(filename ? { filename } : {}),
  }
}

const bodyLimit: Record<string, number> = { button: 1024, list: 4096, cta_url: 1024 }

function checkInteractive(content: Fields, shelf: Shelf): Checked {
  const type = textOf(content.type)
  const limit = bodyLimit[type]
  if (limit === undefined) throw new GraphError(131009, `Interactive type ${type || 'missing'} is not supported.`)
  const header = fieldsOf(content.header)
  const kind = textOf(header.type)
  if (kind !== '' && kind !== 'text' && type === 'list') throw new GraphError(131009, 'A list takes a header of type text only.')
  const media = ['image', 'video', 'document'].includes(kind) ? mediaOf(shelf.media, kind, fieldsOf(header[kind])) : undefined
  const footer = content.footer === undefined ? '' : label("footer['text']", fieldsOf(content.footer).text, 60)
  return {
    text: label("body['text']", fieldsOf(content.body).text, limit),
    ...(kind === 'text' ? { header: label("header['text']", header.text, 60) } : {}),
    ...(footer ? { footer } : {}),
    ...(media ? { media: lookOf(media, {}) } : {}),
    ...actionOf(type, fieldsOf(content.action)),
  }
}

function actionOf(type: string, action: Fields): Partial<Look> {
  if (type === 'button') return { buttons: buttonsOf(listOf(action.buttons).map(fieldsOf)) }
  if (type === 'list') return { opens: label("action['button']", action.button, 20), rows: rowsOf(listOf(action.sections).map(fieldsOf)) }
  const parameters = fieldsOf(action.parameters)
  const url = textOf(parameters.url)
  if (url === '') throw new GraphError(131008, "Required parameter is missing: action['parameters']['url'].")
  if (!/^https?:\/\/\S+$/.test(url)) throw new GraphError(131009, "action['parameters']['url'] is not a valid URL.")
  return { link: { label: label("action['parameters']['display_text']", parameters.display_text, 20), url } }
}

function buttonsOf(given: readonly Fields[]): NonNullable<Look['buttons']> {
  if (given.length < 1 || given.length > 3) {
    throw new GraphError(131009, 'Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3')
  }
  const buttons = given.map((button) => {
    const reply = fieldsOf(button.reply)
    return { id: label('button id', reply.id, 256), label: label('Button title', reply.title, 20), from: 'interactive' as const }
  })
  differ(
    'button ids',
    buttons.map((button) => button.id),
  )
  differ(
    'button titles',
    buttons.map((button) => button.label),
  )
  return buttons
}

function rowsOf(sections: readonly Fields[]): NonNullable<Look['rows']> {
  if (sections.length < 1 || sections.length > 10) throw new GraphError(131009, 'Invalid sections count. Min allowed: 1, Max allowed: 10')
  const rows = sections.flatMap((section) => {
    const title = sections.length > 1 ? label('Section title', section.title, 24) : optional('Section title', section.title, 24)
    return listOf(section.rows)
      .map(fieldsOf)
      .map((row) => {
        const description = optional('Row description', row.description, 72)
        return {
          id: label('Row id', row.id, 200),
          title: label('Row title', row.title, 24),
          ...(description ? { description } : {}),
          ...(title ? { section: title } : {}),
        }
      })
  })
  if (rows.length < 1) throw new GraphError(131008, 'Required parameter is missing: rows.')
  if (rows.length > 10) throw new GraphError(131009, 'Total row count exceed max allowed count: 10')
  differ(
    'row ids',
    rows.map((row) => row.id),
  )
  return rows
}

function label(what: string, value: unknown, max: number): string {
  if (value === undefined) throw new GraphError(131008, `Required parameter is missing: ${what}.`)
  const text = textOf(value)
  if (text === '' || text.length > max) throw new GraphError(131009, `${what} length invalid. Min length: 1, Max length: ${max}`)
  return text
}

const optional = (what: string, value: unknown, max: number): string => (value === undefined || value === '' ? '' : label(what, value, max))

function differ(what: string, values: readonly string[]): void {
  if (new Set(values).size !== values.length) throw new GraphError(131009, `Duplicated ${what}.`)
}
