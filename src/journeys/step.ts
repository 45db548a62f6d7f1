/**
 * One step of a journey's life: pure. A run goes on until a step waits (for an answer, a choice, a call, a time) or it ends;
 * then the state is kept by the caller until the next input. The caller resolves `state.version` to the journey it began with.
 */
import type { Content } from '../core/content.ts'
import { isAsking, type Journey, type JourneyInput, type JourneyOutcome, type JourneyState } from '../core/journey.ts'
import type { Localized } from '../core/language.ts'
import { isQuestion } from '../core/transitions.ts'
import { answerIn, mayBeQuestion } from './answer.ts'
import { chosen } from './choice.ts'
import { answerToCollect, type Collect, type CollectAnswer, PROOF_WANTED, wordsShown } from './collect.ts'
import { handOver, over, remindersOf, rest, say, setTimers, type Turn, targetOf, timer, waiting, write } from './turn.ts'
import { goOn, pose } from './visit.ts'
import { type JourneyWorld, tameValue, withMessage } from './world.ts'

/** Answers that did not fit before a person takes over. */
const MOST_TRIES = 2

/** The state of a run before its first step. `run` counts the starts of this conversation. */
export const begin = (journey: Journey, run: number): JourneyState => ({
  journey: journey.name,
  version: journey.version,
  run,
  step: 0,
  awaits: null,
  tries: 0,
  answers: {},
  values: {},
  replied: false,
  visit: 0,
  reminded: 0,
})

const otherwise = (turn: Turn, instead?: Localized): JourneyOutcome => {
  const { state, journey } = turn
  const step = journey.steps[state.step]
  // Nobody need leave an address: whoever gives none that fits is asked no more.
  if (step?.kind === 'collect' && state.tries >= MOST_TRIES) return giveUp(turn, step)
  if (step === undefined || !isAsking(state) || state.tries >= MOST_TRIES) return handOver(turn, 'otherwise')
  const words = instead ?? (step.kind === 'ask' || (step.kind === 'collect' && state.awaits === 'address') ? step.otherwise : undefined)
  if (words !== undefined) say(turn, words)
  else pose(turn, step)
  turn.state = { ...state, tries: state.tries + 1, visit: state.visit + 1 }
  setTimers(turn)
  return waiting(turn)
}

/** A choice before any other question: a menu. Its buttons stay where they are, and whoever asked something else has gone past it. */
export const isMenu = ({ steps }: Journey, state: JourneyState): boolean =>
  steps[state.step]?.kind === 'choose' && !steps.slice(0, state.step).some(isQuestion)

const repeat = (turn: Turn): JourneyOutcome => {
  const step = turn.journey.steps[turn.state.step]
  if (step === undefined || !isAsking(turn.state)) return waiting(turn)
  if (!isMenu(turn.journey, turn.state)) pose(turn, step)
  turn.state = { ...turn.state, visit: turn.state.visit + 1 }
  setTimers(turn)
  return waiting(turn)
}

const misfit = (turn: Turn, content: Content): JourneyOutcome => {
  if (!turn.world.startsAnother && content.type !== 'choice' && !mayBeQuestion(content, turn.state.awaits === 'address'))
    return otherwise(turn)
  turn.actions.push({ type: 'unmatched' })
  return waiting(turn)
}

const receive = (turn: Turn, content: Content): JourneyOutcome => {
  const { journey } = turn
  // A reaction is a sign under an older message, not an answer.
  if (content.type === 'reaction') return waiting(turn)
  turn.state = { ...withMessage(turn.state, content), replied: true }
  const { state } = turn
  const step = journey.steps[state.step]
  if (state.awaits === 'answer' && step?.kind === 'ask') {
    const answer = answerIn(step, content)
    if (answer === null) return misfit(turn, content)
    turn.state = { ...state, answers: { ...state.answers, [step.ask]: answer }, awaits: null }
    return goOn(turn, targetOf(journey, state.step, step.go))
  }
  if (state.awaits === 'choice' && step?.kind === 'choose') {
    const option = write(turn, (pen) => chosen(step, content, pen))
    if (option === null) return misfit(turn, content)
    turn.state = { ...state, awaits: null }
    return goOn(turn, targetOf(journey, state.step, option.go))
  }
  if ((state.awaits === 'address' || state.awaits === 'code') && step?.kind === 'collect') {
    const answer = write(turn, (pen) => answerToCollect(step, content, pen, turn.world, state.awaits === 'code'))
    if (answer?.type === 'address' && turn.world.unproven) return otherwise(turn, PROOF_WANTED)
    return answer === null ? misfit(turn, content) : collect(turn, step, answer)
  }
  if (state.awaits === 'call' && !mayBeQuestion(content)) return waiting(turn)
  turn.actions.push({ type: 'unmatched' })
  const ends = step?.kind === 'remind' || (step?.kind === 'wait' && step.unless === 'replied')
  return state.awaits === 'wait' && ends ? over(turn) : waiting(turn)
}

