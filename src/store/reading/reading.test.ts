import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../tests/support/postgres.ts'
import { RelaisError } from '../../core/errors.ts'
import {
  asId,
  type ChannelId,
  type ContactId,
  type ConversationId,
  type DecisionId,
  type Digest,
  type EventId,
  type MessageId,
} from '../../core/ids.ts'
import type { Page, PageRequest } from '../../core/reading.ts'
import { type Connection, connect } from '../connection.ts'
import { createReading } from './index.ts'

const NOON = Date.UTC(2026, 10, 22, 11)
let database: FreshDatabase
let connection: Connection
let reading: ReturnType<typeof createReading>

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect({ config: { connectionString: database.connectionString } })
  reading = createReading(connection)
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

const insert = async (table: string, row: Record<string, unknown>): Promise<void> => {
  const names = Object.keys(row)
  const values = Object.values(row).map((value) => (Array.isArray(value) ? JSON.stringify(value) : value))
  await connection.query(`insert into ${table} (${names.join(', ')}) values (${names.map((_, n) => `$${n + 1}`).join(', ')})`, values)
}
const person = async (name: string, change: { owner?: string; waiting?: number | null; last?: number; merged?: string } = {}) => {
  await insert('contact', { id: `con_${name}`, name, country: 'FR', created_at: NOON, merged_into: change.merged ?? null })
  await insert('identity', {
    key: `whatsapp:+33${name}`,
    contact_id: change.merged ?? `con_${name}`,
    kind: 'whatsapp',
    value: `+33${name}`,
    created_at: NOON,
  })
  await insert('conversation', {
    id: `cnv_${name}`,
    contact_id: `con_${name}`,
    owner: change.owner ?? 'journey',
    epoch: 0,
    state: {},
    last_at: change.last ?? NOON,
    waiting_since: change.waiting ?? null,
  })
}
const message = (id: string, whose: string, change: Record<string, unknown> = {}) =>
  insert('message', {
    id: `msg_${id}`,
    contact_id: `con_${whose}`,
    conversation_id: `cnv_${whose}`,
    channel: 'whatsapp',
    direction: 'in',
    at: NOON,
    author: 'customer',
    content: { type: 'text', text: id },
    status: 'received',
    ...change,
  })

/** Every id of a list, read page by page. */
const walk = async (read: (request: PageRequest) => Promise<Page<{ id: string }>>, limit: number): Promise<string[]> => {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const page: Page<{ id: string }> = await read({ limit, cursor })
    ids.push(...page.items.map((item) => item.id))
    cursor = page.next
  } while (cursor !== null)
  return ids
}

describe('conversations', () => {
  beforeAll(async () => {
    // Equal times on purpose: a page may end between two of them.
    for (let n = 0; n < 9; n++)
      await person(`c${n}`, { last: NOON + (n >> 1), owner: n % 3 ? 'journey' : 'agents', waiting: n % 3 ? null : NOON + n })
    await person('gone', { merged: 'con_c1', last: NOON + 99 })
    await message('hello', 'c8')
    await message('later', 'c8', { at: NOON + 5, channel: 'sms' })
  })

  it.each([1, 2, 3, 4, 100])('come newest first, each once, in pages of %i, without those merged away', async (limit) => {
    expect(await walk((request) => reading.conversations(request), limit)).toEqual(
      ['c8', 'c6', 'c7', 'c4', 'c5', 'c2', 'c3', 'c0', 'c1'].map((name) => `cnv_${name}`),
    )
  })

  it.each([1, 2, 100])('come by who waits longest, in pages of %i', async (limit) => {
    expect(await walk((request) => reading.conversations({ ...request, waiting: true }), limit)).toEqual(['cnv_c0', 'cnv_c3', 'cnv_c6'])
  })

  it.each([
    ['agents', ['cnv_c6', 'cnv_c3', 'cnv_c0']],
    ['journey', ['cnv_c8', 'cnv_c7', 'cnv_c4', 'cnv_c5', 'cnv_c2', 'cnv_c1']],
    ['agent:nobody', []],
  ])('of %s are only theirs', async (owner, ids) => {
    expect(await walk((request) => reading.conversations({ ...request, owner }), 2)).toEqual(ids)
  })

  it('tell what was said last, and when the customer last wrote on each channel', async () => {
    const conversation = await reading.conversation(asId<ConversationId>('cnv_c8'))
    expect(conversation).toMatchObject({
      name: 'c8',
      last: { id: 'msg_later', channel: 'sms' },
      addresses: [{ kind: 'whatsapp', value: '+33c8' }],
    })
    expect(conversation?.heard).toEqual([
      { channel: 'sms', at: NOON + 5 },
      { channel: 'whatsapp', at: NOON },
    ])
    expect(await reading.conversation(asId<ConversationId>('cnv_none'))).toBeNull()
  })

  it.each([
    'x',
    Buffer.from('[1]').toString('base64url'),
    Buffer.from('["a","b"]').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
  ])('refuse the foreign cursor %s', async (cursor) => {
    await expect(reading.conversations({ limit: 1, cursor })).rejects.toThrow(RelaisError)
  })
})

