/** What each step does when a run comes to it, and where the run goes on. */
import type { Content } from '../core/content.ts'
import type { Go, JourneyOutcome, Step } from '../core/journey.ts'
import { fillPlaceholders } from '../core/placeholder.ts'
import { answerWithin } from './answer.ts'
import { present } from './choice.ts'
import { askForAddress, CODE_AWAITED, type Collect } from './collect.ts'
import { holds } from './condition.ts'
import { handOver, over, rest, say, sayContent, setTimers, type Target, type Turn, targetOf, timer, waiting, write } from './turn.ts'
import { variablesOf } from './world.ts'

const GO_ON_THERE = { fr: 'La suite se passe sur notre page.', en: 'Let us go on over there, on our page.' }
/** Steps of one turn: more is a loop that never waits, and goes to a person. */
const MOST_STEPS = 50

export const pose = (turn: Turn, step: Step): void => {
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
    case 'link': {
      const { say: words = GO_ON_THERE, label } = step
      const said = write(turn, (pen) => ({ text: pen.text(words), label: label === undefined ? null : pen.text(label) }))
      turn.actions.push({ type: 'link', to: step.link, ...said })
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
export const goOn = (turn: Turn, target: Target): JourneyOutcome => {
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
