/**
 * Conditions in rules and journeys: CEL (https://cel.dev) over a declared vocabulary. An unknown name or a wrong type is refused when the
 * file is loaded, with its place. The library parses and checks; the plain part of the language (names, literals, comparisons, and/or/not)
 * then runs as closures, thirty times faster than its evaluator, because every outgoing message is judged by every rule. The rest runs there.
 */
import { type ASTNode, Environment } from '@marcbachmann/cel-js'
import { wordsOfLibrary } from './expression-words.ts'
import type { Words } from './language.ts'
import { nearestName } from './nearest.ts'

/**
 * `int` is a whole number, given and got as a JS number. `dyn` is foreign data, known only when it comes. A list is a text that is one of
 * these: comparing it with anything else is refused.
 */
export type FieldType = 'string' | 'bool' | 'int' | 'dyn' | readonly string[]
/** Names of an expression: `{ message: { text: 'string' }, order: 'dyn' }` allows `message.text` and `order.anything`. */
export type Vocabulary = { readonly [name: string]: FieldType | Group }
type Group = { readonly [field: string]: FieldType }
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
      return { source, type, mentions: mentionsIn(parsed.ast, vocabulary), parts, evaluate, test }
    },
  }
}

/** Those that run as closures: the rest is not worth asking by itself. */
const partsOf = (ast: ASTNode, source: string, names: Names): readonly Part[] => {
  if (ast.op === '&&') return ast.args.flatMap((part) => partsOf(part, source, names))
  const test = compileShort(ast, names) ?? compileTest(ast, names)
  return test === null ? [] : [{ source: source.slice(ast.range.start, ast.range.end), test }]
}

type Test = (values: Values) => boolean
const compileTest = (ast: ASTNode, names: Names): Test | null => {
  const run = compileNode(ast, names)
  return run === null ? null : (values) => run(values) === true
}

/** The commonest parts (a field by itself, or against a literal) as one closure that reads its field at once: they are asked of every message. */
const compileShort = (node: ASTNode, names: Names): Test | null => {
  const negated = node.op === '!_'
  const subject = negated ? node.args : node
  const against = !negated && (subject.op === '==' || subject.op === '!=' || subject.op === '>' || subject.op === '>=') ? subject : null
  const field = against === null ? subject : against.args[0]
  if (field.op !== '.' || field.args[0].op !== 'id') return null
  const read = names.readers[field.args[0].args]?.[field.args[1]] as Run | undefined
  if (read === undefined) return null
  // A field by itself is true, false or missing: reading it is asking it.
  if (against === null) return negated ? (values) => !read(values) : (read as Test)
  const literal = against.args[1].op === 'value' ? against.args[1].args : null
  const value = typeof literal === 'bigint' ? Number(literal) : literal
  if (against.op === '>=') return typeof value === 'number' ? (values) => ((read(values) ?? 0) as number) >= value : null
  // A field that is missing reads as "" or 0: those are left to the longer way.
  if (value === '' || value === 0 || value === null) return compileZero(against.op, read, value)
  if (against.op === '==') return (values) => read(values) === value
  if (against.op === '!=') return (values) => read(values) !== value
  return null
}

const compileZero = (op: '==' | '!=' | '>', read: Run, zero: '' | 0 | null): Test | null => {
  if (zero === null) return null
  if (op === '==') return (values) => (read(values) ?? zero) === zero
  return op === '!=' ? (values) => (read(values) ?? zero) !== zero : (values) => (read(values) as number) > 0
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

const isType = (entry: FieldType | Group): entry is FieldType => typeof entry === 'string' || Array.isArray(entry)
const libraryType = (type: FieldType): 'string' | 'bool' | 'int' | 'dyn' => (typeof type === 'string' ? type : 'string')

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
  if (typeof type !== 'object' || type === null || literal.op !== 'value' || typeof literal.args !== 'string') return
  if (type.includes(literal.args)) return
  const [choices, given] = [type.join(', '), literal.args]
  const words = { fr: `« ${given} » n’est pas l’un de ${choices}`, en: `“${given}” is not one of ${choices}` }
  throw new ExpressionError(words, literal.range.start, nearestName(given, type))
}

const typeOf = (node: ASTNode, vocabulary: Vocabulary): FieldType | null => {
  if (node.op === '.' && node.args[0].op === 'id') return fieldType(node.args[0].args, node.args[1], vocabulary)
  const entry = node.op === 'id' ? vocabulary[node.args] : undefined
  return entry !== undefined && isType(entry) ? entry : null
}

// --- The plain part of the language, as closures. `null` where a node is not in it. -----------------------------------------------------

type Names = { readonly vocabulary: Vocabulary; readonly readers: FieldReaders }
type Run = (values: Values) => unknown

const EMPTY = { string: '', bool: false, int: 0 } as const
const emptyOf = (type: Exclude<FieldType, 'dyn'>) => (typeof type === 'string' ? EMPTY[type] : '')

