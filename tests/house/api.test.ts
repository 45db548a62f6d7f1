/** The API over a whole house: real HTTP, the real relay, a real PostgreSQL. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../src/core/access.ts'
import * as shape from '../../src/http/api/schemas.ts'
import { hashSecret, makeSecret } from '../../src/http/caller.ts'
import { createAccess } from '../../src/store/access/index.ts'
import { openHouse, type TestHouse } from '../support/house.ts'

const keys = {
  admin: makeSecret(new Uint8Array(32).fill(1)),
  agent: makeSecret(new Uint8Array(32).fill(2)),
  system: makeSecret(new Uint8Array(32).fill(3)),
}
let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
  const access = createAccess(house.connection)
  for (const [role, secret] of Object.entries(keys) as [Role, string][])
    await access.createKey({ name: role === 'agent' ? 'Claire' : role, role, hash: hashSecret(secret) }, 0)
})
afterAll(() => house.close())

const call = async (role: keyof typeof keys, method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
  const response = await fetch(`${house.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${keys[role]}`, 'content-type': 'application/json', 'accept-language': 'fr', ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, never> & { id: string } }
}
const said = (user: { received: readonly { text?: string | undefined }[] }) => user.received.map((message) => message.text ?? '').join('\n')
const conversationOf = async (phone: string): Promise<string> => {
  const found = await call('agent', 'GET', `/contacts?address=${encodeURIComponent(phone)}`)
  const page = shape.pageSchema(shape.Contact).parse(found.body) as { items: { conversationId: string }[] }
  return page.items[0]?.conversationId ?? ''
}

/** Opens the stream; what it gives reads event names until `done`. */
const listen = async (lastEventId: string | null) => {
  const stop = new AbortController()
  const response = await fetch(`${house.url}/api/v1/events`, {
    headers: { authorization: `Bearer ${keys.agent}`, ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }) },
    signal: stop.signal,
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) throw new Error('no stream')
  // Told to be open; what was missed may come with it.
  let text = (await reader.read()).value ?? ''
  return async (done: (names: readonly string[]) => boolean) => {
    const parts = () => text.split('\n\n').slice(0, -1)
    const names = () => parts().flatMap((part) => /^event: (.*)$/m.exec(part)?.[1] ?? [])
    while (!done(names())) text += (await reader.read()).value ?? ''
    stop.abort()
    return { names: names(), ids: parts().flatMap((part) => /^id: (.*)$/m.exec(part)?.[1] ?? []), text }
  }
}

describe('a business system', () => {
  it('writes to somebody unknown: the answer carries the decision, and its repeat is the same message', async () => {
    const body = { to: { phone: '06 12 00 01 01' }, category: 'service', text: 'Votre dossier est prêt.' }
    const sent = await call('system', 'POST', '/messages', body, { 'idempotency-key': 'first' })
    expect(sent.status).toBe(202)
    const decision = shape.Decision.parse(sent.body.decision)
    expect(decision.messageId).toBe(sent.body.id)
    // Nobody wrote within 24 hours: free text may not open a conversation.
    expect(decision.outcome).not.toBe('allow')
    expect(decision.rulings.map((ruling) => ruling.rule)).toContain('whatsapp/window')
    const again = await call('system', 'POST', '/messages', body, { 'idempotency-key': 'first' })
    expect([again.headers.get('idempotent-replayed'), again.body]).toEqual(['true', sent.body])

    const message = await call('system', 'GET', `/messages/${sent.body.id}`)
    shape.Message.parse(message.body)
    const explanation = await call('system', 'GET', `/messages/${sent.body.id}/explanation`)
    expect(JSON.stringify(explanation.body.words)).toContain('whatsapp/window')
  })

  it('records a consent with its words, and the contact shows it', async () => {
    const user = house.stage.whatsapp.user({ phone: '+33612000102', name: 'Nour' })
    user.sendText('menu')
    await house.until('an answer', () => user.received.length >= 1)
    const conversation = await call('agent', 'GET', `/conversations/${await conversationOf('+33612000102')}`)
    const { contactId } = shape.ConversationDetail.parse(conversation.body)
    const consent = {
      channelKind: 'whatsapp',
      category: 'marketing',
      given: true,
      words: 'Je veux recevoir vos offres.',
      proof: { form: 42 },
    }
    const recorded = await call('system', 'POST', `/contacts/${contactId}/consents`, consent)
    expect(recorded.status).toBe(200)
    expect(shape.ContactDetail.parse(recorded.body).consents).toMatchObject([
      { category: 'marketing', state: 'given', words: consent.words, proof: consent.proof },
    ])
  })
})

