/** The whole of a question: traffic through both rulebooks, customers by their ways, a queue where a number is narrowed. */
import type { Range, Recorded, RecordedMessage } from '../core/recorded.ts'
import type { Rulebook } from '../policy/index.ts'
import { type Action, actionsFor } from './action.ts'
import type { Change, Declaration } from './change.ts'
import { type Customers, openReach, type Reachable } from './reach.ts'
import { type Loss, openTally, type Tallied } from './tally.ts'
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
  for (const marked of await traffic.situations(bearers.map(({ message }) => message))) seer.learn(marked)
}

/** Customers whose ways are asked for at once. */
const AT_ONCE = 500

export type Asked = {
  readonly before: Rulebook
  readonly after: Rulebook
  readonly change: Change
  readonly assume: Declaration
  readonly range: Range
  readonly channels: readonly Reachable[]
  /** Whether there is a channel for addresses of a kind; for every kind unless given. */
  readonly connectable?: (kind: string) => boolean
  /** Told after each batch how many messages were read. */
  readonly onProgress?: (messages: number) => void
}

/** Runs a question over recorded traffic. Reads in batches; what it keeps grows with the kinds of situations, not with their number. */
export const askWhatIf = async (traffic: Traffic, asked: Asked): Promise<WhatIf> => {
  const seer = createSeer(asked.before, asked.after, asked.change, asked.assume)
  let read = 0
  const tally = openTally()
  const reach = openReach(asked.channels)
  let losses: Loss[] = []
  const follow = async (): Promise<void> => {
    const lost = losses
    losses = []
    const ways = await traffic.ways(lost.map(({ contact }) => contact))
    reach.add(lost, new Map(ways.map((way) => [way.contact, way])))
  }
  await traffic.traffic(asked.range, async (rows) => {
    for (const [n, row] of rows.entries()) {
      let verdict = seer.see(row.marks, row.at)
      if (!verdict) {
        await learn(seer, traffic, rows.slice(n))
        verdict = seer.see(row.marks, row.at)
      }
      const loss = verdict && tally.add(row, verdict)
      if (loss) losses.push(loss)
    }
    if (losses.length >= AT_ONCE) await follow()
    read += rows.length
    asked.onProgress?.(read)
  })
  const { tallied, loss } = tally.close()
  if (loss) losses.push(loss)
  await follow()
  const waiting = asked.change.throughput === null ? null : await queue(traffic, asked.range, asked.change.throughput)
  const customers = reach.close()
  const setUp = {
    planned: asked.channels.filter(({ planned }) => planned).map(({ id }) => id),
    connectable: asked.connectable ?? (() => true),
  }
  return { ...tallied, customers, waiting, judged: seer.judged(), actions: actionsFor(tallied, customers, waiting, setUp) }
}

const queue = async (traffic: Traffic, range: Range, limit: number): Promise<Waiting> => {
  const queued = openQueue(limit)
  await traffic.seconds(range, async (seconds) => queued.add(seconds))
  return queued.close()
}
