/** One-time codes on PostgreSQL: who has one, until when, and how often it may be tried. No digit of one is here. */
import type { CodeId } from '../../core/ids.ts'
import {
  CODE_PAUSE_MS,
  CODE_TRIES,
  CODES_AN_HOUR,
  type CodeRequest,
  type CodeState,
  type CodeStore,
  checkCode,
} from '../../core/one-time-code.ts'
import type { CodeLimits } from '../../core/workspace.ts'
import type { Connection, Sql } from '../connection.ts'

const HOUR_MS = 3_600_000

/** One request of a person after the other, whatever name they come under: else ten at once would each find room. */
const LOCK = 'select pg_advisory_xact_lock(hashtextextended(w, 21)) from unnest($1::text[]) w order by w'
const KNOWN = 'select id from code where id = $1'
const RECENT = 'select made_at as "madeAt" from code where whom && $1 and made_at > $2 order by made_at desc'
const REPLACE = 'update code set replaced = true where whom && $1 and purpose = $2 and used_at is null and not replaced'
const OPEN = `
insert into code (id, message_id, whom, purpose, digits, made_at, expires_at, abroad, tries_left) values ($1, $2, $3, $4, $5, $6, $7, $8, ${CODE_TRIES})`
/** The last code that fills the hour's limit: once it is an hour old, there is room again. Those asked for at this very moment may pass beside it. */
const FILLS = 'select made_at as "madeAt" from code where made_at > $1 and (abroad or not $2) order by made_at desc offset $3 - 1 limit 1'
const TELL = `
with fresh as (insert into seen (id, at) values ($1, $2) on conflict (id) do nothing returning id)
insert into event (id, kind, at, received, data) select id, 'alert', $2, $2, $3 from fresh`

type Row = CodeState & Pick<CodeRequest, 'message' | 'purpose' | 'digits'>
const FIND = `
select message_id as message, purpose, digits, expires_at as "expiresAt", tries_left as "triesLeft", used_at as "usedAt", replaced
from code where id = $1 for update`
const COUNT = 'update code set tries_left = $2, used_at = $3 where id = $1'

/** When there is room for one more; null where there is. */
const waitOf = (made: readonly number[], at: number): number | null => {
  const [last] = made
  const first = made[CODES_AN_HOUR - 1]
  const free = Math.max(last === undefined ? at : last + CODE_PAUSE_MS, first === undefined ? at : first + HOUR_MS)
  return free > at ? free - at : null
}

/** Whose limit is reached for all, and until when. */
const fullFor = async (sql: Sql, abroad: boolean, limits: CodeLimits, at: number) => {
  for (const limit of abroad ? (['abroad', 'hour'] as const) : (['hour'] as const)) {
    const [last] = await sql.query<{ madeAt: number }>(FILLS, [at - HOUR_MS, limit === 'abroad', limits[limit]])
    if (!last) continue
    await sql.query(TELL, [`codes-limit:${limit}:${Math.floor(at / HOUR_MS)}`, at, { about: 'codes-limit', limit, most: limits[limit] }])
    return { afterMs: last.madeAt + HOUR_MS - at, limit }
  }
  return null
}

const open = async (sql: Sql, { id, message, whom, purpose, digits, expiresAt, abroad }: CodeRequest, limits: CodeLimits, at: number) => {
  await sql.query(LOCK, [whom])
  if ((await sql.query(KNOWN, [id])).length) return { afterMs: null }
  const recent = await sql.query<{ madeAt: number }>(RECENT, [whom, at - HOUR_MS])
  const afterMs = waitOf(
    recent.map(({ madeAt }) => madeAt),
    at,
  )
  if (afterMs !== null) return { afterMs, limit: 'person' } as const
  const full = await fullFor(sql, abroad, limits, at)
  if (full) return full
  await sql.query(REPLACE, [whom, purpose])
  await sql.query(OPEN, [id, message, whom, purpose, digits, at, expiresAt, abroad])
  return { afterMs: null }
}

const check = async (sql: Sql, id: CodeId, isRight: (digits: number) => boolean, at: number) => {
  const [row] = await sql.query<Row>(FIND, [id])
  if (!row) return null
  const { message, purpose, digits, ...state } = row
  const checked = checkCode(state, isRight(digits), at)
  if (checked.state !== state) await sql.query(COUNT, [id, checked.state.triesLeft, checked.state.usedAt])
  return { ...checked, message, purpose }
}

export const createCodeStore = (connection: Connection): CodeStore => ({
  open: (request, limits, at) => connection.transaction((sql) => open(sql, request, limits, at)),
  check: (id, isRight, at) => connection.transaction((sql) => check(sql, id, isRight, at)),
  prune: async (before) => {
    await connection.query('delete from code where made_at < $1', [before])
  },
})
