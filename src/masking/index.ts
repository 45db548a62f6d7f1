/** The masking room: a text without what it says of a person. Pure. */
export { knownOf } from './known.ts'
export { type Known, maskText } from './mask.ts'
