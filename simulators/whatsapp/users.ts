import type { Fields } from '../wire.ts'
import { webhookError } from './errors.ts'
import { type Extra, inboundMedia, prefer, renumber, usualAd, write } from './inbound.ts'
import type { Person, PhoneMessage } from './people.ts'
import { arrive, readUpTo, tell } from './receipts.ts'
import type { World } from './world.ts'

/** A person holding a phone. Every method does one thing on the phone; what the business is told follows by webhook. */
export interface User {
  readonly person: Person
  /** What the phone shows, both sides, oldest first. */
  readonly thread: readonly PhoneMessage[]
  /** The business's (and its agent's) messages only. */
  readonly received: readonly PhoneMessage[]
  readonly isTyping: boolean
  /** Returns the new message's id, as all `send…` do. */
  sendText(text: string, extra?: Extra): string
  /** @param button its id, payload or label; @param message its id, default the youngest with that button */
  tapButton(button: string, message?: string): string
  /** @param row its id or title */
  tapListRow(row: string, message?: string): string
  sendImage(bytes: Uint8Array, detail?: { mime?: string; caption?: string } & Extra): string
  sendVideo(bytes: Uint8Array, detail?: { mime?: string; caption?: string } & Extra): string
  sendDocument(bytes: Uint8Array, detail?: { mime?: string; caption?: string; filename?: string } & Extra): string
  sendAudio(bytes: Uint8Array, detail?: { mime?: string; voice?: boolean } & Extra): string
  sendSticker(bytes: Uint8Array, detail?: { mime?: string; animated?: boolean } & Extra): string
  sendLocation(place: { latitude: number; longitude: number; name?: string; address?: string; url?: string }): string
  sendContacts(contacts: readonly Fields[]): string
  /** An empty emoji takes the reaction back. */
  react(message: string, emoji: string): string
  order(order: {
    catalogId: string
    text?: string
    items: readonly { id: string; quantity: number; price: number; currency: string }[]
  }): string
  /** The answer of a form (flow). */
  sendForm(data: Fields, message?: string): string
  /** Changes or withdraws one of their own messages. */
  edit(message: string, text: string): string
  revoke(message: string): string
  /** Something the API cannot carry (`poll`, `edit`…); `code` 131052 for a file that could not be fetched. */
  unsupported(kind?: string, code?: 131051 | 131052): string
  /** Writes from an ad that clicks to WhatsApp: opens the free entry point when the business answers. */
  sendFromAd(text: string, ad?: Fields): string
  /** New number (E.164): system message and `user_id_update`. Without one only the user id changes. */
  changeNumber(phone?: string): void
  stopMarketing(): void
  resumeMarketing(): void
  /** Opens the thread: all (or all up to `message`) is read. */
  read(message?: string): void
  /** Plays a voice message. */
  play(message: string): void
  goOffline(): void
  goOnline(): void
  /** From now on messages are read as they arrive. */
  readAtOnce(): void
}

/** The hand that holds the phone. */
export function makeUser(world: World, person: Person): User {
  return {
    person,
    get thread() {
      return person.thread
    },
    get received() {
      return person.thread.filter((line) => line.from !== 'customer')
    },
    get isTyping() {
      return world.clock.now() < person.typingUntil
    },
    ...writing(world, person),
    ...sendingFiles(world, person),
    ...tapping(world, person),
    ...touching(world, person),
    ...settings(world, person),
  }
}

const shownTo = (person: Person, fits: (line: PhoneMessage) => boolean, what: string): PhoneMessage => {
  const found = person.thread.findLast((line) => line.from !== 'customer' && fits(line))
  if (!found) throw new Error(`${person.name}'s phone shows no ${what}`)
  return found
}

type Writing = Pick<User, 'sendText' | 'sendFromAd' | 'sendLocation' | 'sendContacts' | 'order' | 'sendForm' | 'unsupported'>

const writing = (world: World, person: Person): Writing => ({
  sendText: (text, extra) => write(world, person, 'text', { body: text }, { text }, extra),
  sendFromAd: (text, ad = {}) => write(world, person, 'text', { body: text }, { text }, { referral: { ...usualAd, ...ad } }),
  sendLocation: (place) => write(world, person, 'location', { ...place }, { text: place.name ?? '', place }),
  sendContacts: (contacts) => write(world, person, 'contacts', { contacts }, { text: '', contacts }),
  order({ catalogId, text = '', items }) {
    const products = items.map(({ id, quantity, price, currency }) => ({ product_retailer_id: id, quantity, item_price: price, currency }))
    return write(world, person, 'order', { catalog_id: catalogId, text, product_items: products }, { text })
  },
  sendForm(data, message) {
    const reply = { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: JSON.stringify(data) } }
    return write(world, person, 'interactive', reply, { text: 'Sent' }, message === undefined ? {} : { answers: message })
  },
  unsupported: (kind = 'poll', code = 131051) =>
    write(world, person, 'unsupported', { type: kind }, { text: '' }, { errors: [webhookError(code)] }),
})

interface MediaDetail extends Extra {
  mime?: string
  caption?: string
  filename?: string
  voice?: boolean
  animated?: boolean
}

