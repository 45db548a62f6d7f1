/** Promise 1 against the database: it goes away, is killed, or has no room, while customers write. Nothing acknowledged may be missing afterwards. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { makeRandom } from '../../simulators/random.ts'
import { silentLog } from '../../src/core/ports.ts'
import { connect } from '../../src/store/connection.ts'
import { startEmbedded } from '../../src/store/embedded/index.ts'
import { readPidFile } from '../../src/store/embedded/pid-file.ts'
import { findData } from '../../src/store/embedded/place.ts'
import { migrate } from '../../src/store/migrate.ts'
import { realClock } from '../support/real-clock.ts'
import { type Crew, type CrewOptions, openCrew, until } from './crew.ts'
import { compare, FAULTLESS } from './oracle.ts'

/** Within this a webhook is answered, whatever state the database is in. */
const ANSWERED_MS = 2_000
const PER_SECOND = 40

/** What each test leaves, undone in reverse. */
const undo: (() => unknown)[] = []
const crews: Crew[] = []
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.info(crews.map((crew) => crew.log().slice(-6000)).join('\n'))
  crews.length = 0
  for (const step of undo.splice(0).reverse()) await step()
})

const makeFolder = (): string => {
  const folder = mkdtempSync('/tmp/relais-promise-')
  chmodSync(folder, 0o755)
  undo.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const open = async (options: CrewOptions): Promise<Crew> => {
  const crew = await openCrew(options)
  undo.push(() => crew.close())
  crews.push(crew)
  return crew
}

const postmasterOf = (dataFolder: string): number => readPidFile(findData(dataFolder) ?? '')?.pid ?? 0
/** Kills the server of a data folder; one that nobody holds any more ends with the test. */
const killServer = (dataFolder: string, signal: NodeJS.Signals): number => {
  const pid = postmasterOf(dataFolder)
  if (pid) process.kill(pid, signal)
  return pid
}
const endServer = (dataFolder: string) => async () => {
  try {
    killServer(dataFolder, 'SIGQUIT')
  } catch {
    // It has ended already.
  }
}

const refusals = (crew: Crew, since: number) => crew.answers.slice(since).filter((answer) => answer.status !== 200)

describe('promise 1: an acknowledged message is never lost', () => {
  it('when PostgreSQL stops at once and comes back later: webhooks are answered 503 within two seconds meanwhile, and all drains by itself', async () => {
    const folder = makeFolder()
    let server = await startEmbedded({ dataFolder: folder, log: silentLog, clock: realClock })
    undo.push(() => server.stop())
    const admin = connect({ config: { connectionString: server.connectionString }, size: 1 })
    await migrate(admin, 0)
    await admin.close()
    const crew = await open({ databaseUrl: server.connectionString })
    const member = await crew.start()
    const writing = crew.write(makeRandom(1), PER_SECOND)
    await until('some messages', () => writing.sent() > 40)

    const stopping = server.stop()
    killServer(folder, 'SIGQUIT')
    await stopping
    const since = crew.answers.length
    await until('refusals', () => refusals(crew, since).length > 20)
    server = await startEmbedded({ dataFolder: folder, log: silentLog, clock: realClock })

    const after = writing.sent()
    await until('more messages', () => writing.sent() > after + 40)
    writing.stop()
    await crew.rest()
    expect(member.process.exitCode, 'it went on without a restart').toBeNull()
    const refused = refusals(crew, 0)
    expect(new Set(refused.map((answer) => answer.status))).toEqual(new Set([503]))
    expect(Math.max(...refused.map((answer) => answer.ms))).toBeLessThan(ANSWERED_MS)
    expect(await compare(crew.whatsapp, crew.connection)).toMatchObject({ ...FAULTLESS, acknowledged: writing.sent() })
  })

  it('when its own server, itself, and both are killed −9 under load', async () => {
    const folder = makeFolder()
    undo.push(endServer(folder))
    const crew = await open({ dataFolder: folder })
    let member = await crew.start()
    const writing = crew.write(makeRandom(2), PER_SECOND)
    const moreMessages = async () => {
      const before = crew.answers.filter((answer) => answer.status === 200).length
      await until('acknowledgements', () => crew.answers.filter((answer) => answer.status === 200).length > before + 40, 60_000)
    }
    await moreMessages()
    const first = killServer(folder, 'SIGKILL')
    await moreMessages()
    expect(postmasterOf(folder)).not.toBe(first)
    expect(member.process.exitCode, 'it brought its server up again').toBeNull()

    await member.kill()
    member = await crew.start()
    await moreMessages()

    killServer(folder, 'SIGKILL')
    await member.kill()
    member = await crew.start()
    await moreMessages()
    writing.stop()
    await crew.rest()
    expect(Math.max(...refusals(crew, 0).map((answer) => answer.ms), 0)).toBeLessThan(ANSWERED_MS)
    expect(await compare(crew.whatsapp, crew.connection)).toMatchObject({ ...FAULTLESS, acknowledged: writing.sent() })
  })

  it('when the disk is full: refused with 503 and told in the log, and it goes on by itself once there is room', async ({ skip }) => {
    const folder = makeFolder()
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=110m,mode=755', 'tmpfs', folder]).status === 0
    if (!mounted && process.getuid?.() === 0 && process.env.CI === 'true') throw new Error('root may mount no disk here')
    if (!mounted) skip('no right to mount a disk')
    undo.push(() => spawnSync('umount', ['-l', folder]))
    undo.push(endServer(folder))
    const crew = await open({ dataFolder: folder })
    const member = await crew.start()
    const writing = crew.write(makeRandom(3), PER_SECOND)
    await until('some messages', () => crew.answers.length > 80)

    const { bavail, bsize } = statfsSync(folder)
    writeFileSync(join(folder, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - 2_000_000)))
    // Load that the room left does not take.
    const admin = connect({ config: { connectionString: crew.databaseUrl() }, size: 1 })
    await admin.query("select pg_logical_emit_message(true, 'fill', repeat('x', 1000000)) from generate_series(1, 40)").catch(() => {})
    await admin.close().catch(() => {})
    const since = crew.answers.length
    await until('refusals', () => refusals(crew, since).filter((answer) => answer.status === 503).length > 20)
    await until('a clear line in the log', () => member.lines.some((line) => line.includes('store-disk-full')))
    rmSync(join(folder, 'ballast'))

    const before = crew.answers.filter((answer) => answer.status === 200).length
    await until('acknowledgements again', () => crew.answers.filter((answer) => answer.status === 200).length > before + 40, 60_000)
    writing.stop()
    await crew.rest()
    expect(member.process.exitCode, 'it went on without a restart').toBeNull()
    expect(Math.max(...refusals(crew, 0).map((answer) => answer.ms))).toBeLessThan(ANSWERED_MS)
    expect(await compare(crew.whatsapp, crew.connection)).toMatchObject({ ...FAULTLESS, acknowledged: writing.sent() })
  })
})
