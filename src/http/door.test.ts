/** Who may enter, and what is refused with which words. */
import { describe, expect, it } from 'vitest'
import { CONTACT, CONVERSATION, contact, fieldsOf, MESSAGE, open, type Problem, reading, send } from '../../tests/support/api.ts'
import { emptyReading, NOON } from '../../tests/support/rooms.ts'
import { RelaisError } from '../core/errors.ts'

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
    expect(await response.json()).toMatchObject({
      code: 'forbidden',
      detail: expect.stringMatching(/a le rôle «\u00a0\w+\u00a0»\u00a0; il faut «/),
    })
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
    ['GET', '/codes', 'POST'],
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
    await call('system', 'POST', path, { ...consent, at: new Date(NOON - 400).toISOString() })
    expect(appended[1]?.own[0]?.body).toMatchObject({ ...consent, at: NOON - 400 })
    // Seconds since 1970 are no day of January 1970.
    const inSeconds = await call('system', 'POST', path, { ...consent, at: Math.floor(NOON / 1_000) }, { 'accept-language': 'en' })
    expect([inSeconds.status, await inSeconds.json()]).toMatchObject([
      422,
      { errors: [{ field: 'at', says: expect.stringContaining('not in seconds') }] },
    ])
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
