import { describe, expect, it } from 'vitest'
import type { RefusalClass, SendResult } from '../../core/outcome.ts'
import { channelContract } from '../contract/index.ts'
import type { Answer } from '../contract/provider.ts'
import { jsonAnswer, scriptFetch } from '../contract/scripted-fetch.ts'
import { NOW, toolsWith } from '../contract/tools.ts'
import { config, senderOf } from './config.ts'
import { twilio } from './index.ts'
import { CODES } from './refusals.ts'
import { formOf, settings, WEBHOOK } from './sample.ts'
import { signCall } from './verify.ts'

const refusal = (code: number, status = 400, headers = {}): Answer => ({
  status,
  headers,
  body: JSON.stringify({ code, message: 'Some words', more_info: `https://www.twilio.com/docs/errors/${code}`, status }),
})

/** By class, as Twilio's dictionary of errors advises. */
const POSTPONED = {
  credentials: [20003, 20404],
  'stop-channel': [20005, 20403, 30002, 21212, 21603, 21606, 21659, 21660, 21703, 21705, 30024, 30032, 30034],
  throttled: [20429, 14107, 21611, 30001, 30022],
  later: [63038, 30023],
  retry: [30017, 21730],
} as const
const REFUSED = {
  never: [21610, 21211, 21214, 21265, 21614, 30005, 30006, 21612, 30003, 30008, 30036, 30004],
  fix: [30007, 21408, 21608, 21609, 30010, 21602, 21604, 21617, 99999],
} as const
const listed = (type: SendResult['type'], table: Readonly<Partial<Record<RefusalClass, readonly number[]>>>) =>
  Object.entries(table).flatMap(([one, codes]) =>
    codes.map((code) => ({ name: `code ${code}`, answer: refusal(code), result: { type, class: one as RefusalClass } })),
  )

const call = (url: string, signature: string | null) =>
  new Request(url, { method: 'POST', headers: signature === null ? {} : { 'x-twilio-signature': signature } })
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

channelContract({
  channel: twilio,
  make: (tools) => twilio.open(settings, tools),
  secrets: [settings.authToken, Buffer.from(`${settings.accountSid}:${settings.authToken}`).toString('base64')],
  encode: (body) => new TextEncoder().encode(formOf(body)),
  // As the proxy hands it over: another host, plain http.
  sign: (body, { at = '' }) =>
    call(`http://10.0.0.7:8080/webhooks/under-test${at}`, signCall(WEBHOOK + at, textOf(body), settings.authToken)),
  tampered: (body, { at = '' }) => {
    const signature = signCall(WEBHOOK + at, textOf(body), settings.authToken)
    const elsewhere = signCall(`http://10.0.0.7:8080/webhooks/under-test${at}`, textOf(body), settings.authToken)
    return {
      'a query that was put there': call(`${WEBHOOK}${at}${at ? '&' : '?'}attempt=att_other`, signature),
      'the address behind the proxy': call(WEBHOOK + at, elsewhere),
      'a parameter more': call(WEBHOOK + at, signCall(WEBHOOK + at, `${textOf(body)}&ErrorCode=1`, settings.authToken)),
      'another token': call(WEBHOOK + at, signCall(WEBHOOK + at, textOf(body), 'guess')),
      'no signature at all': call(WEBHOOK + at, null),
      'a word for a signature': call(WEBHOOK + at, 'yes'),
    }
  },
  truncation: 'passes',
  fixtures: new URL('./fixtures/', import.meta.url),
  to: { kind: 'sms', value: '+33698765432' },
  said: ({ body }) => [...new URLSearchParams(body).values()],
  probe: {
    yes: { status: 200, body: JSON.stringify({ sid: settings.accountSid, status: 'active' }) },
    no: [
      { name: '503', answer: { status: 503, body: '<html>Down</html>' } },
      { name: 'a page', answer: { status: 200, body: '<html>Down</html>' } },
      { name: 'a token that was changed', answer: refusal(20003, 401) },
      { name: 'an account that is suspended', answer: { status: 200, body: JSON.stringify({ status: 'suspended' }) } },
    ],
  },
  accepted: {
    answer: { status: 201, body: JSON.stringify({ sid: 'SM00112233445566778899aabbccddeeff', status: 'queued', num_segments: '1' }) },
    vendorId: 'SM00112233445566778899aabbccddeeff',
  },
  refusals: [
    ...listed('postponed', POSTPONED),
    ...listed('refused', REFUSED),
    { name: '500 with a code', answer: refusal(20500, 500), result: { type: 'unknown' } },
    { name: '503 with a code', answer: refusal(20503, 503), result: { type: 'unknown' } },
    { name: '404 without a code', answer: { status: 404, body: '<html>' }, result: { type: 'unknown' } },
    {
      name: '429 with a code and Retry-After',
      answer: refusal(20429, 429, { 'retry-after': '3' }),
      result: { type: 'postponed', class: 'throttled', afterMs: 3000 },
    },
  ],
})

