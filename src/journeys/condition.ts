/** Conditions of `if` steps. */
import { createExpressionLanguage, type Expression, type ExpressionLanguage } from '../core/expression.ts'
import type { Journey } from '../core/journey.ts'
import { vocabularyOf } from '../core/variables.ts'

type Compiled = { readonly language: ExpressionLanguage; readonly expressions: Map<string, Expression | null> }

/** Kept by journey version: a condition is compiled once. */
const compiled = new WeakMap<Journey, Compiled>()

const expressionOf = (journey: Journey, source: string): Expression | null => {
  const kept = compiled.get(journey) ?? { language: createExpressionLanguage(vocabularyOf(journey.steps)), expressions: new Map() }
  compiled.set(journey, kept)
  const known = kept.expressions.get(source)
  if (known !== undefined) return known
  let expression: Expression | null = null
  try {
    expression = kept.language.compile(source, ['bool'])
  } catch {
    // Refused by `relais check`; a running journey takes the `else` way.
  }
  kept.expressions.set(source, expression)
  return expression
}

/** Whether the condition holds; null where it cannot be told, because a business system's answer lacks what it asks for. */
export const holds = (journey: Journey, source: string, values: Readonly<Record<string, unknown>>): boolean | null => {
  try {
    return expressionOf(journey, source)?.test(values) ?? null
  } catch {
    return null
  }
}
