/** Promises 1, 2, 3 and 4 against kill −9: processes die at random moments while customers write, and the provider's ledger is compared with ours. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRandom } from '../../simulators/random.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { type Crew, openCrew, until } from './crew.ts'
import { compare, FAULTLESS } from './oracle.ts'

const KILLS = Number(process.env.RELAIS_KILLS ?? 30)
const SEED = Number(process.env.RELAIS_SEED ?? Date.now() % 1_000_000)
const PER_SECOND = 40
const PROCESSES = 2

let database: FreshDatabase
let crew: Crew
beforeAll(async () => {
  database = await freshDatabase()
  crew = await openCrew({ databaseUrl: database.connectionString, seed: SEED })
})
afterAll(async () => {
  await crew.close()
  await database.drop()
})

const isCalm = async () => (await crew.connection.query('select 1 from pending where tries > 0')).length === 0 && crew.members.length > 0

describe('promise 1: an acknowledged message is never lost; promise 4: no send is repeated blindly', () => {
  it(`keeps both through ${KILLS} kills −9 under load (seed ${SEED})`, async () => {
    console.info(`kills: seed ${SEED}`)
    const random = makeRandom(SEED)
    await Promise.all(Array.from({ length: PROCESSES }, () => crew.start()))
    const writing = crew.write(random, PER_SECOND)
    const starting = new Set<Promise<unknown>>()
    for (let kills = 0, row = 0; kills < KILLS; row++) {
      await until('a process to kill', () => crew.members.length > 0)
      // Two in a row at most: an event in hand at three deaths is blamed for them, as it should be.
      if (row % 2 === 0) await until('all that was in hand at a death decided', isCalm, 60_000)
      const moment = performance.now() + random() * 1_000
      await until('the moment', () => performance.now() >= moment)
      // Now and then all of them die at once: nobody is left who knows anything.
      const victims = random() < 0.3 ? [...crew.members] : crew.members.slice(0, 1)
      await Promise.all(victims.map((victim) => victim.kill()))
      kills += victims.length
      for (const _ of victims) {
        const start = crew.start()
        starting.add(start)
        void start.finally(() => starting.delete(start))
      }
    }
    await Promise.all(starting)
    writing.stop()
    await crew.rest(180_000)
    const findings = await compare(crew.whatsapp, crew.connection)
    console.info(`kills: ${findings.acknowledged} acknowledged, ${findings.flagged} resent and flagged, ${findings.parked} parked`)
    expect(await crew.connection.query('select id, kind, error from poison')).toEqual([])
    expect(findings).toMatchObject({ ...FAULTLESS, acknowledged: writing.sent() })
  })
})
