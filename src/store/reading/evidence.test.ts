import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../tests/support/postgres.ts'
import type { SaidMessage } from '../../core/evidence.ts'
import { asId, type ConversationId, type MessageId } from '../../core/ids.ts'
import { type Connection, connect } from '../connection.ts'
import { createEvidenceSource } from './evidence.ts'

const NOON = Date.UTC(2026, 10, 22, 11)
let database: FreshDatabase
let connection: Connection
let source: ReturnType<typeof createEvidenceSource>

const insert = async (table: string, row: Record<string, unknown>): Promise<void> => {
  const names = Object.keys(row)
  const values = Object.values(row).map((value) => (Array.isArray(value) ? JSON.stringify(value) : value))
  await connection.query(`insert into ${table} (${names.join(', ')}) values (${names.map((_, n) => `$${n + 1}`).join(', ')})`, values)
}
const person = async (id: string, name: string, state: object = {}, merged: string | null = null): Promise<void> => {
  await insert('contact', { id: `con_${id}`, name, country: 'FR', created_at: NOON, merged_into: merged })
  await insert('identity', { key: `sms:+33${id}`, contact_id: merged ?? `con_${id}`, kind: 'sms', value: `+33${id}`, created_at: NOON })
  await insert('conversation', { id: `cnv_${id}`, contact_id: `con_${id}`, owner: 'journey', epoch: 0, state, last_at: NOON + 10 })
}
const message = (id: string, whose: string, at: number, change: Record<string, unknown> = {}) =>
  insert('message', {
    id: `msg_${id}`,
    contact_id: `con_${whose}`,
    conversation_id: `cnv_${whose}`,
    channel: 'line',
    direction: 'in',
    at,
    author: 'customer',
    content: { type: 'text', text: id },
    status: 'received',
    ...change,
  })
const decision = (id: string, of: string, at: number, outcome: string, situation: string) =>
  insert('decision', {
    id: `dec_${id}`,
    message_id: `msg_${of}`,
    contact_id: 'con_1',
    at,
    outcome,
    amend: {},
    rulings: [{ rule: 'eu/ai-disclosure' }, { rule: 'business/scope' }, { rule: 'business/scope' }],
    price: {},
    situation,
    rulebook: 'f00d',
  })

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect({ config: { connectionString: database.connectionString } })
  source = createEvidenceSource(connection)
  await insert('channel', { id: 'line', kind: 'sms', changed_at: NOON })
  await insert('api_key', { id: 'claire', name: 'Claire Fontaine', role: 'agent', hash: 'x', created_at: NOON })
  await insert('api_key', { id: 'paul', name: 'Paul Petit', role: 'admin', hash: 'y', created_at: NOON })
  await insert('api_key', { id: 'shop', name: 'shop', role: 'system', hash: 'z', created_at: NOON })
  await person('1', 'Camille Laurent', {
    journey: { answers: { order: 'VL204518' }, values: { order: { city: 'Lyon', number: 204_518, parcels: 3 } } },
  })
  await person('2', 'Cam', {}, 'con_1')
  await person('3', 'Later')
  await insert('situation', {
    digest: 'first',
    content: { message: { purpose: 'general', purposeAssumed: false, ai: true }, contact: { humanReachable: true } },
  })
  await insert('situation', {
    digest: 'last',
    content: { message: { purpose: 'none', purposeAssumed: false, ai: true, disclosed: true }, contact: { humanReachable: true } },
  })
  await message('ask', '1', NOON)
  await message('answer', '1', NOON + 1, {
    direction: 'out',
    author: 'system',
    status: 'delivered',
    content: { type: 'link', text: 'there', label: 'Go', url: 'https://example.fr' },
  })
  await decision('a', 'answer', NOON + 1, 'reroute', 'first')
  await decision('b', 'answer', NOON + 2, 'allow', 'last')
  await message('before', '3', NOON - 100)
  await message('after', '3', NOON + 100)
  // More than one page of conversations.
  for (let n = 0; n < 210; n++) {
    await person(`x${n}`, `x${n}`)
    await message(`x${n}`, `x${n}`, NOON + 5)
  }
}, 120_000)
afterAll(async () => {
  await connection.close()
  await database.drop()
})

const said = async (since: number, until: number): Promise<SaidMessage[]> => {
  const all: SaidMessage[] = []
  for await (const one of source.said(since, until)) all.push(one)
  return all
}

describe('what the evidence is made from', () => {
  it('is every message of the period once, with its last decision and what was asked by its first', async () => {
    const all = await said(NOON, NOON + 50)
    expect(all).toHaveLength(212)
    expect(await source.count(NOON)).toBe(213)
    expect(await source.count(NOON + 11)).toBe(0)
    expect(new Set(all.map(({ id }) => id)).size).toBe(212)
    expect(all.slice(0, 2)).toMatchObject([
      { id: 'msg_ask', direction: 'in', kind: 'sms', type: 'text', decision: null },
      {
        id: 'msg_answer',
        type: 'link',
        author: 'system',
        decision: {
          outcome: 'allow',
          rulebook: 'f00d',
          rules: ['business/scope', 'eu/ai-disclosure'],
          message: { purpose: 'general', disclosed: true },
          humanReachable: true,
        },
      },
    ])
  })

  it('knows of a person all names and addresses, those of whoever they turned out to be too, and what they answered', async () => {
    const id = asId<ConversationId>('cnv_1')
    const known = (await source.people([id])).get(id)
    expect(known?.names.toSorted()).toEqual(['Cam', 'Camille Laurent'])
    expect(known?.addresses.map(({ value }) => value).toSorted()).toEqual(['+331', '+332'])
    expect(known?.details).toEqual(['VL204518', 'Lyon', '204518'])
  })

  it('gives the words of messages, and the names of the business’s people: whoever may answer', async () => {
    const ask = asId<MessageId>('msg_ask')
    expect((await source.contents([ask])).get(ask)).toEqual({ type: 'text', text: 'ask' })
    expect(await source.agents()).toEqual(['Claire Fontaine', 'Paul Petit'])
  })
})
