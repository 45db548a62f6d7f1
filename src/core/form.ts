/** What a schema asks for, in words: one place for the files of a workspace, for rules and for the API. */
import type { z } from 'zod'
import type { Words } from './language.ts'

/** A form in words, kept in an issue's `params` for whoever tells of it. */
export type Form = { readonly form: Words }
/** For `refine` and `check`: `z.string().refine(isDay, asks({ fr: 'un jour comme 2026-10-01', en: 'a day such as 2026-10-01' }))`. */
export const asks = (form: Words): { params: Form } => ({ params: { form } })

type Issue = z.core.$ZodIssue

export const TYPES: Readonly<Record<string, Words>> = {
  string: { fr: 'un texte', en: 'a text' },
  number: { fr: 'un nombre', en: 'a number' },
  int: { fr: 'un nombre entier', en: 'a whole number' },
  boolean: { fr: 'true ou false', en: 'true or false' },
  array: { fr: 'une liste', en: 'a list' },
  object: { fr: 'un groupe de clés', en: 'a group of keys' },
  record: { fr: 'un groupe de clés', en: 'a group of keys' },
}
const FORMATS: Readonly<Record<string, Words>> = {
  date: { fr: 'une date comme 2026-05-01', en: 'a date such as 2026-05-01' },
  url: { fr: 'une adresse http(s)', en: 'an http(s) address' },
  email: { fr: 'une adresse e-mail', en: 'an e-mail address' },
}

/** What must stand there, or null where the schema keeps it to itself. */
export const formOf = (issue: Issue): Words | null => {
  switch (issue.code) {
    case 'custom':
      return ownForm(issue.params)
    case 'too_small':
      return atLeast(issue)
    case 'too_big':
      return bound(issue.origin, issue.maximum, { fr: 'au plus', en: 'at most' })
    case 'invalid_format':
      return FORMATS[issue.format] ?? null
    case 'invalid_type':
      return TYPES[issue.expected] ?? null
    case 'invalid_value': {
      const values = issue.values.map(String).join(', ')
      return { fr: `l’un de ces mots : ${values}`, en: `one of these words: ${values}` }
    }
    default:
      return null
  }
}

const ownForm = (params: Readonly<Record<string, unknown>> | undefined): Words | null => {
  const form: { fr?: unknown; en?: unknown } = typeof params?.form === 'object' ? (params.form ?? {}) : {}
  return typeof form.fr === 'string' && typeof form.en === 'string' ? { fr: form.fr, en: form.en } : null
}

const atLeast = ({ origin, minimum, inclusive }: Extract<Issue, { code: 'too_small' }>): Words => {
  if (origin === 'string' && minimum === 1) return { fr: 'un texte qui n’est pas vide', en: 'a text that is not empty' }
  return bound(origin, minimum, inclusive === false ? { fr: 'plus de', en: 'more than' } : { fr: 'au moins', en: 'at least' })
}

const UNITS: Readonly<Record<string, Words>> = {
  string: { fr: ' caractères', en: ' characters' },
  array: { fr: ' élément(s)', en: ' item(s)' },
}
const bound = (origin: string, limit: number | bigint, words: Words): Words => {
  const unit = UNITS[origin] ?? { fr: '', en: '' }
  return { fr: `${words.fr} ${limit}${unit.fr}`, en: `${words.en} ${limit}${unit.en}` }
}

/** Whether nothing stands where something must; of a list of words only told where the input is (`reportInput`). */
export const isMissing = (issue: Issue): boolean =>
  issue.code === 'invalid_value'
    ? 'input' in issue && issue.input === undefined
    : issue.code === 'invalid_type' && issue.input === undefined && issue.message.endsWith('undefined')

/** What is wrong, without the name of the place: "il faut une liste", "cette clé manque". */
export const complaintOf = (issue: Issue): Words => {
  if (issue.code === 'unrecognized_keys') return { fr: 'cette clé est inconnue ici', en: 'this key is unknown here' }
  if (isMissing(issue)) return { fr: 'cette clé manque', en: 'this key is missing' }
  const form = formOf(issue)
  return form ? { fr: `il faut ${form.fr}`, en: `it must be ${form.en}` } : { fr: 'cela n’a pas la bonne forme', en: 'it has another form' }
}
