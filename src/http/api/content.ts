/** What a caller wants said, as a message: a text, or a template of the workspace with its variables filled in. */
import { z } from '@hono/zod-openapi'
import type { Content } from '../../core/content.ts'
import { fillPlaceholders } from '../../core/placeholder.ts'
import type { Category } from '../../core/situation.ts'
import type { Template } from '../../core/workspace.ts'
import { InvalidRequest } from '../problem.ts'
import * as shape from './schemas.ts'

/** Longer than any channel takes at once: the relay splits it. */
const TEXT = 20_000
const PARAMETER = 1_024

export const says = {
  text: shape.textOf(TEXT).optional(),
  template: z
    .strictObject({
      name: shape.textOf(512),
      language: shape.textOf(20).optional().openapi({ description: 'The only one there is, or the workspace’s, unless given.' }),
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
type Setting = { readonly locale: string; readonly templates: readonly Template[] }

const refuse = (field: string, words: string): InvalidRequest => new InvalidRequest([{ field, says: words }])

/** Throws `invalid-request` naming the field: neither or both, an unknown template, a missing or foreign variable. */
export const contentOf = (said: Says, workspace: Setting): { readonly content: Content; readonly category: Category | null } => {
  if ((said.text === undefined) === (said.template === undefined)) throw refuse('text', 'text | template')
  if (said.text !== undefined) return { content: { type: 'text', text: said.text }, category: null }
  const { name, language, parameters } = said.template ?? { name: '', parameters: {} }
  const template = findTemplate(name, language, workspace)
  const missing = template.parameters.filter((parameter) => !Object.hasOwn(parameters, parameter))
  const foreign = Object.keys(parameters).filter((parameter) => !template.parameters.includes(parameter))
  const wrong = [...missing, ...foreign]
  if (wrong.length)
    throw new InvalidRequest(
      wrong.map((one) => ({ field: `template.parameters.${one}`, says: missing.includes(one) ? 'missing' : 'unknown' })),
    )
  const text = fillPlaceholders(template.text, (parameter) => parameters[parameter] ?? '')
  return { content: { type: 'template', name, language: template.language, parameters, text }, category: template.category }
}

const findTemplate = (name: string, language: string | undefined, { locale, templates }: Setting): Template => {
  const named = templates.filter((template) => template.name === name)
  if (!named.length) throw refuse('template.name', templates.map((template) => template.name).join(' | '))
  const wanted = named.find((template) => template.language === (language ?? locale)) ?? (language === undefined ? named[0] : undefined)
  if (!wanted) throw refuse('template.language', named.map((template) => template.language).join(' | '))
  return wanted
}
