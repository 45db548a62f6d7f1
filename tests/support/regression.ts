/** Learns weights of hashed features, always the same ones from the same examples: for the recognisers' training scripts. */

/** Features as two lists of one length: far quicker to go through many times than a map. */
export type Listed = { readonly buckets: Int32Array; readonly strengths: Float64Array }
/** `weight`: how much it counts, 1 where unset. */
export type Example = { readonly features: Listed; readonly yes: boolean; readonly weight?: number }
export type Weights = { readonly weights: Float64Array; bias: number }
export type Settings = { readonly buckets: number; readonly passes: number; readonly rate: number; readonly decay: number }

export const list = (features: ReadonlyMap<number, number>): Listed => ({
  buckets: Int32Array.from(features.keys()),
  strengths: Float64Array.from(features.values()),
})

export const scoreOf = ({ buckets, strengths }: Listed, { weights, bias }: Weights): number => {
  let sum = bias
  for (let at = 0; at < buckets.length; at += 1) sum += (strengths[at] ?? 0) * (weights[buckets[at] ?? 0] ?? 0)
  return sum
}

/** Logistic regression with L2, by AdaGrad in an order that is mixed the same way each time. */
export const regress = (examples: readonly Example[], { buckets, passes, rate, decay }: Settings): Weights => {
  const learnt: Weights = { weights: new Float64Array(buckets), bias: 0 }
  const { weights } = learnt
  const [squares, seen] = [new Float64Array(buckets).fill(1e-8), { bias: 1e-8 }]
  const mix = mixer()
  let order = [...examples]
  for (let pass = 0; pass < passes; pass += 1) {
    order = mix(order)
    for (const { features, yes, weight = 1 } of order) {
      const error = weight * (1 / (1 + Math.exp(-scoreOf(features, learnt))) - (yes ? 1 : 0))
      for (let at = 0; at < features.buckets.length; at += 1) {
        const bucket = features.buckets[at] ?? 0
        const slope = error * (features.strengths[at] ?? 0) + decay * (weights[bucket] ?? 0)
        squares[bucket] = (squares[bucket] ?? 0) + slope * slope
        weights[bucket] = (weights[bucket] ?? 0) - (rate * slope) / Math.sqrt(squares[bucket] ?? 1)
      }
      seen.bias += error * error
      learnt.bias -= (rate * error) / Math.sqrt(seen.bias)
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

/** Weights as bytes, in steps. */
export const inSteps = (weights: Float64Array): { readonly step: number; readonly weights: Int8Array } => {
  const step = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127
  return { step, weights: Int8Array.from(weights, (weight) => Math.round(weight / step)) }
}
