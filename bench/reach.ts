/** `relais reach report` over a million contacts: how long the command takes, and how much memory it holds. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Connection } from '../src/store/connection.ts'
import { openBench } from './server.ts'

const ROOT = join(import.meta.dirname, '..')
const DAY_MS = 86_400_000

// Two in three wrote on the number, one in five in the mailbox too; half have a second address, most of those with a consent that some took back.
const STATE = `jsonb_build_object('language', 'fr', 'channel', 'whatsapp', 'disclosed', true, 'topic', 'Où en est mon dossier VL204518, s’il vous plaît ?', 'journey', null, 'runs', 3,
  'marketingRefusedAt', null, 'episode', jsonb_build_object('openedAt', $2::bigint), 'channels', jsonb_build_object(
    'whatsapp', jsonb_build_object('inboundAt', case when n % 3 > 0 then $2::bigint - (n % 200) * ${DAY_MS}::bigint end, 'inbound', 'wamid.' || md5(n::text),
      'address', jsonb_build_object('kind', 'whatsapp', 'value', '+336' || lpad(n::text, 8, '0')), 'referralAt', null, 'freeEntryAt', null, 'unanswered', n % 3),
    'mail', jsonb_build_object('inboundAt', case when n % 5 = 0 then $2::bigint - (n % 90) * ${DAY_MS}::bigint end, 'inbound', '<' || md5(n::text) || '@example.fr>', 'unanswered', 0)))`
const FILL = [
  `insert into contact (id, country, created_at) select 'con_' || n, (array['FR','FR','FR','FR','BE','CH','DE','IT',''])[1 + n % 9], $2 from generate_series(0, $1::int - 1) n`,
  `insert into conversation (id, contact_id, owner, epoch, state, last_at) select 'cnv_' || n, 'con_' || n, 'journey', 0, ${STATE}, $2 from generate_series(0, $1::int - 1) n`,
  `insert into identity (key, contact_id, kind, value, created_at)
   select k || ':' || n, 'con_' || n, k, n::text, $2 from generate_series(0, $1::int - 1) n
   cross join lateral unnest(case n % 4 when 0 then array['whatsapp', 'email'] when 1 then array['whatsapp', 'sms'] else array['whatsapp'] end) k`,
  `insert into consent (contact_id, channel_kind, category, given, at, source)
   select 'con_' || n, case n % 4 when 0 then 'email' else 'sms' end, c, n % 11 > 0 or c = 'marketing', $2, 'import'
   from generate_series(0, $1::int - 1) n cross join lateral unnest(array['service', 'marketing']) c where n % 4 < 2 and n % 7 > 0`,
  `insert into message (id, contact_id, conversation_id, channel, direction, at, author, category, status)
   select 'msg_' || n || d, 'con_' || n, 'cnv_' || n, 'whatsapp', d, $2::bigint - (n % 120) * ${DAY_MS}::bigint,
     case when d = 'in' then 'customer' when n % 4 = 0 then 'journey:menu' else 'engine:main' end, 'service', 'sent'
   from generate_series(0, $1::int - 1) n cross join lateral unnest(array['in', 'out']) d where n % 2 = 0`,
]
const CHANNELS = `insert into channel (id, kind, changed_at) values ('whatsapp', 'whatsapp', $1), ('mail', 'email', $1)`

const fill = async (connection: Connection, count: number, now: number): Promise<void> => {
  for (const statement of FILL) await connection.query(statement, [count, now])
  await connection.query(CHANNELS, [now])
  await connection.query('vacuum analyze')
}

export type ReachMeasure = { readonly people: number; readonly reached: number; readonly seconds: number; readonly megabytes: number }

/** The command as people call it, in a process of its own; its memory is the most it ever held. */
const run = async (databaseUrl: string): Promise<ReachMeasure> => {
  const began = performance.now()
  const child = spawn(process.execPath, ['src/cli/main.ts', 'reach', 'report', '--workspace', 'workspaces/demo', '--json'], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.on('data', (data: Buffer) => {
    out += data
  })
  let [kilobytes, over] = [0, false]
  const ended = once(child, 'exit').then(([code]) => {
    over = true
    return code
  })
  while (!over) {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
    kilobytes = Math.max(kilobytes, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0))
    await pause(50)
  }
  if ((await ended) !== 0) throw new Error(`reach report ended with ${await ended}`)
  const { people, reached } = JSON.parse(out) as { people: number; reached: number }
  return { people, reached, seconds: (performance.now() - began) / 1000, megabytes: kilobytes / 1024 }
}

export const measureReach = async (count = 1_000_000): Promise<ReachMeasure> => {
  const bench = await openBench()
  const database = await bench.database()
  try {
    const now = Date.now()
    await fill(database.connection, count, now)
    if (import.meta.main) console.error(`filled in ${((Date.now() - now) / 1000).toFixed(0)} s`)
    return await run(database.url)
  } finally {
    await database.drop()
    await bench.close()
  }
}

if (import.meta.main) {
  const { people, reached, seconds, megabytes } = await measureReach(Number(process.env.COUNT ?? 1_000_000))
  console.log(
    `reach report: ${people} contacts in ${seconds.toFixed(1)} s (must ≤ 20 s), ${megabytes.toFixed(0)} MB at most; ${reached} reached`,
  )
}
