/** Business systems write: messages and consents. */
import { z } from '@hono/zod-openapi'
import { countryOfAddress } from '../../core/country.ts'
import { RelaisError } from '../../core/errors.ts'
import { asks } from '../../core/form.ts'
import type { MessageId } from '../../core/ids.ts'
import type { Words } from '../../core/language.ts'
import type { ContactDetail } from '../../core/reading.ts'
import type { Bodies } from '../../relay/event.ts'
import { type Add, done } from '../operation.ts'
import { InvalidRequest, oneOf } from '../problem.ts'
import type { Rooms } from '../rooms.ts'
import { append, contactArrival, ownArrival } from './act.ts'
import { reachEmail, reachPhone } from './address.ts'
import { contentOf, says } from './content.ts'
import * as shape from './schemas.ts'

const to = z
  .strictObject({ phone: shape.textOf(40).optional(), email: z.email().max(254).optional(), contactId: shape.contactRef.optional() })
  .refine(
    (value) => Object.values(value).filter((one) => one !== undefined).length === 1,
    asks({ fr: 'une seule clé : phone, email ou contactId', en: 'one key alone: phone, email or contactId' }),
  )
  .openapi({ description: 'Exactly one of them.' })
type To = z.output<typeof to>

const sendBody = z.strictObject({
  to,
  category: shape.category,
  ...says,
  purpose: z.enum(['service', 'general']).optional(),
  channel: shape.channelName.optional().openapi({ description: 'For a contact: the one used last unless given.' }),
})

const Sent = z
  .object({
    id: z.string(),
    status: z.string().openapi({ description: '`pending` while its turn has not come.' }),
    contactId: z.string().nullable(),
    decision: shape.Decision.nullable().openapi({ description: 'null while its turn has not come: ask the link.' }),
    links: z.object({ message: z.string(), explanation: z.string() }),
  })
  .openapi('Sent')

/** What became of a message of this call, as far as it is known. */
export const sentOf = async (rooms: Rooms, id: MessageId) => {
  const message = await rooms.reading.message(id)
  return {
    id,
    status: message?.status ?? 'pending',
    contactId: message?.contactId ?? null,
    decision: message?.decisionId ? await rooms.reading.decision(message.decisionId) : null,
    links: { message: `/api/v1/messages/${id}`, explanation: `/api/v1/messages/${id}/explanation` },
  }
}

export const addMessageWriting = (add: Add, rooms: Rooms): void =>
  add({
    method: 'post',
    path: '/messages',
    summary: 'A business system writes to a contact',
    description:
      'Judged like every message: the decision says whether it goes as it is, changed, later, or not. Somebody unknown becomes a contact. Without `category: marketing` consent is not asked; a wrong category is the sender’s fault.',
    tag: 'Messages',
    roles: ['system', 'admin'],
    body: sendBody,
    answers: { 202: { description: 'Taken: its id, and the decision where its turn has come within five seconds.', schema: Sent } },
    handle: async ({ body, caller, reserved }) => {
      const { content, category } = contentOf(body, rooms.workspace.templates)
      if (category !== null && category !== body.category) throw new InvalidRequest([{ field: 'category', says: oneOf([category]) }])
      if (body.channel !== undefined && !rooms.channels.some((one) => one.id === body.channel))
        throw new InvalidRequest([{ field: 'channel', says: oneOf(rooms.channels.map((one) => one.id)) }])
      const send: Bodies['api.send'] = {
        key: `api:${caller.id}`,
        intent: { message: reserved.message, channel: body.channel ?? null, content, category: body.category },
        purpose: body.purpose ?? null,
      }
      await append(rooms, await arrivalsOf(rooms, body.to, send, reserved.event), reserved.event)
      return done(await sentOf(rooms, reserved.message), 202)
    },
  })

const arrivalsOf = async (rooms: Rooms, whom: To, send: Bodies['api.send'], id: Parameters<typeof append>[2]) => {
  const at = rooms.clock.now()
  if (whom.contactId !== undefined) {
    const contact = await rooms.reading.contact(whom.contactId)
    if (!contact) throw new RelaisError('not-found', whom.contactId)
    return { own: [ownArrival('api.send', send, { id, contact: contact.id, channel: send.intent.channel, at })] }
  }
  const wished = rooms.channels.filter((one) => send.intent.channel === null || one.id === send.intent.channel)
  const { channel, address } =
    whom.phone !== undefined ? reachPhone(whom.phone, wished, rooms.workspace.country) : reachEmail(whom.email ?? '', wished)
  const body = { ...send, intent: { ...send.intent, channel: channel.id } }
  return { contacts: [contactArrival(body, { id, channel: channel.id, at, addresses: [address], country: countryOfAddress(address) })] }
}

const consentBody = z.strictObject({
  channelKind: shape.textOf(50).openapi({ example: 'whatsapp' }),
  category: shape.category,
  given: z.boolean(),
  words: shape.textOf(5_000).openapi({ description: 'What the person was shown or told when they agreed or refused.' }),
  proof: z
    .record(z.string().max(100), z.union([shape.textOf(2_000), z.number(), z.boolean()]))
    .nullable()
    .default(null),
  source: shape.textOf(200).default('api'),
  at: z
    .int()
    .positive()
    .optional()
    .openapi({ description: 'When it was said, in milliseconds since 1970: not in the future; now unless given.' }),
})

const LATER: Words = { fr: 'cette date est dans l’avenir', en: 'this date lies in the future' }
const OLDER: Words = {
  fr: 'le contact a dit autre chose depuis : c’est sa dernière parole qui compte',
  en: 'the contact has said otherwise since: their last word counts',
}
/** A consent of old, recorded today, must not undo what the person said meanwhile. */
const refuseOld = ({ at, channelKind, category }: z.output<typeof consentBody>, { consents }: ContactDetail, now: number): void => {
  if (at === undefined) return
  if (at > now) throw new InvalidRequest([{ field: 'at', says: LATER }])
  const newer = consents.some((one) => one.channelKind === channelKind && one.category === category && one.at > at)
  if (newer) throw new InvalidRequest([{ field: 'at', says: OLDER }])
}

export const addConsentWriting = (add: Add, rooms: Rooms): void =>
  add({
    method: 'post',
    path: '/contacts/{id}/consents',
    summary: 'Records that a contact agreed or refused, with the words and the proof',
    description: 'Append-only: the latest counts.',
    tag: 'Contacts',
    roles: ['system', 'agent', 'admin'],
    params: shape.contactId,
    body: consentBody,
    answers: {
      200: { description: 'Recorded; the contact with the consents in force.', schema: shape.ContactDetail },
      202: { description: 'Taken; its turn has not come within five seconds.', schema: shape.ContactDetail },
    },
    handle: async ({ params, body, reserved }) => {
      const contact = await rooms.reading.contact(params.id)
      if (!contact) throw new RelaisError('not-found', params.id)
      refuseOld(body, contact, rooms.clock.now())
      const place = { id: reserved.event, contact: contact.id, channel: null, at: rooms.clock.now() }
      const handled = await append(rooms, { own: [ownArrival('consent', body, place)] }, reserved.event)
      return done((await rooms.reading.contact(contact.id)) ?? contact, handled ? 200 : 202)
    },
  })
