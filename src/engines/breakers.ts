/**
 * One circuit breaker per engine. Closed: calls pass. Open: none pass until a time. Half-open: one probe passes; its success
 * closes, its failure opens again. Five failures in a row open it; bad credentials open it at once (fails fast).
 */
import type { EngineFailure } from '../core/engine.ts'
import type { EngineHealth } from '../core/event.ts'
import type { EngineId } from '../core/ids.ts'

export type Breakers = {
  /** True where a call may go; takes the probe of a half-open breaker, which `report` or `release` gives back. */
  allow(engine: EngineId): boolean
  /** What came of a call: null is a good answer or an abstention. */
  report(engine: EngineId, failure: EngineFailure | null): void
  /** The call was given up before it said anything about the engine. */
  release(engine: EngineId): void
  state(engine: EngineId): EngineHealth
}

const FAILURES = 5
/** Half a minute: long enough for a restart, short enough that nobody waits for a person instead. */
const REST_MS = 30_000
/** These say something of the engine; `refused`, `too-long` and `invalid` say something of the question. */
const COUNTED: ReadonlySet<EngineFailure['class']> = new Set(['timeout', 'overloaded', 'broken', 'cut', 'credentials'])

/** `told`: what `changed` heard last. */
type Line = { failures: number; openUntil: number | null; probing: boolean; told: EngineHealth | null }

/**
 * `changed` is told of every change of state with its reason, and of the first good answer: what an earlier process said of the engine
 * may be otherwise.
 */
export const createBreakers = (
  now: () => number,
  changed: (engine: EngineId, state: EngineHealth, reason: string) => void = () => {},
): Breakers => {
  const lines = new Map<EngineId, Line>()
  const lineOf = (engine: EngineId): Line => {
    const known = lines.get(engine)
    if (known) return known
    const line = { failures: 0, openUntil: null, probing: false, told: null }
    lines.set(engine, line)
    return line
  }
  const tell = (engine: EngineId, line: Line, state: EngineHealth, reason: string): void => {
    if (line.told === state) return
    line.told = state
    changed(engine, state, reason)
  }
  return {
    allow(engine) {
      const line = lineOf(engine)
      if (line.openUntil === null) return true
      if (line.probing || now() < line.openUntil) return false
      line.probing = true
      tell(engine, line, 'half-open', 'probe')
      return true
    },
    report(engine, failure) {
      const line = lineOf(engine)
      line.probing = false
      if (failure === null) {
        line.failures = 0
        line.openUntil = null
        tell(engine, line, 'closed', line.told === null ? 'answers' : 'answers again')
        return
      }
      if (!COUNTED.has(failure.class)) return
      line.failures += 1
      const open = line.openUntil !== null || line.failures >= FAILURES || failure.class === 'credentials'
      if (!open) return
      line.openUntil = now() + Math.max(REST_MS, failure.afterMs ?? 0)
      tell(engine, line, 'open', failure.class)
    },
    release(engine) {
      lineOf(engine).probing = false
    },
    state(engine) {
      const line = lines.get(engine)
      if (!line || line.openUntil === null) return 'closed'
      return line.probing || now() >= line.openUntil ? 'half-open' : 'open'
    },
  }
}
