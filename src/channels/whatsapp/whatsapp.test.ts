import { describe, expect, it } from 'vitest'
import type { Outgoing } from '../../core/channel.ts'
import type { Content } from '../../core/content.ts'
import { type AttemptId, asId, type ChannelId, type VendorId } from '../../core/ids.ts'
import type { RefusalClass, SendResult } from '../../core/outcome.ts'
import { silentLog } from '../../core/ports.ts'
import { channelContract, NOW } from '../contract/index.ts'
import type { Answer } from '../contract/provider.ts'
import { jsonAnswer, type Script, scriptFetch } from '../contract/scripted-fetch.ts'
import { config } from './config.ts'
import { whatsapp } from './index.ts'
import { writeMessage } from './outbound.ts'
import { CODES } from './refusals.ts'
import { signBody } from './verify.ts'

const settings = config.parse({
  phoneNumberId: '106540352242922',
  businessAccountId: '102290129340398',
  number: '+33612345678',
  accessToken: 'EAAG-secret-token',
  appSecret: 'app-secret-value',
  verifyToken: 'verify-secret-word',
})

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
  accepted: {
    status: 200,
    body: JSON.stringify({
      messaging_product: 'whatsapp',
      contacts: [{ input: '+33698765432', wa_id: '33698765432' }],
      messages: [{ id: 'wamid.NEW', message_status: 'accepted' }],
    }),
    vendorId: 'wamid.NEW',
  },
  refusals: [
    ...listed('postponed', POSTPONED),
    ...listed('refused', REFUSED),
    ...[2, 131016, 133004].map((code) => ({ name: `503 with code ${code}`, answer: refusal(503, code), result: { type: 'unknown' } as const })),
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

const message = (content: Content, more: Partial<Outgoing> = {}): Outgoing => ({
  attempt: asId<AttemptId>('att_1'),
  to: { kind: 'whatsapp', value: '+33698765432' },
  content,
  ...more,
})
const written = (content: Content, more: Partial<Outgoing> = {}) => JSON.parse(JSON.stringify(writeMessage(message(content, more))))
const frame = { messaging_product: 'whatsapp', recipient_type: 'individual', to: '+33698765432', biz_opaque_callback_data: 'att_1' }

describe('a message on the wire', () => {
  it('is text without a preview', () => {
    expect(written({ type: 'text', text: 'Bonjour' })).toEqual({ ...frame, type: 'text', text: { body: 'Bonjour', preview_url: false } })
  })

  it('answers a message of the customer, and goes to a user id as `recipient`', () => {
    const more = { to: { kind: 'whatsapp_user', value: 'FR.123' }, replyTo: asId<VendorId>('wamid.Q') }
    const { to, ...rest } = frame
    expect(written({ type: 'text', text: 'Oui' }, more)).toEqual({
      ...rest,
      recipient: 'FR.123',
      type: 'text',
      text: { body: 'Oui', preview_url: false },
      context: { message_id: 'wamid.Q' },
    })
  })

  it('is a template with its variables in order, flattened', () => {
    const parameters = { 2: 'Rome', 10: 'dix', 1: 'Mme\nDurand' }
    expect(written({ type: 'template', name: 'rappel', language: 'fr', parameters, text: '…' }).template).toEqual({
      name: 'rappel',
      language: { code: 'fr' },
      components: [
        {
          type: 'body',
          parameters: [
            { type: 'text', text: 'Mme Durand' },
            { type: 'text', text: 'Rome' },
            { type: 'text', text: 'dix' },
          ],
        },
      ],
    })
  })

  it('is a template with named variables, or with none', () => {
    const named = written({ type: 'template', name: 't', language: 'en_US', parameters: { prenom: 'Zoé' }, text: '…' })
    expect(named.template.components[0].parameters).toEqual([{ type: 'text', parameter_name: 'prenom', text: 'Zoé' }])
    expect(written({ type: 'template', name: 't', language: 'fr', parameters: {}, text: '…' }).template).toEqual({
      name: 't',
      language: { code: 'fr' },
    })
  })

  it('is reply buttons', () => {
    expect(written({ type: 'buttons', text: 'Et ?', buttons: [{ id: 'a', label: 'Oui' }] }).interactive).toEqual({
      type: 'button',
      body: { text: 'Et ?' },
      action: { buttons: [{ type: 'reply', reply: { id: 'a', title: 'Oui' } }] },
    })
  })

  it('is a list', () => {
    const rows = [
      { id: 'r', label: 'Rome', description: 'Italie' },
      { id: 'o', label: 'Oslo' },
    ]
    expect(written({ type: 'list', text: 'Où ?', button: 'Choisir', rows }).interactive).toEqual({
      type: 'list',
      body: { text: 'Où ?' },
      action: {
        button: 'Choisir',
        sections: [
          {
            rows: [
              { id: 'r', title: 'Rome', description: 'Italie' },
              { id: 'o', title: 'Oslo' },
            ],
          },
        ],
      },
    })
  })

  it('is a link behind a button', () => {
    expect(written({ type: 'link', text: 'Payez ici', label: 'Payer', url: 'https://a.example' }).interactive).toEqual({
      type: 'cta_url',
      body: { text: 'Payez ici' },
      action: { name: 'cta_url', parameters: { display_text: 'Payer', url: 'https://a.example' } },
    })
  })

  it('is a file by its id: a document keeps its name, a voice message has no caption', () => {
    const media = { vendorId: asId<VendorId>('M1'), mime: 'application/pdf', filename: 'f.pdf' }
    expect(written({ type: 'media', kind: 'document', media, caption: 'Facture' }).document).toEqual({
      id: 'M1',
      filename: 'f.pdf',
      caption: 'Facture',
    })
    expect(written({ type: 'media', kind: 'audio', media, caption: 'x', voice: true }).audio).toEqual({ id: 'M1', voice: true })
  })

  it('is a reaction, also one taken back, without a context', () => {
    const target = asId<VendorId>('wamid.Q')
    expect(written({ type: 'reaction', target, emoji: '👍' }, { replyTo: target })).toEqual({
      ...frame,
      type: 'reaction',
      reaction: { message_id: 'wamid.Q', emoji: '👍' },
    })
    expect(written({ type: 'reaction', target, emoji: null }).reaction).toEqual({ message_id: 'wamid.Q', emoji: '' })
  })

  it('is a place, or contacts', () => {
    expect(written({ type: 'location', latitude: 1, longitude: 2, name: 'Ici' }).location).toEqual({
      latitude: 1,
      longitude: 2,
      name: 'Ici',
    })
    expect(written({ type: 'contacts', contacts: [{ name: 'Ada', phones: ['+33611111111'] }] }).contacts).toEqual([
      { name: { formatted_name: 'Ada', first_name: 'Ada' }, phones: [{ phone: '+33611111111' }] },
    ])
  })

  it('is refused before any call where it cannot be said here, or to this address', async () => {
    const fetch = () => Promise.reject(new Error('no call expected'))
    const channel = whatsapp.open(settings, { fetch, now: () => NOW, log: silentLog, channel: asId<ChannelId>('wa') })
    const signal = new AbortController().signal
    const sent = (content: Content, more: Partial<Outgoing> = {}) => channel.send(message(content, more), signal)
    expect(await sent({ type: 'unsupported', what: 'poll' })).toMatchObject({ type: 'refused', refusal: { class: 'fix' } })
    expect(await sent({ type: 'media', kind: 'image', media: { mime: 'image/png' } })).toMatchObject({ type: 'refused' })
    expect(await sent({ type: 'text', text: 'x' }, { to: { kind: 'email', value: 'a@b.example' } })).toMatchObject({ type: 'refused' })
  })
})

const scripted = (script: Script) => {
  const { fetch, asked } = scriptFetch(script)
  return { channel: whatsapp.open(settings, { fetch, now: () => NOW, log: silentLog, channel: asId<ChannelId>('wa') }), asked }
}
const json = jsonAnswer
const signal = new AbortController().signal

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

describe('files', () => {
  it('come in two steps, both with the token', async () => {
    const { channel, asked } = scripted({
      '/M1?': json({ url: 'https://cdn.example/f', id: 'M1' }),
      'cdn.example': () => new Response('bytes'),
    })
    const file = await channel.fetchMedia({ vendorId: asId<VendorId>('M1'), mime: 'image/png' }, signal)
    expect(await file.text()).toBe('bytes')
    expect(asked.map(({ url, authorization }) => [url, authorization])).toEqual([
      ['https://graph.facebook.com/v26.0/M1?phone_number_id=106540352242922', 'Bearer EAAG-secret-token'],
      ['https://cdn.example/f', 'Bearer EAAG-secret-token'],
    ])
  })

  it('are asked for again where the address went stale', async () => {
    let stale = true
    const cdn = () => {
      const answer = stale ? new Response(null, { status: 404 }) : new Response('bytes')
      stale = false
      return answer
    }
    const { channel, asked } = scripted({ '/M1?': json({ url: 'https://cdn.example/f' }), 'cdn.example': cdn })
    expect(await (await channel.fetchMedia({ vendorId: asId<VendorId>('M1'), mime: 'image/png' }, signal)).text()).toBe('bytes')
    expect(asked.length).toBe(4)
  })

  it('never take the token over http', async () => {
    const { channel, asked } = scripted({ '/M1?': json({ url: 'http://cdn.example/f' }) })
    const fetching = channel.fetchMedia({ vendorId: asId<VendorId>('M1'), mime: 'image/png' }, signal)
    await expect(fetching).rejects.toMatchObject({ code: 'media-unavailable' })
    expect(asked.length).toBe(1)
  })

  it('that are gone say so', async () => {
    const { channel } = scripted({ '/M1?': json({ error: { code: 100, message: 'gone' } }, { status: 400 }) })
    const fetching = channel.fetchMedia({ vendorId: asId<VendorId>('M1'), mime: 'image/png' }, signal)
    await expect(fetching).rejects.toMatchObject({ code: 'media-unavailable', detail: 'code 100' })
  })

  it('are handed over as a form, and get an id', async () => {
    const { channel, asked } = scripted({ '/media': json({ id: 'M2' }) })
    expect(await channel.uploadMedia(new Uint8Array([37, 80]), 'application/pdf', 'f.pdf', signal)).toBe('M2')
    expect(asked[0]?.body).toMatch(/name="messaging_product"\r\n\r\nwhatsapp/)
    expect(asked[0]?.body).toMatch(/filename="f.pdf"\r\nContent-Type: application\/pdf/i)
  })
})

it('marks as read and shows that it writes', async () => {
  const { channel, asked } = scripted({ '/messages': json({ success: true }) })
  expect(await channel.markRead(asId<VendorId>('wamid.Q'), true, signal)).toBe(true)
  expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: 'wamid.Q',
    typing_indicator: { type: 'text' },
  })
  expect(await scripted({}).channel.markRead(asId<VendorId>('wamid.Q'), false, signal)).toBe(false)
})

