/** Errors as problem+json (RFC 9457): the catalogue's code, what happened and what to do, in the caller's language. */
import type { z } from 'zod'
import { CATALOGUE, type ErrorCode, RelaisError } from '../core/errors.ts'
import type { Language } from '../core/language.ts'

export type FieldError = { readonly field: string; readonly says: string }

/** A body or query that does not fit its schema: every field is named. */
export class InvalidRequest extends RelaisError {
  readonly fields: readonly FieldError[]
  constructor(fields: readonly FieldError[]) {
    super('invalid-request', fields.map(({ field, says }) => `${field}: ${says}`).join('; '))
    this.fields = fields
  }
}

/** Names each field as its path; a key that should not be there is a field too. */
export const fieldErrors = (error: z.ZodError): readonly FieldError[] =>
  error.issues.flatMap((issue) => {
    const path = issue.path.map(String)
    const fields = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path]
    return fields.map((field) => ({ field: field.join('.') || '(body)', says: issue.message }))
  })

const LANGUAGES: readonly Language[] = ['fr', 'en']

/** The language the caller reads best (RFC 9110 §12.5.4), of those Relais speaks. */
export const languageOf = (header: string | null | undefined, otherwise: Language): Language => {
  let best: { language: Language; q: number } | null = null
  for (const part of (header ?? '').split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
    const language = LANGUAGES.find((one) => tag === one || tag.startsWith(`${one}-`))
    const given = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean)
    const q = given === undefined ? 1 : Number(given)
    if (language && q > (best?.q ?? 0)) best = { language, q }
  }
  return best?.language ?? otherwise
}

/** What is not of the catalogue is `internal`: its words stay inside. */
export const problemOf = (error: unknown, language: Language): Response => {
  const known = error instanceof RelaisError ? error : new RelaisError('internal')
  const entry = CATALOGUE[known.code]
  const problem = {
    type: `/api/v1/docs#error-${known.code}`,
    title: entry.says[language],
    status: known.status,
    ...(known.detail ? { detail: known.detail } : {}),
    code: known.code satisfies ErrorCode,
    remedy: entry.remedy[language],
    ...(known instanceof InvalidRequest ? { errors: known.fields } : {}),
  }
  return new Response(JSON.stringify(problem), {
    status: known.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': language,
      'cache-control': 'no-store',
      ...(known.status === 401 && known.code === 'unauthorized' ? { 'www-authenticate': 'Bearer realm="Relais"' } : {}),
      ...(known.status === 503 ? { 'retry-after': '2' } : {}),
    },
  })
}
