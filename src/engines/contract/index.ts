/**
 * What every engine owes the house, as one suite: `engineContract({ kind, make })` in the engine's own test. An engine that has
 * no wire names the cases that cannot happen to it in `skip`, each with its reason.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineEvent, EngineFailure, EngineTools, OpenEngine, Prompt, Task } from '../../core/engine.ts'
import { asId } from '../../core/ids.ts'
import type { LogFields } from '../../core/ports.ts'

/** What the imitated provider does with the next call. */
export type Scenario =
  /** A whole answer that cites passage 1: the text below. */
  | 'answers'
  /** Says the passages do not hold the answer, in the engine's own way. */
  | 'abstains'
  /** Answers and cites only passages it was not given. */
  | 'cites-nothing-given'
  /** Adds a link that stands in no passage. */
  | 'invents-a-link'
  /** The connection ends cleanly in the middle of the answer, with no finish reason. */
  | 'cut'
  /** The connection is reset in the middle of the answer. */
  | 'reset'
  /** An error of the provider's, in its own dialect, in the middle of the answer. */
  | 'fails-inside'
  /** Something that cannot be read, in the middle of the answer. */
  | 'garbled'
  /** Ends with the provider's "too long" and "filtered" reasons. */
  | 'too-long'
  | 'filtered'
  /** The model will not, said in the provider's own way. */
  | 'refuses'
  /** The question is refused before a word is said. */
  | 'refuses-the-question'
  /** Ends with a reason nobody knows, or none where one belongs. */
  | 'ends-strangely'
  | 'unauthorised'
  /** Too many at once: to come back in 7 s, in the provider's own words. */
  | 'throttled'
  /** What was paid for is used up: no try mends it. */
  | 'exhausted'
  /** The provider has too much to do. */
  | 'overwhelmed'
  | 'broken'
  /** The prompt is longer than the model reads. */
  | 'asks-too-much'
  /** 200, and 502, with an HTML page. */
  | 'page'
  | 'error-page'
  /** Accepts the request and never answers. */
  | 'silent'

export type Imitation = {
  /** The engine, opened on the imitated provider with `SECRET` as its key. `streams` false asks for whole answers. */
  open(tools: EngineTools, streams: boolean): OpenEngine
  play(scenario: Scenario): void
  /** Resolves when the provider holds a request it will not answer: the abort test waits for it instead of sleeping. */
  held(): Promise<void>
  /** The answer's text in `answers` once citation marks are gone. */
  readonly answer: string
  close(): Promise<void>
}
export type CaseName = Scenario | 'whole' | 'usage' | 'aborted'
type Contract = {
  readonly kind: string
  /** What it says it does. */
  readonly tasks: readonly Task[]
  readonly make: () => Promise<Imitation>
  readonly skip?: readonly { readonly case: CaseName; readonly reason: string }[]
}

export const SECRET = 'sk-contract-0451-never-logged'
export const PROMPT: Prompt = {
  system: 'Vous répondez pour Voyages Lumière.',
  history: [{ by: 'customer', text: 'Bonjour, je pars à Lisbonne.' }],
  question: 'Combien de bagages puis-je emporter ?',
  language: 'fr',
  passages: [
    {
      id: 'bagages#1',
      document: 'bagages.md',
      title: 'Bagages',
      text: 'Chaque voyageur emporte un bagage de 20 kg en soute. Détails sur https://www.example.fr/bagages.',
      language: 'fr',
      score: 0.9,
    },
    { id: 'repas#1', document: 'repas.md', title: 'Repas', text: 'La demi-pension comprend le dîner.', language: 'fr', score: 0.6 },
  ],
}

/** What the imitated model says. */
export const WORDS = {
  answers: 'Vous emportez un bagage de 20 kg en soute [1].',
  abstains: 'NO_ANSWER',
  'cites-nothing-given': 'Trois valises [7].',
  'invents-a-link':
    'Un bagage de 20 kg [1]. Voyez https://www.example.fr/bagages ou [ici](https://evil.example/x?q=1), www.evil.example ou evil.com/a.',
} as const
export const ANSWER = 'Vous emportez un bagage de 20 kg en soute.'

type Seen = { readonly events: readonly EngineEvent[]; readonly last: EngineEvent | undefined; readonly text: string }
export const readEvents = async (events: AsyncIterable<EngineEvent>): Promise<Seen> => {
  const seen: EngineEvent[] = []
  for await (const event of events) seen.push(event)
  return { events: seen, last: seen.at(-1), text: seen.map((event) => (event.type === 'text' ? event.text : '')).join('') }
}

