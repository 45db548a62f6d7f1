/** What an agent does at the desk, and an operator with a channel. Each is an event in the contact's order; the turn decides what it does. */
import { z } from '@hono/zod-openapi'
import type { Key } from '../../core/access.ts'
import type { Content } from '../../core/content.ts'
import { RelaisError } from '../../core/errors.ts'
import { type AgentId, asId, type ConversationId, type MessageId } from '../../core/ids.ts'
import type { ConversationDetail, MessageView } from '../../core/reading.ts'
import type { Action } from '../../relay/event.ts'
import { type Add, type Call, done } from '../operation.ts'
import { InvalidRequest, oneOf } from '../problem.ts'
import type { Rooms } from '../rooms.ts'
import { append, ownArrival } from './act.ts'
import { contentOf, says } from './content.ts'
import { detailOf } from './reading.ts'
import * as shape from './schemas.ts'

const ACTORS = ['agent', 'admin'] as const
/** As it stands in threads and as owner. */
const agentOf = (caller: Key): AgentId => asId(`agent:${caller.id}`)

const Acted = z
  .object({
    handled: z.boolean().openapi({ description: 'false: its turn has not come within five seconds.' }),
    conversation: shape.ConversationDetail,
    message: shape.Message.nullable(),
    decision: shape.Decision.nullable(),
  })
  .openapi('Acted')
const answers = {
  200: { description: 'Done: the conversation as it is now, and the message where there is one.', schema: Acted },
  202: { description: 'Taken; its turn has not come yet.', schema: Acted },
}

const conversationOf = async (rooms: Rooms, id: ConversationId): Promise<ConversationDetail> => {
  const conversation = await rooms.reading.conversation(id)
  if (!conversation) throw new RelaisError('not-found', id)
  return conversation
}

/** Lets the conversation's turn take the act; then tells what came of it. `message`: what the act is about, or makes. */
const act = async (
  rooms: Rooms,
  { reserved }: Pick<Call<unknown, unknown, unknown>, 'reserved'>,
  conversation: ConversationDetail,
  action: Action,
  message: MessageId | null,
) => {
  const place = { id: reserved.event, contact: conversation.contactId, channel: null, at: rooms.clock.now() }
  const handled = await append(rooms, { own: [ownArrival('action', action, place)] }, reserved.event)
  const [now, view] = await Promise.all([
    conversationOf(rooms, conversation.id),
    message === null ? Promise.resolve(null) : rooms.reading.message(message),
  ])
  return { handled, now, view }
}

const tell = async (rooms: Rooms, { handled, now, view }: { handled: boolean; now: ConversationDetail; view: MessageView | null }) => {
  const decision = view?.decisionId ? await rooms.reading.decision(view.decisionId) : null
  return done({ handled, conversation: detailOf(now, rooms), message: view, decision }, handled ? 200 : 202)
}

const CLOSING = z.strictObject({ reason: shape.textOf(500).optional() })
const NOTHING: z.ZodType<{ readonly reason?: string | undefined }> = z.strictObject({})

