/**
 * Conditions in rules and journeys: CEL (https://cel.dev) over a declared vocabulary. An unknown name or a wrong type is refused when the
 * file is loaded, with its place. The library parses and checks; the plain part of the language (names, literals, comparisons, and/or/not)
 * then runs as closures, thirty times faster than its evaluator, because every outgoing message is judged by every rule. The rest runs there.
 */
import { type ASTNode, Environment } from '@marcbachmann/cel-js'
import { compileNode, emptyOf, isType, type Names, partsOf, typeOf } from './closures.ts'
import { isCountry } from './country.ts'
import { wordsOfLibrary } from './expression-words.ts'
import type { Words } from './language.ts'
import { nearestName } from './nearest.ts'

/**
 * `int` is a whole number, given and got as a JS number. `dyn` is foreign data, known only when it comes. A list is a text that is one of
 * these, `country` one of two capital letters or "" (ISO 3166-1): comparing either with anything else is refused.
 */
export type FieldType = 'string' | 'country' | 'bool' | 'int' | 'dyn' | readonly string[]
/** Names of an expression: `{ message: { text: 'string' }, order: 'dyn' }` allows `message.text` and `order.anything`. */
export type Vocabulary = { readonly [name: string]: FieldType | Group }
export type Group = { readonly [field: string]: FieldType }
/** One value per name of the vocabulary. One that is missing reads as "", 0 or false; a missing part of a `dyn` is an error. */
export type Values = { readonly [name: string]: unknown }

export class ExpressionError extends Error {
  /** Where in the source, counted from 0. */
  readonly offset: number
  /** The right name where the wrong one looks like it. */
  readonly nearest: string | null
  readonly words: Words
  constructor({ fr, en }: Words, offset: number, nearest: string | null = null) {
    const near = {
      fr: nearest === null ? '' : ` (vouliez-vous dire « ${nearest} » ?)`,
      en: nearest === null ? '' : ` (did you mean “${nearest}”?)`,
    }
    super(`${en}${near.en}`)
    this.name = 'ExpressionError'
    this.words = { fr: `${fr}${near.fr}`, en: this.message }
    this.offset = offset
    this.nearest = nearest
  }
}

export type Expression = {
  readonly source: string
  /** What it gives. `dyn` is settled only when it runs. */
  readonly type: 'string' | 'bool' | 'int' | 'dyn'
  /** What it speaks of: the fields it names with their types, and the texts and whole numbers it compares them with. */
  readonly mentions: Mentions
  /** It runs as closures: it cannot fail, and costs next to nothing. */
  readonly plain: boolean
  /** It is true where all of these are: the parts between its outermost `&&`, or itself alone where there are none. */
  readonly parts: readonly Part[]
  /** @throws {ExpressionError} where foreign data lacks a part or has another type. */
  evaluate(values: Values): unknown
  /** True only where it gives `true`. */
  test(values: Values): boolean
}

export type Part = { readonly source: string; test(values: Values): boolean }
export type Mentions = { readonly fields: ReadonlyMap<string, FieldType>; readonly literals: readonly (string | number)[] }

export type ExpressionLanguage = {
  /** @throws {ExpressionError} syntax, unknown name, wrong type, or a result that is not one of `gives` (a `dyn` result is let through). */
  compile(source: string, gives?: readonly Expression['type'][]): Expression
}

/** How fields are read, by group and name, where there is a quicker way than by their names. `undefined`: it is missing. */
export type FieldReaders = { readonly [group: string]: { readonly [field: string]: (values: never) => unknown } }

/** Makes the language of a vocabulary once; compiling is cheap, making it is not. */
export const createExpressionLanguage = (vocabulary: Vocabulary, readers: FieldReaders = {}): ExpressionLanguage => {
  const names: Names = { vocabulary, readers }
  const environment = new Environment({ unlistedVariablesAreDyn: false })
  for (const [name, entry] of Object.entries(vocabulary)) {
    if (isType(entry)) environment.registerVariable({ name, type: libraryType(entry) })
    else {
      const schema = Object.fromEntries(Object.entries(entry).map(([field, type]) => [field, libraryType(type)]))
      environment.registerVariable({ name, schema })
    }
  }
  return {
    compile(source, gives) {
      const parsed = attempt(() => environment.parse(source), vocabulary)
      const checked = parsed.check()
      if (!checked.valid) throw explain(checked.error, vocabulary)
      checkChoices(parsed.ast, vocabulary)
      const type = checked.type ?? 'dyn'
      if (!isResult(type) || (gives && type !== 'dyn' && !gives.includes(type))) {
        const wanted = gives ?? RESULTS
        throw new ExpressionError({ fr: `donne ${type}, pas ${wanted.join(' ou ')}`, en: `gives ${type}, not ${wanted.join(' or ')}` }, 0)
      }
      const fast = compileNode(parsed.ast, names)
      const evaluate = fast ?? ((values: Values) => fromLibrary(attempt(() => parsed(toLibrary(values, vocabulary)), vocabulary)))
      const test = (values: Values) => evaluate(values) === true
      const parts = fast ? partsOf(parsed.ast, source, names) : [{ source, test }]
      return { source, type, mentions: mentionsIn(parsed.ast, vocabulary), plain: fast !== null, parts, evaluate, test }
    },
  }
}

