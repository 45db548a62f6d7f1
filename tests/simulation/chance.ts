/** Seeded chance, in streams of their own: what one part asks does not move what another gets. */
import { makeRandom } from '../../simulators/random.ts'

export type Random = {
  next(): number
  /** A whole number from 0 to `count` - 1. */
  below(count: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
}

export const createRandom = (seed: number, stream: number): Random => {
  const next = makeRandom(Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(stream + 1, 0xc2b2ae35))
  const below = (count: number) => Math.floor(next() * count)
  return { next, below, chance: (probability) => next() < probability, pick: (list) => list[below(list.length)] as (typeof list)[number] }
}
