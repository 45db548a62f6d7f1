/** One who writes without end does not make the others wait. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { type Crew, openCrew } from './crew.ts'

const PAIRS = 3
const MS = 3_000
const FLOOD_PER_SECOND = 300
/** Below this, on a machine with two busy cores, a ratio measures the machine. */
const NOISE_MS = 150

/** What 20 messages a second take where the machine has time for them; above it there is nothing to compare. */
const TOO_SLOW_MS = 80

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

describe('one person who writes 300 messages a second', () => {
  it('leaves the others’ p95 within twice its value without', async ({ skip }) => {
    await measure(false, 'warm')
    const ratios: number[] = []
    for (let pair = 0; pair < PAIRS; pair++) {
      const alone = await measure(false, `seul ${pair}`)
      if (alone > TOO_SLOW_MS) skip(`the machine is busy with something else: p95 ${alone} ms with nobody flooding`)
      const beside = await measure(true, `foule ${pair}`)
      console.info(`fairness: p95 ${alone} ms alone, ${beside} ms beside the flood`)
      ratios.push(beside / Math.max(alone, NOISE_MS / 2))
    }
    expect(ratios.toSorted((a, b) => a - b)[Math.floor(PAIRS / 2)]).toBeLessThanOrEqual(2)
  })
})
