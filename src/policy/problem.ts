/** What is wrong in a rule file, and where. Lines and columns count from 1. */
import { RelaisError } from '../core/errors.ts'
import type { Words } from '../core/language.ts'

export type Problem = { readonly file: string; readonly line: number; readonly column: number; readonly words: Words }

/** `rules/hours.yaml:4:7 unknown name …` */
export const sentenceOfProblem = (problem: Problem, language: 'fr' | 'en'): string =>
  `${problem.file}:${problem.line}:${problem.column} ${problem.words[language]}`

/** All problems as one error of the catalogue. */
export const badRules = (problems: readonly Problem[]): RelaisError =>
  new RelaisError('bad-rules', problems.map((problem) => sentenceOfProblem(problem, 'en')).join('\n'))
