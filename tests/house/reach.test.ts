/** Reach plans on the real relay and a real PostgreSQL: cuts, waits that run out, what comes late, and what nobody agreed to. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ChannelId, MessageId } from '../../src/core/ids.ts'
import { type Connection, connect } from '../../src/store/connection.ts'
import { readExplanation } from '../../src/store/reading/message.ts'
import { WHATSAPP } from '../support/deciding.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { SMS, step } from '../support/reaching.ts'
import { openTwo, type Two } from '../support/two-channels.ts'

const STEPS = [step(WHATSAPP, { waitMs: 400 }), step(SMS)]
const PATIENT = [step(WHATSAPP), step(SMS)]

let database: FreshDatabase
let connection: Connection
let two: Two
beforeAll(async () => {
  database = await freshDatabase()
  connection = connect({ config: { connectionString: database.connectionString } })
})
afterEach(async () => {
  await two.turns(WHATSAPP, 'healthy')
  await two.stop()
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

const until = async <T>(what: string, look: () => Promise<T | false | null | undefined> | T | false | null | undefined): Promise<T> => {
  const end = performance.now() + 10_000
  for (;;) {
    const found = await look()
    if (found) return found
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((done) => setTimeout(done, 15))
  }
}
const sentBy = (channel: ChannelId) => two.given.filter((one) => one.channel === channel)
const textsBy = (channel: ChannelId) => sentBy(channel).map(({ content }) => ('text' in content ? content.text : ''))

describe('a channel that is cut', () => {
  it('starts no send a second later, and what waited leaves by the next one, in order, once', async () => {
    two = await openTwo(connection, { steps: PATIENT, perSecond: { whatsapp: 1 } })
    const contacts = await two.people(60)
    await two.notify(contacts, 'numéro 1')
    await two.notify(contacts, 'numéro 2')
    await until('everything queued', async () => (await connection.query("select 1 from outbox where state = 'queued'")).length > 100)
    await two.turns(WHATSAPP, 'cut')
    const cutAt = Date.now()
    await until('everything sent', () => two.given.length >= 120)
    expect(sentBy(WHATSAPP).every(({ at }) => at <= cutAt + 1_000)).toBe(true)
    const [open] = await connection.query<{ open: number }>('select count(*)::int as open from outbox')
    expect(
      await until('the line to be empty', async () =>
        open?.open === 0 ? true : (await connection.query('select 1 from outbox')).length === 0,
      ),
    ).toBe(true)
    const seen = new Map<string, string[]>()
    for (const { to, content } of two.given)
      seen.set(to.value, [...(seen.get(to.value) ?? []), 'text' in content ? (content.text ?? '') : ''])
    expect([...seen.values()].every((texts) => texts.join() === 'numéro 1,numéro 2')).toBe(true)
    await two.turns(WHATSAPP, 'healthy')
    const [moved] = await connection.query<{ moved: number }>('select count(*)::int as moved from message where moved_to is not null')
    expect(moved?.moved).toBe(sentBy(SMS).length)
  })

  it('keeps what nobody agreed to have elsewhere, tells it once, and sends it when it heals', async () => {
    two = await openTwo(connection, { steps: PATIENT })
    await two.turns(WHATSAPP, 'cut')
    const shy = await two.people(2, false)
    await two.notify(shy, 'en attente')
    await until(
      'the alert',
      async () => (await connection.query("select 1 from event where kind = 'alert' and data ->> 'about' = 'stranded'")).length === 1,
    )
    expect(two.given).toEqual([])
    await two.turns(WHATSAPP, 'healthy')
    await until('both', () => textsBy(WHATSAPP).length === 2)
    expect(sentBy(SMS)).toEqual([])
  })
})

describe('a provider that accepts and never delivers', () => {
  it('is given up after the wait; what it delivers all the same is told, once, and the customer has no third', async () => {
    two = await openTwo(connection, { steps: STEPS })
    const [contact] = (await two.people(1)) as [never]
    const [message] = await two.notify([contact], 'votre billet')
    await until('the SMS', () => sentBy(SMS).length === 1)
    const [first] = sentBy(WHATSAPP)
    if (first) for (const status of ['delivered', 'delivered', 'read'] as const) await two.receipt(first, status)
    const late = await until('the word on it', async () => {
      const rows = await connection.query<{ data: { next: string } }>(
        "select data from event where kind = 'message.late' and message_id = $1",
        [message],
      )
      return rows.length > 0 && rows
    })
    expect(late.length).toBe(1)
    const [row] = await connection.query<{ late: number | null; next: string; of: string }>(
      'select m.late_at as late, n.id as next, n.reach_of as of from message m join message n on n.id = m.moved_to where m.id = $1',
      [message],
    )
    expect([row?.late === null, row?.next, row?.of]).toEqual([false, late[0]?.data.next, message])
    expect(two.given.length).toBe(2)
    const told = await readExplanation(connection, message as MessageId)
    expect(told?.plan?.map(({ channel, step: n, why, lateAt }) => [channel, n, why, lateAt !== null])).toEqual([
      ['whatsapp', 0, 'not-delivered', true],
      ['sms', 1, null, false],
    ])
  })
})

describe('a send of which nobody knows', () => {
  it('goes on flagged, and only after its time to be reconciled', async () => {
    two = await openTwo(connection, { steps: STEPS, reconcileMs: 900, unknown: 'resend' })
    two.answers(WHATSAPP, async () => ({ type: 'unknown', cause: 'timeout' }))
    const began = Date.now()
    const [message] = await two.notify(await two.people(1), 'peut-être')
    const [sms] = await until('the SMS', () => sentBy(SMS).length === 1 && sentBy(SMS))
    expect((sms?.at ?? 0) - began).toBeGreaterThanOrEqual(900)
    const [row] = await connection.query<{ risk: boolean; why: string }>(
      `select n.duplicate_risk as risk, e.data ->> 'why' as why from message m join message n on n.id = m.moved_to join event e on e.message_id = m.id and e.kind = 'message.moved'
       where m.id = $1`,
      [message],
    )
    expect(row).toEqual({ risk: true, why: 'unknown' })
  })
})

describe('a refusal', () => {
  it('takes the next step at once', async () => {
    two = await openTwo(connection, { steps: PATIENT })
    two.answers(WHATSAPP, async () => ({
      type: 'refused',
      refusal: { class: 'never', code: '131026', detail: '', remedy: { fr: 'Rien.', en: 'Nothing.' } },
    }))
    const [message] = await two.notify(await two.people(1), 'votre billet')
    await until('the SMS', () => sentBy(SMS).length === 1)
    const [row] = await connection.query<{ status: string; moved: boolean }>(
      'select status, moved_to is not null as moved from message where id = $1',
      [message],
    )
    expect(row).toEqual({ status: 'failed', moved: true })
  })
})
