import { expect, it } from 'vitest'
import type { Step } from '../core/journey.ts'
import { silenceAt } from './silence.ts'

const HOUR = 3_600_000
const say = (rest: object = {}): Step => ({ kind: 'say', say: 'A', ...rest })
const ask = (): Step => ({ kind: 'ask', ask: 'a', say: 'A', expires: 72 * HOUR })
const wait = (hours: number, rest: object = {}): Step => ({ kind: 'wait', wait: hours * HOUR, ...rest })
const remind = (hours: number, times = 1): Step => ({ kind: 'remind', after: hours * HOUR, say: 'A', times })
const hours = (steps: readonly Step[]) => silenceAt(steps).map((silence) => (silence === null ? null : silence / HOUR))

it('adds waits up, and an answer ends the silence', () => {
  expect(hours([say(), wait(20), say(), wait(10), ask(), say()])).toEqual([0, 0, 20, 20, 30, 0])
})
it('counts a question’s own reminders from the silence before it, and not for what follows the answer', () => {
  expect(hours([wait(5), ask(), remind(20, 2), say()])).toEqual([0, 5, 45, 0])
})
it('counts reminders that stand alone for what follows', () => {
  expect(hours([say(), remind(10, 2), say()])).toEqual([0, 20, 20])
})
it('takes the longest of several ways', () => {
  const steps: Step[] = [{ kind: 'if', if: 'true', go: 'later' }, say({ go: 'both' }), wait(30, { at: 'later' }), say({ at: 'both' })]
  expect(hours(steps)).toEqual([0, 0, 0, 30])
})
it('has no end in a circle of waits, and none before it', () => {
  const round: Step = { kind: 'if', if: 'true', go: 'again' }
  expect(hours([say(), wait(1, { at: 'again' }), say(), round])).toEqual([
    0,
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  ])
})
it('is unknown where no way leads', () => {
  expect(hours([say({ go: 'end' }), say()])).toEqual([0, null])
})
