import { describe, expect, it } from 'vitest'
import type { RefusalClass, SendResult } from '../../core/outcome.ts'
import { channelContract } from '../contract/index.ts'
import type { Answer } from '../contract/provider.ts'
import { config } from './config.ts'
import { whatsapp } from './index.ts'
import { CODES } from './refusals.ts'
import { scripted, settings } from './sample.ts'
import { signBody } from './verify.ts'

const refusal = (status: number, code: number, message = `(#${code}) Some words`): Answer => ({
  status,
  body: JSON.stringify({
    error: { message, type: 'OAuthException', code, error_data: { messaging_product: 'whatsapp', details: 'More words' }, fbtrace_id: 'x' },
  }),
})

const REFUSAL_CLASSES = ['credentials', 'retry', 'throttled', 'pair', 'later', 'window', 'never', 'stop-channel', 'fix'] as const

/** By class, as the platform’s list of codes advises. */
const POSTPONED = {
  credentials: [0, 190],
  retry: [1, 2, 131016, 133004, 131000, 131057, 132069],
  throttled: [4, 80007, 130429],
  pair: [131056],
  later: [131049, 133016],
  'stop-channel': [3, 10, 200, 299, 131005, 131048, 368, 131031, 131042, 131037, 131045, 133010],
} as const
const REFUSED = {
  window: [131047],
  never: [131050, 131062, 130472, 130497, 131026, 131021],
  fix: [
    100, 33, 131008, 131009, 131051, 131052, 131053, 132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 135000, 131059,
    138006, 999999,
  ],
} as const

const listed = (type: SendResult['type'], table: Readonly<Partial<Record<RefusalClass, readonly number[]>>>) =>
  REFUSAL_CLASSES.flatMap((one) =>
    (table[one] ?? []).map((code) => ({ name: `code ${code}`, answer: refusal(400, code), result: { type, class: one } })),
  )

channelContract({
  channel: whatsapp,
  make: (tools) => whatsapp.open(settings, tools),
  secrets: [settings.accessToken, settings.appSecret, settings.verifyToken],
  sign: (body) =>
    new Request('https://relais.example/webhooks/whatsapp', {
      method: 'POST',
      headers: { 'x-hub-signature-256': signBody(body, settings.appSecret) },
    }),
  merge: (bodies) => ({
    object: 'whatsapp_business_account',
    entry: bodies.flatMap((body) => (Object(body).object === 'whatsapp_business_account' ? Object(body).entry : [])),
  }),
  fixtures: new URL('./fixtures/', import.meta.url),
  to: { kind: 'whatsapp', value: '+33698765432' },
  probe: {
    yes: { status: 200, body: '{"id":"106540352242922","health_status":{"can_send_message":"AVAILABLE"}}' },
    no: [
      { name: '503', answer: { status: 503, body: '<html>Down</html>' } },
      { name: 'a page', answer: { status: 200, body: '<html>Down</html>' } },
      { name: 'a fault that passes', answer: refusal(500, 2) },
      { name: 'a token that expired', answer: refusal(401, 190) },
      { name: 'a number that may not write', answer: { status: 200, body: '{"health_status":{"can_send_message":"BLOCKED"}}' } },
    ],
  },
  accepted: {
    answer: {
      status: 200,
      body: JSON.stringify({
        messaging_product: 'whatsapp',
        contacts: [{ input: '+33698765432', wa_id: '33698765432' }],
        messages: [{ id: 'wamid.NEW', message_status: 'accepted' }],
      }),
    },
    vendorId: 'wamid.NEW',
  },
  refusals: [
    ...listed('postponed', POSTPONED),
    ...listed('refused', REFUSED),
    ...[2, 131016, 133004].map((code) => ({
      name: `503 with code ${code}`,
      answer: refusal(503, code),
      result: { type: 'unknown' } as const,
    })),
    { name: '500 with code 131057', answer: refusal(500, 131057), result: { type: 'postponed', class: 'retry', afterMs: 60_000 } },
    { name: '500 with code 131000', answer: refusal(500, 131000), result: { type: 'unknown' } },
    { name: '500 with an unknown code', answer: refusal(500, 424242), result: { type: 'unknown' } },
    { name: '404 without an error body', answer: { status: 404, body: '<html>' }, result: { type: 'unknown' } },
    {
      name: 'code 130429 with Retry-After',
      answer: { ...refusal(429, 130429), headers: { 'retry-after': '3' } },
      result: { type: 'postponed', class: 'throttled', afterMs: 3000 },
    },
    { name: 'code 131049, a day later', answer: refusal(400, 131049), result: { type: 'postponed', class: 'later', afterMs: 86_400_000 } },
  ],
})

it('has a remedy in both languages and a case above for every code it knows', () => {
  const tested = new Set([...Object.values(POSTPONED), ...Object.values(REFUSED)].flat().map(String))
  expect(CODES.filter((code) => !tested.has(code))).toEqual([])
})
describe('the handshake', () => {
  const ask = (token: string) =>
    scripted({}).channel.handshake(new Request(`https://r.example/w?hub.mode=subscribe&hub.challenge=42%3Cb%3E&hub.verify_token=${token}`))

  it('gives the challenge back as plain text to who knows the word', async () => {
    const answer = await ask('verify-secret-word')
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'text/plain; charset=utf-8', '42<b>'])
  })

  it('refuses another word, or none', async () => {
    expect((await ask('guess')).status).toBe(403)
    expect((await scripted({}).channel.handshake(new Request('https://r.example/w'))).status).toBe(403)
  })
})

it('checks the signature over the raw bytes (vector of RFC 4231, case 2)', () => {
  expect(signBody(new TextEncoder().encode('what do ya want for nothing?'), 'Jefe')).toBe(
    'sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  )
})
describe('settings', () => {
  const good = {
    phoneNumberId: '106540352242922',
    businessAccountId: '102290129340398',
    number: '+33612345678',
    accessToken: 'a',
    appSecret: 'b',
    verifyToken: 'c',
  }

  it('have defaults for address, version and rate', () => {
    expect(config.parse(good)).toMatchObject({ apiUrl: 'https://graph.facebook.com', apiVersion: 'v26.0', throughput: 80 })
  })

  it('refuse an unknown key, a number without +, and http to another machine', () => {
    const refused = (more: object) => config.safeParse({ ...good, ...more }).error?.issues[0]
    expect(refused({ tokn: 'x' })).toMatchObject({ code: 'unrecognized_keys', keys: ['tokn'] })
    expect(refused({ number: '0612345678' })?.path).toEqual(['number'])
    expect(refused({ apiUrl: 'http://example.com' })?.path).toEqual(['apiUrl'])
    for (const apiUrl of ['', 'graph.facebook.com', 'ftp://x']) expect(refused({ apiUrl })?.path).toEqual(['apiUrl'])
    expect(config.parse({ ...good, apiUrl: 'http://127.0.0.1:4000/' }).apiUrl).toBe('http://127.0.0.1:4000')
  })
})
