/** Which template may stand in for free text once the service window is closed. */
import type { Category } from './situation.ts'
import type { Template } from './workspace.ts'

/** What it may ask for: the person's name, and what they had written about (also the first positional variable). */
export const STAND_IN: Readonly<Record<string, 'name' | 'topic'>> = { name: 'name', topic: 'topic', '1': 'topic' }

/** Whether a template belongs to a channel: to it alone, to its kind, or to all. */
export const isFor = ({ channel }: Pick<Template, 'channel'>, { id, kind }: { readonly id: string; readonly kind: string }): boolean =>
  channel === null || channel === id || channel === kind

/** Whether it may speak for a message of that category. `counted`: what the template counts as with the platform. */
export const maySpeakFor = (template: Template, category: Category, counted: Category = template.category): boolean =>
  template.replaces.includes('window-closed') &&
  (counted === category || (category === 'service' && counted === 'utility')) &&
  template.parameters.every((parameter) => parameter in STAND_IN)
