import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { knownCodes } from './errors.ts'
import { makeBench, secret } from './fixture.ts'

const text = { type: 'text', text: { body: 'a' }, biz_opaque_callback_data: 'att_1' }

function open() {
  const bench = makeBench()
  const user = bench.simulator.user({ phone: '+33699000001', name: 'Camille' })
  user.sendText('Bonjour')
  return { ...bench, bench, user }
}

/** What a caller sees of a call that may not come back. */
async function outcome(work: Promise<{ status: number; text: string }>, clock: { settle(): Promise<void> }): Promise<string> {
  let seen = 'silence'
  work.then(
    (reply) => {
      seen = String(reply.status)
    },
    (cause: Error) => {
      seen = cause.message
    },
  )
  await clock.settle()
  return seen
}

describe('a fault of a call', () => {
  it.each([
    ['too-many', '429', false],
    ['500', '500', false],
    ['502', '502', false],
    ['503', '503', false],
    ['timeout', 'silence', false],
    ['reset', 'fetch failed', false],
    ['html', '200', false],
    ['accepted-timeout', 'silence', true],
    ['accepted-reset', 'fetch failed', true],
    ['accepted-500', '500', true],
    ['truncated', '200', true],
    ['slow', 'silence', true],
  ] as const)('%s answers %s; the message goes out: %s', async (kind, seen, goesOut) => {
    const { simulator, send, clock, user } = open()
    simulator.faults.next(1, kind)
    expect(await outcome(send(text), clock)).toBe(seen)
    await clock.advance(200)
    expect(user.received).toHaveLength(goesOut ? 1 : 0)
    const [record] = simulator.ledger.attempt('att_1')
    expect(record).toMatchObject({ fault: kind, shownAt: goesOut ? expect.any(Number) : null })
    expect(record?.wamid === null).toBe(!goesOut)
    await clock.advance(10_000)
    expect((await send(text)).status).toBe(200)
  })

  it('429 carries Retry-After', async () => {
    const { simulator, send } = open()
    simulator.faults.next(1, 'too-many', { retryAfter: 7 })
    expect((await send(text)).headers.get('retry-after')).toBe('7')
  })

  it('truncated is cut JSON, html is none', async () => {
    const { simulator, send } = open()
    simulator.faults.next(1, 'truncated')
    simulator.faults.next(1, 'html')
    expect((await send(text)).text).toMatch(/^\{"messaging_product"/)
    expect((await send(text)).text).toMatch(/^<!doctype html>/)
  })

  it('slow answers late', async () => {
    const { simulator, send, clock } = open()
    simulator.faults.next(1, 'slow', { ms: 3_000 })
    const reply = send(text)
    await clock.advance(3_000)
    expect((await reply).status).toBe(200)
  })

  it('a silent call ends when its caller gives up', async () => {
    const { simulator } = open()
    simulator.faults.next(1, 'timeout')
    const controller = new AbortController()
    const url = 'https://graph.facebook.com/v26.0/106540352242922/messages'
    const init = { method: 'POST', headers: { authorization: 'Bearer EAAtoken' }, body: '{}', signal: controller.signal }
    const call = simulator.fetch(new Request(url, init))
    controller.abort(new Error('too long'))
    await expect(call).rejects.toThrow('too long')
  })

  it('statuses-first tells the receipts before it answers', async () => {
    const { simulator, send, clock, statuses } = open()
    simulator.faults.next(1, 'statuses-first')
    const reply = send(text)
    await clock.advance(100)
    expect(statuses().map((one) => one.status)).toEqual(['sent', 'delivered'])
    expect(await outcome(reply, clock)).toBe('silence')
    await clock.advance(400)
    expect(await outcome(reply, clock)).toBe('200')
  })

  it('ban cuts the account off and tells it', async () => {
    const { simulator, send, clock, changes } = open()
    simulator.faults.next(1, 'ban')
    expect((await send(text)).json.error?.code).toBe(131031)
    await clock.settle()
    expect(changes('account_update')).toMatchObject([{ event: 'DISABLED_UPDATE' }])
    expect((await send(text)).json.error?.code).toBe(131031)
  })

  it.each(knownCodes.map((code) => [code]))('error answers code %i, fails-later reports it', async (code) => {
    const { simulator, send, clock, statuses, user } = open()
    simulator.faults.next(1, 'error', { code })
    simulator.faults.next(1, 'fails-later', { code })
    expect((await send(text)).json.error).toMatchObject({ code })
    expect((await send(text)).status).toBe(200)
    await clock.advance(200)
    expect(statuses()).toMatchObject([{ status: 'failed', biz_opaque_callback_data: 'att_1', errors: [{ code }] }])
    expect(user.received).toEqual([])
  })

  it('meets media calls when told to', async () => {
    const { simulator, call } = open()
    simulator.faults.next(1, '503', { on: 'media' })
    expect((await call('POST', '/v26.0/106540352242922/media', { body: new FormData() })).status).toBe(503)
  })

  it('comes by chance, as often as asked', async () => {
    const { simulator, send, clock } = makeBench({ throughput: 10_000 })
    simulator.faults.chance('500', 0.3)
    let failed = 0
    for (let n = 0; n < 400; n += 1) {
      if ((await send({ ...text, to: `+336980${String(n).padStart(5, '0')}` })).status === 500) failed += 1
    }
    await clock.settle()
    expect(failed / 400).toBeGreaterThan(0.2)
    expect(failed / 400).toBeLessThan(0.4)
    simulator.faults.clear()
    expect((await send(text)).status).toBe(200)
  })
})

describe('a fault of a webhook', () => {
  const bodies = (heard: { body: string }[]) => heard.map(({ body }) => /"body":"([^"]*)"|"status":"([^"]*)"/.exec(body)?.slice(1).join(''))

  it('duplicate tells the same thing as often as asked', async () => {
    const { simulator, user, heard, clock } = open()
    await clock.settle()
    simulator.faults.next(1, 'duplicate', { times: 100 })
    user.sendText('deux')
    await clock.settle()
    expect(heard.slice(1)).toHaveLength(100)
    expect(new Set(heard.slice(1).map((one) => one.body)).size).toBe(1)
  })

  it('disordered lets the next one overtake, and comes alone after a second otherwise', async () => {
    const { simulator, user, heard, clock } = open()
    await clock.settle()
    simulator.faults.next(1, 'disordered')
    user.sendText('un')
    user.sendText('deux')
    await clock.advance(100)
    expect(bodies(heard).slice(1)).toEqual(['deux', 'un'])
    simulator.faults.next(1, 'disordered')
    user.sendText('trois')
    await clock.advance(999)
    expect(heard).toHaveLength(3)
    await clock.advance(1)
    expect(heard).toHaveLength(4)
  })

  it('late comes late, missing never, and only where asked', async () => {
    const { simulator, send, user, heard, clock } = open()
    await clock.settle()
    simulator.faults.next(1, 'missing', { on: 'statuses' })
    simulator.faults.next(1, 'late', { on: 'statuses', ms: 7 * 86_400_000 })
    user.sendText('deux')
    await send(text)
    await clock.advance(10_000)
    expect(bodies(heard).slice(1)).toEqual(['deux'])
    await clock.advance(7 * 86_400_000)
    expect(bodies(heard).slice(2)).toEqual(['delivered'])
    expect(simulator.ledger.untold).toMatchObject([{ why: 'missing', items: [expect.stringMatching(/:sent$/)] }])
  })

  it.each([
    ['unsigned', 'none'],
    ['mis-signed', 'bad'],
  ] as const)('%s is signed rightly only when it is tried again', async (kind, signature) => {
    const { simulator, user, heard, clock, bench } = open()
    await clock.settle()
    bench.answer = ({ headers, body }) => {
      const right = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
      return new Response(null, { status: headers['x-hub-signature-256'] === right ? 200 : 401 })
    }
    simulator.faults.next(1, kind)
    user.sendText('deux')
    await clock.advance(10_000)
    expect(heard).toHaveLength(3)
    expect(simulator.ledger.webhooks.slice(1).map((one) => [one.signature, one.answer])).toEqual([
      [signature, 401],
      ['good', 200],
    ])
  })
})
