/**
 * A Relais as small as can be, to be killed: `node embedded-process.ts <data folder>` starts the embedded server, prints one JSON line
 * ({pid, adopted, connectionString} or {error, detail}) and stays until SIGTERM, which stops it properly.
 */
import { RelaisError } from '../../src/core/errors.ts'
import { silentLog } from '../../src/core/ports.ts'
import { startEmbedded } from '../../src/store/embedded/index.ts'
import { realClock } from './real-clock.ts'

try {
  const server = await startEmbedded({ dataFolder: process.argv[2] ?? '.relais', clock: realClock, log: silentLog })
  process.once('SIGTERM', () => void server.stop())
  console.log(JSON.stringify({ pid: server.pid, adopted: server.adopted, connectionString: server.connectionString }))
} catch (error) {
  console.log(
    JSON.stringify(error instanceof RelaisError ? { error: error.code, detail: error.detail } : { error: String(error), detail: '' }),
  )
  process.exitCode = 1
}
