/** What was sent about an order or an appointment, and calling off what has not left. */
import { z } from '@hono/zod-openapi'
import { RelaisError } from '../../core/errors.ts'
import type { EventId } from '../../core/ids.ts'
import type { MessageView } from '../../core/reading.ts'
import type { Action } from '../../relay/event.ts'
import { type Add, done, EVERYBODY } from '../operation.ts'
import type { Rooms } from '../rooms.ts'
import { append, ownArrival } from './act.ts'
import * as shape from './schemas.ts'

const MAY_STILL: ReadonlySet<string> = new Set(['queued', 'postponed', 'held'])
const ACTORS = ['system', 'agent', 'admin'] as const

/** Lets a contact's turn call it off. What left already is left as it is; its plan goes no further all the same. */
const callOff = async (rooms: Rooms, key: string, event: EventId, messages: readonly MessageView[]): Promise<void> => {
  const at = rooms.clock.now()
  const own = messages.map(({ id: message, contactId: contact, reach }, n) => {
    const action: Action = { action: 'cancel', agent: `api:${key}`, message, first: reach?.of ?? message }
    return ownArrival('action', action, { id: (n === 0 ? event : `${event}:${n}`) as EventId, contact, channel: null, at })
  })
  if (!own.length) return
  await append(rooms, { own }, event)
  await Promise.all(own.slice(1).map(({ id }) => rooms.settled(id)))
}

const named = z.object({ id: z.string(), status: z.string() })
const CalledOff = z
  .object({
    cancelled: z.array(z.string()).openapi({ description: 'They do not leave any more.' }),
    left: z.array(named).openapi({ description: 'Too late for these: they have left, or are over.' }),
  })
  .openapi('CalledOff')

const about = z.strictObject({ reference: shape.textOf(200).openapi({ example: 'appointment-7731' }) })
const MOST = 200

export const addCallingOff = (add: Add, rooms: Rooms): void => {
  add({
    method: 'post',
    path: '/messages/{id}/cancel',
    summary: 'Calls a message off: what has not left does not leave, and no further step of its plan either',
    tag: 'Messages',
    roles: ACTORS,
    params: shape.messageId,
    body: z.strictObject({}),
    answers: { 200: { description: 'The message as it is now.', schema: shape.Message } },
    handle: async ({ params, caller, reserved }) => {
      const message = await rooms.reading.message(params.id)
      if (!message) throw new RelaisError('no-message', params.id)
      await callOff(rooms, caller.id, reserved.event, [message])
      const now = await rooms.reading.message(params.id)
      if (now && MAY_STILL.has(message.status) && now.status !== 'cancelled') throw new RelaisError('no-effect', now.status)
      if (!MAY_STILL.has(message.status) && message.status !== 'cancelled' && !message.reach)
        throw new RelaisError('no-effect', message.status)
      return done(now)
    },
  })
  add({
    method: 'post',
    path: '/messages/cancel',
    summary: 'Calls off all that is still due about an order or an appointment',
    description: 'Reminders, and the further steps of what has begun. At most 200 messages, the newest.',
    tag: 'Messages',
    roles: ACTORS,
    body: about,
    answers: { 200: { description: 'What is cancelled, and what had left already.', schema: CalledOff } },
    handle: async ({ body, caller, reserved }) => {
      const { items } = await rooms.reading.messagesAbout(body.reference, { limit: MOST, cursor: null })
      const own = items.filter(({ direction }) => direction === 'out')
      if (!own.length) throw new RelaisError('no-reference', body.reference)
      await callOff(rooms, caller.id, reserved.event, own)
      const now = await Promise.all(own.map(({ id }) => rooms.reading.message(id)))
      const found = now.filter((message) => message !== null)
      const fresh = found.filter(({ id, status }) => status === 'cancelled' && own.find((one) => one.id === id)?.status !== 'cancelled')
      const left = found.filter(({ status }) => status !== 'cancelled').map(({ id, status }) => ({ id, status }))
      return done({ cancelled: fresh.map(({ id }) => id), left })
    },
  })
  add({
    method: 'get',
    path: '/messages',
    summary: 'What was sent about an order or an appointment, newest first',
    tag: 'Messages',
    roles: EVERYBODY,
    query: z.strictObject({ ...shape.paging, reference: shape.textOf(200).openapi({ example: 'order-204518' }) }),
    answers: { 200: { description: 'A page.', schema: shape.pageSchema(shape.Message) } },
    handle: async ({ query: { reference, ...page } }) => done(await rooms.reading.messagesAbout(reference, page)),
  })
}
