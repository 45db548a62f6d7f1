import { expect, it } from 'vitest'
import { freshDatabase } from '../../../tests/support/postgres.ts'
import { connect } from '../connection.ts'
import { arrive, countedIds, open, queued, wrote } from '../contract/bench.ts'
import { postgresBench } from '../contract/postgres-bench.ts'
import { mergeContacts } from './merge.ts'

it('merging two contacts reads no table from end to end', async () => {
  const database = await freshDatabase()
  const bench = postgresBench(database, countedIds())
  const connection = connect({ config: { connectionString: database.connectionString } })
  const { store } = await open(bench)
  const into = await queued(store, '+33600000001', ['a'])
  const other = await queued(store, '+33600000002', ['b'])
  await arrive(store, { contacts: [wrote(['+33600000001', '+33600000002'], 'same')] })
  const [event] = (await bench.dump()).pending.filter((row) => row.kind === 'merge')
  const read = await connection.transaction(async (sql) => {
    // So that whatever is still read whole has no index that would serve.
    await sql.query('set local enable_seqscan = off')
    await sql.query('set local enable_bitmapscan = off')
    const before = await sql.query<{ name: string; reads: number }>(SCANS)
    await mergeContacts(sql, [{ into, other, event: event?.id as never }], 0)
    const known = new Map(before.map(({ name, reads }) => [name, reads]))
    return (await sql.query<{ name: string; reads: number }>(SCANS)).filter(({ name, reads }) => reads > (known.get(name) ?? 0))
  })
  expect(read).toEqual([])
  expect((await bench.dump()).contacts.map((row) => row.mergedInto)).toEqual([null, into])
  await connection.close()
  await bench.close()
})

const SCANS = 'select relname as name, seq_scan as reads from pg_stat_xact_user_tables'
