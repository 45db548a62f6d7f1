import { describe, expect, it } from 'vitest'
import { CHANNEL, emptyReading, memoryRooms, NOON } from '../../tests/support/rooms.ts'
import { RelaisError } from '../core/errors.ts'
import { asId, type ContactId, type ConversationId, type DecisionId, type Digest, type MessageId } from '../core/ids.ts'
import type { ContactDetail, ConversationDetail, DecisionView, MessageView } from '../core/reading.ts'
import type { Template } from '../core/workspace.ts'
import { createApp } from './app.ts'
import type { Rooms } from './rooms.ts'

const uuid = '019a9b1c-7d2e-7f00-8a00-0123456789ab'
const CONTACT = asId<ContactId>(`con_${uuid}`)
const CONVERSATION = asId<ConversationId>(`cnv_${uuid}`)
const MESSAGE = asId<MessageId>(`msg_${uuid}`)

const conversation: ConversationDetail = {
  id: CONVERSATION,
  contactId: CONTACT,
  name: 'Marie',
  country: 'FR',
  language: 'fr',
  owner: 'agents',
  lastAt: NOON,
  waitingSince: NOON,
  last: null,
  addresses: [{ kind: 'whatsapp', value: '+33612345678' }],
  heard: [{ channel: CHANNEL, at: NOON - 3_600_000 }],
}
const message: MessageView = {
  id: MESSAGE,
  contactId: CONTACT,
  conversationId: CONVERSATION,
  channel: CHANNEL,
  direction: 'out',
  at: NOON,
  author: 'agent:agent',
  content: { type: 'text', text: 'Bonjour' },
  category: 'service',
  ai: false,
  citations: null,
  replyTo: null,
  vendorId: null,
  status: 'held',
  decisionId: null,
  refusal: null,
  price: null,
  priceSeen: null,
  duplicateRisk: false,
  editedAt: null,
  revokedAt: null,
  acceptedAt: null,
  sentAt: null,
  deliveredAt: null,
  readAt: null,
  failedAt: null,
}
const contact: ContactDetail = {
  id: CONTACT,
  conversationId: CONVERSATION,
  name: 'Marie',
  country: 'FR',
  language: 'fr',
  addresses: [],
  createdAt: NOON,
  consents: [],
}
const template: Template = {
  name: 'reminder',
  language: 'fr',
  category: 'utility',
  text: 'Bonjour {{name}}',
  parameters: ['name'],
  replaces: [],
  channel: null,
  file: 'templates/reminder.yaml',
}
const reading = { ...emptyReading, conversation: async () => conversation, message: async () => message }

