/** The API over rooms in memory, with one contact, their conversation and a held message in it. */
import { asId, type ContactId, type ConversationId, type DecisionId, type MessageId } from '../../src/core/ids.ts'
import type { ContactDetail, ConversationDetail, MessageView } from '../../src/core/reading.ts'
import type { Template } from '../../src/core/workspace.ts'
import { createApp } from '../../src/http/app.ts'
import type { Rooms } from '../../src/http/rooms.ts'
import { CHANNEL, emptyReading, memoryRooms, NOON } from './rooms.ts'

const uuid = '019a9b1c-7d2e-7f00-8a00-0123456789ab'
export const CONTACT = asId<ContactId>(`con_${uuid}`)
export const CONVERSATION = asId<ConversationId>(`cnv_${uuid}`)
export const MESSAGE = asId<MessageId>(`msg_${uuid}`)
export const DECISION = asId<DecisionId>(`dec_${uuid}`)

export const conversation: ConversationDetail = {
  id: CONVERSATION,
  contactId: CONTACT,
  name: 'Marie',
  country: 'FR',
  language: 'fr',
  owner: 'agents',
  lastAt: NOON,
  waitingSince: NOON,
  last: null,
  addresses: [{ kind: 'whatsapp', value: '+33612345678' }],
  heard: [{ channel: CHANNEL, at: NOON - 3_600_000 }],
  taken: null,
}
export const message: MessageView = {
  id: MESSAGE,
  contactId: CONTACT,
  conversationId: CONVERSATION,
  channel: CHANNEL,
  direction: 'out',
  at: NOON,
  author: 'agent:agent',
  content: { type: 'text', text: 'Bonjour' },
  category: 'service',
  ai: false,
  citations: null,
  replyTo: null,
  vendorId: null,
  status: 'held',
  decisionId: null,
  refusal: null,
  price: null,
  priceSeen: null,
  duplicateRisk: false,
  reference: null,
  reach: null,
  movedTo: null,
  lateAt: null,
  editedAt: null,
  revokedAt: null,
  acceptedAt: null,
  sentAt: null,
  deliveredAt: null,
  readAt: null,
  failedAt: null,
}
export const contact: ContactDetail = {
  id: CONTACT,
  conversationId: CONVERSATION,
  name: 'Marie',
  country: 'FR',
  language: 'fr',
  addresses: [],
  createdAt: NOON,
  consents: [],
}
export const template: Template = {
  name: 'reminder',
  language: 'fr',
  category: 'utility',
  text: 'Bonjour {{name}}',
  parameters: ['name'],
  replaces: [],
  channel: null,
  file: 'templates/reminder.yaml',
}
export const reading = { ...emptyReading, conversation: async () => conversation, message: async () => message }

export const open = async (change: Partial<Rooms> = {}) => {
  const house = await memoryRooms({ reading, ...change })
  const { app, stream } = createApp(house.rooms)
  const call = (role: keyof typeof house.keys, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    app.request(`/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${house.keys[role]}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  return { ...house, app, stream, call }
}
export type Problem = { readonly code: string; readonly errors?: readonly { readonly field: string }[] }
export const fieldsOf = (problem: Problem) => problem.errors?.map((error) => error.field)
export const send = { to: { phone: '+33612345678' }, category: 'service', text: 'Votre vol part à 9 h.' }
