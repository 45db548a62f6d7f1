/** The shield room: a prompt without what says who somebody is, an answer with it again, and nothing in either that nobody allowed. Pure. */

export { type Known, knownOf } from '../masking/index.ts'
export { createGuard, type GuardOptions } from './guard.ts'
