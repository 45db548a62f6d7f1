/** How far in the journal each was told who is told outside. */
import type { Ids } from '../../core/ids.ts'
import type { Place, Places } from '../../core/outgoing.ts'
import type { Connection } from '../connection.ts'
import { readPosition } from '../reading/journal.ts'

const READ = `
select place, tries, due_at as "dueAt", failing_since as "failingSince", off_at as "offAt" from endpoint where id = $1`
const NEW = 'insert into endpoint (id, place, changed_at) values ($1, $2, $3) on conflict (id) do nothing'
const KEEP = 'update endpoint set place = $2, tries = $3, due_at = $4, failing_since = $5, changed_at = $6 where id = $1 and off_at is null'
const OFF = 'update endpoint set off_at = $2, reason = $3, changed_at = $2 where id = $1 and off_at is null returning id'
const EVENT = 'insert into event (id, kind, at, received, data) values ($1, $2, $3, $3, $4)'
const GONE = 'delete from endpoint where id <> all($1) and changed_at < $2'
/** Another process may still run with the set-up that names it: its place is not thrown away at once. */
const FORGET_MS = 30 * 86_400_000

const KIND = 'webhook.changed'

export const createPlaces = (connection: Connection, hold: (name: string) => Promise<boolean>, ids: Ids): Places => ({
  lead: (id) => hold(`outgoing:${id}`),
  read: async (id, at) => {
    const [known] = await connection.query<Place>(READ, [id])
    if (known) return known
    await connection.query(NEW, [id, await readPosition(connection, null), at])
    const [made] = await connection.query<Place>(READ, [id])
    if (!made) throw new Error('The place is gone.')
    return made
  },
  keep: async (id, { place, tries, dueAt, failingSince }, at) => {
    await connection.query(KEEP, [id, place, tries, dueAt, failingSince, at])
  },
  switchOff: (id, reason, at) =>
    connection.transaction(async (sql) => {
      if (!(await sql.query(OFF, [id, at, reason])).length) return
      const data = { webhook: id, off: true, reason }
      const event = ids('evt')
      await sql.query(EVENT, [event, KIND, at, data])
      await sql.query(EVENT, [`${event}:alert`, 'alert', at, { about: KIND, ...data }])
    }),
})

const AUDIT = "insert into audit (at, actor, action, subject, data) values ($1, 'system', 'alert.mailed', $2, $3)"

export const auditAlert = async (connection: Connection, subject: string, data: object, at: number): Promise<void> => {
  await connection.query(AUDIT, [at, subject, data])
}

/** Makes the endpoints of the set-up known, and forgets those that long stand in it no more. */
export const knowEndpoints = async (connection: Connection, ids: readonly string[], at: number): Promise<void> => {
  await connection.query(GONE, [ids, at - FORGET_MS])
  const end = await readPosition(connection, null)
  for (const id of ids) await connection.query(NEW, [id, end, at])
}