/** Goes through every part of an expression, macros and functions too. */
const mentionsIn = (ast: ASTNode, vocabulary: Vocabulary): Mentions => {
  const fields = new Map<string, FieldType>()
  const literals: (string | number)[] = []
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) for (const one of part) visit(one)
    if (typeof part !== 'object' || part === null || !('op' in part)) return
    const node = part as ASTNode
    if (node.op === 'value' && typeof node.args === 'string') literals.push(node.args)
    else if (node.op === 'value' && typeof node.args === 'bigint') literals.push(Number(node.args))
    const type = typeOf(node, vocabulary)
    if (type !== null && node.op === '.' && node.args[0].op === 'id') fields.set(`${node.args[0].args}.${node.args[1]}`, type)
    else visit(node.args)
  }
  visit(ast)
  return { fields, literals }
}

const libraryType = (type: FieldType): 'string' | 'bool' | 'int' | 'dyn' =>
  typeof type === 'string' && type !== 'country' ? type : 'string'

const RESULTS = ['string', 'bool', 'int', 'dyn'] as const
const isResult = (type: string): type is Expression['type'] => RESULTS.some((result) => result === type)

const attempt = <T>(run: () => T, vocabulary: Vocabulary): T => {
  try {
    return run()
  } catch (error) {
    throw explain(error, vocabulary)
  }
}

/** The library's error in our words: its summary, its place, and the nearest right name for a wrong one. */
const explain = (error: unknown, vocabulary: Vocabulary): ExpressionError => {
  if (!(error instanceof Error)) return new ExpressionError(wordsOfLibrary(String(error)), 0)
  const summary = 'summary' in error && typeof error.summary === 'string' ? error.summary : error.message
  const range = 'range' in error && typeof error.range === 'object' && error.range !== null ? error.range : null
  const offset = range && 'start' in range && typeof range.start === 'number' ? range.start : 0
  const wrong = /^(?:Unknown variable|No such key): (.+)$/.exec(summary)?.[1]
  if (wrong === undefined) return new ExpressionError(wordsOfLibrary(summary), offset)
  const names = Object.entries(vocabulary).flatMap(([name, entry]) =>
    isType(entry) ? [name] : summary.startsWith('Unknown') ? [name] : Object.keys(entry),
  )
  return new ExpressionError({ fr: `nom inconnu : « ${wrong} »`, en: `unknown name “${wrong}”` }, offset, nearestName(wrong, names))
}

/** Refuses `window.service == "opne"`: a text that its field can never be. Macros and functions are not looked into. */
const checkChoices = (node: ASTNode, vocabulary: Vocabulary): void => {
  if (node.op === '==' || node.op === '!=' || node.op === 'in') {
    const [left, right] = node.args
    const literals = right.op === 'list' ? right.args : [right]
    for (const literal of literals) checkChoice(left, literal, vocabulary)
    checkChoice(right, left, vocabulary)
  }
  if (node.op === '!_') checkChoices(node.args, vocabulary)
  if (node.op === '&&' || node.op === '||' || node.op === '?:') for (const part of node.args) checkChoices(part, vocabulary)
}

const checkChoice = (field: ASTNode, literal: ASTNode, vocabulary: Vocabulary): void => {
  const type = typeOf(field, vocabulary)
  if (literal.op !== 'value' || typeof literal.args !== 'string') return
  if (type === 'country') checkCountry(literal.args, literal.range.start)
  if (typeof type !== 'object' || type === null || type.includes(literal.args)) return
  const [choices, given] = [type.join(', '), literal.args]
  const words = { fr: `« ${given} » n’est pas l’un de ${choices}`, en: `“${given}” is not one of ${choices}` }
  throw new ExpressionError(words, literal.range.start, nearestName(given, type))
}

const checkCountry = (given: string, offset: number): void => {
  if (given === '' || isCountry(given)) return
  const words = { fr: `« ${given} » n’est pas un pays en deux lettres`, en: `“${given}” is not a country in two letters` }
  throw new ExpressionError(words, offset, isCountry(given.toUpperCase()) ? given.toUpperCase() : null)
}

// --- Values as the library wants them: whole numbers are BigInt there. -----------------------------------------------------------------

const toLibrary = (values: Values, vocabulary: Vocabulary): Record<string, unknown> => {
  const convert = (value: unknown, type: FieldType): unknown => {
    if (type === 'dyn') return value ?? null
    const given = value ?? emptyOf(type)
    return type === 'int' ? BigInt(Math.trunc(Number(given))) : given
  }
  const convertEntry = (value: unknown, entry: Vocabulary[string]): unknown => {
    if (isType(entry)) return convert(value, entry)
    const group = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
    return Object.fromEntries(Object.entries(entry).map(([field, type]) => [field, convert(group[field], type)]))
  }
  return Object.fromEntries(Object.entries(vocabulary).map(([name, entry]) => [name, convertEntry(values[name], entry)]))
}

const fromLibrary = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value)
