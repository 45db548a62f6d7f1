/** What the platform tells beside messages is acted on: each by a signed webhook of the imitation, over the whole house. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { User } from '../../simulators/whatsapp/index.ts'
import { recordLog } from '../support/recorded-log.ts'
import { type Business, HOUR, openBusiness } from './business.ts'

const log = recordLog()
let house: Business
let people = 0
let user: User
beforeAll(async () => {
  house = await openBusiness({ log })
})
afterAll(() => house.close())
beforeEach(() => {
  people += 1
  user = house.stage.whatsapp.user({ phone: `+3361300${String(people).padStart(4, '0')}`, name: `Client ${people}` })
})

const wa = () => house.stage.whatsapp
const channel = async () =>
  (
    await house.connection.query<{ health: string; quality: string; throughput: number | null; reason: string }>(
      "select * from channel where id = 'whatsapp'",
    )
  )[0]
const healthIs = (health: string) => house.until(`the channel ${health}`, async () => (await channel())?.health === health)
const greeted = async () => {
  user.sendText('bonjour')
  await house.until('the greeting', () => user.received.length >= 1)
  return house.contactOf(user)
}
const lastText = () => user.received.at(-1)?.text ?? ''

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

describe('who wants no marketing', () => {
  const consents = async (contact: string) =>
    house.connection.query<{ given: boolean; source: string; words: string; xid: string }>(
      "select given, source, words, xmin::text as xid from consent where contact_id = $1 and channel_kind = 'whatsapp' and category = 'marketing' order by seq",
      [contact],
    )

  it('says so in WhatsApp: revoked, and marketing refused', async () => {
    const { id } = await greeted()
    await house.consent(id, true)
    user.stopMarketing()
    await house.until('revoked', async () => (await consents(id)).at(-1)?.given === false)
    expect((await consents(id)).at(-1)).toMatchObject({ source: 'platform' })
    const offer = await house.offer(`+${user.person.phone}`)
    expect(offer.decision).toMatchObject({ outcome: 'refuse', rulings: [{ rule: 'fr/opposition' }, { rule: 'whatsapp/opt-out' }] })
    user.resumeMarketing()
    await house.until('given again', async () => (await consents(id)).at(-1)?.given === true)
  })

  it.each(['STOP', 'Arrêt', 'unsubscribe'])(
    '%s as the whole message: revoked in the same transaction, confirmed once, service goes on',
    async (word) => {
      const { id } = await greeted()
      await house.consent(id, true)
      user.sendText(word)
      await house.until('the confirmation', () => /offres|offers/.test(lastText()))
      const [told] = await house.connection.query<{ xid: string }>(
        "select xmin::text as xid from event where kind = 'message.received' and contact_id = $1 order by seq desc limit 1",
        [id],
      )
      expect((await consents(id)).at(-1)).toMatchObject({ given: false, words: word, source: 'message', xid: told?.xid })
      const received = user.received.length
      user.sendText(word)
      user.sendText('bonjour')
      await house.until('service', () => user.received.length > received)
      expect(user.received.filter((line) => line.text?.includes('offres'))).toHaveLength(1)
      expect((await house.offer(`+${user.person.phone}`)).decision).toMatchObject({
        outcome: 'refuse',
        rulings: [{ rule: 'fr/opposition' }, { rule: 'whatsapp/opt-out' }],
      })
    },
  )

  it('does not say so by the word inside a sentence', async () => {
    const { id } = await greeted()
    await house.consent(id, true)
    user.sendText('Le bus fait-il un stop à Lyon ?')
    await house.until('it answered', () => user.received.length > 1)
    expect((await consents(id)).map((row) => row.given)).toEqual([true])
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

describe('people', () => {
  it('known by a user id alone are answered', async () => {
    user = wa().user({ userId: 'FR.13491208655302741918', name: 'Sans numéro' })
    user.sendText('bonjour')
    await house.until('the greeting', () => user.received.length === 1)
    expect(wa().ledger.sends.findLast((send) => send.to === user.person.userId)?.body).toMatchObject({ recipient: user.person.userId })
  })

  it.each(['+33613999001', undefined])('who change their number (to %s) or user id stay one contact', async (phone) => {
    const before = await greeted()
    user.changeNumber(phone)
    user.sendText('bonjour')
    await house.until('answered again', () => user.received.length >= 2)
    expect((await house.contactOf(user)).id).toBe(before.id)
    expect(await house.connection.query('select 1 from contact where name = $1 and merged_into is null', [user.person.name])).toHaveLength(
      1,
    )
  })

  it('who come by an advertisement open the free window, from our answer', async () => {
    user.sendFromAd('bonjour')
    await house.until('the greeting', () => user.received.length === 1)
    const opened = await house.until('the free window', async () => (await house.contactOf(user)).state.freeEntryAt)
    expect(opened).toBeGreaterThan(0)
    house.stage.clock.advance(25 * HOUR)
    const sent = await house.write(`+${user.person.phone}`, {
      category: 'utility',
      template: { name: 'answer_ready', language: 'fr', parameters: { 1: 'Lisbonne' } },
    })
    expect(sent.decision.rulings.map((ruling) => ruling.rule)).toContain('whatsapp/free-entry')
    expect(sent.decision.price).toMatchObject({ known: true, amount: 0 })
    house.stage.clock.advance(23 * HOUR)
    house.stage.clock.advance(25 * HOUR)
    const later = await house.write(`+${user.person.phone}`, {
      category: 'utility',
      template: { name: 'answer_ready', language: 'fr', parameters: { 1: 'Lisbonne' } },
    })
    expect(later.decision.rulings.map((ruling) => ruling.rule)).not.toContain('whatsapp/free-entry')
  })
})

describe('what customers do beside writing', () => {
  const stored = async () =>
    house.connection.query<{ vendor: string; content: Record<string, unknown>; edited: number | null; revoked: number | null }>(
      "select m.vendor_id as vendor, m.content, m.edited_at as edited, m.revoked_at as revoked from message m join identity i on i.contact_id = m.contact_id where i.key = $1 and m.direction = 'in' order by m.at, m.id",
      [`whatsapp:+${user.person.phone}`],
    )

  it('reactions, edits, withdrawals and what the API cannot carry are kept, and crash nothing', async () => {
    await greeted()
    const answer = user.received[0]?.id ?? ''
    const mine = user.thread[0]?.id ?? ''
    user.react(answer, '👍')
    await house.until('the reaction', async () => (await stored()).some((row) => row.content.type === 'reaction'))
    user.edit(mine, 'bonsoir')
    await house.until('the edit', async () =>
      (await stored()).some((row) => row.vendor === mine && row.edited !== null && row.content.text === 'bonsoir'),
    )
    user.revoke(mine)
    await house.until('the withdrawal', async () => (await stored()).some((row) => row.vendor === mine && row.revoked !== null))
    const before = user.received.length
    user.unsupported('poll')
    await house.until('the unsupported one', async () => (await stored()).some((row) => row.content.type === 'unsupported'))
    await house.until('it told', () => user.received.length === before + 1)
  })

  it('a picture is fetched once, under its digest, with the type its bytes have', async () => {
    await greeted()
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')
    wa().faults.next(1, 'duplicate', { times: 5, on: 'messages' })
    user.sendImage(png, { mime: 'image/jpeg', caption: 'Mon billet' })
    const digest = createHash('sha256').update(png).digest('hex')
    const [media] = await house.until('the file', async () => {
      const rows = await house.connection.query<{ mime: string; bytes: number }>('select mime, bytes from media where digest like $1', [
        `%${digest}`,
      ])
      return rows.length > 0 && rows
    })
    expect(media).toEqual({ mime: 'image/png', bytes: png.length })
    expect(await readFile(join(house.dataFolder, 'media', digest.slice(0, 2), digest))).toEqual(png)
    await house.until('told in the thread', async () => (await stored()).some((row) => JSON.stringify(row.content).includes(digest)))
    expect((await stored()).filter((row) => row.content.type === 'media')).toHaveLength(1)
    expect(await house.connection.query("select 1 from event where kind = 'media.fetched'")).toHaveLength(1)
  })
})

describe('what the business says', () => {
  it('becomes a template when the window closes between the decision and the sending', async () => {
    await greeted()
    await house.call('admin', 'POST', '/channels/whatsapp/pause', {})
    user.sendText('bonjour')
    await house.until('the answer decided', async () => (await house.sentTo(user)).length === 2)
    house.stage.clock.advance(25 * HOUR)
    await house.call('admin', 'POST', '/channels/whatsapp/resume', {})
    await house.until('the template', () => lastText().includes('nous avons une réponse à votre question'))
    const row = (await house.sentTo(user))[1]
    expect(row?.type).toBe('template')
    const decisions = await house.decisionsOf(row?.id ?? '')
    expect(decisions.map((decision) => decision.outcome)).toEqual(['allow', 'amend'])
    expect(decisions[1]?.rulings[0]).toMatchObject({ rule: 'whatsapp/window' })
    expect(wa().ledger.sends.filter((send) => send.failed === 131047)).toEqual([])
  })

  it('comes with buttons to tap', async () => {
    await greeted()
    expect(wa().ledger.sends.findLast((send) => send.to === `+${user.person.phone}`)?.body).toMatchObject({
      type: 'interactive',
      interactive: { type: 'button' },
    })
    user.tapButton('Ma réservation')
    await house.until('the next step', () => lastText().includes('référence'))
  })
})