const compileNode = (node: ASTNode, names: Names): Run | null => {
  switch (node.op) {
    case 'value':
      return compileLiteral(node.args)
    case 'id':
      return compileName(node.args, names)
    case '.':
      return compileField(node.args[0], node.args[1], names)
    case '!_':
      return compileAll(
        [node.args],
        names,
        ([operand]) =>
          (values) =>
            !operand(values),
      )
    case '-_':
      return compileAll(
        [node.args],
        names,
        ([operand]) =>
          (values) =>
            -Number(operand(values)),
      )
    case '&&':
      return compileAll(
        node.args,
        names,
        ([left, right]) =>
          (values) =>
            left(values) && right(values),
      )
    case '||':
      return compileAll(
        node.args,
        names,
        ([left, right]) =>
          (values) =>
            left(values) || right(values),
      )
    case '?:':
      return compileAll(
        node.args,
        names,
        ([test, yes, no]) =>
          (values) =>
            test(values) ? yes(values) : no(values),
      )
    case '==':
      return compileAll(
        node.args,
        names,
        ([left, right]) =>
          (values) =>
            left(values) === right(values),
      )
    case '!=':
      return compileAll(
        node.args,
        names,
        ([left, right]) =>
          (values) =>
            left(values) !== right(values),
      )
    case '<':
      return compareOrder(node.args, names, (left, right) => left < right)
    case '<=':
      return compareOrder(node.args, names, (left, right) => left <= right)
    case '>':
      return compareOrder(node.args, names, (left, right) => left > right)
    case '>=':
      return compareOrder(node.args, names, (left, right) => left >= right)
    case '+':
      return calculate(node.args, names, (left, right) => left + right)
    case '-':
      return calculate(node.args, names, (left, right) => left - right)
    case '*':
      return calculate(node.args, names, (left, right) => left * right)
    case 'in':
      return compileMembership(node.args, names)
    default:
      return null
  }
}

type Runs<N extends readonly ASTNode[]> = { [K in keyof N]: Run }

/** All operands, or null where one is not plain. */
const compileAll = <N extends readonly [ASTNode, ...ASTNode[]]>(nodes: N, names: Names, combine: (runs: Runs<N>) => Run) => {
  const runs = nodes.map((node) => compileNode(node, names))
  return runs.every((run) => run !== null) ? combine(runs as Runs<N>) : null
}

type Pair = readonly [ASTNode, ASTNode]

/** Ordering of whole numbers, and of texts by UTF-16 unit as the library does. */
const compareOrder = (nodes: Pair, names: Names, holds: (left: number | string, right: number | string) => boolean) =>
  compileAll(
    nodes,
    names,
    ([left, right]) =>
      (values) =>
        holds(left(values) as number, right(values) as number),
  )

/** Arithmetic of whole numbers; texts are left to the library. */
const calculate = (nodes: Pair, names: Names, give: (left: number, right: number) => number) =>
  nodes.every((node) => isInteger(node, names))
    ? compileAll(
        nodes,
        names,
        ([left, right]) =>
          (values) =>
            give(left(values) as number, right(values) as number),
      )
    : null

const isInteger = (node: ASTNode, names: Names): boolean => {
  if (node.op === 'value') return typeof node.args === 'bigint'
  if (node.op === 'id' || node.op === '.') return typeOf(node, names.vocabulary) === 'int'
  if (node.op === '-_') return isInteger(node.args, names)
  return (node.op === '+' || node.op === '-' || node.op === '*') && node.args.every((operand) => isInteger(operand, names))
}

const compileLiteral = (literal: unknown): Run | null => {
  const value = typeof literal === 'bigint' ? Number(literal) : literal
  const plain = typeof value === 'string' || typeof value === 'boolean' || (typeof literal === 'bigint' && Number.isSafeInteger(value))
  return plain ? () => value : null
}

const compileName = (name: string, names: Names): Run | null => {
  const type = names.vocabulary[name]
  if (type === undefined || !isType(type) || type === 'dyn') return null
  const empty = emptyOf(type)
  return (values) => values[name] ?? empty
}

const fieldType = (group: string, field: string, vocabulary: Vocabulary): FieldType | null => {
  const entry = vocabulary[group]
  return entry !== undefined && !isType(entry) ? (entry[field] ?? null) : null
}

const compileField = (owner: ASTNode, field: string, names: Names): Run | null => {
  if (owner.op !== 'id') return null
  const group = owner.args
  const type = fieldType(group, field, names.vocabulary)
  if (type === null || type === 'dyn') return null
  return readerOf(group, field, type, names)
}

/** Reads one field; "", 0 or false where it is missing. */
const readerOf = (group: string, field: string, type: Exclude<FieldType, 'dyn'>, { readers }: Names): Run => {
  const empty = emptyOf(type)
  const own = readers[group]?.[field] as Run | undefined
  return own ? (values) => own(values) ?? empty : (values) => (values[group] as Record<string, unknown> | undefined)?.[field] ?? empty
}

const compileMembership = ([needle, list]: Pair, names: Names): Run | null => {
  if (list.op !== 'list') return null
  const items = list.args.map((item) => (item.op === 'value' ? compileLiteral(item.args) : null))
  const value = compileNode(needle, names)
  if (value === null || !items.every((item) => item !== null)) return null
  const members = new Set(items.map((item) => item({})))
  return (values) => members.has(value(values))
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
