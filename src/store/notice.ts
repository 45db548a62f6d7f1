/** What a change of a channel is told as: an event, and an alert where somebody must be woken. */
import type { ChannelArrival, Switch, SwitchKind } from '../core/store.ts'

const HEALTH = 'channel.health-changed'
const TEMPLATE = 'template.changed'
const GONE = ['paused', 'rejected', 'disabled', 'missing']

const toldAs = (change: Exclude<ChannelArrival['change'], { kind: 'unreadable' }>): { kind: string; alert: boolean } => {
  switch (change.kind) {
    case 'health':
      return { kind: HEALTH, alert: change.state !== 'healthy' }
    case 'quality':
      return { kind: HEALTH, alert: change.quality === 'red' }
    case 'paused':
    case 'limit':
      return { kind: HEALTH, alert: false }
    case 'template':
      return { kind: TEMPLATE, alert: GONE.includes(change.state) }
    case 'template-category':
      return { kind: TEMPLATE, alert: true }
    case 'unknown':
      return { kind: 'channel.unknown-event', alert: false }
  }
}

/** Whether the channel itself is another than before: not one of its templates, nor something that came in by it. */
export const isOfChannel = ({ change }: ChannelArrival): boolean =>
  !('name' in change) && change.kind !== 'unknown' && change.kind !== 'unreadable'

export const noticesOf = ({ id, change }: ChannelArrival): readonly { id: string; kind: string; data: object }[] => {
  if (change.kind === 'unreadable') return [{ id: `${id}:poison`, kind: 'alert', data: { about: 'poison', kind: change.kind } }]
  const { kind, alert } = toldAs(change)
  const told = { id, kind, data: change }
  return alert ? [told, { id: `${id}:alert`, kind: 'alert', data: { about: kind, ...change } }] : [told]
}

const SWITCHED: Readonly<Record<Exclude<SwitchKind, 'channel'>, string>> = {
  automation: 'automation.changed',
  engine: 'engine.health-changed',
  webhook: 'webhook.changed',
}

/** That all automation stands still, somebody has to know; what a person stops beside it, that person knows. */
export const switchNotices = (
  { id, what, paused, reason }: Switch,
  turned: Exclude<SwitchKind, 'channel'>,
): readonly { id: string; kind: string; data: object }[] => {
  const kind = SWITCHED[turned]
  const data = { ...(turned === 'automation' ? {} : { [turned]: what }), paused, reason }
  const told = { id, kind, data }
  return turned === 'automation' && paused ? [told, { id: `${id}:alert`, kind: 'alert', data: { about: kind, ...data } }] : [told]
}
