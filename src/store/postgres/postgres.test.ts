import { expect, it } from 'vitest'
import { freshDatabase } from '../../../tests/support/postgres.ts'
import type { MessageId } from '../../core/ids.ts'
import type { ReceiptArrival } from '../../core/store.ts'
import { type Connection, connect } from '../connection.ts'
import {
  arrive,
  att,
  came,
  claimed,
  jobRow,
  leased,
  msg,
  nothing,
  open,
  queued,
  RESULTS,
  receipt,
  sendAll,
  sent,
  T0,
  takeJobs,
  turn,
  type Worker,
  wamid,
  wrote,
} from '../contract/bench.ts'
import { countedIds, storeContract } from '../contract/index.ts'
import { postgresBench } from '../contract/postgres-bench.ts'
import { raiseReceipts } from './receipts.ts'

storeContract({ make: async () => postgresBench(await freshDatabase(), countedIds()) })

it('results and receipts of the same messages do not wait for each other in a circle', async () => {
  const database = await freshDatabase()
  const bench = postgresBench(database, countedIds())
  const onlooker = connect({ config: { connectionString: database.connectionString }, size: 1 })
  try {
    const worker = await open(bench)
    const { store } = worker
    const lease = await leased(store)
    for (let round = 0; round < 10; round++) {
      const names = Array.from({ length: 40 }, (_, n) => `r${round}n${n}`)
      for (const name of names) await queued(store, `+33${name}`, [name])
      const heads = await claimed(store, lease, sendAll)
      const nameOf = (head: (typeof heads)[number]) => head.head.message.slice('msg_'.length)
      const told = heads.map((head) => receipt('sent', { target: wamid(nameOf(head)), attempt: head.attempt }))
      const results = heads.map((head) => came(head, RESULTS.accepted(nameOf(head)))).toReversed()
      const halves = [0, 20].map((from) => [told.slice(from, from + 20), results.slice(from, from + 20)] as const)
      await Promise.all(halves.flatMap(([receipts, settlements]) => [arrive(store, { receipts }), store.settle(settlements)]))
    }
    // A session's counts are told for certain when it ends.
    await worker.die()
    const [row] = await onlooker.query<{ deadlocks: number }>(
      'select deadlocks::int from pg_stat_database where datname = current_database()',
    )
    expect(row?.deadlocks).toBe(0)
  } finally {
    await onlooker.close()
    await bench.close()
  }
})

/** A store with an onlooker beside it. */
const beside = async (show: (worker: Worker, onlooker: Connection, dump: ReturnType<typeof postgresBench>['dump']) => Promise<void>) => {
  const database = await freshDatabase()
  const bench = postgresBench(database, countedIds())
  const onlooker = connect({ config: { connectionString: database.connectionString } })
  try {
    await show(await open(bench), onlooker, bench.dump)
  } finally {
    await onlooker.close()
    await bench.close()
  }
}

/** Statements of this database that wait for a lock. */
const WAITING = "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"

const waiting = async (onlooker: Connection, count: number) => {
  while ((await onlooker.query(WAITING)).length < count) await new Promise((resolve) => setTimeout(resolve, 5))
}

const LATE = T0 + 120_000
const HOLD = 'select from message where id = $1 for no key update'

const whileHeld = (
  onlooker: Connection,
  message: MessageId,
  work: (sql: Parameters<Parameters<Connection['transaction']>[0]>[0]) => Promise<void>,
) =>
  onlooker.transaction(async (sql) => {
    await sql.query(HOLD, [message])
    await work(sql)
  })

const told = (status: ReceiptArrival['status']) => receipt(status, { target: wamid('a'), attempt: att('a') })

