/** A whole house for tests: the real relay on a real PostgreSQL, the demo workspace, and imitation providers over loopback HTTP. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { composeHouse, type Role, type RunningHouse } from '../../src/cli/compose.ts'
import { openStage, type Stage } from '../../src/cli/demo.ts'
import { openWorkspace } from '../../src/cli/house.ts'
import type { Log } from '../../src/core/ports.ts'
import { silentLog } from '../../src/core/ports.ts'
import { type Connection, connect } from '../../src/store/connection.ts'
import { freshDatabase } from './postgres.ts'

const DEMO = join(import.meta.dirname, '..', '..', 'workspaces', 'demo')

export type TestHouse = {
  readonly url: string
  readonly house: RunningHouse
  readonly stage: Stage
  readonly connection: Connection
  /** What would be RELAIS_DATA. */
  readonly dataFolder: string
  /** Another process' worth of workers on the same database and providers. */
  join(role: Role): Promise<RunningHouse>
  /** Waits until `check` gives something, looking often; fails after `ms` with what it was waiting for. */
  until<T>(what: string, check: () => T | undefined | false | null | Promise<T | undefined | false | null>, ms?: number): Promise<T>
  close(): Promise<void>
}

export const openHouse = async (
  options: {
    readonly workspace?: string
    readonly log?: Log
    readonly role?: Role
    readonly throughput?: number
    /** Where the built pages lie; none unless given. */
    readonly pages?: string
    /** Instead of the stage's own. */
    readonly env?: Readonly<Record<string, string>>
  } = {},
): Promise<TestHouse> => {
  const log = options.log ?? silentLog
  let handler = (_request: Request, _env: object): Response | Promise<Response> => new Response(null, { status: 503 })
  const server = createServer(getRequestListener((request, env) => handler(request, env), { overrideGlobalObjects: false }))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const stage = await openStage({ origin: `http://127.0.0.1:${port}`, ...(options.throughput ? { throughput: options.throughput } : {}) })
  const env = { ...stage.env, ...options.env }
  const database = await freshDatabase()
  const dataFolder = await mkdtemp(join(tmpdir(), 'relais-house-'))
  const opened = await openWorkspace(options.workspace ?? DEMO, env)
  const connections: Connection[] = []
  const joined: RunningHouse[] = []
  let count = 0
  const compose = async (role: Role) => {
    const connection = connect({ config: { connectionString: database.connectionString } })
    connections.push(connection)
    count += 1
    const house = await composeHouse({
      opened,
      connection,
      env,
      dataFolder,
      clock: stage.clock,
      log,
      role,
      worker: `worker-${count}`,
      version: 'test',
      secure: false,
      pagesFolder: options.pages ?? join(dataFolder, 'none'),
      demo: true,
    })
    // A test may have closed it before.
    let closed: Promise<void> | null = null
    const once: RunningHouse = {
      ...house,
      close: () => {
        closed ??= house.close()
        return closed
      },
    }
    joined.push(once)
    return once
  }
  const house = await compose(options.role ?? 'all')
  handler = (request, env) => house.app.fetch(request, env)
  return {
    url: `http://127.0.0.1:${port}`,
    house,
    stage,
    connection: connections[0] as Connection,
    dataFolder,
    join: compose,
    until: async (what, check, ms = 20_000) => {
      const end = Date.now() + ms
      for (;;) {
        const found = await check()
        if (found) return found
        if (Date.now() > end) throw new Error(`Waited ${ms} ms in vain: ${what}.`)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
    close: async () => {
      await new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      })
      await Promise.all(joined.map((one) => one.close()))
      await stage.close()
      await Promise.all(connections.map((connection) => connection.close()))
      await database.drop()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}
