import { describe, expect, it } from 'vitest'
import { channelContract } from '../contract/index.ts'
import type { Answer } from '../contract/provider.ts'
import { jsonAnswer, scriptFetch } from '../contract/scripted-fetch.ts'
import { NOW, toolsWith } from '../contract/tools.ts'
import { config, senderOf } from './config.ts'
import { ovhcloud } from './index.ts'
import { ANSWER_CODES, END_CODES, endOf } from './refusals.ts'
import { formOf, settings, WEBHOOK } from './sample.ts'
import { addressOf, signatureOf } from './verify.ts'

const { seal } = toolsWith()
const never = new AbortController().signal

/** A refusal as the API words it. */
const refusal = (status: number, body: object, headers = {}): Answer => ({ status, headers, body: JSON.stringify(body) })
const worded = (status: number, errorCode: string) => refusal(status, { errorCode, httpCode: `${status} Forbidden`, message: 'Some words' })
const said = (status: number, message: string) => refusal(status, { class: 'Client::BadRequest', message })
const yes = (more: object = {}) => ({
  ids: [281234567],
  invalidReceivers: [],
  totalCreditsRemoved: 1,
  validReceivers: ['+33698765432'],
  ...more,
})

const REFUSALS = {
  INVALID_CREDENTIAL: { answer: worded(403, 'INVALID_CREDENTIAL'), result: { type: 'postponed', class: 'credentials' } },
  INVALID_KEY: { answer: worded(403, 'INVALID_KEY'), result: { type: 'postponed', class: 'credentials' } },
  INVALID_SIGNATURE: { answer: said(400, 'Invalid signature'), result: { type: 'postponed', class: 'credentials' } },
  NOT_CREDENTIAL: { answer: worded(401, 'NOT_CREDENTIAL'), result: { type: 'postponed', class: 'credentials' } },
  NOT_GRANTED_CALL: { answer: said(403, 'This call has not been granted'), result: { type: 'postponed', class: 'credentials' } },
  QUERY_TIME_OUT: { answer: worded(400, 'QUERY_TIME_OUT'), result: { type: 'postponed', class: 'retry' } },
  'too-many': { answer: refusal(429, { message: 'Too many requests' }), result: { type: 'postponed', class: 'throttled' } },
  'no-credit': { answer: said(402, 'You do not have enough credits'), result: { type: 'postponed', class: 'stop-channel' } },
  'no-service': { answer: said(404, 'This service does not exist'), result: { type: 'postponed', class: 'stop-channel' } },
  'bad-sender': { answer: said(400, 'The sender LUMIERE is not valid'), result: { type: 'postponed', class: 'stop-channel' } },
  'bad-receiver': {
    answer: { status: 200, body: JSON.stringify(yes({ ids: [], validReceivers: [], invalidReceivers: ['+33698765432'] })) },
    result: { type: 'refused', class: 'never' },
  },
  blacklisted: { answer: said(400, 'This number is in your blacklist'), result: { type: 'refused', class: 'never' } },
  'a sentence that is new': { answer: said(400, 'Some new words'), result: { type: 'refused', class: 'fix' } },
  '500 with words': { answer: said(500, 'Internal server error'), result: { type: 'unknown' } },
  '404 without words': { answer: { status: 404, body: '<html>' }, result: { type: 'unknown' } },
  'a yes for somebody else': {
    answer: { status: 200, body: JSON.stringify(yes({ validReceivers: ['+33600000001'] })) },
    result: { type: 'unknown' },
  },
} as const

