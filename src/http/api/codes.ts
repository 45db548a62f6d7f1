/** One-time codes: made here, sent by the plan, tried here. No digit of one is stored, logged or told. */
import { timingSafeEqual } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import type { Address } from '../../core/address.ts'
import type { Content } from '../../core/content.ts'
import { countryOfAddress } from '../../core/country.ts'
import { RelaisError } from '../../core/errors.ts'
import { asId, type CodeId, type ContactId, type MessageId } from '../../core/ids.ts'
import { CODE_DIGITS, CODE_LIFE_MS, CODE_TRIES, coverOf, digitsIn } from '../../core/one-time-code.ts'
import type { Template } from '../../core/workspace.ts'
import type { Bodies } from '../../relay/event.ts'
import { codeWords } from '../../relay/words.ts'
import { type Add, done } from '../operation.ts'
import { InvalidRequest, oneOf } from '../problem.ts'
import type { Rooms } from '../rooms.ts'
import { append } from './act.ts'
import * as shape from './schemas.ts'
import { arrivalsOf, checkPlan, planName, Sent, sentOf, type To, to } from './writing.ts'

const PURPOSE = /^[\w.-]+$/

const askBody = z.strictObject({
  to,
  purpose: shape
    .textOf(100)
    .regex(PURPOSE)
    .openapi({ description: 'What it opens: one valid code per person and purpose.', example: 'login' }),
  length: z.int().min(4).max(10).default(CODE_DIGITS).openapi({ description: 'Digits.' }),
  expires: z
    .int()
    .min(60)
    .max(3_600)
    .default(CODE_LIFE_MS / 1000)
    .openapi({ description: 'Seconds it is valid.' }),
  plan: planName,
  channel: shape.channelName.optional(),
  template: shape.textOf(512).optional().openapi({ description: 'An authentication template; the workspace’s only one unless given.' }),
  language: z.enum(['fr', 'en']).optional().openapi({
    description: 'The language they use where the code is asked for; unless given, that of their thread, else the business’s.',
  }),
  reference: shape.textOf(200).optional(),
})
type Ask = z.output<typeof askBody>

const Asked = Sent.extend({ id: z.string(), message: z.string(), purpose: z.string(), expiresAt: shape.time, attempts: z.int() }).openapi(
  'Code',
)

const checkBody = z.strictObject({ code: shape.textOf(40).openapi({ description: 'As it was typed; spaces and hyphens do not count.' }) })
const CheckedCode = z
  .object({
    valid: z.boolean(),
    attemptsLeft: z.int(),
    reason: z.enum(['right', 'wrong', 'used', 'expired', 'replaced', 'no-tries-left']),
    purpose: z.string(),
    expiresAt: shape.time,
    contactId: z.string().nullable(),
  })
  .openapi('CodeCheck')

/** Where the code goes in a template: the parameter `code`, else its only one beside `minutes`. */
const slotOf = ({ parameters }: Template): string | undefined =>
  parameters.find((name) => name === 'code') ?? parameters.filter((name) => name !== 'minutes')[0]

/** A template of the workspace, in the customer's language once their turn comes; else our own words. */
const contentOf = (rooms: Rooms, ask: Ask, language: string | null): Content => {
  const { templates, name: business, locale } = rooms.workspace
  const fitting = templates.filter((one) => one.category === 'authentication' && slotOf(one) !== undefined)
  const names = [...new Set(fitting.map(({ name }) => name))]
  if (ask.template !== undefined && !names.includes(ask.template)) throw new InvalidRequest([{ field: 'template', says: oneOf(names) }])
  const chosen = fitting.find(({ name }) => name === (ask.template ?? names[0]))
  const minutes = String(Math.round(ask.expires / 60))
  const cover = coverOf(ask.length)
  if (!chosen || (ask.template === undefined && names.length > 1)) {
    const spoken = ask.language ?? (language === 'fr' || language === 'en' ? language : locale)
    return { type: 'text', text: codeWords(business, cover, minutes, spoken) }
  }
  const parameters = Object.fromEntries(chosen.parameters.map((name) => [name, name === 'minutes' ? minutes : cover]))
  return { type: 'template', name: chosen.name, language: ask.language ?? '', parameters, text: '' }
}

