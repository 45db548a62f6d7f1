/**
 * An imitation of OVHcloud's SMS API, at the wire. What calls the house is signed by nobody: the addresses are as the business entered them.
 * https://docs.ovh.com/fr/sms/api_sms_cookbook/, https://github.com/ovh/docs/issues/1496,
 * https://help.ovhcloud.com/csm/fr-sms-users?id=kb_article_view&sysparm_article=KB0051417 (read 2026-11-22)
 */
import { createHash } from 'node:crypto'
import { type Answer, type Call, type Fetch, fieldsOf, type Handler, json, listOf, parseJson, textOf } from '../wire.ts'
import { makeCalls } from './calling.ts'
import type { SendRecord } from './ledger.ts'
import type { Fate, World } from './network.ts'
import { takeSend, type Wire } from './operator.ts'
import type { OpenPhone } from './phones.ts'

export type OvhcloudOptions = {
  readonly operator: 'ovhcloud'
  readonly serviceName: string
  readonly applicationKey: string
  readonly applicationSecret: string
  readonly consumerKey: string
  /** Where statuses, answers and STOPs are told; changed as the control panel would. */
  readonly callBack: string
  readonly cgiUrl: string
  readonly stopCallBack: string
  readonly sender?: string
}

const SHORT_CODE = '38054'
/** PTT and the receipt's own number. */
const STATUS: Readonly<Record<Fate, readonly [string, string]>> = { sent: ['3', '8'], delivered: ['4', '1'], failed: ['24', '2'] }
const WORDS: Readonly<Record<string, readonly [number, string]>> = {
  'no-credit': [402, 'You do not have enough credits'],
  closed: [403, 'This credential is not valid'],
  blacklisted: [400, 'The receiver is in your blacklist'],
  'bad-sender': [400, 'The sender is not valid'],
}

const problem = (code: string, headers: Record<string, string> = {}): Answer => {
  const [status, message] = WORDS[code] ?? [400, `Refused: ${code}`]
  return json(status, { class: 'Client::BadRequest', message }, headers)
}

