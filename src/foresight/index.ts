/** The foresight room: what recorded traffic would come to under another question, and what it costs. Pure, over what the store reads. */
export { type AskedPrice, type Change, changeRulebook, type Declaration, NO_CHANGE, priceFileOf, type Question } from './change.ts'
export { addUpMonth, type CostReport } from './cost.ts'
export { summariseCost } from './cost-summary.ts'
export { readQuestions } from './question.ts'
export type { Reachable } from './reach.ts'
export { printSummary, renderReport } from './report.ts'
export { type Answer, type Asking, summarise } from './summary.ts'
export { type Asked, askWhatIf, type Traffic, type WhatIf } from './whatif.ts'
