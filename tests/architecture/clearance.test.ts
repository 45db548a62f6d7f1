/** No text of a customer reaches an engine but through the chain, which asks `core/clearance.ts` first. */
import { expect, it } from 'vitest'
import { isTest, readSources } from './source.ts'

const MAY_ASK: Readonly<Record<string, string>> = {
  'src/engines/chain.ts': 'asks who is cleared before each call',
  'src/cli/examination/engines.ts': 'asks with a sentence of our own, never with a customer’s',
}

const asking = readSources('src')
  .filter((source) => !isTest(source))
  .filter(({ text }) => /\.perform\(/.test(text))

it('engines are asked in one place, and examined in another', () => {
  expect(asking.map(({ path }) => path).sort()).toEqual(Object.keys(MAY_ASK).sort())
})

it('that place asks who may read', () => {
  expect(asking.find(({ path }) => path === 'src/engines/chain.ts')?.text).toContain('barsOf(setup, kind.inProcess)')
})

it('that place asks through the guard, and nothing of what an engine says passes beside it', () => {
  const text = asking.find(({ path }) => path === 'src/engines/chain.ts')?.text ?? ''
  expect(text).toContain('request.guard(request.prompt(id), link.setup, link.kind.inProcess === true)')
  expect(text).toContain('hearing.push(event.text)')
})

it('whoever asks the chain gives it the shield', () => {
  const asking = readSources('src').filter((source) => !isTest(source) && /createGuard\(/.test(source.text))
  expect(asking.map(({ path }) => path)).toEqual(['src/cli/guarding.ts'])
})

it('nobody but the command line plugs engines in: evidence, exports, reports and what-ifs know none', () => {
  const knowing = readSources('src')
    .filter((source) => !isTest(source) && !source.path.startsWith('src/engines/'))
    .filter(({ text }) => /from '(?:\.\.?\/)+engines\//.test(text))
  expect(knowing.length).toBeGreaterThan(2)
  expect(knowing.map(({ path }) => path).filter((path) => !path.startsWith('src/cli/'))).toEqual([])
})
