/** Everybody outside who is told what happens: the set-up's webhooks, and by mail who runs the house. One process at a time tells each. */
import type { OpenChannel } from '../core/channel.ts'
import type { ChannelId, Ids } from '../core/ids.ts'
import type { Metrics } from '../core/metrics.ts'
import type { Places } from '../core/outgoing.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { Reading } from '../core/reading.ts'
import type { Store } from '../core/store.ts'
import type { Workspace } from '../core/workspace.ts'
import { ALERT_MAILS, startAlerts } from './alerts.ts'
import type { Loop } from './loop.ts'
import { startWebhook } from './webhook.ts'

export type OutsideOptions = {
  readonly workspace: Pick<Workspace, 'name' | 'webhooks' | 'alerts'>
  readonly store: Pick<Store, 'channels'>
  readonly reading: Pick<Reading, 'journal' | 'message'>
  readonly channels: ReadonlyMap<ChannelId, OpenChannel>
  readonly places: Places
  readonly audit: (subject: string, data: object, at: number) => Promise<void>
  readonly fetch: (request: Request) => Promise<Response>
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly metrics: Metrics
}

/** Under which names the places of a set-up are kept. */
export const endpointsOf = ({ webhooks, alerts }: Pick<Workspace, 'webhooks' | 'alerts'>): readonly string[] => [
  ...webhooks.map(({ id }) => id),
  ...(alerts?.email.length ? [ALERT_MAILS] : []),
]

export const startOutside = (options: OutsideOptions): Pick<Loop, 'stop'> => {
  const { workspace, store, channels, metrics } = options
  const { webhooks, alerts } = workspace
  const loops: Loop[] = webhooks.map((setup) =>
    startWebhook({ ...options, setup, alerts: alerts?.webhook === setup.id, tried: (result) => metrics.webhook(setup.id, result) }),
  )
  const via = alerts?.via
  if (alerts?.email.length && via) {
    const channel = async () => {
      const facts = (await store.channels()).get(via)
      return facts?.paused || facts?.health === 'cut' ? null : (channels.get(via) ?? null)
    }
    loops.push(startAlerts({ ...options, setup: alerts, business: workspace.name, channel }))
  }
  return { stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))) }
}
