/** What a person stops and starts. */
import { AUTOMATION, HELD, type Pause, type Switch, type SwitchKind } from '../../core/store.ts'
import { switchNotices } from '../notice.ts'
import { applyChannels } from './channels.ts'
import { emit, type Shared } from './shared.ts'

const kindOf = (shared: Shared, what: string): Exclude<SwitchKind, 'webhook'> | null => {
  if (what === AUTOMATION) return 'automation'
  if (shared.channels.has(what as never)) return 'channel'
  return shared.engines.has(what as never) ? 'engine' : null
}

/** What waited for automation to go on is due. */
export const releaseHeld = (shared: Shared, at: number): void => {
  if (shared.pauses.has(AUTOMATION)) return
  for (const [id, row] of shared.pending) if (row.dueAt === HELD) shared.pending.set(id, { ...row, dueAt: at })
}

export const turnSwitch = (shared: Shared, change: Switch, at: number): SwitchKind | null => {
  const { id, what, paused, reason } = change
  const kind = kindOf(shared, what)
  if (kind === null || (change.kind !== undefined && change.kind !== kind)) return null
  if (kind === 'channel') {
    applyChannels(shared, [{ id, channel: what as never, at, change: { kind: 'paused', paused, reason } }], at)
    return kind
  }
  const turned = paused ? shared.pauses.get(what)?.reason !== reason : shared.pauses.has(what)
  if (paused && turned) shared.pauses.set(what, { reason, at: shared.pauses.get(what)?.at ?? at })
  if (!paused) shared.pauses.delete(what)
  if (turned) for (const notice of switchNotices(change, kind)) emit(shared, { ...notice, at, received: at })
  if (kind === 'automation') releaseHeld(shared, at)
  return kind
}

export const pausesOf = (shared: Shared): readonly Pause[] =>
  [...shared.pauses].map(([what, pause]) => ({ what, ...pause })).sort((a, b) => (a.what < b.what ? -1 : 1))

/** Of what the channel accepted in a stretch of time: how many, and of how many a receipt told. */
export const deliveryOf = (shared: Shared, channel: string, from: number, to: number): { accepted: number; told: number } => {
  const accepted = [...shared.attempts.values()].filter(
    (attempt) => attempt.channel === channel && attempt.result === 'accepted' && attempt.at >= from && attempt.at < to,
  )
  const messages = [...new Set(accepted.map((attempt) => attempt.message))].flatMap((id) => shared.messages.get(id) ?? [])
  return {
    accepted: messages.length,
    told: messages.filter((message) => (message.deliveredAt ?? message.readAt ?? message.failedAt) !== null).length,
  }
}
