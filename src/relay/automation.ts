/** While a person has stopped all automation (`relais pause ai`): what is the machine's, and what becomes of it. */
import type { ChannelId, EventId } from '../core/ids.ts'
import type { Refusal } from '../core/outcome.ts'
import type { ChannelFacts, Gate, Head } from '../core/store.ts'
import type { Bodies, Intent } from './event.ts'

/** Read in the transaction that decides, so that it holds everywhere at once. */
export const isStopped = (channels: ReadonlyMap<ChannelId, ChannelFacts>): boolean =>
  [...channels.values()].some((channel) => channel.automationPaused === true)

/** A journey, an engine, a reminder or a timer says it. The house's own notices go on: they tell the customer that people take over. */
export const isMachines = ({ automatic, author }: Pick<Intent, 'automatic' | 'author'>): boolean => automatic && author !== 'system'

/** Why it waits, for who asks after the message. */
export const STOPPED: Refusal = {
  class: 'retry',
  code: 'automation-paused',
  detail: '',
  remedy: {
    fr: 'Tout automatisme est en pause\u00a0: «\u00a0relais resume ai\u00a0» le remet en marche, et ce message part alors s’il a encore un sens.',
    en: 'All automation is paused: “relais resume ai” starts it again, and this message then leaves if it still makes sense.',
  },
}

const LOOK_AGAIN_MS = 60_000

/** Out of the line, for people go on in it. A second try keeps its place, where a receipt of the first finds it. */
export const standStill = (head: Head, intent: Intent, resent: boolean | undefined, channel: ChannelId, id: EventId, at: number): Gate => {
  if (resent) return { type: 'wait', until: at + LOOK_AGAIN_MS, rule: STOPPED.code }
  const body: Bodies['send.due'] = { intent, epoch: head.sendEpoch }
  return { type: 'return', event: { id, kind: 'send.due', channel, dueAt: at, body } }
}
