/** A choice as the channel can show it, and the option that an answer means. */
import type { Capabilities } from '../core/capability.ts'
import type { Choice, Content } from '../core/content.ts'
import type { Step } from '../core/journey.ts'
import type { Words } from '../core/language.ts'
import { placeIn } from '../core/numbered.ts'
import { distanceBetween, plain, tolerance } from '../core/spelling.ts'
import { wordsIn } from '../core/terms.ts'
import type { Pen } from './world.ts'

type Choose = Extract<Step, { kind: 'choose' }>
type Option = Choose['options'][number]

const OPEN_LIST: Words = { fr: 'Choisir', en: 'Choose' }

const shorten = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, Math.max(0, most - 1)).toWellFormed()}…`

const asButtons = (text: string, options: readonly Choice[], { buttons }: Capabilities): Content | null =>
  options.length <= buttons.count && text.length <= buttons.body && options.every(({ label }) => label.length <= buttons.label)
    ? { type: 'buttons', text, buttons: options.map(({ id, label }) => ({ id, label })) }
    : null

const asList = (text: string, options: readonly Choice[], button: string, { list }: Capabilities): Content | null => {
  if (options.length > list.rows || text.length > list.body || options.some(({ label }) => label.length > list.label)) return null
  const rows = options.map((option) =>
    option.description === undefined ? option : { ...option, description: shorten(option.description, list.description) },
  )
  return { type: 'list', text, button: shorten(button, list.button), rows }
}

const asText = (text: string, options: readonly Choice[]): Content => ({
  type: 'text',
  text: `${text}\n\n${options.map(({ label }, index) => `${index + 1}. ${label}`).join('\n')}`.trim(),
})

/** Buttons, else a list, else numbered text: whatever the channel's table allows. Platforms refuse two equal labels, so those are numbered. */
export const present = (step: Choose, pen: Pen, capabilities: Capabilities, language: string): Content => {
  const text = pen.text(step.say)
  const options = step.options.map((option) => ({
    id: option.id,
    label: pen.text(option.label),
    ...(option.description === undefined ? {} : { description: pen.text(option.description) }),
  }))
  const distinct = new Set(options.map(({ label }) => label)).size === options.length && options.every(({ label }) => label !== '')
  if (!distinct || text === '') return asText(text, options)
  const button = pen.text(step.button ?? OPEN_LIST) || (language === 'fr' ? OPEN_LIST.fr : OPEN_LIST.en)
  return offer(text, options, button, capabilities)
}

/** `button`: opens the list, where it becomes one. */
export const offer = (text: string, options: readonly Choice[], button: string, capabilities: Capabilities): Content =>
  asButtons(text, options, capabilities) ?? (button ? asList(text, options, button, capabilities) : null) ?? asText(text, options)

const labelsOf = (option: Option, pen: Pen): readonly string[] => {
  const written = typeof option.label === 'string' ? [option.label] : Object.values(option.label)
  return [pen.text(option.label), ...written].map(plain).filter((label) => label !== '')
}

/** The only option that `fits`, or null where none or several do. */
const only = (options: readonly Option[], fits: (option: Option) => boolean): Option | null => {
  const [first, second] = options.filter(fits)
  return first !== undefined && second === undefined ? first : null
}

/**
 * The option a message means: a tapped id; a label typed in any language, whatever its case and accents; its number, in digits or words;
 * a word or two that only one label has; a label with a typing error. null: none of them, or not clear which.
 */
export const chosen = (step: Pick<Choose, 'options'>, content: Content, pen: Pen): Option | null => {
  if (content.type === 'choice') return step.options.find(({ id }) => id === content.id) ?? null
  if (content.type !== 'text') return null
  const typed = plain(content.text)
  if (typed === '') return null
  const labels = new Map(step.options.map((option) => [option, labelsOf(option, pen)]))
  const exact = only(step.options, (option) => labels.get(option)?.includes(typed) === true)
  if (exact) return exact
  const numbered = placeIn(content.text, step.options.length)
  // “Two” is the option that begins with it before it is the second.
  const begins = (option: Option) => labels.get(option)?.some((label) => label.split(' ')[0] === numbered?.word) === true
  if (numbered) return only(step.options, begins) ?? step.options[numbered.place] ?? null
  if (/^\d+$/u.test(typed)) return null
  const words = wordsIn(content.text)
  const named = (option: Option) => labels.get(option)?.some((label) => words.every((word) => label.split(' ').includes(word))) === true
  const close = (option: Option) =>
    labels.get(option)?.some((label) => distanceBetween(typed, label, tolerance(label)) <= tolerance(label)) === true
  return only(step.options, named) ?? only(step.options, close)
}
