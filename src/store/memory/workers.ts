/** Who is alive, and what the dead leave: jobs to do again, and events that may have killed them. */
import type { EventId } from '../../core/ids.ts'
import type { Shared } from './shared.ts'
import { setAside } from './turn.ts'

const DEATHS = 3

export const joinWorkers = (shared: Shared, worker: string): void => {
  shared.workers.set(worker, { alive: true, suspects: [] })
}

export const killWorker = (shared: Shared, worker: string): void => {
  const own = shared.workers.get(worker)
  if (own) own.alive = false
  for (const [channel, holder] of shared.held) if (holder === worker) shared.held.delete(channel)
}

export const buryWorkers = (shared: Shared, worker: string, at: number): void => {
  for (const [name, other] of [...shared.workers]) {
    if (name === worker || other.alive) continue
    for (const job of shared.jobs.values()) if (job.worker === name) job.worker = null
    const over: EventId[] = []
    for (const id of other.suspects) {
      const row = shared.pending.get(id)
      if (!row) continue
      row.tries += 1
      if (row.tries >= DEATHS) over.push(id)
    }
    setAside(shared, over, at, 'The process died while deciding on it.')
    shared.workers.delete(name)
  }
}
