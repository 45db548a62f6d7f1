import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../tests/support/postgres.ts'
import { asId, type ChannelId, type ContactId, type Digest, type VisitorId } from '../../core/ids.ts'
import type { Visitors } from '../../core/visitor.ts'
import { type Connection, connect } from '../connection.ts'
import { createVisitors } from './index.ts'

const NOON = Date.UTC(2026, 10, 22, 11)
const SITE = asId<ChannelId>('site')
const [OURS, SHARED, BEFORE] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)]
let database: FreshDatabase
let connection: Connection
let visitors: Visitors

const say = (id: string, channel: string, at: number, content: object, conversation = 'cnv_1') =>
  connection.query(
    `insert into message (id, contact_id, conversation_id, channel, direction, at, author, content, citations, status)
     values ($1, 'con_1', $5, $2, 'in', $3, 'customer', $4, '[{"passage": "bagages#1", "title": "Bagages"}]', 'received')`,
    [id, channel, at, content, conversation],
  )
const text = (words: string) => ({ type: 'text', text: words })
const file = (digest: string) => ({ type: 'media', kind: 'image', media: { digest, mime: 'image/png' } })
const found = async () => {
  const visitor = await visitors.find('one', SITE, NOON + 1)
  if (!visitor) throw new Error('unknown')
  return visitor
}

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect({ config: { connectionString: database.connectionString }, size: 4 })
  visitors = createVisitors(connection)
  await connection.query("insert into contact (id, created_at) values ('con_1', 1)")
  await connection.query(
    `insert into conversation (id, contact_id, owner, epoch, state, last_at)
     values ('cnv_1', 'con_1', 'journey', 0, '{"topic": "VL204518", "journey": {"answers": {"order": "VL204518"}}, "runs": 2}', 1)`,
  )
  await say('msg_phone', 'whatsapp', NOON - 3, text('VL1'))
  await say('msg_before', 'site', NOON - 1, file(BEFORE))
  await say('msg_word', 'site', NOON, text('VL204518'))
  await say('msg_file', 'site', NOON + 1, file(OURS))
  await say('msg_again', 'site', NOON + 2, file(SHARED))
  await say('msg_other', 'site', NOON + 2, file(SHARED), 'cnv_2')
  for (const digest of [OURS, SHARED])
    await connection.query("insert into media (digest, mime, bytes, at) values ($1, 'image/png', 1, 1)", [digest])
  await connection.query(
    `insert into event (id, kind, contact_id, message_id, at, received) values ('evt_1', 'message.received', 'con_1', 'msg_word', 1, 1);
     insert into event_payload (event_id, received, body) values ('evt_1', 1, '{"text": "VL204518"}'::jsonb);
     insert into pending (id, contact_id, channel, kind, at, received, due_at, body) values ('evt_2', 'con_1', 'site', 'message', 1, 1, 1, '{}');
     insert into job (id, contact_id, channel, kind, epoch, due_at, body) values ('job_1', 'con_1', 'site', 'think', 0, 1, '{}')`,
  )
  await visitors.make(
    {
      id: asId<VisitorId>('vis_1'),
      channel: SITE,
      hash: 'one',
      since: NOON,
      shows: 'own',
      expiresAt: NOON + 1_000,
      contact: asId<ContactId>('con_1'),
    },
    NOON,
  )
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

it('finds a file, and what is cited, in what a visitor sees alone', async () => {
  const visitor = await found()
  expect((await visitors.file(visitor, asId<Digest>(OURS)))?.id).toBe('msg_file')
  expect(await visitors.file(visitor, asId<Digest>(BEFORE))).toBeNull()
  expect(await visitors.file(visitor, asId<Digest>('d'.repeat(64)))).toBeNull()
  expect([await visitors.cites(visitor, 'bagages#1'), await visitors.cites(visitor, 'secret#1')]).toEqual([true, false])
})

it('empties what the visitor sees and nothing else, with what waited, and ends the visit', async () => {
  expect(await visitors.erase(await found(), NOON + 5)).toEqual([OURS])
  const rows = await connection.query<{ id: string; empty: boolean }>('select id, content is null as empty from message order by id')
  expect(rows.filter(({ empty }) => empty).map(({ id }) => id)).toEqual(['msg_again', 'msg_file', 'msg_word'])
  const all = JSON.stringify(
    await Promise.all(
      ['conversation', 'event_payload', 'pending', 'job', 'message'].map((table) => connection.query(`select * from ${table}`)),
    ),
  )
  expect(all).not.toContain('VL204518')
  expect(all).toContain('"runs":2')
  expect(await connection.query('select digest from media')).toEqual([{ digest: SHARED }])
  expect(await connection.query('select id from pending union all select id from job')).toEqual([])
  expect(await connection.query('select action, subject, data from audit')).toEqual([
    { action: 'history.erased', subject: 'con_1', data: { channel: 'site', messages: 3 } },
  ])
  expect(await visitors.find('one', SITE, NOON + 6)).toBeNull()
})
