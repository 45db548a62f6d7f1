/** What the platform tells of itself is acted on: each by a signed webhook of the imitation, over the whole house. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { User } from '../../simulators/whatsapp/index.ts'
import { recordLog } from '../support/recorded-log.ts'
import { type Business, HOUR, openBusiness } from './business.ts'

const log = recordLog()
let house: Business
let user: User
beforeAll(async () => {
  house = await openBusiness({ log })
})
afterAll(() => house.close())
beforeEach(() => {
  user = house.newcomer()
})

const wa = () => house.stage.whatsapp
const greeted = () => house.greet(user)
const lastText = () => user.received.at(-1)?.text ?? ''
const channel = async () =>
  (
    await house.connection.query<{ health: string; quality: string; throughput: number | null; reason: string }>(
      "select * from channel where id = 'whatsapp'",
    )
  )[0]
const healthIs = (health: string) => house.until(`the channel ${health}`, async () => (await channel())?.health === health)
describe('the account', () => {
  it.each<[string, () => void]>([
    ['banned', () => wa().account.ban()],
    ['restricted', () => wa().account.restrict(['RESTRICTED_CUSTOMER_INITIATED_MESSAGING'])],
    ['deleted', () => wa().account.event('account_update', { event: 'ACCOUNT_DELETED' })],
  ])('%s: the channel is cut, nothing leaves a second later, somebody is told; reinstated, it goes on', async (_, strike) => {
    await greeted()
    const alerts = await house.alerts('channel.health-changed')
    strike()
    await healthIs('cut')
    const cutAt = house.stage.clock.now()
    expect(await house.alerts('channel.health-changed')).toBeGreaterThan(alerts)

    const received = user.received.length
    user.sendText('Combien coûte une annulation un mois avant le départ ?')
    await house.until('more than a second of it', () => house.stage.clock.now() > cutAt + 1_500)
    await house.until(
      'an answer that waits',
      async () => (await house.connection.query("select 1 from outbox where state = 'queued'")).length > 0,
    )
    const late = wa().ledger.sends.filter((send) => send.at > cutAt + 1_000)
    expect(late.map((send) => send.type)).toEqual([])

    wa().account.reinstate()
    await healthIs('healthy')
    // What met the refusal itself is tried again after a minute.
    house.stage.clock.advance(61_000)
    await house.until('the answers', () => user.received.length > received)
  })

  it('quality red: marketing waits until it recovers', async () => {
    const { id } = await greeted()
    await house.consent(id, true)
    wa().account.setQuality('RED')
    await house.until('red', async () => (await channel())?.quality === 'red')
    expect(await house.alerts('channel.health-changed')).toBeGreaterThan(0)
    const offer = await house.offer(`+${user.person.phone}`)
    expect(offer.decision).toMatchObject({
      outcome: 'postpone',
      rulings: expect.arrayContaining([expect.objectContaining({ rule: 'whatsapp/quality', outcome: 'postpone' })]),
    })
    house.stage.clock.advance(HOUR)
    await house.until('it asked again', async () => (await house.decisionsOf(offer.id)).length === 2)
    expect(await house.statusOf(offer.id)).toBe('postponed')
    wa().account.setQuality('GREEN')
    await house.until('green', async () => (await channel())?.quality === 'green')
    house.stage.clock.advance(HOUR)
    await house.until('the offer on the phone', () => lastText().includes('Lisbonne'))
  })

  it('an upgraded number: the bucket is widened', async () => {
    const widened = log.next('dispatch.throughput')
    wa().account.upgradeThroughput()
    await house.until('told', async () => (await channel())?.throughput === 1000)
    user.sendText('bonjour')
    expect((await widened).fields).toMatchObject({ channel: 'whatsapp', perSecond: 1000 })
  })
})

describe('a template', () => {
  it.each<['PAUSED' | 'REJECTED' | 'DISABLED']>([['PAUSED'], ['REJECTED'], ['DISABLED']])(
    '%s is refused before the call, with the remedy',
    async (state) => {
      const { id } = await greeted()
      await house.consent(id, true)
      wa().templates.setStatus('early_booking_offer', 'fr', state)
      const stateOf = async () =>
        (
          await house.connection.query<{ state: string }>(
            "select state from template where name = 'early_booking_offer' and language = 'fr'",
          )
        )[0]?.state
      await house.until('told', async () => (await stateOf()) === state.toLowerCase())
      // The platform tells time in seconds: two words within one are one.
      house.stage.clock.advance(2_000)
      const calls = house.callsFor(user)
      const offer = await house.offer(`+${user.person.phone}`)
      expect(offer).toMatchObject({ status: 'refused', decision: { outcome: 'refuse' } })
      expect(offer.decision.rulings[0]).toMatchObject({
        rule: 'whatsapp/template-state',
        remedy: { fr: expect.stringContaining('modèle'), en: expect.stringContaining('template') },
      })
      expect(house.callsFor(user)).toBe(calls)
      wa().templates.setStatus('early_booking_offer', 'fr', 'APPROVED')
      await house.until('told', async () => (await stateOf()) === 'approved')
      await house.offer(`+${user.person.phone}`)
      await house.until('the offer on the phone', () => lastText().includes('Lisbonne'))
    },
  )
})

describe('a template that the platform files as marketing', () => {
  const ready = () =>
    house.write(`+${user.person.phone}`, {
      category: 'utility',
      template: { name: 'answer_ready', language: 'fr', parameters: { 1: 'Lisbonne' } },
    })
  const filedAs = (category: string) =>
    house.until(
      `filed as ${category}`,
      async () =>
        (
          await house.connection.query("select 1 from template where name = 'answer_ready' and language = 'fr' and category = $1", [
            category,
          ])
        ).length === 1,
    )

  it('needs consent from then on, and costs what marketing costs; somebody is told', async () => {
    const { id } = await greeted()
    const alerts = await house.alerts('template.changed')
    const before = await ready()
    expect(before.decision.outcome).toBe('allow')
    wa().templates.setCategory('answer_ready', 'fr', 'MARKETING')
    await filedAs('marketing')
    expect(await house.alerts('template.changed')).toBe(alerts + 1)
    const calls = house.callsFor(user)
    const refused = await ready()
    expect(refused).toMatchObject({
      status: 'refused',
      decision: { rulings: expect.arrayContaining([expect.objectContaining({ rule: 'whatsapp/opt-in' })]) },
    })
    expect(house.callsFor(user)).toBe(calls)
    await house.consent(id, true)
    const paid = await ready()
    expect([before.decision.price, paid.decision.price]).toMatchObject([{ category: 'utility' }, { category: 'marketing' }])
    const [row] = await house.connection.query<{ category: string }>('select category from message where id = $1', [paid.id])
    expect(row).toEqual({ category: 'marketing' })
    house.stage.clock.advance(2_000)
    wa().templates.setCategory('answer_ready', 'fr', 'UTILITY')
    await filedAs('utility')
  })

  it('does not leave where it was queued before, without consent', async () => {
    await greeted()
    await house.call('admin', 'POST', '/channels/whatsapp/pause', {})
    const queued = await ready()
    expect(queued.decision.outcome).toBe('allow')
    house.stage.clock.advance(2_000)
    wa().templates.setCategory('answer_ready', 'fr', 'MARKETING')
    await filedAs('marketing')
    const calls = house.callsFor(user)
    await house.call('admin', 'POST', '/channels/whatsapp/resume', {})
    await house.until('it refused', async () => (await house.statusOf(queued.id)) === 'refused')
    expect(house.callsFor(user)).toBe(calls)
    house.stage.clock.advance(2_000)
    wa().templates.setCategory('answer_ready', 'fr', 'UTILITY')
    await filedAs('utility')
  })
})

describe('the platform’s own agent', () => {
  it.each([false, true])('holds the thread (silently: %s): nothing automatic speaks until it is taken back', async (silent) => {
    await greeted()
    wa().agent.take(user.person, { silent })
    const calls = house.callsFor(user)
    user.sendText('bonjour')
    await house.until('held by it', async () => (await house.contactOf(user)).owner === 'platform')
    await house.until(
      'the message stored',
      async () =>
        (
          await house.connection.query(
            "select 1 from message m join identity i on i.contact_id = m.contact_id where i.key = $1 and m.direction = 'in'",
            [`whatsapp:+${user.person.phone}`],
          )
        ).length === 2,
    )
    const { conversation } = await house.contactOf(user)
    expect(house.callsFor(user)).toBe(calls)

    expect((await house.call('agent', 'POST', `/conversations/${conversation}/take`, {})).status).toBe(200)
    expect((await house.call('agent', 'POST', `/conversations/${conversation}/reply`, { text: 'Je reprends.' })).status).toBe(200)
    await house.until('the agent’s words', () => lastText() === 'Je reprends.')
    expect((await house.call('agent', 'POST', `/conversations/${conversation}/give-back`, {})).status).toBe(200)
    user.sendText('bonjour')
    await house.until('the machine again', () => lastText().includes('bienvenue'))
  })

  it('passes the thread back: the machine answers again', async () => {
    await greeted()
    wa().agent.take(user.person)
    await house.until('held by it', async () => (await house.contactOf(user)).owner === 'platform')
    wa().agent.pass(user.person)
    await house.until('ours', async () => (await house.contactOf(user)).owner !== 'platform')
    const calls = house.callsFor(user)
    user.sendText('bonjour')
    await house.until('an answer', () => house.callsFor(user) > calls)
  })
})

describe('who wants no marketing, while the platform’s own agent has the thread', () => {
  it('says STOP to it: revoked here too, in silence', async () => {
    const { id } = await greeted()
    await house.consent(id, true)
    const received = user.received.length
    wa().agent.take(user.person, { silent: true })
    user.sendText('STOP')
    const revoked = await house.until('revoked', async () => {
      const rows = await house.connection.query<{ given: boolean; source: string }>(
        'select given, source from consent where contact_id = $1 order by seq desc limit 1',
        [id],
      )
      return rows[0]?.given === false && rows[0]
    })
    expect(revoked.source).toBe('message')
    expect((await house.contactOf(user)).owner).toBe('platform')
    expect((await house.offer(`+${user.person.phone}`)).decision).toMatchObject({
      outcome: 'refuse',
      rulings: [{ rule: 'fr/opposition' }, { rule: 'whatsapp/opt-out' }],
    })
    expect(user.received).toHaveLength(received)
  })
})
