/** The continuity room: what comes of a cut, rehearsed and written down. Pure. */
export { type Assessment, assess, type BookedMessage, type Facts, type SeenMessage, type Stopped } from './assessment.ts'
export { drillPage } from './drill-page.ts'
export { type CutThing, type DrillReport, failuresOf } from './drill-report.ts'
export { spanIn } from './drill-words.ts'
export { type PlanB, planB, type Rehearsed, rehearsable, unrehearsed } from './plan.ts'
export { planPage } from './plan-page.ts'
export {
  type Act,
  type CutSpan,
  type Person,
  recordedShape,
  type Script,
  supposedShape,
  type TrafficShape,
  type Way,
  writeScript,
} from './traffic.ts'
