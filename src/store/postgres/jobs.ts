/** Work outside the line. A job belongs to a worker while it runs; a dead worker's jobs are free again (see workers.ts). */
import type { Job, Store, TimerRow } from '../../core/store.ts'
import type { Connection } from '../connection.ts'

const CLAIM = `
with due as (select id from job where (worker is null or worker = $1 and not id = any($4)) and due_at <= $2 order by due_at limit $3 for update skip locked)
update job j set worker = $1, tries = j.tries + 1 from due where j.id = due.id
returning j.id, j.contact_id as contact, j.channel, j.kind, j.epoch, j.due_at as "dueAt", j.tries, j.body`

export const claimJobs = (connection: Connection, worker: string, request: Parameters<Store['claimJobs']>[0]): Promise<readonly Job[]> =>
  connection.query<Job>(CLAIM, [worker, request.at, request.limit, request.running])

// A hand-over deleted the job, or raised the epoch above it: then its result is void, and nothing is left of it.
const FINISH = `
with gone as (delete from job where id = $1 returning contact_id, channel, epoch)
insert into pending (id, contact_id, channel, kind, at, received, due_at, body)
select $2, coalesce(c.merged_into, c.id), gone.channel, $3, $4, $4, $4, $5 from gone join contact c on c.id = gone.contact_id join conversation v on v.contact_id = coalesce(c.merged_into, c.id)
where $2::text is not null and gone.epoch >= v.epoch on conflict (id) do nothing`

const POSTPONE = 'update job set worker = null, due_at = $3 where id = $1 and worker = $2'

export const postponeJob = async (connection: Connection, worker: string, job: Job, dueAt: number): Promise<void> => {
  await connection.query(POSTPONE, [job.id, worker, dueAt])
}

export const finishJob = async (connection: Connection, job: Job, event: TimerRow | null): Promise<void> => {
  await connection.query(FINISH, [job.id, event?.id ?? null, event?.kind ?? '', event?.dueAt ?? 0, event?.body ?? {}])
}
