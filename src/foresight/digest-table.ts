/** Small numbers by digest, in 12 bytes each: a million digests as strings of a map would take two hundred megabytes. */
import type { Digest } from '../core/ids.ts'

const FIRST_ROOM = 1 << 12
/** Digests are hex and evenly spread: 64 bits of them tell a hundred million apart. */
const highOf = (digest: string): number => Number.parseInt(digest.slice(0, 8), 16) | 0
const lowOf = (digest: string): number => Number.parseInt(digest.slice(8, 16), 16) | 0

export class DigestTable {
  #high = new Int32Array(FIRST_ROOM)
  #low = new Int32Array(FIRST_ROOM)
  /** Values from 1; 0 is a free place. */
  #value = new Int32Array(FIRST_ROOM)
  #count = 0

  /** -1 where it was never set. */
  get(digest: Digest): number {
    return (this.#value[this.#placeOf(highOf(digest), lowOf(digest))] ?? 0) - 1
  }

  /** `value`: 0 or more. */
  set(digest: Digest, value: number): void {
    if (this.#count * 2 >= this.#value.length) this.#grow()
    this.#put(highOf(digest), lowOf(digest), value + 1)
  }

  #put(high: number, low: number, stored: number): void {
    const place = this.#placeOf(high, low)
    if (this.#value[place] === 0) this.#count += 1
    this.#high[place] = high
    this.#low[place] = low
    this.#value[place] = stored
  }

  /** Where it stands, or the free place where it would. */
  #placeOf(high: number, low: number): number {
    const mask = this.#value.length - 1
    let place = (high ^ (low << 7)) & mask
    while (this.#value[place] !== 0 && (this.#high[place] !== high || this.#low[place] !== low)) place = (place + 1) & mask
    return place
  }

  #grow(): void {
    const [highs, lows, values] = [this.#high, this.#low, this.#value]
    const room = values.length * 2
    this.#high = new Int32Array(room)
    this.#low = new Int32Array(room)
    this.#value = new Int32Array(room)
    this.#count = 0
    for (let place = 0; place < values.length; place++) {
      const stored = values[place] ?? 0
      if (stored > 0) this.#put(highs[place] ?? 0, lows[place] ?? 0, stored)
    }
  }
}
