import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../tests/support/postgres.ts'
import { asId, type CodeId, type MessageId } from '../../core/ids.ts'
import { CODE_TRIES, CODES_AN_HOUR, type CodeStore } from '../../core/one-time-code.ts'
import { type Connection, connect } from '../connection.ts'
import { createCodeStore } from './index.ts'

const NOON = Date.UTC(2026, 10, 22, 11)
const MINUTE = 60_000
let database: FreshDatabase
let connection: Connection
let codes: CodeStore

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect({ config: { connectionString: database.connectionString }, size: 6 })
  codes = createCodeStore(connection)
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

const LIMITS = { hour: 1_000, abroad: 1_000 }
let count = 0
/** A code asked for; gives its id, and how long is to be waited. */
const ask = async (whom: readonly string[], at = NOON, purpose = 'login', { abroad = false, limits = LIMITS } = {}) => {
  count += 1
  const id = asId<CodeId>(`cod_${count}`)
  const request = { id, message: asId<MessageId>(`msg_${count}`), whom, purpose, digits: 6, expiresAt: at + 10 * MINUTE, abroad }
  return { id, request, ...(await codes.open(request, limits, at)) }
}
const right = () => true
const wrong = () => false

it('one valid code per person and purpose: a newer one takes the place, by whatever name they come', async () => {
  const first = await ask(['con_1', 'address a'])
  const other = await ask(['con_1'], NOON + MINUTE, 'payment')
  const second = await ask(['address a'], NOON + 2 * MINUTE)
  expect((await codes.check(first.id, right, NOON + 3 * MINUTE))?.reason).toBe('replaced')
  expect((await codes.check(other.id, right, NOON + 3 * MINUTE))?.valid).toBe(true)
  expect(await codes.check(second.id, right, NOON + 3 * MINUTE)).toMatchObject({ valid: true, purpose: 'login' })
  expect((await codes.check(second.id, right, NOON + 3 * MINUTE))?.reason).toBe('used')
})

it('tries at once are counted one by one: no more than the tries there are, and one right among them is too late', async () => {
  const { id } = await ask(['con_2'])
  const tried = await Promise.all(Array.from({ length: 12 }, () => codes.check(id, wrong, NOON)))
  expect(tried.map((one) => one?.state.triesLeft).sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4])
  expect(tried.filter((one) => one?.reason === 'wrong')).toHaveLength(CODE_TRIES - 1)
  expect((await codes.check(id, right, NOON))?.reason).toBe('no-tries-left')
})

it('of two right tries at once one is valid', async () => {
  const { id } = await ask(['con_3'])
  const both = await Promise.all([codes.check(id, right, NOON), codes.check(id, right, NOON)])
  expect(both.map((one) => one?.valid).sort()).toEqual([false, true])
})

it('a person gets so many an hour and waits a while between two; the refused one replaces nothing', async () => {
  const made = []
  for (let n = 0; n < CODES_AN_HOUR; n++) made.push(await ask(['con_4', 'address d'], NOON + n * MINUTE))
  expect(made.map(({ afterMs }) => afterMs)).toEqual(made.map(() => null))
  expect((await ask(['con_4'], NOON + 6 * MINUTE)).afterMs).toBe(54 * MINUTE)
  expect((await ask(['address d'], NOON + 6 * MINUTE)).afterMs).toBe(54 * MINUTE)
  expect((await codes.check(made.at(-1)?.id ?? asId(''), right, NOON + 7 * MINUTE))?.valid).toBe(true)
  expect((await ask(['con_4'], NOON + 60 * MINUTE)).afterMs).toBeNull()
  expect((await ask(['con_4'], NOON + 60 * MINUTE + 10_000)).afterMs).toBe(MINUTE - 10_000)
})

it('ten asked for at once are one, and the same call again is the same code', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, () => ask(['con_5'])))
  const [only, ...none] = all.filter(({ afterMs }) => afterMs === null)
  expect(none).toEqual([])
  expect(await codes.open(only?.request as never, LIMITS, NOON + 1)).toEqual({ afterMs: null })
  expect((await codes.check(only?.id ?? asId(''), right, NOON + 2))?.valid).toBe(true)
})

it('leaves so often an hour and no oftener, whoever asks, and abroad before that; somebody is told once', async () => {
  const later = NOON + 3 * 60 * MINUTE
  const limits = { hour: 4, abroad: 2 }
  const asked = (n: number, abroad: boolean) => ask([`con_all_${n}`], later + n * MINUTE, 'login', { abroad, limits })
  const told = []
  for (const [n, abroad] of [false, true, true, true, false, false, false].entries()) told.push(await asked(n, abroad))
  expect(told.map((one) => ('limit' in one ? [one.limit, one.afterMs / MINUTE] : 'sent'))).toEqual([
    'sent',
    'sent',
    'sent',
    ['abroad', 58],
    'sent',
    ['hour', 55],
    ['hour', 54],
  ])
  expect(await asked(61, true)).toMatchObject({ afterMs: null })
  const alerts = await connection.query("select data->>'limit' as limit from event where kind = 'alert' order by seq")
  expect(alerts).toEqual([{ limit: 'abroad' }, { limit: 'hour' }])
})

it('is unknown, and later forgotten', async () => {
  expect(await codes.check(asId('cod_nobody'), right, NOON)).toBeNull()
  const { id } = await ask(['con_6'])
  await codes.prune(NOON + 1)
  expect(await codes.check(id, right, NOON)).toBeNull()
})
