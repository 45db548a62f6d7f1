import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../tests/support/postgres.ts'
import type { Access } from '../../core/access.ts'
import { asId, type EventId, type MessageId } from '../../core/ids.ts'
import { type Connection, connect } from '../connection.ts'
import { createAccess } from './index.ts'

const NOON = Date.UTC(2026, 10, 22, 11)
let database: FreshDatabase
let connection: Connection
let access: Access

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect({ config: { connectionString: database.connectionString } })
  access = createAccess(connection)
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

describe('keys', () => {
  it('are named after their owner, each name once, and found by the digest of their secret', async () => {
    const first = await access.createKey({ name: 'Zoë Martin', role: 'agent', hash: 'h1' }, NOON)
    const second = await access.createKey({ name: 'Zoé Martin', role: 'agent', hash: 'h2' }, NOON)
    expect([first.id, second.id]).toEqual(['zoe-martin', 'zoe-martin-2'])
    expect(await access.findKey('h2')).toEqual(second)
    expect(await access.findKey('h3')).toBeNull()
  })

  it('once revoked open nothing, and end the sessions they opened', async () => {
    await access.openSession({ hash: 's1', key: 'zoe-martin', expiresAt: NOON + 1_000 }, NOON)
    expect((await access.findSession('s1', NOON))?.id).toBe('zoe-martin')
    expect(await access.findSession('s1', NOON + 1_000)).toBeNull()
    expect(await access.revokeKey('zoe-martin', NOON)).toBe(true)
    expect(await access.revokeKey('zoe-martin', NOON)).toBe(false)
    expect([await access.findKey('h1'), await access.findSession('s1', NOON)]).toEqual([null, null])
    const audit = await connection.query<{ action: string }>('select action from audit order by seq')
    expect(audit.map((row) => row.action)).toEqual(['key.create', 'key.create', 'key.revoke'])
  })
})

describe('a repeated call', () => {
  const reserved = (n: number) => ({ event: asId<EventId>(`evt_${n}`), message: asId<MessageId>(`msg_${n}`) })
  const begin = (key: string, n: number, at = NOON, fingerprint = 'f') => access.begin({ key, fingerprint, reserved: reserved(n) }, at)

  it('has one winner among many at once', async () => {
    const begun = await Promise.all(Array.from({ length: 8 }, (_, n) => begin('k1', n)))
    expect(begun.map((one) => one.type).sort()).toEqual([...Array(7).fill('busy'), 'fresh'])
  })

  it('gets the first one’s answer; another request under its key does not', async () => {
    await access.finish('k1', { status: 202, body: { id: 'é' } })
    expect(await begin('k1', 9)).toEqual({ type: 'done', answer: { status: 202, body: { id: 'é' } } })
    expect(await begin('k1', 9, NOON, 'other')).toEqual({ type: 'different' })
  })

  it('takes over a failed one at once and a dead one after a minute, with the ids it was given', async () => {
    await begin('k2', 1)
    expect(await begin('k2', 2, NOON + 60_000)).toEqual({ type: 'busy' })
    expect(await begin('k2', 3, NOON + 60_001)).toEqual({ type: 'fresh', reserved: reserved(1) })
    await access.release('k2')
    expect(await begin('k2', 4, NOON + 60_002)).toEqual({ type: 'fresh', reserved: reserved(1) })
  })

  it('is forgotten after its time', async () => {
    await access.prune(NOON + 1, NOON)
    expect(await begin('k1', 5)).toEqual({ type: 'fresh', reserved: reserved(5) })
  })
})
