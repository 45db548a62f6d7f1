/** A second address that somebody of the business records for a contact. */
import { z } from '@hono/zod-openapi'
import { COLLECTED, readEmail, readMobile } from '../../core/contact-address.ts'
import { RelaisError } from '../../core/errors.ts'
import type { Words } from '../../core/language.ts'
import { joinedBy } from '../../relay/event.ts'
import { type Add, done } from '../operation.ts'
import { AddressTaken, InvalidRequest } from '../problem.ts'
import type { Rooms } from '../rooms.ts'
import { append, ownArrival } from './act.ts'
import * as shape from './schemas.ts'

const FORMS: Readonly<Record<(typeof COLLECTED)[number], Words>> = {
  email: { fr: 'il faut une adresse e-mail, comme jeanne@example.fr', en: 'it must be an e-mail address, such as jeanne@example.fr' },
  sms: {
    fr: 'il faut un numéro de mobile avec son indicatif, comme +33612345678',
    en: 'it must be a mobile number with its country code, such as +33612345678',
  },
}
const LATER: Words = { fr: 'cette date est dans l’avenir', en: 'this date lies in the future' }

const body = z.strictObject({
  kind: z.enum(COLLECTED),
  value: shape.textOf(254),
  consent: z.strictObject({
    for: z.array(z.enum(['service', 'marketing'])).min(1),
    words: shape.textOf(5_000).openapi({ description: 'What the person was shown or told when they agreed.' }),
    proof: z
      .record(z.string().max(100), z.union([shape.textOf(2_000), z.number(), z.boolean()]))
      .nullable()
      .default(null),
    at: z.int().positive().optional().openapi({ description: 'When they agreed, in milliseconds since 1970; now unless given.' }),
  }),
})

export const addAddressWriting = (add: Add, rooms: Rooms): void =>
  add({
    method: 'post',
    path: '/contacts/{id}/addresses',
    summary: 'Records an address a contact gave, with what they agreed to be written there',
    description:
      'For what was said elsewhere: on the telephone, at a counter. In a conversation the journey step `collect` asks, and proves the address by a code. An address of another contact is not taken from them: the answer names that contact.',
    tag: 'Contacts',
    roles: ['system', 'agent', 'admin'],
    params: shape.contactId,
    body,
    answers: {
      200: { description: 'Recorded; the contact with its addresses and the consents in force.', schema: shape.ContactDetail },
      202: { description: 'Taken; its turn has not come within five seconds.', schema: shape.ContactDetail },
    },
    handle: async ({ params, body: { kind, value: given, consent }, caller, reserved }) => {
      const contact = await rooms.reading.contact(params.id)
      if (!contact) throw new RelaisError('not-found', params.id)
      const now = rooms.clock.now()
      const value = kind === 'email' ? readEmail(given) : readMobile(given, rooms.workspace.country)
      if (value === null) throw new InvalidRequest([{ field: 'value', says: FORMS[kind] }])
      if (consent.at !== undefined && consent.at > now) throw new InvalidRequest([{ field: 'consent.at', says: LATER }])
      const address = { kind, value }
      const place = { id: reserved.event, contact: contact.id, channel: null, at: now }
      const told = { address, consent: { ...consent, source: `api:${caller.id}` } }
      const handled = await append(rooms, { own: [ownArrival('address', told, place)] }, reserved.event)
      const settled = handled && (await rooms.settled(joinedBy(reserved.event)))
      const after = (await rooms.reading.contact(contact.id)) ?? contact
      const theirs = after.addresses.some((one) => one.kind === kind && one.value === value)
      if (settled && !theirs) {
        // Everybody who may record an address may read contacts.
        const { items } = await rooms.reading.contacts({ address: value, limit: 1, cursor: null })
        throw new AddressTaken(kind, items[0]?.id ?? null)
      }
      return done(after, settled ? 200 : 202)
    },
  })