type SendingFiles = Pick<User, 'sendImage' | 'sendVideo' | 'sendDocument' | 'sendAudio' | 'sendSticker'>

function sendingFiles(world: World, person: Person): SendingFiles {
  const media = (kind: string, usual: string, bytes: Uint8Array, detail: MediaDetail): string => {
    const { mime = usual, caption, answers, forwarded, referral, ...rest } = detail
    const stored = world.media.put({ bytes, mime, from: 'customer', ...(detail.filename ? { filename: detail.filename } : {}) })
    const content = { ...(caption === undefined ? {} : { caption }), ...rest, ...inboundMedia(world, stored) }
    const extra = { ...(answers ? { answers } : {}), ...(forwarded ? { forwarded } : {}), ...(referral ? { referral } : {}) }
    return write(world, person, kind, content, { text: caption ?? '', media: { id: stored.id, mime, bytes } }, extra)
  }
  return {
    sendImage: (bytes, detail = {}) => media('image', 'image/jpeg', bytes, detail),
    sendVideo: (bytes, detail = {}) => media('video', 'video/mp4', bytes, detail),
    sendDocument: (bytes, detail = {}) => media('document', 'application/pdf', bytes, { filename: 'document.pdf', ...detail }),
    sendAudio: (bytes, detail = {}) => media('audio', 'audio/ogg; codecs=opus', bytes, { voice: true, ...detail }),
    sendSticker: (bytes, detail = {}) => media('sticker', 'image/webp', bytes, { animated: false, ...detail }),
  }
}

/** Buttons of templates answer with `button`, all others with `interactive`; a link is no answer. */
const tapping = (world: World, person: Person): Pick<User, 'tapButton' | 'tapListRow'> => ({
  tapButton(wanted, message) {
    const fits = (one: { id: string; label: string; url?: string }) => one.url === undefined && [one.id, one.label].includes(wanted)
    const line = shownTo(person, (one) => (message ?? one.id) === one.id && (one.buttons ?? []).some(fits), `button ${wanted}`)
    const { id = '', label = '', from } = line.buttons?.find(fits) ?? {}
    const [type, content] =
      from === 'template'
        ? ['button', { payload: id, text: label }]
        : ['interactive', { type: 'button_reply', button_reply: { id, title: label } }]
    return write(world, person, type, content, { text: label }, { answers: line.id })
  },
  tapListRow(wanted, message) {
    const fits = (one: { id: string; title: string }) => [one.id, one.title].includes(wanted)
    const line = shownTo(person, (one) => (message ?? one.id) === one.id && (one.rows ?? []).some(fits), `row ${wanted}`)
    const { section: _, ...row } = line.rows?.find(fits) ?? { id: '', title: '' }
    return write(world, person, 'interactive', { type: 'list_reply', list_reply: row }, { text: row.title }, { answers: line.id })
  },
})

/** What one does to a message that is already there. */
const touching = (world: World, person: Person): Pick<User, 'react' | 'edit' | 'revoke' | 'read' | 'play'> => {
  const lineOf = (id: string) => person.thread.find((line) => line.id === id)
  return {
    react(message, emoji) {
      const line = lineOf(message)
      if (line) line.reactions = line.reactions.filter((one) => one.by !== 'customer')
      if (emoji !== '') line?.reactions.push({ by: 'customer', emoji })
      const content = { message_id: message, ...(emoji === '' ? {} : { emoji }) }
      return write(world, person, 'reaction', content, { text: emoji, reaction: { to: message, emoji } })
    },
    edit(message, text) {
      Object.assign(lineOf(message) ?? {}, { text, edited: true })
      return write(world, person, 'edit', { original_message_id: message, message: { type: 'text', text: { body: text } } }, { text })
    },
    revoke(message) {
      Object.assign(lineOf(message) ?? {}, { text: '', removed: true })
      return write(world, person, 'revoke', { original_message_id: message }, { text: '' })
    },
    read: (message) => readUpTo(world, person, message),
    play: (message) => played(world, person, message),
  }
}

type Settings = Pick<User, 'changeNumber' | 'stopMarketing' | 'resumeMarketing' | 'goOffline' | 'goOnline' | 'readAtOnce'>

const settings = (world: World, person: Person): Settings => ({
  changeNumber: (phone) => renumber(world, person, phone),
  stopMarketing: () => prefer(world, person, 'stop'),
  resumeMarketing: () => prefer(world, person, 'resume'),
  goOffline() {
    person.online = false
  },
  goOnline() {
    person.online = true
    for (const message of person.undelivered.splice(0)) arrive(world, message)
  },
  readAtOnce() {
    person.readsAtOnce = true
  },
})

function played(world: World, person: Person, id: string): void {
  const line = person.thread.find((one) => one.id === id)
  if (!line) throw new Error(`${person.name}'s phone shows no message ${id}`)
  readUpTo(world, person, id)
  const record = world.ledger.sends.find((send) => send.wamid === id)
  if (!record) return
  const pricing = { billable: true, pricing_model: 'PMP' as const, type: 'regular' as const, category: 'service' }
  tell(world, { id, record, person, look: line, pricing, conversation: undefined, priced: true }, 'played')
}
