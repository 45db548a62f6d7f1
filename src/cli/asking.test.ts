/** Whoever asks engines asks within what is paused and spent: each of the callers, one by one. */
import { describe, expect, it } from 'vitest'
import { createOpenAISimulator } from '../../simulators/openai/index.ts'
import { contact, message } from '../../tests/support/api.ts'
import { stillClock } from '../../tests/support/rooms.ts'
import { asId, type ChannelId, type ContactId, type EngineId, type VendorId } from '../core/ids.ts'
import { silentMetrics } from '../core/metrics.ts'
import { silentLog } from '../core/ports.ts'
import type { StartedTaskKind } from '../core/task.ts'
import type { EngineSetup } from '../core/workspace.ts'
import { createBreakers } from '../engines/breakers.ts'
import { indexPassages } from '../knowledge/indexing.ts'
import { createMemorySource } from '../knowledge/memory.ts'
import { linkOf } from './compose.ts'
import { guardOfNobody } from './guarding.ts'
import { createPerformers } from './performers.ts'

const SITE = asId<ChannelId>('site')
const ANNA = asId<ContactId>('con_anna')
const MODEL = asId<EngineId>('model')

const open = (more: { readonly spent?: boolean; readonly paused?: string; readonly personalData?: 'none' | 'all' } = {}) => {
  const clock = stillClock(0)
  const simulator = createOpenAISimulator({ clock, answer: () => 'Elle veut changer sa date de départ [1].' })
  const setup: EngineSetup = {
    id: MODEL,
    kind: 'openai-compatible',
    region: 'eu',
    trainsOnData: false,
    personalData: more.personalData ?? 'all',
    price: null,
    timeouts: { firstTokenMs: 1_000, totalMs: 5_000 },
    config: { baseUrl: 'http://engine.test/v1', model: 'simulated-small', stream: true, maxOutputTokens: 200, temperature: 0 },
  }
  const fetch = (request: Request) => simulator.fetch(request)
  const askedFor: ContactId[] = []
  const passage = {
    id: 'p1',
    document: 'd',
    title: 'Dates',
    text: 'Changer la date de départ coûte 45 €.',
    language: 'fr',
    score: 1,
    also: '',
    position: 0,
  }
  const performers = createPerformers({
    workspace: {
      name: 'Voyages Lumière',
      sector: 'travel',
      prompts: {},
      callHosts: [],
      channels: [],
      plans: { think: { default: [MODEL], summarise: [MODEL], classify: [MODEL] }, reach: {} },
    },
    env: {},
    fetch,
    knowledge: createMemorySource(indexPassages([passage], [])),
    links: new Map([[MODEL, linkOf(setup, fetch, clock, silentLog)]]),
    breakers: createBreakers(clock.now, () => {}),
    reading: {
      contact: async () => contact,
      messages: async () => ({
        items: [
          {
            ...message,
            status: 'received' as const,
            direction: 'in' as const,
            content: { type: 'text' as const, text: 'Changer la date de mon départ ?' },
          },
        ],
        next: null,
      }),
    },
    pauses: async () => (more.paused ? [{ what: more.paused, reason: '', at: 0 } as never] : []),
    purposeOf: () => 'service',
    channels: new Map(),
    keepMedia: async () => {},
    mediaFolder: '/nowhere',
    clock,
    metrics: silentMetrics,
    guardFor: async () => guardOfNobody({ country: 'FR', channels: [] }, () => 0.5),
    engineBudgets: {
      spentFor: async (whom) => {
        askedFor.push(whom)
        return () => more.spent === true
      },
    },
  })
  const { signal } = new AbortController()
  const place = { contact: ANNA, channel: SITE, language: 'fr' as const }
  const question = { channel: SITE, message: 'v1' as VendorId, text: 'Changer la date de mon départ ?' }
  const task = (kind: StartedTaskKind, data = false) =>
    performers.task?.(
      {
        ...place,
        task: kind,
        instruction: null,
        matter: data ? { over: 'data', pieces: [{ title: 'claim', text: 'Départ le 3 mars.' }] } : { over: 'thread' },
      },
      signal,
    )
  const callers: Readonly<Record<string, () => Promise<{ readonly attempts: readonly object[] } | undefined>>> = {
    answer: () => performers.think({ ...place, question, visit: null, purpose: 'service' }, signal),
    'classify, then answer': () => performers.think({ ...place, question, visit: null, purpose: 'unsure' }, signal),
    'a summary for the call centre': async () => performers.summarise?.(place, signal),
    'a task over given data': () => task('draft', true) ?? Promise.resolve(undefined),
    'a draft at the desk': () => task('draft') ?? Promise.resolve(undefined),
    'replies at the desk': () => task('suggest') ?? Promise.resolve(undefined),
    'a summary at the desk': () => task('summarise') ?? Promise.resolve(undefined),
  }
  return { callers, ledger: simulator.ledger, askedFor, task }
}
const CALLERS = Object.keys(open().callers)

describe.each(CALLERS)('%s', (name) => {
  it('asks nothing of an engine whose budget is spent, and says so', async () => {
    const { callers, ledger, askedFor } = open({ spent: true })
    const told = await callers[name]?.()
    expect(ledger).toEqual([])
    expect(new Set(told?.attempts.map((one) => (one as { result: string }).result))).toEqual(new Set(['budget']))
    expect(askedFor, 'whose budget it is').toEqual([ANNA])
  })

  it('asks nothing of one that a person stopped, nor of any while all automation is', async () => {
    for (const paused of [MODEL, 'ai']) {
      const { callers, ledger } = open({ paused })
      await callers[name]?.()
      expect(ledger).toEqual([])
    }
  })

  it('asks one that may be asked', async () => {
    const { callers, ledger } = open()
    await callers[name]?.()
    expect(ledger.length).toBeGreaterThan(0)
  })
})

it('a task says why nobody worked on it', async () => {
  expect(await open({ spent: true }).task('draft', true)).toMatchObject({ text: null, why: 'budget' })
  expect(await open({ paused: MODEL }).task('draft', true)).toMatchObject({ text: null, why: 'paused' })
  expect(await open({ paused: 'ai' }).task('draft', true)).toMatchObject({ text: null, why: 'paused', attempts: [] })
  expect(await open({ personalData: 'none' }).task('draft', true)).toMatchObject({ text: null, why: 'no-engine' })
  expect(await open().task('draft', true)).toMatchObject({
    text: 'Elle veut changer sa date de départ.',
    why: null,
    engine: 'model',
    ai: true,
  })
})
