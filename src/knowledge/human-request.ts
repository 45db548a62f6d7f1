/**
 * Does a message ask for a human? French and English, by a logistic regression over what `human-features.ts` sees. Its weights are
 * learnt by `node tests/human/train.ts` from the lines in `tests/human/`. It asks whom the *customer* wants to speak with: "with
 * another person" of a trip, "the agent told me" and "an appointment with an adviser" are ordinary messages.
 */
import { BUCKETS, type Features, featuresOf, partsOf } from './human-features.ts'
import learnt from './human-weights.json' with { type: 'json' }

/** A weight per bucket, in steps of `step`; `alike` are words that only look like a mistyped one. */
export type HumanModel = {
  readonly bias: number
  readonly step: number
  readonly weights: Int8Array
  readonly alike: ReadonlySet<string>
}

const modelOf = ({ bias, step, weights, alike }: typeof learnt): HumanModel => {
  const bytes = Buffer.from(weights, 'base64')
  if (bytes.length !== BUCKETS)
    throw new Error(`human-weights.json has ${bytes.length} weights, not ${BUCKETS}: run node tests/human/train.ts`)
  return { bias, step, weights: new Int8Array(bytes), alike: new Set(alike.split(' ')) }
}
const MODEL = modelOf(learnt)

const scoreOf = (features: Features, { bias, step, weights }: HumanModel): number => {
  let sum = 0
  for (const [bucket, strength] of features) sum += strength * (weights[bucket] ?? 0)
  return bias + step * sum
}

const NUMBER = /\+?\d[\d\s()./-]{3,}\d/gu
const isAddress = (word: string): boolean => /.@.|:\/\/|^[<(]?www\./iu.test(word)
/** What ends a sentence stays, or two would become one. */
const endOf = (word: string): string => ('.!?…;'.includes(word.at(-1) ?? '') ? (word.at(-1) ?? '') : '')

/** Without addresses, links and numbers, which are made of any words; the lines have “mail” where others say “courriel”. */
const inWords = (text: string): string =>
  text
    .replace(/\S+/gu, (word) => (isAddress(word) ? endOf(word) : word))
    .replace(NUMBER, ' ')
    .replace(/\bcourriels?\b/giu, 'mail')

/** How much the message asks for a human: the logarithm of the odds in its most telling part. */
export const sureOfHuman = (text: string, model: HumanModel = MODEL): number =>
  Math.max(...partsOf(inWords(text)).map((part) => scoreOf(featuresOf(part, model.alike), model)))

/** More likely than not. */
export const asksForHuman = (text: string): boolean => sureOfHuman(text) > 0
