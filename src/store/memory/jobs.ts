/** Work outside the line. A job belongs to a worker while it runs; a dead worker's jobs are free again. */
import type { JobId } from '../../core/ids.ts'
import { JOBS_AT_ONCE, type Job, type Store, type TimerRow } from '../../core/store.ts'
import { addPending, asOf, follow, type KeptJob, type Shared } from './shared.ts'

/** The first of each contact and kind that are not done yet. */
const inTurn = (shared: Shared): readonly KeptJob[] => {
  const all = [...shared.jobs.values()].sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1))
  return [...Map.groupBy(all, (job) => `${job.contact} ${job.kind}`).values()].flatMap((jobs) => jobs.slice(0, JOBS_AT_ONCE))
}

export const claimJobs = (shared: Shared, worker: string, { at, room, running }: Parameters<Store['claimJobs']>[0]): readonly Job[] => {
  const due = inTurn(shared)
    .filter((job) => (job.worker === null || (job.worker === worker && !running.includes(job.id))) && job.dueAt <= at)
    .toSorted((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1))
  return [...Map.groupBy(due, (job) => job.kind)]
    .flatMap(([kind, jobs]) => jobs.slice(0, room[kind]))
    .map((job) => {
      job.worker = worker
      job.tries += 1
      const { worker: _, ...claimed } = job
      return claimed
    })
}

export const lostJobs = (shared: Shared, worker: string, jobs: readonly JobId[]): readonly JobId[] =>
  jobs.filter((id) => shared.jobs.get(id)?.worker !== worker)

export const postponeJob = (shared: Shared, worker: string, { id }: Job, dueAt: number): void => {
  const job = shared.jobs.get(id)
  if (job?.worker === worker) Object.assign(job, { worker: null, dueAt })
}

/** A hand-over ended the job: then its result is void, and nothing is left of it. */
export const finishJob = (shared: Shared, { id }: Job, event: TimerRow | null): void => {
  const job = shared.jobs.get(id)
  if (!job) return
  shared.jobs.delete(id)
  const contact = follow(shared, job.contact)
  if (!event || job.epoch < (shared.conversations.get(contact)?.epoch ?? 0)) return
  const { dueAt, kind, body } = event
  addPending(shared, { id: event.id, contact, channel: job.channel, kind, at: dueAt, received: dueAt, dueAt, body: asOf(body, job.epoch) })
}
