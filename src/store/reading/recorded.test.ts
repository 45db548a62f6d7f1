import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../tests/support/postgres.ts'
import { asId, type ContactId, type MessageId } from '../../core/ids.ts'
import { MARK_DIGITS, type RecordedMessage } from '../../core/recorded.ts'
import { SITUATION_GROUPS } from '../../core/situation.ts'
import { type Connection, connect } from '../connection.ts'
import { marksOf } from '../marks.ts'
import { createRecorded } from './recorded.ts'

const NOON = Date.UTC(2026, 10, 22, 11)
const DAY = 86_400_000
const RANGE = { since: NOON - DAY, until: NOON + DAY }
let database: FreshDatabase
let connection: Connection
let recorded: ReturnType<typeof createRecorded>

const insert = async (table: string, row: Record<string, unknown>): Promise<void> => {
  const names = Object.keys(row)
  await connection.query(
    `insert into ${table} (${names.join(', ')}) values (${names.map((_, n) => `$${n + 1}`).join(', ')})`,
    Object.values(row).map((value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value)),
  )
}
const decision = (id: string, contact: string, message: string, at: number, situation = 's1') =>
  insert('decision', {
    id,
    message_id: message,
    contact_id: contact,
    at,
    outcome: 'allow',
    intent: { author: 'journey:menu' },
    amend: {},
    rulings: JSON.stringify([]),
    price: {},
    situation,
    rulebook: 'r',
  })
const message = (id: string, change: Record<string, unknown> = {}) =>
  insert('message', {
    id,
    contact_id: 'con_a',
    conversation_id: 'cnv_a',
    channel: 'chat',
    direction: 'out',
    at: NOON,
    author: 'journey:menu',
    content: { type: 'text', text: id },
    category: 'service',
    status: 'delivered',
    price: { known: true, amount: 0.0248, currency: 'EUR', allowance: { free: 1000, per: 'month', source: 'x' } },
    accepted_at: NOON,
    delivered_at: NOON + 5,
    ...change,
  })
const thought = (id: string, at: number, attempts: readonly object[]) =>
  insert('event', { id, kind: 'engine.thought', contact_id: 'con_a', at, received: at, data: { engine: 'main', attempts } })

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect({ config: { connectionString: database.connectionString }, size: 2 })
  recorded = createRecorded(connection)
  await insert('situation', { digest: 's1', content: { channel: { kind: 'chat' }, message: { ai: true } } })
  await insert('situation', { digest: 's2', content: { channel: { kind: 'chat' }, message: { ai: false } } })
  // As this program keeps it; the others are of one that kept no marks.
  const kept = JSON.stringify({ message: { ai: false }, channel: { kind: 'chat' } })
  await connection.query(`insert into situation (digest, content, marks) select 's3', j, ${marksOf('j')} from (select $1::jsonb as j) j`, [
    kept,
  ])
  for (const name of ['a', 'b']) await insert('contact', { id: `con_${name}`, country: 'FR', created_at: NOON })
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

const read = async () => {
  const rows: RecordedMessage[] = []
  await recorded.traffic(RANGE, async (batch) => void rows.push(...batch))
  return rows
}
const byMessage = (a: RecordedMessage, b: RecordedMessage): number => (a.message < b.message ? -1 : 1)

