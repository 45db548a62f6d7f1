/** Reach plans: the messages of one, and what waits for a channel that is cut or paused and may go another way. */
import type { EventId } from '../../core/ids.ts'
import type { PlanMessage } from '../../core/plan.ts'
import { firstsOf } from '../plan.ts'
import { addPending, emit, isStopped, type Queued, type Shared } from './shared.ts'

/** What the plans that these events speak of have come to, the first step first. */
export const plansOf = (shared: Shared, events: readonly { readonly body: unknown }[]): readonly PlanMessage[] =>
  firstsOf(events).flatMap((first) =>
    [...shared.messages.values()]
      .filter(({ id, reach }) => id === first || reach?.first === first)
      .sort((a, b) => (a.reach?.step ?? 0) - (b.reach?.step ?? 0))
      .flatMap(({ id, channel, status, movedTo, duplicateRisk, refusal }): PlanMessage[] =>
        status === 'received'
          ? []
          : [{ message: id, first, channel, status, inLine: shared.outbox.has(id), movedTo, duplicateRisk, putOff: refusal !== null }],
      ),
  )

export const strand = (shared: Shared, at: number, limit: number): number => {
  const news = [...shared.changes.values()].reduce((sum, changedAt) => sum + changedAt, 0)
  const waits = (row: Queued) => row.state === 'queued' && isStopped(shared, row.channel)
  const asked = [...shared.outbox.values()]
    .filter((row) => waits(row) && (row.movable === 'left' || (row.movable === 'stuck' && row.askedOf !== news)))
    .sort((a, b) => a.seq - b.seq)
    .slice(0, limit)
  for (const row of asked) {
    Object.assign(row, { movable: 'asked', askedOf: news })
    const { message, contact, channel, epoch, body } = row
    const told = { intent: 'intent' in body ? body.intent : null, epoch }
    addPending(shared, {
      id: `stranded:${message}` as EventId,
      contact,
      channel,
      kind: 'send.stranded',
      at,
      received: at,
      dueAt: at,
      body: told,
    })
  }
  if (!asked.length) {
    // Its event was set aside: nothing decides on it any more, and its contact's others go on.
    for (const row of shared.outbox.values())
      if (row.movable === 'asked' && row.state === 'queued' && !shared.pending.has(`stranded:${row.message}` as EventId))
        row.movable = 'stuck'
    tellKept(shared, at, waits)
  }
  return asked.length
}

/** Once for each cut: when all that could be asked for was asked for and decided. */
const tellKept = (shared: Shared, at: number, waits: (row: Queued) => boolean): void => {
  const rows = [...shared.outbox.values()].filter((row) => waits(row) && row.movable !== null)
  for (const [channel, kept] of Map.groupBy(rows, (row) => row.channel)) {
    const word = `stranded:${channel}:${shared.changes.get(channel) ?? 0}`
    if (kept.some(({ movable }) => movable !== 'stuck') || shared.seen.has(word)) continue
    shared.seen.set(word, at)
    emit(shared, { id: word, kind: 'alert', channel, at, received: at, data: { about: 'stranded', kept: kept.length } })
  }
}