it('a receipt that waits while its send is called unknown reconciles it', () =>
  beside(async ({ store }, onlooker, dump) => {
    await queued(store, '+33600000001', ['a'])
    const [head] = await claimed(store, await leased(store))
    if (!head) throw new Error('Nothing was claimed.')
    let both: Promise<unknown> = Promise.resolve()
    await whileHeld(onlooker, msg('a'), async () => {
      const settling = store.settle([came(head, RESULTS.unknown())])
      await waiting(onlooker, 1)
      both = Promise.all([settling, arrive(store, { receipts: [told('delivered')] })])
      await waiting(onlooker, 2)
    })
    await both
    const kinds = (await dump()).pending.map((event) => event.kind)
    expect(kinds).toContain('send.reconciled')
  }))

it('does not send a second time what a receipt tells of while it is claimed', () =>
  beside(async ({ store }, onlooker, dump) => {
    await queued(store, '+33600000001', ['a'])
    const lease = await leased(store)
    await sent(store, lease, RESULTS.unknown)
    await turn(store, (loaded) => ({ ...nothing(loaded), resend: [{ message: msg('a'), dueAt: LATE }] }), LATE)
    let again: ReturnType<typeof claimed> = Promise.resolve([])
    await whileHeld(onlooker, msg('a'), async (sql) => {
      again = claimed(store, lease, sendAll, LATE)
      await waiting(onlooker, 1)
      raiseReceipts(sql, [told('sent'), told('delivered')], LATE)
    })
    expect(await again).toEqual([])
    expect((await dump()).messages.filter((row) => row.direction === 'out')).toMatchObject([{ status: 'delivered' }])
    expect((await dump()).pending.map((event) => event.kind)).toContain('send.reconciled')
  }))

it('a merge that waits for a turn of the other contact sees what that turn decided', () =>
  beside(async ({ store }, onlooker, dump) => {
    await queued(store, '+33600000001', ['a'])
    const other = await queued(store, '+33600000002', ['b'])
    await arrive(store, { contacts: [wrote(['+33600000001', '+33600000002'], 'same')] })
    let merging: Promise<unknown> = Promise.resolve()
    await onlooker.transaction(async (sql) => {
      await sql.query('select from contact where id = $1 for no key update', [other])
      merging = turn(store)
      await waiting(onlooker, 1)
      await sql.query("update conversation set owner = 'agents', epoch = 4 where contact_id = $1", [other])
    })
    await merging
    expect((await dump()).conversations[0]).toMatchObject({ owner: 'agents', epoch: 5 })
  }))

it('a receipt whose message becomes known while it is looked up takes nothing from another', () =>
  beside(async ({ store }, onlooker, dump) => {
    await queued(store, '+33600000001', ['a'])
    const [head] = await claimed(store, await leased(store))
    if (!head) throw new Error('Nothing was claimed.')
    const about = (status: ReceiptArrival['status']) => [receipt(status, { target: wamid('a') })]
    await onlooker.transaction(async (slow) => {
      const statements: Parameters<typeof slow.send>[] = []
      raiseReceipts({ ...slow, send: (...statement) => void statements.push(statement) }, about('delivered'), T0)
      const [lock, raise] = statements as [Parameters<typeof slow.send>, Parameters<typeof slow.send>]
      await slow.query(...lock)
      await store.settle([came(head, RESULTS.accepted('a'))])
      await onlooker.transaction(async (quick) => {
        raiseReceipts(quick, about('read'), T0)
        await quick.query('select')
        slow.send(...raise)
        await waiting(onlooker, 1)
      })
    })
    expect((await dump()).messages.filter((row) => row.direction === 'out')).toMatchObject([
      { status: 'read', deliveredAt: T0 + 2, readAt: T0 + 3 },
    ])
  }))

it('gives no job to a worker that was buried and has not noticed: nobody would free it again', () =>
  beside(async ({ store }, onlooker, dump) => {
    await arrive(store, { contacts: [wrote('+33600000001', 'question')] })
    await turn(store, (loaded) => ({ ...nothing(loaded), jobs: [jobRow('think', loaded.epoch)] }))
    await onlooker.query('delete from worker')
    expect(await takeJobs(store)).toEqual([])
    expect((await dump()).jobs).toMatchObject([{ worker: null, tries: 0 }])
  }))