const open = async (change: Partial<Rooms> = {}) => {
  const house = await memoryRooms({ reading, ...change })
  const { app } = createApp(house.rooms)
  const call = (role: keyof typeof house.keys, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    app.request(`/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${house.keys[role]}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  return { ...house, app, call }
}
type Problem = { readonly code: string; readonly errors?: readonly { readonly field: string }[] }
const fieldsOf = (problem: Problem) => problem.errors?.map((error) => error.field)
const send = { to: { phone: '+33612345678' }, category: 'service', text: 'Votre vol part à 9 h.' }

describe('the door', () => {
  it('asks for a key, and takes none that is wrong or revoked', async () => {
    const { app, call, rooms } = await open()
    const bare = await app.request('/api/v1/channels')
    expect(bare.status).toBe(401)
    expect(bare.headers.get('www-authenticate')).toContain('Bearer')
    expect((await app.request('/api/v1/channels', { headers: { authorization: `Bearer rk_${'A'.repeat(43)}` } })).status).toBe(401)
    expect((await call('read', 'GET', '/channels')).status).toBe(200)
    await rooms.access.revokeKey('read', NOON)
    expect((await call('read', 'GET', '/channels')).status).toBe(401)
  })

  it.each([
    ['read', 'POST', '/messages', send],
    ['agent', 'POST', '/messages', send],
    ['system', 'POST', `/conversations/${CONVERSATION}/take`, {}],
    ['read', 'POST', `/conversations/${CONVERSATION}/reply`, { text: 'x' }],
    ['agent', 'POST', '/channels/whatsapp/pause', {}],
  ] as const)('does not let %s %s %s', async (role, method, path, body) => {
    const { call, appended } = await open()
    const response = await call(role, method, path, body)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'forbidden' })
    expect(appended).toEqual([])
  })

  it('gives problem+json in the caller’s language, and names the field', async () => {
    const { call } = await open()
    const response = await call(
      'system',
      'POST',
      '/messages',
      { ...send, category: 'cadeau', colour: 'red' },
      { 'accept-language': 'fr-CA, en;q=0.5' },
    )
    expect(response.status).toBe(422)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    const problem = (await response.json()) as Problem
    expect(problem).toMatchObject({ code: 'invalid-request', title: 'La requête ne convient pas.' })
    expect(fieldsOf(problem)).toEqual(['category', 'colour'])
    const english = await call('system', 'POST', '/messages', {}, { 'accept-language': 'en' })
    expect(await english.json()).toMatchObject({ title: 'The request does not fit.' })
  })

  it.each([
    ['no JSON', '{"to":', 400, 'bad-json'],
    ['bytes that are no text', '\ud800', 400, 'bad-json'],
    ['a NUL', JSON.stringify({ ...send, text: 'a\u0000b' }), 422, 'invalid-request'],
    ['half a surrogate pair', `{"to":{"phone":"+33612345678"},"category":"service","text":"a\\ud800b"}`, 422, 'invalid-request'],
    ['an empty text', JSON.stringify({ ...send, text: '' }), 422, 'invalid-request'],
    ['a number that is no phone', JSON.stringify({ ...send, to: { phone: 'Marie' } }), 422, 'invalid-request'],
    ['two addresses', JSON.stringify({ ...send, to: { phone: '+33612345678', email: 'a@b.fr' } }), 422, 'invalid-request'],
    ['an address no channel reaches', JSON.stringify({ ...send, to: { email: 'a@b.fr' } }), 422, 'no-channel'],
    ['a text and a template', JSON.stringify({ ...send, template: { name: 'reminder' } }), 422, 'invalid-request'],
    ['an unknown template', JSON.stringify({ ...send, text: undefined, template: { name: 'x' } }), 422, 'invalid-request'],
    ['a prototype', '{"__proto__":{"admin":true}}', 422, 'invalid-request'],
    ['an array', '[]', 422, 'invalid-request'],
    ['4 MB and one byte', `"${'a'.repeat(4 * 1024 * 1024)}"`, 413, 'body-too-large'],
  ])('refuses %s with one error of the catalogue', async (_, body, status, code) => {
    const { call, appended } = await open()
    const response = await call('system', 'POST', '/messages', body)
    expect([response.status, ((await response.json()) as Problem).code]).toEqual([status, code])
    expect(appended).toEqual([])
  })

  it.each([
    ['/messages', { ...send, to: { phone: 'Marie' } }, 'to.phone : il faut un numéro avec son indicatif, comme +33612345678'],
    ['/messages', { ...send, to: {} }, 'to : il faut une seule clé : phone, email ou contactId'],
    ['/messages', { ...send, template: { name: 'x' } }, 'text : il faut text ou template, l’un des deux'],
    ['/messages', { ...send, text: undefined, template: { name: 'x' } }, 'template.name : il n’y en a aucun ici'],
    ['/messages', { ...send, category: 'cadeau' }, 'category : il faut l’un de ces mots : marketing, utility, authentication, service'],
    ['/messages', { to: send.to, text: 'a' }, 'category : cette clé manque'],
    ['/messages', { ...send, colour: 'red' }, 'colour : cette clé est inconnue ici'],
    ['/messages', { ...send, text: 7 }, 'text : il faut un texte'],
    [
      `/contacts/${CONTACT}/consents`,
      { channelKind: 'whatsapp', category: 'marketing', given: true, words: 'Oui', at: NOON + 1 },
      'at : cette date est dans l’avenir',
    ],
  ])('POST %s says in French alone what to correct', async (path, body, says) => {
    const { call } = await open({ reading: { ...reading, contact: async () => contact } })
    const response = await call('system', 'POST', path, body, { 'accept-language': 'fr' })
    expect(((await response.json()) as { detail: string }).detail.replaceAll('\u00a0', ' ')).toBe(says)
  })

  it('says in French which id, which limit, which cursor and which Idempotency-Key it wants', async () => {
    const refuse = () => Promise.reject(new RelaisError('invalid-request', 'cursor'))
    const { call } = await open({ reading: { ...reading, contacts: refuse } })
    const said = async (method: string, path: string, headers: Record<string, string> = {}) => {
      const response = await call('system', method, path, method === 'POST' ? send : undefined, { 'accept-language': 'fr', ...headers })
      const { errors } = (await response.json()) as { errors: { field: string; says: string }[] }
      return errors.map(({ field, says }) => `${field}: ${says}`)
    }
    expect(await said('GET', '/messages/msg_1')).toEqual(['id: il faut un identifiant comme msg_019a9b1c-…'])
    expect(await said('GET', '/contacts?limit=500')).toEqual(['limit: il faut au plus 200'])
    expect(await said('GET', '/contacts?cursor=x')).toEqual(['cursor: cette valeur ne convient pas'])
    expect(await said('POST', '/messages', { 'idempotency-key': 'a b' })).toEqual([
      'Idempotency-Key: il faut 1 à 200 signes ASCII, sans espace',
    ])
  })

  it.each([
    ['PUT', '/contacts', 'GET, HEAD'],
    ['GET', '/messages', 'POST'],
    ['DELETE', `/contacts/${CONTACT}/consents`, 'POST'],
    ['PATCH', '/session', 'GET, HEAD, POST, DELETE'],
    ['POST', '/events', 'GET, HEAD'],
  ])('%s %s is another method than the path takes: 405 with those it does', async (method, path, allow) => {
    const { call } = await open()
    const response = await call('admin', method, path)
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow])
    expect(await response.json()).toMatchObject({ code: 'method-not-allowed', detail: allow })
  })

  it('records a consent of old with its own date, unless the person has spoken since', async () => {
    const revoked = {
      channelKind: 'whatsapp',
      category: 'marketing',
      state: 'revoked' as const,
      words: 'STOP',
      proof: null,
      source: 'message',
    }
    const spoken = { ...contact, consents: [{ ...revoked, at: NOON - 1_000 }] }
    const { call, appended } = await open({ reading: { ...reading, contact: async () => spoken } })
    const consent = { channelKind: 'whatsapp', category: 'marketing', given: true, words: 'Oui' }
    const path = `/contacts/${CONTACT}/consents`
    const old = await call('system', 'POST', path, { ...consent, at: NOON - 2_000 }, { 'accept-language': 'en' })
    expect(await old.json()).toMatchObject({
      errors: [{ field: 'at', says: 'the contact has said otherwise since: their last word counts' }],
    })
    expect(appended).toEqual([])
    await call('system', 'POST', path, { ...consent, at: NOON - 500 })
    expect(appended[0]?.own[0]?.body).toMatchObject({ ...consent, at: NOON - 500 })
  })

  it('wants JSON to be called JSON', async () => {
    const { call } = await open()
    expect((await call('system', 'POST', '/messages', send, { 'content-type': 'text/plain' })).status).toBe(415)
  })

  it('says 503 while the store is away, and 500 without its words for what nobody foresaw', async () => {
    const away = await open({ reading: { ...reading, channels: () => Promise.reject(new RelaisError('store-unavailable')) } })
    expect((await away.call('read', 'GET', '/channels')).status).toBe(503)
    const broken = await open({ reading: { ...reading, channels: () => Promise.reject(new Error('row (Marie)')) } })
    const response = await broken.call('read', 'GET', '/channels')
    expect(response.status).toBe(500)
    expect((await response.text()) + JSON.stringify(broken.log.lines)).not.toContain('Marie')
  })

  it('answers 404 for ids of another kind, unknown paths and unknown things', async () => {
    const { call } = await open({ reading: emptyReading })
    expect((await call('read', 'GET', `/messages/${MESSAGE}`)).status).toBe(404)
    expect((await call('read', 'GET', '/messages/con_1')).status).toBe(422)
    expect((await call('read', 'GET', '/nothing')).status).toBe(404)
  })

  it('lets no other site read or frame it', async () => {
    const { call } = await open()
    const response = await call('read', 'GET', '/channels', undefined, { origin: 'https://evil.example' })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    const error = await call('read', 'GET', '/messages/x')
    expect(error.headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})

describe('sending', () => {
  it('appends what a business system asks and answers with the decision’s place', async () => {
    const { call, appended } = await open()
    const response = await call('system', 'POST', '/messages', send)
    expect(response.status).toBe(202)
    const [arrivals] = appended
    expect(arrivals?.contacts).toMatchObject([
      {
        channel: 'whatsapp',
        kind: 'api.send',
        addresses: [{ kind: 'whatsapp', value: '+33612345678' }],
        country: 'FR',
        body: { key: 'api:system', intent: { channel: 'whatsapp', category: 'service', content: { type: 'text' } }, purpose: null },
      },
    ])
    expect(await response.json()).toMatchObject({ status: 'held', links: { message: expect.stringContaining('/api/v1/messages/msg_') } })
  })

  it('reads a national number as the workspace’s country would', async () => {
    const { call, appended } = await open()
    await call('system', 'POST', '/messages', { ...send, to: { phone: '06 12 34 56 78' } })
    expect(appended[0]?.contacts[0]?.addresses).toEqual([{ kind: 'whatsapp', value: '+33612345678' }])
  })

  it('wants all variables of a template and no others', async () => {
    const { rooms } = await memoryRooms()
    const { call, appended } = await open({ workspace: { ...rooms.workspace, templates: [template] } })
    const with_ = (parameters: Record<string, string>) => ({
      to: send.to,
      category: 'utility',
      template: { name: 'reminder', language: 'fr', parameters },
    })
    const wrong = await call('system', 'POST', '/messages', with_({ nom: 'Marie' }))
    expect(fieldsOf((await wrong.json()) as Problem)).toEqual(['template.parameters.name', 'template.parameters.nom'])
    await call('system', 'POST', '/messages', with_({ name: 'Marie' }))
    expect(appended[0]?.contacts[0]?.body).toMatchObject({
      intent: { content: { type: 'template', language: 'fr', text: 'Bonjour Marie' } },
    })
  })

  it('keeps one effect and one answer for a repeated Idempotency-Key', async () => {
    const { call, appended } = await open()
    const first = await call('system', 'POST', '/messages', send, { 'idempotency-key': 'k1' })
    const again = await call('system', 'POST', '/messages', send, { 'idempotency-key': 'k1' })
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await again.json()).toEqual(await first.json())
    expect(appended).toHaveLength(1)
    const other = await call('system', 'POST', '/messages', { ...send, text: 'Autre' }, { 'idempotency-key': 'k1' })
    expect([other.status, ((await other.json()) as Problem).code]).toEqual([422, 'idempotency-key-reused'])
    expect((await call('admin', 'POST', '/messages', send, { 'idempotency-key': 'k1' })).headers.get('idempotent-replayed')).toBeNull()
  })

  it('answers a repeat that comes too early with 409, and one after a failure with the same ids', async () => {
    let fail = true
    const ids: unknown[] = []
    let finish = () => {}
    const { call } = await open({
      store: {
        append: async (arrivals) => {
          ids.push(arrivals.contacts[0]?.id)
          if (fail) await new Promise<void>((_, reject) => (finish = () => reject(new RelaisError('store-unavailable'))))
        },
      },
    })
    const first = call('system', 'POST', '/messages', send, { 'idempotency-key': 'k2' })
    while (ids.length === 0) await new Promise((resolve) => setImmediate(resolve))
    expect((await call('system', 'POST', '/messages', send, { 'idempotency-key': 'k2' })).status).toBe(409)
    finish()
    expect((await first).status).toBe(503)
    fail = false
    expect((await call('system', 'POST', '/messages', send, { 'idempotency-key': 'k2' })).status).toBe(202)
    expect(ids[1]).toBe(ids[0])
  })
})

describe('the desk', () => {
  it('acts through the conversation’s own order, under the agent’s name', async () => {
    const { call, appended } = await open({
      reading: { ...reading, conversation: async () => ({ ...conversation, owner: 'agent:agent' }) },
    })
    const response = await call('agent', 'POST', `/conversations/${CONVERSATION}/take`)
    expect(response.status).toBe(200)
    expect(appended[0]?.own).toMatchObject([{ contact: CONTACT, kind: 'action', body: { action: 'take', agent: 'agent:agent' } }])
    expect(await response.json()).toMatchObject({
      conversation: { owner: 'agent:agent', windows: [{ channel: 'whatsapp', service: 'open', closesAt: NOON + 23 * 3_600_000 }] },
    })
  })

  it('says when an act had no effect', async () => {
    const { call } = await open({ reading: { ...reading, conversation: async () => ({ ...conversation, owner: 'agent:zoe' }) } })
    const response = await call('agent', 'POST', `/conversations/${CONVERSATION}/give-back`, {})
    expect([response.status, await response.json()]).toMatchObject([409, { code: 'no-effect', detail: 'agent:zoe' }])
  })

  it('answers 202 when the turn takes too long', async () => {
    const { call } = await open({ settled: async () => false })
    const response = await call('agent', 'POST', `/conversations/${CONVERSATION}/close`, { reason: 'réglé' })
    expect([response.status, await response.json()]).toMatchObject([202, { handled: false }])
  })

  it('releases and drops only what is held', async () => {
    const { call, appended } = await open()
    await call('agent', 'POST', `/messages/${MESSAGE}/release`, { text: 'Bonjour Marie' })
    expect(appended[0]?.own[0]?.body).toMatchObject({ action: 'release', message: MESSAGE, intent: { content: { text: 'Bonjour Marie' } } })
    const sent = await open({ reading: { ...reading, message: async () => ({ ...message, status: 'sent' as const }) } })
    expect((await sent.call('agent', 'POST', `/messages/${MESSAGE}/discard`, {})).status).toBe(409)
    expect(sent.appended).toEqual([])
  })

  it('says so when another agent was faster', async () => {
    let views: readonly MessageView['status'][] = []
    const racing = {
      ...reading,
      message: async () => ({ ...message, status: views[0] ?? 'held', decisionId: asId<DecisionId>(`dec_${uuid}`) }),
    }
    const decided: DecisionView = {
      id: asId<DecisionId>(`dec_${uuid}`),
      messageId: MESSAGE,
      contactId: CONTACT,
      at: NOON,
      intent: { author: 'agent:zoe' },
      situation: null,
      situationDigest: asId<Digest>('situation'),
      rulebook: asId<Digest>('rules'),
      outcome: 'allow',
      amend: {},
      until: null,
      rulings: [],
      price: { known: false, amount: null, currency: null, category: 'service', since: null, source: null, confidence: null },
    }
    const { call } = await open({
      reading: { ...racing, decision: async () => decided },
      settled: async () => {
        views = views.slice(1)
        return true
      },
    })
    for (const [act, then] of [
      ['release', 'queued'],
      ['release', 'cancelled'],
      ['discard', 'queued'],
    ] as const) {
      views = ['held', then]
      expect((await call('agent', 'POST', `/messages/${MESSAGE}/${act}`, {})).status).toBe(409)
    }
  })

  it('is entered with a key, by a cookie that no script reads and no other site can use', async () => {
    const { app, keys } = await open()
    const enter = await app.request('/api/v1/session', { method: 'POST', body: JSON.stringify({ key: keys.agent }) })
    expect(enter.status).toBe(201)
    const cookie = enter.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^relais=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/)
    const headers = { cookie: cookie.split(';')[0] ?? '', 'content-type': 'application/json' }
    expect(await (await app.request('/api/v1/session', { headers })).json()).toMatchObject({
      id: 'agent',
      role: 'agent',
      workspace: 'Voyages Lumière',
    })

    const take = (more: Record<string, string>) =>
      app.request(`/api/v1/conversations/${CONVERSATION}/unstick`, { method: 'POST', headers: { ...headers, ...more } })
    expect((await take({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    expect((await take({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await take({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await take({})).status).toBe(403)

    const leave = await app.request('/api/v1/session', { method: 'DELETE', headers: { ...headers, 'sec-fetch-site': 'same-origin' } })
    expect(leave.status).toBe(204)
    expect((await app.request('/api/v1/session', { headers })).status).toBe(401)
  })

  it('is not entered with a wrong key, nor from another site', async () => {
    const { app, keys } = await open()
    const enter = (key: string, headers: Record<string, string> = {}) =>
      app.request('/api/v1/session', { method: 'POST', body: JSON.stringify({ key }), headers })
    expect((await enter(`rk_${'A'.repeat(43)}`)).status).toBe(401)
    expect((await enter('x')).status).toBe(401)
    expect((await enter(keys.agent, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })
})

describe('operations', () => {
  it('are ready only with a store, its schema and somebody who sends', async () => {
    expect((await (await open()).app.request('/readyz')).status).toBe(200)
    const starting = await open({ readiness: () => ({ migrated: true, dispatch: 'starting' }) })
    expect((await starting.app.request('/readyz')).status).toBe(503)
    const away = await open({ reading: { ...reading, ping: () => Promise.reject(new RelaisError('store-unavailable')) } })
    const response = await away.app.request('/readyz')
    expect([response.status, await response.json()]).toMatchObject([503, { store: false, migrated: true }])
    expect((await away.app.request('/healthz')).status).toBe(200)
  })

  it('pause a channel under the caller’s name', async () => {
    const { call, appended } = await open()
    await call('admin', 'POST', '/channels/whatsapp/pause', {})
    expect(appended[0]?.channels).toMatchObject([{ channel: 'whatsapp', change: { kind: 'paused', paused: true, reason: 'key:admin' } }])
    expect((await call('admin', 'POST', '/channels/none/pause', {})).status).toBe(404)
  })
})

describe('what the desk goes by', () => {
  it('tells the house’s time, the templates with their text, and what each rule is about', async () => {
    const rule = { id: 'platform/window', by: 'platform', about: { fr: 'La fenêtre.', en: 'The window.' } } as const
    const { rooms } = await open()
    const { call } = await open({ workspace: { ...rooms.workspace, templates: [template] }, rules: () => [rule] })
    const templates = await call('read', 'GET', '/templates')
    expect(templates.headers.get('relais-time')).toBe(String(NOON))
    const { file: _, ...told } = template
    expect(await templates.json()).toEqual({ items: [told] })
    expect(await (await call('read', 'GET', '/rules')).json()).toEqual({ items: [rule] })
  })
})

describe('openapi.json', () => {
  it('is OpenAPI 3.1, names every route there is, and is readable as a page that loads nothing', async () => {
    const { app } = await open()
    const document = (await (await app.request('/api/v1/openapi.json')).json()) as { openapi: string; paths: Record<string, object> }
    expect(document.openapi).toBe('3.1.0')
    const routes = app.routes
      .filter((route) => route.method !== 'ALL' && route.path.startsWith('/api/v1/') && !/openapi\.json$|docs$/.test(route.path))
      .map((route) => `${route.method.toLowerCase()} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`)
    const named = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
    expect([...new Set(routes)].sort()).toEqual(named.sort())
    const page = await app.request('/api/v1/docs')
    const html = await page.text()
    expect(html).toContain('/api/v1/conversations/{id}/give-back')
    expect(html).toContain('id="error-no-effect"')
    expect(html).not.toMatch(/<script|src=|href="http/)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})
