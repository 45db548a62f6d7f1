/** Reads the phones for the page: one person's thread as they see it. */
import type { LineView, PersonView, PhoneView } from './phone-view.ts'
import type { User, WhatsAppSimulator } from './whatsapp/index.ts'
import type { PhoneMessage } from './whatsapp/people.ts'

const DAY = 86_400_000

/** Tells of a customer's message whether its webhook was answered with 200; reads the ledger only as far as it is new. */
export const createTaken = ({ ledger }: Pick<WhatsAppSimulator, 'ledger'>): ((id: string) => boolean) => {
  const taken = new Set<string>()
  let open: readonly (typeof ledger.webhooks)[number][] = []
  let read = 0
  return (id) => {
    const fresh = [...open, ...ledger.webhooks.slice(read)]
    read = ledger.webhooks.length
    open = fresh.filter((record) => record.answer === null)
    for (const record of fresh) if (record.answer === 200) for (const item of record.items) taken.add(item)
    return taken.has(id)
  }
}

export const personView = ({ person }: User): PersonView => ({
  id: person.userId,
  name: person.name,
  phone: person.phone === null ? null : `+${person.phone}`,
  country: person.country,
  unread: person.unread.length,
  lastAt: person.thread.at(-1)?.at ?? null,
})

export const phoneView = (user: User, taken: (id: string) => boolean): PhoneView => ({
  ...personView(user),
  typing: user.isTyping,
  windowUntil: user.person.windows.wroteAt === null ? null : user.person.windows.wroteAt + DAY,
  online: user.person.online,
  thread: user.thread.map((line) => lineView(line, taken)),
})

const lineView = (line: PhoneMessage, taken: (id: string) => boolean): LineView => ({
  id: line.id,
  from: line.from,
  type: line.type,
  at: line.at,
  text: line.text,
  ...(line.header ? { header: line.header } : {}),
  ...(line.footer ? { footer: line.footer } : {}),
  ...(line.buttons ? { buttons: line.buttons.map(({ id, label, url }) => ({ id, label, ...(url ? { url } : {}) })) } : {}),
  ...(line.opens ? { opens: line.opens, rows: line.rows ?? [] } : {}),
  ...(line.link ? { link: line.link } : {}),
  ...(line.media ? { media: mediaOf(line.media) } : {}),
  ...(line.place ? { place: line.place } : {}),
  ...(line.answers ? { answers: line.answers } : {}),
  reactions: line.reactions,
  taken: line.from !== 'customer' || line.readAt !== null || taken(line.id),
  read: line.readAt !== null,
  removed: line.removed ?? false,
  edited: line.edited ?? false,
})

const mediaOf = (media: NonNullable<PhoneMessage['media']>): NonNullable<LineView['media']> => ({
  id: media.id ?? '',
  mime: media.mime ?? '',
  filename: media.filename ?? '',
  shown: media.bytes !== undefined && (media.mime ?? '').startsWith('image/'),
})
