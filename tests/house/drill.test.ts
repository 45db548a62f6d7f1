/** A live drill beside the real relay on a real PostgreSQL: a cut for those who agreed to take part, and for nobody else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drillLive, findPeople, readCohort } from '../../src/cli/drill/live.ts'
import { openWorkspace } from '../../src/cli/house.ts'
import { createIds } from '../../src/core/ids.ts'
import { type Connection, connect } from '../../src/store/connection.ts'
import { keepDrill, readDrills } from '../../src/store/drills.ts'
import { append } from '../../src/store/postgres/append.ts'
import { createReading } from '../../src/store/reading/index.ts'
import { DEMO, ENV, WHATSAPP } from '../support/deciding.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { SMS, step } from '../support/reaching.ts'
import { openTwo, type Two } from '../support/two-channels.ts'

let database: FreshDatabase
let connection: Connection
let two: Two
beforeAll(async () => {
  database = await freshDatabase()
  connection = connect({ config: { connectionString: database.connectionString } })
  two = await openTwo(connection, { steps: [step(WHATSAPP), step(SMS)] })
})
afterAll(async () => {
  await two.stop()
  await connection.close()
  await database.drop()
})

describe('a live drill', () => {
  it('reaches by the next channel who agreed to it, leaves the cut one alone for them, and says who has no other way', async () => {
    const [one, other, shy] = [...(await two.people(2)), ...(await two.people(1, false))]
    const cohort = readCohort(`${one}, le 3 novembre, par écrit\n${other}; oui\n${shy}, oui`, 'cohort.csv')
    const reading = createReading(connection)
    const { workspace } = await openWorkspace(DEMO, ENV)
    const ids = createIds(Date.now, Math.random)
    const told = new Set<string>()
    const report = await drillLive(
      {
        reading,
        ids,
        now: Date.now,
        append: (own) => append(connection, { contacts: [], own, receipts: [], channels: [] }, ids, Date.now()),
        pause: async () => {
          for (const given of two.given) if (!told.has(given.vendorId)) await two.receipt(given, 'delivered')
          for (const { vendorId } of two.given) told.add(vendorId)
          await new Promise((done) => setTimeout(done, 50))
        },
      },
      {
        workspace: { ...workspace, plans: { ...workspace.plans, reach: { default: [step(WHATSAPP), step(SMS)] } } },
        rulebook: 'f00d',
        cut: [{ id: 'whatsapp', what: 'channel', kind: 'whatsapp' }],
        people: await findPeople({ reading }, cohort, 'cohort.csv'),
        language: 'fr',
        onProgress: () => {},
      },
    )
    expect(two.given.map(({ channel }) => channel)).toEqual([SMS, SMS])
    expect(report).toMatchObject({ mode: 'live', contacts: 3, ok: true, failures: [] })
    expect(report.result).toMatchObject({
      affected: 3,
      switched: 2,
      unreachable: [{ why: 'no-other-way', count: 1 }],
      missed: 0,
      lost: 0,
      doubled: 0,
      withoutConsent: 0,
    })
  })

  it('is not begun with anybody of whom the file does not say that they agreed, nor with a crowd', () => {
    expect(() => readCohort('+33612345678, oui\n+33612345679', 'cohort.csv')).toThrow(/cohort\.csv:2/)
    expect(() => readCohort(Array.from({ length: 26 }, (_, n) => `con_${n}, oui`).join('\n'), 'cohort.csv')).toThrow(/1 to 25/)
  })

  it('is kept by what it cut, the last one of each; one that failed is an alert', async () => {
    const drill = { mode: 'shadow' as const, cut: ['whatsapp', 'main'] }
    await keepDrill(connection, { ...drill, id: 'drl_1', at: 1, ok: true }, {})
    await keepDrill(connection, { ...drill, id: 'drl_2', at: 2, ok: false, cut: ['whatsapp'] }, {})
    expect(await readDrills(connection)).toEqual([
      { thing: 'main', id: 'drl_1', at: 1, mode: 'shadow', ok: true },
      { thing: 'whatsapp', id: 'drl_2', at: 2, mode: 'shadow', ok: false },
    ])
    const alerts = await connection.query("select data from event where kind = 'alert' and data ->> 'about' = 'drill-failed'")
    expect(alerts).toEqual([{ data: { about: 'drill-failed', cut: ['whatsapp'], mode: 'shadow' } }])
  })
})