channelContract({
  channel: ovhcloud,
  make: (tools) => ovhcloud.open(settings, tools),
  secrets: [settings.applicationKey, settings.applicationSecret, settings.consumerKey, seal('events'), seal('stop')],
  encode: (body) => new TextEncoder().encode(formOf(body)),
  provenBy: 'address',
  // As a proxy hands it over: another host, plain http, the path kept.
  sign: (_, { at = '', method = 'POST' }) => new Request(`http://10.0.0.7:8080/webhooks/under-test/${seal('events')}${at}`, { method }),
  tampered: (_, { at = '', method = 'POST' }) => {
    const called = (path: string) => new Request(WEBHOOK + path + at, { method })
    return {
      'no seal': called(''),
      'a guessed seal': called(`/${'a'.repeat(43)}`),
      'a seal that was cut': called(`/${seal('events').slice(0, -1)}`),
      'another channel’s seal': called(`/${toolsWith({ seal: (text) => seal(`other ${text}`) }).seal('events')}`),
    }
  },
  truncation: 'passes',
  fixtures: new URL('./fixtures/', import.meta.url),
  to: { kind: 'sms', value: '+33698765432' },
  probe: {
    yes: { status: 200, body: JSON.stringify({ name: settings.serviceName, status: 'enable', creditsLeft: 12 }) },
    no: [
      { name: '503', answer: { status: 503, body: '<html>Down</html>' } },
      { name: 'a page', answer: { status: 200, body: '<html>Down</html>' } },
      { name: 'keys that ended', answer: refusal(403, { errorCode: 'INVALID_CREDENTIAL', message: 'This credential is not valid' }) },
      { name: 'a service that is closed', answer: { status: 200, body: JSON.stringify({ status: 'disable' }) } },
    ],
  },
  accepted: { answer: { status: 200, body: JSON.stringify(yes()) }, vendorId: '281234567' },
  refusals: Object.entries(REFUSALS).map(([name, one]) => ({ name, ...one })),
})

it('has a case above for every word it knows, and a remedy for every end', () => {
  expect(ANSWER_CODES.filter((code) => !(code in REFUSALS))).toEqual(['not-text'])
  for (const code of END_CODES) expect(endOf(code).remedy.fr.length).toBeGreaterThan(20)
})

it('signs as the documentation says', () => {
  const request = { method: 'GET', url: 'https://eu.api.ovh.com/1.0/sms/', body: '', seconds: 1_457_018_875 }
  // The digest was made with sha1sum, not with this code.
  expect(signatureOf({ applicationSecret: 'EgWIz07P0HYwtQDs', consumerKey: 'MtSwaCQQd9nmDTaB' }, request)).toBe(
    '$1$3152e0c06ce320bda49ad9f2ce2741dac92cd6f3',
  )
})

describe('what is sent', () => {
  const sent = async (text: string, more: { category?: 'marketing' | 'service'; sender?: string } = {}) => {
    const { fetch, asked } = scriptFetch({ '/jobs': jsonAnswer(yes()) })
    const open = ovhcloud.open({ ...settings, ...(more.sender ? { sender: more.sender } : {}) }, toolsWith({ fetch }))
    const content = { type: 'text', text } as const
    const to = { kind: 'sms', value: '+33698765432' }
    await open.send({ attempt: 'att_1' as never, to, content, category: more.category ?? 'service', language: 'fr' }, never)
    return { url: asked[0]?.url, body: JSON.parse(asked[0]?.body ?? '{}') }
  }

  it('goes to one number from a short code, tagged with the attempt', async () => {
    const { url, body } = await sent('Bonjour')
    expect(url).toBe('https://eu.api.ovh.com/1.0/sms/sms-ab12345-1/jobs')
    expect(body).toMatchObject({
      message: 'Bonjour',
      receivers: ['+33698765432'],
      senderForResponse: true,
      noStopClause: true,
      coding: '7bit',
      tag: 'att_1',
    })
  })
  it('takes the operator’s STOP clause where it is marketing, and the sender where there is one', async () => {
    expect((await sent('Promo', { category: 'marketing', sender: 'LUMIERE' })).body).toMatchObject({
      noStopClause: false,
      sender: 'LUMIERE',
    })
    expect((await sent('Promo', { sender: 'LUMIERE' })).body.senderForResponse).toBeUndefined()
  })
  it('is written in the smaller alphabet where it can be', async () => {
    expect((await sent('L’été : à 14\u00a0h')).body).toMatchObject({ coding: '7bit', message: "L'été : à 14 h" })
    expect((await sent('Ça, un rêve')).body.coding).toBe('8bit')
  })
})