describe('traffic', () => {
  it('gives each message once, by its last decision, those of a contact side by side, and only of the range', async () => {
    await decision('dec_1', 'con_b', 'msg_1', NOON)
    await decision('dec_2', 'con_a', 'msg_2', NOON)
    await decision('dec_3', 'con_b', 'msg_3', NOON)
    await decision('dec_4', 'con_b', 'msg_1', NOON + 7, 's2')
    await decision('dec_5', 'con_b', 'msg_9', NOON + 2 * DAY)
    const rows = await read()
    expect(rows.toSorted(byMessage).map(({ contact, message: id, at, author }) => [contact, id, at, author])).toEqual([
      ['con_b', 'msg_1', NOON + 7, 'journey:menu'],
      ['con_a', 'msg_2', NOON, 'journey:menu'],
      ['con_b', 'msg_3', NOON, 'journey:menu'],
    ])
    // One of a contact is never parted from the others.
    expect(rows[1]?.contact).toBe('con_b')
    expect(await recorded.count(RANGE)).toBe(4)
  })

  it('comes in batches, whole', async () => {
    await connection.query(
      `insert into decision (id, message_id, contact_id, at, outcome, amend, rulings, price, situation, rulebook)
      select 'dec_m' || n, 'msg_m' || n, 'con_m' || n % 100, $1, 'allow', '{}', '[]', '{}', 's1', 'r' from generate_series(1, 12000) n`,
      [NOON],
    )
    const sizes: number[] = []
    await recorded.traffic(RANGE, async (batch) => void sizes.push(batch.length))
    expect(sizes).toEqual([...Array.from({ length: 24 }, () => 500), 3])
  })

  it('what goes wrong while a batch is taken ends the reading', async () => {
    await expect(recorded.traffic(RANGE, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await recorded.count(RANGE)).toBe(12_004)
  })
})

describe('marks', () => {
  it('are the same where a group is, whether they were kept or not', async () => {
    await decision('dec_s1', 'con_s', 'msg_s1', NOON)
    await decision('dec_s2', 'con_s', 'msg_s2', NOON, 's2')
    await decision('dec_s3', 'con_s', 'msg_s3', NOON, 's3')
    const [one, two, three] = (await read()).filter(({ contact }) => contact === 'con_s').toSorted(byMessage)
    expect(two?.marks).toEqual(three?.marks)
    const markOf = (row: RecordedMessage | undefined, n: number) => row?.marks.slice(n * MARK_DIGITS, (n + 1) * MARK_DIGITS)
    const differ = SITUATION_GROUPS.filter((_, n) => markOf(one, n) !== markOf(two, n))
    expect(differ).toEqual(['message'])
    expect(await recorded.situations([asId<MessageId>('msg_s2'), asId<MessageId>('msg_s3')])).toEqual(
      [two, three].map((row) => ({ marks: row?.marks, content: { channel: { kind: 'chat' }, message: { ai: false } } })),
    )
  })

  it('differ wherever facts do, where two of them change places too', async () => {
    const told = ['tag', 'type', 'purpose', 'category', 'template', 'unsubscribe', 'templateState', 'templateQuality'].map((name) => [
      name,
      'x',
    ])
    const said = ['reply', 'marked', 'decides', 'automatic', 'disclosed', 'offersStop', 'firstAiTurn', 'offersHuman'].map((name) => [
      name,
      true,
    ])
    const facts = { ...Object.fromEntries([...told, ...said]), ai: true, purposeAssumed: false }
    const swapped = { ...facts, ai: false, purposeAssumed: true }
    const [row] = await connection.query<{ same: boolean }>(`select ${marksOf('$1::jsonb')} = ${marksOf('$2::jsonb')} as same`, [
      JSON.stringify({ message: facts }),
      JSON.stringify({ message: swapped }),
    ])
    expect(row?.same).toBe(false)
  })
})

it('ways of contacts', async () => {
  await insert('identity', { key: 'email:a', contact_id: 'con_a', kind: 'email', value: 'a', created_at: 0 })
  await insert('identity', { key: 'sms:a', contact_id: 'con_a', kind: 'sms', value: 'a', created_at: 0 })
  for (const given of [true, false, true])
    await insert('consent', { contact_id: 'con_a', channel_kind: 'email', category: 'marketing', given, at: 0, source: 'x' })
  await insert('consent', { contact_id: 'con_a', channel_kind: 'sms', category: 'marketing', given: true, at: 0, source: 'x' })
  await insert('consent', { contact_id: 'con_a', channel_kind: 'sms', category: 'marketing', given: false, at: 0, source: 'x' })
  const [a, b] = [...(await recorded.ways([asId<ContactId>('con_a'), asId<ContactId>('con_b')]))].sort((x, y) =>
    x.contact < y.contact ? -1 : 1,
  )
  expect([a?.kinds.toSorted(), a?.marketing]).toEqual([['email', 'sms'], ['email']])
  expect(b).toEqual({ contact: 'con_b', kinds: [], marketing: [] })
})

it('what was charged, by day at the business’s place, and what came of it', async () => {
  await message('msg_c1')
  await message('msg_c2')
  await message('msg_c3', { delivered_at: NOON + 12 * 3_600_000 })
  await message('msg_c4', { delivered_at: null })
  await message('msg_c5', { price_seen: { category: 'service', type: 'regular', billable: true } })
  await message('msg_c6', { failed_at: NOON })
  await message('msg_c7', { direction: 'in', accepted_at: null, delivered_at: null })
  const groups = await recorded.charged(RANGE, 'Europe/Paris')
  expect(
    groups.map(({ day, amount, free, delivered, seen, count, country }) => [
      day,
      amount,
      free,
      delivered,
      seen?.type ?? null,
      count,
      country,
    ]),
  ).toEqual([
    ['2026-11-22', '0.0248', 1000, false, null, 1, 'FR'],
    ['2026-11-22', '0.0248', 1000, true, 'regular', 1, 'FR'],
    ['2026-11-22', '0.0248', 1000, true, null, 2, 'FR'],
    ['2026-11-23', '0.0248', 1000, true, null, 1, 'FR'],
  ])
})

it('what engines took, exactly, and what has no price', async () => {
  const asked = (amount: number | null) => ({
    engine: 'main',
    ms: 12,
    tokens: { inputTokens: 100, outputTokens: 7 },
    cost: amount === null ? null : { amount, currency: 'EUR' },
  })
  await thought('evt_1', NOON, [{ engine: 'skipped', result: 'task', ms: 0, tokens: null, cost: null }, asked(0.1)])
  await thought('evt_2', NOON, [asked(0.2), asked(null)])
  await thought('evt_free', NOON, [{ engine: 'faq', ms: 1, tokens: null, cost: { amount: 0, currency: null } }])
  await thought('evt_3', NOON - 3 * DAY, [asked(9)])
  expect(await recorded.thoughts(RANGE, 'Europe/Paris')).toEqual([
    { day: '2026-11-22', engine: 'faq', currency: null, amount: '0', calls: 1, unpriced: 0, inputTokens: 0, outputTokens: 0 },
    { day: '2026-11-22', engine: 'main', currency: 'EUR', amount: '0.3', calls: 2, unpriced: 0, inputTokens: 200, outputTokens: 14 },
    { day: '2026-11-22', engine: 'main', currency: null, amount: '0', calls: 1, unpriced: 1, inputTokens: 100, outputTokens: 7 },
  ])
  expect(await recorded.spentByEngines(NOON - DAY)).toEqual([{ engine: 'main', contact: 'con_a', currency: 'EUR', amount: '0.3' }])
})

it('seconds of a channel in order, and what a message was about', async () => {
  const seconds: { channel: string; second: number; count: number }[] = []
  await recorded.seconds(RANGE, async (rows) => void seconds.push(...rows))
  expect(seconds).toEqual([{ channel: 'chat', second: NOON / 1000, count: 7 }])
  await connection.query("update contact set name = 'Zoé Martin' where id = 'con_a'")
  await insert('conversation', {
    id: 'cnv_a',
    contact_id: 'con_a',
    owner: 'engine',
    epoch: 1,
    state: { journey: { answers: { order: 'VL204518' } } },
    last_at: NOON,
  })
  const { lines, person } = await recorded.thread(asId<MessageId>('msg_c2'))
  expect(lines.at(-1)).toEqual({ from: 'business', content: { type: 'text', text: 'msg_c2' } })
  expect(person).toMatchObject({ names: ['Zoé Martin'], details: ['VL204518'], country: 'FR' })
})
