/** A condition over a situation that stands outside a rule: a step of a reach plan. */
import { ExpressionError } from '../core/expression.ts'
import type { Situation } from '../core/situation.ts'
import { RULE_LANGUAGE } from './vocabulary.ts'

/** @throws {ExpressionError} where it is no condition over the situation's words. */
export const readCondition = (source: string): ((situation: Situation) => boolean) => {
  const expression = RULE_LANGUAGE.compile(source, ['bool'])
  return (situation) => expression.test(situation)
}

/** What is wrong with it; null where nothing is. */
export const faultIn = (source: string): ExpressionError | null => {
  try {
    readCondition(source)
    return null
  } catch (error) {
    if (error instanceof ExpressionError) return error
    throw error
  }
}
