/** The account's message templates. https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview (read 2026-11-22) */
import type { VendorTemplate } from '../../core/channel.ts'
import { RelaisError } from '../../core/errors.ts'
import { categoryOf, countParameters, templateStateOf } from './account.ts'
import { getGraph, type Line } from './graph.ts'
import { refusalOf } from './refusals.ts'
import { type Json, readJson, readList, readText } from './wire.ts'

const PAGE = 100
/** An account has at most 6,000 templates. */
const PAGES = 60

const readTemplate = (item: Json): VendorTemplate => {
  const body = readList(item, 'components').find((component) => readText(component, 'type')?.toUpperCase() === 'BODY')
  return {
    name: readText(item, 'name') ?? '',
    language: readText(item, 'language') ?? '',
    state: templateStateOf(readText(item, 'status')),
    category: categoryOf(readText(item, 'category')),
    parameters: countParameters(readText(body, 'text') ?? ''),
  }
}

/** All of them, page by page. Throws `provider-refused` with the code. */
export const listTemplates = async (line: Line, signal: AbortSignal): Promise<readonly VendorTemplate[]> => {
  const found: VendorTemplate[] = []
  const fields = `fields=name,language,status,category,components&limit=${PAGE}`
  let after = ''
  for (let page = 0; page < PAGES; page++) {
    const { body, error, status } = await getGraph(line, `${line.config.businessAccountId}/message_templates?${fields}${after}`, signal)
    // An answer without the list says nothing: taken for an empty one, it would stop every template.
    if (error !== undefined || !Array.isArray(body?.data))
      throw new RelaisError('provider-refused', error === undefined ? `http-${status}` : `code ${refusalOf(error).code}`)
    found.push(...readList(body, 'data').map(readTemplate))
    const paging = readJson(body, 'paging')
    const cursor = readText(readJson(paging, 'cursors'), 'after')
    if (cursor === undefined || readText(paging, 'next') === undefined) break
    after = `&after=${encodeURIComponent(cursor)}`
  }
  return found
}
