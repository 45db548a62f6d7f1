/** Engines that play a script, and time that passes when told to: what the chain's tests are made of. */
import type { EngineEvent, EngineFailure, OpenEngine, Task } from '../../core/engine.ts'
import type { Guard } from '../../core/guard.ts'
import { asId, type EngineId } from '../../core/ids.ts'
import type { Clock } from '../../core/ports.ts'
import type { EngineSetup } from '../../core/workspace.ts'
import { createBreakers } from '../breakers.ts'
import { type ChainRequest, type Link, runChain } from '../chain.ts'
import { PROMPT } from './index.ts'

/** Time that passes only when told to. `run` moves to the next due call; `waiting` resolves when one more is set. */
export const fakeClock = () => {
  let at = 0
  const due = new Set<{ at: number; call: () => void }>()
  const clock: Clock = {
    now: () => at,
    after(ms, call) {
      const one = { at: at + ms, call }
      due.add(one)
      return () => void due.delete(one)
    },
  }
  const pass = (ms: number) => {
    const until = at + ms
    for (;;) {
      const next = [...due].filter((one) => one.at <= until).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      due.delete(next)
      at = next.at
      next.call()
    }
    at = until
  }
  return { clock, pass, due }
}
export const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** A number waits that many ms of the clock. */
export type Script = readonly (EngineEvent | 'hang' | number)[]
export const done: EngineEvent = { type: 'done', citations: ['bagages#1'], usage: { inputTokens: 1000, outputTokens: 100 } }
export const says = (text: string): EngineEvent => ({ type: 'text', text })
export const fails = (kind: EngineFailure['class'], afterMs?: number): EngineEvent => ({
  type: 'failed',
  failure: { class: kind, detail: kind, ...(afterMs === undefined ? {} : { afterMs }) },
})
export const abstains: EngineEvent = { type: 'abstained', reason: 'nothing', usage: null }

export const setupOf = (id: string, more: Partial<EngineSetup> = {}): EngineSetup => ({
  id: asId<EngineId>(id),
  kind: 'scripted',
  region: 'eu',
  trainsOnData: false,
  personalData: 'all',
  price: { input: 2, output: 6, currency: 'EUR' },
  timeouts: { firstTokenMs: 2000, totalMs: 8000 },
  config: {},
  ...more,
})

/** Plays one script per call; the last repeats. An engine that hangs is deaf to its signal, as the worst ones are. */
export const scripted = (
  id: string,
  scripts: readonly Script[],
  more: Partial<EngineSetup> = {},
  tasks: readonly Task[] = ['answer'],
  clock?: Clock,
) => {
  const seen = { calls: 0, aborted: 0 }
  const open: OpenEngine = {
    async *perform(_task, _prompt, signal) {
      const script = scripts[Math.min(seen.calls, scripts.length - 1)] ?? []
      seen.calls += 1
      signal.addEventListener('abort', () => {
        seen.aborted += 1
      })
      for (const step of script) {
        if (step === 'hang') await new Promise(() => {})
        else if (typeof step === 'number') await new Promise<void>((resolve) => clock?.after(step, resolve))
        else yield step
      }
    },
  }
  const link: Link = { setup: setupOf(id, more), kind: { tasks }, open }
  return { link, seen }
}

/** Lets everything through. */
export const unguarded: Guard = (prompt) => ({
  prompt,
  left: { as: 'clear', kinds: {} },
  hearing: { push: (text) => text, end: () => '', breach: null },
})

export const good: Script = [says('Oui, '), says('20 kg.'), done]

/** Asks the engines in turn, with time that passes when told to. */
export const run = (engines: readonly Link[], more: Partial<ChainRequest> = {}) => {
  const time = fakeClock()
  const request: ChainRequest = {
    engines,
    task: 'answer',
    prompt: () => PROMPT,
    guard: unguarded,
    breakers: createBreakers(time.clock.now),
    clock: time.clock,
    ...more,
  }
  return { result: runChain(request), ...time }
}
