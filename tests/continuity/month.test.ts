/** 500 customers, thirty days, a hundred cuts: what every provider saw against what we believe. */
import { expect, it } from 'vitest'
import { assess } from '../../src/continuity/index.ts'
import { liveMonth } from './month.ts'

const SEED = 20261122

it('A month of random cuts loses nothing, doubles nothing unflagged, keeps the order and writes to nobody without consent', async () => {
  const { result, cuts, played } = await liveMonth(SEED)
  expect({
    lost: result.lost,
    doubled: result.doubled,
    outOfOrder: result.outOfOrder,
    withoutConsent: result.withoutConsent,
    questionsLeftAlone: result.questions.nobody,
  }).toEqual({ lost: 0, doubled: 0, outOfOrder: 0, withoutConsent: 0, questionsLeftAlone: 0 })

  // It was a month worth living through: cuts of every kind, on every channel, alone and together, and messages that took another way.
  expect(new Set(cuts.map(({ how }) => how)).size).toBe(4)
  expect(new Set(cuts.flatMap(({ ids }) => ids)).size).toBeGreaterThanOrEqual(5)
  expect(cuts.some(({ ids }) => ids.length >= 5)).toBe(true)
  expect(result.said).toBeGreaterThan(2_000)
  expect(result.affected).toBeGreaterThan(200)
  expect(new Set(result.by.map(({ channel }) => channel)).size).toBeGreaterThan(1)
  expect(result.switched).toBeGreaterThan(50)

  // And the judge is not blind: the same month with one thing wrong in it.
  const { facts } = played
  const [first, ...others] = facts.seen
  const unflagged = facts.booked.map((one) => ({ ...one, flagged: false }))
  expect(assess({ ...facts, written: facts.written.map((one, n) => (n ? one : { ...one, kept: false })) }).lost).toBe(1)
  expect(assess({ ...facts, seen: others.concat((first && { ...first, message: null }) || []) }).lost).toBeGreaterThan(0)
  expect(assess({ ...facts, booked: unflagged }).doubled).toBe(result.flagged)
  expect(assess({ ...facts, agreed: new Map() }).withoutConsent).toBe(facts.seen.length)
}, 900_000)
