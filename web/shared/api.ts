/** The house's API, as pages call it: with the session's cookie, in the person's language, on the house's own time. */
import type { CallOutcome } from '../../src/core/callback.ts'
import type { Words } from '../../src/core/language.ts'
import type {
  CallbackView,
  ContactDetail,
  ConversationView,
  DecisionView,
  ExplanationData,
  MessageView,
  ConversationDetail as StoredConversation,
} from '../../src/core/reading.ts'
import type { Template as StoredTemplate } from '../../src/core/workspace.ts'

export type { ConversationView, DecisionView, ExplanationData, MessageView } from '../../src/core/reading.ts'
export type Window = {
  readonly channel: string
  readonly service: 'open' | 'closed'
  readonly closesAt: number | null
  readonly heardAt: number | null
}
export type Conversation = Omit<StoredConversation, 'heard'> & { readonly windows: readonly Window[] }
export type Template = Omit<StoredTemplate, 'file'>
export type Me = {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly workspace: string
  readonly timezone: string
}
export type Page<T> = { readonly items: readonly T[]; readonly next: string | null }
export type Acted = {
  readonly handled: boolean
  readonly conversation: Conversation
  readonly message: MessageView | null
  readonly decision: DecisionView | null
}
export type Explained = { readonly data: ExplanationData }
export type RuleName = { readonly id: string; readonly about: { readonly fr: string; readonly en: string } }
/** A channel or an engine, as the house finds it and as its operator left it. */
export type Running = {
  readonly id: string
  readonly kind?: string
  readonly health: 'healthy' | 'degraded' | 'cut'
  readonly paused: boolean
  readonly changedAt: number | null
}
/** A call-back request: when they may be called next, by the hours they agreed to. */
export type Callback = Omit<CallbackView, 'from'> & { readonly callableAt: number | null; readonly callableUntil: number | null }
export type List = ConversationView
export type ThreadTaskKind = 'draft' | 'suggest' | 'summarise'
/** What an engine was asked for at the desk. */
export type ThreadTask = {
  readonly id: string
  readonly task: ThreadTaskKind
  readonly state: 'pending' | 'working' | 'done' | 'failed'
  readonly why: { readonly says: Words; readonly remedy: Words } | null
  readonly result: {
    readonly text: string
    readonly options: readonly string[] | null
    readonly citations: readonly { readonly title: string; readonly passage: string }[]
  } | null
}

/** An error of the house's catalogue, in words; `offline` where nobody answered. */
export class Trouble extends Error {
  readonly code: string
  readonly status: number
  readonly remedy: string
  constructor(code: string, status: number, says: string, remedy: string) {
    super(says)
    this.code = code
    this.status = status
    this.remedy = remedy
  }
}

let ahead = 0
/** The house's time: the browser's may be wrong, and the demo's is moved. */
export const houseNow = (): number => Date.now() + ahead
/** A page that hears the time another way tells it. */
export const setHouseTime = (now: number): void => {
  ahead = now - Date.now()
}

let left = () => {}
/** What a page does once its session is over. */
export const onLeft = (act: () => void): void => {
  left = act
}

const wordOf = (value: unknown, field: string): string =>
  typeof value === 'object' && value !== null && field in value ? String((value as Record<string, unknown>)[field]) : ''

const troubleOf = async (response: Response): Promise<Trouble> => {
  const body: unknown = await response.json().catch(() => null)
  return new Trouble(
    wordOf(body, 'code') || 'unknown',
    response.status,
    wordOf(body, 'title') || String(response.status),
    wordOf(body, 'remedy'),
  )
}

const call = async (method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<unknown> => {
  const request: RequestInit = {
    method,
    headers: { 'accept-language': document.documentElement.lang, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }
  const response = await fetch(`/api/v1${path}`, request).catch(() => {
    throw new Trouble('offline', 0, '', '')
  })
  const time = Number(response.headers.get('relais-time'))
  if (time > 0) setHouseTime(time)
  if (response.status === 401 && path !== '/session') left()
  if (!response.ok) throw await troubleOf(response)
  return response.status === 204 ? null : response.json()
}

/** Sent with every act, so that a repeated click or a weak network is one act. */
export const makeActKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('')

const get = <T>(path: string) => call('GET', path) as Promise<T>
const act = <T>(path: string, body: object = {}, key = makeActKey()) => call('POST', path, body, { 'idempotency-key': key }) as Promise<T>

export type Says =
  | { readonly text: string }
  | { readonly template: { readonly name: string; readonly language: string; readonly parameters: Readonly<Record<string, string>> } }

/** Where the file of a message is: the session's cookie opens it. */
export const fileOf = (message: string): string => `/api/v1/media/${message}`

export const api = {
  /** Asked quietly: a browser writes every 401 in its console, and to have not entered is no fault. */
  me: async (): Promise<Me> => {
    const me = await get<Me | null>('/session?quiet=true')
    if (!me) throw new Trouble('unauthorized', 401, '', '')
    return me
  },
  enter: (key: string) => call('POST', '/session', { key }) as Promise<Me>,
  leave: () => call('DELETE', '/session'),
  conversations: (query: string) => get<Page<ConversationView>>(`/conversations?limit=50${query}`),
  callbacks: () => get<Page<Callback>>('/callbacks?limit=200'),
  takeCall: (id: string) => act<Callback>(`/callbacks/${id}/take`),
  releaseCall: (id: string) => act<Callback>(`/callbacks/${id}/release`),
  closeCall: (id: string, outcome: CallOutcome, note: string) =>
    act<Callback>(`/callbacks/${id}/close`, note ? { outcome, note } : { outcome }),
  conversation: (id: string) => get<Conversation>(`/conversations/${id}`),
  messages: (id: string, limit: number) => get<Page<MessageView>>(`/conversations/${id}/messages?limit=${limit}`),
  contactOf: (address: string) => get<Page<{ conversationId: string | null }>>(`/contacts?limit=1&address=${encodeURIComponent(address)}`),
  contact: (id: string) => get<ContactDetail>(`/contacts/${id}`),
  channels: () => get<{ readonly items: readonly Running[] }>('/channels'),
  engines: () => get<{ readonly items: readonly Running[] }>('/engines'),
  automation: () => get<{ readonly paused: boolean }>('/automation'),
  templates: () => get<Page<Template>>('/templates'),
  rules: () => get<Page<RuleName>>('/rules'),
  explanation: (message: string) => get<Explained>(`/messages/${message}/explanation`),
  take: (id: string) => act<Acted>(`/conversations/${id}/take`),
  giveBack: (id: string) => act<Acted>(`/conversations/${id}/give-back`),
  close: (id: string) => act<Acted>(`/conversations/${id}/close`),
  reply: (id: string, says: Says, key: string) => act<Acted>(`/conversations/${id}/reply`, says, key),
  askTask: (id: string, task: ThreadTaskKind) => act<ThreadTask>(`/conversations/${id}/tasks`, { task }),
  task: (id: string) => get<ThreadTask>(`/tasks/${id}`),
  release: (message: string, says: Says | null) => act<Acted>(`/messages/${message}/release`, says ?? {}),
  discard: (message: string) => act<Acted>(`/messages/${message}/discard`),
}
