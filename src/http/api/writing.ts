/** Business systems write: messages and consents. */
import { z } from '@hono/zod-openapi'
import { PHONE_KINDS } from '../../core/address.ts'
import type { Choice, Content } from '../../core/content.ts'
import { countryOfAddress } from '../../core/country.ts'
import { RelaisError } from '../../core/errors.ts'
import { asks } from '../../core/form.ts'
import type { ChannelId, MessageId } from '../../core/ids.ts'
import type { Words } from '../../core/language.ts'
import { reachPlanFor, stepsOf } from '../../core/plan.ts'
import type { ContactDetail, MessageView } from '../../core/reading.ts'
import type { Bodies } from '../../relay/event.ts'
import { type Add, done } from '../operation.ts'
import { InvalidRequest, oneOf } from '../problem.ts'
import type { ChannelEntry, Rooms } from '../rooms.ts'
import { append, contactArrival, ownArrival } from './act.ts'
import { reachEmail, reachPhone } from './address.ts'
import { contentOf, says } from './content.ts'
import * as shape from './schemas.ts'

export const to = z
  .strictObject({ phone: shape.textOf(40).optional(), email: z.email().max(254).optional(), contactId: shape.contactRef.optional() })
  .refine(
    (value) => Object.values(value).filter((one) => one !== undefined).length === 1,
    asks({ fr: 'une seule clé : phone, email ou contactId', en: 'one key alone: phone, email or contactId' }),
  )
  .openapi({ description: 'Exactly one of them.' })
export type To = z.output<typeof to>

export const planName = shape
  .textOf(100)
  .optional()
  .openapi({ description: 'The reach plan to follow; that of the category, else `default`, unless given.', example: 'utility' })

const sendBody = z.strictObject({
  to,
  category: shape.category,
  ...says,
  purpose: z.enum(['service', 'general']).optional(),
  channel: shape.channelName.optional().openapi({ description: 'The plan’s first unless given; without a plan, the one used last.' }),
  plan: planName,
  reference: shape
    .textOf(200)
    .optional()
    .openapi({ description: 'Your own name of what it is about, echoed in every event of it.', example: 'order-204518' }),
  sendAt: shape.instant
    .optional()
    .openapi({ description: `Kept until then, up to a year ahead, and judged then. Now unless given. ${shape.UNIT}` }),
  until: shape.instant
    .optional()
    .openapi({ description: `From then on it is of no use: what has not left by then does not leave. ${shape.UNIT}` }),
  buttons: z
    .array(z.strictObject({ id: shape.textOf(100).regex(/^[\w.-]+$/), label: shape.textOf(25) }))
    .min(1)
    .max(10)
    .optional()
    .openapi({ description: 'What a text offers to choose; numbered where nothing can be tapped. A template brings its own.' }),
})

export const Sent = z
  .object({
    id: z.string(),
    status: z.string().openapi({ description: '`pending` while its turn has not come.' }),
    contactId: z.string().nullable(),
    decision: shape.Decision.nullable().openapi({ description: 'null while its turn has not come: ask the link.' }),
    price: z.looseObject({ known: z.boolean() }).nullable().openapi({ description: 'Of the decision; null while there is none.' }),
    reference: z.string().nullable(),
    plan: z.object({ name: z.string(), step: z.int(), channel: z.string(), of: z.string() }).nullable(),
    sendAt: shape.time.nullable(),
    links: z.object({ message: z.string(), explanation: z.string() }),
  })
  .openapi('Sent')

/** Where a plan went on at once, the message it went on with: that is what leaves. */
const lastOf = async (rooms: Rooms, id: MessageId): Promise<MessageView | null> => {
  const message = await rooms.reading.message(id)
  return message?.movedTo ? lastOf(rooms, message.movedTo) : message
}

/** What became of a message of this call, as far as it is known. */
export const sentOf = async (rooms: Rooms, id: MessageId, sendAt: number | null = null) => {
  const message = await lastOf(rooms, id)
  const decision = message?.decisionId ? await rooms.reading.decision(message.decisionId) : null
  const reach = message?.reach
  return {
    id,
    status: message?.status ?? 'pending',
    contactId: message?.contactId ?? null,
    decision,
    price: decision?.price ?? null,
    reference: message?.reference ?? null,
    plan: reach && message ? { name: reach.plan, step: reach.step, channel: message.channel, of: reach.of } : null,
    sendAt,
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
      const { content: said, category } = contentOf(body, rooms.workspace.templates)
      const content = withButtons(said, body.buttons)
      checkTimes(body, rooms.clock.now())
      checkPlan(rooms, body)
      if (category !== null && category !== body.category) throw new InvalidRequest([{ field: 'category', says: oneOf([category]) }])
      const { plan, reference, until, sendAt } = body
      const send: Bodies['api.send'] = {
        key: `api:${caller.id}`,
        intent: { message: reserved.message, channel: body.channel ?? null, content, category: body.category, plan, reference, until },
        purpose: body.purpose ?? null,
        sendAt,
      }
      await append(rooms, await arrivalsOf(rooms, body.to, send, reserved.event), reserved.event)
      return done(await sentOf(rooms, reserved.message, sendAt ?? null), 202)
    },
  })

