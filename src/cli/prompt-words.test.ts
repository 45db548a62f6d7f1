import { expect, it } from 'vitest'
import { promptWords } from './prompt-words.ts'

const workspace = {
  name: 'Voyages Lumière',
  prompts: { answer: 'Répondez.', 'answer.small': 'Répondez court.', voice: 'Vouvoyez.', 'voice.small': 'Vous, toujours.' },
}

it('takes the business’s own words for a task and an engine, and how it speaks for every task', () => {
  expect(promptWords(workspace, 'answer', 'main', 'fr')).toBe('Répondez.\n\nVouvoyez.')
  expect(promptWords(workspace, 'answer', 'small', 'fr')).toBe('Répondez court.\n\nVous, toujours.')
  expect(promptWords(workspace, 'classify', 'main', 'fr', 'Triez.')).toBe('Triez.\n\nVouvoyez.')
})

it.each(['answer', 'draft', 'suggest', 'summarise'] as const)(
  'has words of its own to %s, in both languages, with the business’s name',
  (task) => {
    const [fr, en] = (['fr', 'en'] as const).map((language) => promptWords({ ...workspace, prompts: {} }, task, 'main', language))
    expect(fr).toContain('Voyages Lumière')
    expect(en).toContain('Voyages Lumière')
    expect(fr).not.toBe(en)
  },
)