describe('contacts', () => {
  it('are found by address, with or without its kind, and by an id that was merged away', async () => {
    const byKind = await reading.contacts({ limit: 10, cursor: null, address: 'whatsapp:+33c2' })
    const bare = await reading.contacts({ limit: 10, cursor: null, address: '+33c2' })
    expect([byKind.items.map((one) => one.id), bare.items.map((one) => one.id)]).toEqual([['con_c2'], ['con_c2']])
    expect((await reading.contact(asId<ContactId>('con_gone')))?.id).toBe('con_c1')
    expect(await walk((request) => reading.contacts(request), 4)).toHaveLength(9)
  })

  it('show the latest consent of each kind and category', async () => {
    const consent = (given: boolean, words: string) =>
      insert('consent', { contact_id: 'con_c3', channel_kind: 'whatsapp', category: 'marketing', given, at: NOON, words, source: 'api' })
    await consent(true, 'Oui')
    await consent(false, 'STOP')
    expect((await reading.contact(asId<ContactId>('con_c3')))?.consents).toEqual([
      { channelKind: 'whatsapp', category: 'marketing', state: 'revoked', at: NOON, words: 'STOP', proof: null, source: 'api' },
    ])
  })
})

describe('messages', () => {
  it('of a thread come newest first, each once, though many share an instant', async () => {
    for (let n = 0; n < 7; n++) await message(`t${n}`, 'c4', { at: NOON + (n >> 2) })
    expect(await walk((request) => reading.messages(asId<ConversationId>('cnv_c4'), request), 2)).toEqual(
      ['t6', 't5', 't4', 't3', 't2', 't1', 't0'].map((id) => `msg_${id}`),
    )
  })

  it('are explained with every decision, its situation, and every try', async () => {
    await insert('channel', { id: 'whatsapp', kind: 'whatsapp', changed_at: NOON })
    for (const [n, text] of ['Bonjour', 'Et les bagages ?'].entries())
      await message(`asked${n}`, 'c5', { at: NOON - 2 + n, content: { type: 'text', text } })
    await message('why', 'c5', { direction: 'out', author: 'engine:faq', status: 'sent', decision_id: 'dec_2', sent_at: NOON + 3 })
    await insert('situation', { digest: 's1', content: { message: { category: 'service' } } })
    for (const [n, outcome] of ['postpone', 'allow'].entries())
      await insert('decision', {
        id: `dec_${n + 1}`,
        message_id: 'msg_why',
        contact_id: 'con_c5',
        at: NOON + n,
        outcome,
        intent: { purpose: 'service' },
        amend: {},
        until: n ? null : NOON + 1,
        rulings: [],
        price: { known: false },
        situation: 's1',
        rulebook: 'r1',
      })
    await insert('attempt', {
      id: 'att_1',
      message_id: 'msg_why',
      contact_id: 'con_c5',
      channel: 'whatsapp',
      decision_id: 'dec_2',
      at: NOON + 2,
      result: 'accepted',
      settled_at: NOON + 3,
    })
    const data = await reading.explanation(asId<MessageId>('msg_why'))
    expect(data).toMatchObject({
      answered: { text: 'Et les bagages ?' },
      country: 'FR',
      channelKind: 'whatsapp',
      message: { id: 'msg_why', sentAt: NOON + 3, decisionId: 'dec_2' },
      decisions: [
        { outcome: 'postpone', until: NOON + 1, situation: { message: { category: 'service' } } },
        { outcome: 'allow', until: null },
      ],
      attempts: [{ id: 'att_1', result: 'accepted', settledAt: NOON + 3 }],
    })
    expect(await reading.decision(asId<DecisionId>('dec_1'))).toMatchObject({ messageId: 'msg_why', rulebook: 'r1' })
    expect((await reading.explanation(asId<MessageId>('msg_asked1')))?.answered).toBeNull()
    expect(await reading.explanation(asId<MessageId>('msg_none'))).toBeNull()
    await insert('rulebook', { digest: 'r1', at: NOON, content: [{ path: 'a.yaml', source: '{}' }] })
    expect(await reading.rulebook(asId<Digest>('r1'))).toEqual([{ path: 'a.yaml', source: '{}' }])
    expect(await reading.rulebook(asId<Digest>('r2'))).toBeNull()
  })
})