const YEAR_MS = 366 * 86_400_000
/** A caller's clock may be late, and a call may take its time: that is now. */
const LATE_MS = 5 * 60_000
const PAST: Words = {
  fr: 'cette date est passée\u00a0; il faut un instant à venir, comme 2026-11-25T09:00:00+01:00 ou des millisecondes depuis 1970',
  en: 'this date has passed; it must be an instant to come, such as 2026-11-25T09:00:00+01:00 or milliseconds since 1970',
}
const FAR: Words = { fr: 'cette date est à plus d’un an', en: 'this date is more than a year ahead' }
const BEFORE: Words = { fr: 'il faut un instant après sendAt', en: 'it must be an instant after sendAt' }

const checkTimes = (
  { sendAt, until }: { readonly sendAt?: number | undefined; readonly until?: number | undefined },
  now: number,
): void => {
  if (sendAt !== undefined && sendAt > now + YEAR_MS) throw new InvalidRequest([{ field: 'sendAt', says: FAR }])
  if (sendAt !== undefined && sendAt < now - LATE_MS) throw new InvalidRequest([{ field: 'sendAt', says: PAST }])
  if (until !== undefined && until <= now) throw new InvalidRequest([{ field: 'until', says: PAST }])
  if (until !== undefined && sendAt !== undefined && until <= sendAt) throw new InvalidRequest([{ field: 'until', says: BEFORE }])
}

type Way = { readonly plan?: string | undefined; readonly channel?: ChannelId | undefined }
/** Names a plan or a channel that nobody set up, or a channel that is not in the plan. */
export const checkPlan = (rooms: Rooms, { plan, channel }: Way): void => {
  const plans = rooms.workspace.plans.reach
  const steps = plan === undefined ? undefined : plans[plan]
  if (plan !== undefined && !steps) throw new InvalidRequest([{ field: 'plan', says: oneOf(Object.keys(plans)) }])
  const known = (steps?.map((step) => step.channel) ?? rooms.channels.map(({ id }) => id)) as readonly ChannelId[]
  if (channel !== undefined && !known.includes(channel)) throw new InvalidRequest([{ field: 'channel', says: oneOf(known) }])
}

const OWN_BUTTONS: Words = { fr: 'un modèle a ses propres boutons', en: 'a template has its own buttons' }
const withButtons = (content: Content, buttons: readonly Choice[] | undefined): Content => {
  if (!buttons) return content
  if (content.type !== 'text') throw new InvalidRequest([{ field: 'buttons', says: OWN_BUTTONS }])
  return { type: 'buttons', text: content.text, buttons }
}

type Sending = Pick<Bodies['api.send']['intent'], 'channel' | 'plan' | 'category'>
/**
 * To whom it goes: somebody known, or an address on the first channel that takes it. Where a plan is followed (`planned`), its steps say which
 * channel, and the address is known to all of them that take such a one.
 */
export const placeOf = async (rooms: Rooms, whom: To, { channel: wanted, plan, category }: Sending) => {
  if (whom.contactId !== undefined) {
    const contact = await rooms.reading.contact(whom.contactId)
    if (!contact) throw new RelaisError('not-found', whom.contactId)
    return { contact: contact.id }
  }
  const { plans } = rooms.workspace
  const name = reachPlanFor(plans, plan, category)
  const planned = name === null ? [] : stepsOf(plans, name).map(({ channel }) => channel)
  const wished = rooms.channels.filter(({ id: one }) => (wanted === null ? !planned.length || planned.includes(one) : one === wanted))
  const reached = wished.filter(({ id: one }) => !rooms.workspace.channels.find(({ id: setup }) => setup === one)?.calls)
  const reach = (channels: readonly ChannelEntry[]) =>
    whom.phone === undefined ? reachEmail(whom.email ?? '', channels) : reachPhone(whom.phone, channels, rooms.workspace.country)
  const { channel, address } = reach(reached)
  const kinds = new Set(wished.flatMap(({ identities }) => identities.filter((kind) => isAlike(kind, address.kind))))
  const addresses = [address, ...[...kinds].filter((kind) => kind !== address.kind).map((kind) => ({ kind, value: address.value }))]
  return { contact: null, channel: channel.id, addresses, country: countryOfAddress(address), planned: planned.length > 0 }
}

export const arrivalsOf = async (rooms: Rooms, whom: To, send: Bodies['api.send'], id: Parameters<typeof append>[2]) => {
  const at = rooms.clock.now()
  const place = await placeOf(rooms, whom, send.intent)
  if (place.contact !== null)
    return { own: [ownArrival('api.send', send, { id, contact: place.contact, channel: send.intent.channel, at })] }
  const { channel, addresses, country, planned } = place
  const body = planned ? send : { ...send, intent: { ...send.intent, channel } }
  return { contacts: [contactArrival('api.send', body, { id, channel, at, addresses, country })] }
}

const PHONES: ReadonlySet<string> = new Set(PHONE_KINDS)
const isAlike = (kind: string, other: string): boolean => kind === other || (PHONES.has(kind) && PHONES.has(other))

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
  at: shape.instant.optional().openapi({ description: `When it was said: not in the future; now unless given. ${shape.UNIT}` }),
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
