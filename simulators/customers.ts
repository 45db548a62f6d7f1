/** The demo agency's customers: who is there from the first second, who can join, and how they come back after a restart. */

import type { StagedProvider } from './staged/provider.ts'
import type { User, WhatsAppSimulator } from './whatsapp/index.ts'
import type { PhoneMessage } from './whatsapp/people.ts'
import { type Clock, fieldsOf, listOf, pause, textOf } from './wire.ts'

/** Calls the business's own API, as its agent. */
export type Api = (path: string, body?: object) => Promise<unknown>

/**
 * How a number of each country begins, and how many digits follow. Numbers kept for fiction where a regulator has some: Arcep 06 39 98,
 * NANPA 555-01, Bundesnetzagentur 0176 040690.
 */
const NUMBERS: Readonly<Record<string, { readonly begins: string; readonly digits: number; readonly names: readonly string[] }>> = {
  FR: { begins: '+33639980', digits: 3, names: ['Léa Bernard', 'Hugo Lefèvre', 'Manon Roux', 'Karim Messaoudi'] },
  IT: { begins: '+39347555', digits: 4, names: ['Giulia Ferrari', 'Marco Conti', 'Chiara Gallo'] },
  BR: { begins: '+551195550', digits: 4, names: ['João Almeida', 'Beatriz Souza', 'Rafael Lima'] },
  DE: { begins: '+49176040690', digits: 2, names: ['Jonas Weber', 'Anna Schäfer', 'Lukas Braun'] },
  TR: { begins: '+90532555', digits: 4, names: ['Elif Yılmaz', 'Mehmet Kaya', 'Zeynep Demir'] },
  US: { begins: '+121255501', digits: 2, names: ['Emma Johnson', 'Noah Williams', 'Olivia Davis'] },
  IN: { begins: '+9198765', digits: 5, names: ['Priya Sharma', 'Arjun Patel', 'Ananya Iyer'] },
  GB: { begins: '+447400123', digits: 3, names: ['Oliver Hughes', 'Amelia Clarke', 'George Evans'] },
}
export const COUNTRIES = Object.keys(NUMBERS)

/** There from the first second: the docs write to them. */
export const REGULARS = [
  { name: 'Camille Laurent', phone: '+33639980018' },
  { name: 'Thomas Girard', phone: '+33639980019' },
  { name: 'Aïcha Benali', phone: '+33639980037' },
  { name: 'Emily Carter', phone: '+447400123815' },
] as const

/** Somebody new of a country; without `phone`, or once all its numbers are taken, known by a user id only. */
export const join = (whatsapp: WhatsAppSimulator, random: () => number, country: string, phone: boolean, name?: string): User => {
  const { begins, digits, names } = NUMBERS[country] ?? { begins: '+33639980', digits: 3, names: ['Léa Bernard'] }
  const taken = new Set(whatsapp.users().map((user) => user.person.name))
  const free = names.find((one) => !taken.has(one)) ?? `${names[0]} ${taken.size}`
  const called = name?.trim() || free
  const count = 10 ** digits
  const first = Math.floor(random() * count)
  for (let step = 0; phone && step < count; step += 1) {
    const number = begins + String((first + step) % count).padStart(digits, '0')
    if (!whatsapp.findUser(number)) return whatsapp.user({ name: called, phone: number })
  }
  return whatsapp.user({ name: called, userId: `${country}.${Array.from({ length: 16 }, () => Math.floor(random() * 10)).join('')}` })
}

/**
 * Who was there before comes back with the thread that the business kept, each line in the app it came by; then the regulars who are missing.
 * @returns when the last message was, ms; 0 where there is none: the house is new
 */
export const restore = async (whatsapp: WhatsAppSimulator, providers: readonly StagedProvider[], api: Api): Promise<number> => {
  let last = 0
  for (const contact of listOf(fieldsOf(await api('/contacts?limit=100')).items)
    .map(fieldsOf)
    .reverse())
    last = Math.max(last, await restoreOne(whatsapp, providers, api, contact))
  for (const regular of REGULARS) if (!whatsapp.findUser(regular.phone)) whatsapp.user(regular)
  return last
}

