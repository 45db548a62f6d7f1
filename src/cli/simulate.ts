/** `relais simulate`: the whole relay over a store in memory, in virtual time, against seeded faults. Works in a checkout, where its stories lie. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defineCommand, EXIT, type Io, UsageError, writeJson } from './command.ts'

/** What `tests/simulation/run.ts` gives; only that much of it. */
type Simulation = {
  readonly runSeed: (seed: number) => Promise<{ readonly faults: readonly string[]; readonly trace: string }>
  readonly shrink: (seed: number, kind: string) => Promise<unknown>
  readonly kindOf: (fault: string) => string
}
type Telling = { readonly tell: (story: unknown) => string }

const FOLDER = join(import.meta.dirname, '..', '..', 'tests', 'simulation')
const SEEDS = 300
const STEP = 25

const load = async <T>(file: string): Promise<T> => {
  const path = join(FOLDER, file)
  if (!existsSync(path))
    throw new UsageError({
      fr: 'la simulation n’existe que dans un dépôt de Relais.',
      en: 'the simulation exists in a checkout of Relais only.',
    })
  return (await import(pathToFileURL(path).href)) as T
}

const countOf = (text: string | undefined, flag: string, fallback: number): number => {
  if (text === undefined) return fallback
  const count = Number(text)
  if (Number.isInteger(count) && count >= 0 && count < 2 ** 32) return count
  throw new UsageError({ fr: `--${flag} attend un nombre entier.`, en: `--${flag} needs a whole number.` })
}

/** The first seed that breaks a promise, or null. */
const search = async (io: Io, { runSeed }: Simulation, first: number, count: number, quiet: boolean) => {
  const began = io.now()
  for (let n = 0; n < count; n++) {
    const report = await runSeed(first + n)
    if (report.faults.length) return { seed: first + n, ...report }
    if (!quiet && (n + 1) % STEP === 0) {
      const left = Math.round((((io.now() - began) / (n + 1)) * (count - n - 1)) / 1000)
      io.stderr(`\r${n + 1}/${count} · ${left} s `)
    }
  }
  if (!quiet) io.stderr('\r')
  return null
}

export const simulate = defineCommand({
  name: 'simulate',
  summary: {
    fr: 'Fait vivre au relais des milliers d’histoires de pannes, reproductibles par leur graine.',
    en: 'Lives thousands of stories of faults through the relay, each repeatable by its seed.',
  },
  usage: {
    fr: `relais simulate [--seeds N] [--seed N] [--json]

  --seeds N   combien d’histoires (${SEEDS})
  --seed N    celle-ci seulement, ou avec --seeds la première
`,
    en: `relais simulate [--seeds N] [--seed N] [--json]

  --seeds N   how many stories (${SEEDS})
  --seed N    this one only, or with --seeds the first
`,
  },
  options: { seeds: { type: 'string' }, seed: { type: 'string' } },
  async run({ values }, io) {
    const first = countOf(values.seed, 'seed', 1)
    const count = countOf(values.seeds, 'seeds', values.seed === undefined ? SEEDS : 1)
    const simulation = await load<Simulation>('run.ts')
    const failing = await search(io, simulation, first, count, values.json === true)
    if (!failing) {
      if (values.json) writeJson(io, { seeds: count, first, failing: null })
      else io.stdout(io.language === 'fr' ? `${count} histoires, aucune promesse rompue.\n` : `${count} stories, no promise broken.\n`)
      return EXIT.done
    }
    const story = await simulation.shrink(failing.seed, simulation.kindOf(failing.faults[0] ?? ''))
    if (values.json) {
      writeJson(io, { seeds: count, first, failing: { ...failing, story } })
      return EXIT.no
    }
    const { tell } = await load<Telling>('story.ts')
    const again = io.language === 'fr' ? 'À rejouer par :' : 'Repeat with:'
    io.stdout(`\n${failing.faults.join('\n')}\n\n${tell(story)}\n\n${again} ./relais simulate --seed ${failing.seed}\n`)
    return EXIT.no
  },
})
