import { expect, it } from 'vitest'
import { freshDatabase } from '../../../tests/support/postgres.ts'
import { connect } from '../connection.ts'
import { arrive, came, claimed, leased, open, queued, RESULTS, receipt, sendAll, wamid } from '../contract/bench.ts'
import { countedIds, storeContract } from '../contract/index.ts'
import { postgresBench } from '../contract/postgres-bench.ts'

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
