/** What programs and agents do by the API. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  CONTACT,
  CONVERSATION,
  conversation,
  DECISION,
  fieldsOf,
  MESSAGE,
  message,
  open,
  type Problem,
  reading,
  send,
  template,
} from '../../tests/support/api.ts'
import { memoryRooms, NOON } from '../../tests/support/rooms.ts'
import { RelaisError } from '../core/errors.ts'
import { asId, type Digest } from '../core/ids.ts'
import type { DecisionView, MessageView } from '../core/reading.ts'

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

  it('keeps of what was asked nothing to guess it by: digits that somebody typed are few', async () => {
    const { call, rooms } = await open()
    const kept: string[] = []
    const { begin } = rooms.access
    rooms.access.begin = (request, at) => {
      kept.push(request.fingerprint)
      return begin(request, at)
    }
    const [path, body] = [`/codes/cod_${MESSAGE.slice(4)}/checks`, { code: '204518' }]
    await call('system', 'POST', path, body, { 'idempotency-key': 'k3' })
    const guess = createHash('sha256').update(`POST /api/v1${path}\n${JSON.stringify(body)}`)
    expect(kept).toHaveLength(1)
    expect(kept).not.toContain(guess.digest('hex'))
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
        turnSwitch: async () => null,
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
      message: async () => ({ ...message, status: views[0] ?? 'held', decisionId: DECISION }),
    }
    const decided: DecisionView = {
      id: DECISION,
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
    // A page asks whether it is let in, and no error of it stands in a browser's console.
    const quiet = await app.request('/api/v1/session?quiet=true', { headers })
    expect([quiet.status, await quiet.text()]).toEqual([204, ''])
    expect((await app.request('/api/v1/session?quiet=true', { headers: { authorization: `Bearer ${keys.agent}` } })).status).toBe(200)
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
