/**
 * What the house counts as it works. Whoever does the work calls one of these; what can be read from the store (queue age, outbox, poison,
 * health) is read when somebody asks and not counted here. Labels are ids of the set-up, never of people.
 */
import type { Outcome } from './decision.ts'
import type { Left } from './guard.ts'
import type { ChannelId, EngineId } from './ids.ts'
import type { SendResult } from './outcome.ts'

/** `intake`: webhook read to durable. `turn`: one batch of contacts. `send`: one try at the provider. `receipt`: sent to delivered, by the provider's clock. */
export type Stage = 'intake' | 'turn' | 'send' | 'receipt'

export type Metrics = {
  /** Events a channel gave us, by kind: `message`, `receipt`, … ; `unknown` is something new or foreign. */
  received(channel: ChannelId, kind: string): void
  /** What one try at sending came to. */
  sent(channel: ChannelId, result: SendResult['type']): void
  decided(outcome: Outcome): void
  /** What an engine did when it was asked: `answered`, `abstained`, or why it failed. */
  engine(engine: EngineId, result: string, ms: number): void
  /** What an engine was given of people, by kind. */
  left(engine: EngineId, left: Left): void
  engineHealth(engine: EngineId, healthy: boolean): void
  /** What one try at an outgoing webhook came to. */
  webhook(id: string, result: 'delivered' | 'failed'): void
  took(stage: Stage, ms: number): void
  /** A reach plan went on from this channel to its next one. */
  moved(channel: ChannelId): void
  /** Somebody went from one channel to another, or was offered to: `offered`, `opened`, `coded`, … */
  crossed(channel: ChannelId, how: string): void
  /** A message was delivered here after its plan had gone on. */
  late(channel: ChannelId): void
}

export const silentMetrics: Metrics = {
  received() {},
  sent() {},
  decided() {},
  engine() {},
  left() {},
  engineHealth() {},
  webhook() {},
  took() {},
  moved() {},
  crossed() {},
  late() {},
}
