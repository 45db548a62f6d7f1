/** The promise of the recogniser on the messages it was developed with, and on `unseen3`, which it was not; docs/knowledge-figures.md has the blind figures. */
import { expect, it } from 'vitest'
import { asksForHuman } from '../../src/knowledge/human-request.ts'
import { readSet } from '../knowledge/measure.ts'
import { measureHuman } from './measure.ts'

it.each(['unseen3', 'seen', 'unseen', 'spoken', 'chatted'])(
  'hears 95 %% of the requests, and at most 2 %% of ordinary messages as one: %s',
  (set) => {
    const { fr, en, ordinary } = measureHuman(set)
    for (const { messages, taken } of [fr, en]) expect(taken.length / messages).toBeGreaterThanOrEqual(0.95)
    expect(ordinary.taken.length / ordinary.messages).toBeLessThanOrEqual(0.02)
  },
)

it('takes at most 2 % of the questions about the demo for a request', () => {
  const asked = ['seen', 'practice', 'unseen', 'spoken', 'hurried', 'mixed'].flatMap(readSet)
  expect(asked.filter((one) => asksForHuman(one.ask)).length / asked.length).toBeLessThanOrEqual(0.02)
})
