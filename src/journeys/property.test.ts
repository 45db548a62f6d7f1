import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Content } from '../core/content.ts'
import type { JourneyInput, JourneyState, Step } from '../core/journey.ts'
import { journeyOf, PLAIN, RICH, WORLD } from './sample.ts'
import { begin, step } from './step.ts'

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('oui', '1', '2.', 'x', '{{answers.a}}', '\u0000', '..', 'où ?'),
)
const go = fc.option(fc.constantFrom('a', 'b', 'c', 'end', 'nowhere'), { nil: undefined })
const at = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined })
const says = fc.oneof(words, fc.constantFrom('{{answers.a}} {{order.x.y}} {{message.text}}', '{{__proto__}}'), fc.record({ fr: words }))
const ms = fc.integer({ min: 1, max: 1e9 })

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('say' as const), say: says, at, go }),
  fc.record({
    kind: fc.constant('ask' as const),
    ask: fc.constantFrom('a', 'b'),
    say: says,
    at,
    go,
    expires: ms,
    accept: fc.option(fc.constantFrom('\\d+', '(', '^(a|b)+$'), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('call' as const),
    call: fc.constant('order'),
    method: fc.constant('GET' as const),
    url: fc.constant('https://a.example/{{answers.a}}'),
    at,
    go,
    failed: fc.option(fc.record({ go: fc.constant('b') }), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('choose' as const),
    say: says,
    at,
    expires: ms,
    options: fc.array(fc.record({ id: words, label: says, go }), { maxLength: 12 }),
  }),
  fc.record({
    kind: fc.constant('wait' as const),
    wait: ms,
    at,
    go,
    unless: fc.option(fc.constant('replied' as const), { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('remind' as const), after: ms, say: says, times: fc.integer({ min: 1, max: 3 }), at }),
  fc.record({
    kind: fc.constant('if' as const),
    if: fc.constantFrom('answers.a == "1"', 'order.x > 1', '((', 'nobody'),
    go: fc.constantFrom('a', 'b'),
    else: go,
    at,
  }),
  fc.record({ kind: fc.constant('template' as const), template: words, parameters: fc.constant({}), at, go }),
  fc.record({ kind: fc.constant('hand' as const), hand: fc.constant('agents' as const), at }),
)

const content: fc.Arbitrary<Content> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text: words }),
  fc.record({ type: fc.constant('choice' as const), id: words, label: words }),
  fc.record({ type: fc.constant('unsupported' as const), what: words }),
  fc.record({ type: fc.constant('reaction' as const), target: fc.constant('wamid' as never), emoji: fc.option(words) }),
)
const input: fc.Arbitrary<JourneyInput> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('message' as const), content }) },
  fc.record({ type: fc.constant('start' as const) }),
  fc.record({
    type: fc.constant('called' as const),
    call: fc.constantFrom('order', 'x'),
    ok: fc.boolean(),
    value: fc.anything({ withBigInt: true, withDate: true, withMap: true }),
  }),
  fc.record({
    type: fc.constant('timer' as const),
    run: fc.integer({ min: 0, max: 2 }),
    step: fc.integer({ min: -1, max: 9 }),
    timer: fc.constantFrom('wait', 'expire', 'remind'),
    count: fc.integer({ min: 0, max: 4 }),
  }),
  fc.record({ type: fc.constant('repeat' as const) }),
  fc.record({ type: fc.constant('otherwise' as const) }),
)

describe('whatever the journey and whatever comes', () => {
  test('a step never throws, ends, says little, and leaves a state that JSON keeps whole', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 8 }), fc.array(input, { maxLength: 12 }), fc.boolean(), (steps, inputs, rich) => {
        const journey = journeyOf(steps)
        let state: JourneyState | null = begin(journey, 1)
        for (const next of [{ type: 'start' } as const, ...inputs]) {
          if (state === null) return
          const outcome = step(journey, state, next, { ...WORLD, capabilities: rich ? RICH : PLAIN })
          expect(outcome.actions.length).toBeLessThanOrEqual(55)
          expect(JSON.parse(JSON.stringify(outcome.state))).toEqual(outcome.state)
          if (outcome.state?.awaits === null) throw new Error('It neither waits nor ended.')
          state = outcome.state
        }
      }),
      { numRuns: 500 },
    )
  })
  test('a timer that is not of this run, step and visit changes nothing', () => {
    fc.assert(
      fc.property(
        fc.array(anyStep, { minLength: 1, maxLength: 6 }),
        fc.integer(),
        fc.constantFrom('wait', 'expire', 'remind'),
        (steps, count, timer) => {
          const journey = journeyOf(steps)
          const { state } = step(journey, begin(journey, 1), { type: 'start' }, WORLD)
          if (state === null || count === state.visit) return
          const late = { type: 'timer', run: 1, step: state.step, timer, count } as const
          expect(step(journey, state, late, WORLD)).toEqual({ state, actions: [], missing: [] })
        },
      ),
    )
  })
})
