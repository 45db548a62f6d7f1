/** A second provider, without a wire: it accepts, refuses or leaves one in the dark, delivers or not, tells or not, sooner or later. */
import type { Abilities, OpenChannel, Outgoing } from '../../src/core/channel.ts'
import type { ReceiptStatus } from '../../src/core/event.ts'
import type { AttemptId, ChannelId, VendorId } from '../../src/core/ids.ts'
import type { Refusal, SendResult } from '../../src/core/outcome.ts'
import type { Random } from './chance.ts'
import type { Timeline } from './timeline.ts'

export const SECOND = 'sms' as ChannelId

/** `silent` accepts and never delivers; `mute` delivers and never tells; `liar` tells of what it refused; `dark` gives no answer, and sends or not. */
export const MOODS = ['well', 'silent', 'mute', 'late', 'twice', 'liar', 'refuses', 'busy', 'dark', 'fails-later', 'clock-ahead'] as const
export type Mood = (typeof MOODS)[number]

export type Shown = { readonly attempt: AttemptId; readonly to: string; readonly text: string; readonly n: number; readonly at: number }
export type Receipt = { readonly target: VendorId; readonly attempt: AttemptId; readonly status: ReceiptStatus; readonly at: number }

export type Second = {
  readonly sends: readonly Shown[]
  /** What customers have on their phones. */
  readonly shown: readonly Shown[]
  mood: Mood
  open(alive: () => boolean): OpenChannel & Abilities
}

const refusal = (afterMs?: number): Refusal => ({
  class: afterMs === undefined ? 'never' : 'retry',
  code: afterMs === undefined ? '30006' : '503',
  detail: '',
  remedy: { fr: 'Rien.', en: 'Nothing.' },
  ...(afterMs === undefined ? {} : { afterMs }),
})

const HOUR = 3_600_000

/** `tell` hands a receipt to the house; it is told again until somebody took it. `next` counts what all providers were given. */
export const createSecond = (
  timeline: Timeline,
  random: Random,
  tell: (receipt: Receipt) => Promise<boolean>,
  next: () => number,
): Second => {
  const sends: Shown[] = []
  const shown: Shown[] = []
  let count = 0
  const insist = async (receipt: Receipt): Promise<void> => {
    if (!(await tell(receipt).catch(() => false))) timeline.after(2_000, () => void insist(receipt))
  }
  const says = (status: ReceiptStatus, target: VendorId, attempt: AttemptId, afterMs: number, skew = 0): void =>
    void timeline.after(afterMs, () => void insist({ target, attempt, status, at: timeline.now() + skew }))
  const deliver = (one: Shown, afterMs: number): void => void timeline.after(afterMs, () => shown.push({ ...one, at: timeline.now() }))

  const second: Second = {
    sends,
    shown,
    mood: 'well',
    open: (alive) => ({
      receive: async () => ({ events: [], reply: new Response(null) }),
      send: async ({ attempt, to, content }: Outgoing): Promise<SendResult> => {
        const { mood } = second
        await new Promise<void>((done) => timeline.after(random.below(80), done))
        if (!alive()) return new Promise<never>(() => {})
        count += 1
        const target = `sms.${count}` as VendorId
        const one: Shown = { attempt, to: to.value, text: 'text' in content ? (content.text ?? '') : '', n: next(), at: timeline.now() }
        if (mood === 'refuses') return { type: 'refused', refusal: refusal() }
        if (mood === 'busy' && random.chance(0.7)) return { type: 'postponed', refusal: refusal(1_000) }
        if (mood === 'liar' && random.chance(0.5)) {
          says('failed', target, attempt, 500)
          return { type: 'refused', refusal: refusal() }
        }
        sends.push(one)
        const [soon, hours] = [100 + random.below(3_000), random.below(5) * HOUR]
        if (mood === 'dark') {
          if (random.chance(0.5)) {
            deliver(one, soon)
            if (random.chance(0.5)) says('delivered', target, attempt, soon + random.below(300_000))
          }
          return { type: 'unknown', cause: 'timeout' }
        }
        if (mood === 'fails-later') says('failed', target, attempt, soon)
        else if (mood !== 'silent') {
          const when = mood === 'late' ? hours + soon : soon
          deliver(one, when)
          if (mood !== 'mute') says('delivered', target, attempt, when + 100, mood === 'clock-ahead' ? HOUR : 0)
          if (mood === 'twice') for (const status of ['sent', 'delivered', 'delivered'] as const) says(status, target, attempt, when + 200)
        }
        return { type: 'accepted', vendorId: target }
      },
    }),
  }
  return second
}
