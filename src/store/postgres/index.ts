/** The store on PostgreSQL: one statement a need, each in its file. */
import type { ChannelId, Digest, Ids } from '../../core/ids.ts'
import type { Log } from '../../core/ports.ts'
import type { Spent, Store } from '../../core/store.ts'
import type { Connection, Sql } from '../connection.ts'
import { append } from './append.ts'
import { closeChannels, loadChannels } from './channels.ts'
import { claim, passStopped, settle, takeLease } from './dispatch.ts'
import { changeEngine } from './engines.ts'
import { claimJobs, finishJob, lostJobs, postponeJob } from './jobs.ts'
import { adoptReceipts } from './receipts.ts'
import { forget } from './retention.ts'
import { strand } from './strand.ts'
import { readPauses, releaseHeld, turnSwitch } from './switches.ts'
import { turn } from './turn.ts'
import { join } from './workers.ts'

type Setup = Parameters<Store['register']>[0]

const NEXT_EVENT = `
select min(due) as due from (
  (select 0 as due from pending where due_at <= received limit 1) union all
  (select due_at from pending where due_at > received order by due_at limit 1)) d`
const NEXT_SEND = `
select o.due_at as due from outbox o join channel c on c.id = o.channel
where o.channel = $1 and o.head and o.state = 'queued' and c.health <> 'cut' and not c.paused order by o.due_at limit 1`
const OPENINGS = `
select count(*)::int as count, min(at) as oldest from (
  select max(o.at) as at from opening o join channel c on c.id = o.channel
  where c.kind = (select kind from channel where id = $1) and o.at > $2 group by o.contact_id) people`
const KNOW_ENGINES = 'insert into engine (id, changed_at) select unnest($1::text[]), $2 on conflict (id) do nothing'
const REGISTER = 'insert into channel (id, kind, changed_at) values ($1, $2, $3) on conflict (id) do update set kind = excluded.kind'
/** One start after the other, so that of two with the same new rulebook one tells it. */
const LOCK_RULEBOOK = 'lock table rulebook in share row exclusive mode'
const LAST_RULEBOOK = 'select digest from rulebook order by at desc, digest limit 1'
// `at`: when it was last started with.
const KEEP_RULEBOOK =
  'insert into rulebook (digest, at, content) values ($1, $2, $3) on conflict (digest) do update set at = greatest(rulebook.at, excluded.at)'
const RULEBOOK_CHANGED = "insert into event (id, kind, at, received, data) values ($1, 'rulebook.changed', $2, $2, $3)"
const KEEP_JOURNEY = 'insert into journey_version (digest, at, content) values ($1, $2, $3) on conflict (digest) do nothing'
const DELIVERY = `
select count(*)::int as accepted, (count(*) filter (where coalesce(delivered_at, read_at, failed_at) is not null))::int as told
from message where id = any(array(select message_id from attempt where channel = $1 and result = 'accepted' and at >= $2 and at < $3))`
const KEEP_MEDIA = 'insert into media (digest, mime, bytes, at) values ($1, $2, $3, $4) on conflict (digest) do nothing'

const keepRulebook = async (sql: Sql, { digest, content }: Setup['rulebook'], ids: Ids, at: number): Promise<void> => {
  await sql.query(LOCK_RULEBOOK)
  const [last] = await sql.query<{ digest: Digest }>(LAST_RULEBOOK)
  await sql.query(KEEP_RULEBOOK, [digest, at, JSON.stringify(content)])
  if (last && last.digest !== digest) await sql.query(RULEBOOK_CHANGED, [ids('evt'), at, { digest, former: last.digest }])
}

// The attempt is committed before its first byte: whatever may have left is in the sum, whoever sent it.
const SPENT = `
select a.contact_id as contact, d.price ->> 'currency' as currency, sum((d.price ->> 'amount')::numeric)::text as amount
from attempt a join decision d on d.id = a.decision_id
where a.channel = $1 and a.at >= $2 and (a.result is null or a.result in ('accepted', 'unknown')) and d.price ->> 'amount' is not null
group by 1, 2`

/** `onLost` is called when this worker lost its place among the living: it holds no channel any more. */
export const openStore = async (
  connection: Connection,
  options: { worker: string; ids: Ids; at: number; log: Log; onLost?: () => void },
): Promise<Store & { readonly hold: (name: string) => Promise<boolean>; leave(): Promise<void> }> => {
  const { worker, ids, log } = options
  const presence = await join(connection, worker, options.at, log, options.onLost ?? (() => {}))
  // Before the first turn: an event that kills whoever decides on it would otherwise kill again before its deaths are counted.
  await presence.sweep(options.at)
  return {
    append: (arrivals, at) => append(connection, arrivals, ids, at),
    turn: (request, decide) => turn(connection, worker, request, decide),
    nextEvent: async () => (await connection.query<{ due: number | null }>(NEXT_EVENT))[0]?.due ?? null,
    nextSend: async (channel) => (await connection.query<{ due: number | null }>(NEXT_SEND, [channel]))[0]?.due ?? null,
    lease: async (channel, at) => ((await presence.hold(channel)) ? takeLease(connection, channel, at) : null),
    claim: (request, gate) => claim(connection, request, gate),
    settle: (settlements) => settle(connection, settlements),
    openings: async (channel, since) =>
      (await connection.query<{ count: number; oldest: number | null }>(OPENINGS, [channel, since]))[0] ?? { count: 0, oldest: null },
    spent: (channel, since) => connection.query<Spent>(SPENT, [channel, since]),
    claimJobs: (request) => claimJobs(connection, worker, request),
    finishJob: (job, event) => finishJob(connection, job, event),
    lostJobs: (jobs) => lostJobs(connection, worker, jobs),
    postponeJob: (job, dueAt) => postponeJob(connection, worker, job, dueAt),
    strand: (at, limit) => strand(connection, at, limit),
    sweep: async (at) => {
      await presence.sweep(at)
      await connection.transaction((sql) => adoptReceipts(sql, null, at))
      await passStopped(connection)
      await releaseHeld(connection, at)
      await forget(connection, at)
    },
    place: async (channel) =>
      (await connection.query<{ place: string | null }>('select place from channel where id = $1', [channel]))[0]?.place ?? null,
    keepPlace: async (channel, place) => {
      await connection.query('update channel set place = $2 where id = $1', [channel, place])
    },
    channels: () => loadChannels(connection),
    turnSwitch: (change, when) => turnSwitch(connection, change, when),
    pauses: () => readPauses(connection),
    delivery: async (channel, from, to) =>
      (await connection.query<{ accepted: number; told: number }>(DELIVERY, [channel, from, to]))[0] ?? { accepted: 0, told: 0 },
    engineChanged: (change) => changeEngine(connection, change),
    register: (setup, at) =>
      connection.transaction(async (sql) => {
        for (const { id, kind } of setup.channels) await sql.query(REGISTER, [id, kind, at])
        await closeChannels(sql, new Set(setup.channels.map((channel) => channel.id)), ids, at)
        if (setup.engines?.length) await sql.query(KNOW_ENGINES, [setup.engines, at])
        await keepRulebook(sql, setup.rulebook, ids, at)
        for (const { digest, content } of setup.journeys) await sql.query(KEEP_JOURNEY, [digest, at, content])
      }),
    journeyVersions: async () =>
      (await connection.query<{ content: unknown }>('select content from journey_version')).map((row) => row.content),
    keepMedia: async (media) => {
      await connection.query(KEEP_MEDIA, [media.digest, media.mime, media.bytes, media.at])
    },
    hold: (name) => presence.hold(name as ChannelId),
    leave: () => presence.leave(),
  }
}
