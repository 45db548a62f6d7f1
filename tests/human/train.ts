/**
 * Learns the weights of the recogniser of requests for a human, and measures them on lines they were not learnt from.
 *   node tests/human/train.ts            writes src/knowledge/human-weights.json
 *   node tests/human/train.ts --measure  cross-validation, and each set by what the training files alone teach (--list: the errors)
 * The same lines give the same weights: there is no chance in it.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { wordsIn } from '../../src/core/terms.ts'
import { BUCKETS, type Features, featuresOf, mended, partsOf } from '../../src/knowledge/human-features.ts'
import { type HumanModel, sureOfHuman } from '../../src/knowledge/human-request.ts'
import { type Line, PRACTISED, readLines } from './lines.ts'

const [ROUNDS, PASSES, RATE, DECAY] = [3, 20, 0.3, 4e-4]

/** Features as two lists of one length: far quicker to go through many times than a map. */
type Listed = { readonly buckets: Int32Array; readonly strengths: Float64Array }
type Example = { readonly features: Listed; readonly asks: boolean }
type Weights = { readonly weights: Float64Array; bias: number }

const list = (features: Features): Listed => ({
  buckets: Int32Array.from(features.keys()),
  strengths: Float64Array.from(features.values()),
})

const scoreOf = ({ buckets, strengths }: Listed, { weights, bias }: Weights): number => {
  let sum = bias
  for (let at = 0; at < buckets.length; at += 1) sum += (strengths[at] ?? 0) * (weights[buckets[at] ?? 0] ?? 0)
  return sum
}

/** Logistic regression with L2, by AdaGrad in an order that is mixed the same way each time. */
const regress = (examples: readonly Example[]): Weights => {
  const learnt: Weights = { weights: new Float64Array(BUCKETS), bias: 0 }
  const { weights } = learnt
  const [squares, seen] = [new Float64Array(BUCKETS).fill(1e-8), { bias: 1e-8 }]
  const mix = mixer()
  let order = [...examples]
  for (let pass = 0; pass < PASSES; pass += 1) {
    order = mix(order)
    for (const { features, asks } of order) {
      const error = 1 / (1 + Math.exp(-scoreOf(features, learnt))) - (asks ? 1 : 0)
      for (let at = 0; at < features.buckets.length; at += 1) {
        const bucket = features.buckets[at] ?? 0
        const slope = error * (features.strengths[at] ?? 0) + DECAY * (weights[bucket] ?? 0)
        squares[bucket] = (squares[bucket] ?? 0) + slope * slope
        weights[bucket] = (weights[bucket] ?? 0) - (RATE * slope) / Math.sqrt(squares[bucket] ?? 1)
      }
      seen.bias += error * error
      learnt.bias -= (RATE * error) / Math.sqrt(seen.bias)
    }
  }
  return learnt
}

/** Shuffles, by a linear congruential generator of its own. */
const mixer = () => {
  let state = 12_345
  return <T>(items: readonly T[]): T[] => {
    const keyed = items.map((item) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
      return [state, item] as const
    })
    return keyed.toSorted(([one], [other]) => one - other).map(([, item]) => item)
  }
}

/** Words of ordinary lines that would be taken for a mistyped word that matters. */
const alikeIn = (lines: readonly Line[]): ReadonlySet<string> =>
  new Set(
    lines
      .filter(({ asks }) => !asks)
      .flatMap(({ text }) => wordsIn(text))
      .filter((word) => mended(word) !== word)
      .sort(),
  )

/** In an ordinary line no part asks; which part of a request does is what the round before says. */
export const learn = (lines: readonly Line[]): HumanModel => {
  const alike = alikeIn(lines)
  const known = lines.map(({ text, asks }) => ({ asks, parts: partsOf(text).map((part) => list(featuresOf(part, alike))) }))
  let learnt = regress(known.flatMap(({ asks, parts: [whole] }) => (whole ? [{ asks, features: whole }] : [])))
  for (let round = 1; round < ROUNDS; round += 1) {
    const telling = (parts: readonly Listed[]) => parts.toSorted((one, other) => scoreOf(other, learnt) - scoreOf(one, learnt)).slice(0, 1)
    learnt = regress(known.flatMap(({ asks, parts }) => (asks ? telling(parts) : parts).map((features) => ({ asks, features }))))
  }
  const step = learnt.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127
  return { bias: learnt.bias, step, weights: Int8Array.from(learnt.weights, (weight) => Math.round(weight / step)), alike }
}

/** The committed file, as text. */
export const writtenAs = ({ bias, step, weights, alike }: HumanModel): string =>
  `${JSON.stringify({ bias, step, alike: [...alike].join(' '), weights: Buffer.from(weights.buffer).toString('base64') }, null, 2)}\n`

type Judged = Line & { readonly score: number }

const judge = (lines: readonly Line[], teaching: readonly Line[]): Judged[] => {
  const model = learn(teaching)
  return lines.map((line) => ({ ...line, score: sureOfHuman(line.text, model) }))
}

const FOLDS = 5
/** Each line judged by what the other folds teach. */
const crossValidate = (lines: readonly Line[]): Judged[] =>
  Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) =>
    judge(
      lines.filter((_, at) => at % FOLDS === fold),
      lines.filter((_, at) => at % FOLDS !== fold),
    ),
  )

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`)
const figures = (judged: readonly Judged[], line: number): string => {
  const taken = (wanted: (one: Judged) => boolean) => {
    const of = judged.filter(wanted)
    return percent(of.filter(({ score }) => score > line).length, of.length)
  }
  const [fr, en] = (['fr', 'en'] as const).map((language) => taken((one) => one.asks && one.language === language))
  return `${line.toFixed(2).padStart(6)}: recall fr ${fr} en ${en}, ordinary taken ${taken(({ asks }) => !asks)}`
}

const measure = (lines: readonly Line[], listing: boolean): void => {
  const tell = (text: string) => process.stdout.write(`${text}\n`)
  const judged = crossValidate(lines)
  tell(`cross-validated, ${lines.length} lines`)
  for (const line of [-0.5, 0, 0.5, 1, 1.5]) tell(figures(judged, line))
  const of = (source: string) => lines.filter((line) => line.source === source)
  for (const source of new Set(lines.map((line) => line.source))) {
    const own = judged.filter((line) => line.source === source)
    tell(`${source}, cross-validated:${figures(own, 0)}`)
  }
  for (const source of PRACTISED) tell(`${source}, by the training files alone:${figures(judge(of(source), of('training')), 0)}`)
  if (!listing) return
  for (const { asks, score, source, text } of judged.toSorted((one, other) => other.score - one.score)) {
    if (asks !== score > 0) tell(`${asks ? 'missed' : 'taken '} ${score.toFixed(2)} ${source}: ${text}`)
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { measure: { type: 'boolean', default: false }, list: { type: 'boolean', default: false } } })
  if (values.measure) measure(readLines(), values.list)
  else writeFileSync(join(import.meta.dirname, '../../src/knowledge/human-weights.json'), writtenAs(learn(readLines())))
}
