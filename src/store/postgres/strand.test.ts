import { expect, it } from 'vitest'
import { freshDatabase } from '../../../tests/support/postgres.ts'
import { connect } from '../connection.ts'
import { FREE, STRAND, strand, TELL } from './strand.ts'

type Plan = {
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly Plan[]
}
/** Rows of the outbox that a statement looked at. */
const readOf = (plan: Plan): number =>
  (plan['Relation Name'] === 'outbox' ? (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'] : 0) +
  (plan.Plans ?? []).reduce((sum, inner) => sum + readOf(inner), 0)

it('what has nowhere to go is not read at each look, however much it is', async () => {
  const database = await freshDatabase()
  const connection = connect({ config: { connectionString: database.connectionString } })
  const ROWS = `
insert into outbox (message_id, contact_id, channel, head, due_at, epoch, automatic, category, state, decision_id, body, movable, asked_of)
select 'msg_' || n, 'con_' || n, 'whatsapp', false, 0, 0, true, 'utility', 'queued', 'dec', '{}', case when n % 2 = 0 then 'stuck' end, 1000 from generate_series(1, 10000) n`
  try {
    await connection.query(
      "insert into channel (id, kind, health, quality, changed_at) values ('whatsapp', 'whatsapp', 'cut', 'unknown', 1000)",
    )
    await connection.query(ROWS)
    expect(await strand(connection, 1, 500)).toBe(0)
    for (const [text, values] of [
      [STRAND, [1, 500]],
      [FREE, []],
      [TELL, [1]],
    ] as const) {
      const [told] = await connection.query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
        `explain (analyze, format json) ${text}`,
        values,
      )
      expect(readOf(told?.['QUERY PLAN'][0]?.Plan as Plan)).toBeLessThan(10)
    }
  } finally {
    await connection.close()
    await database.drop()
  }
})
