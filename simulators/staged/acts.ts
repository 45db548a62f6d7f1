/** What the stage does beside holding the phone: cut and heal, pause as the operator would, write as the business's own systems, use the other apps. */
import type { BookingSimulator } from '../booking/index.ts'
import type { Api } from '../customers.ts'
import type { CutKind, InboxView, ProviderView, ReceivedView } from '../phone-view.ts'
import type { User } from '../whatsapp/index.ts'
import { type Fields, fieldsOf, listOf, textOf } from '../wire.ts'
import { noticeOf } from './notices.ts'
import type { Inbox, StagedProvider } from './provider.ts'

/** A sentence for the page, with the HTTP status that fits. */
export class Refused extends Error {
  readonly status: number
  constructor(status: number, says: string) {
    super(says)
    this.status = status
  }
}

export const providerView = ({ id, cuts, cut, received }: StagedProvider): ProviderView => ({ id, cuts, cut, received: received().length })

export const inboxesOf = (providers: readonly StagedProvider[], user: User | undefined): InboxView[] =>
  providers.flatMap(({ id, inbox }) => {
    const address = user && inbox ? inbox.addressOf(whoIs(user)) : null
    if (!inbox || address === null) return []
    const lines = inbox.lines(address)
    const unread = lines.filter((line) => line.from === 'business' && !line.read).length
    return [{ id, address, unread, stopped: inbox.stopped?.(address) ?? false, agrees: WORDS[kindOf(address)], lines }]
  })

/** The youngest first. */
export const receivedBy = (providers: readonly StagedProvider[], most: number): ReceivedView[] =>
  providers
    .flatMap((one) => one.received().map((line) => ({ provider: one.id, ...line })))
    .sort((a, b) => b.at - a.at)
    .slice(0, most)

const whoIs = ({ person }: User) => ({ name: person.name, phone: person.phone === null ? null : `+${person.phone}` })

const CUTS: readonly CutKind[] = ['refuses', 'silent', 'down', 'banned']

/** `kind` null heals. */
export const turnProvider = async (office: Api, provider: StagedProvider, body: Fields): Promise<void> => {
  const kind = CUTS.find((one) => one === body.kind) ?? null
  if (body.kind !== null && (kind === null || !provider.cuts.includes(kind)))
    throw new Refused(400, `kind: ${provider.cuts.join(', ')} or null.`)
  if (kind === null) await heal(office, [provider], false)
  else provider.turn(kind)
}

/** As the operator: `id` is a channel, an engine, or `ai` for all automation. */
export const pauseAs = async (office: Api, id: string, channels: ReadonlySet<string>, body: Fields): Promise<void> => {
  const place = id === 'ai' ? '/automation' : `/${channels.has(id) ? 'channels' : 'engines'}/${encodeURIComponent(id)}`
  await office(`${place}/${body.paused === true ? 'pause' : 'resume'}`, {})
}

/** Why Relais holds a channel for unwell that it tries again by itself: docs/health-and-alerts.md. */
const FOUND_OUT = new Set(['provider-down', 'no-answer', 'credentials', 'slow', 'receipts-missing', 'not-listening'])

/**
 * It works again. The operator says so where Relais cannot find it out: what a platform refused, or a person paused, ends by their word
 * alone. `all`: nothing is left to time, and automation goes on too.
 */
export const heal = async (office: Api, providers: readonly StagedProvider[], all: boolean): Promise<void> => {
  for (const provider of providers) provider.turn(null)
  const healed = new Set(providers.map(({ id }) => id))
  for (const kind of ['channels', 'engines'])
    for (const { id, health, reason, paused } of listOf(fieldsOf(await office(`/${kind}`)).items).map(fieldsOf))
      if (healed.has(textOf(id)) && (paused === true || (health !== 'healthy' && (all || !FOUND_OUT.has(textOf(reason))))))
        await office(`/${kind}/${encodeURIComponent(textOf(id))}/resume`, {})
  if (all && fieldsOf(await office('/automation')).paused === true) await office('/automation/resume', {})
}

export const useInbox = async (inbox: Inbox, user: User, act: string, body: Fields): Promise<void> => {
  const address = inbox.addressOf(whoIs(user))
  if (address === null) throw new Refused(409, 'This person has no such address.')
  const [text, subject, line] = [textOf(body.text), textOf(body.subject), textOf(body.line)]
  if (act === 'read') return inbox.read(address)
  if (act === 'leave' && inbox.leave) return inbox.leave(address, line)
  if (act !== 'write') throw new Refused(404, 'This app cannot do that.')
  if (!text.trim() || text.length > 4096) throw new Refused(400, 'text: 1 to 4,096 characters.')
  inbox.write(address, text, { ...(subject ? { subject } : {}), ...(line ? { answers: line } : {}) })
}

const contactOf = async (office: Api, { person }: User): Promise<Fields | null> => {
  const address = person.phone === null || person.hidesPhone ? person.userId : `+${person.phone}`
  const found = fieldsOf(await office(`/contacts?address=${encodeURIComponent(address)}`))
  return listOf(found.items).map(fieldsOf)[0] ?? null
}

/** The business's own system writes to whoever holds the phone. */
export const sendNotice = async (office: Api, user: User, kind: string, now: number, bookings: BookingSimulator): Promise<string> => {
  const contact = await contactOf(office, user)
  const addressee = { name: whoIs(user).name, country: user.person.country, language: textOf(contact?.language) }
  const notice = noticeOf(kind, addressee, now, bookings)
  if (!notice) throw new Refused(404, 'The agency sends no such notice.')
  const to = contact ? { contactId: textOf(contact.id) } : { phone: whoIs(user).phone }
  if (!contact && to.phone === null) throw new Refused(409, 'The agency does not know this person yet: write to it first.')
  return textOf(fieldsOf(await office(notice.path, { to, ...notice.body })).id)
}

const WORDS = {
  sms: 'J’accepte de recevoir par SMS les messages qui concernent mes voyages (fiche signée en agence).',
  email: 'J’accepte de recevoir par e-mail les messages qui concernent mes voyages (fiche signée en agence).',
} as const
const kindOf = (address: string): keyof typeof WORDS => (address.includes('@') ? 'email' : 'sms')

/** The customer leaves the addresses of their other apps, or of one of them, at the agency, in writing. What is known already stays as it is. */
export const leaveAddresses = async (
  office: Api,
  providers: readonly StagedProvider[],
  user: User,
  { inbox: only }: Fields,
): Promise<void> => {
  const contact = await contactOf(office, user)
  if (!contact) throw new Refused(409, 'The agency does not know this person yet: write to it first.')
  const known = listOf(contact.addresses).map((one) => textOf(fieldsOf(one).kind))
  for (const { id, inbox } of providers) {
    if (only !== undefined && id !== only) continue
    const value = inbox?.addressOf(whoIs(user)) ?? null
    if (value === null) continue
    const kind = kindOf(value)
    if (known.includes(kind)) continue
    const consent = { for: ['service'], words: WORDS[kind], proof: { where: 'demo' } }
    await office(`/contacts/${textOf(contact.id)}/addresses`, { kind, value, consent })
  }
}
