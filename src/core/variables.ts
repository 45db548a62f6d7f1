/** The names that a journey's texts and conditions may use. */
import type { Vocabulary } from './expression.ts'
import type { Step } from './journey.ts'

/** message.text, contact.name, answers.<each ask, and each kind of address that is collected>, and each call by its name: foreign data, whatever comes. */
export const vocabularyOf = (steps: readonly Step[]): Vocabulary => ({
  message: { text: 'string' },
  contact: { name: 'string' },
  answers: Object.fromEntries(
    steps.flatMap((step) =>
      step.kind === 'ask' ? [[step.ask, 'string'] as const] : step.kind === 'collect' ? [[step.collect, 'string'] as const] : [],
    ),
  ),
  ...Object.fromEntries(steps.flatMap((step) => (step.kind === 'call' ? [[step.call, 'dyn'] as const] : []))),
})

/** Names that a call may not take, since something else has them. */
export const RESERVED_NAMES: readonly string[] = ['message', 'contact', 'answers']

/** May `{{name}}` have a value? Of a call, any part may. */
export const isVariable = (name: string, vocabulary: Vocabulary): boolean => {
  const [first = '', second, ...rest] = name.split('.')
  const entry = Object.hasOwn(vocabulary, first) ? vocabulary[first] : undefined
  if (entry === 'dyn') return true
  return typeof entry === 'object' && second !== undefined && Object.hasOwn(entry, second) && rest.length === 0
}
