/** How long a customer may have been silent when a journey speaks. */
import type { Step } from '../core/journey.ts'
import { isIndex, isQuestion, ownReminder, transitionsFrom } from '../core/transitions.ts'

/** What a step adds before the next one: an answer ends the silence. */
const after = (step: Step, silence: number): number => {
  if (isQuestion(step)) return 0
  if (step.kind === 'wait') return silence + step.wait
  return silence + spentReminding(step)
}

const spentReminding = (step: Step): number => (step.kind === 'remind' ? step.after * step.times : 0)

/**
 * For each step, in ms, the longest time since the customer last wrote, when it speaks for the last time; Infinity in a circle of waits.
 * A reminder speaks at the end of its own wait. Null: no way leads there.
 */
export const silenceAt = (steps: readonly Step[]): readonly (number | null)[] => {
  const before: (number | null)[] = steps.map((_, index) => (index === 0 ? 0 : null))
  // One round a step is enough on ways without circles: what still grows then goes round.
  for (let round = 0; round < steps.length * 2; round += 1) {
    for (const [index, step] of steps.entries()) {
      const silence = before[index] ?? null
      if (silence === null) continue
      const raise = (to: number, candidate: number): void => {
        const known = before[to] ?? null
        if (known !== null && candidate <= known) return
        before[to] = round >= steps.length ? Number.POSITIVE_INFINITY : candidate
      }
      // A question's own reminder is said while the question waits, and leads nowhere by itself.
      if (ownReminder(steps, index)) raise(index + 1, silence)
      if (ownReminder(steps, index - 1)) continue
      for (const { to } of transitionsFrom(steps, index)) if (isIndex(to)) raise(to, after(step, silence))
    }
  }
  return steps.map((step, index) => {
    const silence = before[index] ?? null
    return silence === null ? null : silence + spentReminding(step)
  })
}
