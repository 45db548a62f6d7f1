/** Rehearsed cuts, as they are kept. */
import type { KeptDrill, LastDrill } from '../core/drill.ts'
import type { Connection, Sql } from './connection.ts'

const KEEP = 'insert into drill (id, at, mode, cut, ok, report) values ($1, $2, $3, $4, $5, $6)'
const ALERT = `
insert into event (id, kind, at, received, data) values ($1, 'alert', $2, $2, jsonb_build_object('about', 'drill-failed', 'cut', $3::text[], 'mode', $4::text))`
const LAST = `
select distinct on (thing) thing, id, at, mode, ok from drill, unnest(cut) as thing order by thing, at desc, id desc`

/** Somebody is alerted where the plan B did not hold. */
export const keepDrill = (connection: Connection, { id, at, mode, cut, ok }: KeptDrill, report: object): Promise<void> =>
  connection.transaction(async (sql) => {
    await sql.query(KEEP, [id, at, mode, cut, ok, report])
    if (!ok) await sql.query(ALERT, [`${id}:alert`, at, cut, mode])
  })

export const readDrills = (sql: Sql): Promise<readonly LastDrill[]> => sql.query<LastDrill>(LAST)
