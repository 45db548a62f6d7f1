/** What stands still by a person's hand, how engines are, and how far outgoing webhooks have come. */
import { type EngineHealth, healthOf } from '../../core/event.ts'
import type { EngineView, Switches, WebhookView } from '../../core/reading.ts'
import { AUTOMATION } from '../../core/store.ts'
import type { Sql } from '../connection.ts'

const ENGINES = `
select e.id, e.health as breaker, e.reason, p.reason as "pausedBecause", p.at as "pausedSince", e.changed_at as "changedAt"
from engine e left join pause p on p.what = e.id order by e.id`
const WEBHOOKS = `
select id, failing_since as "failingSince", off_at as "offAt", reason, tries, due_at as "dueAt" from endpoint order by id`
const PAUSE = 'select reason, at from pause where what = $1'

type EngineRow = Omit<EngineView, 'health' | 'paused'> & { readonly breaker: EngineHealth }

export const readSwitches = async (sql: Sql): Promise<Switches> => {
  const [[pause], engines, webhooks] = await Promise.all([
    sql.query<{ reason: string; at: number }>(PAUSE, [AUTOMATION]),
    sql.query<EngineRow>(ENGINES),
    sql.query<WebhookView>(WEBHOOKS),
  ])
  return {
    automation: { paused: pause !== undefined, reason: pause?.reason ?? null, since: pause?.at ?? null },
    engines: engines.map((row) => ({ ...row, health: healthOf(row.breaker), paused: row.pausedSince !== null })),
    webhooks,
  }
}
