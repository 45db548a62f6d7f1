/**
 * The same path with only its SQL: signature, parse, group commit, turn, claim, send, settle, receipts — and nothing of the house between
 * them: no connector, no rules, no journeys, no HTTP framework. What the house costs is measured against this.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import { Pool } from 'undici'
import { digestOf, sha256 } from '../src/core/digest.ts'
import { type AttemptId, type ChannelId, createIds, type EventId, type VendorId } from '../src/core/ids.ts'
import { silentLog } from '../src/core/ports.ts'
import type { Arrivals, Change, ContactArrival, Loaded, ReceiptArrival, Settlement } from '../src/core/store.ts'
import { connect } from '../src/store/connection.ts'
import { openStore } from '../src/store/postgres/index.ts'
import { NUMBER_ID, SECRET, TOKEN } from './load.ts'

const env = process.env
const channel = 'whatsapp' as ChannelId
const ids = createIds(Date.now, Math.random)
const store = await openStore(connect({ config: { connectionString: env.DATABASE_URL } }), {
  worker: `bare_${process.pid}`,
  ids,
  at: Date.now(),
  log: silentLog,
})
const rulebook = digestOf({ bare: true })
await store.register(
  { channels: [{ id: channel, kind: 'whatsapp' }], rulebook: { digest: rulebook, content: {} }, journeys: [] },
  Date.now(),
)
const pool = new Pool(env.WHATSAPP_API_URL ?? '', { connections: 128 })

type Item = {
  id: string
  from?: string
  timestamp: string
  text?: { body: string }
  status?: ReceiptArrival['status']
  biz_opaque_callback_data?: string
}

const parse = (body: Buffer): Arrivals => {
  const contacts: ContactArrival[] = []
  const receipts: ReceiptArrival[] = []
  for (const entry of JSON.parse(body.toString()).entry)
    for (const { value } of entry.changes) {
      for (const item of (value.messages ?? []) as Item[]) {
        const body = { kind: 'message', content: { type: 'text', text: item.text?.body ?? '' } }
        contacts.push({
          id: `evt_${sha256(item.id).slice(0, 40)}` as EventId,
          channel,
          kind: 'message',
          at: Number(item.timestamp) * 1000,
          addresses: [{ kind: 'whatsapp', value: `+${item.from}` }],
          body: { ...body, vendorId: item.id, to: `+${item.from}` },
        })
      }
      for (const item of (value.statuses ?? []) as Item[])
        receipts.push({
          channel,
          target: item.id as VendorId,
          status: item.status ?? 'sent',
          at: Number(item.timestamp) * 1000,
          attempt: item.biz_opaque_callback_data as AttemptId,
        })
    }
  return { contacts, receipts, own: [], channels: [] }
}

// ── Group commit ────────────────────────────────────────────────────────────────────────────────────────────────────────
const queue: { arrivals: Arrivals; done: () => void }[] = []
let flushing = 0
const flush = async () => {
  if (flushing >= 2 || !queue.length) return
  flushing += 1
  const batch = queue.splice(0, 400)
  await store.append(
    {
      contacts: batch.flatMap((one) => one.arrivals.contacts),
      receipts: batch.flatMap((one) => one.arrivals.receipts),
      own: [],
      channels: [],
    },
    Date.now(),
  )
  flushing -= 1
  for (const one of batch) one.done()
  void turns()
  void flush()
}

// ── Turn, claim, send, settle ───────────────────────────────────────────────────────────────────────────────────────────
const decide = (loaded: Loaded): Change => {
  const at = Date.now()
  const base = {
    contact: loaded.contact,
    handled: loaded.events.map((event) => event.id),
    owner: loaded.owner,
    epoch: loaded.epoch,
    state: { inboundAt: at },
    lastAt: at,
    waitingSince: null,
  }
  const change = {
    ...base,
    messages: [] as Change['messages'][number][],
    decisions: [] as Change['decisions'][number][],
    outbox: [] as Change['outbox'][number][],
    journal: [] as Change['journal'][number][],
  }
  for (const event of loaded.events) {
    const body = event.body as { vendorId: VendorId; to: string; content: { type: 'text'; text: string } }
    const [inbound, message, decision] = [ids('msg'), ids('msg'), ids('dec')]
    const row = {
      channel,
      at,
      content: body.content,
      category: null,
      ai: false,
      citations: null,
      replyTo: null,
      refusal: null,
      price: null,
    }
    change.messages.push({
      ...row,
      id: inbound,
      direction: 'in',
      author: 'customer',
      vendorId: body.vendorId,
      status: 'received',
      decision: null,
    })
    change.messages.push({ ...row, id: message, direction: 'out', author: 'system', vendorId: null, status: 'queued', decision })
    const judged = {
      outcome: 'allow' as const,
      amend: {},
      until: null,
      rulings: [],
      price: { known: false, amount: null, currency: null, category: 'service', since: null, source: null, confidence: null },
    }
    change.decisions.push({ ...judged, id: decision, at, message, situation: {} as never, situationDigest: rulebook, rulebook, intent: {} })
    change.outbox.push({
      message,
      channel,
      dueAt: at,
      epoch: loaded.epoch,
      automatic: true,
      category: 'service',
      decision,
      body: { to: body.to, text: body.content.text },
    })
    change.journal.push(
      { id: event.id, kind: 'message.received', at, channel, message: inbound },
      { id: ids('evt'), kind: 'message.queued', at, channel, message, decision },
    )
  }
  return { ...change, cancelBefore: null, patches: [], remove: [], stay: [], resend: [], timers: [], jobs: [], consents: [], claims: [] }
}
let turning = false
let again = false
const turns = async () => {
  again = true
  if (turning) return
  turning = true
  while (again) {
    again = false
    const report = await store.turn({ at: Date.now(), limit: 100 }, decide)
    again ||= report.contacts > 0
    if (report.sends) void claims()
  }
  turning = false
}
const lease = (await store.lease(channel, Date.now()))?.lease
const settling: Settlement[] = []
let settlingNow = false
const settle = async () => {
  if (settlingNow || !settling.length) return
  settlingNow = true
  await store.settle(settling.splice(0, 200))
  settlingNow = false
  void claims()
  void settle()
}
let claiming = false
let claimAgain = false
const claims = async () => {
  claimAgain = true
  if (claiming || !lease) return
  claiming = true
  while (claimAgain) {
    claimAgain = false
    const claimed = await store.claim({ lease, at: Date.now(), limit: 500 }, () => ({ type: 'send', attempt: ids('att'), opening: false }))
    if (typeof claimed === 'string') break
    claimAgain ||= claimed.length > 0
    for (const { head, attempt } of claimed) void send(head, attempt)
  }
  claiming = false
}
const send = async (head: { message: Settlement['message']; contact: Settlement['contact']; body: unknown }, attempt: AttemptId) => {
  const { to, text } = head.body as { to: string; text: string }
  const body = JSON.stringify({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to,
    type: 'text',
    text: { body: `Reçu : ${text}` },
    biz_opaque_callback_data: attempt,
  })
  const response = await pool.request({
    method: 'POST',
    path: `/v26.0/${NUMBER_ID}/messages`,
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body,
  })
  const answer = (await response.body.json()) as { messages: { id: VendorId }[] }
  settling.push({
    attempt,
    message: head.message,
    contact: head.contact,
    channel,
    at: Date.now(),
    result: { type: 'accepted', vendorId: answer.messages[0]?.id as VendorId },
    next: { type: 'done', event: null },
  })
  void settle()
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    const given = Buffer.from(String(request.headers['x-hub-signature-256']).slice(7), 'hex')
    const own = createHmac('sha256', SECRET).update(body).digest()
    if (given.length !== own.length || !timingSafeEqual(given, own)) return response.writeHead(401).end()
    const arrivals = parse(body)
    const done = () => response.writeHead(200, { 'content-length': '0' }).end()
    queue.push({ arrivals, done })
    void flush()
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
})
process.on('disconnect', () => process.exit(0))