it('has a case above for every code it knows', () => {
  const tested = new Set([...Object.values(POSTPONED), ...Object.values(REFUSED)].flat().map(String))
  expect(CODES.filter((code) => !tested.has(code))).toEqual([])
})

it('signs as the documentation’s example does', () => {
  const form = new URLSearchParams({
    CallSid: 'CA1234567890ABCDE',
    From: '+12349013030',
    To: '+18005551212',
    Caller: '+12349013030',
    Digits: '1234',
  })
  expect(signCall('https://mycompany.com/myapp.php?foo=1&bar=2', form.toString(), '12345')).toBe('0/KCTR6DLpKmkAf8muzZqo1nDgQ=')
})

it('lets a STOP that Twilio met earlier take the consent back', async () => {
  const { fetch } = scriptFetch({ 'Messages.json': jsonAnswer({ code: 21610 }, { status: 400 }) })
  const sent = await twilio.open(settings, toolsWith({ fetch })).send(
    {
      attempt: 'att_1' as never,
      to: { kind: 'sms', value: '+33698765432' },
      content: { type: 'text', text: 'Bonjour' },
      category: 'marketing',
      language: 'fr',
    },
    new AbortController().signal,
  )
  expect(sent).toMatchObject({ type: 'refused', refusal: { class: 'never', code: '21610', optedOut: true } })
})

describe('what is sent', () => {
  const sent = async (text: string, webhookUrl: string | undefined = WEBHOOK) => {
    const { fetch, asked } = scriptFetch({ 'Messages.json': jsonAnswer({ sid: 'SM1' }, { status: 201 }) })
    const content = { type: 'text', text } as const
    const message = {
      attempt: 'att_1' as never,
      to: { kind: 'sms', value: '+33698765432' },
      content,
      category: 'service',
      language: 'fr',
    } as const
    await twilio.open(settings, toolsWith({ fetch, webhookUrl })).send(message, new AbortController().signal)
    return { form: new URLSearchParams(asked[0]?.body), url: asked[0]?.url, authorization: asked[0]?.authorization }
  }

  it('carries the attempt in the address of its statuses, with whom they must be about', async () => {
    const { form, url } = await sent('Bonjour')
    expect(url).toBe(`https://api.twilio.com/2010-04-01/Accounts/${settings.accountSid}/Messages.json`)
    expect([form.get('To'), form.get('From'), form.get('Body')]).toEqual(['+33698765432', '+33644630000', 'Bonjour'])
    expect(form.get('StatusCallback')).toMatch(/^https:\/\/relais\.example\/webhooks\/under-test\?attempt=att_1&to=[\w-]{16}$/)
  })

  it('asks for no statuses where the house has no public address', async () => {
    const { fetch, asked } = scriptFetch({ 'Messages.json': jsonAnswer({ sid: 'SM1' }, { status: 201 }) })
    const { webhookUrl: _, ...tools } = toolsWith({ fetch })
    await twilio.open(settings, { ...tools, webhookUrl: undefined }).send(
      {
        attempt: 'att_1' as never,
        to: { kind: 'sms', value: '+33698765432' },
        content: { type: 'text', text: 'x' },
        category: 'service',
        language: 'fr',
      },
      new AbortController().signal,
    )
    expect(new URLSearchParams(asked[0]?.body).has('StatusCallback')).toBe(false)
  })

  it('is set so that French typography does not double its price', async () => {
    expect((await sent('L’heure : 14\u00a0h')).form.get('Body')).toBe("L'heure : 14 h")
    expect(twilio.capabilities.parts?.('L’heure : 14\u00a0h '.repeat(9))).toBe(1)
  })
})

