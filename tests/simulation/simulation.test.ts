/** The whole relay over the model of the store, with a virtual clock and seeded faults: every seed must come to rest with nothing to reproach. */
import { describe, expect, it } from 'vitest'
import { runSeed } from './run.ts'

/** 300 in `npm test`; more by `./relais simulate --seeds N`. */
const SEEDS = 300

describe('the simulated relay', () => {
  it('repeats a seed exactly', async () => {
    const [first, second] = [await runSeed(7), await runSeed(7)]
    expect(second.trace).toBe(first.trace)
  })

  it(`keeps its promises over ${SEEDS} seeds`, async () => {
    const faults: string[] = []
    for (let seed = 1; seed <= SEEDS; seed++) for (const fault of (await runSeed(seed)).faults) faults.push(`seed ${seed}: ${fault}`)
    expect(faults).toEqual([])
  })
})
