/** Which room may import which: one way, from the terminal down to the words. */
import { dirname, join } from 'node:path'
import { importsOf, isTest, type Source } from './source.ts'

const PURE = ['core'] as const

/** By room of `src/`: the rooms it may import besides itself. */
export const LAW: Readonly<Record<string, readonly string[]>> = {
  core: [],
  policy: PURE,
  journeys: PURE,
  knowledge: PURE,
  purpose: PURE,
  channels: PURE,
  engines: PURE,
  store: PURE,
  workspace: PURE,
  report: PURE,
  masking: PURE,
  shield: ['masking', 'core'],
  contacts: PURE,
  foresight: ['policy', 'report', 'masking', 'core'],
  compliance: ['policy', 'core'],
  evidence: ['report', 'masking', 'core'],
  continuity: ['policy', 'report', 'core'],
  relay: ['policy', 'journeys', 'knowledge', 'core'],
  http: ['relay', 'policy', 'journeys', 'knowledge', 'core'],
  // The simulation lives with the tests; `relais simulate` runs it.
  cli: [
    'http',
    'relay',
    'foresight',
    'compliance',
    'evidence',
    'continuity',
    'contacts',
    'report',
    'policy',
    'journeys',
    'knowledge',
    'purpose',
    'shield',
    'channels',
    'engines',
    'store',
    'workspace',
    'core',
    'simulators',
    'tests',
  ],
  // Written from the providers' public pages, so that a connector and its imitation never share one misreading.
  simulators: [],
}

/** Rooms that compute and touch nothing: no file, no socket, no process. */
const WITHOUT_IO = new Set([
  'core',
  'policy',
  'journeys',
  'knowledge',
  'purpose',
  'relay',
  'foresight',
  'compliance',
  'evidence',
  'continuity',
  'contacts',
  'report',
  'masking',
  'shield',
])
const IO =
  /^(?:node:(?:fs|http|https|net|tls|dgram|dns|child_process|worker_threads|timers|os|readline)(?:\/.*)?|pg|undici|pino|hono|@hono\/.*)$/

/** `src/relay/turns.ts` → `relay`, `simulators/wire.ts` → `simulators`. */
export const roomOf = (path: string): string => (path.startsWith('src/') ? (path.split('/')[1] ?? '') : (path.split('/')[0] ?? ''))

/** What a file imports against the law, one sentence each. */
export const strayImports = (source: Source): readonly string[] => {
  if (isTest(source)) return []
  const room = roomOf(source.path)
  return importsOf(source).flatMap(({ from, type, line }) => {
    const at = `${source.path}:${line}`
    if (!from.startsWith('.'))
      return WITHOUT_IO.has(room) && IO.test(from) && !type ? [`${at}: ${room} does no I/O, and imports ${from}`] : []
    const target = join(dirname(source.path), from)
    const other = roomOf(target)
    if (room === 'web') return other === 'web' || type ? [] : [`${at}: web imports ${target}, of which it may take types alone`]
    return other === room || LAW[room]?.includes(other) ? [] : [`${at}: ${room} may not import ${other} (${target})`]
  })
}
