/**
 * Relais as a program to be killed: the whole house on DATABASE_URL, or on its own server in RELAIS_DATA. Tells its port to the parent, and
 * ends with it. Beside `relais start` it has what a test must be able to set: RECONCILE_MS, and texts that throw or kill while being decided.
 */
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { systemClock } from '../../src/cli/clock.ts'
import { composeHouse, type Role } from '../../src/cli/compose.ts'
import { openDatabase } from '../../src/cli/database.ts'
import { openWorkspace } from '../../src/cli/house.ts'
import { createLog } from '../../src/cli/log.ts'
import { KILLS, THROWS } from './planted.ts'

const env = process.env
const dataFolder = env.RELAIS_DATA ?? ''
const log = createLog(env.LOG_LEVEL ?? 'info')
const opened = await openWorkspace(env.WORKSPACE ?? '', env)
const database = await openDatabase({ env, dataFolder, clock: systemClock, log, onTaken: () => process.exit(1) })
const house = await composeHouse({
  opened,
  connection: database.connection,
  env,
  dataFolder,
  clock: systemClock,
  log,
  role: (env.ROLE ?? 'all') as Role,
  worker: `wrk_${process.pid}_${randomUUID()}`,
  version: 'test',
  secure: false,
  pagesFolder: join(dataFolder, 'none'),
  demo: false,
  reconcileMs: Number(env.RECONCILE_MS ?? 120_000),
  adapt: (made) => ({
    ...made,
    isOptOut: (text) => {
      if (text === THROWS) throw new Error('planted')
      if (text === KILLS) process.kill(process.pid, 'SIGKILL')
      return made.isOptOut(text)
    },
  }),
})
const server = createServer(getRequestListener((request) => house.app.fetch(request), { overrideGlobalObjects: false }))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
})
process.on('disconnect', () => process.exit(0))