export const addConversationActs = (add: Add, rooms: Rooms): void => {
  /** Acts without words; `worked` tells from the owner afterwards whether it had its effect. */
  const simple = (
    name: 'take' | 'give-back' | 'close' | 'unstick',
    summary: string,
    worked: (now: ConversationDetail, agent: AgentId) => boolean,
  ): void =>
    add({
      method: 'post',
      path: `/conversations/{id}/${name}`,
      summary,
      tag: 'Desk',
      roles: ACTORS,
      params: shape.conversationId,
      body: name === 'close' ? CLOSING : NOTHING,
      answers,
      handle: async (call) => {
        const agent = agentOf(call.caller)
        const action: Action = name === 'close' ? { action: name, agent, reason: call.body.reason ?? null } : { action: name, agent }
        const result = await act(rooms, call, await conversationOf(rooms, call.params.id), action, null)
        if (result.handled && !worked(result.now, agent)) throw new RelaisError('no-effect', result.now.owner)
        return tell(rooms, result)
      },
    })
  const machine = (owner: string) => owner === 'journey' || owner === 'engine'
  simple('take', 'The caller answers from now on; nothing automatic speaks any more', (now, agent) => now.owner === agent)
  simple('give-back', 'Back to the machine', (now) => machine(now.owner))
  simple('close', 'Ends the episode; the next message starts anew with the machine', (now) => machine(now.owner))
  simple('unstick', 'Ends a journey that is stuck', () => true)

  add({
    method: 'post',
    path: '/conversations/{id}/reply',
    summary: 'The caller writes to the customer',
    description: 'Judged like every message: outside the window a text becomes the template that stands in for it, or is held.',
    tag: 'Desk',
    roles: ACTORS,
    params: shape.conversationId,
    body: z.strictObject({ ...says, channel: shape.channelName.optional() }),
    answers,
    handle: async (call) => {
      const { content, category } = contentOf(call.body, rooms.workspace.templates)
      const { channel = null } = call.body
      if (channel !== null && !rooms.channels.some((one) => one.id === channel))
        throw new InvalidRequest([{ field: 'channel', says: oneOf(rooms.channels.map((one) => one.id)) }])
      const intent = { message: call.reserved.message, channel, content, category: category ?? 'service' }
      const action: Action = { action: 'reply', agent: agentOf(call.caller), intent }
      const result = await act(rooms, call, await conversationOf(rooms, call.params.id), action, intent.message)
      if (result.handled && !result.view) throw new RelaisError('no-effect', result.now.owner)
      return tell(rooms, result)
    },
  })
}

const heldMessage = async (rooms: Rooms, id: MessageId): Promise<MessageView & { content: Content }> => {
  const message = await rooms.reading.message(id)
  if (!message) throw new RelaisError('not-found', id)
  if (message.status !== 'held' || message.content === null) throw new RelaisError('no-effect', message.status)
  return { ...message, content: message.content }
}

export const addHeldActs = (add: Add, rooms: Rooms): void => {
  add({
    method: 'post',
    path: '/messages/{id}/release',
    summary: 'A held draft goes out, as it is or with other words',
    tag: 'Desk',
    roles: ACTORS,
    params: shape.messageId,
    body: z.strictObject(says),
    answers,
    handle: async (call) => {
      const held = await heldMessage(rooms, call.params.id)
      const asIs = call.body.text === undefined && call.body.template === undefined
      const { content, category } = asIs ? { content: held.content, category: null } : contentOf(call.body, rooms.workspace.templates)
      const intent = {
        message: held.id,
        channel: held.channel,
        content,
        category: category ?? held.category ?? 'service',
        plan: held.reach?.plan,
      }
      const agent = agentOf(call.caller)
      const action: Action = { action: 'release', agent, message: held.id, first: held.reach?.of, intent }
      const result = await act(rooms, call, await conversationOf(rooms, held.conversationId), action, held.id)
      const { handled, view } = result
      const decision = handled && view?.decisionId ? await rooms.reading.decision(view.decisionId) : null
      // Another let it go a moment before.
      if (view?.status === 'cancelled' || (decision && view?.status !== 'held' && decision.intent?.author !== agent))
        throw new RelaisError('no-effect', view?.status)
      return tell(rooms, result)
    },
  })
  add({
    method: 'post',
    path: '/messages/{id}/discard',
    summary: 'A held draft is dropped',
    tag: 'Desk',
    roles: ACTORS,
    params: shape.messageId,
    body: z.strictObject({}),
    answers,
    handle: async (call) => {
      const held = await heldMessage(rooms, call.params.id)
      const action: Action = { action: 'discard', agent: agentOf(call.caller), message: held.id }
      const result = await act(rooms, call, await conversationOf(rooms, held.conversationId), action, held.id)
      if (result.handled && result.view?.status !== 'cancelled') throw new RelaisError('no-effect', result.view?.status)
      return tell(rooms, result)
    },
  })
}
