/** Outgoing webhooks of a whole house: told in order and signed, by one process of several, over failures and restarts. */
import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Business, MINUTE, openBusiness } from './business.ts'

const KEY = Buffer.alloc(32, 7)
const SECRET = `whsec_${KEY.toString('base64')}`

type Got = { readonly id: string; readonly type: string; readonly body: string; readonly signed: boolean }

let server: Server
let got: Got[]
let status: number
let house: Business

beforeEach(async () => {
  got = []
  status = 204
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const { 'webhook-id': id = '', 'webhook-timestamp': at, 'webhook-signature': signature } = request.headers
      const expected = `v1,${createHmac('sha256', KEY).update(`${id}.${at}.${body}`).digest('base64')}`
      if (status < 300) got.push({ id: String(id), type: JSON.parse(body).type, body, signed: signature === expected })
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end()
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
})
afterEach(async () => {
  await house.close()
  await new Promise((done) => server.close(done))
})

const open = (events: string, more = '') => {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const hook = `\nwebhooks:\n  crm: { url: "http://127.0.0.1:${port}/hook", secret: "${SECRET}"${events}${more} }\nalerts: { webhook: crm }\n`
  return openBusiness({ changed: { 'relais.yaml': (text) => text + hook } })
}
const webhook = async () =>
  ((await house.call('admin', 'GET', '/webhooks')).body.items as { offAt: number | null; failingSince: number | null }[])[0]

describe('an alert', () => {
  it('goes by mail to who runs the house: no conversation, a line in the audit, and the count of what follows', async () => {
    // With all of the demo's channels.
    const demo = await readFile(join(import.meta.dirname, '..', '..', 'workspaces', 'demo', 'relais.yaml'), 'utf8')
    house = await openBusiness({
      changed: { 'relais.yaml': () => `${demo}\nalerts: { email: [ops@example.fr], via: mail, language: en }\n` },
    })
    const ops = house.stage.mail.person('ops@example.fr')
    await house.until('its place', async () => (await house.connection.query('select 1 from endpoint')).length === 1)
    await house.call('admin', 'POST', '/automation/pause', { reason: 'Audit' })
    await house.until('the mail', () => ops.thread().length === 1)
    expect(ops.thread()).toMatchObject([
      { from: 'business', subject: 'All automation is paused (Voyages Lumière)', text: expect.stringContaining('relais resume ai') },
    ])
    expect(await house.connection.query("select 1 from contact where name = 'ops@example.fr' union select 1 from message")).toEqual([])
    expect(await house.connection.query<{ subject: string }>("select subject from audit where action = 'alert.mailed'")).toEqual([
      { subject: 'automation.changed' },
    ])
    await house.call('admin', 'POST', '/automation/resume', {})
    house.stage.clock.advance(15 * MINUTE)
    await house.until('that it is over', () => ops.thread().some(({ subject }) => subject.startsWith('Automation goes on')))
  })
})

describe('an outgoing webhook', () => {
  it('is told what happens to messages, in order, signed, without what was written', async () => {
    house = await open(', events: [message.received, decision.made, message.accepted, message.delivered]')
    const user = house.newcomer()
    await house.greet(user)
    await house.until('the delivery', () => got.some(({ type }) => type === 'message.delivered'))
    expect(got.map(({ type }) => type)).toEqual(['message.received', 'decision.made', 'message.accepted', 'message.delivered'])
    expect(got.every(({ signed }) => signed)).toBe(true)
    expect(got.map(({ body }) => body).join()).not.toMatch(/bonjour/i)
    expect(JSON.parse(got[0]?.body ?? '')).toMatchObject({ data: { contactId: (await house.contactOf(user)).id, channel: 'whatsapp' } })
  })

  it('misses nothing that happened while it was away, and a person can turn it off and on', async () => {
    house = await open(', events: [message.received]')
    await house.until('its place', async () => (await house.connection.query('select 1 from endpoint')).length === 1)
    status = 302
    const people = [house.newcomer(), house.newcomer(), house.newcomer()]
    for (const user of people) await house.greet(user)
    await house.until('a failure', async () => (await webhook())?.failingSince !== null)
    expect(await (await fetch(`${house.url}/metrics`)).text()).toContain('relais_webhook_up{webhook="crm"} 0.5')
    status = 204
    house.stage.clock.advance(6 * MINUTE)
    await house.until('all three', () => got.length >= 3)
    expect(new Set(got.map(({ id }) => id)).size).toBe(3)

    await house.call('admin', 'POST', '/webhooks/crm/pause', { reason: 'Travaux' })
    await house.greet(house.newcomer())
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    expect(got.length).toBe(3)
    await house.call('admin', 'POST', '/webhooks/crm/resume', {})
    await house.until('the fourth', () => got.length === 4)
  })

  it('is told each event once by several processes, and alerts though it did not ask for them', async () => {
    house = await open(', events: [message.received]')
    await house.join('worker')
    const people = Array.from({ length: 8 }, () => house.newcomer())
    for (const user of people) user.sendText('bonjour')
    await house.until('all', () => got.length >= 8)
    await house.call('admin', 'POST', '/automation/pause', { reason: 'Essai' })
    await house.until('the alert', () => got.some(({ type }) => type === 'alert'))
    expect(new Set(got.map(({ id }) => id)).size).toBe(got.length)
    expect(JSON.parse(got.at(-1)?.body ?? '')).toMatchObject({
      data: { data: { about: 'automation.changed', paused: true, reason: 'Essai' } },
    })
  })

  it('is told what was written where the business asks for it', async () => {
    house = await open(', events: [message.received]', ', texts: true')
    await house.greet(house.newcomer())
    await house.until('the message', () => got.length === 1)
    expect(JSON.parse(got[0]?.body ?? '')).toMatchObject({ data: { message: { direction: 'in', content: { text: 'bonjour' } } } })
  })
})
