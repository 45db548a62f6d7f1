import type { Fields } from '../wire.ts'
import { fieldsOf, listOf, textOf } from '../wire.ts'
import { GraphError } from './errors.ts'
import type { Ids } from './ids.ts'
import type { Category, Settings, Template, TemplateButton, TemplateStatus } from './options.ts'
import type { Webhooks } from './webhooks.ts'

export type KeptTemplate = Required<Template> & { quality: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN' }

export interface TemplateBook {
  list(): readonly KeptTemplate[]
  find(name: string, language: string): KeptTemplate | undefined
  /** Adds or replaces one, silently, as if approved long ago. */
  put(template: Template): KeptTemplate
  /** Changes the status and tells it by `message_template_status_update`. */
  setStatus(
    name: string,
    language: string,
    status: TemplateStatus,
    detail?: { reason?: string; pause?: 'FIRST_PAUSE' | 'SECOND_PAUSE' },
  ): void
  /** Files it under another category and tells it by `template_category_update`; `coming`: only says that it will, a day from now. */
  setCategory(name: string, language: string, category: Category, detail?: { coming?: boolean }): void
  /** Changes the quality and tells it by `message_template_quality_update`. */
  setQuality(name: string, language: string, quality: KeptTemplate['quality']): void
}

export function makeTemplateBook(given: readonly Template[], ids: Ids, webhooks: Webhooks, now: () => number): TemplateBook {
  const kept = new Map<string, KeptTemplate>()
  const key = (name: string, language: string) => `${name}\n${language}`
  const need = (name: string, language: string): KeptTemplate => {
    const found = kept.get(key(name, language))
    if (!found) throw new Error(`the simulator has no template ${name} in ${language}`)
    return found
  }
  const tell = (field: string, template: KeptTemplate, rest: Fields) =>
    webhooks.push({
      field,
      part: field,
      items: [template.id],
      value: {
        message_template_id: Number(template.id),
        message_template_name: template.name,
        message_template_language: template.language,
        ...rest,
      },
    })
  const book: TemplateBook = {
    list: () => [...kept.values()],
    find: (name, language) => kept.get(key(name, language)),
    put(template) {
      const whole: KeptTemplate = { status: 'APPROVED', parameter_format: 'POSITIONAL', id: ids.template(), quality: 'GREEN', ...template }
      kept.set(key(whole.name, whole.language), whole)
      return whole
    },
    setStatus(name, language, status, detail = {}) {
      const template = need(name, language)
      template.status = status
      tell('message_template_status_update', template, {
        event: status,
        reason: detail.reason ?? (status === 'REJECTED' ? 'INCORRECT_CATEGORY' : 'NONE'),
        message_template_category: template.category,
        ...(status === 'DISABLED' ? { disable_info: { disable_date: String(Math.floor(now() / 1000)) } } : {}),
        ...(status === 'PAUSED'
          ? { other_info: { title: detail.pause ?? 'FIRST_PAUSE', description: 'Paused because of its low quality.' } }
          : {}),
      })
    },
    setCategory(name, language, category, { coming = false } = {}) {
      const template = need(name, language)
      const previous = template.category
      if (!coming) template.category = category
      tell(
        'template_category_update',
        template,
        coming
          ? { correct_category: category, new_category: previous, category_update_timestamp: Math.floor(now() / 1000) + 86_400 }
          : { previous_category: previous, new_category: category },
      )
    },
    setQuality(name, language, quality) {
      const template = need(name, language)
      const previous = template.quality
      template.quality = quality
      tell('message_template_quality_update', template, { previous_quality_score: previous, new_quality_score: quality })
    },
  }
  for (const template of given) book.put(template)
  return book
}

/** `GET /{waba}/message_templates`, filtered as asked (name, language, status, category) and paged by `limit` and `after`. */
export function listTemplates(book: TemplateBook, query: URLSearchParams, settings: Settings, origin: string, path: string): Fields {
  const wanted = (field: 'name' | 'language' | 'status' | 'category') => (template: KeptTemplate) =>
    !query.get(field) || template[field].toLowerCase() === query.get(field)?.toLowerCase()
  const all = book.list().filter(wanted('name')).filter(wanted('language')).filter(wanted('status')).filter(wanted('category'))
  const from = Number(Buffer.from(query.get('after') ?? '', 'base64').toString() || 0)
  if (Number.isNaN(from)) throw new GraphError(100, 'Invalid cursor.')
  const size = Number(query.get('limit') ?? 25)
  const data = all.slice(from, from + size).map(({ quality, ...shown }) => ({ ...shown, quality_score: { score: quality } }))
  const cursor = (n: number) => Buffer.from(String(n)).toString('base64')
  const more = from + size < all.length
  const next = `${origin}${path}?limit=${size}&after=${encodeURIComponent(cursor(from + size))}`
  return data.length === 0
    ? { data: [] }
    : {
        data,
        paging: { cursors: { before: cursor(from), after: cursor(Math.min(from + size, all.length)) }, ...(more ? { next } : {}) },
        ...(query.get('summary') ? { summary: { message_template_count: all.length, waba: settings.businessAccountId } } : {}),
      }
}

/** What the phone will show, with the values filled in. */
export interface FilledTemplate {
  readonly template: KeptTemplate
  readonly text: string
  readonly buttons: readonly { label: string; payload: string | undefined; url: string | undefined }[]
}

/** Checks a template message against the template as the platform does, and fills it in. Throws `GraphError` 132000…132016, 131008. */
export function fillTemplate(book: TemplateBook, asked: Fields): FilledTemplate {
  const name = textOf(asked.name)
  const language = textOf(fieldsOf(asked.language).code)
  if (name === '') throw new GraphError(131008, "Required parameter is missing: template['name'].")
  if (language === '') throw new GraphError(131008, "Required parameter is missing: template['language']['code'].")
  const template = book.find(name, language)
  if (!template || template.status === 'PENDING' || template.status === 'REJECTED') {
    throw new GraphError(132001, `template name (${name}) does not exist in ${language}`)
  }
  if (template.status === 'PAUSED') throw new GraphError(132015)
  if (template.status === 'DISABLED') throw new GraphError(132016)
  const given = listOf(asked.components).map(fieldsOf)
  const part = (type: 'HEADER' | 'BODY') => {
    const text = template.components.find((component) => component.type === type)?.text ?? ''
    const values = given.find((component) => textOf(component.type).toLowerCase() === type.toLowerCase())
    return fillText(type.toLowerCase(), text, listOf(values?.parameters).map(fieldsOf))
  }
  const footer = template.components.find((component) => component.type === 'FOOTER')?.text ?? ''
  const text = [part('HEADER'), part('BODY'), footer].filter((line) => line !== '').join('\n\n')
  const buttons = template.components.flatMap((component) => component.buttons ?? [])
  return { template, text, buttons: buttons.map((button, index) => fillButton(button, index, given)) }
}

const variable = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g

function fillText(place: string, text: string, values: readonly Fields[]): string {
  const names = [...new Set([...text.matchAll(variable)].map((match) => match[1] ?? ''))]
  const texts = values.filter((value) => ['text', 'currency', 'date_time', ''].includes(textOf(value.type)))
  if (texts.length !== names.length) {
    throw new GraphError(
      132000,
      `${place}: number of localizable_params (${texts.length}) does not match the expected number of params (${names.length})`,
    )
  }
  const named = names.some((name) => !/^\d+$/.test(name))
  const chosen = new Map<string, string>()
  names.forEach((name, index) => {
    const value = named ? texts.find((one) => one.parameter_name === name) : texts[positionOf(name, index)]
    if (named && !value) throw new GraphError(100, 'Parameter name is missing or empty')
    const filled =
      textOf(value?.text) || textOf(fieldsOf(value?.currency).fallback_value) || textOf(fieldsOf(value?.date_time).fallback_value)
    if (filled === '') throw new GraphError(131008, `${place}: parameter ${name} has no text.`)
    if (/[\n\t]| {5,}/.test(filled)) throw new GraphError(132012, `${place}: parameter ${name} has new-line, tab or more than 4 spaces.`)
    chosen.set(name, filled)
  })
  const whole = text.replace(variable, (_, name: string) => chosen.get(name) ?? '')
  if (whole.length > 1024) throw new GraphError(132005, `${place}: translated text too long`)
  return whole
}

const positionOf = (name: string, index: number): number => (/^\d+$/.test(name) ? Number(name) - 1 : index)

function fillButton(button: TemplateButton, index: number, given: readonly Fields[]): FilledTemplate['buttons'][number] {
  const component = given.find((one) => textOf(one.type).toLowerCase() === 'button' && String(one.index) === String(index))
  const value = fieldsOf(listOf(component?.parameters)[0])
  const takesValue = button.url?.includes('{{1}}') ?? button.type === 'COPY_CODE'
  if (takesValue && !component)
    throw new GraphError(131008, `buttons: Button at index ${index} of type ${button.type} requires a parameter`)
  const filled = textOf(value.text)
  return {
    label: button.text,
    payload: button.type === 'QUICK_REPLY' ? textOf(value.payload) || button.text : undefined,
    url: button.url?.replace('{{1}}', filled),
  }
}
