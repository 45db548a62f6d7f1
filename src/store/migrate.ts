/** Forward-only migrations: the .sql files beside this one, each in a transaction of its own, under a lock so that two starts do not collide. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RelaisError } from '../core/errors.ts'
import type { Connection, Sql } from './connection.ts'

const FOLDER = join(import.meta.dirname, 'migrations')
const LOCK = 7_265_000

const filesOf = async (folder: string): Promise<readonly string[]> => (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()

/** How the database's schema compares with this program's, by migrations: `newer` ones a newer program has applied. Changes nothing. */
export const readMigrations = async (
  sql: Sql,
  folder = FOLDER,
): Promise<{ readonly missing: readonly string[]; readonly newer: readonly string[] }> => {
  const files = await filesOf(folder)
  const [table] = await sql.query<{ there: boolean }>("select to_regclass('migration') is not null as there")
  const done = table?.there ? (await sql.query<{ name: string }>('select name from migration order by name')).map(({ name }) => name) : []
  return { missing: files.filter((file) => !done.includes(file)), newer: done.filter((name) => !files.includes(name)) }
}

/** Brings the database to this program's schema. Refuses one that a newer program has migrated further. Gives the names applied. */
export const migrate = async (connection: Connection, at: number, folder = FOLDER): Promise<readonly string[]> => {
  const files = await filesOf(folder)
  const known = new Set(files)
  await connection.query('create table if not exists migration (name text primary key, at bigint not null)').catch(async (error) => {
    // Two programs may create the table at the same instant; the loser finds it there.
    if (!(await connection.query("select 1 from pg_tables where tablename = 'migration'")).length) throw error
  })
  const applied: string[] = []
  for (const file of files) {
    const source = await readFile(join(folder, file), 'utf8')
    await connection.transaction(async (sql) => {
      await sql.query('select pg_advisory_xact_lock($1)', [LOCK])
      const done = new Set((await sql.query<{ name: string }>('select name from migration')).map((row) => row.name))
      const newer = [...done].filter((name) => !known.has(name))
      if (newer.length) throw new RelaisError('database-newer', newer.sort().join(', '))
      if (done.has(file)) return
      await sql.query(source)
      await sql.query('insert into migration (name, at) values ($1, $2)', [file, at])
      applied.push(file)
    })
  }
  return applied
}
