/** A process under measurement on a database of its own, and the PostgreSQL all of them share. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../src/cli/clock.ts'
import { silentLog } from '../src/core/ports.ts'
import { type Connection, connect } from '../src/store/connection.ts'
import { startEmbedded } from '../src/store/embedded/index.ts'
import { SECRET, TOKEN } from './load.ts'

/** This checkout; a peer may be another. */
const HERE = join(import.meta.dirname, '..')
type Store = { readonly migrate: (connection: Connection, at: number) => Promise<unknown> }

export type Bench = {
  /** A fresh database, migrated as the checkout in `folder` does. */
  database(folder?: string): Promise<{ readonly url: string; readonly connection: Connection; drop(): Promise<void> }>
  close(): Promise<void>
}

export const openBench = async (): Promise<Bench> => {
  const folder = await mkdtemp(join(tmpdir(), 'relais-bench-'))
  const server = await startEmbedded({ dataFolder: folder, log: silentLog, clock: systemClock })
  const admin = connect({ config: { ...server.connection }, size: 1 })
  let count = 0
  return {
    database: async (folder = HERE) => {
      const name = `bench_${++count}`
      await admin.query(`create database ${name}`)
      const url = server.connectionString.replace(/\/[^/]*$/, `/${name}`)
      const connection = connect({ config: { connectionString: url }, size: 2 })
      const { migrate }: Store = await import(join(folder, 'src', 'store', 'migrate.ts'))
      await migrate(connection, Date.now())
      return {
        url,
        connection,
        drop: async () => {
          await connection.close()
          await admin.query(`drop database ${name} with (force)`)
        },
      }
    },
    close: async () => {
      await admin.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type Subject = { readonly url: string; readonly process: ChildProcess; stop(): Promise<void> }

/** Starts `house` or `bare` on a database. */
export const startSubject = async (
  program: 'house' | 'bare',
  options: { databaseUrl: string; apiUrl: string; env?: Record<string, string>; folder?: string },
): Promise<Subject> => {
  const child = fork(join(options.folder ?? HERE, 'bench', `${program}.ts`), {
    env: {
      ...process.env,
      DATABASE_URL: options.databaseUrl,
      WHATSAPP_API_URL: options.apiUrl,
      WHATSAPP_TOKEN: TOKEN,
      WHATSAPP_APP_SECRET: SECRET,
      ...options.env,
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return {
    url: `http://127.0.0.1:${port}`,
    process: child,
    stop: async () => {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}
