/** The reading half of the API. */
import { z } from '@hono/zod-openapi'
import { RelaisError } from '../../core/errors.ts'
import type { ConversationDetail as Detail } from '../../core/reading.ts'
import { aboutsFor, explainMessage } from '../../relay/explanation.ts'
import { type Add, done, EVERYBODY, type Operation } from '../operation.ts'
import type { ChannelEntry, Rooms } from '../rooms.ts'
import * as shape from './schemas.ts'

const HOUR = 3_600_000

/** Reading is for everybody. */
const get = <P = undefined, Q = undefined>(add: Add, op: Omit<Operation<P, Q, undefined>, 'method' | 'roles'>): void =>
  add({ ...op, method: 'get', roles: EVERYBODY })

const found = <T>(value: T | null, id: string): T => {
  if (value === null) throw new RelaisError('not-found', id)
  return value
}

/** Where free text may answer now: what the desk's reply box goes by. The decision at sending has the last word. */
export const windowsOf = (conversation: Detail, channels: readonly ChannelEntry[], now: number) =>
  channels
    .filter((channel) => !channel.calls && conversation.addresses.some((address) => channel.identities.includes(address.kind)))
    .map((channel) => {
      const heardAt = conversation.heard.find((one) => one.channel === channel.id)?.at ?? null
      if (channel.windowHours === null) return { channel: channel.id, service: 'open', closesAt: null, heardAt }
      const closesAt = heardAt === null ? null : heardAt + channel.windowHours * HOUR
      return { channel: channel.id, service: closesAt !== null && closesAt > now ? 'open' : 'closed', closesAt, heardAt }
    })

export const detailOf = ({ heard, ...rest }: Detail, rooms: Rooms) => ({
  ...rest,
  windows: windowsOf({ heard, ...rest }, rooms.channels, rooms.clock.now()),
})

export const addMessages = (add: Add, { reading, workspace }: Rooms): void => {
  get(add, {
    path: '/messages/{id}',
    summary: 'One message, with its status, receipts and price',
    tag: 'Messages',
    params: shape.messageId,
    answers: { 200: { description: 'The message.', schema: shape.Message } },
    handle: async ({ params }) => done(found(await reading.message(params.id), params.id)),
  })
  get(add, {
    path: '/messages/{id}/explanation',
    summary: 'Why a message was sent, changed, held or refused, in words',
    description: '`words` is in the language of Accept-Language; `data` is all it was made from.',
    tag: 'Messages',
    params: shape.messageId,
    answers: { 200: { description: 'The explanation.', schema: z.object({ words: z.looseObject({}), data: z.looseObject({}) }) } },
    handle: async ({ params, language }) => {
      const data = found(await reading.explanation(params.id), params.id)
      return done({ words: explainMessage(data, language, workspace.timezone, await aboutsFor(reading, data)), data })
    },
  })
  get(add, {
    path: '/decisions/{id}',
    summary: 'What the rulebook said of one message, with the situation it was asked about',
    tag: 'Messages',
    params: shape.decisionId,
    answers: { 200: { description: 'The decision.', schema: shape.Decision } },
    handle: async ({ params }) => done(found(await reading.decision(params.id), params.id)),
  })
}

export const addContacts = (add: Add, { reading }: Rooms): void => {
  get(add, {
    path: '/contacts',
    summary: 'Contacts, newest first',
    tag: 'Contacts',
    query: z.strictObject({
      ...shape.paging,
      address: shape.textOf(300).optional().openapi({ description: 'With its kind (email:a@b.fr) or without.', example: '+33612345678' }),
    }),
    answers: { 200: { description: 'A page.', schema: shape.pageSchema(shape.Contact) } },
    handle: async ({ query }) => done(await reading.contacts(query)),
  })
  get(add, {
    path: '/contacts/{id}',
    summary: 'One contact, with the consents in force',
    description: 'The id of somebody who became part of another contact gives that contact.',
    tag: 'Contacts',
    params: shape.contactId,
    answers: { 200: { description: 'The contact.', schema: shape.ContactDetail } },
    handle: async ({ params }) => done(found(await reading.contact(params.id), params.id)),
  })
}

export const addConversations = (add: Add, rooms: Rooms): void => {
  get(add, {
    path: '/conversations',
    summary: 'Conversations, newest first; with waiting=true, who waits longest first',
    tag: 'Conversations',
    query: z.strictObject({
      ...shape.paging,
      waiting: z.enum(['true', 'false']).default('false'),
      owner: shape.textOf(100).optional().openapi({ example: 'agents' }),
    }),
    answers: { 200: { description: 'A page.', schema: shape.pageSchema(shape.Conversation) } },
    handle: async ({ query: { waiting, ...query } }) => done(await rooms.reading.conversations({ ...query, waiting: waiting === 'true' })),
  })
  get(add, {
    path: '/conversations/{id}',
    summary: 'One conversation, with its windows',
    tag: 'Conversations',
    params: shape.conversationId,
    answers: { 200: { description: 'The conversation.', schema: shape.ConversationDetail } },
    handle: async ({ params }) => done(detailOf(found(await rooms.reading.conversation(params.id), params.id), rooms)),
  })
  get(add, {
    path: '/conversations/{id}/messages',
    summary: 'The thread, newest first, across all channels',
    tag: 'Conversations',
    params: shape.conversationId,
    query: shape.pageQuery,
    answers: { 200: { description: 'A page.', schema: shape.pageSchema(shape.Message) } },
    handle: async ({ params, query }) => {
      const page = await rooms.reading.messages(params.id, query)
      if (!page.items.length && query.cursor === null) found(await rooms.reading.conversation(params.id), params.id)
      return done(page)
    },
  })
}

export const addState = (add: Add, { reading }: Rooms): void => {
  get(add, {
    path: '/poison',
    summary: 'Events set aside after three failures, the last first',
    tag: 'Operations',
    query: shape.pageQuery,
    answers: { 200: { description: 'A page.', schema: shape.pageSchema(shape.Poison) } },
    handle: async ({ query }) => done(await reading.poison(query)),
  })
  get(add, {
    path: '/channels',
    summary: 'Channels: health, quality, limits, templates',
    tag: 'Operations',
    answers: { 200: { description: 'All of them.', schema: z.object({ items: z.array(shape.Channel) }) } },
    handle: async () => done({ items: await reading.channels() }),
  })
}

export const addTexts = (add: Add, { workspace, rules }: Rooms): void => {
  get(add, {
    path: '/templates',
    summary: 'The workspace’s message templates, with their texts',
    description: 'Whether a channel’s platform allows one now: see /channels.',
    tag: 'Messages',
    answers: { 200: { description: 'All of them.', schema: z.object({ items: z.array(shape.Template) }) } },
    handle: async () => done({ items: workspace.templates.map(({ file: _, path: __, ...template }) => template) }),
  })
  get(add, {
    path: '/rules',
    summary: 'What each rule of the rulebook is about, in a sentence',
    tag: 'Messages',
    answers: { 200: { description: 'All of them.', schema: z.object({ items: z.array(shape.Rule) }) } },
    handle: async () => done({ items: rules?.() ?? [] }),
  })
}
