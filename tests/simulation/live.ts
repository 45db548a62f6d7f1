import { describe, expect, it } from 'vitest'
import { runSeed } from './run.ts'
import { storyOf, tell } from './story.ts'

const PART = 25

/** What a hundred stories cannot all have missed: else they show nothing. */
const MET = [
  'flagged',
  'is cancelled',
  'is failed',
  'is read',
  'message.unknown',
  'offer delivered',
  'offer refused',
  'answer_ready delivered',
  'conversation.owner-changed',
  'consent.changed',
  'turned away',
  'met accepted-timeout',
  'met too-many',
]

/** The stories from `first` to `last`, each a run of the whole relay. */
export const liveThrough = (first: number, last: number): void => {
  describe('the relay, whatever befalls it', () => {
    const sum: Record<string, number> = {}
    for (let from = first; from <= last; from += PART) {
      const to = Math.min(from + PART - 1, last)
      it(`keeps its promises through the stories ${from} to ${to}`, async () => {
        for (let seed = from; seed <= to; seed++) {
          const { faults, counts } = await runSeed(seed)
          expect(faults, `./relais simulate --seed ${seed}\n${tell(storyOf(seed))}`).toEqual([])
          for (const [what, count] of Object.entries(counts)) sum[what] = (sum[what] ?? 0) + count
        }
      })
    }
    it('met refusals, doubts, second sendings, hand-overs and closed windows on the way', () => {
      for (const what of MET) expect(sum[what] ?? 0, what).toBeGreaterThan(0)
    })
  })
}