describe('settings', () => {
  const { accountSid, authToken } = settings
  const parsed = (more: object) => config.safeParse({ accountSid, authToken, ...more })
  it('tell what kind of sender it is', () => {
    const kinds = ['+33644630000', '+33170189900', '36111', 'LUMIERE'].map((from) => senderOf({ ...settings, from }))
    expect(kinds).toEqual(['mobile', 'landline', 'shortcode', 'alphanumeric'])
    const { from: _, ...rest } = settings
    expect(senderOf({ ...rest, messagingServiceSid: 'MG' })).toBe('unknown')
  })
  it('want one sender, and refuse what is none', () => {
    expect(parsed({}).success).toBe(false)
    expect(parsed({ from: '+33644630000', messagingServiceSid: `MG${'0'.repeat(32)}` }).success).toBe(false)
    for (const from of ['0644630000', 'UN NOM BIEN TROP LONG', '12', 'été']) expect(parsed({ from }).success).toBe(false)
    expect(parsed({ messagingServiceSid: `MG${'0'.repeat(32)}` }).success).toBe(true)
  })
})

describe('the doctor', () => {
  const examine = async (script: Parameters<typeof scriptFetch>[0], from = settings.from) => {
    const { fetch } = scriptFetch(script)
    const open = twilio.open({ ...settings, from }, toolsWith({ fetch, now: () => NOW }))
    return (await open.examine(WEBHOOK, new AbortController().signal)).map(({ id }) => id)
  }
  const account = jsonAnswer({ status: 'active' }, { headers: { date: new Date(NOW).toUTCString() } })
  const number = (more: object) =>
    jsonAnswer({ incoming_phone_numbers: [{ sms_url: WEBHOOK, capabilities: { sms: true }, sms_application_sid: '', ...more }] })
  const answering = (status: () => number) => ({ '/webhooks/': () => new Response(null, { status: status() }) })
  const asRelais = () => {
    let calls = 0
    return answering(() => (calls++ === 0 ? 200 : 401))
  }

  it('finds nothing where all is well', async () => {
    expect(await examine({ IncomingPhoneNumbers: number({}), '.json': account, ...asRelais() })).toEqual([])
  })
  it.each([
    ['a wrong login', { '.json': jsonAnswer({ code: 20003 }, { status: 401 }) }, 'twilio/login-refused'],
    ['a suspended account', { IncomingPhoneNumbers: number({}), '.json': jsonAnswer({ status: 'suspended' }) }, 'twilio/account-inactive'],
    ['a number of nobody', { IncomingPhoneNumbers: jsonAnswer({ incoming_phone_numbers: [] }), '.json': account }, 'twilio/number-unknown'],
    [
      'a number that tells another',
      { IncomingPhoneNumbers: number({ sms_url: 'https://x.example' }), '.json': account },
      'twilio/webhook-elsewhere',
    ],
    [
      'a number for voice',
      { IncomingPhoneNumbers: number({ capabilities: { sms: false } }), '.json': account },
      'twilio/number-without-sms',
    ],
    [
      'a wrong clock',
      { '.json': jsonAnswer({ status: 'active' }, { headers: { date: new Date(NOW + 600_000).toUTCString() } }) },
      'twilio/clock-skew',
    ],
    ['an API that is away', {}, 'twilio/api-unreachable'],
  ])('names %s', async (_, script, id) => {
    expect(await examine({ ...script, ...asRelais() })).toContain(id)
  })
  it('names a webhook that takes anything, and one that is away', async () => {
    expect(await examine({ IncomingPhoneNumbers: number({}), '.json': account, ...answering(() => 200) })).toEqual([
      'twilio/webhook-unsigned',
    ])
    expect(await examine({ IncomingPhoneNumbers: number({}), '.json': account })).toEqual(['twilio/webhook-unreachable'])
  })
  it('says that nobody can answer a name', async () => {
    expect(await examine({ '.json': account, ...asRelais() }, 'LUMIERE')).toEqual(['twilio/no-replies'])
  })
})
