/** The whole of a question: traffic through both rulebooks, customers by their ways, a queue where a number is narrowed. */
import type { Range, Recorded, RecordedMessage } from '../core/recorded.ts'
import type { Rulebook } from '../policy/index.ts'
import { type Action, actionsFor } from './action.ts'
import type { Change, Declaration } from './change.ts'
import { type Customers, openReach, type Reachable } from './reach.ts'
import { type Loss, openTally, type Seen, type Tallied } from './tally.ts'
import { openQueue, type Waiting } from './throughput.ts'
import { createSeer, type Seer } from './verdict.ts'

export type WhatIf = Tallied & {
  readonly customers: Customers
  readonly waiting: Waiting | null
  readonly actions: readonly Action[]
  /** How many situations were really judged: the others were like one of them. */
  readonly judged: number
}

export type Traffic = Pick<Recorded, 'traffic' | 'situations' | 'ways' | 'seconds'>

/** Reads what stands behind marks that were never seen, by one message that bears each. */
const learn = async (seer: Seer, traffic: Traffic, rows: readonly RecordedMessage[]): Promise<void> => {
  const coming = new Set<string>()
  const bearers = rows.filter(({ marks }) => {
    const fresh = seer.unknown(marks).filter((mark) => !coming.has(mark))
    for (const mark of fresh) coming.add(mark)
    return fresh.length > 0
  })
  if (bearers.length === 0) return
  for (const marked of await traffic.situations(bearers.map(({ message }) => message))) seer.learn(marked)
}

const seen = (seer: Seer, { contact, message, at, author, marks }: RecordedMessage): readonly Seen[] => {
  const verdict = seer.see(marks, at)
  return verdict ? [{ contact, message, at, author, verdict }] : []
}

export type Asked = {
  readonly before: Rulebook
  readonly after: Rulebook
  readonly change: Change
  readonly assume: Declaration
  readonly range: Range
  readonly channels: readonly Reachable[]
  /** Told after each batch how many messages were read. */
  readonly onProgress?: (messages: number) => void
}

/** Runs a question over recorded traffic. Reads in batches; what it keeps grows with the kinds of situations, not with their number. */
export const askWhatIf = async (traffic: Traffic, asked: Asked): Promise<WhatIf> => {
  const seer = createSeer(asked.before, asked.after, asked.change, asked.assume)
  let read = 0
  const tally = openTally()
  const reach = openReach(asked.channels)
  const follow = async (losses: readonly Loss[]): Promise<void> => {
    if (losses.length === 0) return
    const ways = await traffic.ways(losses.map(({ contact }) => contact))
    reach.add(losses, new Map(ways.map((way) => [way.contact, way])))
  }
  await traffic.traffic(asked.range, async (rows) => {
    await learn(seer, traffic, rows)
    await follow(tally.add(rows.flatMap((row) => seen(seer, row))))
    read += rows.length
    asked.onProgress?.(read)
  })
  const { tallied, losses } = tally.close()
  await follow(losses)
  const waiting = asked.change.throughput === null ? null : await queue(traffic, asked.range, asked.change.throughput)
  const customers = reach.close()
  return { ...tallied, customers, waiting, judged: seer.judged(), actions: actionsFor(tallied, customers, waiting) }
}

const queue = async (traffic: Traffic, range: Range, limit: number): Promise<Waiting> => {
  const queued = openQueue(limit)
  await traffic.seconds(range, async (seconds) => queued.add(seconds))
  return queued.close()
}
