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
import { BUCKETS, featuresOf, mended, partsOf } from '../../src/knowledge/human-features.ts'
import { type HumanModel, sureOfHuman } from '../../src/knowledge/human-request.ts'
import { inSteps, type Listed, list, regress, scoreOf } from '../support/regression.ts'
import { type Line, PRACTISED, readLines } from './lines.ts'

const ROUNDS = 3
const SETTINGS = { buckets: BUCKETS, passes: 20, rate: 0.3, decay: 4e-4 }

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
  let learnt = regress(
    known.flatMap(({ asks, parts: [whole] }) => (whole ? [{ yes: asks, features: whole }] : [])),
    SETTINGS,
  )
  for (let round = 1; round < ROUNDS; round += 1) {
    const telling = (parts: readonly Listed[]) => parts.toSorted((one, other) => scoreOf(other, learnt) - scoreOf(one, learnt)).slice(0, 1)
    learnt = regress(
      known.flatMap(({ asks, parts }) => (asks ? telling(parts) : parts).map((features) => ({ yes: asks, features }))),
      SETTINGS,
    )
  }
  return { bias: learnt.bias, ...inSteps(learnt.weights), alike }
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