describe('an agent', () => {
  it('takes a conversation, replies, and gives it back; the stream tells it in order', async () => {
    const user = house.stage.whatsapp.user({ phone: '+33612000103', name: 'Ali' })
    user.sendText('Je veux parler à un conseiller')
    await house.until('the notice', () => said(user).includes('conseiller'))
    const id = await conversationOf('+33612000103')
    const queue = await call('agent', 'GET', '/conversations?waiting=true')
    expect(JSON.stringify(queue.body)).toContain(id)

    const hear = await listen(null)
    const taken = await call('agent', 'POST', `/conversations/${id}/take`)
    expect([taken.status, shape.ConversationDetail.parse(taken.body.conversation).owner]).toEqual([200, 'agent:claire'])
    const replied = await call('agent', 'POST', `/conversations/${id}/reply`, { text: 'Bonjour Ali, je suis Claire.' })
    expect(replied.status).toBe(200)
    expect(shape.Message.parse(replied.body.message)).toMatchObject({ author: 'agent:claire', channel: expect.any(String) })
    expect(shape.ConversationDetail.parse(replied.body.conversation).windows).toMatchObject([{ service: 'open' }])
    await house.until('the reply', () => said(user).includes('je suis Claire'))
    const given = await call('agent', 'POST', `/conversations/${id}/give-back`)
    expect(shape.ConversationDetail.parse(given.body.conversation)).toMatchObject({ owner: 'journey', waitingSince: null })

    const { names, ids, text } = await hear(
      (heard) => heard.filter((name) => name === 'conversation.owner-changed').length >= 2 && heard.includes('message.delivered'),
    )
    expect(names.indexOf('decision.made')).toBe(names.indexOf('message.queued') - 1)
    expect(names.indexOf('conversation.owner-changed')).toBeLessThan(names.indexOf('message.queued'))
    expect(text).not.toContain('Claire')
    const resumed = await (await listen(ids[0] ?? ''))((later) => later.length >= 1)
    expect(Number(resumed.ids[0])).not.toBe(Number(ids[0]))
    const thread = shape.pageSchema(shape.Message).parse((await call('agent', 'GET', `/conversations/${id}/messages?limit=200`)).body)
    expect(thread.items.length).toBeGreaterThanOrEqual(3)
  })
})

describe('an operator', () => {
  it('pauses a channel and resumes it', async () => {
    const before = await call('admin', 'GET', '/channels')
    const [channel] = shape.Channel.array().parse(before.body.items)
    const paused = await call('admin', 'POST', `/channels/${channel?.id}/pause`, { reason: 'Essai' })
    expect(shape.Channel.parse(paused.body)).toMatchObject({ paused: true, reason: 'Essai' })
    expect(shape.Channel.parse((await call('admin', 'POST', `/channels/${channel?.id}/resume`)).body).paused).toBe(false)
  })

  it('reads metrics, health and what was set aside without a body', async () => {
    const metrics = await (await fetch(`${house.url}/metrics`)).text()
    for (const name of [
      'relais_messages_in_total',
      'relais_decisions_total',
      'relais_queue_age_seconds',
      'relais_outbox_unknown',
      'relais_channel_health',
      'relais_stage_seconds_bucket',
    ])
      expect(metrics).toContain(name)
    expect(metrics).toMatch(/relais_messages_in_total\{channel="[^"]+"\} [1-9]/)
    expect(metrics).toMatch(/relais_decisions_total\{outcome="[^"]+"\} [1-9]/)
    expect(metrics).toMatch(/relais_stage_seconds_count\{stage="turn"\} [1-9]/)
    expect((await fetch(`${house.url}/readyz`)).status).toBe(200)
    shape.pageSchema(shape.Poison).parse((await call('agent', 'GET', '/poison')).body)
  })
})

describe('a webhook that is wrong', () => {
  it.each([
    ['unsigned', '{}', {}, 401],
    ['badly signed', '{}', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }, 401],
    ['over 4 MB', 'a'.repeat(4 * 1024 * 1024 + 1), {}, 413],
  ])('%s gets its answer and stores nothing', async (_, body, headers, status) => {
    const count = async () => (await house.connection.query<{ n: number }>('select count(*) as n from seen'))[0]?.n
    const before = await count()
    const response = await fetch(`${house.url}/webhooks/whatsapp`, { method: 'POST', body, headers })
    expect(response.status).toBe(status)
    expect(await count()).toBe(before)
  })
})
