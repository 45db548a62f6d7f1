/** The whole of a question: traffic through both rulebooks, customers by their ways, a queue where a number is narrowed. */
import type { Digest } from '../core/ids.ts'
import type { Range, Recorded, RecordedMessage } from '../core/recorded.ts'
import type { Rulebook } from '../policy/index.ts'
import { type Action, actionsFor } from './action.ts'
import type { Change, Declaration } from './change.ts'
import { DigestTable } from './digest-table.ts'
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

export type Traffic = Pick<Recorded, 'traffic' | 'situations' | 'parts' | 'ways' | 'seconds'>

/** Situations that no rule can tell apart, by one of them. */
type Sort = { readonly key: string; readonly digest: Digest; parts: readonly string[] }
type Marked = { readonly digest: Digest; readonly marks: readonly string[] }

/** Sorts the situations of a range by what rules can tell apart, then gives each message the verdict of its sort. */
const sortSituations = async (seer: Seer, traffic: Traffic, range: Range, onRead: (count: number) => void) => {
  const sortOf = new DigestTable()
  const sorts: Sort[] = []
  const byKey = new Map<string, number>()
  const { groups } = seer

  /** Reads what stands behind marks that were never seen, by one situation that bears each. */
  const learn = async (rows: readonly Marked[]): Promise<void> => {
    const coming = groups.map(() => new Set<string>())
    const bearers = rows.filter(({ marks }) => {
      if (seer.alike(marks) !== null) return false
      const fresh = marks.map((mark, n) => !coming[n]?.has(mark))
      for (const [n, mark] of marks.entries()) coming[n]?.add(mark)
      return fresh.includes(true)
    })
    if (bearers.length === 0) return
    const marksOf = new Map(bearers.map(({ digest, marks }) => [digest, marks]))
    for (const { digest, parts } of await traffic.parts([...marksOf.keys()], groups)) seer.learn(marksOf.get(digest) ?? [], parts)
  }
  const sort = (rows: readonly Marked[]): Sort[] => {
    const fresh: Sort[] = []
    for (const { digest, marks } of rows) {
      const key = seer.alike(marks)
      if (key === null) continue
      let number = byKey.get(key)
      if (number === undefined) {
        const one: Sort = { key, digest, parts: [] }
        number = sorts.push(one) - 1
        byKey.set(key, number)
        fresh.push(one)
      }
      sortOf.set(digest, number)
    }
    return fresh
  }

  await traffic.situations(range, groups, async (rows) => {
    await learn(rows)
    const fresh = new Map(sort(rows).map((one) => [one.digest, one]))
    if (fresh.size > 0)
      for (const { digest, parts } of await traffic.parts([...fresh.keys()], groups)) {
        const one = fresh.get(digest)
        if (one) one.parts = parts
      }
    onRead(rows.length)
  })
  return (rows: readonly RecordedMessage[]): readonly Seen[] =>
    rows.flatMap(({ contact, message, at, author, situation }): Seen[] => {
      const found = sorts[sortOf.get(situation)]
      return found ? [{ contact, message, at, author, verdict: seer.see(found.parts, found.key, at) }] : []
    })
}

export type Asked = {
  readonly before: Rulebook
  readonly after: Rulebook
  readonly change: Change
  readonly assume: Declaration
  readonly range: Range
  readonly channels: readonly Reachable[]
  /** Told after each batch how many situations and messages were read: twice as many steps as messages, at most. */
  readonly onProgress?: (steps: number) => void
}

/** Runs a question over recorded traffic. Reads in batches; what it keeps grows with the kinds of situations, not with their number. */
export const askWhatIf = async (traffic: Traffic, asked: Asked): Promise<WhatIf> => {
  const seer = createSeer(asked.before, asked.after, asked.change, asked.assume)
  let steps = 0
  const onRead = (count: number): void => {
    steps += count
    asked.onProgress?.(steps)
  }
  const read = await sortSituations(seer, traffic, asked.range, onRead)
  const tally = openTally()
  const reach = openReach(asked.channels)
  const follow = async (losses: readonly Loss[]): Promise<void> => {
    if (losses.length === 0) return
    const ways = await traffic.ways(losses.map(({ contact }) => contact))
    reach.add(losses, new Map(ways.map((way) => [way.contact, way])))
  }
  await traffic.traffic(asked.range, async (rows) => {
    await follow(tally.add(read(rows)))
    onRead(rows.length)
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
