/** What befalls the house, as a list that can be shortened: each act after a pause. */
import type { FaultKind } from '../../simulators/whatsapp/index.ts'
import { createRandom, type Random } from './chance.ts'
import { PURPOSES } from './house.ts'
import { MOODS, type Mood } from './second.ts'

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
  /** Of the second channel, in a house with plans. */
  | { readonly act: 'mood'; readonly mood: Mood }
  | { readonly act: 'cut' | 'heal' | 'pause' | 'resume'; readonly second: boolean }
  | { readonly act: 'agrees' | 'withdraws' | 'text' | 'notice' | 'code'; readonly who: number; readonly n: number }

export type Step = { readonly after: number; readonly what: Act }
export type Story = {
  readonly people: number
  readonly engines: boolean
  /** There is a second channel, and plans that go on there. */
  readonly plans?: boolean
  readonly steps: readonly Step[]
}

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

const actOf = (random: Random, people: number, n: number, kinds = KINDS): Act => {
  const who = random.below(people)
  const act = random.pick(kinds)
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
    case 'mood':
      return { act, mood: random.pick(MOODS) }
    case 'cut':
    case 'heal':
    case 'pause':
    case 'resume':
      return { act, second: random.chance(0.4) }
    case 'agrees':
    case 'withdraws':
    case 'text':
    case 'notice':
    case 'code':
      return { act, who, n }
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

/** A house with two channels: what befalls one, and cuts, moods of the second provider, people who agree and withdraw. */
const MORE_KINDS: readonly Act['act'][] = [
  ...KINDS,
  ...Array<Act['act']>(4).fill('mood'),
  ...Array<Act['act']>(3).fill('cut'),
  ...Array<Act['act']>(4).fill('heal'),
  'pause',
  'resume',
  'resume',
  ...Array<Act['act']>(6).fill('agrees'),
  'withdraws',
  ...Array<Act['act']>(2).fill('text'),
  ...Array<Act['act']>(8).fill('notice'),
  ...Array<Act['act']>(2).fill('code'),
  ...Array<Act['act']>(3).fill('leap'),
]

export const plannedStoryOf = (seed: number): Story => {
  const random = createRandom(seed, 5)
  const people = 1 + random.below(4)
  const greetings = Array.from(
    { length: people },
    (_, who): Step => ({ after: 50, what: { act: 'write', who, text: `numéro ${900 + who}` } }),
  )
  const agreements = Array.from({ length: people }, (_, who): Step => ({ after: 900, what: { act: 'agrees', who, n: who } }))
  const steps = Array.from({ length: 20 + random.below(50) }, (_, n) => ({
    after: pauseOf(random),
    what: actOf(random, people, n, MORE_KINDS),
  }))
  return { people, engines: random.chance(0.3), plans: true, steps: [...greetings, ...agreements.slice(1), ...steps] }
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
