/** Two processes that take in and two that send, on one database: one worker dies, and nothing is lost, doubled, or faster than allowed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeRandom } from '../../simulators/random.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { type Crew, openCrew } from './crew.ts'
import { compare, FAULTLESS } from './oracle.ts'

const THROUGHPUT = 50
/** What may go at once beyond the rate: a tenth of a second's worth, once more where the channel changes hands. */
const BURST = 2 * Math.round(THROUGHPUT / 10)
/** One person gets 45 at once, then one every six seconds. */
const PAIR = { burst: 45, everyMs: 6_000 }

let database: FreshDatabase
let crew: Crew
beforeEach(async () => {
  database = await freshDatabase()
  crew = await openCrew({ databaseUrl: database.connectionString, throughput: THROUGHPUT })
})
afterEach(async () => {
  await crew.close()
  await database.drop()
})

/** The most sends that any span of `ms` saw beyond `allowed` for that span; ≤ 0 is well. */
const excess = (instants: readonly number[], perMs: number, burst: number): number => {
  let worst = Number.NEGATIVE_INFINITY
  for (let first = 0; first < instants.length; first++)
    for (let last = first; last < instants.length; last++)
      worst = Math.max(worst, last - first + 1 - burst - ((instants[last] ?? 0) - (instants[first] ?? 0)) * perMs)
  return worst
}

describe('two web and two workers on one database', () => {
  it('keep every promise and both rates together while the worker that sends is killed', async () => {
    const [, , ...workers] = await Promise.all(['web', 'web', 'worker', 'worker'].map((ROLE) => crew.start({ ROLE })))
    const writing = crew.write(makeRandom(4), 80)
    const eager = crew.customer()
    for (let n = 0; n < PAIR.burst + 2; n++) eager.sendText(`sans attendre ${n}`)
    await crew.until('some answers', () => crew.whatsapp.ledger.shown().length > 100)
    const leader = workers.find((worker) => worker.lines.some((line) => line.includes('dispatch.leads')))
    await leader?.kill()
    await crew.until('the other worker sends', () =>
      workers.some((one) => one !== leader && one.lines.some((line) => line.includes('dispatch.leads'))),
    )
    const before = crew.whatsapp.ledger.shown().length
    await crew.until('more answers', () => crew.whatsapp.ledger.shown().length > before + 100)
    writing.stop()
    await crew.rest()

    expect(await compare(crew.whatsapp, crew.connection)).toMatchObject({ ...FAULTLESS, acknowledged: writing.sent() + PAIR.burst + 2 })
    const { sends } = crew.whatsapp.ledger
    expect(sends.filter((send) => send.refused !== null)).toEqual([])
    // The network's unevenness is no fault of the bucket: a fifth more within any span.
    expect(
      excess(
        sends.map((send) => send.at),
        (THROUGHPUT * 1.2) / 1000,
        BURST * 2,
      ),
    ).toBeLessThanOrEqual(0)
    const toEager = sends.filter((send) => send.to === `+${eager.person.phone}`).map((send) => send.at)
    expect(toEager.length).toBeGreaterThanOrEqual(PAIR.burst + 2)
    expect(excess(toEager, 1 / PAIR.everyMs, PAIR.burst + 1)).toBeLessThanOrEqual(0)
  })
})
