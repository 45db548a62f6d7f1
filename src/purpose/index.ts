/**
 * Whose matter is a question: the business's own (`service`), anybody's (`general`), nobody's (`none`: a greeting, thanks), or
 * `unsure`. French and English, by logistic regressions over what `features.ts` sees. Their weights are learnt by
 * `node tests/purpose/train.ts` from the lines in `tests/purpose/`; how sure is sure enough is part of what is learnt.
 */
import { inflateRawSync } from 'node:zlib'
import type { Purpose } from '../core/situation.ts'
import { BUCKETS, type Features, featuresOf } from './features.ts'
import { isOwnMatter, type OwnTexts, type Vocabulary, vocabularyOf } from './vocabulary.ts'
import learnt from './weights.json' with { type: 'json' }

export type { OwnTexts } from './vocabulary.ts'

/** What a message can be; in the order of the weights. */
export const KINDS = ['service', 'general', 'none'] as const
export type Kind = (typeof KINDS)[number]

/** A weight per bucket, in steps of `step`, for one kind against the others. */
export type Weighing = { readonly bias: number; readonly step: number; readonly weights: Int8Array }
export type PurposeModel = {
  readonly weighings: Readonly<Record<Kind, Weighing>>
  /** From which share each kind is believed. */
  readonly least: Readonly<Record<Kind, number>>
}
export type Shares = Readonly<Record<Kind, number>>

const modelOf = ({ least, weighings }: typeof learnt): PurposeModel => {
  const read = ({ bias, step, weights }: { bias: number; step: number; weights: string }): Weighing => {
    const bytes = inflateRawSync(Buffer.from(weights, 'base64'))
    if (bytes.length !== BUCKETS)
      throw new Error(`weights.json has ${bytes.length} weights, not ${BUCKETS}: run node tests/purpose/train.ts`)
    return { bias, step, weights: new Int8Array(bytes) }
  }
  return {
    least,
    weighings: { service: read(weighings.service), general: read(weighings.general), none: read(weighings.none) },
  }
}

const oddsOf = (features: Features, { bias, step, weights }: Weighing): number => {
  let sum = 0
  for (const [bucket, strength] of features) sum += strength * (weights[bucket] ?? 0)
  return 1 / (1 + Math.exp(-bias - step * sum))
}

/** How much the message is of each kind; together 1. */
export const sharesOf = (text: string, vocabulary: Vocabulary, { weighings }: PurposeModel): Shares => {
  const features = featuresOf(text, vocabulary)
  const [service, general, none] = [
    oddsOf(features, weighings.service),
    oddsOf(features, weighings.general),
    oddsOf(features, weighings.none),
  ]
  const all = service + general + none
  return { service: service / all, general: general / all, none: none / all }
}

/** The likeliest kind, where it is likely enough. */
export const purposeIn = (shares: Shares, { least }: Pick<PurposeModel, 'least'>): Purpose => {
  const likeliest = KINDS.reduce((best, kind) => (shares[kind] > shares[best] ? kind : best))
  return shares[likeliest] >= least[likeliest] ? likeliest : 'unsure'
}

/** A classifier for one business; made once, asked for each message. */
export const createPurpose = (own: OwnTexts): ((text: string) => Purpose) => {
  const model = modelOf(learnt)
  const vocabulary = vocabularyOf(own)
  return (text) => {
    const purpose = purposeIn(sharesOf(text, vocabulary, model), model)
    // Better asked of a person than turned away.
    return purpose === 'general' && isOwnMatter(text, vocabulary) ? 'unsure' : purpose
  }
}
