import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createBookingSimulator } from './booking/index.ts'
import { systemClock } from './clocks.ts'
import { createOpenAISimulator } from './openai/index.ts'
import { makeRandom } from './random.ts'
import { type Served, serve } from './serve.ts'
import { createWhatsAppSimulator } from './whatsapp/index.ts'
import type { Handler } from './wire.ts'

const open: Served[] = []
const start = async (handler: Handler): Promise<Served> => {
  const served = await serve(handler)
  open.push(served)
  return served
}

afterEach(async () => {
  for (const served of open.splice(0)) await served.close()
})

describe('a simulator on a port', () => {
  it('answers, and is gone once closed', async () => {
    const served = await start(createBookingSimulator({ clock: systemClock }))
    expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await (await fetch(`${served.url}/bookings/VL204518`)).json()).toMatchObject({ traveller: 'Camille Laurent' })
    await served.close()
    await expect(fetch(`${served.url}/bookings/VL204518`)).rejects.toThrow()
  })

  it('refuses a busy port', async () => {
    const simulator = createBookingSimulator({ clock: systemClock })
    const served = await start(simulator)
    await expect(serve(simulator, { port: served.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('resets the connection for real', async () => {
    const simulator = createBookingSimulator({ clock: systemClock })
    const served = await start(simulator)
    simulator.faults.next(1, 'reset')
    const socket = connect(served.port, '127.0.0.1')
    socket.write('GET /bookings/VL204518 HTTP/1.1\r\nhost: a\r\n\r\n')
    const [error] = await once(socket, 'error')
    expect(error).toMatchObject({ code: 'ECONNRESET' })
  })

  it('stays silent until the caller gives up, and closes nevertheless', async () => {
    const simulator = createBookingSimulator({ clock: systemClock })
    const served = await start(simulator)
    simulator.faults.next(1, 'timeout')
    const controller = new AbortController()
    const call = fetch(`${served.url}/bookings/VL204518`, { signal: controller.signal })
    await untilSeen(() => simulator.ledger.length === 1)
    controller.abort()
    await expect(call).rejects.toThrow('abort')
  })

  it('streams, and cuts a stream in the middle', async () => {
    const simulator = createOpenAISimulator({ clock: systemClock })
    const served = await start(simulator)
    const ask = () =>
      fetch(`${served.url}/v1/chat/completions`, {
        method: 'POST',
        body: JSON.stringify({ model: 'simulated-small', stream: true, messages: [{ role: 'user', content: 'Bonjour' }] }),
      })
    expect(await (await ask()).text()).toMatch(/data: \[DONE\]\n\n$/)
    simulator.next(1, { kind: 'cut', after: 0 })
    await expect((await ask()).text()).rejects.toThrow('terminated')
  })

  it('carries WhatsApp both ways', async () => {
    const heard: string[] = []
    const webhook = await start({
      handle: async (call) => {
        heard.push(Buffer.from(call.body).toString())
        return { status: 200, headers: {}, body: '' }
      },
    })
    const simulator = createWhatsAppSimulator({
      clock: systemClock,
      random: makeRandom(1),
      fetch,
      appSecret: 's',
      accessToken: 't',
      verifyToken: 'v',
      businessAccountId: '1',
      phoneNumberId: '2',
      displayNumber: '+33612345678',
      webhookUrl: webhook.url,
      delays: { sent: 0, delivered: 1 },
    })
    const served = await start(simulator)
    simulator.publicUrl = served.url
    const user = simulator.user({ phone: '+33699000001', name: 'Camille' })
    user.sendImage(new TextEncoder().encode('image'))
    const reply = await fetch(`${served.url}/v26.0/2/messages`, {
      method: 'POST',
      headers: { authorization: 'Bearer t' },
      body: JSON.stringify({ messaging_product: 'whatsapp', to: '+33699000001', type: 'text', text: { body: 'Reçu' } }),
    })
    expect(reply.status).toBe(200)
    await untilSeen(() => heard.length === 3)
    expect(user.received.map((line) => line.text)).toEqual(['Reçu'])
    const { url } = JSON.parse(heard.find((body) => body.includes('"image"')) ?? '').entry[0].changes[0].value.messages[0].image
    expect(url.startsWith(served.url)).toBe(true)
    expect(await (await fetch(url, { headers: { authorization: 'Bearer t' } })).text()).toBe('image')
    simulator.stop()
  })
})

/** Turns the event loop until something holds; the test's own time limit is the limit. */
async function untilSeen(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise<void>((done) => setImmediate(done))
}
