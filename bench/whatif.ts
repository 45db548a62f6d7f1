/** `relais whatif` over a million recorded situations, no two alike: how long the command takes, and how much memory above one with nothing to judge. */
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { situationOf } from '../src/policy/index.ts'
import type { Connection } from '../src/store/connection.ts'
import { marksOf } from '../src/store/marks.ts'
import { openBench } from './server.ts'

const ROOT = join(import.meta.dirname, '..')
const DAY_MS = 86_400_000
const CONTACTS = 100_000

const DIGEST = 'md5(n::text) || md5((n + 1)::text)'
// Thirty days by quarters of an hour, what is left of the window by hours, countries, AI or not: a million that differ.
const SITUATIONS = `
insert into situation (digest, content, marks)
select ${DIGEST}, content, ${marksOf('content')} from (select n, $2::jsonb
  || jsonb_build_object('local', jsonb_build_object('hour', q / 4, 'minute', q % 4 * 15, 'weekday', d % 7 + 1, 'date', '2026-11-' || lpad((d + 1)::text, 2, '0'), 'holiday', false))
  || jsonb_build_object('window', $2::jsonb -> 'window' || jsonb_build_object('secondsLeft', h * 3600))
  || jsonb_build_object('contact', $2::jsonb -> 'contact' || jsonb_build_object('country', c, 'numberCountry', c, 'unanswered', n % 4))
  || jsonb_build_object('message', $2::jsonb -> 'message' || jsonb_build_object('ai', n / 622080 % 2 = 0, 'automatic', n % 5 > 0)) as content
  from (select n, n % 30 as d, n / 30 % 96 as q, n / 2880 % 24 as h, (array['FR','FR','FR','DE','IT','BR','TR','US','IN'])[1 + n / 69120 % 9] as c
    from generate_series(0, $1::int - 1) n) s offset 0) s`
const DECISIONS = `
insert into decision (id, message_id, contact_id, at, outcome, intent, amend, rulings, price, situation, rulebook)
select 'dec_' || n, 'msg_' || n, 'con_' || n % ${CONTACTS}, $2::bigint - 1 - (n % 30) * ${DAY_MS}::bigint, 'allow',
  jsonb_build_object('author', case when n % 3 = 0 then 'journey:menu' else 'engine:main' end, 'category', 'service'), '{}', '[]',
  '{"known": true, "amount": 0.0248, "currency": "EUR", "category": "service"}', ${DIGEST}, 'none'
from generate_series(0, $1::int - 1) n`
const PEOPLE = `
with c as (insert into contact (id, country, created_at) select 'con_' || n, 'FR', 0 from generate_series(0, ${CONTACTS - 1}) n)
insert into identity (key, contact_id, kind, value, created_at)
select k || ':' || n, 'con_' || n, k, n::text, 0 from generate_series(0, ${CONTACTS - 1}) n cross join lateral unnest(case when n % 3 = 0 then array['whatsapp', 'email'] else array['whatsapp'] end) k`

const BARE = [
  'alter table situation drop constraint situation_pkey',
  'alter table decision drop constraint decision_pkey',
  'drop index decision_message',
]
const DRESSED = [
  'alter table situation add primary key (digest)',
  'alter table decision add primary key (id)',
  'create index decision_message on decision (message_id, at)',
]

const fill = async (connection: Connection, count: number, until: number): Promise<void> => {
  const plain = situationOf({ channel: { kind: 'whatsapp', id: 'whatsapp', scope: 'service' } })
  // A million rows one by one into indexes would take longer than all that is measured.
  for (const statement of BARE) await connection.query(statement)
  await connection.query(SITUATIONS, [count, JSON.stringify(plain)])
  await connection.query(DECISIONS, [count, until])
  for (const statement of DRESSED) await connection.query(statement)
  await connection.query(PEOPLE)
  await connection.query('vacuum analyze')
}

/** Seconds of a processor that a process took, with its ended children: one processor shared by many makes a wall clock say little. Linux: proc(5). */
const processorSeconds = async (pid: number | undefined): Promise<number> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const ticks = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
  return ticks.reduce((sum, tick) => sum + Number(tick), 0) / 100
}
/** PostgreSQL's first process, to which those of ended connections are counted. */
const postmasterOf = async (connection: Connection): Promise<number> => {
  const [row] = await connection.query<{ pid: number }>('select pg_backend_pid() as pid')
  const status = await readFile(`/proc/${row?.pid}/status`, 'utf8')
  return Number(/PPid:\s+(\d+)/.exec(status)?.[1])
}

type Run = {
  readonly seconds: number
  /** Processor time of the command, and of PostgreSQL meanwhile. */
  readonly own: number
  readonly database: number
  readonly megabytes: number
  readonly messages: number
  readonly judged: number
}

/** The command as people call it, in a process of its own; its memory is the most it ever held. */
const run = async (databaseUrl: string, postmaster: number, ...range: readonly string[]): Promise<Run> => {
  const began = performance.now()
  const before = await processorSeconds(postmaster)
  const child = spawn(
    process.execPath,
    ['src/cli/main.ts', 'whatif', '--question', 'whatsapp-closes', '--workspace', 'workspaces/demo', ...range, '--json'],
    { cwd: ROOT, env: { ...process.env, DATABASE_URL: databaseUrl }, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let out = ''
  child.stdout.on('data', (data: Buffer) => {
    out += data
  })
  let kilobytes = 0
  let own = 0
  const ended = new Promise<number | null>((done) => child.on('exit', done))
  let over = false
  void ended.then(() => {
    over = true
  })
  while (!over) {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
    own = Math.max(own, await processorSeconds(child.pid))
    kilobytes = Math.max(kilobytes, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0))
    await pause(50)
  }
  if ((await ended) !== 0) throw new Error(`whatif ended with ${await ended}`)
  const seconds = (performance.now() - began) / 1000
  // Its connections end a moment after it.
  await pause(500)
  const database = (await processorSeconds(postmaster)) - before
  const { messages, judged } = JSON.parse(out) as { messages: number; judged: number }
  return { seconds, own, database, megabytes: kilobytes / 1024, messages, judged }
}

export type WhatIfMeasure = Run & { readonly rest: number }

export const measureWhatIf = async (count = 1_000_000): Promise<WhatIfMeasure> => {
  const bench = await openBench()
  const database = await bench.database()
  try {
    const now = Date.now()
    await fill(database.connection, count, now)
    if (import.meta.main) console.error(`filled in ${((Date.now() - now) / 1000).toFixed(0)} s`)
    const postmaster = await postmasterOf(database.connection)
    const rest = await run(database.url, postmaster, '--since', '2020-01-01', '--until', '2020-01-02')
    const whole = await run(database.url, postmaster, '--since', new Date(now - 40 * DAY_MS).toISOString().slice(0, 10))
    return { ...whole, rest: rest.megabytes }
  } finally {
    await database.drop()
    await bench.close()
  }
}

if (import.meta.main) {
  const { seconds, own, database, megabytes, rest, messages, judged } = await measureWhatIf(Number(process.env.COUNT ?? 1_000_000))
  console.log(
    `whatif: ${messages} situations in ${seconds.toFixed(1)} s (must ≤ 30 s), of a processor's time ${own.toFixed(1)} s and PostgreSQL ${database.toFixed(1)} s; ${judged} judged; ${megabytes.toFixed(0)} MB at most, ${rest.toFixed(0)} MB with nothing to judge (must ≤ 300 MB above)`,
  )
}
