/** Work outside the line. A job belongs to a worker while it runs; a dead worker's jobs are free again (see workers.ts). */
import type { JobId } from '../../core/ids.ts'
import { JOBS_AT_ONCE, type Job, type Store, type TimerRow } from '../../core/store.ts'
import { type Connection, rows } from '../connection.ts'

// The first of each contact and kind that are not done yet: somebody who asks a hundred times stands before others with those alone. Who was
// taken for dead, and does not know it yet, takes none: nobody would free what is theirs once more.
const CLAIM = `
with living as (select from worker where id = $1 for key share), due as (
  select f.id from living cross join json_to_recordset($3) as r(kind text, room int) cross join lateral (
    select j.id from job j
    where j.kind = r.kind and j.due_at <= $2 and (j.worker is null or j.worker = $1 and not j.id = any($4))
      and (select count(*) from (select 1 from job e where e.contact_id = j.contact_id and e.kind = j.kind and (e.due_at, e.id) < (j.due_at, j.id) limit ${JOBS_AT_ONCE}) b) < ${JOBS_AT_ONCE}
    order by j.due_at, j.id limit r.room for update skip locked) f)
update job j set worker = $1, tries = j.tries + 1 from due where j.id = due.id
returning j.id, j.contact_id as contact, j.channel, j.kind, j.epoch, j.due_at as "dueAt", j.tries, j.body`

export const claimJobs = (connection: Connection, worker: string, request: Parameters<Store['claimJobs']>[0]): Promise<readonly Job[]> =>
  connection.query<Job>(CLAIM, [
    worker,
    request.at,
    rows(Object.entries(request.room).map(([kind, room]) => ({ kind, room }))),
    request.running,
  ])

// A hand-over deleted the job, or raised the epoch above it: then its result is void, and nothing is left of it. A merge may have carried it to
// another epoch since it was taken.
const FINISH = `
with gone as (delete from job where id = $1 returning contact_id, channel, epoch)
insert into pending (id, contact_id, channel, kind, at, received, due_at, body)
select $2, coalesce(c.merged_into, c.id), gone.channel, $3, $4, $4, $4, jsonb_set($5, '{epoch}', to_jsonb(gone.epoch), false)
from gone join contact c on c.id = gone.contact_id join conversation v on v.contact_id = coalesce(c.merged_into, c.id)
where $2::text is not null and gone.epoch >= v.epoch on conflict (id) do nothing`

const LOST = 'select r.id from unnest($1::text[]) r(id) where not exists (select 1 from job j where j.id = r.id and j.worker = $2)'

export const lostJobs = async (connection: Connection, worker: string, jobs: readonly JobId[]): Promise<readonly JobId[]> =>
  (await connection.query<{ id: JobId }>(LOST, [jobs, worker])).map((row) => row.id)

const POSTPONE = 'update job set worker = null, due_at = $3 where id = $1 and worker = $2'

export const postponeJob = async (connection: Connection, worker: string, job: Job, dueAt: number): Promise<void> => {
  await connection.query(POSTPONE, [job.id, worker, dueAt])
}

export const finishJob = async (connection: Connection, job: Job, event: TimerRow | null): Promise<void> => {
  await connection.query(FINISH, [job.id, event?.id ?? null, event?.kind ?? '', event?.dueAt ?? 0, event?.body ?? {}])
}
