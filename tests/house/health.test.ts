/** Stopped by hand, cut for what happens, healed by itself: on the real store and the imitation platform, the provider's ledger against ours. */
import { afterEach, describe, expect, it } from 'vitest'
import { asId } from '../../src/core/ids.ts'
import { turnSwitch } from '../../src/store/postgres/switches.ts'
import { type Business, HOUR, MINUTE, openBusiness } from './business.ts'

let house: Business
afterEach(() => house.close())

const SECOND = 1_000
const second = () => new Promise((resolve) => setTimeout(resolve, SECOND))
const metric = async (line: string) => {
  const text = await (await fetch(`${house.url}/metrics`)).text()
  return text
    .split('\n')
    .find((one) => one.startsWith(`${line} `))
    ?.slice(line.length + 1)
}
const channel = async () =>
  (await house.connection.query<{ health: string; reason: string }>("select health, reason from channel where id = 'whatsapp'"))[0]

const LATER = `journey: later
starts: [{ keyword: [plus tard] }]
steps:
  - say: { fr: "C’est noté.", en: "Noted." }
  - wait: 2h
  - say: { fr: "Me revoilà.", en: "Here I am again." }
`

describe('pause ai', () => {
  it('stops whatever speaks by itself at once, hands what comes in to people, and goes on without anything said twice', async () => {
    house = await openBusiness({ changed: { 'journeys/later.yaml': () => LATER } })
    const waiting = house.newcomer()
    waiting.sendText('plus tard')
    await house.until('the first sentence', () => waiting.received.length === 1)
    const queued = house.newcomer()
    house.stage.whatsapp.faults.next(1, 'error', { code: 1 })
    queued.sendText('bonjour')
    await house.until('a send that waits', async () => (await house.sentTo(queued))[0]?.status === 'queued')

    expect((await house.call('admin', 'POST', '/automation/pause', { reason: 'Audit' })).body).toMatchObject({
      paused: true,
      reason: 'Audit',
    })
    await house.until('it out of line', async () => (await house.sentTo(queued))[0]?.status === 'postponed')
    house.stage.clock.advance(3 * HOUR)
    const asking = house.newcomer()
    asking.sendText('Combien coûte une annulation ?')
    await house.until('the notice', () => asking.received.length === 1)
    expect((await house.sentTo(asking)).map(({ text }) => text)).toEqual([expect.stringContaining('Bien reçu')])
    const contact = await house.contactOf(asking)
    expect(contact.owner).toBe('agents')
    const reply = await house.call('agent', 'POST', `/conversations/${contact.conversation}/reply`, { text: 'Bonjour, je regarde.' })
    expect(reply.status).toBe(200)
    await house.until('what a person writes', () => asking.received.length === 2)
    await second()
    expect([waiting.received.length, queued.received.length]).toEqual([1, 0])
    expect(await house.connection.query("select 1 from job where kind = 'think'")).toEqual([])
    expect([await metric('relais_paused{what="ai"}'), await house.alerts('automation.changed')]).toEqual(['1', 1])

    await house.call('admin', 'POST', '/automation/resume', {})
    await house.until('both go on', () => waiting.received.length === 2 && queued.received.length === 1)
    await second()
    expect([waiting.received.length, queued.received.length, asking.received.length]).toEqual([2, 1, 2])
    expect([house.callsFor(waiting), house.callsFor(queued)]).toEqual([2, 2])
    expect(await metric('relais_paused{what="ai"}')).toBe('0')
  })

  it('holds in every process within a second, whoever turned it', async () => {
    house = await openBusiness()
    await house.join('worker')
    const turn = (paused: boolean) =>
      turnSwitch(house.connection, { id: asId(`evt_${paused}`), what: 'ai', paused, reason: 'by-hand' }, house.stage.clock.now())
    expect(await turn(true)).toBe('automation')
    const people = Array.from({ length: 12 }, () => house.newcomer())
    for (const user of people) user.sendText('bonjour')
    await house.until('notices', () => people.every((user) => user.received.length === 1))
    for (const user of people) expect((await house.sentTo(user)).map(({ text }) => text)).toEqual([expect.stringContaining('Bien reçu')])
    expect(await turn(false)).toBe('automation')
    expect((await house.greet(house.newcomer())).owner).toBe('journey')
  })

  it('is void for what a person took over meanwhile', async () => {
    house = await openBusiness({ changed: { 'journeys/later.yaml': () => LATER } })
    const user = house.newcomer()
    user.sendText('plus tard')
    await house.until('the first sentence', () => user.received.length === 1)
    await house.call('admin', 'POST', '/automation/pause', {})
    house.stage.clock.advance(3 * HOUR)
    user.sendText('Vous êtes là ?')
    await house.until('the notice', () => user.received.length === 2)
    await house.call('admin', 'POST', '/automation/resume', {})
    await second()
    expect(user.received.length).toBe(2)
  })
})

