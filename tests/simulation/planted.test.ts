import { describe, expect, it } from 'vitest'
import { runSeed } from './run.ts'
import type { Plant } from './worker.ts'

/** What the oracles say of the first stories, over a store that breaks one promise. */
const noticed = async (plant: Plant, kind: string): Promise<boolean> => {
  for (let seed = 1; seed <= 80; seed++) if ((await runSeed(seed, plant)).faults.some((fault) => fault.startsWith(kind))) return true
  return false
}

it('lives the same story twice, to the last line of its trace', async () => {
  for (const seed of [1, 47, 190]) expect((await runSeed(seed)).trace).toBe((await runSeed(seed)).trace)
})

it('lives another story with another seed', async () => {
  expect((await runSeed(1)).trace).not.toBe((await runSeed(2)).trace)
})

describe('a broken promise is noticed', () => {
  it('where an acknowledged message is lost', async () => {
    let count = 0
    const plant: Plant = (store) => ({
      ...store,
      append: (arrivals, at) => store.append({ ...arrivals, contacts: arrivals.contacts.filter(() => ++count % 20 > 0) }, at),
    })
    expect(await noticed(plant, 'lost')).toBe(true)
  })

  it('where a send of a former owner goes after the hand-over', async () => {
    const plant: Plant = (store) => ({
      ...store,
      turn: (request, decide) => store.turn(request, (loaded, channels) => ({ ...decide(loaded, channels), cancelBefore: null })),
      claim: (request, gate) =>
        store.claim(request, (head, channel) => gate({ ...head, epoch: head.sendEpoch, owner: 'journey' }, channel)),
    })
    expect(await noticed(plant, 'hand-over')).toBe(true)
  })

  it('where an unknown send is repeated without a word', async () => {
    const plant: Plant = (store, shared) => ({
      ...store,
      settle: async (settlements) => {
        await store.settle(settlements)
        for (const { message, next } of settlements) {
          const row = shared.outbox.get(message)
          if (next.type === 'unknown' && row) row.state = 'queued'
        }
      },
    })
    expect(await noticed(plant, 'doubled')).toBe(true)
  })

  it('where a second send of a contact overtakes the first', async () => {
    const plant: Plant = (store, shared) => ({
      ...store,
      claim: (request, gate) => {
        for (const row of shared.outbox.values()) row.head = true
        return store.claim(request, gate)
      },
    })
    expect(await noticed(plant, 'line')).toBe(true)
  })

  it('where an offer goes although a STOP was acknowledged', async () => {
    const plant: Plant = (store) => ({
      ...store,
      turn: (request, decide) =>
        store.turn(request, (loaded, channels) => {
          const consents = { ...loaded.consents, 'whatsapp/marketing': 'given' } as const
          return { ...decide({ ...loaded, consents }, channels) }
        }),
      claim: (request, gate) =>
        store.claim(request, (head, channel) => gate({ ...head, consents: { ...head.consents, 'whatsapp/marketing': 'given' } }, channel)),
    })
    expect(await noticed(plant, 'stop')).toBe(true)
  })

  it('where a status goes back', async () => {
    const plant: Plant = (store, shared) => ({
      ...store,
      sweep: async (at) => {
        await store.sweep(at)
        for (const message of shared.messages.values()) if (message.status === 'delivered') message.status = 'sent'
      },
    })
    expect(await noticed(plant, 'status')).toBe(true)
  })

  it('where a send is never settled', async () => {
    const plant: Plant = (store) => ({ ...store, settle: () => Promise.resolve() })
    expect(await noticed(plant, 'unrest')).toBe(true)
  })

  it('where a decision is kept otherwise than it was judged', async () => {
    const plant: Plant = (store) => ({
      ...store,
      turn: (request, decide) =>
        store.turn(request, (loaded, channels) => {
          const change = decide(loaded, channels)
          return {
            ...change,
            decisions: change.decisions.map((one) => (one.outcome === 'refuse' ? { ...one, outcome: 'hold' as const } : one)),
          }
        }),
    })
    expect(await noticed(plant, 'otherwise')).toBe(true)
  })

  it('where a send has no decision', async () => {
    const plant: Plant = (store, shared) => ({
      ...store,
      settle: async (settlements) => {
        await store.settle(settlements)
        for (const { attempt } of settlements) {
          const row = shared.attempts.get(attempt)
          if (row) shared.decisions.delete(row.decision)
        }
      },
    })
    expect(await noticed(plant, 'undecided')).toBe(true)
  })
})