export const makeOvhcloud = (world: World, options: OvhcloudOptions, fetch: Fetch): Handler & { waiting(): number; stop(): void } => {
  const { serviceName, applicationKey, applicationSecret, consumerKey, callBack, cgiUrl, stopCallBack, sender } = options
  const { clock, ledger } = world
  const calls = makeCalls(clock, fetch, ledger)
  let ids = 281_000_000
  const newId = (): string => {
    ids += 1
    return String(ids)
  }
  const lastTag = new Map<string, string>()

  const wire: Wire = {
    tooMany: (seconds) => json(429, { message: 'Too many requests' }, { 'retry-after': String(seconds) }),
    broken: (status) => json(status, { message: 'Internal server error' }),
    no: problem,
    yes: ({ id, to }) => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ids: [Number(id)], invalidReceivers: [], totalCreditsRemoved: 1, validReceivers: [to] }),
    }),
    newId,
    closed: 'closed',
    refusing: 'no-credit',
  }

  const teller = (record: SendRecord) => (fate: Fate, detail: { why?: string; code?: string; word: { kind: string } | undefined }) => {
    const [ptt, description] = STATUS[fate]
    const code = fate === 'failed' ? (detail.code ?? (detail.why === 'unknown-number' ? '23' : ptt)) : ptt
    if (fate === 'failed') record.failed = code
    // It has no number to lie about: it tells of a message nobody sent.
    const id = detail.word?.kind === 'other-number' ? '1' : (record.id ?? '')
    const query = new URLSearchParams({
      id,
      ptt: code,
      date: new Date(clock.now()).toISOString().slice(0, 19).replace('T', ' '),
      description,
      descriptionDlr: fate,
    })
    const bad = detail.word?.kind === 'unsigned' || detail.word?.kind === 'mis-signed'
    const url = bad ? callBack.replace(/[^/]*$/, 'guess') : callBack
    calls.call({
      url: `${url}?${query}`,
      method: 'GET',
      headers: {},
      body: '',
      told: { what: 'status', item: `${id}:${code}`, signature: bad ? 'bad' : 'good' },
    })
  }

  const create = async (body: unknown): Promise<Answer> => {
    const fields = fieldsOf(body)
    const [to = ''] = listOf(fields.receivers).map(textOf)
    const [text, tag] = [textOf(fields.message), textOf(fields.tag)]
    const from = textOf(fields.sender) || SHORT_CODE
    if (text === '') return problem('message-missing')
    if (from !== (sender ?? SHORT_CODE)) return problem('bad-sender')
    if (!/^\+[1-9]\d{8,14}$/.test(to)) return json(200, { ids: [], invalidReceivers: [to], totalCreditsRemoved: 0, validReceivers: [] })
    const attempt = tag.startsWith('att_') ? tag : null
    if (world.known(to)?.stopped) {
      const record = ledger.addSend({ at: clock.now(), attempt, to, from, text, fault: null })
      record.status = 400
      record.refused = 'blacklisted'
      return problem('blacklisted')
    }
    lastTag.set(to, tag)
    return takeSend(world, wire, { attempt, to, from, text }, teller)
  }

  const post = (url: string, fields: Record<string, string>, told: { what: 'message' | 'stop'; item: string }) =>
    calls.call({
      url,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
      told: { ...told, signature: 'good' },
    })

  world.onWrite = (phone: OpenPhone, text: string) => {
    // A name cannot be answered: there is nobody to send it to.
    if (world.cuts.now === 'banned' || (sender !== undefined && !sender.startsWith('+'))) return
    const id = newId()
    if (/^\s*stop\s*$/i.test(text)) {
      phone.stopped = true
      post(stopCallBack, { id, senderid: phone.number, date: String(clock.now()) }, { what: 'stop', item: id })
    }
    const fields = { id, keyword: 'K1', message: text, senderid: phone.number, shortcode: SHORT_CODE, tag: lastTag.get(phone.number) ?? '' }
    post(cgiUrl, fields, { what: 'message', item: id })
  }

  /** The base of the API's addresses, `/1.0`, belongs to what is signed. */
  const isSigned = (call: Call): boolean => {
    const query = call.query.size > 0 ? `?${call.query}` : ''
    const parts = [
      applicationSecret,
      consumerKey,
      call.method,
      call.origin + call.path + query,
      Buffer.from(call.body).toString('utf8'),
      call.header('x-ovh-timestamp'),
    ]
    const wanted = `$1$${createHash('sha1').update(parts.join('+')).digest('hex')}`
    return (
      call.header('x-ovh-application') === applicationKey &&
      call.header('x-ovh-consumer') === consumerKey &&
      call.header('x-ovh-signature') === wanted
    )
  }

  return {
    waiting: calls.waiting,
    stop: calls.stop,
    async handle(call: Call): Promise<Answer> {
      if (world.cuts.now === 'down' && call.method !== 'POST') return { broken: 'reset' }
      if (call.path.endsWith('/auth/time')) return json(200, Math.floor(clock.now() / 1000))
      if (!isSigned(call)) return json(400, { errorCode: 'INVALID_SIGNATURE', httpCode: '400 Bad Request', message: 'Invalid signature' })
      if (Math.abs(Number(call.header('x-ovh-timestamp')) - clock.now() / 1000) > 60)
        return json(400, { errorCode: 'QUERY_TIME_OUT', httpCode: '400 Bad Request', message: 'Query out of time' })
      if (call.method === 'POST' && call.path.endsWith(`/sms/${serviceName}/jobs`)) return create(parseJson(call.body))
      if (call.path.endsWith(`/sms/${serviceName}`))
        return json(200, {
          name: serviceName,
          status: world.cuts.now === 'banned' ? 'disable' : 'enable',
          creditsLeft: 500,
          callBack,
          stopCallBack,
          smsResponse: { responseType: 'cgi', cgiUrl },
        })
      if (call.path.includes(`/sms/${serviceName}/senders/`)) return json(200, { sender, status: 'enable', type: 'alpha' })
      return json(404, { class: 'Client::NotFound', message: 'This service does not exist' })
    },
  }
}
