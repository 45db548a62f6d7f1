/** What an engine may not see, it is not given: who is not asked at all, and what stands before the others. */
import { describe, expect, it } from 'vitest'
import type { OpenEngine, Prompt, Task } from '../core/engine.ts'
import type { Breach, Guard, Left } from '../core/guard.ts'
import { asId, type EngineId } from '../core/ids.ts'
import { createBreakers } from './breakers.ts'
import { done, fails, good, run, says, scripted, turn } from './contract/scripted.ts'

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

  it('lets no engine be asked where it cannot take out what must not leave; of one in this process it only hears the answer', async () => {
    const a = scripted('a', [good])
    const b = scripted('b', [good])
    const inside = { ...b.link, kind: { tasks: ['answer'], inProcess: true } } as const
    const { guard, calls } = capital(pseudonyms)
    const heard: Guard = (prompt, setup, inProcess) => {
      const guarded = inProcess ? guard(prompt, setup) : null
      return guarded && { ...guarded, prompt, left: null }
    }
    const result = await run([a.link, inside], { guard: heard }).result
    expect(result).toMatchObject({ engine: 'b', text: 'OUI, 20 KG.', attempts: [{ result: 'personal-data' }, { result: 'answered' }] })
    expect(calls).toHaveLength(1)
    expect(result.attempts[1]?.left).toBeUndefined()
    expect(a.seen.calls).toBe(0)
  })
})
