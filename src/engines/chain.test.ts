import { describe, expect, it } from 'vitest'
import type { EngineFailure, OpenEngine, Prompt, Task } from '../core/engine.ts'
import type { Breach, Guard, Left } from '../core/guard.ts'
import { asId, type EngineId } from '../core/ids.ts'
import { createBreakers } from './breakers.ts'
import { type ChainRequest, type Link, runChain } from './chain.ts'
import { PROMPT } from './contract/index.ts'
import { abstains, done, fails, fakeClock, good, says, scripted, setupOf, turn, unguarded } from './contract/scripted.ts'

const run = (engines: readonly Link[], more: Partial<ChainRequest> = {}) => {
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

describe('the chain of engines', () => {
  it('takes the first whole answer, with its tokens and what it cost', async () => {
    const a = scripted('a', [good])
    const b = scripted('b', [good])
    const result = await run([a.link, b.link]).result
    expect(result).toMatchObject({ outcome: 'answered', text: 'Oui, 20 kg.', citations: ['bagages#1'], engine: 'a' })
    expect(result.attempts).toEqual([
      {
        engine: 'a',
        result: 'answered',
        detail: '',
        ms: 0,
        tokens: { inputTokens: 1000, outputTokens: 100 },
        cost: { amount: 0.0026, currency: 'EUR' },
        left: { as: 'clear', kinds: {} },
      },
    ])
    expect(b.seen.calls).toBe(0)
  })

  it.each(['cut', 'refused', 'credentials', 'too-long', 'invalid'] as const)(
    'goes to the next engine at once when one is %s, and shows nothing of it',
    async (kind) => {
      const a = scripted('a', [[says('Oui, vous pouv'), fails(kind)]])
      const result = await run([a.link, scripted('b', [good]).link]).result
      expect(result).toMatchObject({ outcome: 'answered', engine: 'b', text: 'Oui, 20 kg.' })
      expect(result.attempts.map((attempt) => attempt.result)).toEqual([kind, 'answered'])
      expect(a.seen.calls).toBe(1)
    },
  )

  it.each(['overloaded', 'broken', 'timeout'] as const)('tries once more when an engine is %s', async (kind) => {
    const a = scripted('a', [[fails(kind)], good])
    const { result, pass } = run([a.link])
    await turn()
    pass(200)
    expect(await result).toMatchObject({ outcome: 'answered', engine: 'a' })
    expect(a.seen.calls).toBe(2)
  })

  it('waits as long as Retry-After says where the time allows it, and goes on where it does not', async () => {
    const a = scripted('a', [[fails('overloaded', 3000)], good])
    const first = run([a.link])
    await turn()
    first.pass(2999)
    await turn()
    expect(a.seen.calls).toBe(1)
    first.pass(1)
    expect(await first.result).toMatchObject({ outcome: 'answered' })

    const b = scripted('b', [[fails('overloaded', 8000)], good])
    expect(await run([b.link, scripted('c', [good]).link]).result).toMatchObject({ outcome: 'answered', engine: 'c' })
    expect(b.seen.calls).toBe(1)
  })

  it('gives up an engine whose first word does not come, and asks the next at that very moment', async () => {
    const a = scripted('a', [['hang']])
    const { result, pass, clock } = run([a.link, scripted('b', [good]).link])
    await turn()
    pass(2000)
    expect(await result).toMatchObject({
      outcome: 'answered',
      engine: 'b',
      attempts: [{ result: 'timeout', ms: 2000 }, { result: 'answered' }],
    })
    expect([a.seen.aborted, clock.now()]).toEqual([1, 2000])
  })

  it('asks an engine whose first word does not come once more where nobody else is left to ask', async () => {
    const a = scripted('a', [['hang'], good])
    const barred = scripted('b', [good], { trainsOnData: true })
    const { result, pass } = run([a.link, barred.link])
    await turn()
    pass(2000)
    await turn()
    pass(200)
    expect(await result).toMatchObject({ outcome: 'answered', engine: 'a' })
  })

  it.each(['overloaded', 'broken', 'timeout'] as const)(
    'fails over within the engine’s own time to first word, however often it is %s meanwhile',
    async (kind) => {
      const a = scripted('a', [[fails(kind, 1500)], ['hang']])
      const { result, pass, clock } = run([a.link, scripted('b', [good]).link])
      await turn()
      pass(1500)
      await turn()
      pass(500)
      expect(await result).toMatchObject({
        engine: 'b',
        attempts: [{ result: kind }, { result: 'timeout', ms: 500 }, { result: 'answered' }],
      })
      expect(clock.now()).toBe(2000)
      const patient = scripted('a', [[fails(kind, 2500)], good])
      expect(await run([patient.link, scripted('b', [good]).link]).result, 'no wait that is longer').toMatchObject({ engine: 'b' })
    },
  )

  it('gives up an engine that begins and never ends when its total time is over, without another try', async () => {
    const a = scripted('a', [[says('Euh'), 'hang']])
    const { result, pass } = run([a.link, scripted('b', [good]).link])
    await turn()
    pass(8000)
    expect(await result).toMatchObject({ engine: 'b', attempts: [{ result: 'timeout', ms: 8000 }, { result: 'answered' }] })
  })

  it('takes a stream that ends without a last event for cut', async () => {
    const result = await run([scripted('a', [[says('Oui')]]).link]).result
    expect(result).toMatchObject({ outcome: 'failed', text: '', engine: null, attempts: [{ result: 'cut' }] })
  })

  it('survives an engine that throws', async () => {
    const open: OpenEngine = {
      perform() {
        throw new Error('bug')
      },
    }
    const { result, pass } = run([{ setup: setupOf('a'), kind: { tasks: ['answer'] }, open }, scripted('b', [good]).link])
    await turn()
    pass(200)
    expect(await result).toMatchObject({ engine: 'b' })
  })

  it('abstains when the last engine does, and fails when the last one breaks', async () => {
    expect(await run([scripted('a', [[fails('cut')]]).link, scripted('b', [[abstains]]).link]).result).toMatchObject({
      outcome: 'abstained',
      engine: null,
    })
    expect(await run([scripted('a', [[abstains]]).link, scripted('b', [[fails('cut')]]).link]).result).toMatchObject({ outcome: 'failed' })
    expect(await run([scripted('a', [[says('  '), done]]).link]).result).toMatchObject({ outcome: 'abstained' })
    expect(await run([]).result).toMatchObject({ outcome: 'failed', attempts: [] })
  })

  it('takes an answer in another language than asked for none', async () => {
    const shown: string[] = []
    const fits = (text: string) => !text.includes('luggage')
    const a = scripted('a', [[says('One piece of luggage.'), done]])
    const result = await run([a.link, scripted('b', [good]).link], {
      fits,
      onText: (text) => shown.push(text),
      onWithdraw: () => shown.push('<withdrawn>'),
    }).result
    expect(result).toMatchObject({
      outcome: 'answered',
      engine: 'b',
      attempts: [{ result: 'language', tokens: { inputTokens: 1000 } }, {}],
    })
    expect(shown.slice(0, 2)).toEqual(['One piece of luggage.', '<withdrawn>'])
    const own = scripted('own', [[says('One piece of luggage.'), done]])
    const inProcess = { ...own.link, kind: { tasks: ['answer'] as const, inProcess: true as const } }
    expect(await run([inProcess], { fits }).result, 'the business’s own words are what they are').toMatchObject({ outcome: 'answered' })
  })

  it('ends at once when the caller says so, and does not blame the engine', async () => {
    const control = new AbortController()
    const breakers = createBreakers(() => 0)
    const a = scripted('a', [[says('Oui'), 'hang']])
    const { result, due } = run([a.link, scripted('b', [good]).link], { signal: control.signal, breakers })
    await turn()
    control.abort()
    expect(await result).toMatchObject({ outcome: 'cancelled', text: '', attempts: [{ result: 'cancelled' }] })
    expect(a.seen.aborted).toBe(1)
    expect(due.size, 'no timer is left').toBe(0)
  })
})

describe('promise 6: no engine gets what its entry does not permit', () => {
  it.each([
    ['no personal data', { personalData: 'none' }, 'personal-data'],
    ['training', { trainsOnData: true }, 'trains-on-data'],
    ['nobody knows whether it trains', { trainsOnData: null }, 'trains-on-data'],
  ] as const)('%s: it is never called, and the reason is kept', async (_says, more, reason) => {
    const a = scripted('a', [good], more)
    const result = await run([a.link, scripted('b', [good]).link]).result
    expect(a.seen.calls).toBe(0)
    expect(result).toMatchObject({ engine: 'b', attempts: [{ engine: 'a', result: reason, ms: 0 }, { result: 'answered' }] })
  })

  const TASKS: readonly Task[] = ['answer', 'draft', 'suggest', 'summarise', 'classify', 'qualify', 'transcribe', 'illustrate']
  it.each(TASKS)('whatever it is asked for, to %s too, nothing goes to one that learns, or of which nobody knows', async (task) => {
    for (const trainsOnData of [true, null]) {
      const a = scripted('a', [good], { trainsOnData }, TASKS)
      expect(await run([a.link], { task }).result).toMatchObject({ outcome: 'failed', attempts: [{ result: 'trains-on-data' }] })
      expect(a.seen.calls).toBe(0)
    }
  })

  it('but an engine inside this process needs no permission, and costs nothing', async () => {
    const a = scripted('a', [good], { personalData: 'none', trainsOnData: null })
    expect(await run([{ ...a.link, kind: { tasks: ['answer'], inProcess: true } }]).result).toMatchObject({
      engine: 'a',
      attempts: [{ cost: { amount: 0, currency: null } }],
    })
  })

  it('and an engine that does not do the task is passed over', async () => {
    expect(await run([scripted('a', [good], {}, ['summarise']).link]).result).toMatchObject({ attempts: [{ result: 'task' }] })
  })
})

describe('the guard', () => {
  /** Holds the last three signs back, writes them in capitals, and stops an answer that says `stop`. */
  const capital = (left: Left): { guard: Guard; calls: { prompt: Prompt; personalData: string }[] } => {
    const calls: { prompt: Prompt; personalData: string }[] = []
    const guard: Guard = (prompt, { personalData }) => {
      calls.push({ prompt, personalData })
      let held = ''
      let breach: Breach | null = null
      return {
        prompt: { ...prompt, question: `guarded ${calls.length}` },
        left,
        hearing: {
          push(text) {
            held += text
            if (held.includes('stop')) breach = 'canary'
            const shown = held.slice(0, -3)
            held = held.slice(-3)
            return breach ? '' : shown.toUpperCase()
          },
          end: () => held.toUpperCase(),
          get breach() {
            return breach
          },
        },
      }
    }
    return { guard, calls }
  }
  const pseudonyms: Left = { as: 'pseudonyms', kinds: { name: 2, phone: 1 } }

  it('stands before every engine outside this process, once for each try, and its count is kept', async () => {
    const asked: string[] = []
    const a = scripted('a', [[fails('broken')], good], { personalData: 'pseudonyms' })
    const open: OpenEngine = {
      perform(task, prompt, signal) {
        asked.push(prompt.question)
        return a.link.open.perform(task, prompt, signal)
      },
    }
    const { guard, calls } = capital(pseudonyms)
    const { result, pass } = run([{ ...a.link, open }], { guard })
    await turn()
    pass(200)
    expect(await result).toMatchObject({ text: 'OUI, 20 KG.', attempts: [{ left: pseudonyms }, { result: 'answered', left: pseudonyms }] })
    expect(asked).toEqual(['guarded 1', 'guarded 2'])
    expect(calls.map(({ personalData }) => personalData)).toEqual(['pseudonyms', 'pseudonyms'])
  })

  it('shows what it lets through while a person watches, and nothing that it holds back', async () => {
    const shown: string[] = []
    const { guard } = capital(pseudonyms)
    await run([scripted('a', [good]).link], { guard, onText: (text) => shown.push(text) }).result
    expect(shown).toEqual(['OU', 'I, 20 ', 'KG.'])
  })

  it('withholds an answer: what was shown is taken back, the next engine is asked, and the engine is not blamed', async () => {
    const shown: string[] = []
    const { guard } = capital(pseudonyms)
    const breakers = createBreakers(() => 0)
    const a = scripted('a', [[says('Oui, '), says('stop'), done]])
    const request = { guard, breakers, onText: (text: string) => shown.push(text), onWithdraw: () => shown.push('<withdrawn>') }
    for (let i = 0; i < 6; i += 1) {
      const result = await run([a.link, scripted('b', [good]).link], request).result
      expect(result).toMatchObject({ engine: 'b', attempts: [{ engine: 'a', result: 'withheld', detail: 'canary' }, {}] })
    }
    expect(shown.slice(0, 2)).toEqual(['OU', '<withdrawn>'])
    expect(breakers.state(asId<EngineId>('a'))).toBe('closed')
  })

  it('lets no engine be asked where it cannot take out what must not leave, and stands before none in this process', async () => {
    const a = scripted('a', [good])
    const b = scripted('b', [good])
    const inside = { ...b.link, kind: { tasks: ['answer'], inProcess: true } } as const
    const result = await run([a.link, inside], { guard: () => null }).result
    expect(result).toMatchObject({ engine: 'b', attempts: [{ result: 'personal-data' }, { result: 'answered' }] })
    expect(result.attempts[1]?.left).toBeUndefined()
    expect(a.seen.calls).toBe(0)
  })
})

describe('while a person watches', () => {
  it('shows the words as they come, and takes them back when the answer does not hold', async () => {
    const shown: string[] = []
    const a = scripted('a', [[says('Oui, vous '), fails('cut')]])
    await run([a.link, scripted('b', [good]).link], { onText: (text) => shown.push(text), onWithdraw: () => shown.push('<withdrawn>') })
      .result
    expect(shown).toEqual(['Oui, vous ', '<withdrawn>', 'Oui, ', '20 kg.'])
  })

  it('takes back what an engine said before it abstained or was too slow', async () => {
    const shown: string[] = []
    const a = scripted('a', [[says('Peut-être'), abstains]])
    const b = scripted('b', [[says('Donc'), 'hang']])
    const { result, pass } = run([a.link, b.link], { onText: (text) => shown.push(text), onWithdraw: () => shown.push('<withdrawn>') })
    await turn()
    pass(8000)
    expect((await result).outcome).toBe('failed')
    expect(shown).toEqual(['Peut-être', '<withdrawn>', 'Donc', '<withdrawn>'])
  })
})

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
