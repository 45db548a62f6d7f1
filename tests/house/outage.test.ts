/** A provider that is down, or says "not now": what was to be said waits, and leaves by itself. */
import { connect, createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { User } from '../../simulators/whatsapp/index.ts'
import { freePort } from '../support/free-port.ts'
import { type Business, HOUR, MINUTE, openBusiness } from './business.ts'

let house: Business
afterEach(() => house.close())

const attempts = (user: User) =>
  house.connection.query<{ result: string | null; code: string | null }>(
    `select a.result, a.code from attempt a join identity i on i.contact_id = a.contact_id where i.key = $1 order by a.at, a.id`,
    [`whatsapp:+${user.person.phone}`],
  )

describe('a provider that refuses for a while', () => {
  it('by its word: tried again with growing patience until it is taken, nothing unknown, nobody woken', async () => {
    house = await openBusiness()
    house.stage.whatsapp.faults.next(3, 'error', { code: 1 })
    const user = house.stage.whatsapp.user({ phone: '+33614700001', name: 'Nour' })
    user.sendText('bonjour')
    await house.until('the greeting', () => user.received.length === 1)
    expect(await attempts(user)).toMatchObject([
      { result: 'postponed', code: '1' },
      { result: 'postponed', code: '1' },
      { result: 'postponed', code: '1' },
      { result: 'accepted' },
    ])
    expect(await house.alerts('send-unknown')).toBe(0)
    expect((await house.contactOf(user)).owner).toBe('journey')
  })

  it('by a port that nobody answers at: said once somebody does', async () => {
    const port = await freePort()
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
    await new Promise<void>((ready) => line.listen(port, '127.0.0.1', ready))
    try {
      await house.until('the greeting', () => user.received.length === 1)
      expect((await attempts(user)).map((one) => one.result)).not.toContain('unknown')
      expect(await house.alerts('send-unknown')).toBe(0)
    } finally {
      line.close()
    }
  })
})

describe('a provider that is down for long', () => {
  const channel = async () =>
    (await house.connection.query<{ health: string; reason: string }>("select health, reason from channel where id = 'whatsapp'"))[0]
  const sending = async () => (await house.connection.query("select 1 from outbox where state = 'sending'")).length > 0
  /** Leaps from try to try until `check` holds; never over a call that is on its way. */
  const pass = (what: string, check: () => Promise<boolean> | boolean) =>
    house.until(what, async () => {
      if (await check()) return true
      const [next] = await house.connection.query<{ due: number }>(
        "select min(due_at) as due from (select due_at from outbox where state = 'queued' union all select due_at from pending where kind = 'send.due') as waiting having min(due_at) > $1",
        [house.stage.clock.now()],
      )
      if (next) house.stage.clock.advance(next.due - house.stage.clock.now())
      // A channel that was cut is tried when its rest is over, which stands in no table.
      else if ((await channel())?.health !== 'healthy' && !(await sending())) house.stage.clock.advance(MINUTE)
      return false
    })
  const statusOf = async (user: User) => (await house.sentTo(user))[0]?.status

  it('hours: somebody is told, and what was to be said is said when it is back', async () => {
    house = await openBusiness()
    house.stage.whatsapp.faults.chance('error', 1, { code: 1 })
    const user = house.stage.whatsapp.user({ phone: '+33614700003', name: 'Nour' })
    user.sendText('bonjour')
    await pass('it out of line', async () => (await statusOf(user)) === 'postponed')
    // Degraded; or cut by now, where more tries were leapt over.
    await house.until('the channel unwell', async () => (await channel())?.health !== 'healthy')
    // Once for each change: never the same state twice.
    const told = await house.connection.query<{ state: string }>(
      "select data->>'state' as state from event where kind = 'alert' and data->>'about' = 'channel.health-changed' order by at, id",
    )
    expect([told[0]?.state, told.filter(({ state }, n) => state === told[n - 1]?.state)]).toEqual(['degraded', []])
    const began = house.stage.clock.now()
    await pass('five hours', () => house.stage.clock.now() - began > 5 * HOUR)
    expect(await statusOf(user)).not.toBe('failed')
    house.stage.whatsapp.faults.clear()
    await pass('the greeting', () => user.received.length === 1)
    await pass('the channel well', async () => (await channel())?.health === 'healthy')
    expect([await house.alerts('send-failed'), (await house.contactOf(user)).owner]).toEqual([0, 'journey'])
  })

  it('longer than a day: failed, somebody is told, and a person has the conversation', async () => {
    house = await openBusiness()
    house.stage.whatsapp.faults.chance('error', 1, { code: 130429 })
    const user = house.stage.whatsapp.user({ phone: '+33614700004', name: 'Nour' })
    user.sendText('bonjour')
    const began = house.stage.clock.now()
    await pass('it failed', async () => (await statusOf(user)) === 'failed')
    expect(house.stage.clock.now() - began).toBeGreaterThan(24 * HOUR)
    expect([await house.alerts('send-failed'), (await house.contactOf(user)).owner]).toEqual([1, 'agents'])
  })

  it('for one person only: waits four times as long from try to try, in line', async () => {
    house = await openBusiness()
    house.stage.whatsapp.faults.next(3, 'error', { code: 131056 })
    const user = house.stage.whatsapp.user({ phone: '+33614700005', name: 'Nour' })
    user.sendText('bonjour')
    await pass('the greeting', () => user.received.length === 1)
    const times = house.stage.whatsapp.ledger.sends.filter((send) => send.type !== 'read').map((send) => send.at)
    const waits = times.slice(1).map((at, n) => at - (times[n] ?? 0))
    expect(waits.map((ms) => Math.round(Math.log(ms / 1000) / Math.log(4)))).toEqual([1, 2, 3])
    expect((await attempts(user)).map((one) => one.result)).toEqual(['postponed', 'postponed', 'postponed', 'accepted'])
  })
})
