import { describe, expect, it } from 'vitest'
import type { EngineFailure } from '../core/engine.ts'
import { asId, type EngineId } from '../core/ids.ts'
import { createBreakers } from './breakers.ts'
import { good, run, scripted } from './contract/scripted.ts'

describe('the breaker of an engine', () => {
  const id = asId<EngineId>('a')
  const failure = (kind: EngineFailure['class'], afterMs?: number): EngineFailure => ({
    class: kind,
    detail: '',
    ...(afterMs ? { afterMs } : {}),
  })

  it('opens after five failures in a row, lets one probe through after half a minute, and closes when that answers', () => {
    let at = 0
    const changes: string[] = []
    const breakers = createBreakers(
      () => at,
      (engine, state, reason) => changes.push(`${engine} ${state} ${reason}`),
    )
    for (let i = 0; i < 4; i += 1) breakers.report(id, failure('broken'))
    breakers.report(id, null)
    for (let i = 0; i < 4; i += 1) breakers.report(id, failure('timeout'))
    expect(breakers.allow(id)).toBe(true)
    breakers.report(id, failure('cut'))
    expect(breakers.allow(id)).toBe(false)
    expect(breakers.state(id)).toBe('open')
    at = 30_000
    expect(breakers.state(id)).toBe('half-open')
    expect([breakers.allow(id), breakers.allow(id)], 'one probe only').toEqual([true, false])
    breakers.report(id, failure('broken'))
    expect(breakers.allow(id)).toBe(false)
    at = 60_000
    expect(breakers.allow(id)).toBe(true)
    breakers.release(id)
    expect(breakers.allow(id), 'a probe given up is given back').toBe(true)
    breakers.report(id, null)
    expect(breakers.state(id)).toBe('closed')
    expect(changes).toEqual([
      'a closed answers',
      'a open cut',
      'a half-open probe',
      'a open broken',
      'a half-open probe',
      'a closed answers again',
    ])
  })

  it('tells a change once, whatever calls still come back', () => {
    const changes: string[] = []
    const breakers = createBreakers(
      () => 0,
      (_engine, state, reason) => changes.push(`${state} ${reason}`),
    )
    for (let i = 0; i < 9; i += 1) breakers.report(id, failure('timeout'))
    for (let i = 0; i < 3; i += 1) breakers.report(id, null)
    expect(changes).toEqual(['open timeout', 'closed answers again'])
  })

  it('opens at once on bad credentials, stays open as long as Retry-After says, and ignores faults of the question', () => {
    let at = 0
    const breakers = createBreakers(() => at)
    for (let i = 0; i < 9; i += 1) breakers.report(id, failure('refused'))
    expect(breakers.state(id)).toBe('closed')
    breakers.report(id, failure('credentials', 90_000))
    at = 60_000
    expect(breakers.allow(id)).toBe(false)
    at = 90_000
    expect(breakers.allow(id)).toBe(true)
  })

  it('a probe whose answer is no fault of the engine does not block it for ever', () => {
    let at = 0
    const breakers = createBreakers(() => at)
    breakers.report(id, failure('credentials'))
    at = 30_000
    expect(breakers.allow(id)).toBe(true)
    breakers.report(id, failure('refused'))
    expect(breakers.allow(id)).toBe(true)
  })

  it('makes the chain pass over the engine without calling it', async () => {
    const breakers = createBreakers(() => 0)
    breakers.report(id, failure('credentials'))
    const a = scripted('a', [good])
    expect(await run([a.link, scripted('b', [good]).link], { breakers }).result).toMatchObject({
      engine: 'b',
      attempts: [{ result: 'breaker-open' }, {}],
    })
    expect(a.seen.calls).toBe(0)
  })
})
