/** What a schema says of a file, as findings with their place. */
import { z } from 'zod'
import { formOf, TYPES } from '../core/form.ts'
import type { Words } from '../core/language.ts'
import { nearestName } from '../core/nearest.ts'
import type { Finding } from '../core/ports.ts'
import type { Path, Sheet } from './document.ts'
import { fault } from './fault.ts'

type Issue = z.core.$ZodIssue

const TEXT_OR_LANGUAGES: Words = { fr: 'un texte, ou un texte par langue (fr, en…)', en: 'a text, or a text per language (fr, en…)' }

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null && Object.hasOwn(value, part) ? Reflect.get(value, part) : undefined),
    data,
  )

/** The keys a schema knows at a path, for the nearest right one. */
export const keysAt = (schema: z.ZodType, path: Path): readonly string[] => {
  const inner = unwrap(schema)
  const [first, ...rest] = path
  if (first === undefined) return inner instanceof z.ZodObject ? Object.keys(inner.shape) : []
  if (inner instanceof z.ZodUnion) return inner.options.flatMap((option) => (option instanceof z.ZodType ? keysAt(option, path) : []))
  const next =
    inner instanceof z.ZodObject
      ? inner.shape[String(first)]
      : inner instanceof z.ZodArray
        ? inner.element
        : inner instanceof z.ZodRecord
          ? inner.valueType
          : null
  return next instanceof z.ZodType ? keysAt(next, rest) : []
}

const unwrap = (schema: z.ZodType): z.ZodType => {
  if (schema instanceof z.ZodPipe && schema.in instanceof z.ZodType) return unwrap(schema.in)
  const wrapped =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodNullable
  return wrapped && schema.unwrap() instanceof z.ZodType ? unwrap(schema.unwrap() as z.ZodType) : schema
}

/** Of several forms, the one that was most likely meant: no wrong type at its root, then the fewest faults. */
const meant = (branches: readonly (readonly Issue[])[]): readonly Issue[] | null => {
  const weight = (issues: readonly Issue[]): number =>
    issues.reduce(
      (sum, issue) =>
        sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : issue.path.length === 0 && issue.code === 'invalid_type' ? 100 : 1),
      0,
    )
  const [best] = branches.toSorted((a, b) => weight(a) - weight(b))
  return best && weight(best) < 100 ? best : null
}

type Reading = { readonly sheet: Sheet; readonly schema: z.ZodType; readonly prefix: Path; readonly data: unknown }

const ANOTHER: Words = { fr: 'une autre forme (voir docs/configuration.md)', en: 'of another form (see docs/configuration.md)' }

const unknownKeys = (keys: readonly string[], path: Path, { sheet, schema, prefix }: Reading): readonly Finding[] => {
  const right = keysAt(schema, path.slice(prefix.length))
  return keys.map((key) => fault('unknown-key', sheet.place(path, key), key, nearestName(key, right), right))
}

const wrongType = (issue: Extract<Issue, { code: 'invalid_type' }>, key: string, path: Path, { sheet, data, prefix }: Reading): Finding => {
  const value = valueAt(data, path.slice(prefix.length))
  if (issue.expected === 'string' && typeof value === 'number') return fault('quote-number', sheet.place(path), key)
  return fault('wrong-type', sheet.place(path), key, TYPES[issue.expected] ?? { fr: issue.expected, en: issue.expected })
}

const findingsOf = (issue: Issue, base: Path, reading: Reading): readonly Finding[] => {
  const { sheet, data, prefix } = reading
  const path = [...base, ...issue.path]
  const key = String(path.findLast((part) => typeof part === 'string') ?? sheet.file)
  if (sheet.isMissing(path)) return []
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys, path, reading)
  const value = valueAt(data, path.slice(prefix.length))
  if (value === undefined && path.length > prefix.length) return [fault('missing-key', sheet.place(path.slice(0, -1)), key)]
  switch (issue.code) {
    case 'invalid_type':
      return [wrongType(issue, key, path, reading)]
    case 'invalid_value': {
      const values = issue.values.map(String)
      return [fault('wrong-value', sheet.place(path), key, values, nearestName(String(value), values))]
    }
    case 'invalid_union': {
      const branch = meant(issue.errors)
      if (branch === null)
        return [
          fault(
            'wrong-type',
            sheet.place(path),
            key,
            issue.errors.length > 0 ? TEXT_OR_LANGUAGES : { fr: 'autre chose', en: 'something else' },
          ),
        ]
      return branch.flatMap((inner) => findingsOf(inner, path, reading))
    }
    case 'invalid_key':
      return issue.issues.map((inner) => fault('wrong-form', sheet.place(path.slice(0, -1), key), key, formOf(inner) ?? ANOTHER))
    default:
      return [fault('wrong-form', sheet.place(path, undefined), key, formOf(issue) ?? ANOTHER)]
  }
}

export type Read<T> = { readonly value: T | null; readonly findings: readonly Finding[] }

/** Checks `data`, which stands at `prefix` of the sheet. Every fault at once. */
export const readAs = <T>(schema: z.ZodType<T>, data: unknown, sheet: Sheet, prefix: Path = []): Read<T> => {
  const result = schema.safeParse(data)
  if (result.success) return { value: result.data, findings: [] }
  const reading = { sheet, schema, prefix, data }
  return { value: null, findings: result.error.issues.flatMap((issue) => findingsOf(issue, prefix, reading)) }
}
