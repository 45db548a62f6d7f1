/** One message with 1,000,000 stored against 10,000: the same house on two databases, in turn. */
import type { Connection } from '../src/store/connection.ts'
import { createLoad } from './load.ts'
import { median } from './median.ts'
import { openBench, startSubject } from './server.ts'

const FILL = `
insert into message (id, contact_id, conversation_id, channel, direction, at, author, content, status, vendor_id)
select 'msg_' || n, 'con_' || n % 100000, 'cnv_' || n % 100000, 'whatsapp', case when n % 2 = 0 then 'in' else 'out' end, 1760000000000 + n, 'customer',
  '{"type":"text","text":"Bonjour, une question sur mon voyage."}', 'received', 'wamid.stored.' || n from generate_series(1, $1::int) n`
const FILL_EVENTS = `
insert into event (id, kind, contact_id, conversation_id, channel, message_id, at, received)
select 'evt_' || n, 'message.received', 'con_' || n % 100000, 'cnv_' || n % 100000, 'whatsapp', 'msg_' || n, 1760000000000 + n, 1760000000000 + n from generate_series(1, $1::int) n`
const FILL_SEEN = "insert into seen (id, at) select 'evt_' || n, 1760000000000 + n from generate_series(1, $1::int) n"
const FILL_ATTEMPTS = `
insert into attempt (id, message_id, contact_id, channel, decision_id, at, result)
select 'att_' || n, 'msg_' || n, 'con_' || n % 100000, 'whatsapp', 'dec_' || n, 1760000000000 + n, 'accepted' from generate_series(1, $1::int) n`

const fill = async (connection: Connection, count: number) => {
  for (const statement of [FILL, FILL_EVENTS, FILL_SEEN, FILL_ATTEMPTS]) await connection.query(statement, [count])
  await connection.query('vacuum analyze')
}

/** Median milliseconds from webhook to reply, one message at a time. */
export const measureSize = async ({
  rounds = 5,
  ms = 3_000,
} = {}): Promise<{ readonly small: number; readonly large: number; readonly ratio: number }> => {
  const bench = await openBench()
  const load = await createLoad()
  const subjects = []
  try {
    for (const count of [10_000, 1_000_000]) {
      const database = await bench.database()
      await fill(database.connection, count)
      subjects.push({
        database,
        subject: await startSubject('house', { databaseUrl: database.url, apiUrl: load.apiUrl }),
        times: [] as number[],
      })
    }
    for (let round = 0; round <= rounds; round++)
      for (const { subject, times } of subjects) {
        load.aim(subject.url)
        const { p50 } = await load.closed({ contacts: 5_000, atOnce: 1, ms })
        if (round > 0) times.push(p50)
      }
    const [small, large] = subjects.map(({ times }) => times) as [number[], number[]]
    return { small: median(small), large: median(large), ratio: median(large.map((time, n) => time / (small[n] ?? Number.NaN))) }
  } finally {
    for (const { subject, database } of subjects) {
      await subject.stop()
      await database.drop()
    }
    await load.close()
    await bench.close()
  }
}

if (import.meta.main) console.log(await measureSize())
