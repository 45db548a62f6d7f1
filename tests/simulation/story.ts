/** What befalls the house, as a list that can be shortened: each act after a pause. */
import type { FaultKind } from '../../simulators/whatsapp/index.ts'
import { createRandom, type Random } from './chance.ts'
import { PURPOSES } from './house.ts'

export type Act =
  | { readonly act: 'write'; readonly who: number; readonly text: string }
  | {
      readonly act:
        | 'tap'
        | 'read'
        | 'offline'
        | 'online'
        | 'stop-offers'
        | 'resume-offers'
        | 'edit'
        | 'revoke'
        | 'new-number'
        | 'ad'
        | 'consent'
      readonly who: number
    }
  | { readonly act: 'offer'; readonly who: number }
  | { readonly act: 'agent'; readonly who: number; readonly does: 'take' | 'reply' | 'give-back' | 'close' }
  | { readonly act: 'kill' | 'lose-session'; readonly worker: number }
  | { readonly act: 'ban' | 'reinstate' | 'red' | 'green' | 'upgrade' }
  | { readonly act: 'fault'; readonly kind: FaultKind; readonly probability: number; readonly code: number }
  | { readonly act: 'calm' }
  | { readonly act: 'weather'; readonly store: number }
  | { readonly act: 'leap'; readonly ms: number }

export type Step = { readonly after: number; readonly what: Act }
export type Story = { readonly people: number; readonly engines: boolean; readonly steps: readonly Step[] }

const FAULTS: readonly FaultKind[] = [
  'duplicate',
  'duplicate',
  'disordered',
  'late',
  'missing',
  'mis-signed',
  'too-many',
  '500',
  '503',
  'timeout',
  'reset',
  'accepted-timeout',
  'accepted-reset',
  'accepted-500',
  'truncated',
  'html',
  'slow',
  'statuses-first',
  'fails-later',
]
const WORDS = [
  'menu',
  'rappel',
  'long',
  'VL204518',
  'quels sont vos horaires ?',
  'STOP',
  'je veux parler à un conseiller',
  ...Object.keys(PURPOSES),
]
const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Few leave a story without one; weights by repetition. */
const KINDS: readonly Act['act'][] = [
  ...Array<Act['act']>(14).fill('write'),
  ...Array<Act['act']>(3).fill('tap'),
  ...Array<Act['act']>(3).fill('offer'),
  ...Array<Act['act']>(3).fill('agent'),
  ...Array<Act['act']>(2).fill('kill'),
  ...Array<Act['act']>(5).fill('fault'),
  ...Array<Act['act']>(2).fill('weather'),
  ...Array<Act['act']>(2).fill('leap'),
  'lose-session',
  ...Array<Act['act']>(4).fill('consent'),
  'read',
  'offline',
  'online',
  'stop-offers',
  'resume-offers',
  'edit',
  'revoke',
  'new-number',
  'ad',
  'ban',
  'reinstate',
  'reinstate',
  'red',
  'green',
  'upgrade',
  'calm',
  'calm',
]

const actOf = (random: Random, people: number, n: number): Act => {
  const who = random.below(people)
  const act = random.pick(KINDS)
  switch (act) {
    case 'write':
      return { act, who, text: random.chance(0.55) ? `numéro ${n}` : random.pick(WORDS) }
    case 'agent':
      return { act, who, does: random.pick(['take', 'reply', 'give-back', 'give-back', 'close']) }
    case 'kill':
    case 'lose-session':
      return { act, worker: random.below(2) }
    case 'ban':
    case 'reinstate':
    case 'red':
    case 'green':
    case 'upgrade':
    case 'calm':
      return { act }
    case 'fault':
      return { act, kind: random.pick(FAULTS), probability: random.pick([0.05, 0.2, 0.5, 1]), code: random.pick([131026, 131047]) }
    case 'weather':
      return { act, store: random.pick([0, 0.02, 0.1, 0.3]) }
    case 'leap':
      return { act, ms: random.pick([2 * MINUTE, 10 * MINUTE, HOUR, 5 * HOUR, 25 * HOUR]) }
    default:
      return { act, who }
  }
}

const pauseOf = (random: Random): number => {
  const kind = random.next()
  if (kind < 0.4) return random.below(30)
  if (kind < 0.8) return random.below(1500)
  return random.below(15_000)
}

export const storyOf = (seed: number): Story => {
  const random = createRandom(seed, 0)
  const people = 1 + random.below(4)
  const length = 15 + random.below(45)
  return {
    people,
    engines: random.chance(0.5),
    steps: Array.from({ length }, (_, n) => ({ after: pauseOf(random), what: actOf(random, people, n) })),
  }
}

/** One line an act. */
export const tell = ({ people, engines, steps }: Story): string =>
  [
    `${people} people, ${engines ? 'an engine answers' : 'everything is echoed'}`,
    ...steps.map(
      ({ after, what: { act, ...rest } }) =>
        `  +${after} ms ${act} ${Object.entries(rest)
          .map(([key, value]) => `${key}=${value}`)
          .join(' ')}`,
    ),
  ].join('\n')
