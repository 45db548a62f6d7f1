import { describe, expect, it } from 'vitest'
import { asId, type EngineId } from '../core/ids.ts'
import { createBreakers } from './breakers.ts'
import { type ChainRequest, type Link, runChain } from './chain.ts'
import { PROMPT } from './contract/index.ts'
import { done, fails, fakeClock, good, type Script, says, scripted, turn, unguarded } from './contract/scripted.ts'
import { createPaces } from './pace.ts'

const [A, B] = ['a', 'b'].map((id) => asId<EngineId>(id)) as [EngineId, EngineId]
/** Both usually begin within 300 ms; 400 is slower than 95 of 100. */
const known = () => {
  const paces = createPaces()
  for (const id of [A, B]) for (let n = 0; n < 100; n += 1) paces.heard(id, n < 95 ? 300 : 400)
  return paces
}
const open = (scripts: Readonly<Record<string, readonly Script[]>>, more: Partial<ChainRequest> = {}) => {
  const time = fakeClock()
  const made = Object.entries(scripts).map(([id, script]) => scripted(id, script, {}, ['answer'], time.clock))
  const paces = known()
  const request: ChainRequest = {
    engines: made.map(({ link }) => link),
    task: 'answer',
    prompt: () => PROMPT,
    guard: unguarded,
    breakers: createBreakers(time.clock.now),
    clock: time.clock,
    paces,
    hedged: true,
    ...more,
  }
  const passTo = async (ms: number) => {
    while (time.clock.now() < ms) {
      await turn()
      time.pass(Math.min(50, ms - time.clock.now()))
    }
    await turn()
  }
  return { result: runChain(request), ...time, passTo, seen: made.map(({ seen }) => seen), paces, request }
}

describe('how long an engine usually takes to its first word', () => {
  it('is known after twenty answers, as what 95 of 100 kept to, of the last ones', () => {
    const paces = createPaces()
    for (let n = 0; n < 19; n += 1) paces.heard(A, 100)
    expect(paces.p95(A)).toBeNull()
    paces.heard(A, 900)
    expect(paces.p95(A)).toBe(100)
    for (let n = 0; n < 300; n += 1) paces.heard(A, 500)
    expect(paces.p95(A)).toBe(500)
    expect(paces.p95(B)).toBeNull()
  })
})

describe('a hedged plan', () => {
  it('asks the next engine as well once the first is slower than usual; the first whole answer wins and the other is ended', async () => {
    const { result, passTo, seen, clock } = open({ a: [[5000, ...good]], b: [[200, ...good]] })
    await passTo(299)
    expect(seen.map(({ calls }) => calls)).toEqual([1, 0])
    await passTo(500)
    const { engine, attempts, outcome, text } = await result
    expect([outcome, engine, text, clock.now()]).toEqual(['answered', 'b', 'Oui, 20 kg.', 500])
    expect(seen[0]).toEqual({ calls: 1, aborted: 1 })
    expect(attempts).toHaveLength(2)
    expect(attempts).toContainEqual(expect.objectContaining({ engine: 'b', result: 'answered', cost: { amount: 0.0026, currency: 'EUR' } }))
    // Nobody tells what a call cost that was ended: it is reckoned by what it was given and what it had said.
    const lost = attempts.find((attempt) => attempt.engine === A)
    expect(lost).toMatchObject({ result: 'cancelled', estimated: true, tokens: { outputTokens: 0 }, cost: { currency: 'EUR' } })
    expect(lost?.tokens?.inputTokens).toBeGreaterThan(50)
    expect(lost?.cost?.amount).toBeGreaterThan(0)
  })

  it('lets the first win where it is whole first, and takes back what the other had shown', async () => {
    const shown: string[] = []
    const { result, passTo } = open(
      { a: [[350, ...good]], b: [[10, says('Non, '), 5000, done]] },
      { onText: (text) => shown.push(text), onWithdraw: () => shown.push('<withdrawn>') },
    )
    await passTo(400)
    expect((await result).engine).toBe('a')
    expect(shown).toEqual(['Non, ', '<withdrawn>', 'Oui, 20 kg.'])
  })

  it('asks nobody else while the first has begun to speak, nor where its usual pace is not known, nor where no plan says so', async () => {
    const begun = open({ a: [[100, says('Oui '), 2000, says('20 kg.'), done]], b: [good] })
    await begun.passTo(2200)
    expect([(await begun.result).engine, begun.seen[1]?.calls]).toEqual(['a', 0])
    for (const more of [{ paces: createPaces() }, { hedged: false }]) {
      const slow = open({ a: [[1500, ...good]], b: [good] }, more)
      await slow.passTo(1600)
      expect([(await slow.result).engine, slow.seen[1]?.calls]).toEqual(['a', 0])
    }
  })

  it('asks nobody whose budget is spent, whom a person stopped, or who needs no hurry', async () => {
    for (const more of [{ isSpent: (id: EngineId) => id === B }, { isPaused: (id: EngineId) => id === B }]) {
      const { result, passTo, seen } = open({ a: [[1500, ...good]], b: [good] }, more)
      await passTo(1600)
      expect([(await result).engine, seen[1]?.calls]).toEqual(['a', 0])
    }
    const time = fakeClock()
    const slow = scripted('a', [[1500, ...good]], {}, ['answer'], time.clock)
    const own = scripted('faq', [good])
    const inProcess: Link = { ...own.link, kind: { tasks: ['answer'], inProcess: true } }
    const { result, passTo } = open({}, { engines: [slow.link, inProcess], clock: time.clock })
    for (let n = 0; n < 40; n += 1) {
      await turn()
      time.pass(50)
    }
    await passTo(0)
    expect([(await result).engine, own.seen.calls]).toEqual(['a', 0])
  })

  it('goes on with the third where both fail, and asks nobody twice', async () => {
    const { result, passTo, seen } = open({ a: [[350, fails('cut')]], b: [[20, fails('refused')]], c: [good] })
    await passTo(400)
    const { engine, attempts } = await result
    expect(engine).toBe('c')
    expect(attempts.map(({ result: came }) => came)).toEqual(['refused', 'cut', 'answered'])
    expect(seen.map(({ calls }) => calls)).toEqual([1, 1, 1])
  })

  it('ends both when the caller ends it, and leaves no timer', async () => {
    const control = new AbortController()
    const { result, passTo, seen, due } = open({ a: [['hang']], b: [['hang']] }, { signal: control.signal })
    await passTo(400)
    control.abort()
    expect(await result).toMatchObject({ outcome: 'cancelled', attempts: [{ result: 'cancelled' }, { result: 'cancelled' }] })
    expect(seen.map(({ aborted }) => aborted)).toEqual([1, 1])
    expect(due.size).toBe(0)
  })

  it('remembers how long first words took', async () => {
    const { result, passTo, request } = open({ a: [[250, ...good]] }, { paces: createPaces() })
    await passTo(300)
    await result
    for (let n = 0; n < 19; n += 1) request.paces?.heard(A, 10)
    expect(request.paces?.p95(A), 'the twentieth').toBe(10)
  })
})
