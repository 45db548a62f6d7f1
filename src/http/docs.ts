/** `/api/v1/docs`: openapi.json and the errors as one plain page, without a script and without anything from elsewhere. */
import { CATALOGUE } from '../core/errors.ts'
import type { Language } from '../core/language.ts'
import { html, sheetResponse } from './sheet.ts'

type Schema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly description?: string
}
type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean; readonly description?: string }
type Endpoint = {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }
  readonly responses?: Readonly<
    Record<string, { readonly description?: string; readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >
}
/** What this page reads of an OpenAPI document. */
export type ApiDocument = {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Endpoint>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> }
}

/** Text whose `code` stands between backticks. */
const prose = (text: string): string => html(text).replace(/`([^`]+)`/g, '<code>$1</code>')

const nameOf = (schema: Schema | undefined): string => {
  if (!schema) return ''
  const ref = schema.$ref?.split('/').at(-1)
  if (ref) return `<a href="#schema-${html(ref)}">${html(ref)}</a>`
  if (schema.enum) return schema.enum.map((one) => `<code>${html(String(one))}</code>`).join(' | ')
  if (schema.items) return `${nameOf(schema.items)}[]`
  return html([schema.type ?? 'any'].flat().join(' | '))
}

const fieldsOf = (schema: Schema): string =>
  Object.entries(schema.properties ?? {})
    .map(
      ([name, field]) =>
        `<tr><td><code>${html(name)}</code>${schema.required?.includes(name) ? '' : ' ?'}</td><td>${nameOf(field)}</td><td>${prose(field.description ?? '')}</td></tr>`,
    )
    .join('')
const tableOf = (schema: Schema | undefined): string => (schema?.properties ? `<table>${fieldsOf(schema)}</table>` : nameOf(schema))

const endpointOf = (method: string, path: string, endpoint: Endpoint): string => {
  const parameters = (endpoint.parameters ?? [])
    .map(
      (one) =>
        `<tr><td><code>${html(one.name)}</code>${one.required ? '' : ' ?'}</td><td>${html(one.in)}</td><td>${prose(one.description ?? '')}</td></tr>`,
    )
    .join('')
  const body = endpoint.requestBody?.content?.['application/json']?.schema
  const responses = Object.entries(endpoint.responses ?? {})
    .map(
      ([status, { description, content }]) =>
        `<dt>${html(status)}</dt><dd>${prose(description ?? '')} ${nameOf(Object.values(content ?? {})[0]?.schema)}</dd>`,
    )
    .join('')
  return `<section><h3><code>${method.toUpperCase()} ${html(path)}</code></h3><p>${prose(endpoint.summary ?? '')}</p><p>${prose(endpoint.description ?? '')}</p>${parameters ? `<table>${parameters}</table>` : ''}${body ? `<h4>Body</h4>${tableOf(body)}` : ''}<dl>${responses}</dl></section>`
}

/** Grouped by tag, then the shapes, then every error of the catalogue in `language`. */
export const renderDocs = (document: ApiDocument, language: Language): Response => {
  const groups = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(document.paths ?? {}))
    for (const [method, endpoint] of Object.entries(methods)) {
      const tag = endpoint.tags?.[0] ?? 'Other'
      groups.set(tag, [...(groups.get(tag) ?? []), endpointOf(method, path, endpoint)])
    }
  const schemas = Object.entries(document.components?.schemas ?? {})
    .map(([name, schema]) => `<section id="schema-${html(name)}"><h3>${html(name)}</h3>${tableOf(schema)}</section>`)
    .join('')
  const errors = Object.entries(CATALOGUE)
    .map(
      ([code, entry]) =>
        `<tr id="error-${code}"><td><code>${code}</code></td><td>${entry.status}</td><td>${prose(entry.says[language])} ${prose(entry.remedy[language])}</td></tr>`,
    )
    .join('')
  const title = `${document.info.title} ${document.info.version}`
  const body = `<h1>${html(title)}</h1><p>${prose(document.info.description ?? '')} <a href="openapi.json">openapi.json</a></p>${[...groups].map(([tag, parts]) => `<h2>${html(tag)}</h2>${parts.join('')}`).join('')}<h2>Shapes</h2>${schemas}<h2>Errors</h2><table>${errors}</table>`
  return sheetResponse(title, body, 'en')
}