describe('what customers answer', () => {
  const receive = async (door: 'events' | 'stop', fields: Record<string, string>, sender?: string) => {
    const form = formOf(fields)
    const request = new Request(addressOf({ seal }, WEBHOOK, door), { method: 'POST' })
    const own = { ...settings, ...(sender ? { sender } : {}) }
    return (await ovhcloud.open(own, toolsWith()).receive(request, new TextEncoder().encode(form))).events
  }
  const answer = { id: '1', message: 'Oui', senderid: '+33698765432', shortcode: '38054', tag: 'att_1' }

  it('is one message however often it is told, and two where they are two', async () => {
    const ids = async (fields: Record<string, string>) => (await receive('events', fields)).map(({ vendorId }) => vendorId)
    expect(await ids(answer)).toEqual(await ids(answer))
    expect(await ids({ ...answer, message: 'Non' })).not.toEqual(await ids(answer))
  })
  it('takes the consent back where the operator tells of a STOP, whatever it calls the number', async () => {
    const stop = { kind: 'preference', value: 'stop', from: { addresses: [{ kind: 'sms', value: '+33698765432' }] } }
    for (const name of ['senderid', 'receiver', 'number'])
      expect(await receive('stop', { id: '9', [name]: '0033698765432' })).toMatchObject([stop])
    const both = { id: '9', sender: '+33698765432', receiver: '33700000042' }
    expect(await receive('stop', both, '+33700000042')).toMatchObject([stop])
    expect(await receive('stop', both)).toMatchObject([{ kind: 'unknown', what: 'stop:without-number' }])
    expect(await receive('stop', { id: '9' })).toMatchObject([{ kind: 'unknown', what: 'stop:without-number' }])
  })
})

describe('settings', () => {
  const { sender: _, ...good } = { ...settings, sender: '' }
  it('tell what kind of sender it is', () => {
    const kinds = ['+33644630000', '+33170189900', 'LUMIERE'].map((sender) => senderOf({ ...settings, sender }))
    expect([senderOf(settings), ...kinds]).toEqual(['shortcode', 'mobile', 'landline', 'alphanumeric'])
  })
  it('refuse a name that is none', () => {
    expect(config.safeParse({ ...good, serviceName: 'sms' }).success).toBe(false)
    expect(config.safeParse({ ...good, sender: 'Voyages Lumière' }).success).toBe(false)
  })
})

describe('the doctor', () => {
  const [events, stop] = [addressOf({ seal }, WEBHOOK, 'events'), addressOf({ seal }, WEBHOOK, 'stop')]
  const account = {
    status: 'enable',
    creditsLeft: 500,
    callBack: events,
    stopCallBack: stop,
    smsResponse: { cgiUrl: events, responseType: 'cgi' },
  }
  const examine = async (told: object, script: Parameters<typeof scriptFetch>[0] = {}, publicUrl: string | undefined = WEBHOOK) => {
    const { fetch } = scriptFetch({
      ...script,
      [seal('events')]: () => new Response('ok'),
      '/guess': () => new Response(null, { status: 401 }),
      '/auth/time': jsonAnswer(NOW / 1000),
      '/sms/sms-ab12345-1': jsonAnswer({ ...account, ...told }),
      // Again, for what it says otherwise: its names keep their place before the others.
      ...script,
    })
    return (await ovhcloud.open(settings, toolsWith({ fetch })).examine(publicUrl, never)).map(({ id }) => id)
  }
  it('finds nothing where all is well', async () => {
    expect(await examine({})).toEqual([])
  })
  it.each([
    ['no credits', { creditsLeft: 0 }, {}, 'ovhcloud/no-credit'],
    ['few credits', { creditsLeft: 12 }, {}, 'ovhcloud/little-credit'],
    ['statuses told elsewhere', { callBack: 'https://x.example' }, {}, 'ovhcloud/statuses-elsewhere'],
    ['answers told elsewhere', { smsResponse: {} }, {}, 'ovhcloud/answers-elsewhere'],
    ['STOPs told elsewhere', { stopCallBack: null }, {}, 'ovhcloud/stops-elsewhere'],
    ['a closed service', { status: 'disable' }, {}, 'ovhcloud/service-unknown'],
    ['wrong keys', {}, { '/sms/': jsonAnswer({ message: 'This credential is not valid' }, { status: 403 }) }, 'ovhcloud/keys-refused'],
    ['a wrong clock', {}, { '/auth/time': jsonAnswer(NOW / 1000 + 600) }, 'ovhcloud/clock-skew'],
    ['a door that stands open', {}, { '/guess': () => new Response('ok') }, 'ovhcloud/webhook-unsealed'],
  ])('names %s', async (_, told, script, id) => {
    expect(await examine(told, script)).toContain(id)
  })

  it('says what is missing where the house has no seal yet', async () => {
    const { fetch } = scriptFetch({ '/auth/time': jsonAnswer(NOW / 1000), '/sms/sms-ab12345-1': jsonAnswer(account) })
    const open = ovhcloud.open(settings, toolsWith({ fetch, seal: () => '' }))
    expect((await open.examine(WEBHOOK, never)).map(({ id }) => id)).toEqual(['ovhcloud/seal-unknown'])
  })
})
