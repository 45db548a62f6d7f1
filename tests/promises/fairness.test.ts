/** One who writes without end does not make the others wait. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { type Crew, openCrew } from './crew.ts'

const MS = 2_000
const FLOOD_PER_SECOND = 300
/** Pairs of measurements, without the flood and with it, taken while the machine was quiet. */
const PAIRS = 9
const MOST_PAIRS = 18
/** A machine is quiet where nothing but the twenty people takes less than this, or than so many times the least that was seen. */
const NOISE = 1.5
const BUSY_MS = 80

let database: FreshDatabase
let crew: Crew
beforeAll(async () => {
  database = await freshDatabase()
  crew = await openCrew({ databaseUrl: database.connectionString, webhooksAtOnce: 1_000 })
  await crew.start()
})
afterAll(async () => {
  await crew.close()
  await database.drop()
})

/** p95 of the time from the provider's call to the answer on the phone, of twenty people who write now and then. */
const measure = async (flood: boolean, round: string): Promise<number> => {
  // What the last flood left undecided is no part of this measurement. Whole, for row by row it could wait for a turn that waits for it.
  await crew.connection.query('truncate pending')
  const others = Array.from({ length: 20 }, () => crew.customer())
  const ids = new Map<string, string>()
  const flooding = crew.customer()
  let floods = 0
  const start = performance.now()
  let n = 0
  while (performance.now() - start < MS) {
    const passed = performance.now() - start
    while (flood && floods < (passed / 1000) * FLOOD_PER_SECOND) flooding.sendText(`encore ${round} ${floods++}`)
    while (n < (passed / 1000) * 20) {
      const text = `question ${round} ${n}`
      ids.set(`Reçu : ${text}`, others[n % others.length]?.sendText(text) ?? '')
      n += 1
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const calledAt = new Map<string, number>()
  const waits = await crew.until('all the others answered', () => {
    for (const webhook of crew.whatsapp.ledger.webhooks)
      for (const item of webhook.items) if (!calledAt.has(item)) calledAt.set(item, webhook.at)
    const shown = crew.whatsapp.ledger.shown().flatMap((send) => {
      const id = ids.get((send.body.text as { body: string } | undefined)?.body ?? '')
      return id === undefined ? [] : [(send.shownAt ?? 0) - (calledAt.get(id) ?? 0)]
    })
    return shown.length === ids.size && shown
  })
  const sorted = waits.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length * 0.95)] ?? 0
}

type Pair = { readonly alone: number; readonly beside: number }

/** Those during which nothing else had the machine, as what was measured without the flood tells. */
const quietOf = (pairs: readonly Pair[]): readonly Pair[] => {
  const limit = Math.min(BUSY_MS, NOISE * Math.min(...pairs.map((pair) => pair.alone)))
  return pairs.filter((pair) => pair.alone <= limit)
}

describe('one person who writes 300 messages a second', () => {
  it('leaves the others’ p95 within twice its value without', async ({ skip }) => {
    await measure(false, 'essai')
    await measure(true, 'essai foule')
    const pairs: Pair[] = []
    while (quietOf(pairs).length < PAIRS && pairs.length < MOST_PAIRS) {
      const alone = await measure(false, `seul ${pairs.length}`)
      const beside = await measure(true, `foule ${pairs.length}`)
      console.info(`fairness: p95 ${alone} ms alone, ${beside} ms beside the flood`)
      pairs.push({ alone, beside })
    }
    const quiet = quietOf(pairs)
    if (quiet.length < PAIRS) skip(`the machine was busy with something else in ${pairs.length - quiet.length} of ${pairs.length} pairs`)
    const ratios = quiet.map(({ alone, beside }) => beside / alone).toSorted((a, b) => a - b)
    expect(ratios[Math.floor(ratios.length / 2)]).toBeLessThanOrEqual(2)
  })
})
