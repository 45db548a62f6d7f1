/** What a business system sends of its own accord: notices, reminders for a time, what is called off, and what the customer taps. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../simulators/whatsapp/index.ts'
import type { JournalEntry } from '../../src/core/reading.ts'
import { createReading } from '../../src/store/reading/index.ts'
import { type Business, HOUR, MINUTE, openBusiness } from './business.ts'

const SECOND_NUMBER = `
  second:
    kind: whatsapp
    phoneNumberId: "106540352242922"
    businessAccountId: "102290129340398"
    number: "+33465711001"
    accessToken: "\${WHATSAPP_TOKEN}"
    appSecret: "\${WHATSAPP_APP_SECRET}"
    verifyToken: "\${WHATSAPP_VERIFY_TOKEN}"
    apiUrl: "\${WHATSAPP_API_URL}"
`
let business: Business
beforeAll(async () => {
  business = await openBusiness({
    changed: {
      'relais.yaml': (text) =>
        text
          .replace('\nengines:', `${SECOND_NUMBER}\nengines:`)
          .replace(
            'plans:\n',
            'plans:\n  reach:\n    orders: [{ channel: whatsapp, wait: 10m, success: delivered }, { channel: second }]\n',
          ),
    },
  })
})
afterAll(() => business.close())

/** The journal as the stream and outgoing webhooks tell it. */
const eventsOf = async (reference: string): Promise<readonly JournalEntry[]> => {
  const found: JournalEntry[] = []
  for (let after = '0.0'; ; ) {
    const { entries, position } = await createReading(business.connection).journal(after, 500)
    found.push(...entries.filter((entry) => entry.reference === reference))
    if (entries.length < 500) return found
    after = position
  }
}

const REMINDER = { name: 'appointment_reminder', language: 'fr', parameters: { 1: 'Nour', 2: '25 novembre', 3: '14 h', 4: 'Bellecour' } }
const CONFIRMATION = 'booking_confirmation'
const send = (user: User, more: object) =>
  business.call('system', 'POST', '/messages', { to: { phone: `+${user.person.phone}` }, category: 'utility', ...more })
type Answer = {
  id: string
  status: string
  price: { known: boolean } | null
  plan: { name: string; step: number } | null
  reference: string | null
  sendAt: number | null
}
const sent = async (user: User, more: object): Promise<Answer> => {
  const { status, body } = await send(user, more)
  if (status !== 202) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body as unknown as Answer
}

describe('an order notice', () => {
  it('goes by the plan it names; the answer has the decision, its price, the plan and the order it is about', async () => {
    const user = business.newcomer()
    const answer = await sent(user, { template: REMINDER, plan: 'orders', reference: 'order-1' })
    expect(answer).toMatchObject({ price: { known: true }, plan: { name: 'orders', step: 0 }, reference: 'order-1' })
    // It may have gone before it is told of.
    expect(['queued', 'sending', 'accepted', 'sent']).toContain(answer.status)
    await business.until('the receipt', async () => (await business.statusOf(answer.id)) === 'delivered')
    const events = await eventsOf('order-1')
    expect(events.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['message.queued', 'message.accepted', 'message.sent', 'message.delivered']),
    )
    for (const event of events) expect(event).toMatchObject({ messageId: answer.id, reach: { plan: 'orders', step: 0, of: answer.id } })
    expect(JSON.stringify(events)).not.toContain('Nour')
    const { body } = await business.call('agent', 'GET', '/messages?reference=order-1')
    expect((body.items as { id: string }[]).map(({ id }) => id)).toEqual([answer.id])
  })

  it.each([
    ['a plan that is none', { template: REMINDER, plan: 'tomorrow' }, 'plan'],
    ['a channel that is not in the plan', { template: REMINDER, plan: 'orders', channel: 'fax' }, 'channel'],
    ['a template that is none', { template: { name: 'nothing' } }, 'template.name'],
    ['a parameter that is missing', { template: { name: CONFIRMATION } }, 'template.parameters'],
    ['a time more than a year ahead', { template: REMINDER, sendAt: 4_000_000_000_000 }, 'sendAt'],
    ['an end that is past', { template: REMINDER, until: '2026-01-01T08:00:00Z' }, 'until'],
    ['a time that is past', { template: REMINDER, sendAt: '2026-01-01T08:00:00Z' }, 'sendAt'],
    ['own buttons under a template', { template: REMINDER, buttons: [{ id: 'a', label: 'A' }] }, 'buttons'],
  ])('%s is refused by its field', async (_, more, field) => {
    const { status, body } = await send(business.newcomer(), more)
    expect(status).toBe(422)
    expect((body.errors as { field: string }[])[0]?.field).toContain(field)
  })
})

describe('a time', () => {
  it.each([
    ['seconds', 1_795_000_000],
    ['one without a zone', '2026-11-25T09:00:00'],
    ['words', 'tomorrow'],
  ])('%s is refused, and told in what form it is wanted', async (_, at) => {
    for (const field of ['sendAt', 'until']) {
      const { status, body } = await send(business.newcomer(), { template: REMINDER, [field]: at })
      expect([status, (body.errors as { field: string }[])[0]?.field]).toEqual([422, field])
      expect(JSON.stringify(body)).toContain('+01:00')
    }
  })

  it('is taken as ISO 8601 with its zone as well as in milliseconds', async () => {
    const at = business.stage.clock.now() + 2 * HOUR
    const answer = await sent(business.newcomer(), {
      template: REMINDER,
      sendAt: new Date(at).toISOString(),
      until: new Date(at + HOUR).toISOString(),
      reference: 'iso-1',
    })
    expect(answer).toMatchObject({ status: 'postponed', sendAt: at })
    await business.call('system', 'POST', '/messages/cancel', { reference: 'iso-1' })
  })
})

