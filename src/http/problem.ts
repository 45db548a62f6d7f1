/** Errors as problem+json (RFC 9457): the catalogue's code, what happened and what to do, in the caller's language. */
import type { z } from 'zod'
import type { Role } from '../core/access.ts'
import { CATALOGUE, type ErrorCode, RelaisError } from '../core/errors.ts'
import { complaintOf } from '../core/form.ts'
import type { ContactId } from '../core/ids.ts'
import type { Language, Words } from '../core/language.ts'

export type FieldError = { readonly field: string; readonly says: Words }

/** A body or query that does not fit its schema: every field is named. */
export class InvalidRequest extends RelaisError {
  readonly fields: readonly FieldError[]
  constructor(fields: readonly FieldError[]) {
    super('invalid-request', detailOf(fields, 'en'))
    this.fields = fields
  }
}

/** A key that is valid, of a role that may not. */
export class ForbiddenRole extends RelaisError {
  readonly words: Words
  constructor(role: Role, needed: readonly Role[]) {
    const words: Words = {
      fr: `La clé présentée a le rôle «\u00a0${role}\u00a0»\u00a0; il faut ${needed.map((one) => `«\u00a0${one}\u00a0»`).join(' ou ')}.`,
      en: `The key given has the role “${role}”; it takes ${needed.map((one) => `“${one}”`).join(' or ')}.`,
    }
    super('forbidden', words.en)
    this.words = words
  }
}

/** An address that is another contact's; null: whose, nobody could say any more. */
export class AddressTaken extends RelaisError {
  readonly contactId: ContactId | null
  constructor(kind: string, contactId: ContactId | null) {
    super('address-taken', contactId === null ? kind : `${kind}, ${contactId}`)
    this.contactId = contactId
  }
}

const detailOf = (fields: readonly FieldError[], language: Language): string =>
  fields
    .map(({ field, says }) => `${field}${language === 'fr' ? '\u00a0: ' : ': '}${says[language]}`)
    .join(language === 'fr' ? '\u00a0; ' : '; ')

/** Names each field as its path; a key that should not be there is a field too. */
export const fieldErrors = (error: z.ZodError): readonly FieldError[] =>
  error.issues.flatMap((issue) => {
    const path = issue.path.map(String)
    const fields = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path]
    return fields.map((field) => ({ field: field.join('.') || '(body)', says: complaintOf(issue) }))
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

/** What a field may be, of names the workspace knows. */
export const oneOf = (names: readonly string[]): Words => {
  const list = [...new Set(names)].join(', ')
  return list
    ? { fr: `il faut l’un de : ${list}`, en: `it must be one of: ${list}` }
    : { fr: 'il n’y en a aucun ici', en: 'there is none here' }
}

const UNFIT: Words = { fr: 'cette valeur ne convient pas', en: 'this value does not fit' }
/** Rooms further in name the field alone. */
const fieldsOf = (error: RelaisError): readonly FieldError[] | null => {
  if (error instanceof InvalidRequest) return error.fields
  return error.code === 'invalid-request' ? [{ field: error.detail || '(body)', says: UNFIT }] : null
}

/** Their detail is how many seconds to wait. */
const RETRY_AFTER: ReadonlySet<ErrorCode> = new Set(['too-many-codes', 'codes-limit', 'chat-too-fast'])

/** What is not of the catalogue is `internal`: its words stay inside. */
export const problemOf = (error: unknown, language: Language): Response => {
  const known = error instanceof RelaisError ? error : new RelaisError('internal')
  const entry = CATALOGUE[known.code]
  const fields = fieldsOf(known)
  const detail = fields ? detailOf(fields, language) : known instanceof ForbiddenRole ? known.words[language] : known.detail
  const problem = {
    type: `/api/v1/docs#error-${known.code}`,
    title: entry.says[language],
    status: known.status,
    ...(detail ? { detail } : {}),
    code: known.code satisfies ErrorCode,
    remedy: entry.remedy[language],
    ...(known instanceof AddressTaken && known.contactId ? { contactId: known.contactId } : {}),
    ...(fields ? { errors: fields.map(({ field, says }) => ({ field, says: says[language] })) } : {}),
  }
  return new Response(JSON.stringify(problem), {
    status: known.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': language,
      'cache-control': 'no-store',
      ...(known.status === 401 && known.code === 'unauthorized' ? { 'www-authenticate': 'Bearer realm="Relais"' } : {}),
      ...(known.code === 'method-not-allowed' && known.detail ? { allow: known.detail } : {}),
      ...(RETRY_AFTER.has(known.code) ? { 'retry-after': known.detail } : {}),
      ...(known.status === 503 ? { 'retry-after': '2' } : {}),
    },
  })
}
