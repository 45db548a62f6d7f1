/** One turn of a journey's run while it lasts: what it says, what it waits for, and which timers it sets. */
import type { Content } from '../core/content.ts'
import type { Go, Journey, JourneyAction, JourneyOutcome, JourneyState, Step } from '../core/journey.ts'
import type { Localized } from '../core/language.ts'
import type { Category } from '../core/situation.ts'
import { isQuestion, ownReminder, type Transition, transitionTo } from '../core/transitions.ts'
import { createPen, type JourneyWorld, type Pen } from './world.ts'

/** What one turn has come to so far; changed only by the steps it comes to and by `step`, thrown away at its end. */
export type Turn = {
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
export const over = (turn: Turn): JourneyOutcome => outcome(turn, null)
export const waiting = (turn: Turn): JourneyOutcome => outcome(turn, turn.state)

/** Lends a pen with the variables of this moment, and keeps what it missed. */
export const write = <T>(turn: Turn, use: (pen: Pen) => T): T => {
  const pen = createPen(turn.state, turn.world)
  const written = use(pen)
  for (const name of pen.missing) turn.missing.add(name)
  return written
}

export const sayContent = (turn: Turn, content: Content, category: Category, purpose: JourneyStepPurpose = null): void => {
  if ('text' in content && content.text?.trim() === '') return
  turn.actions.push({ type: 'say', content, category, purpose })
}
type JourneyStepPurpose = Extract<JourneyAction, { type: 'say' }>['purpose']

export const say = (turn: Turn, text: Localized, category: Category = 'service', purpose: JourneyStepPurpose = null): void =>
  sayContent(turn, { type: 'text', text: write(turn, (pen) => pen.text(text)) }, category, purpose)

export const handOver = (turn: Turn, reason: Extract<JourneyAction, { type: 'hand' }>['reason'], words?: Localized): JourneyOutcome => {
  turn.actions.push({ type: 'hand', say: words === undefined ? null : write(turn, (pen) => pen.text(words)) || null, reason })
  return over(turn)
}

export const remindersOf = (journey: Journey, index: number): Extract<Step, { kind: 'remind' }> | null => {
  const after = journey.steps[index + 1]
  return ownReminder(journey.steps, index) && after?.kind === 'remind' ? after : null
}

export type Target = Transition['to']
export const targetOf = ({ steps }: Journey, index: number, go: Go | undefined): Target => transitionTo(steps, index, go).to

export const timer = (turn: Turn, kind: 'wait' | 'expire' | 'remind', afterMs: number): void => {
  const { run, step, visit } = turn.state
  turn.actions.push({ type: 'timer', timer: kind, run, step, count: visit, afterMs })
}

/** Begins to wait at `index`: older timers of this run are stale from here. */
export const rest = (turn: Turn, index: number, awaits: JourneyState['awaits']): JourneyOutcome => {
  turn.state = { ...turn.state, step: index, awaits, tries: 0, replied: false, reminded: 0, visit: turn.state.visit + 1 }
  return waiting(turn)
}

/** The timers of a question that waits, set anew whenever it was said again. */
export const setTimers = (turn: Turn): void => {
  const step = turn.journey.steps[turn.state.step]
  if (!isQuestion(step)) return
  timer(turn, 'expire', step.expires)
  const reminder = remindersOf(turn.journey, turn.state.step)
  if (reminder && turn.state.reminded < reminder.times) timer(turn, 'remind', reminder.after)
}