describe('an appointment reminder', () => {
  it('of which nobody knows is not called off; one that is over already is left', async () => {
    const { status, body } = await business.call('system', 'POST', '/messages/cancel', { reference: 'never-heard' })
    expect([status, body.code]).toEqual([404, 'no-reference'])
    await sent(business.newcomer(), { template: REMINDER, sendAt: business.stage.clock.now() + HOUR, reference: 'twice' })
    for (const count of [1, 0]) {
      const again = await business.call('system', 'POST', '/messages/cancel', { reference: 'twice' })
      expect([again.status, (again.body.cancelled as string[]).length]).toEqual([200, count])
    }
  })

  it('waits for its time, is judged then, and its button tells the business and starts the journey', async () => {
    const user = business.newcomer()
    const sendAt = business.stage.clock.now() + 2 * HOUR
    const answer = await sent(user, { template: REMINDER, sendAt, reference: 'appointment-1' })
    expect(answer).toMatchObject({ status: 'postponed', sendAt, reference: 'appointment-1' })
    expect(business.callsFor(user)).toBe(0)
    business.stage.clock.advance(2 * HOUR)
    await business.until('the reminder', () => user.received.length >= 1)
    expect(user.received[0]?.buttons?.map(({ label }) => label)).toEqual(['Je confirme', 'Déplacer'])
    user.tapButton('Déplacer')
    await business.until('the journey', () => user.received.length >= 2)
    expect(user.received[1]?.text).toContain('Quel moment')
    const events = await eventsOf('appointment-1')
    expect(events.find(({ kind }) => kind === 'message.answered')).toMatchObject({
      messageId: answer.id,
      data: { button: 'appointment-move' },
    })
    const thread = await business.sentTo(user)
    expect(thread.filter(({ id }) => id === answer.id)).toHaveLength(1)
  })

  it('called off with its appointment is not sent, nor is what else is due of it; what has left stays', async () => {
    const user = business.newcomer()
    const now = await sent(user, { template: REMINDER, reference: 'appointment-2' })
    await business.until('the first', async () => (await business.statusOf(now.id)) === 'delivered')
    const later = await sent(user, { template: REMINDER, sendAt: business.stage.clock.now() + HOUR, reference: 'appointment-2' })
    const last = await sent(user, { template: REMINDER, sendAt: business.stage.clock.now() + 3 * HOUR, reference: 'appointment-2' })
    const { body } = await business.call('system', 'POST', '/messages/cancel', { reference: 'appointment-2' })
    expect(new Set(body.cancelled as string[])).toEqual(new Set([later.id, last.id]))
    expect(body.left).toEqual([{ id: now.id, status: 'delivered' }])
    business.stage.clock.advance(4 * HOUR)
    await business.until(
      'nothing due',
      async () => !(await business.connection.query("select 1 from pending where kind = 'send.scheduled'")).length,
    )
    expect(business.callsFor(user)).toBe(1)
    expect(await business.statusOf(last.id)).toBe('cancelled')
  })

  it('called off while it waits for a paused channel does not leave; once it left, it is too late', async () => {
    const user = business.newcomer()
    await business.call('admin', 'POST', '/channels/whatsapp/pause', {})
    const waiting = await sent(user, { template: REMINDER, channel: 'whatsapp', reference: 'appointment-3' })
    expect((await business.call('system', 'POST', `/messages/${waiting.id}/cancel`, {})).body.status).toBe('cancelled')
    await business.call('admin', 'POST', '/channels/whatsapp/resume', {})
    const gone = await sent(user, { template: REMINDER, channel: 'whatsapp' })
    await business.until('the receipt', async () => (await business.statusOf(gone.id)) === 'delivered')
    expect(business.callsFor(user)).toBe(1)
    const late = await business.call('system', 'POST', `/messages/${gone.id}/cancel`, {})
    expect([late.status, late.body.code]).toEqual([409, 'no-effect'])
  })

  it('calls a further step of its plan off too', async () => {
    const user = business.newcomer()
    const contact = (await business.greet(user)).id
    const consent = { channelKind: 'whatsapp', category: 'service', given: true, words: 'Écrivez-moi.' }
    await business.call('system', 'POST', `/contacts/${contact}/consents`, consent)
    const answer = await sent(user, { template: REMINDER, plan: 'orders', reference: 'order-9' })
    await business.until('it is accepted', async () =>
      ['accepted', 'sent', 'delivered'].includes((await business.statusOf(answer.id)) ?? ''),
    )
    await business.call('system', 'POST', '/messages/cancel', { reference: 'order-9' })
    business.stage.clock.advance(11 * MINUTE)
    await business.until(
      'nothing due',
      async () => !(await business.connection.query("select 1 from pending where kind = 'reach.due'")).length,
    )
    const rows = await business.connection.query<{ channel: string; status: string }>(
      "select channel, status from message where reference = 'order-9'",
    )
    expect(rows.filter(({ channel, status }) => channel === 'second' && status !== 'cancelled')).toEqual([])
  })

  it('is answered by a number where the customer types, and once only', async () => {
    const user = business.newcomer()
    const answer = await sent(user, { template: REMINDER, reference: 'appointment-4' })
    await business.until('the reminder', () => user.received.length >= 1)
    user.sendText('1')
    await business.until('the thanks', () => user.received.length >= 2)
    expect(user.received[1]?.text).toContain('C’est noté')
    const events = await eventsOf('appointment-4')
    expect(events.filter(({ kind }) => kind === 'message.answered')).toMatchObject([
      { messageId: answer.id, data: { button: 'appointment-keep' } },
    ])
  })
})
