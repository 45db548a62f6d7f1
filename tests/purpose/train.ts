/**
 * Learns the weights of the classifier of purposes, and measures them on lines they were not learnt from.
 *   node tests/purpose/train.ts            writes src/purpose/weights.json
 *   node tests/purpose/train.ts --measure  seen and practice, each line judged by what the other folds teach (--list: the errors)
 * The same lines give the same weights: there is no chance in it.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { deflateRawSync } from 'node:zlib'
import { BUCKETS, type Features, featuresOf } from '../../src/purpose/features.ts'
import { KINDS, type Kind, type PurposeModel, purposeIn, type Shares, sharesOf } from '../../src/purpose/index.ts'
import { inSteps, list, regress, type Weights } from '../support/regression.ts'
import { figuresOf, type Judged, tell } from './figures.ts'
import {
  type Line,
  readForeign,
  readHalf,
  readMore,
  readQuestions,
  readRequests,
  readVocabularies,
  TRADES,
  type Vocabularies,
} from './lines.ts'

export type Lesson = { readonly lines: readonly Line[]; readonly weight: number }

const SETTINGS = { buckets: BUCKETS, passes: 12, rate: 0.3, decay: 3e-3 }
/** From which share a kind is believed: set by cross-validation. To take a general question for service is the dearest error. */
const LEAST: PurposeModel['least'] = { service: 0.84, general: 0.55, none: 0.4 }

export const learn = (lessons: readonly Lesson[], vocabularies: Vocabularies): PurposeModel => {
  const known = shared(
    lessons.flatMap(({ lines, weight }) =>
      lines.map(({ text, kind, trade }) => ({ kind, weight, features: featuresOf(text, vocabularies[trade]) })),
    ),
  )
  const weigh = (kind: Kind) => {
    const learnt: Weights = regress(
      known.map(({ kind: of, features, weight }) => ({ yes: of === kind, features: list(features), weight })),
      SETTINGS,
    )
    return { bias: learnt.bias, ...inSteps(learnt.weights) }
  }
  return { least: LEAST, weighings: { service: weigh('service'), general: weigh('general'), none: weigh('none') } }
}

/** Without what only one line shows: it teaches that line and nothing else. */
const shared = <T extends { readonly features: Features }>(known: readonly T[]): T[] => {
  const counts = new Uint32Array(BUCKETS)
  for (const { features } of known) for (const bucket of features.keys()) counts[bucket] = (counts[bucket] ?? 0) + 1
  return known.map((one) => ({ ...one, features: new Map([...one.features].filter(([bucket]) => (counts[bucket] ?? 0) > 1)) }))
}

/** The committed file, as text. */
export const writtenAs = ({ least, weighings }: PurposeModel): string => {
  const written = KINDS.map((kind) => {
    const { bias, step, weights } = weighings[kind]
    return [kind, { bias, step, weights: deflateRawSync(weights, { level: 9 }).toString('base64') }] as const
  })
  return `${JSON.stringify({ least, weighings: Object.fromEntries(written) }, null, 2)}\n`
}

/** All there is to learn from, beside the labelled lines. */
export const lessons = (labelled: readonly Line[]): Lesson[] => [
  { lines: labelled, weight: 1 },
  { lines: readMore(), weight: 1 },
  { lines: readForeign(), weight: 0.5 },
  { lines: readQuestions(), weight: 0.25 },
  { lines: readRequests(), weight: 0.5 },
]

export const readLabelled = (): Line[] => [...readHalf('seen'), ...readHalf('practice')]

const [FOLDS, BLOCK] = [5, 15]
type Scored = Line & { readonly shares: Shares }
/** Each labelled line, judged by what the other folds and everything else teach. Neighbours, which are often alike, are in one fold. */
export const crossValidate = (vocabularies: Vocabularies): Scored[] => {
  const foldOf = (at: number) => Math.floor(at / BLOCK) % FOLDS
  const labelled = readLabelled()
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const model = learn(lessons(labelled.filter((_, at) => foldOf(at) !== fold)), vocabularies)
    return labelled
      .filter((_, at) => foldOf(at) === fold)
      .map((line) => ({ ...line, shares: sharesOf(line.text, vocabularies[line.trade], model) }))
  })
}

export const judged = (scored: readonly Scored[], least: PurposeModel['least'] = LEAST): Judged[] =>
  scored.map(({ kind, shares }) => ({ kind, purpose: purposeIn(shares, { least }) }))

const measure = (vocabularies: Vocabularies, listing: boolean): void => {
  const scored = crossValidate(vocabularies)
  for (const trade of TRADES) tell(trade, figuresOf(judged(scored.filter((line) => line.trade === trade))))
  tell('both', figuresOf(judged(scored)))
  for (const service of [0.5, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95])
    for (const general of [0.5, 0.6]) {
      const { f1, taken, unsure } = figuresOf(judged(scored, { ...LEAST, service, general }))
      process.stdout.write(
        `  service from ${service}, general from ${general}: F1 ${f1.toFixed(3)}, taken ${(100 * taken).toFixed(1)} %, unsure ${(100 * unsure).toFixed(1)} %\n`,
      )
    }
  if (!listing) return
  for (const { text, kind, shares } of scored) {
    const purpose = purposeIn(shares, { least: LEAST })
    if (purpose !== kind)
      process.stdout.write(
        `${kind} → ${purpose} s${shares.service.toFixed(2)} g${shares.general.toFixed(2)} n${shares.none.toFixed(2)}: ${text.slice(0, 140)}\n`,
      )
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { measure: { type: 'boolean', default: false }, list: { type: 'boolean', default: false } } })
  const vocabularies = await readVocabularies()
  if (values.measure) measure(vocabularies, values.list)
  else writeFileSync(join(import.meta.dirname, '../../src/purpose/weights.json'), writtenAs(learn(lessons(readLabelled()), vocabularies)))
}
