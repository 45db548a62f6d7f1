/** The world around the house in a benchmark: an imitation provider at the wire, and customers who write. One process, no simulator logic, as little work as can be. */
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { Pool } from 'undici'

export const SECRET = 'bench-app-secret'
export const TOKEN = 'bench-token'
export const NUMBER_ID = '106540352242922'
const ACCOUNT_ID = '102290129340398'

export type Load = {
  readonly apiUrl: string
  /** Where the house listens. */
  aim(url: string): void
  /** `contacts` people, each writing again when answered, `atOnce` of them at a time, for `ms`. */
  closed(options: { readonly contacts: number; readonly atOnce: number; readonly ms: number }): Promise<Measured>
  /** `perSecond` messages, whatever comes of them, for `ms`. */
  open(options: { readonly contacts: number; readonly perSecond: number; readonly ms: number }): Promise<Measured>
  /** Webhooks only, over `connections`, for `ms`: how many were answered 200 a second. */
  intake(options: { readonly connections: number; readonly ms: number }): Promise<number>
  close(): Promise<void>
}

export type Measured = {
  readonly sent: number
  readonly answered: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly lost: number
  readonly doubled: number
  readonly disordered: number
}

const sign = (body: string) => `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`
const envelope = (value: object) =>
  JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: ACCOUNT_ID, changes: [{ field: 'messages', value }] }] })
const METADATA = { display_phone_number: '33465711000', phone_number_id: NUMBER_ID }
const phoneOf = (contact: number) => `336${String(10_000_000 + contact)}`

export const createLoad = async (): Promise<Load> => {
  let pool = new Pool('http://127.0.0.1:1')
  let serial = 0
  const run = String(Date.now() % 1e9)
  const startedAt = new Map<string, number>()
  const answered = new Map<string, number>()
  const lastOf = new Map<string, number>()
  let latencies: number[] = []
  let doubled = 0
  let disordered = 0
  let onAnswer = (_contact: string) => {}

  const post = async (body: string): Promise<number> => {
    const response = await pool.request({
      method: 'POST',
      path: '/webhooks/whatsapp',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': sign(body) },
      body,
    })
    await response.body.dump()
    return response.statusCode
  }
  /** Providers repeat what got no 200. */
  const deliver = async (body: string) => {
    for (let tries = 0; tries < 50; tries++) {
      const status = await post(body).catch(() => 0)
      if (status === 200) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const write = (contact: number) => {
    const phone = phoneOf(contact)
    serial += 1
    const text = `n${serial}`
    startedAt.set(text, performance.now())
    const at = String(Math.floor(Date.now() / 1000))
    return deliver(
      envelope({
        messaging_product: 'whatsapp',
        metadata: METADATA,
        contacts: [{ profile: { name: `C${contact}` }, wa_id: phone }],
        messages: [{ from: phone, id: `wamid.in.${run}.${serial}`, timestamp: at, type: 'text', text: { body: text } }],
      }),
    )
  }
  const receipts = (id: string, phone: string, attempt: string) => {
    for (const status of ['sent', 'delivered']) {
      const at = String(Math.floor(Date.now() / 1000))
      void deliver(
        envelope({
          messaging_product: 'whatsapp',
          metadata: METADATA,
          statuses: [
            {
              id,
              status,
              timestamp: at,
              recipient_id: phone,
              biz_opaque_callback_data: attempt,
              pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' },
            },
          ],
        }),
      )
    }
  }
  /** The reply repeats the customer's text: that is how it is known which message it answers. */
  const arrive = (message: { to: string; text?: { body: string }; biz_opaque_callback_data: string }): string => {
    const now = performance.now()
    const phone = message.to.replace('+', '')
    const text = /n\d+/.exec(message.text?.body ?? '')?.[0] ?? ''
    const began = startedAt.get(text)
    const times = (answered.get(text) ?? 0) + 1
    answered.set(text, times)
    if (times > 1) doubled += 1
    else if (began !== undefined) {
      latencies.push(now - began)
      const n = Number(text.slice(1))
      if ((lastOf.get(phone) ?? 0) > n) disordered += 1
      lastOf.set(phone, n)
      onAnswer(phone)
    }
    serial += 1
    const id = `wamid.out.${run}.${serial}`
    setImmediate(receipts, id, phone, message.biz_opaque_callback_data)
    return JSON.stringify({ messaging_product: 'whatsapp', contacts: [{ input: phone, wa_id: phone }], messages: [{ id }] })
  }
  const server: Server = createServer((request, response) => {
    // Questions about the number and its templates are none of the load's matter.
    if (request.method === 'GET') return void response.writeHead(404).end()
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const body = arrive(JSON.parse(Buffer.concat(chunks).toString()))
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
    })
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()

  const reset = () => {
    startedAt.clear()
    answered.clear()
    latencies = []
    doubled = 0
    disordered = 0
    onAnswer = () => {}
  }
  const rest = async () => {
    for (let tries = 0; tries < 300 && answered.size < startedAt.size; tries++) await new Promise((resolve) => setTimeout(resolve, 50))
    // The last receipts come in too.
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  const measured = (during: number, ms: number): Measured => {
    const sorted = latencies.toSorted((a, b) => a - b)
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
    return {
      sent: startedAt.size,
      answered: answered.size,
      perSecond: during / (ms / 1000),
      p50: at(0.5),
      p99: at(0.99),
      lost: startedAt.size - answered.size,
      doubled,
      disordered,
    }
  }

  return {
    apiUrl: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    aim: (url) => {
      pool = new Pool(url, { connections: 128, pipelining: 1, bodyTimeout: 30_000, headersTimeout: 30_000 })
    },
    closed: async ({ contacts, atOnce, ms }) => {
      reset()
      let next = 0
      let going = true
      onAnswer = () => {
        if (going) void write(next++ % contacts)
      }
      for (let n = 0; n < atOnce; n++) void write(next++ % contacts)
      await new Promise((resolve) => setTimeout(resolve, ms))
      const during = latencies.length
      going = false
      await rest()
      return measured(during, ms)
    },
    open: async ({ contacts, perSecond, ms }) => {
      reset()
      const began = performance.now()
      let next = 0
      while (performance.now() - began < ms) {
        const due = Math.floor(((performance.now() - began) / 1000) * perSecond)
        while (next < due) void write(next++ % contacts)
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
      const during = latencies.length
      await rest()
      return measured(during, ms)
    },
    intake: async ({ connections, ms }) => {
      reset()
      const end = performance.now() + ms
      let done = 0
      const one = async () => {
        while (performance.now() < end) {
          await write(serial % 5000)
          done += 1
        }
      }
      const began = performance.now()
      await Promise.all(Array.from({ length: connections }, one))
      return done / ((performance.now() - began) / 1000)
    },
    close: async () => {
      await pool.close()
      server.closeAllConnections()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}
