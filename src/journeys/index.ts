/** Journeys: deterministic flows. Pure. */
export { alwaysFor, startFor } from './start.ts'
export { begin, step } from './step.ts'
export type { JourneyWorld } from './world.ts'
