/** Journeys: deterministic flows. Pure. */
export { alwaysFor, startByAnswer, startFor } from './start.ts'
export { begin, isMenu, step } from './step.ts'
export type { JourneyWorld } from './world.ts'