const template = (name: string, status: string, text: string) => ({
  name,
  status,
  language: 'fr',
  category: 'UTILITY',
  components: [
    { type: 'HEADER', format: 'TEXT', text: '{{1}}' },
    { type: 'BODY', text },
  ],
})

it('wakes somebody where the account may not write to a country: the next person there meets the same', async () => {
  const answer = json({ error: { code: 130497, message: 'restricted' } }, { status: 403 })
  const sent = await scripted({ '/messages': answer }).channel.send(message({ type: 'text', text: 'x' }), signal)
  expect(sent).toMatchObject({ type: 'refused', refusal: { class: 'never', alerts: true } })
})

it('lists templates over all pages', async () => {
  const last = json({ data: [template('b', 'PAUSED', 'Rien')], paging: { cursors: { after: 'Y' } } })
  const first = json({
    data: [template('a', 'APPROVED', '{{1}} et {{2}} et {{1}}')],
    paging: { cursors: { after: 'X' }, next: 'https://…' },
  })
  const { channel, asked } = scripted({ 'after=X': last, message_templates: first })
  expect(await channel.listTemplates(signal)).toEqual([
    { name: 'a', language: 'fr', state: 'approved', category: 'utility', parameters: 2 },
    { name: 'b', language: 'fr', state: 'paused', category: 'utility', parameters: 0 },
  ])
  expect(asked.length).toBe(2)
})

