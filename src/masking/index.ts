/** The masking room: a text without what it says of a person. Pure. */
export { bareOf, type Folded, plainOf } from './fold.ts'
export { EMAIL, isLuhn, isNir, isSiret, mod97, type Stretch } from './identifier.ts'
export { knownOf } from './known.ts'
export { type Known, knownIn, maskText, placed, type Term, termsOf } from './mask.ts'