const restoreOne = async (
  whatsapp: WhatsAppSimulator,
  providers: readonly StagedProvider[],
  api: Api,
  contact: ReturnType<typeof fieldsOf>,
): Promise<number> => {
  const addresses = listOf(contact.addresses).map(fieldsOf)
  const of = (kind: string) => textOf(addresses.find((one) => one.kind === kind)?.value)
  const [phone, userId] = [of('whatsapp'), of('whatsapp_user')]
  if (!phone && !userId) return 0
  const user = whatsapp.user({
    name: textOf(contact.name) || phone || userId,
    ...(phone ? { phone, hidesPhone: false } : {}),
    ...(userId ? { userId } : {}),
  })
  let last = 0
  const page = contact.conversationId ? await api(`/conversations/${textOf(contact.conversationId)}/messages?limit=60`) : {}
  for (const message of listOf(fieldsOf(page).items).map(fieldsOf).reverse()) {
    const line = lineOf(message)
    if (!line) continue
    const other = providers.find(({ id }) => id === message.channel)?.inbox
    if (other) {
      const { id, at, text, from } = line
      const subject = textOf(fieldsOf(message.content).subject)
      const address = other.addressOf({ name: user.person.name, phone: phone || null })
      if (address)
        other.restore(address, { id, at, text, from: from === 'customer' ? from : 'business', read: true, ...(subject ? { subject } : {}) })
      last = Math.max(last, at)
      continue
    }
    user.person.thread.push(line)
    if (line.from === 'customer') user.person.windows.wroteAt = line.at
    last = Math.max(last, line.at)
  }
  return last
}

/** What never reached a phone is not on it; what a picture showed is gone with the process that held it. */
const lineOf = (message: ReturnType<typeof fieldsOf>): PhoneMessage | null => {
  const id = textOf(message.vendorId)
  const inbound = message.direction === 'in'
  if (!id || message.content === null || (!inbound && message.deliveredAt === null)) return null
  const content = fieldsOf(message.content)
  const type = textOf(content.type)
  if (type === 'reaction' || type === 'unsupported') return null
  const choices = (key: string) =>
    listOf(content[key])
      .map(fieldsOf)
      .map((one) => ({ id: textOf(one.id), label: textOf(one.label) }))
  return {
    id,
    from: inbound ? 'customer' : 'business',
    type,
    at: Number(message.at),
    content: {},
    readAt: Number(message.readAt ?? message.at),
    reactions: [],
    text: textOf(content.text) || textOf(content.caption) || textOf(content.label) || textOf(content.name),
    ...(type === 'buttons' ? { buttons: choices('buttons').map((one) => ({ ...one, from: 'interactive' as const })) } : {}),
    ...(type === 'list'
      ? { opens: textOf(content.button), rows: choices('rows').map(({ id: row, label }) => ({ id: row, title: label })) }
      : {}),
    ...(type === 'location' ? { place: { latitude: Number(content.latitude), longitude: Number(content.longitude) } } : {}),
  }
}

/** A little of yesterday for a new house: one who waits for an adviser, one whose question was answered, one who agreed to offers. */
export const enliven = async (whatsapp: WhatsAppSimulator, clock: Clock, api: Api): Promise<void> => {
  whatsapp.findUser(REGULARS[1].phone)?.sendText('Bonjour, je voudrais parler à un conseiller au sujet de mon séjour à Marrakech.')
  whatsapp.findUser(REGULARS[2].phone)?.sendText('Puis-je payer mon voyage en plusieurs fois ?')
  const found = () => api(`/contacts?address=${encodeURIComponent(REGULARS[2].phone)}`)
  for (let tries = 0; tries < 20; tries += 1) {
    const id = textOf(fieldsOf(listOf(fieldsOf(await found()).items)[0]).id)
    if (!id) {
      await pause(clock, 250)
      continue
    }
    const words = 'Recevoir les offres de Voyages Lumière par messagerie (case cochée en agence).'
    await api(`/contacts/${id}/consents`, { channelKind: 'whatsapp', category: 'marketing', given: true, words, source: 'demo' })
    return
  }
}
