/** The relay: the only room where things are made to happen. Intake in front; turns, jobs and one dispatch a channel behind it, around one store. */
import type { Abilities, OpenChannel } from '../core/channel.ts'
import type { ChannelId, Ids } from '../core/ids.ts'
import type { Metrics } from '../core/metrics.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { ChannelArrival, EngineChange, Store } from '../core/store.ts'
import { startClosing } from './closing.ts'
import { type Dispatch, RECONCILE_MS, startDispatch } from './dispatch.ts'
import { createIntake, type Intake } from './intake.ts'
import { type Performers, startJobs } from './jobs.ts'
import { startListening } from './listen.ts'
import { type Loop, startLoop } from './loop.ts'
import { startReplan } from './replan.ts'
import { startTurns } from './turns.ts'
import { startWatch } from './watch.ts'
import type { House } from './world.ts'

const SWEEP_MS = 2_000

export type Relay = {
  readonly intake: Intake
  /** Something new may be in the store: another process wrote it. */
  ring(): void
  /** An engine's health is another than before, as this process found out. */
  engineChanged(change: Omit<EngineChange, 'id' | 'at'>): void
  /** This worker's session with the store was lost: its channels may belong to others now. */
  lose(): void
  /** Channels this worker dispatches now. */
  leads(): readonly ChannelId[]
  /** Finishes what is in hand (sends too), begins nothing new. */
  stop(): Promise<void>
}

export type RelayOptions = {
  readonly store: Store
  /** Read anew for each turn: a reloaded workspace or rulebook counts from then on. */
  readonly house: () => House
  readonly channels: ReadonlyMap<ChannelId, OpenChannel & Abilities>
  readonly performers: Performers
  readonly clock: Clock
  readonly ids: Ids
  readonly random: () => number
  readonly log: Log
  readonly metrics: Metrics
  /** `web` takes in only; `worker` turns and sends only. */
  readonly role: 'all' | 'web' | 'worker'
  /** Called when other processes should look: after a commit that gives them work. */
  readonly onWork?: () => void
  /** After each batch of turns: what waits for an answer may look. */
  readonly onTurn?: () => void
  /** How long an unknown send waits for a receipt. */
  readonly reconcileMs?: number | undefined
}

export const startRelay = (options: RelayOptions): Relay => {
  const { store, house, clock, ids, random, log, metrics } = options
  const loops: Loop[] = []
  const dispatches = new Map<ChannelId, Dispatch>()
  let turns: Loop | null = null
  let jobs: Loop | null = null
  let replan: Loop | null = null
  /** One after the other: what was found out last is told last. */
  let telling: Promise<void> = Promise.resolve()

  const ring = () => {
    turns?.ring()
    jobs?.ring()
    replan?.ring()
    for (const dispatch of dispatches.values()) dispatch.ring()
  }
  const intake = createIntake({
    store,
    now: clock.now,
    metrics,
    onArrival: (channels) => {
      turns?.ring()
      if (channels) replan?.ring()
      options.onWork?.()
    },
  })
  if (options.role !== 'web') {
    const onSends = () => {
      for (const dispatch of dispatches.values()) dispatch.ring()
      options.onWork?.()
    }
    turns = startTurns({ store, house, clock, ids, log, metrics, onSends, onJobs: () => jobs?.ring(), onTurn: () => options.onTurn?.() })
    jobs = startJobs({ store, performers: options.performers, clock, log, onDone: () => turns?.ring() })
    for (const [channel, open] of options.channels) {
      const capabilities = house().capabilities.get(channel)
      if (!capabilities) continue
      const tell = (change: ChannelArrival) => void intake.add([], [change]).catch(() => log.warn('health.unsaid', { channel }))
      const leads = () => dispatches.get(channel)?.leads() ?? false
      const watch = startWatch({ store, channel, open, house, clock, ids, log, leads, tell: (changes) => intake.add([], changes) })
      const heard = (ok: boolean) => dispatches.get(channel)?.listening(ok)
      const listening = startListening({ store, channel, open, clock, log, leads, submit: intake.submit, heard })
      loops.push(
        watch,
        listening,
        startClosing({ store, channel, house, clock, ids, log, leads, tell: (changes) => intake.add([], changes) }),
      )
      dispatches.set(
        channel,
        startDispatch({
          store,
          channel,
          open,
          capabilities,
          house,
          clock,
          ids,
          random,
          log,
          metrics,
          tell,
          onLease: () => {
            watch.begin()
            listening.ring()
          },
          onSettled: () => turns?.ring(),
          reconcileMs: options.reconcileMs ?? RECONCILE_MS,
        }),
      )
    }
    const sweep = startLoop(
      'sweep',
      async () => {
        await store.sweep(clock.now())
        return false
      },
      { clock, log, pollMs: SWEEP_MS },
    )
    replan = startReplan({ store, clock, log, onStranded: () => turns?.ring() })
    loops.push(turns, jobs, sweep, replan, ...dispatches.values())
  }
  return {
    intake,
    ring,
    engineChanged: (change) => {
      const told = { ...change, id: ids('evt'), at: clock.now() }
      telling = telling.then(() => store.engineChanged(told)).catch(() => log.warn('health.unsaid', { engine: change.engine }))
    },
    lose: () => {
      for (const dispatch of dispatches.values()) dispatch.lose()
    },
    leads: () => [...dispatches].filter(([, dispatch]) => dispatch.leads()).map(([channel]) => channel),
    stop: async () => {
      await intake.drain()
      await Promise.all(loops.map((loop) => loop.stop()))
      await telling
    },
  }
}
export type { Intake } from './intake.ts'
export type { Performers } from './jobs.ts'
export { endpointsOf, startOutside } from './outside.ts'
export type { House } from './world.ts'
