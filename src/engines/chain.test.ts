import { describe, expect, it } from 'vitest'
import type { OpenEngine } from '../core/engine.ts'
import { createBreakers } from './breakers.ts'
import { abstains, done, fails, good, run, says, scripted, setupOf, turn } from './contract/scripted.ts'

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