/** Everything the person is known by: their contact, and the address sealed, so that the table names nobody. */
const whomOf = async (rooms: Rooms, whom: To): Promise<{ known: readonly string[]; language: string | null; abroad: boolean }> => {
  const { country } = rooms.workspace
  // A number of no country (satellites, networks of no land) is as dear as any abroad.
  const leaves = (addresses: readonly Address[]) =>
    addresses.some((address) => !['email', 'web'].includes(address.kind) && countryOfAddress(address) !== country)
  if (whom.contactId !== undefined) {
    const contact = await rooms.reading.contact(whom.contactId)
    if (!contact) throw new RelaisError('not-found', whom.contactId)
    const sealed = [...new Set(contact.addresses.map(({ value }) => rooms.codes.seal(value)))]
    return { known: [contact.id, ...sealed], language: contact.language, abroad: leaves(contact.addresses) }
  }
  const arrival = await arrivalsOf(rooms, whom, PROBE, asId('evt_probe'))
  const given = arrival.contacts?.flatMap(({ addresses }) => addresses) ?? []
  const value = given[0]?.value ?? ''
  const { items } = await rooms.reading.contacts({ address: value, limit: 1, cursor: null })
  const [contact] = items
  const others = contact?.addresses.map((one) => one.value) ?? []
  return {
    known: [...(contact ? [contact.id] : []), ...new Set([value, ...others].map(rooms.codes.seal))],
    language: contact?.language ?? null,
    abroad: leaves(given),
  }
}
/** Only to read the address by. */
const PROBE: Bodies['api.send'] = {
  key: '',
  purpose: null,
  intent: { message: asId<MessageId>(''), channel: null, content: { type: 'text', text: '' }, category: 'authentication' },
}

export const addCodes = (add: Add, rooms: Rooms): void => {
  add({
    method: 'post',
    path: '/codes',
    summary: 'Sends a one-time code',
    description:
      'Made by Relais and told to nobody but the customer: the thread, the events and the answer show dots. One code is valid per person and purpose; five an hour and one in 30 seconds are sent, and to all together as many as `codes` in relais.yaml permits. It goes by the plan `authentication`, where there is one, and not at all once it has expired.',
    tag: 'Codes',
    roles: ['system', 'admin'],
    body: askBody,
    answers: { 202: { description: 'Taken: its id, the message that carries it, and when it expires.', schema: Asked } },
    handle: async ({ body, caller, reserved }) => {
      checkPlan(rooms, body)
      const at = rooms.clock.now()
      const { known, language, abroad } = await whomOf(rooms, body.to)
      const id = asId<CodeId>(`cod_${reserved.message.slice(4)}`)
      const expiresAt = at + body.expires * 1000
      const content = contentOf(rooms, body, language)
      const { message } = reserved
      const asked = { id, message, whom: known, purpose: body.purpose, digits: body.length, expiresAt, abroad }
      const opened = await rooms.codes.open(asked, rooms.workspace.codes, at)
      if (opened.afterMs !== null)
        throw new RelaisError(opened.limit === 'person' ? 'too-many-codes' : 'codes-limit', String(Math.ceil(opened.afterMs / 1000)))
      const { plan, channel = null, reference } = body
      const intent = { message, channel, content, category: 'authentication' as const, plan, reference, sealed: id, until: expiresAt }
      const send: Bodies['api.send'] = { key: `api:${caller.id}`, intent, purpose: 'service' }
      await append(rooms, await arrivalsOf(rooms, body.to, send, reserved.event), reserved.event)
      return done({ ...(await sentOf(rooms, message)), id, message, purpose: body.purpose, expiresAt, attempts: CODE_TRIES }, 202)
    },
  })
  add({
    method: 'post',
    path: '/codes/{id}/checks',
    summary: 'Tries a code that a customer typed',
    description: 'Counted before it is answered. Right once: the same code a second time is `used`.',
    tag: 'Codes',
    roles: ['system', 'admin'],
    params: shape.codeId,
    body: checkBody,
    answers: { 200: { description: 'Whether it is valid, and why not.', schema: CheckedCode } },
    handle: async ({ params, body }) => {
      const checked = await rooms.codes.check(
        params.id,
        (digits) => isSame(rooms.codes.code(params.id, digits), digitsIn(body.code)),
        rooms.clock.now(),
      )
      if (!checked) throw new RelaisError('not-found', params.id)
      const { valid, reason, purpose, state } = checked
      const contactId: ContactId | null = (await rooms.reading.message(checked.message))?.contactId ?? null
      return done({ valid, attemptsLeft: valid ? 0 : state.triesLeft, reason, purpose, expiresAt: state.expiresAt, contactId })
    },
  })
}

/** In a time that tells nothing of how much of it is right. */
export const isSame = (right: string, typed: string): boolean => {
  const [a, b] = [Buffer.from(right), Buffer.from(typed)]
  return a.length === b.length && timingSafeEqual(a, b)
}
