/** Chance for ids. */
import { webcrypto } from 'node:crypto'

/** 0 ≤ x < 1 from the system's randomness, drawn in blocks: a call each time would cost more than the id it makes. */
export const createRandom = (): (() => number) => {
  const block = new Uint32Array(1024)
  let next = block.length
  return () => {
    if (next === block.length) {
      webcrypto.getRandomValues(block)
      next = 0
    }
    const value = block[next] ?? 0
    next += 1
    return value / 2 ** 32
  }
}
