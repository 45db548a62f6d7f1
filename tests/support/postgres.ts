import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { connect } from '../../src/store/connection.ts'
import { migrate } from '../../src/store/migrate.ts'
import './postgres-server.ts'

export type FreshDatabase = { readonly connectionString: string; drop(): Promise<void> }

const TEMPLATE = 'template_migrated'
/** Held while the template is made: the test files of a run start at the same moment. */
const LOCK = 0x74656d70

/** A database of one's own, migrated, on the run's server (Vitest projects with `tests/support/postgres-server.ts`). Costs a fraction of a second. */
export const freshDatabase = async (): Promise<FreshDatabase> => {
  await administer(makeTemplate)
  return copyOf(TEMPLATE)
}

/** The same without any table. */
export const emptyDatabase = (): Promise<FreshDatabase> => copyOf('template1')

const copyOf = async (template: string): Promise<FreshDatabase> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer((client) => client.query(`create database ${name} template ${template}`))
  return {
    connectionString: urlOf(name),
    drop: () => administer(async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  }
}

const makeTemplate = async (client: pg.Client): Promise<void> => {
  const exists = async () =>
    (await client.query('select from pg_database where datname = $1 and datallowconn is false', [TEMPLATE])).rowCount === 1
  if (await exists()) return
  await client.query('select pg_advisory_lock($1)', [LOCK])
  if (await exists()) return
  await client.query(`drop database if exists ${TEMPLATE}`)
  await client.query(`create database ${TEMPLATE}`)
  const connection = connect({ config: { connectionString: urlOf(TEMPLATE) }, size: 1 })
  await migrate(connection, 0).finally(() => connection.close())
  // Whole only now, and nobody may connect: a database that is in use cannot be copied.
  await client.query(`alter database ${TEMPLATE} allow_connections false`)
}

const administer = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: urlOf('postgres') })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const urlOf = (database: string): string => inject('postgres').replace(/[^/]*$/, database)
