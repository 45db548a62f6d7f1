import { expect, it } from 'vitest'
import { readSources } from './source.ts'

const [SPLIT, TOO_LONG] = [400, 600]
const lengths = ['src', 'simulators', 'web', 'bench', 'scripts', 'tests']
  .flatMap((folder) => readSources(folder, ['.ts', '.tsx', '.mjs', '.css', '.sql']))
  .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))

it('no file is longer than 600 lines', () => {
  expect(lengths.filter(({ lines }) => lines > TOO_LONG)).toEqual([])
  for (const { path, lines } of lengths) if (lines > SPLIT && lines <= TOO_LONG) console.warn(`${path} asks for a split: ${lines} lines`)
})
