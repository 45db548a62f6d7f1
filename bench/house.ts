/** The process under measurement: the whole house on a given database, with a workspace whose one journey repeats what was said. */
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { getRequestListener } from '@hono/node-server'
import { systemClock } from '../src/cli/clock.ts'
import { composeHouse } from '../src/cli/compose.ts'
import { openWorkspace } from '../src/cli/house.ts'
import { createLog } from '../src/cli/log.ts'
import { type Connection, connect } from '../src/store/connection.ts'

const env = process.env
const opened = await openWorkspace(join(import.meta.dirname, env.BENCH_WORKSPACE ?? 'workspace'), env)
const pool = connect({ config: { connectionString: env.DATABASE_URL } })
let storeless = false
/** `BENCH_STORE=none`: everything as it is, but what comes in is answered without having been written. */
const connection: Connection = {
  ...pool,
  transaction: (work) => (storeless ? new Promise((done) => done(undefined as never)) : pool.transaction(work)),
}
const house = await composeHouse({
  opened,
  connection,
  env,
  dataFolder: await mkdtemp(join(tmpdir(), 'relais-bench-')),
  clock: systemClock,
  log: createLog('warn'),
  role: env.BENCH_ROLE === 'web' ? 'web' : 'all',
  worker: `bench_${process.pid}`,
  version: 'bench',
  secure: false,
  pagesFolder: '',
  demo: false,
})
storeless = env.BENCH_STORE === 'none'
const server = createServer(getRequestListener((request, env) => house.app.fetch(request, env), { overrideGlobalObjects: false }))
server.listen(Number(env.BENCH_PORT ?? 0), '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
})
/** `rest`: what is of no use any more is given back, so that only what is held is measured. */
process.on('message', (asked) => {
  if (asked !== 'rest') return
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  for (let n = 0; n < 3; n += 1) collect()
  process.send?.('rested')
})
process.on('disconnect', () => process.exit(0))
