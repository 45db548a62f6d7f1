import { spawn } from 'node:child_process'
import { closeSync, constants, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { RelaisError } from '../../core/errors.ts'
import type { Clock, Log } from '../../core/ports.ts'
import { isDiskFull } from './disk.ts'
import { disarmPidFile, type PidFile, readPidFile } from './pid-file.ts'
import type { Place } from './place.ts'
import { hasPostgres, isPostgresOf, stateOf } from './process-state.ts'
import { asArguments, type Settings } from './settings.ts'
import { dropSocket, dropSocketFolder, makeSocketFolder } from './socket.ts'

/** A server that answers, or soon will. */
export type Running = { readonly pid: number; readonly host: string; readonly port: number; readonly adopted: boolean }

export type Launch = {
  readonly place: Place
  /** The folder its socket had before; a new one otherwise. */
  readonly host?: string
  readonly settings: Settings
  readonly clock: Clock
  readonly log: Log
  /** Asked between two looks: true gives up. */
  readonly cancelled: () => boolean
}

/** A server that recovers after a crash replays up to max_wal_size; a slow disk needs a while for it. */
const PATIENCE = 180_000
/** How long a pid file of nobody's is watched before it is called stale. */
const GRACE = 500
const LOG_LIMIT = 10 * 1024 * 1024
const GIVE_WAY = /lock file ".*" (already exists|is empty)|pre-existing shared memory block/

export const pause = (clock: Clock, ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve))

/**
 * Brings up the server of a place: adopts the one that runs there, waits for one that starts or stops, else starts one. Never two:
 * PostgreSQL's own pid file is the referee. Throws `store-disk-full` or `store-cannot-start`.
 */
export const raise = async (launch: Launch): Promise<Running> => {
  const { place, clock } = launch
  const deadline = clock.now() + PATIENCE
  let doubtful: { text: string; since: number } | undefined
  for (;;) {
    const found = readPidFile(place.data)
    if (!found || (found.pid > 0 && stateOf(found.pid) === 'gone')) {
      const started = await start(launch, deadline)
      if (started) return started
    } else if (isPostgresOf(found.pid, place.data)) {
      if (isReady(found)) return { pid: found.pid, host: found.socketFolder, port: found.port, adopted: true }
    } else if (doubtful?.text !== found.text) {
      doubtful = { text: found.text, since: clock.now() }
    } else if (clock.now() - doubtful.since >= GRACE && !hasPostgres(place.data)) {
      launch.log.warn('store.pid-file-stale', { pid: found.pid })
      disarmPidFile(place.data, found)
      const started = await start(launch, deadline)
      if (started) return started
    }
    if (launch.cancelled()) throw new RelaisError('store-cannot-start', 'stopped:')
    if (clock.now() > deadline) throw new RelaisError('store-cannot-start', `pid ${found?.pid ?? '?'}, ${found?.status || 'no status'}:`)
    await pause(clock, 50)
  }
}

const isReady = (file: PidFile): boolean => file.status === 'ready'

/** Starts a server and waits until it is ready; undefined where another one was quicker or its predecessor is not quite gone. */
const start = async ({ place, settings, clock, log, ...launch }: Launch, deadline: number): Promise<Running | undefined> => {
  const host = makeSocketFolder(place, launch.host)
  const output = openLog(place.logFile)
  const from = statSync(place.logFile).size
  const child = spawn(
    join(place.programs.folder, 'bin', 'postgres'),
    ['-D', place.data, ...asArguments({ ...settings, unix_socket_directories: host })],
    { cwd: place.data, env: { LC_ALL: 'C' }, detached: true, stdio: ['ignore', output, output], ...place.account },
  )
  closeSync(output)
  let failure: Error | undefined
  child.on('error', (error) => {
    failure = error
  })
  child.unref()
  for (;;) {
    const found = readPidFile(place.data)
    if (child.pid !== undefined && found?.pid === child.pid && isReady(found)) {
      log.info('store.started', { pid: child.pid, data: place.data })
      return { pid: child.pid, host, port: found.port, adopted: false }
    }
    if (failure) throw new RelaisError('store-no-right', `${place.programs.folder}: ${failure.message}.`, failure)
    if (child.exitCode !== null || child.signalCode !== null) break
    if (clock.now() > deadline) throw new RelaisError('store-cannot-start', `pid ${child.pid}, ${found?.status || 'no status'}:`)
    await pause(clock, 10)
  }
  const said = linesSince(place.logFile, from)
  const why = (said.findLast((line) => /FATAL|PANIC/.test(line)) ?? said.at(-1) ?? '').replace(/^.*?(FATAL|PANIC): +/, '')
  if (GIVE_WAY.test(why)) {
    // The lock beside the socket holds a pid too. The folder is this cluster's alone: without a server of it, the lock is stale.
    if (why.includes(host) && !hasPostgres(place.data)) dropSocket(host)
    return undefined
  }
  dropSocketFolder(host)
  if (isDiskFull(said.join('\n'), place.data)) throw new RelaisError('store-disk-full', `${place.data}:`)
  throw new RelaisError('store-cannot-start', `${why || (child.signalCode ?? `exit ${child.exitCode}`)}:`)
}

/** What PostgreSQL logged from byte `from` on, without what it answered to clients that came too early. */
const linesSince = (file: string, from: number): string[] => {
  const lines = readFileSync(file).subarray(from).toString('utf8').split('\n')
  return lines.filter((line) => line !== '' && !line.includes('FATAL:  the database system is'))
}

/** Appends; a log grown long is put aside once. Never through a link: root writes here too. */
const openLog = (file: string): number => {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT) renameSync(file, `${file}.old`)
  return openSync(file, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW, 0o600)
}
