/** The call centre's list: who wants to be called back, who takes it, and what came of it. People dial. */
import { z } from '@hono/zod-openapi'
import { CALL_OUTCOMES, type CallWindow, nextCallable, readWindows } from '../../core/callback.ts'
import { readNumber } from '../../core/contact-address.ts'
import { countryOfAddress } from '../../core/country.ts'
import { RelaisError } from '../../core/errors.ts'
import { asId, type CallbackId } from '../../core/ids.ts'
import type { Words } from '../../core/language.ts'
import type { CallbackView } from '../../core/reading.ts'
import type { Bodies, CallbackAct } from '../../relay/event.ts'
import { type Add, type Call, done, EVERYBODY } from '../operation.ts'
import { InvalidRequest } from '../problem.ts'
import type { Rooms } from '../rooms.ts'
import { append, contactArrival, ownArrival } from './act.ts'
import { reachPhone } from './address.ts'
import * as shape from './schemas.ts'
import { to } from './writing.ts'

const ACTORS = ['agent', 'admin'] as const
const callWindow = z.object({ days: z.array(z.int()), from: z.int(), to: z.int() })

export const CallbackShape = z
  .object({
    id: z.string(),
    message: z.string(),
    contactId: z.string(),
    conversationId: z.string(),
    name: z.string().nullable(),
    language: z.string().nullable(),
    number: z.string().openapi({ description: 'E.164: what a person dials.' }),
    windows: z
      .array(callWindow)
      .openapi({ description: 'Hours they agreed to: minutes since midnight by their own clock, days 1 (Monday) to 7.' }),
    timezone: z.string(),
    callableAt: shape.time.nullable().openapi({ description: 'When they may be called next by those hours and the pause; null: never.' }),
    callableUntil: shape.time.nullable(),
    category: shape.category,
    topic: z.string(),
    step: z.string().nullable().openapi({ description: 'The journey they were in.' }),
    summary: z.string().nullable().openapi({ description: 'By an engine, where one is planned for `summarise`.' }),
    words: z
      .array(z.object({ at: shape.time, content: z.looseObject({ type: z.string() }) }))
      .openapi({ description: 'The last they wrote before it.' }),
    since: shape.time,
    tries: z.int(),
    mostTries: z.int(),
    state: z.enum(['waiting', 'taken', 'closed']),
    takenBy: z.string().nullable(),
    outcome: z.enum(CALL_OUTCOMES).nullable(),
    note: z.string().nullable(),
    closedAt: shape.time.nullable(),
  })
  .openapi('Callback')

const shown = (rooms: Rooms, view: CallbackView) => {
  const { from, ...rest } = view
  const open = view.state === 'closed' ? null : nextCallable(view.windows, view.timezone, Math.max(rooms.clock.now(), from))
  return { ...rest, callableAt: open?.at ?? null, callableUntil: open?.until ?? null }
}
/** Whoever may be called now first, the longest waiting first; then by when they may. */
const inOrder = (rooms: Rooms, views: readonly CallbackView[]) => {
  const now = rooms.clock.now()
  const rows = views.map((view) => shown(rooms, view))
  const due = (at: number | null) => (at === null ? Number.MAX_SAFE_INTEGER : Math.max(at, now))
  return rows.sort((a, b) => due(a.callableAt) - due(b.callableAt) || a.since - b.since)
}

const NUMBER: Words = {
  fr: 'il faut un numéro de téléphone, comme +33612345678',
  en: 'it must be a telephone number, such as +33612345678',
}
const WINDOWS: Words = {
  fr: 'il faut des heures comme « mon-fri 09:00-12:00, sat 10:00-12:00 »',
  en: 'it must be hours such as “mon-fri 09:00-12:00, sat 10:00-12:00”',
}
const windowsOf = (text: string | undefined): readonly CallWindow[] | null => {
  if (text === undefined) return null
  const windows = readWindows(text)
  if (!windows) throw new InvalidRequest([{ field: 'hours', says: WINDOWS }])
  return windows
}

