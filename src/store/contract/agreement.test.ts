/** The model and PostgreSQL after the same random work hold the same rows. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { freshDatabase } from '../../../tests/support/postgres.ts'
import type { MessageId, VendorId } from '../../core/ids.ts'
import type { Change, Claimed, Gate, Job, Lease, Loaded, Settlement } from '../../core/store.ts'
import {
  arrive,
  att,
  type Bench,
  CHANNEL,
  came,
  countedIds,
  evt,
  jobRow,
  leased,
  msg,
  nothing,
  OTHER,
  open,
  RESULTS,
  ROOM,
  receipt,
  says,
  T0,
  timer,
  type Worker,
  wrote,
} from './bench.ts'
import type { Dump } from './dump.ts'
import { memoryBench } from './memory-bench.ts'
import { postgresBench } from './postgres-bench.ts'

type Plan = 'nothing' | 'say' | 'plan' | 'move' | 'stay' | 'hand-over' | 'think' | 'remind' | 'resend' | 'remove' | 'edit'
type Step =
  | { readonly do: 'arrive'; readonly who: readonly number[]; readonly id: number }
  | { readonly do: 'turn'; readonly plan: Plan }
  | { readonly do: 'claim'; readonly gate: Gate['type'] }
  | { readonly do: 'settle'; readonly nth: number; readonly result: keyof typeof RESULTS; readonly keep: boolean }
  | { readonly do: 'receipt'; readonly nth: number; readonly status: 'sent' | 'delivered' | 'read' | 'failed'; readonly byAttempt: boolean }
  | { readonly do: 'channel'; readonly state: 'healthy' | 'degraded' | 'cut' }
  | { readonly do: 'jobs'; readonly finish: boolean }
  | { readonly do: 'sweep' }
  | { readonly do: 'strand'; readonly limit: number }
  | { readonly do: 'wait'; readonly ms: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('arrive'), who: fc.subarray([0, 1, 2, 3], { minLength: 1, maxLength: 2 }), id: fc.nat(30) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('turn'),
      plan: fc.constantFrom<Plan>(
        'nothing',
        'say',
        'say',
        'say',
        'plan',
        'plan',
        'move',
        'stay',
        'hand-over',
        'think',
        'remind',
        'resend',
        'remove',
        'edit',
      ),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('claim'),
      gate: fc.constantFrom<Gate['type']>('send', 'send', 'send', 'wait', 'return', 'cancel'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('settle'),
      nth: fc.nat(5),
      keep: fc.boolean(),
      result: fc.constantFrom<keyof typeof RESULTS>('accepted', 'accepted', 'refused', 'postponed', 'unknown'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('receipt'),
      nth: fc.nat(8),
      status: fc.constantFrom('sent', 'delivered', 'read', 'failed'),
      byAttempt: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('channel'), state: fc.constantFrom('healthy', 'degraded', 'cut') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('jobs'), finish: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sweep') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('strand'), limit: fc.constantFrom(1, 10) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait'), ms: fc.constantFrom(1, 1000, 120_000) }) },
)

/** Each follows a plan of its own, and may go elsewhere. */
const planned = (change: Change): Change => {
  const reachOf = (first: MessageId) => ({ plan: 'default', step: 0, first, since: T0, relayed: false, passed: [] })
  return {
    ...change,
    messages: change.messages.map((row) => ({ ...row, reach: reachOf(row.id) })),
    outbox: change.outbox.map((row) => ({
      ...row,
      movable: true,
      body: { intent: { message: row.message, reach: reachOf(row.message) } },
    })),
  }
}

/** What a turn does depends on its contact, never on the order in which contacts come. */
const decideBy =
  (plan: Plan, n: number, at: number, seen: Dump) =>
  (loaded: Loaded): Change => {
    const name = `${n}-${loaded.contact}`
    const mine = seen.outbox.filter((row) => row.contact === loaded.contact)
    const base = nothing(loaded)
    switch (plan) {
      case 'say':
        return says(loaded, [`${name}-1`, `${name}-2`], {
          dueAt: at,
          automatic: n % 3 > 0,
          category: n % 4 ? 'service' : 'marketing',
          channel: n % 5 ? CHANNEL : OTHER,
        })
      case 'plan':
        return planned(says(loaded, [`${name}-1`, `${name}-2`], { dueAt: at }))
      case 'move': {
        const [row] = mine.filter(({ state }) => state === 'queued')
        if (!row) return base
        const change = says(loaded, [name], { dueAt: at, channel: OTHER })
        const patch = { message: row.message, vendorId: null, channel: row.channel, status: 'cancelled' as const, movedTo: msg(name) }
        return { ...change, outbox: change.outbox.map((one) => ({ ...one, place: row.message })), remove: [row.message], patches: [patch] }
      }
      case 'stay':
        return { ...base, stay: mine.map(({ message }) => ({ message, stuck: n % 2 === 0 })) }
      case 'hand-over':
        return { ...base, owner: n % 2 ? 'agents' : 'journey', epoch: loaded.epoch + 1, cancelBefore: loaded.epoch + 1, waitingSince: at }
      case 'think':
        return { ...base, jobs: [jobRow(name, loaded.epoch, n % 2 ? 'think' : 'call')] }
      case 'remind':
        return { ...base, timers: [timer(name, n % 2 ? 'timer' : 'send.due', at + 1000, { epoch: loaded.epoch })] }
      case 'resend':
        return { ...base, resend: mine.filter((row) => row.state === 'unknown').map(({ message }) => ({ message, dueAt: at })) }
      case 'remove':
        return { ...base, remove: mine.filter((row) => row.state === 'unknown').map((row) => row.message) }
      case 'edit':
        return {
          ...base,
          patches: mine.map(({ message }) => ({
            message,
            vendorId: null,
            channel: CHANNEL,
            content: { type: 'text', text: name },
            status: 'postponed',
          })),
        }
      case 'nothing':
        return base
    }
  }

