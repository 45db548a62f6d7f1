/** The promise of the extractive engine on the questions it was developed with; docs/knowledge-figures.md has the blind figures. */
import { expect, it } from 'vitest'
import { searchPassages } from '../../src/knowledge/search.ts'
import { demoIndex, measure, readSet, summarise } from './measure.ts'

it.each(['seen', 'unseen', 'unseen2', 'spoken', 'hurried', 'mixed'])(
  'answers four fifths of the answerable, and at most one in fifty of all wrongly: %s',
  async (set) => {
    const { all } = summarise(await measure(readSet(set)))
    expect(all.right / all.answerable).toBeGreaterThanOrEqual(0.8)
    expect(all.wrong / all.questions).toBeLessThanOrEqual(0.02)
  },
)

it('keeps the limits on questions that nothing was fitted to: 70 % answered rightly, 3 % wrongly', async () => {
  const { all } = summarise(await measure(readSet('unseen3')))
  expect(all.right / all.answerable).toBeGreaterThanOrEqual(0.7)
  expect(all.wrong / all.questions).toBeLessThanOrEqual(0.03)
})

it('answers 120 questions a language, of which half were written unseen', () => {
  for (const language of ['fr', 'en']) {
    const asked = [...readSet('seen'), ...readSet('unseen')].filter((one) => one.language === language && one.entry !== null)
    expect(asked).toHaveLength(120)
  }
})

it('finds a passage within a few milliseconds of computing', async () => {
  const { memory } = demoIndex()
  const asked = readSet('unseen')
  for (const one of asked) await searchPassages(memory, one.ask, one.language)
  const began = process.cpuUsage().user
  for (const one of asked) await searchPassages(memory, one.ask, one.language)
  expect((process.cpuUsage().user - began) / 1000 / asked.length).toBeLessThan(12)
})
