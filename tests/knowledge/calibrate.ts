/**
 * Fits the weights of `src/knowledge/choice.ts` to the practice questions, and tells how they fare on each set when fitted
 * without it. Deterministic; prints the weights to copy.
 *   node tests/knowledge/calibrate.ts
 */
import { type Choice, COMPETE, chances, featuresOf, LINE, noneOf, type Weights } from '../../src/knowledge/choice.ts'
import { measure, readSet } from './measure.ts'

const SETS = ['seen', 'practice', 'unseen', 'spoken', 'hurried', 'mixed', 'plain', 'unseen2', 'corpus']
/** The corpus is larger and harder than what customers wrote elsewhere, its near misses above all. */
const SHARE: Readonly<Record<string, number>> = { corpus: 0.5 }
/** Once more with every other entry robbed of its examples: entries without must be found among others that have some. */
const BARE = 0.3
const everyOther = (document: string): boolean => [...document].reduce((total, letter) => total + letter.charCodeAt(0), 0) % 2 === 0
const PENALTY: number = 1e-3

type Sample = {
  readonly set: string
  readonly bare: boolean
  readonly choice: Choice
  readonly entry: string | null
  readonly weight: number
}

const readSamples = async (): Promise<Sample[]> => {
  const samples: Sample[] = []
  for (const set of SETS)
    for (const bare of [false, true])
      for (const { choice, entry, language } of await measure(readSet(set), bare ? everyOther : undefined))
        if (choice)
          samples.push({ set, bare, choice, entry: entry && `${language}/${entry}`, weight: (SHARE[set] ?? 1) * (bare ? BARE : 1) })
  return samples
}

const ZERO: Weights = { rival: new Array(11).fill(0), none: [0, 0, 0] }
const split = (all: readonly number[]): Weights => ({ rival: all.slice(0, ZERO.rival.length), none: all.slice(ZERO.rival.length) })

/** Options of a sample as vectors over all weights, "none" last; which of them was right. */
const optionsOf = ({ choice, entry }: Sample, by: Weights) => {
  const order = chances(choice, by)
  const rivals = [...choice.rivals]
    .sort((a, b) => (order.get(b.document) ?? 0) - (order.get(a.document) ?? 0))
    .filter((rival, at) => at < COMPETE || rival.document === entry)
  const options = [...rivals.map((rival) => [...featuresOf(rival), ...ZERO.none]), [...ZERO.rival, ...noneOf(choice)]]
  const right = entry === null ? options.length - 1 : rivals.findIndex((rival) => rival.document === entry)
  return { options, right }
}

/** Newton's method on the penalised likelihood, which has one highest point. */
const fitOnce = (samples: readonly Sample[], start: Weights): Weights => {
  const size = ZERO.rival.length + ZERO.none.length
  const whole = samples.reduce((total, one) => total + one.weight, 0)
  const read = samples.map((sample) => ({ ...optionsOf(sample, start), weight: sample.weight / whole })).filter(({ right }) => right >= 0)
  let weights: number[] = new Array(size).fill(0)
  for (let round = 0; round < 30; round += 1) {
    const slope = weights.map((weight) => PENALTY * weight)
    const bend = slope.map((_, row) => slope.map((__, column) => (row === column ? PENALTY : 0)))
    for (const { options, right, weight } of read) {
      const says = options.map((option) => option.reduce((total, value, at) => total + value * (weights[at] ?? 0), 0))
      const highest = Math.max(...says)
      const powers = says.map((one) => Math.exp(one - highest))
      const sum = powers.reduce((total, one) => total + one, 0)
      const mean = slope.map((_, at) => options.reduce((total, option, o) => total + (option[at] ?? 0) * ((powers[o] ?? 0) / sum), 0))
      for (let row = 0; row < size; row += 1) slope[row] = (slope[row] ?? 0) + weight * ((mean[row] ?? 0) - (options[right]?.[row] ?? 0))
      for (const [o, option] of options.entries()) {
        const share = weight * ((powers[o] ?? 0) / sum)
        for (const [row, line] of bend.entries())
          for (let column = 0; column < size; column += 1)
            line[column] =
              (line[column] ?? 0) + share * ((option[row] ?? 0) - (mean[row] ?? 0)) * ((option[column] ?? 0) - (mean[column] ?? 0))
      }
    }
    const step = solve(bend, slope)
    const longest = Math.max(...step.map(Math.abs))
    weights = weights.map((weight, at) => weight - (step[at] ?? 0) * Math.min(1, 5 / longest))
    if (longest < 1e-6) break
  }
  return split(weights)
}

/** Gauss with pivots. */
const solve = (matrix: readonly (readonly number[])[], right: readonly number[]): number[] => {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0])
  for (const [at] of rows.entries()) {
    const pivot = rows.reduce(
      (best, row, other) => (other >= at && Math.abs(row[at] ?? 0) > Math.abs(rows[best]?.[at] ?? 0) ? other : best),
      at,
    )
    const top = rows[pivot] ?? []
    rows[pivot] = rows[at] ?? []
    rows[at] = top
    for (const [other, row] of rows.entries())
      if (other !== at) rows[other] = row.map((value, column) => value - ((row[at] ?? 0) / (top[at] ?? 1)) * (top[column] ?? 0))
  }
  return rows.map((row, at) => (row.at(-1) ?? 0) / (row[at] ?? 1))
}

/** Twice: who competes depends on the weights. */
const fitted = (samples: readonly Sample[]): Weights => fitOnce(samples, fitOnce(samples, split(new Array(14).fill(1))))

const main = async () => {
  const samples = await readSamples()
  const lines = [0.5, 0.55, 0.6, LINE, 0.65, 0.7]
  process.stdout.write(`fitted without the set: answered rightly / wrong of all, at a chance of ${lines.join(', ')}\n`)
  for (const [set, bare] of SETS.flatMap((one) => [[one, false] as const, [one, true] as const])) {
    const weights = fitted(samples.filter((one) => one.set !== set))
    const own = samples.filter((one) => one.set === set && one.bare === bare)
    const answers = own.map(({ choice, entry }) => {
      const [document, chance] = [...chances(choice, weights)][0] ?? [null, 0]
      return { chance, entry, right: document === entry }
    })
    const answerable = own.filter((one) => one.entry !== null).length
    const figures = lines.map((line) => {
      const given = answers.filter((one) => one.chance >= line)
      const near = given.filter((one) => one.entry === null).length
      const wrong = given.filter((one) => !one.right).length
      return `${((100 * (given.length - wrong)) / answerable).toFixed(1)}/${((100 * wrong) / own.length).toFixed(1)}(${near})`
    })
    process.stdout.write(`${(bare ? `${set}, half bare` : set).padEnd(20)} ${String(own.length).padStart(4)}  ${figures.join('  ')}\n`)
  }
  const { rival, none } = fitted(samples)
  const round = (list: readonly number[]) => list.map((one) => Math.round(one * 100) / 100).join(', ')
  process.stdout.write(`rival: [${round(rival)}],\nnone: [${round(none)}],\n`)
}

await main()
