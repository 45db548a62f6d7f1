import { makeVirtualClock, type VirtualClock } from '../clocks.ts'
import { makeRandom } from '../random.ts'
import type { Template, WhatsAppOptions } from './options.ts'
import { createWhatsAppSimulator, type WhatsAppSimulator } from './simulator.ts'

/** For the simulator's own tests: a simulator on a virtual clock, and a webhook that notes what it is told. */

export const secret = 'app-secret'
export const token = 'EAAtoken'
export const numberId = '106540352242922'
export const accountId = '102290129340398'
export const start = Date.UTC(2026, 10, 22, 9)

export interface Heard {
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string
  readonly at: number
}

export interface Bench {
  readonly clock: VirtualClock
  readonly simulator: WhatsAppSimulator
  /** Webhooks received, oldest first. */
  readonly heard: Heard[]
  /** What the webhook answers; 200 by default. */
  answer: (request: Heard) => Promise<Response> | Response
  /** `POST /messages` with the usual fields filled in. */
  send(body: Record<string, unknown>): Promise<Reply>
  call(method: string, path: string, detail?: { body?: string | FormData; headers?: Record<string, string> }): Promise<Reply>
  /** All `statuses[]` told so far, in order. */
  statuses(): Record<string, unknown>[]
  /** All `messages[]` told so far. */
  messages(): Record<string, unknown>[]
  /** All changes of a field. */
  changes(field: string): Record<string, unknown>[]
}

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The fields the tests look at; anything else by `toMatchObject`. */
  readonly json: {
    error?: { code: number; message: string; error_data?: { details: string } }
    id?: string
    url?: string
    messages?: { id: string }[]
    data?: Record<string, unknown>[]
    paging?: { next?: string }
  }
}

export const templates: Template[] = [
  {
    name: 'trip_update',
    language: 'fr',
    category: 'UTILITY',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Votre voyage' },
      { type: 'BODY', text: 'Bonjour {{1}}, votre départ est le {{2}}.' },
      { type: 'FOOTER', text: 'Voyages Lumière' },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Parler à quelqu’un' }] },
    ],
  },
  { name: 'offers', language: 'fr', category: 'MARKETING', components: [{ type: 'BODY', text: 'Nos offres de mai.' }] },
  { name: 'code', language: 'fr', category: 'AUTHENTICATION', components: [{ type: 'BODY', text: 'Votre code : {{1}}.' }] },
  {
    name: 'named',
    language: 'fr',
    category: 'UTILITY',
    parameter_format: 'NAMED',
    components: [{ type: 'BODY', text: 'Bonjour {{prenom}}.' }],
  },
]

export function makeBench(options: Partial<WhatsAppOptions> = {}): Bench {
  const clock = makeVirtualClock(start)
  const heard: Heard[] = []
  const simulator = createWhatsAppSimulator({
    clock,
    random: makeRandom(1),
    fetch: async (url, init) => {
      const request = { url, headers: init.headers, body: init.body ?? '', at: clock.now() }
      if (init.method === 'POST') heard.push(request)
      return bench.answer(request)
    },
    appSecret: secret,
    accessToken: token,
    verifyToken: 'verify-me',
    businessAccountId: accountId,
    phoneNumberId: numberId,
    displayNumber: '+33612345678',
    webhookUrl: 'http://relais.test/webhooks/whatsapp',
    templates,
    ...options,
  })
  const bench: Bench = {
    clock,
    simulator,
    heard,
    answer: () => new Response('ok'),
    send: (body) =>
      bench.call('POST', `/v26.0/${numberId}/messages`, {
        body: JSON.stringify({ messaging_product: 'whatsapp', to: '+33699000001', ...body }),
      }),
    async call(method, path, { body, headers = {} } = {}) {
      const url = path.startsWith('http') ? path : `https://graph.facebook.com${path}`
      const init = { method, headers: { authorization: `Bearer ${token}`, ...headers }, ...(body === undefined ? {} : { body }) }
      const response = await simulator.fetch(new Request(url, init))
      const text = await response.text()
      const json = text.startsWith('{') && response.headers.get('content-type')?.includes('json') ? safeParse(text) : {}
      return { status: response.status, headers: response.headers, text, json }
    },
    statuses: () => inside('statuses'),
    messages: () => inside('messages'),
    changes: (field) => changesOf(heard).flatMap((change) => (change.field === field ? [change.value] : [])),
  }
  const inside = (part: 'statuses' | 'messages') =>
    changesOf(heard).flatMap((change) => (change.value[part] as Record<string, unknown>[] | undefined) ?? [])
  return bench
}

const safeParse = (text: string): Reply['json'] => {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

interface Change {
  readonly field: string
  readonly value: Record<string, unknown>
}

const changesOf = (heard: readonly Heard[]): Change[] =>
  heard.flatMap(({ body }) => (JSON.parse(body) as { entry: { changes: Change[] }[] }).entry.flatMap((entry) => entry.changes))
