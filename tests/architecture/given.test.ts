/** Clock, randomness, network and environment are given, so that a seed repeats a run exactly. Only the cli has them of its own. */
import { describe, expect, it } from 'vitest'
import { importsOf, isTest, reachesOf, readSources, type Source } from './source.ts'

const GLOBALS = new Set([
  'Date.now',
  'new Date()',
  'Math.random',
  'performance.now',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'fetch',
  'process.env',
  'crypto.randomUUID',
  'crypto.getRandomValues',
  'AbortSignal.timeout',
  'console.log',
  'console.warn',
  'console.error',
  'console.info',
])

const reaching = (source: Source): readonly string[] => [
  ...reachesOf(source, GLOBALS).map(({ name, line }) => `${source.path}:${line}: ${name}`),
  ...importsOf(source)
    .filter(({ from }) => /^node:timers/.test(from))
    .map(({ from, line }) => `${source.path}:${line}: ${from}`),
]

/** A file that must, with its reason. */
const ALLOWED: Readonly<Record<string, string>> = {
  'simulators/clocks.ts': 'makes the real clock that a simulator on a port is given',
  'src/channels/email/reader.ts': 'ends a thread that goes on for ever, whatever time it is in the house',
}

it('reach for no clock, chance, network or environment outside the cli', () => {
  const found = ['src', 'simulators']
    .flatMap((folder) => readSources(folder))
    .filter((source) => !isTest(source) && !source.path.startsWith('src/cli/') && !(source.path in ALLOWED))
    .flatMap(reaching)
  expect(found).toEqual([])
})

describe('the check', () => {
  const planted = (text: string) => reaching({ path: 'src/relay/turns.ts', text }).map((line) => line.split(': ')[1])

  it('catches each of them', () => {
    expect(planted('const at = Date.now()')).toEqual(['Date.now'])
    expect(planted('const at = new Date()')).toEqual(['new Date()'])
    expect(planted('export const roll = () => Math.random() < 0.5')).toEqual(['Math.random'])
    expect(planted('await fetch(url)')).toEqual(['fetch'])
    expect(planted('const send = { fetch }')).toEqual(['fetch'])
    expect(planted('globalThis.fetch(url)')).toEqual(['fetch'])
    expect(planted('const { PORT } = process.env')).toEqual(['process.env'])
    expect(planted("import { setTimeout } from 'node:timers/promises'")).toEqual(['node:timers/promises'])
  })

  it('lets pass what was given', () => {
    expect(planted('const ask = (fetch: Fetch) => fetch(url)')).toEqual([])
    expect(planted('const ask = ({ fetch }: Tools) => fetch(url)')).toEqual([])
    expect(planted('const ask = (tools: Tools) => { const { fetch } = tools; return fetch(url) }')).toEqual([])
    expect(planted('const ask = (tools: Tools) => tools.fetch(url)')).toEqual([])
    expect(planted('type Tools = { fetch: typeof fetch }')).toEqual([])
    expect(planted('const day = new Date(at)')).toEqual([])
    expect(planted("// Date.now()\nconst words = 'Math.random'")).toEqual([])
  })

  it('sees a global in a file that was given one of the same name elsewhere', () => {
    expect(planted('const given = (fetch: Fetch) => fetch(a)\nconst own = () => fetch(b)')).toEqual(['fetch'])
  })
})
