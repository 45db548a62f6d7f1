/** The ways through a journey: which step leads where. */
import type { Go, Step } from './journey.ts'

/** `falls`: past the last step without having been told to. `option`: of a choice. */
export type Way = { readonly to: number | 'end' | 'nowhere'; readonly falls: boolean; readonly option?: number }

/** A reminder right after a question belongs to it and is no step of its own. */
export const ownReminder = (steps: readonly Step[], index: number): boolean =>
  ['ask', 'choose'].includes(steps[index]?.kind ?? '') && steps[index + 1]?.kind === 'remind'

const wayTo = (steps: readonly Step[], index: number, go: Go | undefined): Way => {
  if (go === 'end') return { to: 'end', falls: false }
  if (go === undefined) {
    const next = index + (ownReminder(steps, index) ? 2 : 1)
    return next < steps.length ? { to: next, falls: false } : { to: 'end', falls: true }
  }
  const found = steps.findIndex((step) => step.at === go)
  return { to: found === -1 ? 'nowhere' : found, falls: false }
}

/** Where a step leads, but for what goes wrong on the way (an answer that never fits, a call that fails to a person). */
export const waysFrom = (steps: readonly Step[], index: number): readonly Way[] => {
  const step = steps[index]
  const way = (go: Go | undefined) => wayTo(steps, index, go)
  if (step === undefined) return []
  switch (step.kind) {
    case 'hand':
    case 'engine':
    case 'end':
      return [{ to: 'end', falls: false }]
    case 'choose':
      return step.options.map(({ go }, option) => ({ ...way(go), option }))
    case 'call':
      return step.failed && 'go' in step.failed ? [way(step.go), way(step.failed.go)] : [way(step.go)]
    case 'if':
      return [way(step.go), way(step.else)]
    case 'remind':
      return [way(undefined)]
    default:
      return [way(step.go)]
  }
}

export const isIndex = (to: Way['to']): to is number => typeof to === 'number'
