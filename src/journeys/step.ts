/**
 * One step of a journey's life: pure. A run goes on until a step waits (for an answer, a choice, a call, a time) or it ends;
 * then the state is kept by the caller until the next input. The caller resolves `state.version` to the journey it began with.
 */
import type { Content } from '../core/content.ts'
import {
  type Go,
  isAsking,
  type Journey,
  type JourneyAction,
  type JourneyInput,
  type JourneyOutcome,
  type JourneyState,
  type Step,
} from '../core/journey.ts'
import type { Localized } from '../core/language.ts'
import { fillPlaceholders } from '../core/placeholder.ts'
import type { Category } from '../core/situation.ts'
import { isQuestion, ownReminder, type Transition, transitionTo } from '../core/transitions.ts'
import { answerIn, answerWithin, mayBeQuestion } from './answer.ts'
import { chosen, present } from './choice.ts'
import { answerToCollect, askForAddress, CODE_AWAITED, type Collect, type CollectAnswer, PROOF_WANTED, wordsShown } from './collect.ts'
import { holds } from './condition.ts'
import { createPen, type JourneyWorld, type Pen, tameValue, variablesOf, withMessage } from './world.ts'

/** Steps of one turn: more is a loop that never waits, and goes to a person. */
const MOST_STEPS = 50
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

/** What one turn has come to so far; changed only inside this file, thrown away at its end. */
type Turn = {
  readonly journey: Journey
  readonly world: JourneyWorld
  readonly actions: JourneyAction[]
  readonly missing: Set<string>
  state: JourneyState
  /** The message that started the run, until its first question was reached. */
  first: Content | null
}

const outcome = (turn: Turn, state: JourneyState | null): JourneyOutcome => ({
  state,
  actions: turn.actions,
  missing: [...turn.missing],
})
const over = (turn: Turn): JourneyOutcome => outcome(turn, null)
const waiting = (turn: Turn): JourneyOutcome => outcome(turn, turn.state)

/** Lends a pen with the variables of this moment, and keeps what it missed. */
const write = <T>(turn: Turn, use: (pen: Pen) => T): T => {
  const pen = createPen(turn.state, turn.world)
  const written = use(pen)
  for (const name of pen.missing) turn.missing.add(name)
  return written
}

const sayContent = (turn: Turn, content: Content, category: Category, purpose: JourneyStepPurpose = null): void => {
  if ('text' in content && content.text?.trim() === '') return
  turn.actions.push({ type: 'say', content, category, purpose })
}
type JourneyStepPurpose = Extract<JourneyAction, { type: 'say' }>['purpose']

const say = (turn: Turn, text: Localized, category: Category = 'service', purpose: JourneyStepPurpose = null): void =>
  sayContent(turn, { type: 'text', text: write(turn, (pen) => pen.text(text)) }, category, purpose)

const handOver = (turn: Turn, reason: Extract<JourneyAction, { type: 'hand' }>['reason'], words?: Localized): JourneyOutcome => {
  turn.actions.push({ type: 'hand', say: words === undefined ? null : write(turn, (pen) => pen.text(words)) || null, reason })
  return over(turn)
}

const remindersOf = (journey: Journey, index: number): Extract<Step, { kind: 'remind' }> | null => {
  const after = journey.steps[index + 1]
  return ownReminder(journey.steps, index) && after?.kind === 'remind' ? after : null
}

type Target = Transition['to']
const targetOf = ({ steps }: Journey, index: number, go: Go | undefined): Target => transitionTo(steps, index, go).to

const timer = (turn: Turn, kind: 'wait' | 'expire' | 'remind', afterMs: number): void => {
  const { run, step, visit } = turn.state
  turn.actions.push({ type: 'timer', timer: kind, run, step, count: visit, afterMs })
}

/** Begins to wait at `index`: older timers of this run are stale from here. */
const rest = (turn: Turn, index: number, awaits: JourneyState['awaits']): JourneyOutcome => {
  turn.state = { ...turn.state, step: index, awaits, tries: 0, replied: false, reminded: 0, visit: turn.state.visit + 1 }
  return waiting(turn)
}

/** The timers of a question that waits, set anew whenever it was said again. */
const setTimers = (turn: Turn): void => {
  const step = turn.journey.steps[turn.state.step]
  if (!isQuestion(step)) return
  timer(turn, 'expire', step.expires)
  const reminder = remindersOf(turn.journey, turn.state.step)
  if (reminder && turn.state.reminded < reminder.times) timer(turn, 'remind', reminder.after)
}

const pose = (turn: Turn, step: Step): void => {
  if (step.kind === 'ask') say(turn, step.say)
  if (step.kind === 'collect') poseCollect(turn, step)
  if (step.kind !== 'choose') return
  const { capabilities, language } = turn.world
  sayContent(
    turn,
    write(turn, (pen) => present(step, pen, capabilities, language)),
    'service',
  )
}

