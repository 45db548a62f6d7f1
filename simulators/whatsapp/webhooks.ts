import { createHmac } from 'node:crypto'
import type { Clock, Fields } from '../wire.ts'
import { listOf } from '../wire.ts'
import type { OpenFaults } from './faults.ts'
import type { OpenLedger, Untold, WebhookRecord } from './ledger.ts'
import type { Settings } from './options.ts'

/** One thing to tell: one change of one field, with the ids it carries. */
export interface Update {
  readonly field: string
  /** `messages`, `statuses`, or the field's own name. */
  readonly part: string
  readonly items: readonly string[]
  readonly value: Fields
  /** When it happened: a late telling keeps it. */
  at?: number
}

export interface Webhooks {
  /** Where they go; change it as the app's settings would. */
  url: string
  /** Whether the account's app is subscribed at all, and to which fields (`undefined`: all). */
  subscribed: boolean
  fields: ReadonlySet<string> | undefined
  push(update: Update): void
  /** GET handshake. `ok` when the answer is 200 and the challenge itself. */
  verify(url?: string, verifyToken?: string): Promise<{ ok: boolean; status: number; body: string }>
  /** Forgets everything waiting. */
  reset(): void
  /** Deliveries not yet answered 200 nor given up, gathered batches included. */
  waiting(): number
}

type Signature = WebhookRecord['signature']

interface Delivery {
  readonly id: number
  readonly field: string
  readonly items: readonly string[]
  readonly body: string
  readonly since: number
  signature: Signature
  tries: number
}

const hour = 3_600_000
const retryAfterMs = [1_000, 5_000, 30_000, 120_000, 600_000, 1_800_000, hour, 2 * hour, 4 * hour, 6 * hour]
const retryForMs = { '7d': 168 * hour, '36h': 36 * hour }

/**
 * Sends what the platform tells, at least once and unordered, signed over the raw bytes, retried with growing pauses while the
 * answer is not 200. Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview and
 * …/create-webhook-endpoint (read 2026-11-22); the exact pauses are not published, these are the simulator's own.
 */
