/** A YAML file whose values still know their line and column. */
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { complaintOf, isMissing } from '../core/form.ts'
import type { Words } from '../core/language.ts'
import { nearestName } from '../core/nearest.ts'
import { TOO_MANY_ALIASES, yamlFaultOf } from '../core/yaml-words.ts'
import type { Problem } from './problem.ts'

export type SourceFile = { readonly path: string; readonly source: string }
type Path = readonly (string | number)[]

/** A file checked against a schema. `problemAt` says what is wrong at a value; `offset` counts characters inside a text. */
export type CheckedDocument<T> = { readonly file: string; readonly value: T; problemAt(path: Path, words: Words, offset?: number): Problem }

/** Reads a file by its schema: the value, or everything that is wrong with it. */
export const readDocument = <T>(file: SourceFile, schema: z.ZodType<T>): CheckedDocument<T> | readonly Problem[] => {
  const lines = new LineCounter()
  const document = parseDocument(file.source, { lineCounter: lines, prettyErrors: false })
  const at = (position: number, words: Words): Problem => {
    const { line, col } = lines.linePos(position)
    return { file: file.path, line: Math.max(line, 1), column: Math.max(col, 1), words }
  }
  const [broken] = document.errors
  if (broken) return [at(broken.pos[0], notYaml(yamlFaultOf(broken.code)))]
  // `when: !message.ai` is a tag to YAML, and the condition would be empty.
  const [odd] = document.warnings
  if (odd) {
    const hint = { fr: 'une valeur qui commence par « ! » se met entre guillemets.', en: 'a value that begins with “!” stands in quotes.' }
    return [at(odd.pos[0], hint)]
  }
  const problemAt = (path: Path, words: Words, offset = 0): Problem => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true)
      const range = typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? node.range : null
      if (range === null) continue
      const quoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') ? 1 : 0
      return at(Number(range[0]) + (length === path.length ? offset + (offset > 0 ? quoted : 0) : 0), words)
    }
    return at(0, words)
  }
  /** Where a name stands in the object at `path`. */
  const placeOf = (key: string, path: Path): Partial<Problem> => {
    const object = path.length > 0 ? document.getIn(path, true) : document.contents
    const name = isMap(object) ? object.items.find((item) => isScalar(item.key) && item.key.value === key)?.key : null
    if (!isScalar(name) || !name.range) return {}
    const { line, column } = at(name.range[0], { fr: '', en: '' })
    return { line, column }
  }
  const read = dataOf(document)
  if ('fault' in read) return [at(0, notYaml(read.fault))]
  const checked = schema.safeParse(read.data)
  if (checked.success) return { file: file.path, value: checked.data, problemAt }
  const issues = checked.error.issues.map((issue) => ({ issue, path: issue.path.filter((part) => typeof part !== 'symbol') }))
  const misspelt = new Set(issues.flatMap(({ issue, path }) => meantBy(issue, path, schema)))
  return issues
    .filter(({ issue, path }) => !(isMissing(issue) && misspelt.has(path.join('.'))))
    .flatMap(({ issue, path }) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ ...problemAt(path, unknownName(key, keysAt(schema, path))), ...placeOf(key, path) }))
        : [problemAt(path, explainIssue(issue, path))],
    )
}

const notYaml = ({ fr, en }: Words): Words => ({ fr: `ce n’est pas du YAML : ${fr}.`, en: `this is not YAML: ${en}.` })

/** References are followed only here: one that leads nowhere, or so many that what they stand for fills the memory. */
const dataOf = (document: Document): { readonly data: unknown } | { readonly fault: Words } => {
  try {
    return { data: document.toJS() }
  } catch (error) {
    return { fault: error instanceof Error && error.message.startsWith('Unresolved') ? yamlFaultOf('BAD_ALIAS') : TOO_MANY_ALIASES }
  }
}

const unknownName = (key: string, known: readonly string[]): Words => {
  const near = nearestName(key, known)
  return {
    fr: `« ${key} » n’est pas un nom connu ici${near ? ` ; vouliez-vous dire « ${near} » ?` : '.'}`,
    en: `“${key}” is not a name known here${near ? `; did you mean “${near}”?` : '.'}`,
  }
}

/** The names that misspelt ones were meant to be, with their path: they are not missing besides. */
const meantBy = (issue: z.core.$ZodIssue, path: Path, schema: z.ZodType): string[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.flatMap((key) => {
        const near = nearestName(key, keysAt(schema, path))
        return near === null ? [] : [[...path, near].join('.')]
      })
    : []

export const isProblems = <T>(read: CheckedDocument<T> | readonly Problem[]): read is readonly Problem[] => Array.isArray(read)

/** A schema's complaint in our words. */
const explainIssue = (issue: z.core.$ZodIssue, path: Path): Words => {
  const name = path.join('.') || 'file'
  if (isMissing(issue)) {
    return { fr: `« ${name} » manque.`, en: `“${name}” is missing.` }
  }
  if (issue.code === 'invalid_value') {
    const choices = issue.values.map(String).join(', ')
    return { fr: `« ${name} » doit être : ${choices}.`, en: `“${name}” must be one of: ${choices}.` }
  }
  const what = complaintOf(issue)
  return { fr: `« ${name} » ne convient pas : ${what.fr}.`, en: `“${name}” does not fit: ${what.en}.` }
}

/** The names a schema knows at a place, as far as it can be asked. */
const keysAt = (schema: unknown, path: Path): readonly string[] => {
  let here: unknown = schema
  for (const part of path) here = step(unwrap(here), part)
  const shape = shapeOf(unwrap(here))
  return shape ? Object.keys(shape) : []
}

const has = <K extends string>(value: unknown, key: K): value is Record<K, unknown> =>
  typeof value === 'object' && value !== null && key in value
const shapeOf = (schema: unknown): Record<string, unknown> | null =>
  has(schema, 'shape') && typeof schema.shape === 'object' ? (schema.shape as Record<string, unknown>) : null
const unwrap = (schema: unknown): unknown => {
  if (has(schema, 'shape') || !has(schema, '_zod') || !has(schema._zod, 'def')) return schema
  return has(schema._zod.def, 'innerType') ? unwrap(schema._zod.def.innerType) : schema
}
const step = (schema: unknown, part: string | number): unknown => {
  if (typeof part === 'number') return has(schema, 'element') ? schema.element : null
  return shapeOf(schema)?.[part] ?? null
}
