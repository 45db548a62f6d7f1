export { createTimeline, type Timeline } from '../../src/cli/drill/timeline.ts'