/** One of the two stores, and what the story has in hand there. */
type Side = { readonly bench: Bench; readonly worker: Worker; readonly lease: Lease; readonly flying: Claimed[]; readonly jobs: Job[] }

const begin = async (bench: Bench): Promise<Side> => {
  const worker = await open(bench)
  return { bench, worker, lease: await leased(worker.store), flying: [], jobs: [] }
}

const gateOf = (type: Gate['type'], n: number, at: number): ((head: Claimed['head']) => Gate) => {
  if (type === 'wait') return () => ({ type, until: at + 1000, rule: 'pair' })
  if (type === 'return')
    return (head) => ({ type, event: timer(`back-${n}-${head.message}`, 'send.returned', at, { epoch: head.sendEpoch }) })
  if (type === 'cancel') return () => ({ type })
  return (head) => ({ type: 'send', attempt: att(`${n}-${head.message}`), opening: n % 2 === 0 })
}

const take = async ({ bench, worker: { store }, lease, flying, jobs }: Side, step: Step, n: number, at: number): Promise<unknown> => {
  switch (step.do) {
    case 'arrive':
      return arrive(
        store,
        {
          contacts: [
            wrote(
              step.who.map((who) => `+3360000000${who}`),
              `in-${step.id}`,
            ),
          ],
        },
        at,
      )
    case 'turn':
      return store.turn({ at, limit: 100 }, decideBy(step.plan, n, at, await bench.dump()))
    case 'claim': {
      const got = await store.claim({ lease, at, limit: 100 }, gateOf(step.gate, n, at))
      if (typeof got === 'string') return got
      flying.push(...got.toSorted((a, b) => (a.head.message < b.head.message ? -1 : 1)))
      return flying.length
    }
    case 'settle': {
      const one = flying[step.nth % Math.max(1, flying.length)]
      if (!one) return null
      // Some are settled twice: by their owner, and by a successor that took them for lost.
      if (!step.keep) flying.splice(flying.indexOf(one), 1)
      const result = RESULTS[step.result](one.attempt)
      const settlement: Settlement = came(one, result, undefined, at)
      return store.settle([settlement])
    }
    case 'receipt': {
      const { attempts } = await bench.dump()
      const attempt = attempts[step.nth % Math.max(1, attempts.length)]
      if (!attempt) return null
      const told = receipt(step.status, { target: `wamid.${attempt.id}` as VendorId, ...(step.byAttempt ? { attempt: attempt.id } : {}) })
      return arrive(store, { receipts: [told] }, at)
    }
    case 'channel':
      return arrive(
        store,
        { channels: [{ id: evt(`health-${n}`), channel: CHANNEL, at, change: { kind: 'health', state: step.state, reason: '' } }] },
        at,
      )
    case 'jobs': {
      const claimed = await store.claimJobs({ at, room: ROOM, running: jobs.map((job) => job.id) })
      jobs.push(...claimed.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
      const [job] = step.finish ? jobs.splice(0, 1) : []
      return job ? store.finishJob(job, timer(`done-${job.id}`, 'thought', at, { epoch: job.epoch })) : null
    }
    case 'sweep':
      return store.sweep(at)
    case 'strand':
      return store.strand(at, step.limit)
    case 'wait':
      return null
  }
}

/** Order between contacts is nobody's promise. */
const comparable = (dump: Dump): Dump => {
  const sorted = <T extends { contact: string }>(rows: readonly T[]) =>
    rows.toSorted((a, b) => (a.contact === b.contact ? 0 : a.contact < b.contact ? -1 : 1))
  return { ...dump, pending: sorted(dump.pending), outbox: sorted(dump.outbox), consents: sorted(dump.consents) }
}

/** Two merges in one turn, the second of which names as the other who has taken its own contact in meanwhile. */
const MERGES_CROSSED: Step[] = [
  { do: 'arrive', who: [0, 3], id: 0 },
  { do: 'arrive', who: [1], id: 0 },
  { do: 'arrive', who: [1, 3], id: 0 },
  { do: 'arrive', who: [0, 1], id: 0 },
  { do: 'turn', plan: 'nothing' },
]

it('holds the same rows in both stores after any work', async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
    const sides = [await begin(memoryBench(countedIds())), await begin(postgresBench(await freshDatabase(), countedIds()))] as const
    try {
      let at = T0
      for (const [n, one] of steps.entries()) {
        if (one.do === 'wait') at += one.ms
        const [model, real] = [await take(sides[0], one, n, at), await take(sides[1], one, n, at)]
        expect(real, `step ${n}: ${one.do}`).toEqual(model)
        expect(comparable(await sides[1].bench.dump()), `after step ${n}: ${one.do}`).toEqual(comparable(await sides[0].bench.dump()))
      }
    } finally {
      for (const side of sides) await side.bench.close()
    }
  })
  await fc.assert(property, { numRuns: 25, examples: [[MERGES_CROSSED]] })
})
