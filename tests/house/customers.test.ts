/** What customers do is acted on: each by a signed webhook of the imitation, over the whole house. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { User } from '../../simulators/whatsapp/index.ts'
import { type Business, HOUR, openBusiness } from './business.ts'

let house: Business
let user: User
beforeAll(async () => {
  house = await openBusiness()
})
afterAll(() => house.close())
beforeEach(() => {
  user = house.newcomer()
})

const wa = () => house.stage.whatsapp
const greeted = () => house.greet(user)
const lastText = () => user.received.at(-1)?.text ?? ''

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
    const [{ id } = { id: '' }] = await house.connection.query<{ id: string }>("select id from message where content ->> 'type' = 'media'")
    const file = await house.get('agent', `/media/${id}`)
    expect([file.headers.get('content-type'), Buffer.from(await file.arrayBuffer())]).toEqual(['image/png', png])
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
    expect(decisions.map((decision) => decision.outcome)).toEqual(['allow', 'amend', 'allow'])
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
