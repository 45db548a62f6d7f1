/** What a person stops and starts: a channel, an engine, a webhook, or all automation at once. Works beside a running relay and without one. */
import type { Pause, Switch, SwitchKind } from '../../core/store.ts'
import { AUTOMATION, HELD } from '../../core/store.ts'
import type { Connection, Sql } from '../connection.ts'
import { switchNotices } from '../notice.ts'
import { applyChannels } from './channels.ts'

const KIND = `
select case when $1 = '${AUTOMATION}' then 'automation' when exists (select 1 from channel where id = $1) then 'channel'
  when exists (select 1 from engine where id = $1) then 'engine' when exists (select 1 from endpoint where id = $1) then 'webhook' end as kind`
// The reason told last stands there.
const PAUSE = `
insert into pause (what, reason, at) values ($1, $2, $3) on conflict (what) do update set reason = excluded.reason where pause.reason <> excluded.reason returning what`
const RESUME = 'delete from pause where what = $1 returning what'
const OFF = 'update endpoint set off_at = $2, reason = $3, changed_at = $2 where id = $1 and off_at is null returning id'
// It begins where it stopped.
const ON = `
update endpoint set off_at = null, reason = null, tries = 0, due_at = 0, failing_since = null, changed_at = $2 where id = $1 and (off_at is not null or tries > 0) returning id`
const EVENT = 'insert into event (id, kind, at, received, data) values ($1, $2, $3, $3, $4) '
// Also what was put there a moment after the pause ended, by who had still seen it.
const RELEASE = `update pending set due_at = $1 where due_at = ${HELD} and not exists (select 1 from pause where what = '${AUTOMATION}')`

const kindOf = async (sql: Sql, what: string): Promise<SwitchKind | null> =>
  (await sql.query<{ kind: SwitchKind | null }>(KIND, [what]))[0]?.kind ?? null

/** What waited for automation to go on is due. */
export const releaseHeld = (sql: Sql, at: number): Promise<unknown> => sql.query(RELEASE, [at])

/** Gives what it was that was turned; null where nobody knows of it. What is as it was is told to nobody. */
export const turnSwitch = (connection: Connection, change: Switch, at: number): Promise<SwitchKind | null> =>
  connection.transaction(async (sql) => {
    const { id, what, paused, reason } = change
    const kind = await kindOf(sql, what)
    if (kind === null || (change.kind !== undefined && change.kind !== kind)) return null
    if (kind === 'channel') {
      await applyChannels(sql, [{ id, channel: what as never, at, change: { kind: 'paused', paused, reason } }], at)
      return kind
    }
    const turned =
      kind === 'webhook'
        ? await sql.query(paused ? OFF : ON, paused ? [what, at, reason] : [what, at])
        : await sql.query(paused ? PAUSE : RESUME, paused ? [what, reason, at] : [what])
    if (turned.length) for (const { id, kind: told, data } of switchNotices(change, kind)) await sql.query(EVENT, [id, told, at, data])
    if (kind === 'automation' && !paused) await releaseHeld(sql, at)
    return kind
  })

export const readPauses = (sql: Sql): Promise<readonly Pause[]> => sql.query<Pause>('select what, reason, at from pause order by what')
