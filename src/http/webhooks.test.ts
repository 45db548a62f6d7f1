import { describe, expect, it } from 'vitest'
import { CHANNEL, memoryRooms, NOON } from '../../tests/support/rooms.ts'
import type { Abilities, OpenChannel } from '../core/channel.ts'
import { RelaisError } from '../core/errors.ts'
import type { Inbound } from '../core/event.ts'
import { asId, type VendorId } from '../core/ids.ts'
import { createApp } from './app.ts'
import type { Rooms } from './rooms.ts'

const event: Inbound = { kind: 'unknown', vendorId: asId<VendorId>('v1'), at: NOON, what: 'x' }
const channel: OpenChannel & Abilities = {
  receive: async (request, body) =>
    request.headers.get('signature') === 'good'
      ? { events: Array.from({ length: body.length }, () => event), reply: new Response('EVENT_RECEIVED') }
      : { events: [], reply: new Response(null, { status: 401 }) },
  send: async () => ({ type: 'unknown', cause: 'test' }),
  handshake: async (request) => new Response(new URL(request.url).searchParams.get('hub.challenge')),
}
const open = async (change: Partial<Rooms> = {}) => {
  const house = await memoryRooms({ webhooks: new Map([[CHANNEL, channel]]), ...change })
  return { ...house, app: createApp(house.rooms).app }
}
const post = (body: string, signature = 'good') => ({ method: 'POST', body, headers: { signature } })

describe('a webhook', () => {
  it('is answered only after its events are durable', async () => {
    const steps: string[] = []
    let durable = () => {}
    const submit = () =>
      new Promise<void>((resolve) => {
        steps.push('submitted')
        durable = () => {
          steps.push('durable')
          resolve()
        }
      })
    const { app } = await open({ intake: { submit } })
    const answer = Promise.resolve(app.request('/webhooks/whatsapp', post('ab'))).then((response) => {
      steps.push('answered')
      return response
    })
    while (!steps.includes('submitted')) await Promise.resolve()
    for (let n = 0; n < 100; n++) await Promise.resolve()
    durable()
    expect((await answer).status).toBe(200)
    expect(steps).toEqual(['submitted', 'durable', 'answered'])
  })

  it('keeps every event of a batch', async () => {
    const { app, submitted } = await open()
    const response = await app.request('/webhooks/whatsapp', post('abc'))
    expect(await response.text()).toBe('EVENT_RECEIVED')
    expect(submitted).toEqual([[event, event, event]])
  })

  it('with a bad signature gets the connector’s 401 and stores nothing', async () => {
    const { app, submitted } = await open()
    expect((await app.request('/webhooks/whatsapp', post('abc', 'bad'))).status).toBe(401)
    expect(submitted).toEqual([])
  })

  it('is told 503 and to come again when the store is away, and nothing is lost unsaid', async () => {
    const { app, log } = await open({ intake: { submit: () => Promise.reject(new RelaisError('store-unavailable')) } })
    const response = await app.request('/webhooks/whatsapp', post('abc'))
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await response.json()).toMatchObject({ code: 'store-unavailable' })
    expect(log.lines.map((line) => line.event)).toEqual(['webhook.refused'])
  })

  it('is told 500 on a fault of ours, whose words stay inside', async () => {
    const { app, log } = await open({ intake: { submit: () => Promise.reject(new Error('Key (text)=(bonjour Marie)')) } })
    const response = await app.request('/webhooks/whatsapp', post('abc'))
    expect(response.status).toBe(500)
    expect((await response.text()) + JSON.stringify(log.lines)).not.toContain('Marie')
  })

  it.each([
    ['told by its length', { 'content-length': String(4 * 1024 * 1024 + 1) }],
    ['found while reading', {}],
  ])('over 4 MB is refused with 413, %s', async (_, headers) => {
    const { app, submitted } = await open()
    const chunk = new Uint8Array(1024 * 1024)
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1
        controller.enqueue(chunk)
      },
    })
    const request = new Request('http://x/webhooks/whatsapp', {
      method: 'POST',
      body,
      headers: { signature: 'good', ...headers },
      duplex: 'half',
    })
    const response = await app.request(request)
    expect(response.status).toBe(413)
    expect(sent).toBeLessThan(8)
    expect(submitted).toEqual([])
  })

  it('answers the platform’s handshake', async () => {
    const { app } = await open()
    expect(await (await app.request('/webhooks/whatsapp?hub.challenge=42')).text()).toBe('42')
  })

  it('may come by GET, and with a seal behind its address, where the channel has no handshake', async () => {
    const asked: string[] = []
    const { handshake: _, ...sealed } = channel
    const receive: OpenChannel['receive'] = async ({ method, url }, body) => {
      asked.push(`${method} ${new URL(url).pathname} ${body.length}`)
      return { events: [event], reply: new Response('ok') }
    }
    const { app, submitted } = await open({ webhooks: new Map([[CHANNEL, { ...sealed, receive }]]) })
    expect((await app.request('/webhooks/whatsapp/seal?id=1')).status).toBe(200)
    expect((await app.request('/webhooks/whatsapp', { method: 'HEAD' })).status).toBe(405)
    expect(asked).toEqual(['GET /webhooks/whatsapp/seal 0'])
    expect(submitted).toEqual([[event]])
  })

  it('of a channel that is not there is 404; another method is 405', async () => {
    const { app } = await open()
    expect((await app.request('/webhooks/nobody', post('a'))).status).toBe(404)
    expect((await app.request('/webhooks/whatsapp', { method: 'PUT', body: 'a' })).status).toBe(405)
  })
})