export const engineContract = ({ kind, tasks, make, skip = [] }: Contract) => {
  describe(`${kind} keeps the engine contract`, () => {
    let imitation: Imitation
    const logged: string[] = []
    const note = (event: string, fields?: LogFields) => void logged.push(`${event} ${JSON.stringify(fields ?? {})}`)
    const tools: EngineTools = {
      fetch: (input, init) => fetch(input, init),
      now: () => 1_790_000_000_000,
      log: { debug: note, info: note, warn: note, error: note },
      engine: asId('under-test'),
    }
    beforeAll(async () => {
      imitation = await make()
    })
    afterAll(() => imitation.close())

    const perform = async (
      scenario: Scenario,
      streams = true,
      signal = new AbortController().signal,
      task: Task = 'answer',
    ): Promise<Seen> => {
      imitation.play(scenario)
      const seen = await readEvents(imitation.open(tools, streams).perform(task, PROMPT, signal))
      expect(
        seen.events.filter((event) => event.type !== 'text'),
        'exactly one last event',
      ).toHaveLength(1)
      expect(seen.last?.type).not.toBe('text')
      return seen
    }
    const theCase = (name: CaseName, says: string, run: () => Promise<void>) => {
      const reason = skip.find((one) => one.case === name)?.reason
      if (reason) it.skip(`${says} (skipped: ${reason})`, run)
      else it(says, run)
    }
    const failsAs = (scenario: Scenario, says: string, kind: EngineFailure['class'], more: Partial<EngineFailure> = {}) =>
      theCase(scenario, says, async () => {
        for (const streams of [true, false]) {
          const { last } = await perform(scenario, streams)
          expect(last).toMatchObject({ type: 'failed', failure: { class: kind, ...more } })
        }
      })

    theCase('answers', 'streams an answer, cites its passage and ends with done', async () => {
      const { text, last } = await perform('answers')
      expect(text).toBe(imitation.answer)
      expect(last).toMatchObject({ type: 'done', citations: ['bagages#1'] })
    })
    theCase('whole', 'gives the same answer whole', async () => {
      const { text, last } = await perform('answers', false)
      expect(text).toBe(imitation.answer)
      expect(last).toMatchObject({ type: 'done', citations: ['bagages#1'] })
    })
    it('does every task it names', async () => {
      for (const task of tasks)
        expect((await perform('answers', true, undefined, task)).last, task).toMatchObject({ type: 'done', citations: ['bagages#1'] })
    })
    theCase('usage', 'records the tokens, streamed and whole', async () => {
      for (const streams of [true, false]) {
        const { last } = await perform('answers', streams)
        expect(last).toMatchObject({ usage: { inputTokens: 210, outputTokens: 17 } })
      }
    })
    theCase('abstains', 'abstains where the passages do not say, and shows no word of it', async () => {
      for (const streams of [true, false]) {
        const { text, last } = await perform('abstains', streams)
        expect(last?.type).toBe('abstained')
        expect(text).toBe('')
      }
    })
    theCase('cites-nothing-given', 'takes an answer that cites no given passage for an abstention', async () => {
      expect((await perform('cites-nothing-given')).last?.type).toBe('abstained')
    })
    theCase('invents-a-link', 'leaves links as they are said: which of them may stay is the guard’s to say', async () => {
      const { text } = await perform('invents-a-link')
      expect(text).toContain('https://www.example.fr/bagages ou [ici](https://evil.example/x?q=1)')
    })
    theCase('cut', 'calls a stream that ends without its finish reason cut', async () => {
      expect((await perform('cut')).last).toMatchObject({ type: 'failed', failure: { class: 'cut' } })
    })
    theCase('reset', 'calls a connection lost in the middle of the answer cut', async () => {
      expect((await perform('reset')).last).toMatchObject({ type: 'failed', failure: { class: 'cut' } })
    })
    const isCutInside = (scenario: Scenario, says: string) =>
      theCase(scenario, says, async () => {
        const { text, last } = await perform(scenario)
        expect(last).toMatchObject({ type: 'failed', failure: { class: 'cut' } })
        expect(imitation.answer.startsWith(text.trim()), 'no half word, no word of the error').toBe(true)
        expect((await perform(scenario, false)).last).toMatchObject({ type: 'failed' })
      })
    isCutInside('fails-inside', 'calls an answer that ends with the provider’s error cut, and shows no word of it')
    isCutInside('garbled', 'calls an answer that becomes unreadable cut')
    failsAs('too-long', 'calls an answer the provider shortened cut, never done', 'cut')
    failsAs('ends-strangely', 'calls an answer that ends for an unknown reason cut, never done', 'cut')
    failsAs('filtered', 'calls a filtered answer refused, never done', 'refused')
    failsAs('refuses', 'calls the model’s own refusal refused, never done', 'refused')
    failsAs('refuses-the-question', 'calls a question that the provider will not take refused', 'refused')
    failsAs('unauthorised', 'tells bad credentials', 'credentials')
    failsAs('throttled', 'tells an overloaded provider and when to come back', 'overloaded', { afterMs: 7000 })
    failsAs('exhausted', 'tells that nothing is left to spend, and is not asked again for a while', 'overloaded', { afterMs: 600_000 })
    failsAs('overwhelmed', 'tells a provider that has too much to do', 'overloaded')
    failsAs('broken', 'tells a broken provider', 'broken')
    failsAs('asks-too-much', 'tells a prompt that is too long for the model', 'too-long')
    failsAs('page', 'calls an HTML page with status 200 broken', 'broken')
    failsAs('error-page', 'calls an HTML page with status 502 broken', 'broken')
    theCase('silent', 'ends at once when a provider that never answers is given up', async () => {
      for (const streams of [true, false]) {
        const control = new AbortController()
        const seen = perform('silent', streams, control.signal)
        await imitation.held()
        control.abort()
        expect((await seen).last).toMatchObject({ type: 'failed', failure: { class: 'timeout' } })
      }
    })
    theCase('aborted', 'does nothing under a signal that has ended already', async () => {
      const { text, last } = await perform('answers', true, AbortSignal.abort())
      expect(text).toBe('')
      expect(last).toMatchObject({ type: 'failed', failure: { class: 'timeout' } })
    })
    it('logs no secret, no question, no passage and no answer', () => {
      const log = logged.join('\n')
      for (const words of [SECRET, PROMPT.question, 'Lisbonne', 'soute', imitation.answer]) expect(log).not.toContain(words)
    })
  })
}