describe('the journal', () => {
  const write = (sql: Pick<Connection, 'query'>, name: string) =>
    sql.query('insert into event (id, kind, at, received) values ($1, $2, $3, $3) returning seq', [name, 'message.read', NOON])
  /** Reads until there are `count` lines: a transaction of another test's database holds the journal back for its moment too. */
  const names = async (after: string, count = 0) => {
    for (;;) {
      const { entries, position } = await reading.journal(after, 100)
      if (entries.length >= count) return { ids: entries.map((entry) => entry.id as string), position, entries }
    }
  }

  it('gives a line that was numbered early and committed late, and none twice', async () => {
    const start = await reading.journalPosition(null)
    await write(connection, 'before')
    const slow = await connection.pool.connect()
    await slow.query('begin')
    // The slow transaction has its number first …
    await slow.query(`insert into event (id, kind, at, received) values ('slow', 'message.read', ${NOON}, ${NOON})`)
    await write(connection, 'quick')
    const first = await names(start, 1)
    // … so what was committed after it began has to wait for it.
    expect(first.ids).toEqual(['before'])
    await slow.query('commit')
    slow.release()
    const second = await names(first.position, 2)
    expect(second.ids.sort()).toEqual(['quick', 'slow'])
    expect((await names(second.position)).ids).toEqual([])
  })

  it('gives a line with a lower number that a later transaction wrote', async () => {
    const start = await reading.journalPosition(null)
    const early = await connection.pool.connect()
    await early.query('begin')
    // Takes a number, but writes (and so gets its place among transactions) only later.
    const [row] = (await early.query(`select nextval('event_seq_seq') as seq`)).rows
    await write(connection, 'higher')
    const first = await names(start, 1)
    expect(first.ids).toEqual(['higher'])
    await early.query(`insert into event (seq, id, kind, at, received) values (${row.seq}, 'lower', 'message.read', ${NOON}, ${NOON})`)
    await early.query('commit')
    early.release()
    expect((await names(first.position, 1)).ids).toEqual(['lower'])
  })

  it('resumes after a line by its number', async () => {
    const start = await reading.journalPosition(null)
    for (const name of ['r1', 'r2', 'r3']) await write(connection, name)
    const { entries } = await names(start, 3)
    const second = entries.find((entry) => entry.id === 'r2')
    expect((await names(await reading.journalPosition(second?.seq ?? 0))).ids).toEqual(['r3'])
    expect((await names(await reading.journalPosition(0))).ids).toContain('before')
    expect((await names(await reading.journalPosition(999_999_999_999))).ids).toEqual([])
  })

  it('goes by the number of the writing transaction, not by how it is spelt', async () => {
    const start = await reading.journalPosition(null)
    // Written as transactions 9 and 10 of long ago would have been.
    for (const [name, xid] of [
      ['ten', '10'],
      ['nine', '9'],
    ])
      await connection.query("insert into event (id, kind, at, received, xid) values ($1, 'message.read', $2, $2, $3::text::xid8)", [
        name,
        NOON,
        xid,
      ])
    expect((await names('0.0', 2)).ids.slice(0, 2)).toEqual(['nine', 'ten'])
    expect(await reading.journalPosition(null)).toBe(start)
  })

  it('compares its places as text', async () => {
    const { entries } = await names(await reading.journalPosition(0))
    const places = entries.map((entry) => entry.position)
    expect(places).toEqual([...places].sort())
  })
})

describe('the state', () => {
  it('counts what waits, is set aside and queues', async () => {
    await insert('pending', {
      id: 'evt_p1',
      contact_id: 'con_c0',
      kind: 'message',
      at: NOON,
      received: NOON,
      due_at: NOON - 4_000,
      body: {},
    })
    await insert('pending', { id: 'evt_p2', contact_id: 'con_c0', kind: 'timer', at: NOON, received: NOON, due_at: NOON + 4_000, body: {} })
    await insert('outbox', {
      message_id: 'msg_why',
      contact_id: 'con_c5',
      channel: 'whatsapp',
      head: true,
      due_at: NOON,
      epoch: 0,
      automatic: true,
      category: 'service',
      state: 'unknown',
      decision_id: 'dec_2',
      body: {},
    })
    await insert('poison', { id: 'evt_bad', contact_id: '', kind: 'message', at: NOON, set_aside_at: NOON, error: 'rotten', body: {} })
    expect(await reading.gauges(NOON)).toMatchObject({
      pending: { due: 1, oldestMs: 4_000, later: 1 },
      outbox: [{ channel: 'whatsapp', state: 'unknown', count: 1 }],
      poison: 1,
      waiting: { count: 3, longestMs: 0 },
      channels: [{ id: 'whatsapp', health: 'healthy', paused: false }],
    })
    expect((await reading.poison({ limit: 10, cursor: null })).items).toMatchObject([{ id: 'evt_bad', contactId: null, error: 'rotten' }])
    expect([...(await reading.waiting([asId<EventId>('evt_p1'), asId<EventId>('evt_done')]))]).toEqual(['evt_p1'])
  })

  it('shows channels with their templates', async () => {
    await insert('template', {
      channel: 'whatsapp',
      name: 'reminder',
      language: 'fr',
      state: 'paused',
      reason: 'quality',
      changed_at: NOON,
    })
    expect(await reading.channels()).toMatchObject([
      { id: asId<ChannelId>('whatsapp'), templates: [{ name: 'reminder', language: 'fr', state: 'paused', reason: 'quality' }] },
    ])
  })
})