const poseCollect = (turn: Turn, step: Collect): void => {
  if (turn.state.awaits === 'code') say(turn, CODE_AWAITED)
  else
    sayContent(
      turn,
      write(turn, (pen) => askForAddress(step, pen, turn.world)),
      'service',
    )
}

const sayTemplate = (turn: Turn, step: Extract<Step, { kind: 'template' }>): void => {
  const { templates, language, fallback, capabilities } = turn.world
  const all = templates.filter(({ name }) => name === step.template)
  const template = all.find((one) => one.language === language) ?? all.find((one) => one.language === fallback) ?? all[0]
  if (template === undefined) {
    turn.missing.add(`template ${step.template}`)
    return
  }
  const parameters = write(turn, (pen) =>
    Object.fromEntries(
      template.parameters.map((name) => {
        const given = Object.hasOwn(step.parameters, name) ? step.parameters[name] : undefined
        return [name, given === undefined ? pen.value(name) : pen.text(given)]
      }),
    ),
  )
  const text = fillPlaceholders(template.text, (name) => parameters[name] ?? '')
  const content: Content = capabilities.templates
    ? { type: 'template', name: template.name, language: template.language, parameters, text }
    : { type: 'text', text }
  sayContent(turn, content, template.category)
}

const callOut = (turn: Turn, step: Extract<Step, { kind: 'call' }>): void => {
  const { url, body } = write(turn, (pen) => ({
    url: pen.url(step.url),
    body:
      step.body === undefined
        ? null
        : Object.fromEntries(Object.entries(step.body).map(([name, text]) => [name, fillPlaceholders(text, pen.value)])),
  }))
  turn.actions.push({ type: 'call', call: step.call, method: step.method, url, body })
}

const AWAITED = { ask: 'answer', choose: 'choice', collect: 'address' } as const

/** Does one step: where to go next, or the outcome where the turn stops here. */
const enter = (turn: Turn, step: Step, index: number): Target | JourneyOutcome => {
  const next = (go: Go | undefined) => targetOf(turn.journey, index, go)
  switch (step.kind) {
    case 'say':
      say(turn, step.say, step.category, step.purpose ?? null)
      return next(step.go)
    case 'template':
      sayTemplate(turn, step)
      return next(step.go)
    case 'if': {
      const verdict = holds(turn.journey, step.if, variablesOf(turn.state, turn.world))
      if (verdict === null) turn.missing.add(`if: ${step.if}`)
      return next(verdict === true ? step.go : step.else)
    }
    case 'ask':
    case 'choose':
    case 'collect': {
      const answer = step.kind === 'ask' && turn.first !== null ? answerWithin(turn.journey, step, turn.first) : null
      // Another question may have the same pattern, and mean something else.
      turn.first = null
      if (step.kind === 'ask' && answer !== null) {
        turn.state = { ...turn.state, answers: { ...turn.state.answers, [step.ask]: answer } }
        return next(step.go)
      }
      pose(turn, step)
      rest(turn, index, AWAITED[step.kind])
      setTimers(turn)
      return waiting(turn)
    }
    case 'callback': {
      const { callback, number, hours = null } = step
      const said = write(turn, (pen) => ({ about: pen.text(callback), number: number === undefined ? null : pen.text(number) }))
      turn.actions.push({ type: 'callback', ...said, hours })
      return next(step.go)
    }
    case 'call':
      callOut(turn, step)
      return rest(turn, index, 'call')
    case 'wait':
      rest(turn, index, 'wait')
      timer(turn, 'wait', step.wait)
      return waiting(turn)
    case 'remind':
      rest(turn, index, 'wait')
      timer(turn, 'remind', step.after)
      return waiting(turn)
    case 'hand':
      return handOver(turn, 'journey', step.say)
    case 'engine':
      turn.actions.push({ type: 'engine' })
      return over(turn)
    case 'end':
      return over(turn)
  }
}

/** Goes on from `target` until a step waits or the run ends. */
const goOn = (turn: Turn, target: Target): JourneyOutcome => {
  let next = target
  for (let done = 0; done < MOST_STEPS; done += 1) {
    if (next === 'nowhere') return handOver(turn, 'journey')
    const step = next === 'end' ? undefined : turn.journey.steps[next]
    if (step === undefined || next === 'end') return over(turn)
    const result = enter(turn, step, next)
    if (typeof result === 'object') return result
    next = result
  }
  // Nobody wants the same words 50 times: what this turn would have said is dropped.
  turn.actions.length = 0
  return handOver(turn, 'loop')
}

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

const repeat = (turn: Turn): JourneyOutcome => {
  const step = turn.journey.steps[turn.state.step]
  if (step === undefined || !isAsking(turn.state)) return waiting(turn)
  pose(turn, step)
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
