/** A provider that is down, or says "not now": what was to be said waits, and leaves by itself. */
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { User } from '../../simulators/whatsapp/index.ts'
import { type Business, openBusiness } from './business.ts'

let house: Business
afterEach(() => house.close())

const attempts = (user: User) =>
  house.connection.query<{ result: string | null; code: string | null }>(
    `select a.result, a.code from attempt a join identity i on i.contact_id = a.contact_id where i.key = $1 order by a.at, a.id`,
    [`whatsapp:+${user.person.phone}`],
  )
const listen = (server: Server, port: number) => new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
const portOf = (server: Server) => (server.address() as AddressInfo).port

/** A port of this machine where nobody listens. */
const deafPort = async (): Promise<number> => {
  const server = createServer()
  await listen(server, 0)
  const port = portOf(server)
  await new Promise((closed) => server.close(closed))
  return port
}

describe('a provider that refuses for a while', () => {
  it('by its word: tried again with growing patience until it is taken, nothing unknown, nobody woken', async () => {
    house = await openBusiness()
    house.stage.whatsapp.faults.next(3, 'error', { code: 133004 })
    const user = house.stage.whatsapp.user({ phone: '+33614700001', name: 'Nour' })
    user.sendText('bonjour')
    await house.until('the greeting', () => user.received.length === 1)
    expect(await attempts(user)).toMatchObject([
      { result: 'postponed', code: '133004' },
      { result: 'postponed', code: '133004' },
      { result: 'postponed', code: '133004' },
      { result: 'accepted' },
    ])
    expect(await house.alerts('send-unknown')).toBe(0)
    expect((await house.contactOf(user)).owner).toBe('journey')
  })

  it('by a port that nobody answers at: said once somebody does', async () => {
    const port = await deafPort()
    house = await openBusiness({ env: { WHATSAPP_API_URL: `http://127.0.0.1:${port}` } })
    const user = house.stage.whatsapp.user({ phone: '+33614700002', name: 'Nour' })
    user.sendText('bonjour')
    await house.until('two tries', async () => (await attempts(user)).filter((one) => one.result === 'postponed').length >= 2)
    expect((await house.sentTo(user)).map((row) => row.status)).toEqual(['queued'])
    const graph = new URL(house.stage.env.WHATSAPP_API_URL ?? '')
    const line = createServer((socket) => {
      const there = connect(Number(graph.port), graph.hostname)
      socket.on('error', () => there.destroy()).pipe(there)
      there.on('error', () => socket.destroy()).pipe(socket)
    })
    await listen(line, port)
    try {
      await house.until('the greeting', () => user.received.length === 1)
      expect((await attempts(user)).map((one) => one.result)).not.toContain('unknown')
      expect(await house.alerts('send-unknown')).toBe(0)
    } finally {
      line.close()
    }
  })
})
