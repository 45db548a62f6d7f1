/** The whole of a question: traffic through both rulebooks, customers by their ways, a queue where a number is narrowed. */
import type { Digest } from '../core/ids.ts'
import type { Range, Recorded, RecordedMessage } from '../core/recorded.ts'
import type { Situation } from '../core/situation.ts'
import type { Rulebook } from '../policy/index.ts'
import { type Action, actionsFor } from './action.ts'
import type { Change, Declaration } from './change.ts'
import { type Customers, openReach, type Reachable } from './reach.ts'
import { type Loss, openTally, type Seen, type Tallied } from './tally.ts'
import { openQueue, type Waiting } from './throughput.ts'
import { createSeer, type Seer, type Verdict } from './verdict.ts'

export type WhatIf = Tallied & {
  readonly customers: Customers
  readonly waiting: Waiting | null
  readonly actions: readonly Action[]
  /** How many situations were really judged: the others were like one of them. */
  readonly judged: number
}

export type Traffic = Pick<Recorded, 'traffic' | 'situations' | 'ways' | 'seconds'>

/** Verdicts kept by digest: forgetting costs one more look at the store. */
const KEPT = 100_000

/** Gives each message its verdict; a situation is read once while it is remembered. */
const createReader = (seer: Seer, situations: Traffic['situations']) => {
  const known = new Map<string, Verdict>()
  const keyOf = ({ situation, at }: RecordedMessage): string => `${seer.eraOf(at)} ${situation}`
  return async (rows: readonly RecordedMessage[]): Promise<readonly Seen[]> => {
    const missing = new Set<Digest>(rows.filter((row) => !known.has(keyOf(row))).map((row) => row.situation))
    const read = new Map<string, Situation>()
    if (missing.size > 0) for (const { digest, content } of await situations([...missing])) read.set(digest, content)
    const seen = rows.flatMap((row): Seen[] => {
      const key = keyOf(row)
      const content = read.get(row.situation)
      const verdict = known.get(key) ?? (content ? seer.see(content, row.at) : undefined)
      if (!verdict) return []
      known.set(key, verdict)
      return [{ contact: row.contact, message: row.message, at: row.at, author: row.author, verdict }]
    })
    if (known.size > KEPT) known.clear()
    return seen
  }
}

export type Asked = {
  readonly before: Rulebook
  readonly after: Rulebook
  readonly change: Change
  readonly assume: Declaration
  readonly range: Range
  readonly channels: readonly Reachable[]
  /** Told after each batch how many messages were seen. */
  readonly onProgress?: (messages: number) => void
}

/** Runs a question over recorded traffic. Reads in batches; what it keeps grows with the kinds of situations, not with their number. */
export const askWhatIf = async (traffic: Traffic, asked: Asked): Promise<WhatIf> => {
  const seer = createSeer(asked.before, asked.after, asked.change, asked.assume)
  const read = createReader(seer, traffic.situations)
  const tally = openTally()
  const reach = openReach(asked.channels)
  const follow = async (losses: readonly Loss[]): Promise<void> => {
    if (losses.length === 0) return
    const ways = await traffic.ways(losses.map(({ contact }) => contact))
    reach.add(losses, new Map(ways.map((way) => [way.contact, way])))
  }
  let messages = 0
  await traffic.traffic(asked.range, async (rows) => {
    await follow(tally.add(await read(rows)))
    messages += rows.length
    asked.onProgress?.(messages)
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
