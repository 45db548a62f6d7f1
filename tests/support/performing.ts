/** The work behind jobs, with an engine that a simulator is and a thread that a test gives: no store, no network, no clock. */
import { createOpenAISimulator, type OpenAIOptions } from '../../simulators/openai/index.ts'
import { linkOf } from '../../src/cli/compose.ts'
import { guardOfNobody } from '../../src/cli/guarding.ts'
import { createPerformers } from '../../src/cli/performers.ts'
import { asId, type EngineId } from '../../src/core/ids.ts'
import { silentMetrics } from '../../src/core/metrics.ts'
import { silentLog } from '../../src/core/ports.ts'
import type { MessageView } from '../../src/core/reading.ts'
import type { EngineSetup } from '../../src/core/workspace.ts'
import { createBreakers } from '../../src/engines/breakers.ts'
import { indexPassages } from '../../src/knowledge/indexing.ts'
import { createMemorySource } from '../../src/knowledge/memory.ts'
import { contact, message } from './api.ts'
import { stillClock } from './rooms.ts'

type Options = Parameters<typeof createPerformers>[0]
export const MODEL = asId<EngineId>('model')
const WORKSPACE: Options['workspace'] = {
  name: 'Voyages Lumière',
  sector: 'travel',
  prompts: {},
  callHosts: [],
  channels: [],
  plans: { think: {}, reach: {} },
}

/** `workspace`: what is set up in it, above nothing. */
export const performersWith = ({
  workspace,
  ...more
}: Partial<Omit<Options, 'workspace'>> & { readonly workspace?: Partial<Options['workspace']> }) => {
  const clock = stillClock(0)
  return createPerformers({
    workspace: { ...WORKSPACE, ...workspace },
    env: {},
    fetch: async () => Response.error(),
    knowledge: createMemorySource(indexPassages([], [])),
    links: new Map(),
    breakers: createBreakers(clock.now),
    reading: { contact: async () => contact, messages: async () => ({ items: [], next: null }) },
    pauses: async () => [],
    purposeOf: () => 'service',
    channels: new Map(),
    keepMedia: async () => {},
    mediaFolder: '/nowhere',
    clock,
    metrics: silentMetrics,
    guardFor: async () => guardOfNobody({ country: 'FR', channels: [] }, () => 0.5),
    engineBudgets: { spentFor: async () => () => false },
    ...more,
  })
}

/** The engine `MODEL`, planned for every answer and for `tasks`; `asked`: what it was. */
export const modelWith = (
  answer: NonNullable<OpenAIOptions['answer']>,
  { setup: more, tasks = [] }: { readonly setup?: Partial<EngineSetup> | undefined; readonly tasks?: readonly string[] } = {},
) => {
  const clock = stillClock(0)
  const simulator = createOpenAISimulator({ clock, answer })
  const setup: EngineSetup = {
    id: MODEL,
    kind: 'openai-compatible',
    region: 'eu',
    trainsOnData: false,
    personalData: 'all',
    price: null,
    timeouts: { firstTokenMs: 1_000, totalMs: 5_000 },
    config: { baseUrl: 'http://engine.test/v1', model: 'simulated-small', stream: true, maxOutputTokens: 200, temperature: 0 },
    ...more,
  }
  const think = Object.fromEntries(['default', ...tasks].map((task) => [task, [MODEL]]))
  return {
    asked: simulator.ledger,
    links: new Map([[MODEL, linkOf(setup, (request) => simulator.fetch(request), clock, silentLog)]]),
    plans: { think, reach: {} },
  }
}

/** What was said so far, oldest first: by the customer and the business in turns, where `more` does not say otherwise. */
export const threadOf = (texts: readonly string[], more: (n: number) => Partial<MessageView> = () => ({})): Pick<Options, 'reading'> => ({
  reading: {
    contact: async () => contact,
    messages: async () => ({
      items: texts
        .map(
          (text, n): MessageView => ({
            ...message,
            direction: n % 2 ? 'out' : 'in',
            status: n % 2 ? 'sent' : 'received',
            content: { type: 'text', text },
            ...more(n),
          }),
        )
        .toReversed(),
      next: null,
    }),
  },
})
