/** The policy room: dated rules, and what they say of a message. Pure. */
export { type Example, failureOf, instantOf, readExamples, readSituation, situationAt } from './example.ts'
export { judge } from './judge.ts'
export { type ListedLine, type ListedRule, listRules, type RuleAt, rulesAt, type ShownRule } from './listing.ts'
export { loadRulebook, readRulebook, rulebookOf, withWorkspaceRules } from './load.ts'
export { type Problem, sentenceOfProblem } from './problem.ts'
export type { Rulebook, RulebookFile } from './rulebook.ts'
export { describeSituation, type PartialSituation, situationOf } from './vocabulary.ts'
