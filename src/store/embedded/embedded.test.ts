import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterAll, afterEach, expect, test } from 'vitest'
import { realClock } from '../../../tests/support/real-clock.ts'
import { recordLog } from '../../../tests/support/recorded-log.ts'
import type { RelaisError } from '../../core/errors.ts'
import { findEmbedded, startEmbedded } from './index.ts'
import { stateOf } from './process-state.ts'

const ROOT = process.getuid?.() === 0
const NOBODY = { uid: 65_534, gid: 65_534 }
const PROCESS = join(import.meta.dirname, '../../../tests/support/embedded-process.ts')
const nobodyMayRun = ROOT && spawnSync('/bin/sh', ['-c', `test -r "${PROCESS}" && test -x "${process.execPath}"`], NOBODY).status === 0

/** A folder whose cluster is made once: making one takes a second, and most tests need no new one. */
const shared = mkdtempSync('/tmp/embedded-')
chmodSync(shared, 0o755)
afterAll(() => rmSync(shared, { recursive: true, force: true }))

/** What each test leaves, undone in reverse. */
const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

const makeFolder = (parent = '/tmp', mode = 0o755): string => {
  const folder = mkdtempSync(join(parent, 'embedded-'))
  chmodSync(folder, mode)
  undo.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const start = async (dataFolder: string, log = recordLog()) => {
  const server = await startEmbedded({ dataFolder, clock: realClock, log })
  undo.push(() => server.stop())
  return { server, log }
}

type Said = { pid: number; adopted: boolean; connectionString: string; error?: string; detail?: string }

/** A Relais in a process of its own, that may be killed; its server is stopped after the test even so. */
const startProcess = async (dataFolder: string, as: { uid?: number; gid?: number } = {}): Promise<{ relais: ChildProcess; said: Said }> => {
  const relais = spawn(process.execPath, [PROCESS, dataFolder], { stdio: ['ignore', 'pipe', 'inherit'], cwd: '/', ...as })
  let server = 0
  undo.push(async () => {
    await kill(relais, 'SIGTERM')
    // Killed before: then its server lives on, and is stopped as the next start would.
    if (stateOf(server) === 'alive') await (await startEmbedded({ dataFolder, clock: realClock, log: recordLog() })).stop()
  })
  const [line] = await once(createInterface({ input: relais.stdout }), 'line')
  const said: Said = JSON.parse(String(line))
  if (!said.error) server = said.pid
  return { relais, said }
}

const kill = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

const ask = async (connectionString: string, sql: string, values: unknown[] = []): Promise<unknown> => {
  const client = new pg.Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query<unknown[]>({ text: sql, values, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}

/** Commits a new word, which `recall` must give from then on. */
const remember = async (connectionString: string): Promise<string> => {
  const word = randomUUID()
  await ask(connectionString, 'create table if not exists kept (word text)')
  await ask(connectionString, 'truncate kept')
  await ask(connectionString, 'insert into kept values ($1)', [word])
  return word
}

const recall = (connectionString: string): Promise<unknown> => ask(connectionString, 'select word from kept')

const refusal = async (promise: Promise<unknown>): Promise<RelaisError> => {
  try {
    await promise
  } catch (error) {
    return error as RelaisError
  }
  throw new Error('Nothing was refused.')
}

test('The first start makes a durable UTF-8 database that only its own account reaches, and stop leaves nothing running', async () => {
  const folder = makeFolder()
  const { server } = await start(folder)
  const url = server.connectionString
  expect(await ask(url, 'show fsync')).toBe('on')
  expect(await ask(url, 'show listen_addresses')).toBe('')
  expect(await ask(url, 'show server_encoding')).toBe('UTF8')
  expect(await ask(url, 'select current_database()')).toBe('relais')
  expect(await ask(url, `select lower('ÉŒ')`)).toBe('éœ')
  expect(await ask(url, `select to_tsvector('simple', '« bonjour\u00a0! »')::text`)).toBe(`'bonjour':1`)
  const socket = statSync(server.connection.host)
  expect(socket.mode & 0o777).toBe(0o700)
  expect(socket.uid).toBe(statSync(join(folder, 'postgres')).uid)
  expect(statSync(`/proc/${server.pid}`).uid).not.toBe(0)
  expect(findEmbedded(folder)).toEqual(server.connection)
  await server.stop()
  expect(stateOf(server.pid)).not.toBe('alive')
  expect(existsSync(server.connection.host)).toBe(false)
  expect(findEmbedded(folder)).toBeUndefined()
})

test('The second start is quick and finds the data', async () => {
  const first = await start(shared)
  const word = await remember(first.server.connectionString)
  await first.server.stop()
  const before = performance.now()
  const { server, log } = await start(shared)
  // 80 ms on an idle machine; this one may be busy with other tests.
  expect(performance.now() - before).toBeLessThan(5_000)
  expect(log.lines.map((line) => line.event)).toEqual(['store.started'])
  expect(server.adopted).toBe(false)
  expect(await recall(server.connectionString)).toBe(word)
})

test('After kill -9 of Relais its server lives on, and the next start adopts it', async () => {
  const { relais, said } = await startProcess(shared)
  const word = await remember(said.connectionString)
  await kill(relais, 'SIGKILL')
  expect(stateOf(said.pid)).toBe('alive')
  const { server } = await start(shared)
  expect(server.adopted).toBe(true)
  expect(server.pid).toBe(said.pid)
  expect(await recall(server.connectionString)).toBe(word)
  await server.stop()
  expect(stateOf(said.pid)).not.toBe('alive')
})

test('After kill -9 of PostgreSQL it is started again by itself, at the same address, with what was committed', async () => {
  const { server, log } = await start(shared)
  const before = server.pid
  const word = await remember(server.connectionString)
  const [down, up] = [log.next('store.down'), log.next('store.up')]
  process.kill(before, 'SIGKILL')
  expect((await down).fields).toEqual({ pid: before })
  expect((await up).fields).toEqual({ pid: server.pid })
  expect(server.pid).not.toBe(before)
  expect(await recall(server.connectionString)).toBe(word)
})

test('When PostgreSQL restarts itself after one of its processes was killed, Relais keeps it', async () => {
  const { server, log } = await start(shared)
  const up = log.next('store.up')
  const backend = await ask(server.connectionString, `select pid from pg_stat_activity where application_name like 'relais pid %'`)
  process.kill(Number(backend), 'SIGKILL')
  expect((await up).fields).toEqual({ pid: server.pid })
  expect(await ask(server.connectionString, 'select 1')).toBe(1)
})

test('An adopted server that is killed is started again too', async () => {
  const { relais, said } = await startProcess(shared)
  await kill(relais, 'SIGKILL')
  const { server, log } = await start(shared)
  const up = log.next('store.up')
  process.kill(said.pid, 'SIGKILL')
  await up
  expect(await ask(server.connectionString, 'select 1')).toBe(1)
})

test('After kill -9 of both, the next start recovers what was committed', async () => {
  const { relais, said } = await startProcess(shared)
  const word = await remember(said.connectionString)
  process.kill(said.pid, 'SIGKILL')
  await kill(relais, 'SIGKILL')
  const { server } = await start(shared)
  expect(await recall(server.connectionString)).toBe(word)
})

test('A second start on the same folder is refused and names the running process', async () => {
  const { relais, said } = await startProcess(shared)
  const error = await refusal(startEmbedded({ dataFolder: shared, clock: realClock, log: recordLog() }))
  expect(error.code).toBe('store-already-open')
  expect(error.detail).toContain(`pid ${relais.pid}`)
  expect(await ask(said.connectionString, 'select 1')).toBe(1)
})

test('Of two first starts at the same moment one runs and the other is refused', async () => {
  const folder = makeFolder()
  const both = await Promise.all([startProcess(folder), startProcess(folder)])
  const refused = both.filter(({ said }) => said.error)
  expect(refused.map(({ said }) => said.error)).toEqual(['store-already-open'])
  const winner = both.find(({ said }) => !said.error)
  expect(refused[0]?.said.detail).toContain(`pid ${winner?.relais.pid}`)
  expect(await ask(winner?.said.connectionString ?? '', 'select 1')).toBe(1)
})

/** A cluster as a power cut would leave it, with a pid file (and the like lock beside its socket) of other content. Gives the word it keeps. */
const leaveBehind = async (folder: string, pidFile: (text: string, account: { uid: number; gid: number }) => string): Promise<string> => {
  const { relais, said } = await startProcess(folder)
  const word = await remember(said.connectionString)
  const host = decodeURIComponent(new URL(said.connectionString).hostname)
  const { uid, gid } = statSync(host)
  const left = [join(folder, 'postgres', 'postmaster.pid'), join(host, '.s.PGSQL.5432.lock')].map((path) => ({
    path,
    text: readFileSync(path, 'utf8'),
  }))
  await kill(relais, 'SIGTERM')
  mkdirSync(host, { mode: 0o700 })
  chownSync(host, uid, gid)
  for (const { path, text } of left) {
    writeFileSync(path, pidFile(text, { uid, gid }), { mode: 0o600 })
    chownSync(path, uid, gid)
  }
  return word
}

test('A pid file that names another living program is seen through', async () => {
  let stranger: ChildProcess | undefined
  const word = await leaveBehind(shared, (text, account) => {
    // Under the server's own account: of a program it may not signal, PostgreSQL would know by itself that it is a stranger.
    stranger ??= spawn('sleep', ['300'], { stdio: 'ignore', ...(ROOT ? account : {}) })
    return text.replace(/^\d+/, String(stranger.pid))
  })
  undo.push(() => stranger && kill(stranger, 'SIGKILL'))
  const { server, log } = await start(shared)
  expect(log.lines[0]?.event).toBe('store.pid-file-stale')
  expect(await recall(server.connectionString)).toBe(word)
  expect(stateOf(stranger?.pid ?? 0)).toBe('alive')
})

test('A pid file that names a zombie is seen through', async () => {
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 300'], { stdio: ['ignore', 'pipe', 'ignore'] })
  undo.push(() => kill(parent, 'SIGKILL'))
  const [zombie] = await once(createInterface({ input: parent.stdout }), 'line')
  const word = await leaveBehind(shared, (text) => text.replace(/^\d+/, String(zombie)))
  expect(stateOf(Number(zombie))).toBe('zombie')
  const { server } = await start(shared)
  expect(await recall(server.connectionString)).toBe(word)
})

test('An empty pid file, left by a full disk or a power cut, is seen through', async () => {
  const word = await leaveBehind(shared, () => '')
  const { server } = await start(shared)
  expect(await recall(server.connectionString)).toBe(word)
})

test('A long folder name, spaces and accents do no harm', async () => {
  const folder = join(makeFolder(), 'réglé à l’été '.repeat(8), 'x'.repeat(200))
  const { server } = await start(folder)
  expect(await ask(server.connectionString, 'show data_directory')).toBe(join(folder, 'postgres'))
})

test('PostgreSQL’s log holds no values, rows or statements', async () => {
  const { server } = await start(shared)
  await ask(server.connectionString, 'create table words (word text primary key, count integer check (count > 0))')
  for (const sql of [`insert into words values ('secret-1', -1)`, `select 'secret-2'::integer`, `select * from "secret-3"`])
    await refusal(ask(server.connectionString, sql))
  expect(readFileSync(join(shared, 'postgres.log'), 'utf8')).not.toContain('secret')
})

test('A cluster that a server cannot read gives an error that says why', async () => {
  const folder = makeFolder()
  await (await start(folder)).server.stop()
  writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '12\n')
  const error = await refusal(startEmbedded({ dataFolder: folder, clock: realClock, log: recordLog() }))
  expect(error.code).toBe('store-cannot-start')
  expect(error.detail).toContain('incompatible')
})

test.skipIf(!ROOT)('As root in a folder only root may enter, data and programs lie elsewhere and the folder links there', async () => {
  const folder = join(makeFolder('/root', 0o700), '.relais')
  const { server, log } = await start(folder)
  const data = realpathSync(join(folder, 'postgres'))
  undo.splice(1, 0, () => rmSync(dirname(data), { recursive: true, force: true }))
  expect(data).toMatch(/^\/var\/lib\/relais\/data\/[0-9a-f]{16}\/postgres$/)
  expect(log.lines.map((line) => line.event)).toEqual(['store.created', 'store.started'])
  const word = await remember(server.connectionString)
  await server.stop()
  const again = await start(folder)
  expect(await recall(again.server.connectionString)).toBe(word)
})

test.skipIf(!nobodyMayRun)('An ordinary user’s server runs as that user, in a folder only that user may enter', async () => {
  const folder = makeFolder('/tmp', 0o700)
  chownSync(folder, NOBODY.uid, NOBODY.gid)
  const { said } = await startProcess(join(folder, '.relais'), NOBODY)
  expect(said.error).toBeUndefined()
  expect(statSync(`/proc/${said.pid}`).uid).toBe(NOBODY.uid)
  expect(statSync(join(folder, '.relais', 'postgres')).uid).toBe(NOBODY.uid)
})

test.skipIf(!nobodyMayRun)('An ordinary user is told so where the folder belongs to another account', async () => {
  await (await start(shared)).server.stop()
  const { said } = await startProcess(shared, NOBODY)
  expect(said.error).toBe('store-no-right')
})

/** A disk of its own and of `megabytes`, for the tests of a full one; undefined where this machine lets nobody mount. */
const makeDisk = (megabytes: number): string | undefined => {
  const folder = makeFolder()
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder]).status !== 0) return undefined
  undo.push(() => spawnSync('umount', ['-l', folder]))
  return folder
}

test('A start on a full disk says so', async ({ skip }) => {
  const disk = makeDisk(20) ?? skip('no right to mount a disk')
  const error = await refusal(startEmbedded({ dataFolder: disk, clock: realClock, log: recordLog() }))
  expect(error.code).toBe('store-disk-full')
  expect(readdirSync(disk)).toEqual([])
})

test('A disk that fills up stops writing, says so, and once there is room goes on by itself with all that was committed', async ({
  skip,
}) => {
  const disk = makeDisk(110) ?? skip('no right to mount a disk')
  const { server, log } = await start(disk)
  const word = await remember(server.connectionString)
  const failed = log.next('store.cannot-recover')
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(join(disk, 'ballast'), Buffer.alloc(bavail * bsize - 4_000_000))
  // Nothing but write-ahead log, more than the room and the log's present file together.
  await refusal(
    ask(server.connectionString, `select pg_logical_emit_message(true, 'fill', repeat('x', 1000000)) from generate_series(1, 40)`),
  )
  expect((await failed).fields.code).toBe('store-disk-full')
  const up = log.next('store.up')
  rmSync(join(disk, 'ballast'))
  await up
  expect(await recall(server.connectionString)).toBe(word)
  await remember(server.connectionString)
})
