import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../tests/support/postgres.ts'
import { asId, type ChannelId, type ContactId, type MessageId, type VisitorId } from '../../core/ids.ts'
import type { NewVisitor, Visitors } from '../../core/visitor.ts'
import { type Connection, connect } from '../connection.ts'
import { createReading } from '../reading/index.ts'
import { createVisitors, END_ALL } from './index.ts'

const NOON = Date.UTC(2026, 10, 22, 11)
const SITE = asId<ChannelId>('site')
const CONTACT = asId<ContactId>('con_1')
const LATER = NOON + 1_000_000
let database: FreshDatabase
let connection: Connection
let visitors: Visitors

const visit = (some: Partial<NewVisitor>): NewVisitor => ({
  id: asId<VisitorId>('vis_1'),
  channel: SITE,
  hash: 'one',
  since: NOON,
  shows: 'own',
  expiresAt: LATER,
  ...some,
})
const say = (id: string, channel: string, at: number, direction = 'in', status = 'received') =>
  connection.query(
    `insert into message (id, contact_id, conversation_id, channel, direction, at, author, content, status)
     values ($1, 'con_1', 'cnv_1', $2, $5, $3, 'customer', $4, $6)`,
    [id, channel, at, { type: 'text', text: id }, direction, status],
  )
const found = async (hash: string) => {
  const visitor = await visitors.find(hash, SITE, NOON + 1)
  if (!visitor) throw new Error('unknown')
  return visitor
}
const seenBy = async (hash: string) => (await visitors.messages(await found(hash), { limit: 50, cursor: null })).items.map(({ id }) => id)

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect({ config: { connectionString: database.connectionString }, size: 4 })
  visitors = createVisitors(connection)
  await connection.query("insert into contact (id, created_at) values ('con_1', 1)")
  await connection.query(
    "insert into conversation (id, contact_id, owner, epoch, state, last_at) values ('cnv_1', 'con_1', 'engine', 0, 'null', 1)",
  )
  await say('msg_phone', 'whatsapp', NOON - 3)
  await say('msg_before', 'site', NOON - 2)
  await say('msg_in', 'site', NOON)
  await say('msg_out', 'site', NOON + 1, 'out', 'accepted')
  await say('msg_call', 'calls', NOON + 1, 'out', 'accepted')
  await connection.query('update message set content = \'{"type":"call","text":"Rappeler"}\' where id = \'msg_call\'')
  await say('msg_draft', 'site', NOON + 2, 'out', 'held')
  await say('msg_other', 'whatsapp', NOON + 3, 'out', 'delivered')
  await visitors.make(visit({ contact: CONTACT }), NOON)
  await visitors.make(visit({ id: asId('vis_2'), hash: 'two', shows: 'thread', contact: CONTACT }), NOON)
  await visitors.make(visit({ id: asId('vis_3'), hash: 'three' }), NOON)
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

it('finds a visit by its cookie on its own channel alone, and while it lasts', async () => {
  expect(await visitors.find('one', SITE, NOON)).toMatchObject({ id: 'vis_1', contact: CONTACT, conversation: 'cnv_1', owner: 'engine' })
  expect(await visitors.find('one', asId('other'), NOON)).toBeNull()
  expect(await visitors.find('one', SITE, LATER)).toBeNull()
  expect(await visitors.find('nobody', SITE, NOON)).toBeNull()
})

it('shows of one’s own what was said here since the visit began, and no draft', async () => {
  expect(await seenBy('one')).toEqual(['msg_out', 'msg_in'])
  expect(await visitors.carried(await found('one'))).toBe(0)
})

it('shows of the thread what was said on every channel before too', async () => {
  expect(await seenBy('two')).toEqual(['msg_other', 'msg_out', 'msg_in', 'msg_before', 'msg_phone'])
  expect(await visitors.carried(await found('two'))).toBe(3)
})

it('gives no single message to who may not see it', async () => {
  const ids = ['msg_phone', 'msg_before', 'msg_in', 'msg_draft'].map((id) => asId<MessageId>(id))
  expect((await visitors.these(await found('one'), ids)).map(({ id }) => id)).toEqual(['msg_in'])
  expect(await visitors.these(await found('three'), ids)).toEqual([])
})

it('shows nothing to a visitor who has not written', async () => expect(await seenBy('three')).toEqual([]))

it('tells the journal of the end of a visit, and of all of a contact', async () => {
  await visitors.end(asId('vis_1'), NOON + 6)
  expect(await visitors.find('one', SITE, NOON)).toBeNull()
  expect(await connection.query(END_ALL, [CONTACT, NOON + 7])).toHaveLength(1)
  const start = await createReading(connection).journalPosition(0)
  expect((await visitors.journal(CONTACT, start, 10)).map(({ kind }) => kind)).toEqual(['visit.ended', 'visit.ended'])
})

it('forgets visits that are over', async () => {
  await visitors.prune(LATER + 1)
  expect(await visitors.find('three', SITE, NOON)).toBeNull()
})
