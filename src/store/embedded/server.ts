import type pg from 'pg'
import { RelaisError } from '../../core/errors.ts'
import type { Clock, Log } from '../../core/ports.ts'
import { createCluster, hasCluster } from './cluster.ts'
import { type Launch, pause, type Running, raise } from './launch.ts'
import { DATABASE, takeOwnership, USER } from './owner.ts'
import { readPidFile } from './pid-file.ts'
import { findData, findPlace } from './place.ts'
import { isPostgresOf, stateOf } from './process-state.ts'
import { SETTINGS, type Settings } from './settings.ts'
import { dropSocketFolder } from './socket.ts'

/** How to reach a server, for `pg` (a Client's or Pool's options) and as one string. */
export type Connection = {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
  readonly connectionString: string
}

export type Embedded = {
  /** Stays valid when the server is started again: its socket stays in its place. */
  readonly connection: Connection
  readonly connectionString: string
  /** Whether the server ran already, left by a Relais that was killed. */
  readonly adopted: boolean
  /** Of the server that runs now: another one after a restart. */
  readonly pid: number
  /** Ends the server: its connections get 3 s to end by themselves, then are cut. Does nothing to a server we no longer own. */
  stop(): Promise<void>
}

export type EmbeddedOptions = {
  /** Made where missing; the cluster lies in `postgres` in it, its log in `postgres.log`. */
  readonly dataFolder: string
  readonly log: Log
  readonly clock: Clock
  /** Settings of PostgreSQL beside our own (tests and benchmarks). */
  readonly settings?: Settings
  /** Called when another Relais took the data folder while our server was down: whoever gets this must stop. */
  readonly onTaken?: (error: RelaisError) => void
}

/** What the watch keeps: the server, and the connection whose end tells that it died. */
type Held = { server: Running; owner: pg.Client }
type State = { held: Held; lost: boolean; recovery: Promise<void>; readonly stop: { asked: boolean } }

/** How long a server that has started may refuse connections, as while it recovers from a crash of one of its processes. */
const ANSWER = 60_000
const SLOWEST_RETRY = 5_000
const SMART = 3_000
const FAST = 20_000

/**
 * Starts, or adopts, Relais' own PostgreSQL on a data folder and keeps it up until `stop()`. One owner a folder. Throws
 * `store-already-open` (names the other's pid), `store-disk-full`, `store-cannot-start`, `store-no-program`, `store-no-right`.
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<Embedded> => {
  const { clock, log } = options
  const place = findPlace(options.dataFolder)
  const settings = { ...SETTINGS, ...options.settings }
  if (!hasCluster(place.data)) {
    await createCluster(place, settings.fsync !== 'off')
    log.info('store.created', { data: place.data })
  }
  const stop = { asked: false }
  const launch: Launch = { place, settings, clock, log, cancelled: () => stop.asked }
  const held = await hold(launch)
  if (held.server.adopted) log.info('store.adopted', { pid: held.server.pid, data: place.data })
  const state: State = { held, lost: false, recovery: Promise.resolve(), stop }
  // The socket stays where it is over every restart: connections that are open to its path depend on it.
  watch(state, { ...launch, host: held.server.host }, options.onTaken)
  return handleOf(state, launch)
}

/** The running server of a data folder, for commands that join it without owning it; undefined where none runs. */
export const findEmbedded = (dataFolder: string): Connection | undefined => {
  const data = findData(dataFolder)
  const found = data === undefined ? undefined : readPidFile(data)
  if (!data || !found || found.status !== 'ready' || !isPostgresOf(found.pid, data)) return undefined
  return connectionTo(found.socketFolder, found.port)
}

const connectionTo = (host: string, port: number): Connection => ({
  host,
  port,
  user: USER,
  database: DATABASE,
  connectionString: `postgresql://${USER}@${encodeURIComponent(host)}:${port}/${DATABASE}`,
})

/** A server that answers, and its ownership. */
const hold = async (launch: Launch): Promise<Held> => {
  const deadline = launch.clock.now() + ANSWER
  for (;;) {
    const server = await raise(launch)
    const owner = await takeOwnership(server, launch.clock)
    if (owner) return { server, owner }
    // Ours, and nobody would stop it any more.
    if (launch.cancelled() && !server.adopted) signal(server.pid, launch.place.data, 'SIGINT')
    if (launch.cancelled() || launch.clock.now() > deadline)
      throw new RelaisError('store-cannot-start', `pid ${server.pid} does not answer at ${server.host}:`)
    await pause(launch.clock, 100)
  }
}

/** Our own connection ends when the server does, however it dies: then bring it up again, as long as it takes. */
const watch = (state: State, launch: Launch, onTaken: EmbeddedOptions['onTaken']): void => {
  state.held.owner.once('end', () => {
    if (state.stop.asked) return
    launch.log.error('store.down', { pid: state.held.server.pid })
    state.recovery = recover(state, launch).then((error) => (error ? onTaken?.(error) : watch(state, launch, onTaken)))
  })
}

/** Tries until the server answers again or we are stopped; the error where somebody else owns it now. */
const recover = async (state: State, launch: Launch): Promise<RelaisError | undefined> => {
  let told = ''
  for (let wait = 100; !state.stop.asked; wait = Math.min(wait * 2, SLOWEST_RETRY)) {
    try {
      state.held = await hold(launch)
      launch.log.info('store.up', { pid: state.held.server.pid })
      return undefined
    } catch (error) {
      if (state.stop.asked) return undefined
      const code = error instanceof RelaisError ? error.code : 'store-cannot-start'
      const detail = error instanceof RelaisError ? error.detail : String(error)
      if (told !== code + detail) launch.log.error('store.cannot-recover', { code, detail })
      told = code + detail
      if (error instanceof RelaisError && error.code === 'store-already-open') {
        state.lost = true
        return error
      }
      await pause(launch.clock, wait)
    }
  }
  return undefined
}

const handleOf = (state: State, { place, clock }: Launch): Embedded => {
  const { server } = state.held
  const connection = connectionTo(server.host, server.port)
  return {
    connection,
    connectionString: connection.connectionString,
    adopted: server.adopted,
    get pid() {
      return state.held.server.pid
    },
    async stop() {
      if (state.stop.asked) return
      state.stop.asked = true
      await state.recovery
      if (!state.lost) await stopServer(state.held, place.data, clock)
    },
  }
}

/** Smart (no new connections, wait for the present ones), then fast (cut them), then at once (the next start recovers). */
const stopServer = async ({ server, owner }: Held, data: string, clock: Clock): Promise<void> => {
  signal(server.pid, data, 'SIGTERM')
  await owner.end().catch(() => {})
  if (!(await hasEnded(server.pid, SMART, clock))) {
    signal(server.pid, data, 'SIGINT')
    if (!(await hasEnded(server.pid, FAST, clock))) signal(server.pid, data, 'SIGQUIT')
    await hasEnded(server.pid, FAST, clock)
  }
  dropSocketFolder(server.host)
}

const hasEnded = async (pid: number, within: number, clock: Clock): Promise<boolean> => {
  const deadline = clock.now() + within
  while (stateOf(pid) === 'alive') {
    if (clock.now() > deadline) return false
    await pause(clock, 20)
  }
  return true
}

/** To our server alone: it may have died, and its number be another program's by now. */
const signal = (pid: number, data: string, name: NodeJS.Signals): void => {
  try {
    if (isPostgresOf(pid, data)) process.kill(pid, name)
  } catch {
    // It ended in this very instant.
  }
}
