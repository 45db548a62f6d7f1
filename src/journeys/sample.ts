/** What the tests of this room share: a journey, a world, and a run to speak with. */
import { type Capabilities, WITHOUT_CHOICES } from '../core/capability.ts'
import { type Content, wordsOf } from '../core/content.ts'
import { asId } from '../core/ids.ts'
import type { Journey, JourneyAction, JourneyInput, JourneyOutcome, JourneyStart, JourneyState, Step } from '../core/journey.ts'
import { begin, step } from './step.ts'
import type { JourneyWorld } from './world.ts'

const HOUR = 3_600_000

export const RICH: Capabilities = {
  identities: ['web'],
  text: 4096,
  buttons: { count: 3, label: 20, body: 1024 },
  list: { rows: 10, label: 24, description: 72, button: 20, body: 4096 },
  link: null,
  media: {},
  templates: true,
  standing: false,
  reactions: false,
  receipts: 'none',
  typing: false,
  echoesAttempt: false,
  idempotent: false,
  windowHours: null,
  rates: { perSecond: 1, pair: null },
}
export const PLAIN: Capabilities = {
  ...RICH,
  ...WITHOUT_CHOICES,
  templates: false,
}

export const WORLD: JourneyWorld = {
  language: 'fr',
  fallback: 'fr',
  contact: { name: 'Zoé' },
  capabilities: RICH,
  templates: [],
  startsAnother: false,
}

export const journeyOf = (steps: readonly Step[], starts: readonly JourneyStart[] = [], name = 'sample'): Journey => ({
  name,
  starts,
  steps,
  version: asId('v1'),
  file: `journeys/${name}.yaml`,
})

export const ORDER: Journey = journeyOf([
  {
    kind: 'ask',
    ask: 'order',
    say: { fr: 'Quel est votre numéro ?', en: 'What is your number?' },
    accept: '^[A-Z]{2}\\d{6}$',
    otherwise: { fr: 'Par exemple VL204518.', en: 'Such as VL204518.' },
    expires: 24 * HOUR,
  },
  { kind: 'call', call: 'order', method: 'GET', url: `\${ORDERS}/orders/{{answers.order}}` },
  { kind: 'say', say: { fr: 'Commande {{order.id}} : {{order.status}}.', en: 'Order {{order.id}}: {{order.status}}.' } },
  {
    kind: 'choose',
    say: { fr: 'Autre chose ?', en: 'Anything else?' },
    options: [
      { id: 'done', label: { fr: 'Non, merci', en: 'No, thanks' }, go: 'end' },
      { id: 'human', label: { fr: 'Un conseiller', en: 'A person' }, go: 'hand' },
    ],
    expires: 24 * HOUR,
  },
  { kind: 'hand', hand: 'agents', at: 'hand' },
])

export const text = (words: string): Content => ({ type: 'text', text: words })

/** A conversation with one journey: each call gives its outcome and keeps the state. */
export const talk = (journey: Journey, world: Partial<JourneyWorld> = {}) => {
  let state: JourneyState | null = begin(journey, 1)
  const give = (input: JourneyInput, changed: Partial<JourneyWorld> = {}): JourneyOutcome => {
    if (state === null) throw new Error('The run is over.')
    const outcome = step(journey, state, input, { ...WORLD, ...world, ...changed })
    state = outcome.state
    return outcome
  }
  return {
    give,
    start: (words = 'bonjour') => give({ type: 'start', content: text(words) }),
    write: (words: string) => give({ type: 'message', content: text(words) }),
    tap: (id: string) => give({ type: 'message', content: { type: 'choice', id, label: id } }),
    ring: (action: JourneyAction | undefined) => {
      if (action?.type !== 'timer') throw new Error('No such timer was set.')
      return give({ type: 'timer', run: action.run, step: action.step, timer: action.timer, count: action.count })
    },
    state: () => state,
  }
}

/** The words said, and every other action by its name. */
export const told = (outcome: JourneyOutcome): readonly string[] =>
  outcome.actions.map((action) => {
    switch (action.type) {
      case 'say':
        return wordsOf(action.content)
      case 'timer':
        return `[${action.timer} ${action.afterMs / HOUR} h]`
      case 'hand':
        return `[hand: ${action.reason}]`
      case 'call':
        return `[call ${action.url}]`
      default:
        return `[${action.type}]`
    }
  })

export const timers = (outcome: JourneyOutcome, kind: 'wait' | 'expire' | 'remind') =>
  outcome.actions.filter((action) => action.type === 'timer' && action.timer === kind)
