/** Drills as they are asked for: by the schedule, live beside a running relay, over recorded customers; and what tells that one is too old. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkCommand } from '../../src/cli/check.ts'
import { peekDatabase } from '../../src/cli/database.ts'
import { doctorCommand } from '../../src/cli/doctor.ts'
import { drillCommand } from '../../src/cli/drill/drill.ts'
import { keepReport, storedShape } from '../../src/cli/drill/kept.ts'
import { drillApart, scheduleDrills } from '../../src/cli/drill/schedule.ts'
import { silentLog } from '../../src/core/ports.ts'
import { type Connection, connect, rows } from '../../src/store/connection.ts'
import { keepDrill, readDrills } from '../../src/store/drills.ts'
import { DEMO, ENV, WHATSAPP } from '../support/deciding.ts'
import { openHouse, type TestHouse } from '../support/house.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { SMS, step } from '../support/reaching.ts'
import { realClock } from '../support/real-clock.ts'
import { runCommand } from '../support/terminal.ts'
import { openTwo, type Two } from '../support/two-channels.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts')
const DAY = 86_400_000

let folder = ''
let database: FreshDatabase
let connection: Connection
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relais-drills-'))
  database = await freshDatabase()
  connection = connect({ config: { connectionString: database.connectionString } })
})
afterAll(async () => {
  await connection.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})
const env = () => ({ PATH: process.env.PATH ?? '', LANG: 'en_GB.UTF-8', RELAIS_DATA: folder, DATABASE_URL: database.connectionString })

describe('a drill of the schedule', () => {
  // One channel, which nothing stands in for: it is rehearsed in a moment, and fails.
  const SHOP =
    'workspace: { name: Shop, country: FR }\nchannels:\n  line: { kind: twilio, accountSid: AC00000000000000000000000000000000, authToken: secret, from: "+33612345678" }\n'

  it('runs in a process of its own, is kept as its own result, and is not due again', async () => {
    await writeFile(join(folder, 'relais.yaml'), SHOP)
    const [told, looks]: [unknown[], (() => void)[]] = [[], []]
    const drill = (cut: string) => ({ cut: [cut], everyMs: 14 * DAY, at: { weekday: null, minute: minuteNow() } })
    const stop = scheduleDrills({
      drills: [drill('line'), drill('gone')],
      timezone: 'UTC',
      clock: {
        now: Date.now,
        after: (_, call) => {
          looks.push(call)
          return () => {}
        },
      },
      log: { ...silentLog, info: (event, data) => void told.push([event, data]), warn: (event, data) => void told.push([event, data]) },
      leads: () => true,
      last: () => readDrills(connection),
      run: drillApart(folder, env()),
    })
    const look = async () => {
      const before = looks.length
      looks.at(-1)?.()
      while (looks.length === before) await new Promise((done) => setTimeout(done, 50))
    }
    await look()
    // What failed is a result; a name that relais.yaml does not have is none, and is told.
    expect(told).toEqual([
      ['drill.begins', { cut: 'line' }],
      ['drill.begins', { cut: 'gone' }],
      ['drill.failed', { cut: 'gone', error: 'exit 2' }],
    ])
    expect(await readDrills(connection)).toMatchObject([{ thing: 'line', mode: 'shadow', ok: false }])
    told.length = 0
    await look()
    expect(told.map((one) => JSON.stringify(one))).not.toContainEqual(expect.stringContaining('line'))
    stop()
  })
})

const minuteNow = (): number => Math.floor((Date.now() % DAY) / 60_000)

describe('relais drill --live beside a running relay', () => {
  let two: Two
  beforeAll(async () => {
    two = await openTwo(connection, { steps: [step(WHATSAPP), step(SMS)] })
  })
  afterAll(() => two.stop())

  type Ended = { readonly code: number | null; readonly out: string; readonly err: string }
  const live = (...args: string[]): Promise<Ended> => {
    const words = [MAIN, 'drill', '--cut', 'whatsapp', '--live', 'cohort.csv', '--workspace', DEMO, '--json', ...args]
    const child = spawn(process.execPath, words, { cwd: folder, env: env(), stdio: ['ignore', 'pipe', 'pipe'] })
    const said = { out: '', err: '' }
    child.stdout.on('data', (text) => {
      said.out += text
    })
    child.stderr.on('data', (text) => {
      said.err += text
    })
    return new Promise((done) => child.once('close', (code) => done({ code, ...said })))
  }
  const drills = async () => (await readDrills(connection)).filter(({ thing }) => thing === 'whatsapp')

  it('asks first, and takes silence for a no', async () => {
    const [one] = await two.people(1)
    await writeFile(join(folder, 'cohort.csv'), `${one}, oui\n`)
    expect(await live()).toMatchObject({ code: 1, out: '' })
    expect([two.given, await drills()]).toEqual([[], []])
  })

  it('begins with nobody where there are too many', async () => {
    const people = await two.people(26)
    await writeFile(join(folder, 'cohort.csv'), people.map((one) => `${one}, oui\n`).join(''))
    expect(await live('--yes')).toMatchObject({ code: 2, err: expect.stringContaining('1 to 25 people, not 26') })
    expect([two.given, await drills()]).toEqual([[], []])
  })

  it('reaches the cohort by the next channel and all others as ever, and keeps what came of it', async () => {
    const [one, other, apart] = await two.people(3)
    await writeFile(join(folder, 'cohort.csv'), `${one}, le 3 novembre\n${other}; par écrit\n`)
    const ended = live('--yes')
    await two.notify([apart as NonNullable<typeof apart>], 'Votre colis part.')
    const delivered = new Set<string>()
    let done = false
    const finished = ended.finally(() => {
      done = true
    })
    while (!done) {
      for (const given of two.given.filter(({ vendorId }) => !delivered.has(vendorId))) {
        delivered.add(given.vendorId)
        await two.receipt(given, 'delivered')
      }
      await new Promise((next) => setTimeout(next, 50))
    }
    const { code, out } = await finished
    expect(two.given.map(({ channel }) => channel).toSorted()).toEqual([SMS, SMS, WHATSAPP])
    expect(JSON.parse(out)).toMatchObject({
      mode: 'live',
      traffic: 'cohort',
      contacts: 2,
      kept: true,
      ok: true,
      result: { affected: 2, switched: 2, missed: 0, doubled: 0, withoutConsent: 0 },
    })
    expect([code, await drills()]).toMatchObject([0, [{ mode: 'live', ok: true }]])
  })
})

describe('a drill over recorded customers', () => {
  let own: FreshDatabase
  let known: Connection
  beforeAll(async () => {
    own = await freshDatabase()
    known = connect({ config: { connectionString: own.connectionString } })
  })
  afterAll(async () => {
    await known.close()
    await own.drop()
  })
  const rehearse = (now = Date.UTC(2026, 10, 24, 9)) => {
    const command = drillCommand({
      keep: keepReport,
      recorded: storedShape,
      openLive: () => Promise.reject(new Error('Nothing is live here.')),
      ask: async () => false,
    })
    const words = ['--cut', 'whatsapp', '--traffic', 'recorded', '--contacts', '12', '--seed', '3', '--workspace', DEMO, '--json']
    const io = { cwd: folder, now: () => now, env: { ...env(), DATABASE_URL: own.connectionString } }
    return runCommand(command, words, io)
  }
  const people = Array.from({ length: 30 }, (_, n) => ({ id: `con_${n}`, phone: `+336120000${10 + n}` }))
  const put = (statement: string) => known.query(statement, [rows(people)])

  it('says so where nobody is known', async () => {
    expect(await rehearse()).toMatchObject({ code: 2, err: expect.stringContaining('no customer is known here') })
  })

  it('fails where customers are known by the channel that is cut alone, and alerts', async () => {
    await known.query(
      "insert into channel (id, kind, health, changed_at) values ('whatsapp', 'whatsapp', 'healthy', 0), ('sms', 'sms', 'healthy', 0)",
    )
    await put("insert into contact (id, country, created_at) select id, 'FR', 0 from json_to_recordset($1) as r(id text, phone text)")
    await put(
      "insert into identity (key, contact_id, kind, value, created_at) select 'whatsapp:' || phone, id, 'whatsapp', phone, 0 from json_to_recordset($1) as r(id text, phone text)",
    )
    await put(
      "insert into consent (contact_id, channel_kind, category, given, at, source) select id, 'whatsapp', 'service', true, 0, 'test' from json_to_recordset($1) as r(id text, phone text)",
    )
    const { code, out } = await rehearse()
    const report = JSON.parse(out)
    expect([code, report.traffic, report.kept, report.ok, report.result.by]).toEqual([1, 'recorded', true, false, []])
    expect(report.failures.map(({ what }: { what: string }) => what)).toContain('no-way')
    expect(await readDrills(known)).toMatchObject([{ thing: 'whatsapp', mode: 'shadow', ok: false }])
    expect(await known.query("select from event where kind = 'alert' and data ->> 'about' = 'drill-failed'")).toHaveLength(1)
  })

  it('holds once they agreed to another, and goes that way alone', async () => {
    await put(
      "insert into identity (key, contact_id, kind, value, created_at) select 'sms:' || phone, id, 'sms', phone, 0 from json_to_recordset($1) as r(id text, phone text)",
    )
    await put(
      "insert into consent (contact_id, channel_kind, category, given, at, source) select id, 'sms', 'service', true, 1, 'test' from json_to_recordset($1) as r(id text, phone text)",
    )
    const { code, out } = await rehearse(Date.UTC(2026, 10, 25, 9))
    const report = JSON.parse(out)
    expect([report.failures, code]).toEqual([[], 0])
    expect(report.result.by.map(({ channel }: { channel: string }) => channel)).toEqual(['sms'])
    expect((await readDrills(known)).find(({ thing }) => thing === 'whatsapp')).toMatchObject({ ok: true })
    // Nothing of anybody who is known is in what is kept.
    const kept = JSON.stringify(await known.query('select report from drill'))
    for (const { id, phone } of people) expect([kept.includes(`"${id}"`), kept.includes(phone)]).toEqual([false, false])
  })
})

describe('a drill of more than 30 days ago', () => {
  let house: TestHouse
  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.close())
  const CUT = ['whatsapp', 'sms', 'main']

  it.each([
    [29, []],
    [31, CUT],
  ])('after %i days is told of %j by check, doctor and the metrics', async (days, stale) => {
    const now = house.stage.clock.now()
    await house.connection.query('delete from drill')
    await keepDrill(house.connection, { id: `drl_${days}`, at: now - days * DAY, mode: 'shadow', cut: CUT, ok: true }, {})
    const io = {
      cwd: folder,
      now: () => now,
      env: { ...ENV, ...house.stage.env, DATABASE_URL: house.connection.pool.options.connectionString },
    }
    const toldBy = async (command: Parameters<typeof runCommand>[0]) => {
      const { findings } = JSON.parse((await runCommand(command, [DEMO, '--json'], io)).out)
      const told = findings.filter(({ id }: { id: string }) => id === 'drill-stale')
      const things = told.map(({ words }: { words: { en: string } }) => /the cut of (\S+) was last rehearsed on/.exec(words.en)?.[1])
      return { things: things.toSorted(), levels: new Set(told.map(({ level }: { level: string }) => level)) }
    }
    const told = { things: stale.toSorted(), levels: new Set(stale.length ? ['warning'] : []) }
    expect(await toldBy(checkCommand)).toEqual(told)
    const doctor = doctorCommand({
      openDatabase: ({ env: given, cwd }) => peekDatabase(given, cwd, realClock, silentLog),
      freeBytes: async () => 1e12,
      limitMs: 3_000,
    })
    expect(await toldBy(doctor)).toEqual(told)
    const metrics = await (await fetch(`${house.url}/metrics`)).text()
    for (const cut of CUT) expect(metrics).toContain(`relais_drill_stale{cut="${cut}"} ${stale.length ? 1 : 0}`)
    expect(Number(/relais_drill_age_seconds\{cut="main"\} (\d+)/.exec(metrics)?.[1])).toBeCloseTo(days * 86_400, -2)
  })
})
