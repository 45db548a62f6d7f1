/** The contract's imitated provider for the engines whose wire stands in `simulators/engines`. */
import { type Behaviour, createVendorSimulator, type Vendor } from '../../../simulators/engines/index.ts'
import { serve } from '../../../simulators/serve.ts'
import type { EngineTools, OpenEngine } from '../../core/engine.ts'
import { ANSWER, type Imitation, type Scenario, SECRET, WORDS } from './index.ts'

/** In the middle of a word of the answer. */
const MIDWAY = 4
const BEHAVIOURS: Readonly<Record<Scenario, Behaviour>> = {
  answers: { kind: 'answer', text: WORDS.answers },
  abstains: { kind: 'answer', text: WORDS.abstains },
  'cites-nothing-given': { kind: 'answer', text: WORDS['cites-nothing-given'] },
  'invents-a-link': { kind: 'answer', text: WORDS['invents-a-link'] },
  cut: { kind: 'unfinished', after: MIDWAY },
  reset: { kind: 'cut', after: MIDWAY },
  'fails-inside': { kind: 'fails-inside', after: MIDWAY },
  garbled: { kind: 'malformed', after: MIDWAY },
  'too-long': { kind: 'length', after: MIDWAY },
  filtered: { kind: 'filtered', after: MIDWAY },
  refuses: { kind: 'refuse' },
  'refuses-the-question': { kind: 'blocked' },
  'ends-strangely': { kind: 'strange' },
  unauthorised: { kind: 'unauthorised' },
  throttled: { kind: 'too-many', retryAfter: 7 },
  exhausted: { kind: 'quota' },
  overwhelmed: { kind: 'overloaded' },
  broken: { kind: 'failing' },
  'asks-too-much': { kind: 'too-long' },
  page: { kind: 'page' },
  'error-page': { kind: 'page', status: 502 },
  silent: { kind: 'silent' },
}

/** `open` opens the engine under test on an address, with `SECRET` as its key. */
export const imitateVendor = async (
  vendor: Vendor,
  open: (url: string, tools: EngineTools, streams: boolean) => OpenEngine,
): Promise<Imitation> => {
  const simulator = createVendorSimulator(vendor, {
    clock: { now: () => 1_790_000_000_000, after: () => () => {} },
    apiKey: SECRET,
    usage: { input: 210, output: 17 },
    answer: () => WORDS.answers,
  })
  let arrived = Promise.withResolvers<void>()
  let held: Promise<void> = Promise.resolve()
  const served = await serve({
    handle: async (call) => {
      const answer = await simulator.handle(call)
      if ('broken' in answer) {
        arrived.resolve()
        arrived = Promise.withResolvers()
      }
      return answer
    },
  })
  return {
    answer: ANSWER,
    open: (tools, streams) => open(served.url, tools, streams),
    play: (scenario) => {
      simulator.always(BEHAVIOURS[scenario])
      held = arrived.promise
    },
    held: () => held,
    close: () => served.close(),
  }
}
