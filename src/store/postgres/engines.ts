/** What we find out about engines. Every change is an event; that one stops answering is an alert too, its failed probes are not. */
import { type EngineHealth, healthOf } from '../../core/event.ts'
import type { EngineChange } from '../../core/store.ts'
import type { Connection } from '../connection.ts'

const KIND = 'engine.health-changed'
const LAST = 'select health from engine where id = $1 for update'
const NEW = 'insert into engine (id, changed_at) values ($1, $2) on conflict (id) do nothing'
const HEALTH = 'update engine set health = $2, reason = $3, changed_at = $4 where id = $1'
const EVENT = 'insert into event (id, kind, at, received, data) values ($1, $2, $3, $3, $4)'

export const changeEngine = (connection: Connection, { id, engine, at, state, reason }: EngineChange): Promise<void> =>
  connection.transaction(async (sql) => {
    if (state !== 'closed') await sql.query(NEW, [engine, at])
    const [row] = await sql.query<{ health: EngineHealth }>(LAST, [engine])
    const last = row?.health ?? 'closed'
    if (last === state) return
    const data = { engine, state, health: healthOf(state), reason }
    await sql.query(HEALTH, [engine, state, reason, at])
    await sql.query(EVENT, [id, KIND, at, data])
    if (last === 'closed' && state === 'open') await sql.query(EVENT, [`${id}:alert`, 'alert', at, { about: KIND, ...data }])
  })