const askBody = z.strictObject({
  to: to,
  number: shape.textOf(40).optional().openapi({ description: 'Where to call, if not where they write from.' }),
  hours: shape
    .textOf(300)
    .optional()
    .openapi({ description: 'By their own clock; the business’s hours unless given.', example: 'mon-fri 09:00-12:00' }),
  about: shape.textOf(500).optional(),
  category: z
    .enum(['service', 'marketing'])
    .default('service')
    .openapi({ description: 'A call that sells is marketing, and needs consent.' }),
})

const closing = z.strictObject({ outcome: z.enum(CALL_OUTCOMES), note: shape.textOf(2_000).optional() })
const NOTHING: z.ZodType<{ readonly outcome?: undefined; readonly note?: undefined }> = z.strictObject({})

/** Whether it is as this act would have left it: another's may have come first. */
const isAsClosed = (now: CallbackView, { outcome, note }: z.output<typeof closing>, before: CallbackView): boolean =>
  now.state === 'closed'
    ? now.outcome === outcome && now.note === (note ?? null)
    : outcome === 'no-answer' && now.state === 'waiting' && now.tries > before.tries

export const addCallbacks = (add: Add, rooms: Rooms): void => {
  const viewOf = async (id: CallbackId): Promise<CallbackView> => {
    const view = await rooms.reading.callback(id)
    if (!view) throw new RelaisError('not-found', id)
    return view
  }
  add({
    method: 'get',
    path: '/callbacks',
    summary: 'Who wants to be called back: whoever may be called now first, the longest waiting first',
    tag: 'Call-backs',
    roles: EVERYBODY,
    query: z.strictObject({ ...shape.paging, closed: z.enum(['true', 'false']).default('false') }),
    answers: { 200: { description: 'A page.', schema: shape.pageSchema(CallbackShape) } },
    handle: async ({ query: { closed, ...query } }) => {
      const { items, next } = await rooms.reading.callbacks({ ...query, closed: closed === 'true' })
      return done({ items: closed === 'true' ? items.map((view) => shown(rooms, view)) : inOrder(rooms, items), next })
    },
  })
  add({
    method: 'get',
    path: '/callbacks/{id}',
    summary: 'One call-back request',
    tag: 'Call-backs',
    roles: EVERYBODY,
    params: shape.callbackId,
    answers: { 200: { description: 'The request.', schema: CallbackShape } },
    handle: async ({ params }) => done(shown(rooms, await viewOf(params.id))),
  })
  add({
    method: 'post',
    path: '/callbacks',
    summary: 'Somebody is to be called back',
    description: 'Judged by the rules on calls like every message. Nothing dials: people take it from the list.',
    tag: 'Call-backs',
    roles: ['system', 'agent', 'admin'],
    body: askBody,
    answers: {
      202: {
        description: 'Taken: the request, where its turn has come and the rules allow it.',
        schema: z.object({ id: z.string(), message: z.string(), status: z.string(), callback: CallbackShape.nullable() }),
      },
    },
    handle: async ({ body, caller, reserved }) => {
      const calling = rooms.channels.filter(({ id }) => rooms.workspace.channels.find((one) => one.id === id)?.calls)
      const [channel] = calling
      if (!channel) throw new RelaisError('no-channel', 'callback')
      const number = body.number === undefined ? null : readNumber(body.number, rooms.workspace.country)
      if (body.number !== undefined && !number) throw new InvalidRequest([{ field: 'number', says: NUMBER }])
      const wish = { number, windows: windowsOf(body.hours), topic: body.about ?? null, channel: channel.id, category: body.category }
      const asked: Bodies['callback.ask'] = {
        key: caller.role === 'system' ? `api:${caller.id}` : `agent:${caller.id}`,
        message: reserved.message,
        wish,
      }
      await append(rooms, await arrivals(rooms, body.to, asked, reserved.event, calling), reserved.event)
      const id = asId<CallbackId>(`cal_${reserved.message.slice(4)}`)
      const [view, message] = await Promise.all([rooms.reading.callback(id), rooms.reading.message(reserved.message)])
      return done({ id, message: reserved.message, status: message?.status ?? 'pending', callback: view && shown(rooms, view) }, 202)
    },
  })

  const act = async (
    call: Call<{ id: CallbackId }, undefined, unknown>,
    view: CallbackView,
    doing: CallbackAct,
  ): Promise<{ readonly now: CallbackView; readonly handled: boolean }> => {
    const { event } = call.reserved
    const place = { id: event, contact: view.contactId, channel: null, at: rooms.clock.now() }
    const handled = await append(rooms, { own: [ownArrival('callback.act', doing, place)] }, event)
    return { now: await viewOf(view.id), handled }
  }
  const simple = (name: 'take' | 'release', summary: string): void =>
    add({
      method: 'post',
      path: `/callbacks/{id}/${name}`,
      summary,
      tag: 'Call-backs',
      roles: ACTORS,
      params: shape.callbackId,
      body: NOTHING,
      answers: { 200: { description: 'The request as it is now.', schema: CallbackShape } },
      handle: async (call) => {
        const view = await viewOf(call.params.id)
        const agent = `agent:${call.caller.id}`
        const { now } = await act(call, view, { callback: view.id, agent, act: name })
        const mine = now.takenBy === agent
        if (name === 'take' && !mine)
          throw now.state === 'waiting'
            ? new RelaisError('not-callable', whenOf(rooms, now))
            : new RelaisError('no-effect', now.takenBy ?? now.state)
        if (name === 'release' && (mine || now.state !== 'waiting')) throw new RelaisError('no-effect', now.takenBy ?? now.state)
        return done(shown(rooms, now))
      },
    })
  simple('take', 'The caller calls this person: nobody else does meanwhile')
  simple('release', 'Gives a request back to the list, without a call')
  add({
    method: 'post',
    path: '/callbacks/{id}/close',
    summary: 'What came of the call',
    description: '`no-answer` comes up again after the pause, until the tries are over. `done`: settled without a call, by anybody.',
    tag: 'Call-backs',
    roles: ACTORS,
    params: shape.callbackId,
    body: closing,
    answers: { 200: { description: 'The request as it is now.', schema: CallbackShape } },
    handle: async (call) => {
      const view = await viewOf(call.params.id)
      const agent = `agent:${call.caller.id}`
      const { outcome, note = null } = call.body
      if (view.state === 'closed' || (view.takenBy !== agent && outcome !== 'done'))
        throw new RelaisError('no-effect', view.takenBy ?? view.state)
      const target = (await rooms.reading.message(view.message))?.vendorId ?? null
      const { now, handled } = await act(call, view, { callback: view.id, agent, act: 'close', outcome, note, target })
      if (handled && !isAsClosed(now, call.body, view)) throw new RelaisError('no-effect', now.takenBy ?? now.state)
      return done(shown(rooms, now))
    },
  })
}

