/** The summary a person reads before they call somebody back: of whom it is asked, and of what. */
import { expect, it } from 'vitest'
import { createOpenAISimulator } from '../../simulators/openai/index.ts'
import { contact, message } from '../../tests/support/api.ts'
import { stillClock } from '../../tests/support/rooms.ts'
import { asId, type ChannelId, type ContactId, type EngineId } from '../core/ids.ts'
import { silentMetrics } from '../core/metrics.ts'
import { silentLog } from '../core/ports.ts'
import type { EngineSetup } from '../core/workspace.ts'
import { createBreakers } from '../engines/breakers.ts'
import { indexPassages } from '../knowledge/indexing.ts'
import { createMemorySource } from '../knowledge/memory.ts'
import { linkOf } from './compose.ts'
import { guardOfNobody } from './guarding.ts'
import { createPerformers } from './performers.ts'

const CALLS = asId<ChannelId>('calls')

const summarise = async (planned: boolean, more: Partial<EngineSetup> = {}) => {
  const clock = stillClock(0)
  const simulator = createOpenAISimulator({ clock, answer: () => 'Elle veut changer sa date [1].' })
  const setup: EngineSetup = {
    id: asId<EngineId>('model'),
    kind: 'openai-compatible',
    region: 'eu',
    trainsOnData: false,
    personalData: 'all',
    price: null,
    timeouts: { firstTokenMs: 1_000, totalMs: 5_000 },
    config: { baseUrl: 'http://engine.test/v1', model: 'simulated-small', stream: true, maxOutputTokens: 200, temperature: 0 },
    ...more,
  }
  const fetch = (request: Request) => simulator.fetch(request)
  // The last is a draft.
  const said = ['Je veux changer la date de mon voyage', 'Pour quel dossier ?', 'Votre place est gardée.']
  const performers = createPerformers({
    workspace: {
      name: 'Voyages Lumière',
      sector: 'travel',
      prompts: {},
      callHosts: [],
      channels: [],
      plans: { think: { default: [setup.id], ...(planned ? { summarise: [setup.id] } : {}) }, reach: {} },
    },
    env: {},
    fetch,
    knowledge: createMemorySource(indexPassages([], [])),
    links: new Map([[setup.id, linkOf(setup, fetch, clock, silentLog)]]),
    breakers: createBreakers(clock.now, () => {}),
    reading: {
      contact: async () => contact,
      messages: async () => ({
        items: said
          .map((text, n) => ({
            ...message,
            direction: n % 2 ? ('out' as const) : ('in' as const),
            status: n > 1 ? ('held' as const) : n % 2 ? ('sent' as const) : ('received' as const),
            content: { type: 'text' as const, text },
          }))
          .toReversed(),
        next: null,
      }),
    },
    pauses: async () => [],
    purposeOf: () => 'service',
    channels: new Map(),
    keepMedia: async () => {},
    mediaFolder: '/nowhere',
    clock,
    metrics: silentMetrics,
    guardFor: async () => guardOfNobody({ country: 'FR', channels: [] }, () => 0.5),
    engineBudgets: { spentFor: async () => () => false },
  })
  const request = { contact: asId<ContactId>('con_1'), channel: CALLS, language: 'fr' as const }
  const { text = null, attempts = [] } = (await performers.summarise?.(request, new AbortController().signal)) ?? {}
  return { summary: text, attempts, asked: simulator.ledger }
}

it('is made of the thread alone, by an engine that a plan names for it', async () => {
  const { summary, asked, attempts } = await summarise(true)
  expect(attempts, 'what it cost is told').toMatchObject([{ result: 'answered' }])
  expect(summary).toBe('Elle veut changer sa date.')
  expect(JSON.stringify(asked)).toContain('changer la date de mon voyage')
  expect(JSON.stringify(asked), 'nobody has heard of a draft').not.toContain('Votre place est gardée')
})

it('is asked of nobody where no plan names one, or where that one may not see personal data', async () => {
  for (const { summary, asked } of [await summarise(false), await summarise(true, { personalData: 'none' })]) {
    expect([summary, asked]).toEqual([null, []])
  }
})
