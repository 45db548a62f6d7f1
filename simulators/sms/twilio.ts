/**
 * An imitation of Twilio's Programmable Messaging, at the wire.
 * https://www.twilio.com/docs/messaging/api/message-resource, …/guides/webhook-request, …/guides/track-outbound-message-status,
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security, https://www.twilio.com/docs/proxy/opt-out-keywords (read 2026-11-22)
 */
import { createHmac } from 'node:crypto'
import { type Answer, type Call, type Fetch, type Handler, json } from '../wire.ts'
import { makeCalls } from './calling.ts'
import type { SendRecord } from './ledger.ts'
import type { Fate, World } from './network.ts'
import { takeSend, type Wire } from './operator.ts'
import { type OpenPhone, switchIn } from './phones.ts'

export type TwilioOptions = {
  readonly operator: 'twilio'
  readonly accountSid: string
  readonly authToken: string
  readonly from: string
  /** What the number is set to call when a message comes in. */
  readonly webhookUrl: string
  /** `advanced`: Twilio answers STOP itself and says so; `default`: it blocks and lets the house answer. */
  readonly optOut?: 'advanced' | 'default'
}

const STATUS: Readonly<Record<Fate, string>> = { sent: 'sent', delivered: 'delivered', failed: 'undelivered' }
const SOMEBODY_ELSE = '+33600000000'

/** Over the address and the parameters in the order of their names, each with its value behind it. */
const signatureOf = (url: string, form: URLSearchParams, token: string): string => {
  const names = [...new Set(form.keys())].sort()
  return createHmac('sha1', token)
    .update(url + names.map((name) => name + form.get(name)).join(''))
    .digest('base64')
}

const problem = (status: number, code: string, headers: Record<string, string> = {}): Answer =>
  json(status, { code: Number(code), message: `Error ${code}`, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, headers)

export const makeTwilio = (world: World, options: TwilioOptions, fetch: Fetch): Handler & { waiting(): number; stop(): void } => {
  const { accountSid, authToken, from, webhookUrl, optOut = 'default' } = options
  const { clock, random, faults, ledger } = world
  const calls = makeCalls(clock, fetch, ledger)
  const sid = (kind: string) => kind + Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('')

  const post = (url: string, fields: Record<string, string>, told: { what: 'status' | 'message'; item: string }, word?: string) => {
    const form = new URLSearchParams(fields)
    const signature = word === 'unsigned' ? 'none' : word === 'mis-signed' ? 'bad' : 'good'
    const signed = signatureOf(url, form, signature === 'good' ? authToken : 'another token')
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      ...(signature === 'none' ? {} : { 'x-twilio-signature': signed }),
    }
    calls.call({ url, method: 'POST', headers, body: form.toString(), told: { ...told, signature } })
  }

  const wire: Wire = {
    tooMany: (seconds) => problem(429, '20429', { 'retry-after': String(seconds) }),
    broken: (status) => problem(status, '20500'),
    no: (code) => problem(code === '20003' ? 401 : 400, code),
    yes: ({ id, to, text }) => ({
      status: 201,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        sid: id,
        account_sid: accountSid,
        status: 'queued',
        to,
        from,
        body: text,
        error_code: null,
        num_segments: '1',
      }),
    }),
    newId: () => sid('SM'),
    closed: '20005',
    refusing: '30034',
  }

  const teller =
    (record: SendRecord, url: string | null) =>
    (fate: Fate, detail: { why?: string; code?: string; word: { kind: string } | undefined }) => {
      const status = STATUS[fate]
      const code = fate === 'failed' ? (detail.code ?? (detail.why === 'unknown-number' ? '30005' : '30003')) : null
      if (code !== null) record.failed = code
      if (url === null) return
      const to = detail.word?.kind === 'other-number' ? SOMEBODY_ELSE : record.to
      const id = record.id ?? ''
      const fields = {
        AccountSid: accountSid,
        ApiVersion: '2010-04-01',
        From: from,
        MessageSid: id,
        MessageStatus: status,
        SmsSid: id,
        SmsStatus: status,
        To: to,
      }
      post(url, code === null ? fields : { ...fields, ErrorCode: code }, { what: 'status', item: `${id}:${status}` }, detail.word?.kind)
    }

  const create = async (form: URLSearchParams): Promise<Answer> => {
    const [to, text, sender, callback] = ['To', 'Body', 'From', 'StatusCallback'].map((name) => form.get(name))
    if (!to) return problem(400, '21604')
    if (!/^\+[1-9]\d{6,14}$/.test(to)) return problem(400, '21211')
    if (!text) return problem(400, '21602')
    if (text.length > 1600) return problem(400, '21617')
    if (sender !== from) return problem(400, sender ? '21659' : '21603')
    if (world.known(to)?.stopped) {
      const record = ledger.addSend({ at: clock.now(), attempt: attemptIn(callback), to, from, text, fault: null })
      record.status = 400
      record.refused = '21610'
      return problem(400, '21610')
    }
    return takeSend(world, wire, { attempt: attemptIn(callback), to, from, text }, (record) => teller(record, callback ?? null))
  }
  /** The house's own id stands in the address that it wants statuses told to. */
  const attemptIn = (callback: string | null | undefined): string | null =>
    callback ? new URL(callback).searchParams.get('attempt') : null

  world.onWrite = (phone: OpenPhone, text: string) => {
    if (world.cuts.now === 'banned') return
    phone.recall(text)
    const asked = switchIn(text)
    const id = sid('SM')
    if (asked === 'STOP' && optOut === 'advanced')
      phone.show(`${id}:stop`, 'Vous êtes désabonné et ne recevrez plus de messages. Répondez START pour vous réabonner.')
    const fields = {
      AccountSid: accountSid,
      ApiVersion: '2010-04-01',
      Body: text,
      From: phone.number,
      MessageSid: id,
      NumMedia: '0',
      SmsMessageSid: id,
      SmsSid: id,
      SmsStatus: 'received',
      To: from,
    }
    post(
      webhookUrl,
      asked && optOut === 'advanced' ? { ...fields, OptOutType: asked } : fields,
      { what: 'message', item: id },
      faults.of('word')?.kind,
    )
  }

  const base = `/2010-04-01/Accounts/${accountSid}`
  return {
    waiting: calls.waiting,
    stop: calls.stop,
    async handle(call: Call): Promise<Answer> {
      if (world.cuts.now === 'down' && call.method !== 'POST') return { broken: 'reset' }
      if (call.header('authorization') !== `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`)
        return problem(401, '20003')
      if (call.method === 'POST' && call.path === `${base}/Messages.json`)
        return create(new URLSearchParams(Buffer.from(call.body).toString('utf8')))
      if (call.path === `${base}.json`) return json(200, { sid: accountSid, status: world.cuts.now === 'banned' ? 'suspended' : 'active' })
      if (call.path === `${base}/IncomingPhoneNumbers.json`) {
        const number = { phone_number: from, sms_url: webhookUrl, sms_application_sid: '', capabilities: { sms: true } }
        return json(200, { incoming_phone_numbers: call.query.get('PhoneNumber') === from ? [number] : [] })
      }
      return problem(404, '20404')
    },
  }
}
