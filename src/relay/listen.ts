/**
 * Where nobody calls: the worker that holds the channel listens to it. Each batch is durable before its place is kept, so that whatever
 * happens in between comes again, under the same ids. What breaks is begun again, later and later; the channel's health hears of it.
 */
import type { Abilities } from '../core/channel.ts'
import { RelaisError } from '../core/errors.ts'
import type { Inbound } from '../core/event.ts'
import type { ChannelId } from '../core/ids.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { Store } from '../core/store.ts'
import { type Loop, startLoop } from './loop.ts'

/** How often a worker looks whether the channel is still its own. */
const LOOK_MS = 1_000
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [1_000, 60_000]
/** Longer than this without a fault: the next one is a first one again. */
const STEADY_MS = 60_000

type Options = {
  readonly store: Pick<Store, 'place' | 'keepPlace'>
  readonly channel: ChannelId
  readonly open: Pick<Abilities, 'listen'>
  readonly clock: Clock
  readonly log: Log
  /** True while this worker holds the channel. */
  readonly leads: () => boolean
  /** Resolves once durable. */
  readonly submit: (channel: ChannelId, events: readonly Inbound[]) => Promise<void>
  /** Whether the channel can be listened to, each time that is found out. */
  readonly heard: (ok: boolean) => void
}

export const startListening = (options: Options): Loop => {
  const { store, channel, open, clock, log } = options
  let running: { readonly abort: AbortController; readonly ended: Promise<void> } | null = null
  let pause = 0
  let againAt = 0

  const hear = async (signal: AbortSignal): Promise<void> => {
    const began = clock.now()
    try {
      await open.listen?.(
        await store.place(channel),
        async ({ events, place }) => {
          await options.submit(channel, events)
          // Once the channel is another's, so is its place.
          if (options.leads()) await store.keepPlace(channel, place)
          options.heard(true)
        },
        signal,
      )
      pause = 0
    } catch (error) {
      if (signal.aborted) return
      pause = clock.now() - began > STEADY_MS ? FIRST_PAUSE_MS : Math.min(pause * 2 || FIRST_PAUSE_MS, LONGEST_PAUSE_MS)
      againAt = clock.now() + pause
      options.heard(false)
      log.warn('channel.unheard', { channel, pauseMs: pause, error: nameOf(error) })
    }
  }

  const end = async (): Promise<void> => {
    running?.abort.abort()
    await running?.ended
  }

  const round = async (): Promise<boolean | number> => {
    if (!options.leads()) {
      await end()
      return false
    }
    if (running) return false
    if (clock.now() < againAt) return againAt
    const abort = new AbortController()
    const ended = hear(abort.signal).finally(() => {
      running = null
      loop.ring()
    })
    running = { abort, ended }
    return false
  }

  if (!open.listen) return { ring: () => {}, stop: () => Promise.resolve() }
  const loop = startLoop(`listen:${channel}`, round, { clock, log, pollMs: LOOK_MS })
  return {
    ring: loop.ring,
    stop: async () => {
      await loop.stop()
      await end()
    },
  }
}

const nameOf = (error: unknown): string => {
  if (error instanceof RelaisError) return `${error.code} ${error.detail}`
  return error instanceof Error ? error.name : 'unknown'
}
