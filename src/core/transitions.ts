/** The ways through a journey: which step leads where. */
import type { Go, Step } from './journey.ts'

/** `falls`: past the last step without having been told to. `option`: of a choice. */
export type Transition = { readonly to: number | 'end' | 'nowhere'; readonly falls: boolean; readonly option?: number }

/** A step that asks something and waits for the answer. */
export const isQuestion = (step: Step | undefined): step is Extract<Step, { kind: 'ask' | 'choose' | 'collect' }> =>
  step?.kind === 'ask' || step?.kind === 'choose' || step?.kind === 'collect'

/** A reminder right after a question belongs to it and is no step of its own. */
export const ownReminder = (steps: readonly Step[], index: number): boolean =>
  isQuestion(steps[index]) && steps[index + 1]?.kind === 'remind'

/** No `go` is the next step. */
export const transitionTo = (steps: readonly Step[], index: number, go: Go | undefined): Transition => {
  if (go === 'end') return { to: 'end', falls: false }
  if (go === undefined) {
    const next = index + (ownReminder(steps, index) ? 2 : 1)
    return next < steps.length ? { to: next, falls: false } : { to: 'end', falls: true }
  }
  const found = steps.findIndex((step) => step.at === go)
  return { to: found === -1 ? 'nowhere' : found, falls: false }
}

/** Where a step leads, but for what goes wrong on the way (an answer that never fits, a call that fails to a person). */
export const transitionsFrom = (steps: readonly Step[], index: number): readonly Transition[] => {
  const step = steps[index]
  const to = (go: Go | undefined) => transitionTo(steps, index, go)
  if (step === undefined) return []
  switch (step.kind) {
    case 'hand':
    case 'engine':
    case 'end':
      return [{ to: 'end', falls: false }]
    case 'choose':
      return step.options.map(({ go }, option) => ({ ...to(go), option }))
    case 'call':
      return step.failed && 'go' in step.failed ? [to(step.go), to(step.failed.go)] : [to(step.go)]
    case 'collect':
      return step.else === undefined ? [to(step.go)] : [to(step.go), to(step.else)]
    case 'if':
      return [to(step.go), to(step.else)]
    case 'remind':
      return [to(undefined)]
    default:
      return [to(step.go)]
  }
}

export const isIndex = (to: Transition['to']): to is number => typeof to === 'number'
