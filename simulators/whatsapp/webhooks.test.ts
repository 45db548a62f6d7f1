import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeBench, secret } from './fixture.ts'

const text = { type: 'text', text: { body: 'a' } }
const hour = 3_600_000

function open(options = {}) {
  const bench = makeBench(options)
  return { ...bench, bench, user: bench.simulator.user({ phone: '+33699000001', name: 'Zoé' }) }
}

describe('a webhook', () => {
  it('is signed over its raw bytes, which escape slashes and everything beyond ASCII', async () => {
    const { user, heard, clock } = open()
    user.sendText('Où ? 24/7 😀')
    await clock.settle()
    const [request] = heard
    expect(request?.body).toContain('O\\u00f9 ? 24\\/7 \\ud83d\\ude00')
    const digest = createHmac('sha256', secret)
      .update(Buffer.from(request?.body ?? '', 'utf8'))
      .digest('hex')
    expect(request?.headers['x-hub-signature-256']).toBe(`sha256=${digest}`)
    const again = createHmac('sha256', secret)
      .update(JSON.stringify(JSON.parse(request?.body ?? '')))
      .digest('hex')
    expect(again).not.toBe(digest)
  })

  it('has the envelope of the platform', async () => {
    const { user, heard, clock } = open()
    const id = user.sendText('Bonjour')
    await clock.settle()
    expect(JSON.parse(heard[0]?.body ?? '')).toEqual({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '102290129340398',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '33612345678', phone_number_id: '106540352242922' },
                contacts: [{ profile: { name: 'Zoé' }, wa_id: '33699000001', user_id: user.person.userId }],
                messages: [
                  {
                    from: '33699000001',
                    from_user_id: user.person.userId,
                    id,
                    timestamp: '1795338000',
                    type: 'text',
                    text: { body: 'Bonjour' },
                  },
                ],
              },
            },
          ],
        },
      ],
    })
  })

  it('is retried with growing pauses until the answer is 200', async () => {
    const { bench, user, heard, clock, simulator } = open()
    let left = 4
    bench.answer = () => new Response(null, { status: left-- > 0 ? 503 : 200 })
    user.sendText('Bonjour')
    await clock.advance(hour)
    const waits = heard.map((request, n) => request.at - (heard[n - 1]?.at ?? request.at))
    expect(waits).toEqual([0, 1_000, 5_000, 30_000, 120_000])
    expect(new Set(heard.map((request) => request.body)).size).toBe(1)
    expect(simulator.ledger.webhooks.map((one) => [one.delivery, one.attempt, one.answer])).toEqual([
      [1, 1, 503],
      [1, 2, 503],
      [1, 3, 503],
      [1, 4, 503],
      [1, 5, 200],
    ])
    expect(simulator.webhooks.waiting()).toBe(0)
  })

  it.each([
    ['7d', 168],
    ['36h', 36],
  ] as const)('is given up after %s', async (retries, hours) => {
    const { bench, user, heard, clock, simulator } = open({ retries })
    bench.answer = () => new Response(null, { status: 500 })
    user.sendText('Bonjour')
    await clock.advance(200 * hour)
    const last = heard.at(-1)?.at ?? 0
    expect((last - (heard[0]?.at ?? 0)) / hour).toBeGreaterThan(hours - 7)
    expect((last - (heard[0]?.at ?? 0)) / hour).toBeLessThanOrEqual(hours)
    expect(simulator.ledger.untold).toMatchObject([{ why: 'given up' }])
    expect(simulator.webhooks.waiting()).toBe(0)
  })

  it('counts a 3xx, a 201, a reset and silence as no answer', async () => {
    const { bench, user, clock, simulator } = open({ webhookTimeoutMs: 20_000 })
    const answers: (() => Promise<Response>)[] = [
      async () => new Response(null, { status: 302, headers: { location: '/' } }),
      async () => new Response(null, { status: 201 }),
      () => Promise.reject(new TypeError('fetch failed')),
      async () => new Response(null, { status: 200 }),
    ]
    bench.answer = () => (answers.shift() ?? (async () => new Response('ok')))()
    user.sendText('Bonjour')
    await clock.advance(hour)
    expect(simulator.ledger.webhooks.map((one) => one.answer)).toEqual([302, 201, 0, 200])
  })

  it('waits no longer than its time-out', async () => {
    let calls = 0
    const { simulator, clock } = makeBench({
      webhookTimeoutMs: 20_000,
      fetch: (_url, init) => {
        calls += 1
        if (calls > 1) return Promise.resolve(new Response('ok'))
        return new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(init.signal?.reason)))
      },
    })
    simulator.user({ phone: '+33699000001', name: 'Zoé' }).sendText('Bonjour')
    await clock.advance(19_999)
    expect(simulator.ledger.webhooks.map((one) => one.answer)).toEqual([null])
    await clock.advance(2_000)
    expect(simulator.ledger.webhooks.map((one) => one.answer)).toEqual([0, 200])
  })

  it('gathers several updates when told to, statuses of one batch in one change', async () => {
    const { user, send, heard, clock } = open({ batch: { max: 10, withinMs: 90 } })
    user.sendText('Bonjour')
    user.sendText('Il y a quelqu’un ?')
    await clock.advance(100)
    expect(heard).toHaveLength(1)
    for (let n = 0; n < 3; n += 1) await send(text)
    await clock.advance(300)
    const batches = heard.slice(1).map(({ body }) => JSON.parse(body).entry[0].changes)
    expect(batches.flat().map((change) => change.value.statuses.length)).toEqual([3, 3])
  })

  it('never has more than the allowed number in flight', async () => {
    const { bench, user, clock, simulator } = open({ webhooksAtOnce: 2 })
    const waiting: ((response: Response) => void)[] = []
    bench.answer = () => new Promise((done) => waiting.push(done))
    for (let n = 0; n < 5; n += 1) user.sendText(String(n))
    await clock.settle()
    expect(waiting).toHaveLength(2)
    waiting.shift()?.(new Response('ok'))
    await clock.settle()
    expect(waiting).toHaveLength(2)
    expect(simulator.ledger.webhooks).toHaveLength(3)
  })

  it('is not sent for an account or a field nobody is subscribed to', async () => {
    const { user, heard, call, simulator, clock } = open()
    await call('DELETE', '/v26.0/102290129340398/subscribed_apps')
    user.sendText('Bonjour')
    await call('POST', '/v26.0/102290129340398/subscribed_apps')
    simulator.webhooks.fields = new Set(['messages'])
    user.stopMarketing()
    user.sendText('Encore')
    await clock.settle()
    expect(heard).toHaveLength(1)
    expect(simulator.ledger.untold.map((one) => [one.field, one.why])).toEqual([
      ['messages', 'not subscribed'],
      ['user_preferences', 'not subscribed'],
    ])
  })
})

describe('the handshake', () => {
  it('asks with mode, challenge and token, and wants the challenge back', async () => {
    const asked: URL[] = []
    const { simulator } = makeBench({
      fetch: async (url) => {
        asked.push(new URL(url))
        return new Response(new URL(url).searchParams.get('hub.challenge'))
      },
    })
    expect(await simulator.verifyWebhook()).toMatchObject({ ok: true, status: 200 })
    expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toEqual({
      'hub.mode': 'subscribe',
      'hub.challenge': expect.stringMatching(/^\d+$/),
      'hub.verify_token': 'verify-me',
    })
  })

  it.each([
    ['another body', new Response('ok')],
    ['a refusal', new Response('no', { status: 403 })],
  ])('fails on %s', async (_, response) => {
    const { simulator } = makeBench({ fetch: async () => response })
    expect((await simulator.verifyWebhook()).ok).toBe(false)
  })
})