it('takes an answer without a list of templates for no answer', async () => {
  for (const body of [{}, { data: null }, { error: { code: 10, message: 'x' } }])
    await expect(scripted({ message_templates: json(body) }).channel.listTemplates(signal)).rejects.toMatchObject({
      code: 'provider-refused',
    })
})

describe('how the number stands', () => {
  it('is asked of the number: its rating, and the limit of its business', async () => {
    const { channel, asked } = scripted({
      '/106540352242922?': json({ quality_rating: 'RED', whatsapp_business_manager_messaging_limit: 'TIER_2K', id: '1' }),
    })
    expect(await channel.readStanding(signal)).toEqual({ quality: 'red', perDay: 2000 })
    expect(asked.map(({ url }) => url)).toEqual([
      'https://graph.facebook.com/v26.0/106540352242922?fields=quality_rating,whatsapp_business_manager_messaging_limit',
    ])
  })

  it('has no limit where the platform says so, and says nothing of what it does not tell', async () => {
    const unlimited = scripted({ '/106540352242922?': json({ whatsapp_business_manager_messaging_limit: 'TIER_UNLIMITED' }) })
    expect(await unlimited.channel.readStanding(signal)).toEqual({ perDay: null })
  })

  it('is asked for the rating alone where the version does not know the limit', async () => {
    const message = '(#100) Tried accessing nonexisting field (whatsapp_business_manager_messaging_limit)'
    const { channel } = scripted({
      messaging_limit: json({ error: { code: 100, message } }, { status: 400 }),
      'fields=quality_rating': json({ quality_rating: 'YELLOW' }),
    })
    expect(await channel.readStanding(signal)).toEqual({ quality: 'yellow' })
  })

  it('is refused with the platform’s code', async () => {
    const { channel } = scripted({ '/106540352242922?': json({ error: { code: 190, message: 'expired' } }, { status: 401 }) })
    await expect(channel.readStanding(signal)).rejects.toMatchObject({ code: 'provider-refused', detail: 'code 190' })
  })
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
