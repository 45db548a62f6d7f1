import { describe, expect, it } from 'vitest'
import type { Passage } from '../../core/engine.ts'
import { asId } from '../../core/ids.ts'
import { silentLog } from '../../core/ports.ts'
import { engineContract, PROMPT, readEvents, type Scenario } from '../contract/index.ts'
import { extractive } from './index.ts'

const reason = 'it has no wire'
engineContract({
  kind: 'extractive',
  tasks: extractive.tasks,
  make: async () => {
    let minimum = 0.5
    return {
      answer: PROMPT.passages[0]?.text ?? '',
      open: (tools) => extractive.open(extractive.config.parse({ minimum }), tools),
      play: (scenario) => {
        minimum = scenario === 'abstains' ? 0.95 : 0.5
      },
      held: async () => {},
      close: async () => {},
    }
  },
  skip: [
    { case: 'usage', reason: 'it uses no tokens' },
    { case: 'cites-nothing-given', reason: 'it can only cite what it was given' },
    { case: 'invents-a-link', reason: 'it has only the passage’s words' },
    ...(
      [
        ...['cut', 'reset', 'fails-inside', 'garbled', 'too-long', 'filtered', 'refuses', 'refuses-the-question', 'ends-strangely'],
        ...['unauthorised', 'throttled', 'exhausted', 'overwhelmed', 'broken', 'asks-too-much', 'page', 'error-page', 'silent'],
      ] as Scenario[]
    ).map((name) => ({
      case: name,
      reason,
    })),
  ],
})

describe('the extractive engine', () => {
  const answer = (passages: readonly Passage[], question: string) =>
    readEvents(
      extractive
        .open(extractive.config.parse({}), { fetch, now: () => 0, log: silentLog, engine: asId('faq') })
        .perform('answer', { ...PROMPT, question, passages }, new AbortController().signal),
    )
  const filler = (topic: string) =>
    `${topic} est expliqué ici avec tous les détails qui conviennent aux voyageurs les plus curieux de la maison.`

  it('answers with the sentences that share most with the question, not with the whole text', async () => {
    const text = [
      ...Array.from({ length: 6 }, (_, i) => filler(`Le sujet ${i}`)),
      'Un chien de moins de 8 kg voyage en cabine.',
      ...Array.from({ length: 6 }, (_, i) => filler(`Le thème ${i}`)),
    ].join(' ')
    const seen = await answer(
      [{ id: 'a', document: 'a', title: 'A', text, language: 'fr', score: 0.8 }],
      'Puis-je prendre mon chien en cabine ?',
    )
    expect(seen.text).toContain('Un chien de moins de 8 kg voyage en cabine.')
    expect(seen.text.length).toBeLessThanOrEqual(600)
    expect(seen.last).toMatchObject({ type: 'done', citations: ['a'] })
  })

  it('takes the best of several passages and abstains when none is close enough', async () => {
    const passage = (id: string, score: number): Passage => ({ id, document: id, title: id, text: `Texte ${id}.`, language: 'fr', score })
    expect((await answer([passage('a', 0.6), passage('b', 0.8)], 'Quoi ?')).last).toMatchObject({ citations: ['b'] })
    expect((await answer([passage('a', 0.49)], 'Quoi ?')).last?.type).toBe('abstained')
    expect((await answer([], 'Quoi ?')).last?.type).toBe('abstained')
  })
})
