/** What a caller wants said, as a message: a text, or a template of the workspace with its variables filled in. */
import { z } from '@hono/zod-openapi'
import type { Content } from '../../core/content.ts'
import type { Words } from '../../core/language.ts'
import type { Category } from '../../core/situation.ts'
import type { Template } from '../../core/workspace.ts'
import { renderTemplate } from '../../relay/template.ts'
import { InvalidRequest, oneOf } from '../problem.ts'
import * as shape from './schemas.ts'

/** Longer than any channel takes at once: the relay splits it. */
const TEXT = 20_000
const PARAMETER = 1_024

export const says = {
  text: shape.textOf(TEXT).optional(),
  template: z
    .strictObject({
      name: shape.textOf(512),
      language: shape.textOf(20).optional().openapi({ description: 'The customer’s own unless given.' }),
      parameters: z.record(shape.textOf(100), shape.textOf(PARAMETER)).default({}),
    })
    .optional(),
}
export type Says = {
  readonly text?: string | undefined
  readonly template?:
    | { readonly name: string; readonly language?: string | undefined; readonly parameters: Record<string, string> }
    | undefined
}

const refuse = (field: string, words: Words): InvalidRequest => new InvalidRequest([{ field, says: words }])

/**
 * Throws `invalid-request` naming the field: neither or both, an unknown template, a missing or foreign variable. A template without a
 * language keeps an empty text: the turn fills it in the customer's own.
 */
export const contentOf = (
  said: Says,
  templates: readonly Template[],
): { readonly content: Content; readonly category: Category | null } => {
  if ((said.text === undefined) === (said.template === undefined))
    throw refuse('text', { fr: 'il faut text ou template, l’un des deux', en: 'it must be text or template, one of them' })
  if (said.template === undefined) return { content: { type: 'text', text: said.text ?? '' }, category: null }
  const { name, language, parameters } = said.template
  const template = findTemplate(name, language, templates)
  checkParameters(parameters, template.parameters)
  const content: Content =
    language === undefined ? { type: 'template', name, language: '', parameters, text: '' } : renderTemplate(template, parameters)
  return { content, category: template.category }
}

const MISSING: Words = { fr: 'ce modèle attend cette variable', en: 'this template needs this variable' }
const UNKNOWN: Words = { fr: 'ce modèle n’a pas cette variable', en: 'this template has no such variable' }

const checkParameters = (given: Readonly<Record<string, string>>, wanted: readonly string[]): void => {
  const missing = wanted.filter((name) => !Object.hasOwn(given, name)).map((name) => ({ name, says: MISSING }))
  const foreign = Object.keys(given).filter((name) => !wanted.includes(name))
  const wrong = [...missing, ...foreign.map((name) => ({ name, says: UNKNOWN }))]
  if (wrong.length) throw new InvalidRequest(wrong.map(({ name, says: words }) => ({ field: `template.parameters.${name}`, says: words })))
}

const findTemplate = (name: string, language: string | undefined, templates: readonly Template[]): Template => {
  const named = templates.filter((template) => template.name === name)
  const [first] = named
  if (!first) throw refuse('template.name', oneOf(templates.map((template) => template.name)))
  if (language === undefined) return first
  const wanted = named.find((template) => template.language === language)
  if (!wanted) throw refuse('template.language', oneOf(named.map((template) => template.language)))
  return wanted
}
