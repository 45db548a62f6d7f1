/** The template that stands in for free text once the service window is closed. */
import type { Content } from '../core/content.ts'
import type { Language } from '../core/language.ts'
import { fillPlaceholders } from '../core/placeholder.ts'
import type { Category } from '../core/situation.ts'
import { isFor, maySpeakFor, STAND_IN } from '../core/stand-in.ts'
import type { ChannelFacts } from '../core/store.ts'
import type { Template, Workspace } from '../core/workspace.ts'

/** Fills a template's text: `{{1}}` or `{{name}}` by the parameters given. */
export const renderTemplate = (template: Template, parameters: Readonly<Record<string, string>>): Content => ({
  type: 'template',
  name: template.name,
  language: template.language,
  parameters,
  text: fillPlaceholders(template.text, (name) => parameters[name] ?? ''),
  ...(template.buttons?.length ? { buttons: template.buttons } : {}),
})

/** What a template counts as: what the platform files it under, where that is told; but what we call marketing stays marketing. */
export const countedAs = (template: Pick<Template, 'name' | 'language'>, category: Category, channel: ChannelFacts): Category =>
  category === 'marketing' ? category : (channel.categories[`${template.name}/${template.language}`] ?? category)

const isUsable = (template: Template, channel: ChannelFacts, category: Category): boolean =>
  isFor(template, channel) &&
  maySpeakFor(template, category, countedAs(template, template.category, channel)) &&
  ['approved', 'unknown'].includes(channel.templates[`${template.name}/${template.language}`] ?? 'unknown')

/** The template that replaces a closed window, in the customer's language if there is one; null where none fits. */
export const windowTemplate = (
  workspace: Workspace,
  channel: ChannelFacts,
  category: Category,
  person: { readonly name: string; readonly topic: string; readonly language: Language },
): { content: Content; category: Category } | null => {
  const usable = workspace.templates.filter((template) => isUsable(template, channel, category))
  const template = usable.find((candidate) => candidate.language.startsWith(person.language)) ?? usable[0]
  if (!template) return null
  const parameters = Object.fromEntries(
    template.parameters.map((parameter) => [parameter, person[STAND_IN[parameter] as 'name' | 'topic']]),
  )
  return { content: renderTemplate(template, parameters), category: countedAs(template, template.category, channel) }
}
