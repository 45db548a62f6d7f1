/** Asks a channel's provider whether it answers, one question at a time, no longer than a send would wait. */
import { causeOf } from '../core/certainty.ts'
import type { Probing } from '../core/channel.ts'
import { RelaisError } from '../core/errors.ts'
import type { ChannelId } from '../core/ids.ts'
import type { Clock, Log } from '../core/ports.ts'

const TIMEOUT_MS = 20_000

export type Probe = {
  /** null where the channel is another worker's by now, or this one stops. */
  readonly ask: () => Promise<boolean | null>
  readonly stop: () => void
}

/** undefined where the connector cannot ask. */
export const keepProbe = (options: {
  readonly channel: ChannelId
  readonly open: Partial<Probing>
  readonly clock: Clock
  readonly log: Log
  /** True while this worker holds the channel. */
  readonly leads: () => boolean
}): Probe | undefined => {
  const { channel, open, clock, log } = options
  let stopped = false
  let abort = () => {}

  const tryAsking = async (): Promise<string | null> => {
    const controller = new AbortController()
    abort = () => controller.abort()
    const cancel = clock.after(TIMEOUT_MS, abort)
    try {
      await open.probe?.(controller.signal)
      return null
    } catch (error) {
      return error instanceof RelaisError ? `${error.code} ${error.detail}`.trim() : causeOf(error)
    } finally {
      cancel()
    }
  }
  if (!open.probe) return undefined
  return {
    ask: async () => {
      const fault = await tryAsking()
      if (stopped || !options.leads()) return null
      log.info('channel.probed', { channel, answers: fault === null, ...(fault === null ? {} : { error: fault }) })
      return fault === null
    },
    stop: () => {
      stopped = true
      abort()
    },
  }
}
