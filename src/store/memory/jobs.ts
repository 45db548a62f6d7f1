/** Work outside the line. A job belongs to a worker while it runs; a dead worker's jobs are free again. */
import type { Job, Store, TimerRow } from '../../core/store.ts'
import { addPending, follow, type Shared } from './shared.ts'

export const claimJobs = (shared: Shared, worker: string, { at, limit, running }: Parameters<Store['claimJobs']>[0]): readonly Job[] =>
  [...shared.jobs.values()]
    .filter((job) => (job.worker === null || (job.worker === worker && !running.includes(job.id))) && job.dueAt <= at)
    .sort((a, b) => a.dueAt - b.dueAt)
    .slice(0, limit)
    .map((job) => {
      job.worker = worker
      job.tries += 1
      const { worker: _, ...claimed } = job
      return claimed
    })

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
  addPending(shared, { id: event.id, contact, channel: job.channel, kind, at: dueAt, received: dueAt, dueAt, body })
}
