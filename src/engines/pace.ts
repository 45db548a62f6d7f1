/**
 * How long each engine usually takes to its first word, by its last answers in this process. What was ended or failed says nothing of it:
 * counted, an engine that has become slow would soon be waited for as if that were its way.
 */
import type { EngineId } from '../core/ids.ts'

export type Paces = {
  /** Its first word came after `ms`. */
  heard(engine: EngineId, ms: number): void
  /** Ms that 95 of its last 100 answers kept to; null while too few are known. */
  p95(engine: EngineId): number | null
}

const KEPT = 200
/** Of fewer, nobody can tell one in twenty. */
const LEAST = 20

export const createPaces = (): Paces => {
  const heard = new Map<EngineId, number[]>()
  return {
    heard(engine, ms) {
      const times = heard.get(engine) ?? []
      if (times.push(ms) > KEPT) times.shift()
      heard.set(engine, times)
    },
    p95(engine) {
      const times = heard.get(engine) ?? []
      if (times.length < LEAST) return null
      return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? null
    },
  }
}