const whenOf = (rooms: Rooms, view: CallbackView): string => {
  const { callableAt } = shown(rooms, view)
  return callableAt === null ? '' : new Date(callableAt).toISOString()
}

type To = z.output<typeof askBody>['to']
const arrivals = async (
  rooms: Rooms,
  whom: To,
  asked: Bodies['callback.ask'],
  id: Call<unknown, unknown, unknown>['reserved']['event'],
  calling: Rooms['channels'],
) => {
  const at = rooms.clock.now()
  const found =
    whom.email === undefined ? null : (await rooms.reading.contacts({ address: whom.email.toLowerCase(), limit: 1, cursor: null })).items[0]
  const contactId = whom.contactId ?? found?.id
  if (contactId !== undefined) {
    const contact = await rooms.reading.contact(contactId)
    if (!contact) throw new RelaisError('not-found', contactId)
    return { own: [ownArrival('callback.ask', asked, { id, contact: contact.id, channel: null, at })] }
  }
  if (whom.phone === undefined) throw new RelaisError('not-found', whom.email)
  const { channel, address } = reachPhone(whom.phone, calling, rooms.workspace.country)
  return {
    contacts: [
      contactArrival('callback.ask', asked, { id, channel: channel.id, at, addresses: [address], country: countryOfAddress(address) }),
    ],
  }
}
