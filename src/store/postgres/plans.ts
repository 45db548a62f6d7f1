/** The messages of reach plans, as a turn sees them. */
import type { MessageId } from '../../core/ids.ts'
import type { PlanMessage } from '../../core/plan.ts'
import type { Sql } from '../connection.ts'
import { firstsOf } from '../plan.ts'

// Locked: a receipt came before, or finds that the plan went on. In the order in which receipts lock them.
const PLANS = `
select m.id as message, coalesce(m.reach_of, m.id) as first, m.channel, m.status, exists (select 1 from outbox o where o.message_id = m.id) as "inLine",
  m.moved_to as "movedTo", m.duplicate_risk as "duplicateRisk", m.refusal is not null as "putOff", (m.reach ->> 'step')::int as step
from message m where m.id = any($1) or m.reach_of = any($1) order by m.id for no key update of m`

/** Call it after the contacts' lock. Gives what each event body's plan has come to. */
export const loadPlans = async (
  sql: Sql,
  events: readonly { readonly body: unknown }[],
): Promise<(events: readonly { readonly body: unknown }[]) => readonly PlanMessage[]> => {
  const firsts = firstsOf(events)
  if (!firsts.length) return () => []
  const rows = await sql.query<PlanMessage & { readonly step: number }>(PLANS, [firsts])
  const byPlan = Map.groupBy(
    rows.toSorted((a, b) => a.step - b.step),
    ({ first }): MessageId => first,
  )
  return (own) => firstsOf(own).flatMap((first) => (byPlan.get(first) ?? []).map(({ step: _, ...message }) => message))
}
