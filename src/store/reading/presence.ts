/** Who works on this database: a living worker holds a lock under its own name, which PostgreSQL lets go when it dies (workers.ts). */
import type { Sql } from '../connection.ts'
import { WORKERS } from '../postgres/workers.ts'

export type Presence = { readonly alive: number; readonly dead: number }

/** `objid` holds the lock's second number as an unsigned one. */
const PRESENCE = `
select count(*) filter (where held) as alive, count(*) filter (where not held) as dead
from (select exists (
  select from pg_locks l
  where l.locktype = 'advisory' and l.classid = $1 and l.objid = (hashtext(w.id)::bigint & 4294967295)::oid and l.granted
    and l.database = (select oid from pg_database where datname = current_database())
) as held from worker w) as known`

/** `dead` have ended without leaving; the next living one takes over what they had in hand. */
export const readPresence = async (sql: Sql): Promise<Presence> =>
  (await sql.query<Presence>(PRESENCE, [WORKERS]))[0] ?? { alive: 0, dead: 0 }
