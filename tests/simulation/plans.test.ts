import { describe, expect, it } from 'vitest'
import { runStory } from './run.ts'
import { plannedStoryOf, tell } from './story.ts'
import type { Plant } from './worker.ts'

const PART = 25
const LAST = 150

/** What so many stories cannot all have missed. */
const MET = ['moved: cut', 'moved: paused', 'moved: not-delivered', 'moved: unknown', 'flagged', 'late', 'message.late', 'is cancelled']

describe('a house with two channels and plans, whatever befalls it', () => {
  const sum: Record<string, number> = {}
  for (let from = 1; from <= LAST; from += PART)
    it(`loses nothing, doubles nothing unflagged and asks first, through the stories ${from} to ${from + PART - 1}`, async () => {
      for (let seed = from; seed < from + PART; seed++) {
        const story = plannedStoryOf(seed)
        const { faults, counts } = await runStory(seed, story)
        expect(faults, `story ${seed}\n${tell(story)}`).toEqual([])
        for (const [what, count] of Object.entries(counts)) sum[what] = (sum[what] ?? 0) + count
      }
    })
  it('met cuts, waits that ran out, doubts and late deliveries on the way', () => {
    for (const what of MET) expect(sum[what] ?? 0, what).toBeGreaterThan(0)
  })
})

/** What the oracles say of the first stories, over a store that breaks one promise. */
const noticed = async (plant: Plant, kind: string): Promise<boolean> => {
  for (let seed = 1; seed <= 80; seed++)
    if ((await runStory(seed, plannedStoryOf(seed), plant)).faults.some((fault) => fault.startsWith(kind))) return true
  return false
}

describe('a broken promise is noticed', () => {
  it('where a plan goes on to a channel that nobody agreed to', async () => {
    const given = { 'sms/service': 'given', 'sms/marketing': 'given' } as const
    const plant: Plant = (store) => ({
      ...store,
      turn: (request, decide) =>
        store.turn(request, (loaded, channels) => decide({ ...loaded, consents: { ...loaded.consents, ...given } }, channels)),
      claim: (request, gate) =>
        store.claim(request, (head, channel) => gate({ ...head, consents: { ...head.consents, ...given } }, channel)),
    })
    expect(await noticed(plant, 'consent')).toBe(true)
  })

  it('where a plan goes on from what nobody knows of, and does not say so', async () => {
    const plant: Plant = (store) => ({
      ...store,
      turn: (request, decide) =>
        store.turn(request, (loaded, channels) => {
          const change = decide(loaded, channels)
          return { ...change, messages: change.messages.map((row) => ({ ...row, duplicateRisk: false })) }
        }),
    })
    expect(await noticed(plant, 'blind')).toBe(true)
  })

  it('where a plan goes on though the customer has it', async () => {
    const plant: Plant = (store) => ({
      ...store,
      turn: (request, decide) =>
        store.turn(request, (loaded, channels) => {
          const plans = loaded.plans.map((one) => (['delivered', 'read'].includes(one.status) ? { ...one, status: 'sent' as const } : one))
          return decide({ ...loaded, plans }, channels)
        }),
    })
    expect(await noticed(plant, 'doubled')).toBe(true)
  })

  it('where what moves loses its place in the line', async () => {
    const plant: Plant = (store) => ({
      ...store,
      turn: (request, decide) =>
        store.turn(request, (loaded, channels) => {
          const change = decide(loaded, channels)
          return { ...change, outbox: change.outbox.map(({ place: _, ...row }) => row).toReversed() }
        }),
    })
    expect(await noticed(plant, 'order')).toBe(true)
  })
})