describe('an engine that somebody stopped', () => {
  it('is passed over: the next of its plan answers', async () => {
    house = await openBusiness()
    expect((await house.call('admin', 'POST', '/engines/main/pause', { reason: 'Coût' })).body).toMatchObject({ id: 'main', paused: true })
    expect((await house.call('admin', 'POST', '/engines/nobody/pause', {})).status).toBe(404)
    const user = house.newcomer()
    user.sendText('Combien coûte une annulation ?')
    await house.until('an answer', () => user.received.length === 1)
    const [thought] = await house.connection.query<{ data: { attempts: { engine: string; result: string }[] } }>(
      "select data from event where kind = 'engine.thought'",
    )
    expect(thought?.data.attempts[0]).toMatchObject({ engine: 'main', result: 'paused' })
    expect(await metric('relais_paused{what="main"}')).toBe('1')
    expect((await house.call('admin', 'POST', '/engines/main/resume', {})).body).toMatchObject({ paused: false })
  })
})

describe('a channel that loses nearly everything', () => {
  it('is cut, sends no more within a second, risks nothing while the provider does not answer, and heals by itself', async () => {
    house = await openBusiness()
    const people = Array.from({ length: 24 }, () => house.newcomer())
    house.stage.whatsapp.faults.chance('error', 1, { code: 1, on: 'any' })
    for (const user of people) user.sendText('bonjour')
    await house.until('the cut', async () => (await channel())?.health === 'cut')
    expect((await channel())?.reason).toBe('provider-down')
    const calls = () => house.stage.whatsapp.ledger.sends.filter((send) => send.type !== 'read').length
    await second()
    const before = calls()
    await second()
    expect(calls()).toBe(before)
    expect(await metric('relais_channel_health{channel="whatsapp"}')).toBe('0')

    house.stage.clock.advance(MINUTE)
    await second()
    await second()
    expect(calls()).toBe(before)

    house.stage.whatsapp.faults.clear()
    house.stage.clock.advance(2 * MINUTE)
    await house.until('everybody answered', () => people.every((user) => user.received.length === 1), 30_000)
    house.stage.clock.advance(2 * MINUTE)
    await house.until('well again', async () => (await channel())?.health === 'healthy')
    expect(people.map((user) => user.received.length)).toEqual(people.map(() => 1))
    const told = await house.connection.query<{ data: { state: string; reason: string } }>(
      "select data from event where kind = 'channel.health-changed' and data->>'kind' = 'health' order by seq",
    )
    expect(told.map(({ data }) => data.state)).toEqual(['degraded', 'cut', 'degraded', 'healthy'])
  })

  it('stays cut where the platform cut it, and goes on when a person resumes it', async () => {
    house = await openBusiness()
    await house.greet(house.newcomer())
    const change = { kind: 'health', state: 'cut', reason: '131031' } as const
    const at = house.stage.clock.now()
    await house.house.relay.intake.add([], [{ id: asId('evt_cut'), channel: asId('whatsapp'), at, change }])
    const user = house.newcomer()
    user.sendText('bonjour')
    house.stage.clock.advance(2 * HOUR)
    await second()
    expect([user.received.length, (await channel())?.health]).toEqual([0, 'cut'])
    await house.call('admin', 'POST', '/channels/whatsapp/resume', {})
    await house.until('the greeting', () => user.received.length === 1)
  })
})

describe('a channel that accepts and never delivers', () => {
  it('is cut for receipts that are missing, and tells so', async () => {
    house = await openBusiness()
    const people = Array.from({ length: 22 }, () => house.newcomer())
    for (const user of people) user.goOffline()
    for (const user of people) user.sendText('bonjour')
    await house.until(
      'all accepted',
      async () => (await house.connection.query("select 1 from attempt where result = 'accepted'")).length >= 22,
    )
    house.stage.clock.advance(6 * MINUTE)
    await house.until('the cut', async () => (await channel())?.reason === 'receipts-missing')
    expect((await channel())?.health).toBe('cut')
    for (const user of people) user.goOnline()
    await house.until(
      'receipts',
      async () => (await house.connection.query('select 1 from message where delivered_at is not null')).length >= 22,
    )
    house.stage.clock.advance(MINUTE + SECOND)
    await house.until('it tried again', async () => (await channel())?.health !== 'cut')
  })
})

describe('a channel that a rule closes from a day on', () => {
  it('counts as cut by that rule on its day, and as well once the rule ends', async () => {
    const day = (ahead: number) => new Date(Date.now() + ahead * 24 * HOUR).toISOString().slice(0, 10)
    const leave = `rule: voyages-lumiere/leave
by: business
zone: Europe/Paris
about: { fr: "Nous quittons WhatsApp.", en: "We leave WhatsApp." }
when: channel.kind == "whatsapp"
says:
  - { place: world, from: ${day(3)}, to: ${day(5)}, ruling: { refuse: {} } }
remedy: { fr: "Écrivez ailleurs.", en: "Write elsewhere." }
`
    house = await openBusiness({ changed: { 'rules/leave.yaml': () => leave } })
    await house.greet(house.newcomer())
    house.stage.clock.advance(3 * 24 * HOUR)
    await house.until('the cut', async () => (await channel())?.health === 'cut')
    expect((await channel())?.reason).toBe('rule:voyages-lumiere/leave')
    expect(await house.alerts('channel.health-changed')).toBe(1)
    const user = house.newcomer()
    user.sendText('bonjour')
    await second()
    expect(user.received.length).toBe(0)
    house.stage.clock.advance(4 * 24 * HOUR)
    await house.until('it well again', async () => (await channel())?.health === 'healthy')
    await house.greet(house.newcomer())
  })
})