export function makeWebhooks(world: { settings: Settings; clock: Clock; random: () => number; faults: OpenFaults; ledger: OpenLedger }) {
  const { settings, clock, faults, ledger } = world
  let epoch = 0
  let deliveries = 0
  let open = 0
  let inFlight = 0
  let held: Update | undefined
  let gathered: Update[] = []
  let queue: Delivery[] = []

  const isTold = (update: Update) => webhooks.subscribed && (webhooks.fields?.has(update.field) ?? true)

  const leaveUntold = (what: Pick<Update, 'field' | 'items'>, why: Untold['why']) =>
    ledger.untold.push({ at: clock.now(), field: what.field, items: what.items, why })

  const gather = (update: Update) => {
    if (settings.batch.max <= 1) return deliver([update])
    gathered.push(update)
    if (gathered.length >= settings.batch.max) flush()
    else if (gathered.length === 1) clock.after(settings.batch.withinMs, flush)
  }

  const flush = () => {
    const batch = gathered
    gathered = []
    if (batch.length > 0) deliver(batch)
  }

  const deliver = (updates: readonly Update[], signature: Signature = 'good') => {
    const body = JSON.stringify(envelope(updates, settings.businessAccountId, updates[0]?.at ?? clock.now()))
    open += 1
    start({
      id: ++deliveries,
      field: updates[0]?.field ?? '',
      items: updates.flatMap((update) => update.items),
      body: settings.escaped ? escapeJson(body) : body,
      since: clock.now(),
      signature,
      tries: 0,
    })
  }

  const start = (delivery: Delivery) => {
    if (inFlight >= settings.webhooksAtOnce) queue.push(delivery)
    else void attempt(delivery)
  }

  const attempt = async (delivery: Delivery) => {
    const mine = epoch
    inFlight += 1
    delivery.tries += 1
    const record = ledger.addWebhook({
      at: clock.now(),
      delivery: delivery.id,
      attempt: delivery.tries,
      field: delivery.field,
      items: delivery.items,
      signature: delivery.signature,
      body: delivery.body,
    })
    const status = await post(delivery)
    if (mine !== epoch) return
    record.answer = status
    record.answeredAt = clock.now()
    inFlight -= 1
    const next = queue.shift()
    if (next) start(next)
    if (status === 200) open -= 1
    else retry(delivery)
  }

  const post = async (delivery: Delivery): Promise<number> => {
    const controller = new AbortController()
    const cancel = clock.after(settings.webhookTimeoutMs, () => controller.abort(new Error('webhook timed out')))
    try {
      const response = await world.settings.fetch(webhooks.url, {
        method: 'POST',
        headers: headersOf(delivery, settings.appSecret),
        body: delivery.body,
        signal: controller.signal,
      })
      await response.arrayBuffer()
      return response.status
    } catch {
      return 0
    } finally {
      cancel()
    }
  }

  const retry = (delivery: Delivery) => {
    const wait = retryAfterMs[Math.min(delivery.tries, retryAfterMs.length) - 1] ?? hour
    if (clock.now() + wait - delivery.since > retryForMs[settings.retries]) {
      open -= 1
      leaveUntold(delivery, 'given up')
      return
    }
    delivery.signature = 'good'
    clock.after(wait, () => start(delivery))
  }

  const release = () => {
    const late = held
    held = undefined
    if (late) gather(late)
  }

  /** Sends the held-back update shortly after a younger one, or alone after a second. */
  const hold = (update: Update) => {
    held = update
    clock.after(1_000, () => held === update && release())
  }

  const misbehave = (update: Update): boolean => {
    const fault = faults.ofWebhook(update.field, update.part)
    if (!fault) return false
    if (fault.kind === 'missing') leaveUntold(update, 'missing')
    else if (fault.kind === 'late') clock.after(fault.ms ?? 60_000, () => gather(update))
    else if (fault.kind === 'duplicate') for (let n = 0; n < (fault.times ?? 2); n += 1) gather(update)
    else if (fault.kind === 'unsigned') deliver([update], 'none')
    else if (fault.kind === 'mis-signed') deliver([update], 'bad')
    else if (held === undefined) hold(update)
    else return false
    return true
  }

  const webhooks: Webhooks = {
    url: settings.webhookUrl,
    subscribed: true,
    fields: undefined,
    push(update) {
      if (webhooks.url === '') return void leaveUntold(update, 'no webhook')
      if (!isTold(update)) return void leaveUntold(update, 'not subscribed')
      update.at ??= clock.now()
      if (misbehave(update)) return
      gather(update)
      if (held) clock.after(20, release)
    },
    async verify(url = webhooks.url, verifyToken = settings.verifyToken) {
      const challenge = String(Math.floor(world.random() * 1e9) + 1e9)
      const query = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.challenge': challenge, 'hub.verify_token': verifyToken })
      try {
        const response = await settings.fetch(`${url}${url.includes('?') ? '&' : '?'}${query}`, { method: 'GET', headers: {} })
        const body = await response.text()
        return { ok: response.status === 200 && body === challenge, status: response.status, body }
      } catch (cause) {
        return { ok: false, status: 0, body: String(cause) }
      }
    },
    reset() {
      epoch += 1
      open = 0
      inFlight = 0
      held = undefined
      gathered = []
      queue = []
    },
    waiting: () => open + gathered.length + (held ? 1 : 0),
  }
  return webhooks
}

function headersOf(delivery: Delivery, secret: string): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json', 'user-agent': 'facebookexternalua' }
  if (delivery.signature === 'none') return headers
  const key = delivery.signature === 'bad' ? `${secret}?` : secret
  headers['x-hub-signature-256'] = `sha256=${createHmac('sha256', key).update(delivery.body).digest('hex')}`
  return headers
}

/** One entry; statuses of one batch share one change, everything else has its own. */
function envelope(updates: readonly Update[], account: string, now: number): Fields {
  const changes: { field: string; value: Fields }[] = []
  let statuses: unknown[] | undefined
  for (const update of updates) {
    if (update.part === 'statuses' && statuses) {
      statuses.push(...listOf(update.value.statuses))
      continue
    }
    const change = { field: update.field, value: { ...update.value } }
    if (update.part === 'statuses') {
      statuses = [...listOf(update.value.statuses)]
      change.value.statuses = statuses
    }
    changes.push(change)
  }
  const timed = updates.some((update) => update.field !== 'messages')
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: account, ...(timed ? { time: Math.floor(now / 1000) } : {}), changes }],
  }
}

/** As the platform writes JSON: slashes and everything beyond ASCII escaped, so that only the raw bytes verify. */
const escapeJson = (text: string): string =>
  text.replace(/[\u0080-\uffff/]/g, (char) => (char === '/' ? '\\/' : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`))
