import { it } from 'vitest'
import { type Bench, open, type Worker } from './bench.ts'

export type Make = () => Promise<Bench>

/** One behaviour: a sentence, and a worker on an empty store to show it with. */
export const casesOf = (make: Make) => (sentence: string, show: (worker: Worker, bench: Bench) => Promise<void>) =>
  it(sentence, async () => {
    const bench = await make()
    try {
      await show(await open(bench), bench)
    } finally {
      await bench.close()
    }
  })
