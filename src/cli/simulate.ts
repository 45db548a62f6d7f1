/** `relais simulate`: the whole relay over the model of the store, with a virtual clock and seeded faults; a failing seed repeats exactly. */
import { defineCommand, EXIT, UsageError, writeJson } from './command.ts'

const USAGE = `relais simulate [--seeds N] [--seed N]

  --seeds  how many seeds, from 1 (300)
  --seed   one seed alone
`

const countOf = (given: string | undefined, fallback: number): number => {
  const count = Number(given ?? fallback)
  if (Number.isInteger(count) && count > 0) return count
  throw new UsageError({ fr: 'un nombre entier, à partir de 1.', en: 'a whole number, from 1.' })
}

const PROGRESS = 100

export const simulate = defineCommand({
  name: 'simulate',
  summary: { fr: 'Rejoue le relais sous des pannes tirées au sort.', en: 'Plays the relay through seeded faults.' },
  usage: USAGE,
  options: { seeds: { type: 'string' }, seed: { type: 'string' } },
  run: async ({ values }, io) => {
    const one = values.seed === undefined ? null : countOf(values.seed, 1)
    const [from, to] = one === null ? [1, countOf(values.seeds, 300)] : [one, one]
    // Part of a checkout only: the simulation lives with the tests.
    const { runSeed } = await import('../../tests/simulation/run.ts')
    const failed: { seed: number; faults: readonly string[] }[] = []
    for (let seed = from; seed <= to; seed++) {
      const { faults } = await runSeed(seed)
      if (faults.length) failed.push({ seed, faults })
      if (!values.json) for (const fault of faults) io.stderr(`seed ${seed}: ${fault}\n`)
      if (!values.json && (seed - from + 1) % PROGRESS === 0) io.stderr(`${seed - from + 1} / ${to - from + 1}\n`)
    }
    if (values.json) writeJson(io, { seeds: to - from + 1, failed })
    else
      io.stdout(
        io.language === 'fr'
          ? `${to - from + 1} graines, ${failed.length} en faute.\n`
          : `${to - from + 1} seeds, ${failed.length} at fault.\n`,
      )
    return failed.length ? EXIT.no : EXIT.done
  },
})