const collect = (turn: Turn, step: Collect, answer: CollectAnswer): JourneyOutcome => {
  if (answer.type === 'declines') return giveUp(turn, step)
  const address = answer.type === 'address' ? answer.address : null
  turn.actions.push({ type: 'verify', kind: step.collect, address, words: write(turn, (pen) => wordsShown(step, pen)), for: step.for })
  rest(turn, turn.state.step, 'code')
  setTimers(turn)
  return waiting(turn)
}

const giveUp = (turn: Turn, step: Collect): JourneyOutcome => {
  turn.state = { ...turn.state, awaits: null }
  return goOn(turn, targetOf(turn.journey, turn.state.step, step.else ?? step.go))
}

/** What became of the code; of no interest to a run that has gone on meanwhile. */
const proven = (turn: Turn, input: Extract<JourneyInput, { type: 'confirmed' | 'unconfirmed' }>): JourneyOutcome => {
  const { journey, state } = turn
  const step = journey.steps[state.step]
  if (state.awaits !== 'code' || step?.kind !== 'collect') return waiting(turn)
  if (input.type === 'unconfirmed') return giveUp(turn, step)
  turn.state = { ...state, answers: { ...state.answers, [step.collect]: input.address.value }, awaits: null }
  return goOn(turn, targetOf(journey, state.step, step.go))
}

const called = (turn: Turn, input: Extract<JourneyInput, { type: 'called' }>): JourneyOutcome => {
  const { journey, state } = turn
  const step = journey.steps[state.step]
  if (state.awaits !== 'call' || step?.kind !== 'call' || step.call !== input.call) return waiting(turn)
  const kept = input.ok ? tameValue(input.value) : null
  if (kept !== null) {
    turn.state = { ...state, values: { ...state.values, [step.call]: kept.value }, awaits: null }
    return goOn(turn, targetOf(journey, state.step, step.go))
  }
  turn.state = { ...state, awaits: null }
  if (step.failed === undefined || 'hand' in step.failed) return handOver(turn, 'call-failed')
  return goOn(turn, targetOf(journey, state.step, step.failed.go))
}

const remind = (turn: Turn): JourneyOutcome => {
  const { journey, state } = turn
  const own = journey.steps[state.step]
  const reminder = own?.kind === 'remind' ? own : remindersOf(journey, state.step)
  if (reminder === null || state.awaits === null || state.awaits === 'call' || state.reminded >= reminder.times) return waiting(turn)
  say(turn, reminder.say, reminder.category ?? 'utility')
  turn.state = { ...state, reminded: state.reminded + 1 }
  if (turn.state.reminded < reminder.times) {
    timer(turn, 'remind', reminder.after)
    return waiting(turn)
  }
  return own?.kind === 'remind' ? goOn(turn, targetOf(journey, state.step, undefined)) : waiting(turn)
}

const ring = (turn: Turn, input: Extract<JourneyInput, { type: 'timer' }>): JourneyOutcome => {
  const { journey, state } = turn
  const current = input.run === state.run && input.step === state.step && input.count === state.visit
  if (!current || state.awaits === null) return waiting(turn)
  const step = journey.steps[state.step]
  switch (input.timer) {
    case 'remind':
      return remind(turn)
    case 'expire':
      return isAsking(state) ? over(turn) : waiting(turn)
    case 'wait':
      return step?.kind === 'wait' ? goOn(turn, targetOf(journey, state.step, step.go)) : waiting(turn)
  }
}

/**
 * The next state of a run and what to do. Never throws; a stale timer or a call's late result changes nothing.
 * `unmatched` says that the message is not this journey's: with a state, the caller lets another start or knowledge try and then
 * gives `repeat` or `otherwise`; with `state: null` (a `wait … unless: replied` or a reminder that was answered) the run is over
 * and the message goes the usual way. A `called` must follow every `call`, with `ok: false` where nothing came back.
 */
export const step = (journey: Journey, state: JourneyState, input: JourneyInput, world: JourneyWorld): JourneyOutcome => {
  const turn: Turn = { journey, world, actions: [], missing: new Set(), state, first: null }
  switch (input.type) {
    case 'start':
      turn.state = withMessage(state, input.content)
      turn.first = input.content ?? null
      return goOn(turn, 0)
    case 'message':
      return receive(turn, input.content)
    case 'called':
      return called(turn, input)
    case 'timer':
      return ring(turn, input)
    case 'confirmed':
    case 'unconfirmed':
      return proven(turn, input)
    case 'repeat':
      return repeat(turn)
    case 'otherwise':
      return otherwise(turn)
  }
}
