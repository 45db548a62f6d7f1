/** `Access` on PostgreSQL: keys, the desk's sessions, answers kept for repeated calls. */
import type { Access, Begun, Key, Reserved } from '../../core/access.ts'
import type { Connection, Sql } from '../connection.ts'

const KEY = 'k.id, k.name, k.role, k.created_at as "createdAt", k.revoked_at as "revokedAt"'
const FIND = `select ${KEY} from api_key k where k.hash = $1 and k.revoked_at is null`
const LIST = `select ${KEY} from api_key k order by k.created_at, k.id`
const CREATE = `
insert into api_key as k (id, name, role, hash, created_at) values ($1, $2, $3, $4, $5) on conflict (id) do nothing returning ${KEY}`
const REVOKE = 'update api_key set revoked_at = $2 where id = $1 and revoked_at is null returning id'
const AUDIT = 'insert into audit (at, actor, action, subject, data) values ($1, $2, $3, $4, $5)'

const OPEN = 'insert into session (hash, key_id, created_at, expires_at) values ($1, $2, $4, $3)'
const SESSION = `
select ${KEY} from session s join api_key k on k.id = s.key_id and k.revoked_at is null where s.hash = $1 and s.expires_at > $2`

/** "Zoë Martin" → "zoe-martin": what stands in a thread behind `agent:`. */
const idOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40) || 'key'

const createKey = async (connection: Connection, key: Parameters<Access['createKey']>[0], at: number): Promise<Key> => {
  const wished = idOf(key.name)
  for (let n = 1; ; n++) {
    const id = n === 1 ? wished : `${wished}-${n}`
    const made = await connection.transaction(async (sql) => {
      const [row] = await sql.query<Key>(CREATE, [id, key.name, key.role, key.hash, at])
      if (row) await sql.query(AUDIT, [at, 'cli', 'key.create', id, { role: key.role }])
      return row
    })
    if (made) return made
  }
}

const revokeKey = (connection: Connection, id: string, at: number): Promise<boolean> =>
  connection.transaction(async (sql) => {
    const revoked = (await sql.query(REVOKE, [id, at])).length === 1
    if (!revoked) return false
    await sql.query('delete from session where key_id = $1', [id])
    await sql.query(AUDIT, [at, 'cli', 'key.revoke', id, null])
    return true
  })

/** A call is finished in seconds: one without an answer after this long died, and its repeat may take over. */
const ABANDONED = 60_000
const BEGIN = `
insert into idempotency as i (key, fingerprint, body, at) values ($1, $2, $3, $4)
on conflict (key) do update set at = excluded.at where i.status is null and i.fingerprint = excluded.fingerprint and i.at < excluded.at - ${ABANDONED}
returning body as reserved`
const STANDING = 'select fingerprint, status, body from idempotency where key = $1'

const begin = async (sql: Sql, call: Parameters<Access['begin']>[0], at: number): Promise<Begun> => {
  const [row] = await sql.query<{ reserved: Reserved }>(BEGIN, [call.key, call.fingerprint, call.reserved, at])
  if (row) return { type: 'fresh', reserved: row.reserved }
  const [standing] = await sql.query<{ fingerprint: string; status: number | null; body: unknown }>(STANDING, [call.key])
  // Given back between the two statements: the caller may come again.
  if (!standing) return { type: 'busy' }
  if (standing.fingerprint !== call.fingerprint) return { type: 'different' }
  return standing.status === null ? { type: 'busy' } : { type: 'done', answer: { status: standing.status, body: standing.body } }
}

export const createAccess = (connection: Connection): Access => ({
  findKey: async (hash) => (await connection.query<Key>(FIND, [hash]))[0] ?? null,
  listKeys: () => connection.query<Key>(LIST),
  createKey: (key, at) => createKey(connection, key, at),
  revokeKey: (id, at) => revokeKey(connection, id, at),

  openSession: async (session, at) => void (await connection.query(OPEN, [session.hash, session.key, session.expiresAt, at])),
  findSession: async (hash, at) => (await connection.query<Key>(SESSION, [hash, at]))[0] ?? null,
  closeSession: async (hash) => void (await connection.query('delete from session where hash = $1', [hash])),

  begin: (call, at) => begin(connection, call, at),
  finish: async (key, answer) =>
    void (await connection.query('update idempotency set status = $2, body = $3 where key = $1', [
      key,
      answer.status,
      JSON.stringify(answer.body),
    ])),
  release: async (key) => void (await connection.query('update idempotency set at = 0 where key = $1 and status is null', [key])),
  prune: async (before, at) => {
    await connection.query('delete from idempotency where at < $1', [before])
    await connection.query('delete from session where expires_at < $1', [at])
  },
})
